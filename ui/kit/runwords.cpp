// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/runwords.h"

#include <QCoreApplication>

namespace ridealong::kit {

using chat::RunState;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunWords)
};

} // namespace

bool isPaused(const chat::RunReport& report)
{
    return !chat::isFinal(report.state) && report.progress && report.progress->state == chat::Progress::State::Paused;
}

QString stateWord(const chat::RunReport& report)
{
    if (isPaused(report))
        return Words::tr("paused");
    switch (report.state) {
    case RunState::Sent: return Words::tr("sent");
    case RunState::Acknowledged: return Words::tr("acknowledged");
    case RunState::Running: return Words::tr("running");
    case RunState::AwaitingConfirmation: return Words::tr("needs confirmation");
    case RunState::AwaitingApproval: return Words::tr("needs approval");
    case RunState::Succeeded: return Words::tr("succeeded");
    case RunState::Failed: return Words::tr("failed");
    case RunState::Error: return Words::tr("error");
    case RunState::Denied: return Words::tr("denied");
    case RunState::Cancelled: return Words::tr("cancelled");
    case RunState::NoReply: return Words::tr("no reply");
    case RunState::Unknown: break;
    }
    return Words::tr("unknown");
}

Token stateToken(const chat::RunReport& report)
{
    if (isPaused(report))
        return Token::Warning;
    switch (report.state) {
    case RunState::Running: return Token::Accent;
    case RunState::Succeeded: return Token::Success;
    case RunState::Failed:
    case RunState::Error:
    case RunState::Denied: return Token::Danger;
    case RunState::AwaitingConfirmation:
    case RunState::AwaitingApproval:
    case RunState::NoReply:
    case RunState::Unknown: return Token::Warning;
    case RunState::Sent:
    case RunState::Acknowledged:
    case RunState::Cancelled: break;
    }
    return Token::Muted;
}

qint64 elapsedMs(const chat::RunReport& report, qint64 nowMs)
{
    if (report.startedAtMs <= 0)
        return 0;
    const qint64 end = report.endedAtMs > 0 ? report.endedAtMs : nowMs;
    return std::max<qint64>(0, end - report.startedAtMs);
}

} // namespace ridealong::kit
