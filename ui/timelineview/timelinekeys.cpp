// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Keys, menus and the clipboard of a TimelineView.
#include "kit/messagedocument.h"
#include "timelineview/timelineview.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace ridealong::timelineview {
namespace {

constexpr int kMaxLinksInMenu = 5;

/// The text of a document's part as people would type it.
QString plain(const QTextDocument& document, int from, int to)
{
    QString text;
    for (int at = from; at < to; ++at) {
        const QChar c = document.characterAt(at);
        text += c == QChar::ParagraphSeparator || c == QChar::LineSeparator ? QChar(u'\n') : c;
    }
    return text;
}

QStringList linksOf(const QTextDocument& document)
{
    QStringList links;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd() && links.size() < kMaxLinksInMenu; ++it)
            if (const QString href = it.fragment().charFormat().anchorHref(); !href.isEmpty() && !links.contains(href))
                links += href;
    return links;
}

} // namespace

QString TimelineView::selectedText()
{
    if (m_selection.isEmpty() || !m_model)
        return {};
    const TextSpot first = m_selection.first();
    const TextSpot last = m_selection.last();
    QStringList parts;
    for (int row = first.row; row <= last.row && row < m_model->rowCount(); ++row) {
        if (!messageAt(row))
            continue;
        const Layout layout = layoutOf(row, viewport()->width());
        if (!layout->document)
            continue;
        const auto [from, to] = m_selection.within(row, layout->document->characterCount() - 1);
        const QString text = plain(*layout->document, from, to);
        const bool several = first.row != last.row;
        if (text.isEmpty() && several)
            continue;
        const bool named = several && !layout->row.message.action && (row == first.row || !layout->row.continuesGroup);
        parts += (named ? kit::safeName(layout->row.message.senderName) + u": "_s : QString()) + text;
    }
    return parts.join(u'\n');
}

void TimelineView::copySelection()
{
    if (!m_selection.isEmpty())
        QGuiApplication::clipboard()->setText(selectedText());
    else if (const auto* row = messageAt(m_current))
        QGuiApplication::clipboard()->setText(row->message.text);
}

void TimelineView::activateRow(int row)
{
    if (m_model && row >= 0 && row < m_model->rowCount() && !gapAction(m_model->row(row)).isEmpty())
        return emit fillRequested(m_model->row(row).gap);
    const auto* message = messageAt(row);
    if (message && message->run)
        emit runRequested(message->run->run);
    else if (message && !message->message.attachments.isEmpty())
        activateFile(message->message, 0);
    else if (message && message->message.id)
        emit threadRequested(message->message.id);
}

void TimelineView::setCurrentRow(int row)
{
    if (!m_model || row < 0 || row >= m_model->rowCount())
        return;
    m_current = row;
    ensureVisible(row);
    viewport()->update();
    if (!QAccessible::isActive())
        return;
    if (auto* list = QAccessible::queryAccessibleInterface(this))
        if (auto* child = list->child(row - firstVisibleRow())) {
            QAccessibleEvent focus(child, QAccessible::Focus);
            QAccessible::updateAccessibility(&focus);
        }
}

/// To the next message or gap: day lines and the like are passed over.
void TimelineView::moveCurrent(int step)
{
    const int count = m_model ? m_model->rowCount() : 0;
    int row = m_current < 0 || m_current >= count ? (step < 0 ? lastVisibleRow() + 1 : firstVisibleRow() - 1) : m_current;
    do
        row += step;
    while (row >= 0 && row < count && !isStop(row));
    if (row < 0 && count > 0)
        scrollToItem(0); // the day line above the first message
    else if (row < count)
        setCurrentRow(row);
}

bool TimelineView::actOnCurrent(int key)
{
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    const auto* row = messageAt(m_current);
    if (!row && enter && isStop(m_current))
        activateRow(m_current);
    if (!row)
        return enter && isStop(m_current);
    const auto message = row->message;
    const bool sent = message.id && !message.deleted && !message.system;
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter: activateRow(m_current); return true;
    case Qt::Key_R:
        if (sent)
            emit replyRequested(message);
        return sent;
    case Qt::Key_T:
        if (sent)
            emit threadRequested(message.id);
        return sent;
    case Qt::Key_E:
        if (sent && row->mine)
            emit editRequested(message);
        return sent && row->mine;
    case Qt::Key_Delete:
        if (sent && row->mine)
            emit deleteRequested(message);
        else if (row->pending && row->pending->state != chat::OutboxState::InFlight)
            emit discardRequested(row->pending->transaction);
        else
            return false;
        return true;
    default: return false;
    }
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else if (event->key() == Qt::Key_Escape && !m_selection.isEmpty()) {
        m_selection.clear();
        viewport()->update();
    } else if (modifiers == Qt::NoModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        moveCurrent(event->key() == Qt::Key_Up ? -1 : 1);
    } else if (modifiers == Qt::NoModifier && event->key() == Qt::Key_End) {
        jumpToNewest();
    } else if (modifiers != Qt::NoModifier || !actOnCurrent(event->key())) {
        VirtualView::keyPressEvent(event);
        return;
    }
    event->accept();
}

void TimelineView::focusInEvent(QFocusEvent* event)
{
    VirtualView::focusInEvent(event);
    // Who comes with the keyboard must see where the keys will work.
    if (m_current < 0 && (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason))
        moveCurrent(-1);
    viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent* event)
{
    VirtualView::focusOutEvent(event);
    viewport()->update();
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int row = keyboard ? m_current : itemAt(event->pos());
    const QPoint below = itemRect(row).topLeft() + QPoint(RowLayout::textLeft(theme()), 20);
    showMenu(row, keyboard ? viewport()->mapToGlobal(below) : event->globalPos());
}

void TimelineView::showReactions(const base::MessageId& message, const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString& emoji : {u"👍"_s, u"👀"_s, u"✅"_s, u"🎉"_s, u"❤️"_s, u"😄"_s, u"🙏"_s})
        menu->addAction(emoji, this, [this, message, emoji] { emit reactRequested(message, emoji); });
    menu->popup(globalPosition);
}

void TimelineView::showMenu(int item, const QPoint& globalPosition)
{
    if (!messageAt(item))
        return;
    const auto row = m_model->row(item);
    const auto message = row.message;
    const bool sent = message.id && !message.deleted && !message.system;
    m_current = item;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (row.run)
        menu->addAction(tr("Open run"), this, [this, id = row.run->run] { emit runRequested(id); });
    if (sent) {
        menu->addAction(tr("Reply") + u"\tR"_s, this, [this, message] { emit replyRequested(message); });
        menu->addAction(tr("Open thread") + u"\tT"_s, this, [this, message] { emit threadRequested(message.id); });
        menu->addAction(tr("React…"), this, [this, id = message.id, globalPosition] { showReactions(id, globalPosition); });
        menu->addSeparator();
    }
    addFileActions(*menu, row);
    if (!m_selection.isEmpty())
        menu->addAction(tr("Copy selection"), this, [this] { copySelection(); });
    if (!message.deleted)
        menu->addAction(tr("Copy text"), this, [message] { QGuiApplication::clipboard()->setText(message.text); });
    if (const Layout layout = layoutOf(item, viewport()->width()); layout->document)
        for (const QString& link : linksOf(*layout->document))
            menu->addAction(tr("Copy link %1").arg(menu->fontMetrics().elidedText(link, Qt::ElideMiddle, 240).replace(u'&', u"&&"_s)), this,
                [link] { QGuiApplication::clipboard()->setText(link); });
    if (sent && row.mine) {
        menu->addSeparator();
        menu->addAction(tr("Edit") + u"\tE"_s, this, [this, message] { emit editRequested(message); });
        menu->addAction(tr("Delete") + u"\tDel"_s, this, [this, message] { emit deleteRequested(message); });
    }
    if (row.pending) {
        const auto transaction = row.pending->transaction;
        menu->addSeparator();
        if (row.pending->state == chat::OutboxState::Failed)
            menu->addAction(tr("Retry"), this, [this, transaction] { emit retryRequested(transaction); });
        if (row.pending->state == chat::OutboxState::Review)
            menu->addAction(tr("Review"), this, [this, transaction] { emit reviewRequested(transaction); });
        if (row.pending->state != chat::OutboxState::InFlight)
            menu->addAction(tr("Discard"), this, [this, transaction] { emit discardRequested(transaction); });
    }
    menu->popup(globalPosition);
}

} // namespace ridealong::timelineview
