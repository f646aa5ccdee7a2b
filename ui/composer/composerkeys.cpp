// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/completionlist.h"
#include "composer/composer.h"
#include "composer/composereditor.h"
#include "kit/confirmbar.h"

#include <QKeyEvent>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace ridealong::composer {

namespace {

constexpr qsizetype kMaxWord = 80; ///< longer ones are nobody's name
constexpr qsizetype kShortestWord = 2;

bool isSigil(QChar c) { return c == u'@' || c == u'#' || c == u':'; }

} // namespace

bool Composer::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_editor)
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        // What we are going to take must not be taken for a shortcut of the window.
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool open = m_completions && m_completions->isVisible();
        if (key == Qt::Key_Escape && (open || m_reply || m_edit || m_confirm->isAsking())) {
            event->accept();
            return true;
        }
        break;
    }
    case QEvent::KeyPress: {
        auto* key = static_cast<QKeyEvent*>(event);
        return handleKey(key->key(), key->modifiers() & ~Qt::KeypadModifier);
    }
    case QEvent::FocusIn: m_card->setRing(true); break;
    case QEvent::FocusOut:
        m_card->setRing(false);
        if (m_completions)
            m_completions->hide();
        if (m_draftTimer.isActive()) {
            m_draftTimer.stop();
            emit draftChanged(m_edit ? m_kept : text());
        }
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

bool Composer::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (completionKey(key, modifiers))
        return true;
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers == Qt::ControlModifier || (modifiers == Qt::NoModifier && m_enterSends)) {
            submit();
            return true;
        }
        if (modifiers == Qt::ShiftModifier || modifiers == Qt::NoModifier) {
            // The editor's own Shift+Enter makes a line separator within the block; a line is a line.
            m_editor->textCursor().insertBlock();
            m_editor->ensureCursorVisible();
            return true;
        }
        return false;
    case Qt::Key_Up:
        if (modifiers == Qt::NoModifier && m_editor->isEmpty() && !m_edit && !m_reply) {
            emit editLastRequested();
            return true;
        }
        return false;
    case Qt::Key_Escape:
        if (m_confirm->isAsking())
            m_confirm->giveUp();
        else if (m_reply || m_edit)
            cancelMode();
        else
            return false;
        return true;
    default: return false;
    }
}

bool Composer::completionKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (modifiers != Qt::NoModifier)
        return false;
    const bool accepts = key == Qt::Key_Tab || key == Qt::Key_Return || key == Qt::Key_Enter;
    if (accepts && m_inspectTimer.isActive() && ((m_completions && m_completions->isVisible()) || key == Qt::Key_Tab))
        inspect(); // the list must be that of the word as it stands now
    if (!m_completions || !m_completions->isVisible())
        return false;
    switch (key) {
    case Qt::Key_Up: m_completions->move(-1); return true;
    case Qt::Key_Down: m_completions->move(1); return true;
    case Qt::Key_Escape: m_completions->hide(); return true;
    case Qt::Key_Tab:
        if (!m_completions->chosen())
            m_completions->choose(0);
        acceptCompletion();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_completions->chosen()) {
            m_completions->hide();
            return false; // nobody chose: Enter is the composer's
        }
        acceptCompletion();
        return true;
    default: return false;
    }
}

QString Composer::wordAtCaret() const
{
    const QTextCursor cursor = m_editor->textCursor();
    if (cursor.hasSelection())
        return {};
    const QString line = cursor.block().text();
    const auto caret = cursor.positionInBlock();
    qsizetype start = caret;
    while (start > 0 && !line[start - 1].isSpace() && caret - start < kMaxWord)
        --start;
    const QString word = line.mid(start, caret - start);
    if (!word.isEmpty() && isSigil(word[0]) && !m_state.command) {
        // ":D" is a face, ":do" a beginning.
        const auto shortest = word[0] == u':' ? kShortestWord + 1 : kShortestWord;
        return word.size() >= shortest ? word : QString();
    }
    // At the very start: what a command begins with; in a command, all of it up to the caret.
    if (cursor.blockNumber() != 0 || caret < kShortestWord || caret > kMaxWord)
        return {};
    return start == 0 || m_state.command ? line.left(caret) : QString();
}

void Composer::showCompletions()
{
    const QString word = m_completer && m_editor->hasFocus() && !m_replacing ? wordAtCaret() : QString();
    QList<Completion> offers;
    if (!word.isEmpty())
        offers = m_completer(word);
    // Nothing to say about what is complete already.
    offers.removeIf([&](const Completion& offer) { return offer.text.isEmpty() || offer.text.trimmed() == word.trimmed(); });
    if (offers.isEmpty()) {
        if (m_completions)
            m_completions->hide();
        return;
    }
    if (m_completions && m_completions->parentWidget() != window())
        delete m_completions;
    if (!m_completions) {
        m_completions = new CompletionList(m_theme, window());
        connect(m_completions, &CompletionList::picked, this, &Composer::acceptCompletion);
    }
    m_completions->setOffers(offers, isSigil(word[0]));
    QTextCursor start = m_editor->textCursor();
    start.movePosition(QTextCursor::PreviousCharacter, QTextCursor::MoveAnchor, int(word.size()));
    const QPoint caret = m_editor->viewport()->mapTo(window(), m_editor->cursorRect(start).topLeft());
    m_completions->popUpAt(caret, mapTo(window(), QPoint(0, 0)).y() + m_card->y());
}

void Composer::acceptCompletion()
{
    const QString word = wordAtCaret();
    const auto* chosen = m_completions ? m_completions->chosen() : nullptr;
    if (!chosen || word.isEmpty())
        return;
    QString text = chosen->text;
    m_completions->hide();
    QTextCursor cursor = m_editor->textCursor();
    const QString line = cursor.block().text();
    const auto caret = cursor.positionInBlock();
    const bool spaceFollows = caret < line.size() && line[caret].isSpace();
    if (!spaceFollows && !text.endsWith(u' '))
        text += u' ';
    cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor, int(word.size()));
    cursor.insertText(text);
    m_editor->setTextCursor(cursor);
    focusEditor();
}

} // namespace ridealong::composer
