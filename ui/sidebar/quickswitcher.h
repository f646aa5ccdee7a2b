// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/chooser.h"
#include "model/conversationlistmodel.h"

#include <functional>
#include <vector>

namespace ridealong::sidebar {

class SwitcherDelegate;
class SwitcherRows;

/// A field and the conversations that match, over the window. Without a query: what is unread, then what was open lately.
class QuickSwitcher : public kit::Chooser
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

signals:
    void conversationRequested(const ridealong::base::ConversationId& id);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void fit(int room) override;

private:
    void build();
    void runQuery();
    std::vector<int> order(const QList<model::ConversationRow>& rows) const;
    void moveChoice(int by);
    void accept(const QModelIndex& index);

    model::ConversationListModel& m_model;
    Ranker m_ranker;
    QList<base::ConversationId> m_recent; ///< the latest first
    QLabel* m_keys;
    SwitcherRows* m_rows;
    SwitcherDelegate* m_delegate;
};

} // namespace ridealong::sidebar
