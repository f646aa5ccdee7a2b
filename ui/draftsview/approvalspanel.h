// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/run.h"
#include "draftsview/cardlist.h"

namespace ridealong::kit {
class ConfirmBar;
}

namespace ridealong::draftsview {

struct ApprovalView
{
    chat::RunReport report;
    QString where; ///< name of the conversation
    bool mine = false; ///< the user started it
    bool decidable = true; ///< the user may try; only the bot knows for sure
};

/// Runs that wait for somebody: the exact command, who asks, where. Approving in production is confirmed by typing.
class ApprovalsPanel : public QWidget
{
    Q_OBJECT
public:
    ApprovalsPanel(kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);

    void setApprovals(const QList<ApprovalView>& approvals); ///< oldest first is shown first
    CardList* list() const { return m_list; }

signals:
    void decideRequested(const ridealong::base::RunId& run, bool approve);
    void contextRequested(const ridealong::base::RunId& run);

private:
    void fill(Card* card, const ApprovalView& view);
    void onPressed(const QString& key, const QString& name);

    base::Clock& m_clock;
    QList<ApprovalView> m_approvals;
    base::RunId m_deciding;
    CardList* m_list;
    kit::ConfirmBar* m_confirm;
};

} // namespace ridealong::draftsview
