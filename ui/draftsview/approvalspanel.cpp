// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "draftsview/approvalspanel.h"

#include "kit/confirmbar.h"
#include "kit/durations.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::draftsview {
namespace {

bool isProduction(const QString& environment)
{
    return environment.compare("production"_L1, Qt::CaseInsensitive) == 0 || environment.compare("prod"_L1, Qt::CaseInsensitive) == 0;
}

} // namespace

ApprovalsPanel::ApprovalsPanel(kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent),
      m_clock(clock),
      m_list(new CardList(theme, tr("Commands that wait for a confirmation or an approval appear here."), this)),
      m_confirm(new kit::ConfirmBar(theme, this))
{
    setObjectName(u"approvalsPanel"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_list, 1);
    column->addWidget(m_confirm);
    connect(m_list, &CardList::pressed, this, &ApprovalsPanel::onPressed);
    connect(m_confirm, &kit::ConfirmBar::confirmed, this, [this] { emit decideRequested(std::exchange(m_deciding, {}), true); });
    setApprovals({});
}

void ApprovalsPanel::setApprovals(const QList<ApprovalView>& approvals)
{
    m_approvals = approvals;
    m_list->begin();
    bool stillThere = false;
    for (const auto& view : approvals) {
        stillThere = stillThere || view.report.run == m_deciding;
        if (auto* card = m_list->addCard(view.report.run.text()))
            fill(card, view);
    }
    m_list->end();
    if (!stillThere && !m_deciding.isEmpty()) {
        // Somebody else decided, or it is over: the question that is still open would be about nothing.
        m_deciding = {};
        m_confirm->giveUp();
    }
}

void ApprovalsPanel::fill(Card* card, const ApprovalView& view)
{
    const auto& report = view.report;
    const bool approval = report.state == chat::RunState::AwaitingApproval;
    card->setHead(view.where, report.environment, kit::agoText(m_clock.nowMs() - report.startedAtMs));
    card->setText(report.command, true);
    QStringList facts;
    facts << (view.mine ? tr("asked by you") : tr("asked by %1").arg(report.senderName.left(60)));
    facts << (approval ? tr("needs an approval") : tr("needs a confirmation"));
    if (!report.detail.isEmpty())
        facts << report.detail.left(300).simplified();
    if (!view.decidable)
        facts << tr("somebody else has to decide");
    card->setNotes(facts, {});
    QList<Card::Button> buttons;
    if (view.decidable)
        buttons = {{u"approve"_s, approval ? tr("Approve") : tr("Confirm"), true}, {u"deny"_s, tr("Deny"), true}};
    else if (view.mine)
        buttons = {{u"deny"_s, tr("Withdraw"), true}};
    buttons << Card::Button{u"context"_s, tr("Show in the room"), true};
    card->setButtons(buttons);
}

void ApprovalsPanel::onPressed(const QString& key, const QString& name)
{
    const base::RunId run(key);
    const auto view = std::find_if(m_approvals.begin(), m_approvals.end(), [&](const ApprovalView& v) { return v.report.run == run; });
    if (view == m_approvals.end())
        return;
    if (name == "context"_L1) {
        emit contextRequested(run);
    } else if (name == "deny"_L1) {
        emit decideRequested(run, false);
    } else if (!isProduction(view->report.environment)) {
        emit decideRequested(run, true);
    } else {
        m_deciding = run;
        m_confirm->ask({tr("This will run in %1, production, for %2:").arg(view->where, view->report.senderName.left(60)), view->report.command,
            view->where.isEmpty() ? view->report.environment : view->where, tr("Approve in production")});
    }
}

} // namespace ridealong::draftsview
