// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/commandeditor.h"

#include "kit/theme.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

namespace {

constexpr qsizetype kMaxPaste = 64 * 1024;

}

CommandEditor::CommandEditor(kit::Theme& theme, QWidget* parent) : QPlainTextEdit(parent), m_theme(theme)
{
    setObjectName(u"commandEditor"_s);
    setAccessibleName(tr("Command line"));
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(4);
    viewport()->setAutoFillBackground(false);
    const auto restyle = [this] {
        setFont(m_theme.mono());
        QPalette colors = palette();
        colors.setColor(QPalette::Base, Qt::transparent);
        colors.setColor(QPalette::Text, m_theme.color(kit::Token::Text));
        colors.setColor(QPalette::PlaceholderText, m_theme.color(kit::Token::Faint));
        setPalette(colors);
        fitHeight();
    };
    connect(&theme, &kit::Theme::changed, this, restyle);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_showing)
            m_at = -1;
        fitHeight();
        viewport()->update();
    });
    restyle();
}

void CommandEditor::setText(const QString& text)
{
    setPlainText(text);
    moveCursor(QTextCursor::End);
}

void CommandEditor::setGhost(const QString& ghost)
{
    if (m_ghost == ghost)
        return;
    m_ghost = ghost.left(200).simplified();
    viewport()->update();
}

void CommandEditor::setHistory(const QStringList& oldestFirst)
{
    m_history = oldestFirst;
    m_at = -1;
}

void CommandEditor::fitHeight()
{
    const int lines = std::clamp(int(document()->size().height()), 1, kMaxShownLines);
    const int height = int(std::ceil(lines * QFontMetricsF(font()).lineSpacing() + 2 * document()->documentMargin())) + 2;
    if (height != this->height() || minimumHeight() != height)
        setFixedHeight(height);
}

void CommandEditor::insertFromMimeData(const QMimeData* source)
{
    if (source->hasText())
        textCursor().insertText(source->text().left(kMaxPaste)); // text only, whatever else the clipboard offers
}

bool CommandEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_R && key->modifiers() == Qt::ControlModifier) {
            event->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void CommandEditor::keyPressEvent(QKeyEvent* event)
{
    if (m_searching && searchKey(event))
        return;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier))) {
        emit submitted();
        return;
    }
    if (event->key() == Qt::Key_R && event->modifiers() == Qt::ControlModifier) {
        beginSearch();
        return;
    }
    if (event->key() == Qt::Key_Right && event->modifiers() == Qt::NoModifier && textCursor().atEnd() && event->count() == 1 && !m_ghost.isEmpty()) {
        // The hint is a hint: Right does not take it, so that nothing gets into a command that was not typed.
        return;
    }
    if (historyKey(event))
        return;
    QPlainTextEdit::keyPressEvent(event);
}

bool CommandEditor::historyKey(QKeyEvent* event)
{
    if (event->modifiers() & ~Qt::KeypadModifier || m_history.isEmpty())
        return false;
    const auto cursor = textCursor();
    const int size = int(m_history.size());
    if (event->key() == Qt::Key_Up && cursor.block().blockNumber() == 0) {
        if (m_at < 0)
            m_written = text();
        showHistory(m_at < 0 ? size - 1 : std::max(0, m_at - 1));
        return true;
    }
    if (event->key() == Qt::Key_Down && m_at >= 0 && cursor.block().blockNumber() == document()->blockCount() - 1) {
        showHistory(m_at + 1 < size ? m_at + 1 : -1);
        return true;
    }
    return false;
}

void CommandEditor::showHistory(int at)
{
    m_showing = true;
    m_at = at;
    setText(at < 0 ? m_written : m_history[at]);
    m_showing = false;
}

void CommandEditor::beginSearch()
{
    if (m_searching) {
        findInHistory(m_found);
        return;
    }
    m_searching = true;
    m_written = text();
    m_query.clear();
    m_found = int(m_history.size());
    emit searchChanged();
}

void CommandEditor::endSearch(bool keep)
{
    m_searching = false;
    if (!keep)
        setText(m_written);
    emit searchChanged();
}

void CommandEditor::findInHistory(int before)
{
    for (int at = std::min(before, int(m_history.size())) - 1; at >= 0; --at) {
        // The same command twice in a row is one answer.
        if (m_history[at].contains(m_query, Qt::CaseInsensitive) && m_history[at] != text()) {
            m_found = at;
            setText(m_history[at]);
            return;
        }
    }
}

bool CommandEditor::searchKey(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape: endSearch(false); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: endSearch(true); return true; // takes it; it is not run before it was looked at
    case Qt::Key_Backspace:
        m_query.chop(1);
        findInHistory(int(m_history.size()));
        emit searchChanged();
        return true;
    default: break;
    }
    if (event->key() == Qt::Key_R && event->modifiers() == Qt::ControlModifier) {
        findInHistory(m_found);
        return true;
    }
    const auto typed = event->text();
    if (!typed.isEmpty() && typed.front().isPrint() && !(event->modifiers() & Qt::ControlModifier)) {
        m_query += typed;
        if (!text().contains(m_query, Qt::CaseInsensitive) || m_found >= m_history.size())
            findInHistory(int(m_history.size()));
        emit searchChanged();
        return true;
    }
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right || event->key() == Qt::Key_Home || event->key() == Qt::Key_End)
        endSearch(true); // and the key moves in what was found
    return false;
}

void CommandEditor::paintEvent(QPaintEvent* event)
{
    QPlainTextEdit::paintEvent(event);
    if (m_ghost.isEmpty() || text().isEmpty() || !document()->lastBlock().isValid())
        return;
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    const QRect at = cursorRect(end);
    QPainter painter(viewport());
    painter.setFont(font());
    painter.setPen(m_theme.color(kit::Token::Faint));
    const QRect room(at.right() + 1, at.top(), viewport()->width() - at.right() - 4, at.height());
    const QString shown = text().endsWith(u' ') ? m_ghost : u' ' + m_ghost;
    painter.drawText(
        room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, painter.fontMetrics().elidedText(shown, Qt::ElideRight, room.width()));
}

} // namespace ridealong::consoleview
