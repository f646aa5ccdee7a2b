// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"

#include <optional>

namespace ridealong::chat {

/// The states of product.md. Draft is the outbox's.
enum class RunState {
    Sent,
    Acknowledged,
    Running,
    AwaitingConfirmation,
    AwaitingApproval,
    Succeeded,
    Failed, ///< the task said no: exit code other than 0
    Error, ///< it could not run
    Denied,
    Cancelled,
    NoReply,
    Unknown, ///< the bot that ran it is gone; nobody knows
};

/// "awaitingApproval" and so on, the spelling of headless.md.
QString toString(RunState state);
std::optional<RunState> runStateFromString(QStringView text);

/// True when nothing more is expected to come. Unknown and NoReply are not ends: an answer may still arrive.
bool isFinal(RunState state);

struct Progress
{
    enum class State { Normal, Error, Indeterminate, Paused };
    State state = State::Normal;
    int percent = 0; ///< 0…100, meaningless when Indeterminate
    QString label;

    bool operator==(const Progress&) const = default;
};

/// Everything known of a run but its output: a snapshot, so a lost, repeated or late report does no harm. Of two with the
/// same id the one with the higher revision counts.
struct RunReport
{
    base::RunId run;
    base::ConversationId conversation;
    base::MessageId cause; ///< the message that started it
    base::UserId sender;
    QString senderName;
    base::UserId bot;
    QString command; ///< as sent, without the bot's name
    QString environment;
    RunState state = RunState::Sent;
    std::optional<int> exitCode;
    std::optional<Progress> progress;
    QString detail; ///< why it is in this state: "killed by signal 11", "waits for an approval by somebody else"
    std::optional<int> confidence; ///< in percent, how sure it is that all of its output is its own; none: its bot says so
    qint64 startedAtMs = 0;
    qint64 endedAtMs = 0; ///< 0 while open
    qint64 outputBytes = 0; ///< how much can be read now
    qint64 omittedBytes = 0; ///< output over the cap that was thrown away; see omittedAt
    qint64 omittedAt = 0; ///< offset in the output at which they are missing
    qint64 revision = 0;

    bool operator==(const RunReport&) const = default;
};

} // namespace ridealong::chat

Q_DECLARE_METATYPE(ridealong::chat::RunReport)
