// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/runwords.h"

#include "kit/durations.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using chat::RunState;
using kit::Token;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunWords)
};

/// Details come from bots and may be anything: one line, bounded.
constexpr int kMaxDetailLength = 400;

QString oneLine(const QString& text) { return text.left(kMaxDetailLength).simplified(); }

} // namespace

QString accessibleName(const chat::RunReport& report, qint64 lines)
{
    QString state = stateWord(report);
    if (report.exitCode && *report.exitCode != 0)
        state += Words::tr(", exit %1").arg(*report.exitCode);
    return Words::tr("%1, %2, %3").arg(oneLine(report.command), state, Words::tr("%n line(s)", nullptr, int(std::min<qint64>(lines, INT_MAX))));
}

QList<Note> notes(const chat::RunReport& report, qint64 lines, qint64 nowMs)
{
    QList<Note> result;
    if (report.omittedBytes > 0 && report.outputBytes == 0 && lines == 0)
        result << Note{Words::tr("The output (%1) was not kept.").arg(kit::bytesText(report.omittedBytes)), Token::Muted, {}};
    else if (report.omittedBytes > 0 && report.outputBytes > 0)
        result << Note{
            Words::tr("Truncated at %1: %2 omitted.").arg(kit::bytesText(report.omittedAt), kit::bytesText(report.omittedBytes)), Token::Warning, {}};
    const QString detail = oneLine(report.detail);
    switch (report.state) {
    case RunState::NoReply: {
        const auto silence = Words::tr("No reply for %1.").arg(kit::aboutText(elapsedMs(report, nowMs)));
        result << Note{detail.isEmpty() ? silence : silence + u' ' + detail, Token::Muted,
            {{Words::tr("Ask again"), RunAction::Rerun}, {Words::tr("Open context"), RunAction::Context}}};
        break;
    }
    case RunState::AwaitingConfirmation:
    case RunState::AwaitingApproval: {
        const auto text = report.state == RunState::AwaitingApproval ? Words::tr("Waits for an approval.") : Words::tr("Waits for a confirmation.");
        result << Note{
            detail.isEmpty() ? text : detail, Token::Muted, {{Words::tr("Approve"), RunAction::Approve}, {Words::tr("Deny"), RunAction::Deny}}};
        break;
    }
    case RunState::Unknown:
        result << Note{detail.isEmpty() ? Words::tr("The bot that ran this is gone; nobody knows how it ended.") : detail, Token::Muted,
            {{Words::tr("Open context"), RunAction::Context}}};
        break;
    case RunState::Failed:
    case RunState::Error:
    case RunState::Denied:
        if (!detail.isEmpty())
            result << Note{detail, Token::Danger, {}};
        break;
    default:
        if (!detail.isEmpty())
            result << Note{detail, Token::Muted, {}};
        break;
    }
    if (lines == 0 && result.isEmpty()) {
        if (chat::isFinal(report.state))
            result << Note{Words::tr("No output."), Token::Faint, {}};
        else if (report.state == RunState::Sent && elapsedMs(report, nowMs) >= 1000)
            result << Note{Words::tr("No reply yet, for %1.").arg(kit::aboutText(elapsedMs(report, nowMs))), Token::Faint, {}};
        else
            result << Note{Words::tr("Nothing has come yet."), Token::Faint, {}};
    }
    return result;
}

} // namespace ridealong::consoleview
