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
    qint64 typicalMs = 0; ///< the median of those that succeeded; 0: none did
};

struct LedgerQuery
{
    QString text = {}; ///< in command, sender or bot; empty: all
    base::ConversationId conversation = {}; ///< empty: all
    qint64 sinceMs = 0; ///< begun then or later
    qint64 untilMs = 0; ///< and before; 0: no end
    bool failedOnly = false; ///< those that did not succeed, silence included
    int limit = 1000;
};

} // namespace ridealong::chat
