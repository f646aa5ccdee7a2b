// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/statewords.h"

#include "kit/durations.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using ridealong::kit::Token;

namespace ridealong::timelineview {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TimelineView)
};

StateWords plainWords(chat::RunState state)
{
    using chat::RunState;
    switch (state) {
    case RunState::Sent: return {u"send"_s, Words::tr("sent"), Token::Muted};
    case RunState::Acknowledged: return {u"hourglass"_s, Words::tr("acknowledged"), Token::Accent};
    case RunState::Running: return {u"running"_s, Words::tr("running"), Token::Accent};
    case RunState::AwaitingConfirmation: return {u"pause"_s, Words::tr("waiting for confirmation"), Token::Warning};
    case RunState::AwaitingApproval: return {u"approvals"_s, Words::tr("waiting for approval"), Token::Warning};
    case RunState::Succeeded: return {u"check"_s, Words::tr("succeeded"), Token::Success};
    case RunState::Failed: return {u"cross"_s, Words::tr("failed"), Token::Danger};
    case RunState::Error: return {u"warning"_s, Words::tr("error"), Token::Danger};
    case RunState::Denied: return {u"cross"_s, Words::tr("denied"), Token::Danger};
    case RunState::Cancelled: return {u"stop"_s, Words::tr("cancelled"), Token::Faint};
    case RunState::NoReply: return {u"no-reply"_s, Words::tr("no reply"), Token::Warning};
    case RunState::Unknown: return {u"no-reply"_s, Words::tr("unknown"), Token::Faint};
    }
    Q_UNREACHABLE();
}

} // namespace

bool isTicking(const chat::RunReport& run) { return !chat::isFinal(run.state) && run.state != chat::RunState::Unknown && run.startedAtMs > 0; }

StateWords runWords(const chat::RunReport& run, qint64 nowMs)
{
    StateWords words = plainWords(run.state);
    QStringList parts{words.text};
    if (run.progress && run.state == chat::RunState::Running) {
        if (run.progress->state == chat::Progress::State::Paused)
            parts += Words::tr("paused");
        if (run.progress->state != chat::Progress::State::Indeterminate)
            parts += u"%1 %"_s.arg(std::clamp(run.progress->percent, 0, 100));
    }
    if (run.exitCode && *run.exitCode != 0)
        parts += Words::tr("exit %1").arg(*run.exitCode);
    if (isTicking(run))
        parts += kit::elapsedText(nowMs - run.startedAtMs);
    else if (run.startedAtMs > 0 && run.endedAtMs > run.startedAtMs)
        parts += kit::elapsedText(run.endedAtMs - run.startedAtMs);
    words.text = parts.join(u" · "_s);
    return words;
}

StateWords pendingWords(const chat::OutboxItem& item, bool goingUp)
{
    using chat::OutboxState;
    if (goingUp)
        return {u"send"_s, Words::tr("sending"), Token::Muted};
    switch (item.state) {
    case OutboxState::Queued: return {u"clock"_s, Words::tr("waiting for the connection"), Token::Muted};
    case OutboxState::InFlight: return {u"send"_s, Words::tr("sending"), Token::Muted};
    case OutboxState::Unknown: return {u"hourglass"_s, Words::tr("checking whether it arrived"), Token::Muted};
    case OutboxState::Failed: return {u"cross"_s, Words::tr("not sent"), Token::Danger};
    case OutboxState::Review: return {u"warning"_s, Words::tr("not sent, waits for your review"), Token::Warning};
    case OutboxState::Sent: return {};
    }
    Q_UNREACHABLE();
}

} // namespace ridealong::timelineview
