// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/conversationlistmodel.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <vector>

class QFrame;
class QLabel;
class QLineEdit;
class QListView;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::sidebar {

class SwitcherDelegate;
class SwitcherRows;

/// A field and the conversations that match, over the window. Without a query: what is unread, then what was open lately.
class QuickSwitcher : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kMaxRows = 50;
    static constexpr int kMaxRecent = 30;
    /// Indexes into `names`, the best first; what does not match is left out.
    using Ranker = std::function<std::vector<int>(const QString& query, const QStringList& names)>;

    QuickSwitcher(model::ConversationListModel& model, kit::Theme& theme, QWidget* window);
    ~QuickSwitcher() override;

    void setRanker(Ranker ranker);
    /// This conversation is in front now; the one before it is offered first.
    void noteOpened(const base::ConversationId& id);

public slots:
    void open();
    void dismiss();

signals:
    void conversationRequested(const ridealong::base::ConversationId& id);
    void closed();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void build();
    void runQuery();
    std::vector<int> order(const QList<model::ConversationRow>& rows) const;
    void moveChoice(int by);
    void accept(const QModelIndex& index);
    void place();
    void restyle();

    model::ConversationListModel& m_model;
    kit::Theme& m_theme;
    Ranker m_ranker;
    QList<base::ConversationId> m_recent; ///< the latest first
    QFrame* m_card;
    QLineEdit* m_query;
    QListView* m_list;
    QLabel* m_nothing;
    QLabel* m_keys;
    SwitcherRows* m_rows;
    SwitcherDelegate* m_delegate;
    QPointer<QWidget> m_focusBefore;
};

} // namespace ridealong::sidebar
