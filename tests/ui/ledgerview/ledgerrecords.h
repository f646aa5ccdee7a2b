// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/ledger.h"

#include <QStringList>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using chat::RunState;

inline const base::AccountId kAccount(u"irc-1"_s);
inline constexpr qint64 kNowMs = 1'700'000'000'000;

/// The run of that number, each an hour older than the one before.
inline chat::RunRecord run(int number, RunState state = RunState::Succeeded)
{
    static const QStringList kCommands{u"deploy api --to staging"_s, u"disk report /var --human-readable --sort size"_s, u"restart worker7"_s,
        u"migrate users 2026-11 --batch 500 --dry-run"_s, u"logs payment-gateway | last 200"_s};
    static const QStringList kPeople{u"Ana Lopez"_s, u"ben"_s, u"Chidi O."_s, u"dora"_s};
    chat::RunRecord made;
    chat::RunReport& report = made.report;
    report.run = base::RunId(u"r%1"_s.arg(number));
    report.conversation = {kAccount, number % 3 == 1 ? u"#prod"_s : u"#ops"_s};
    report.environment = number % 3 == 1 ? u"production"_s : number % 3 == 2 ? u"staging"_s : QString();
    report.cause = base::MessageId(u"m%1"_s.arg(number));
    report.bot = base::UserId(u"hubot"_s);
    report.senderName = kPeople[number % kPeople.size()];
    report.command = kCommands[number % kCommands.size()];
    made.kind = report.command.section(u' ', 0, 1);
    report.state = state;
    report.startedAtMs = kNowMs - number * 3'700'000LL;
    if (chat::isFinal(state)) {
        report.endedAtMs = report.startedAtMs + 400 + number % 7 * 31'300LL;
        report.exitCode = state == RunState::Succeeded ? 0 : 2;
    }
    return made;
}

/// So many, in all states.
inline QList<chat::RunRecord> runs(int count)
{
    constexpr RunState kStates[]{RunState::Running, RunState::Succeeded, RunState::Succeeded, RunState::Failed, RunState::NoReply,
        RunState::Succeeded, RunState::Denied, RunState::AwaitingApproval, RunState::Succeeded, RunState::Cancelled, RunState::Error};
    QList<chat::RunRecord> made;
    for (int i = 0; i < count; ++i)
        made.append(run(i, kStates[size_t(i) % std::size(kStates)]));
    return made;
}

inline chat::CommandRecord command(int number)
{
    const chat::RunRecord last = run(number, number % 4 == 1 ? RunState::Failed : number % 5 == 3 ? RunState::NoReply : RunState::Succeeded);
    chat::CommandRecord made{kAccount, last.report.bot, u"%1%2"_s.arg(last.kind, number < 5 ? QString() : QString::number(number)),
        last.report.command, last.report.senderName, last.report.startedAtMs, last.report.state};
    made.runs = 3 + number * 17 % 240;
    made.ended = number % 5 == 3 ? 0 : made.runs - 1;
    made.succeeded = made.ended * (100 - number * 13 % 90) / 100;
    made.typicalMs = 400 + number * 12'345;
    return made;
}

inline QList<chat::CommandRecord> commands(int count)
{
    QList<chat::CommandRecord> made;
    for (int i = 0; i < count; ++i)
        made.append(command(i));
    return made;
}

} // namespace ridealong::tests
