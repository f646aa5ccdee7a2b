// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "chat/message.h"

#include <optional>

namespace ridealong::chat {

enum class OutgoingKind { Text, Command };

/// The life of something to be sent. "sent" is the end; an item in any other state is stored.
enum class OutboxState {
    Queued, ///< waits for its turn or for the connection
    InFlight,
    Unknown, ///< may have arrived; looked up as soon as there is a connection
    Failed, ///< the server refused it; waits for the user
    Review, ///< a command that a disconnect interrupted or that was written offline: never sent by itself, waits for the user
    Sent,
};
/// "queued", "inFlight", "unknown", "failed", "review", "sent".
QString toString(OutboxState state);
std::optional<OutboxState> outboxStateFromString(QStringView text);
/// "text", "command".
QString toString(OutgoingKind kind);

struct OutboxItem
{
    base::TransactionId transaction;
    base::ConversationId conversation;
    OutgoingKind kind = OutgoingKind::Text;
    QString text;
    base::MessageId thread;
    base::MessageId replyTo;
    OutboxState state = OutboxState::Queued;
    int attempts = 0;
    qint64 createdAtMs = 0;
    qint64 position = 0; ///< order of sending within the conversation
    std::optional<base::Error> why; ///< of Failed, Review and a waiting Queued
    QList<Attachment> attachments = {}; ///< with an id when they are up already

    bool operator==(const OutboxItem&) const = default;
};

/// Something being written; one per conversation is the composer's own, any number lie in the drafts dock.
struct Draft
{
    base::DraftId id;
    base::ConversationId conversation;
    base::MessageId thread;
    OutgoingKind kind = OutgoingKind::Text;
    QString text;
    qint64 writtenAtMs = 0; ///< last change
    qint64 orderWhenWritten = 0; ///< the conversation's newest message then; newer ones are counted from it
    bool composer = false; ///< the composer's own of its conversation and thread
    QList<Attachment> attachments = {};

    bool operator==(const Draft&) const = default;
};

} // namespace ridealong::chat
