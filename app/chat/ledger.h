// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/run.h"

#include <QList>

namespace ridealong::chat {

/// One run as it is kept for good.
struct RunRecord
{
    RunReport report;
    QString kind; ///< what its command is counted under: "deploy staging"
};

/// What was seen of one command of one bot.
struct CommandRecord
{
    base::AccountId account;
    base::UserId bot;
    QString kind;
    QString lastCommand; ///< as it was given last
    QString lastBy;
    qint64 lastAtMs = 0;
    RunState lastState = RunState::Unknown;
    int runs = 0;
    int succeeded = 0;
    int ended = 0; ///< of which the end is known
    qint64 typicalMs = 0; ///< the median of those that succeeded last; 0: none did

    /// Of those whose end is known, rounded down so that only a clean record is 100; nothing: no end is known.
    std::optional<int> successPercent() const { return ended > 0 ? std::optional(int(qint64(succeeded) * 100 / ended)) : std::nullopt; }
};

/// What the runs of an answer are sorted by; those that are equal in it by when they began.
enum class LedgerOrder { Started, Sender, Command, Conversation, Environment, State, Duration, ExitCode };

struct LedgerQuery
{
    QString text = {}; ///< in command, sender or bot; empty: all
    base::ConversationId conversation = {}; ///< empty: all
    qint64 sinceMs = 0; ///< begun then or later
    qint64 untilMs = 0; ///< and before; 0: no end
    bool failedOnly = false; ///< those that did not succeed, silence included
    int limit = 1000;
    int offset = 0; ///< so many are left out at the begin: a page
    LedgerOrder order = LedgerOrder::Started;
    bool ascending = false;

    /// Of one command only; the kind is empty: of all.
    base::AccountId account = {};
    base::UserId bot = {};
    QString kind = {};
};

} // namespace ridealong::chat
