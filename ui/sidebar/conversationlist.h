// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "model/conversationlistmodel.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::sidebar {

class ConversationFilter;

/// Paints an account's heading or a conversation.
class ConversationDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    ConversationDelegate(ConversationFilter& filter, kit::Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent),
          m_filter(filter),
          m_theme(theme)
    {}

    void setCurrent(const base::ConversationId& id) { m_current = id; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Where an account's "+" stands in a row of this rectangle.
    QRect joinRect(const QRect& row) const;

private:
    int scaled(int size) const; ///< what stands beside text grows with it
    int rowHeight() const;
    int headingHeight() const;
    void paintAccount(QPainter* painter, const QStyleOptionViewItem& option, const model::ConversationRow& row) const;
    void paintConversation(QPainter* painter, const QStyleOptionViewItem& option, const model::ConversationRow& row) const;
    int paintCount(QPainter* painter, const QRect& inner, const model::ConversationRow& row, bool current) const;

    ConversationFilter& m_filter;
    kit::Theme& m_theme;
    base::ConversationId m_current;
};

/// A list whose keys step over the accounts' headings.
class ConversationList : public QListView
{
    Q_OBJECT
public:
    ConversationList(ConversationFilter& filter, ConversationDelegate& delegate, QWidget* parent);

    void layoutSoon() { scheduleDelayedItemsLayout(); } ///< the heights of rows are others now

signals:
    void chosen(const QModelIndex& index); ///< clicked or entered
    void joinClicked(const ridealong::base::AccountId& account);
    void leftUpwards(); ///< Up in the first row

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    ConversationFilter& m_filter;
    ConversationDelegate& m_delegate;
    QPersistentModelIndex m_pressed; ///< a click is press and release on the same row
};

} // namespace ridealong::sidebar
