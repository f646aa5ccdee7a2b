// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/commandspec.h"
#include "chat/message.h"
#include "chat/run.h"

namespace ridealong::chat {

/// What a bot may do in the hub it lives in.
class BotHost
{
public:
    virtual ~BotHost() = default;
    /// Stores the report and tells everybody in the room. The host sets the revision. A report after a final one is dropped.
    virtual void report(const RunReport& report) = 0;
    /// Says something in a room.
    virtual void post(const base::ConversationId& conversation, const QString& text, const base::MessageId& thread) = 0;
    /// The file to which the run's output is appended, and from which everybody reads up to the reported outputBytes.
    virtual QString outputPath(const base::RunId& run) const = 0;
};

/// A bot that lives in a hub's process.
class Bot
{
public:
    virtual ~Bot() = default;
    virtual Member member() const = 0;
    virtual QList<CommandSpec> commands(const Conversation& conversation) const = 0;
    /// Called for every message without files before it is stored. A report says "this is for me, it becomes this run"; it is stored in
    /// one transaction with the message. A typing error is a run too: in state Error, with a detail that helps. It must not
    /// start anything yet: of a message that was sent twice, or could not be stored, the run is never begun.
    virtual std::optional<RunReport> accept(const Message& message, const Conversation& conversation) = 0;
    /// The accepted run is stored: start it, unless it is final or waits for an answer.
    virtual void begin(const RunReport& report) = 0;
    virtual base::Status cancel(const base::RunId& run, const Member& by) = 0;
    virtual base::Status decide(const base::RunId& run, const Member& by, bool approve) = 0;
};

} // namespace ridealong::chat
