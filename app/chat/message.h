// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "chat/attachment.h"

#include <QList>
#include <QSet>

#include <optional>

namespace ridealong::chat {

struct Reaction
{
    QString emoji;
    QList<base::UserId> by; ///< in the order they came

    bool operator==(const Reaction&) const = default;
};

/// One message as the server has it, or (id empty, transaction set) as our outbox has it.
struct Message
{
    base::MessageId id;
    base::TransactionId transaction; ///< ours; empty for other people's where the protocol does not carry it
    base::ConversationId conversation;
    base::UserId sender;
    QString senderName;
    qint64 timeMs = 0; ///< server's clock, UTC
    qint64 order = 0; ///< strictly ascending within a conversation; the server's sequence, else derived from time
    QString text; ///< Markdown
    base::MessageId thread; ///< the thread's root; empty outside threads
    base::MessageId replyTo;
    base::RunId run; ///< the run that this message started
    QList<Reaction> reactions;
    bool edited = false;
    bool deleted = false; ///< text is empty then
    bool fromBot = false;
    bool system = false; ///< joins, topic changes: nobody said it
    bool action = false; ///< "/me waves": told of the sender, not said by them
    bool notice = false; ///< must not be answered by machines (IRC's NOTICE); bots speak so
    QList<Attachment> attachments = {};

    bool operator==(const Message&) const = default;
};

enum class ConversationKind { Room, Direct };

struct Conversation
{
    base::ConversationId id;
    QString name; ///< "#ops", "Ana"
    ConversationKind kind = ConversationKind::Room;
    QString topic;
    QString environment; ///< "sandbox", "staging", "production" …; empty when nobody said
    bool joined = true;

    bool operator==(const Conversation&) const = default;
};

enum class Presence { Offline, Away, Online };

struct Member
{
    base::UserId user;
    QString name;
    bool bot = false;
    Presence presence = Presence::Offline;

    bool operator==(const Member&) const = default;
};

} // namespace ridealong::chat
