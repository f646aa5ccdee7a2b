// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sidebar/conversationlist.h"

#include "sidebar/conversationfilter.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace ridealong::sidebar {

using Kind = model::ConversationRow::Kind;

ConversationList::ConversationList(ConversationFilter& filter, ConversationDelegate& delegate, QWidget* parent)
    : QListView(parent),
      m_filter(filter),
      m_delegate(delegate)
{
    setModel(&filter);
    setItemDelegate(&delegate);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    // Headings come and go with the rows around them, and with them the heights.
    connect(&filter, &QAbstractItemModel::dataChanged, this, [this] { scheduleDelayedItemsLayout(); });
}

QModelIndex ConversationList::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex wanted = QListView::moveCursor(action, modifiers);
    const bool upwards = action == MoveUp || action == MovePrevious || action == MovePageUp || action == MoveLeft;
    for (const int by : {upwards ? -1 : 1, upwards ? 1 : -1})
        for (int at = wanted.row(); at >= 0 && at < m_filter.rowCount(); at += by)
            if (m_filter.row(at)->kind == Kind::Conversation)
                return m_filter.index(at, 0);
    return currentIndex();
}

void ConversationList::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid())
            emit chosen(currentIndex());
        return;
    }
    if (event->key() == Qt::Key_Up && currentIndex() == m_filter.firstConversation()) {
        emit leftUpwards();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        event->ignore(); // the filter's
        return;
    }
    QListView::keyPressEvent(event);
}

void ConversationList::mousePressEvent(QMouseEvent* event)
{
    m_pressed = indexAt(event->position().toPoint());
    QListView::mousePressEvent(event);
}

void ConversationList::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    const auto* row = m_filter.row(index);
    if (!row || event->button() != Qt::LeftButton || m_pressed != index)
        return;
    if (row->kind == Kind::Conversation)
        emit chosen(index);
    else if (m_delegate.joinRect(visualRect(index)).contains(event->position().toPoint()))
        emit joinClicked(row->account);
}

} // namespace ridealong::sidebar
