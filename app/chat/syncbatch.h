// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <optional>
#include <variant>

namespace ridealong::chat {

struct ConversationChanged
{
    Conversation conversation;
};

/// All members of a conversation; replaces what was known.
struct MembersChanged
{
    base::ConversationId conversation;
    QList<Member> members;
};

/// A new message or a new version of one: inserted or replaced by id, or by our own transaction.
struct MessageChanged
{
    Message message;
    /// What was said, where Markdown needs other words for it (a protocol without Markdown: its marks are escaped); empty: the message's text.
    /// Not stored; for whoever reads a bot's output.
    QString plain = {};
};

/// How far this user has read, as the server knows it (another client of the same user may have moved it).
struct ReadMarkerMoved
{
    base::ConversationId conversation;
    base::MessageId thread; ///< empty: the conversation itself
    qint64 order = 0; ///< everything up to and including this is read
};

/// Somebody's reactions to a message. For protocols that tell the change and not the message, which only the store has: it
/// makes a MessageChanged of it. Nothing happens for a message that is not stored.
struct ReactionsChanged
{
    base::ConversationId conversation;
    base::MessageId message;
    base::UserId user;
    QStringList added; ///< what is there already stays once
    QStringList removed; ///< taken away before the others are added
    bool whole = false; ///< `added` is all that they have there now
};

/// A message was taken back by its sender or a moderator; as ReactionsChanged.
struct MessageRemoved
{
    base::ConversationId conversation;
    base::MessageId message;
};

/// What a bot tells of a run beside a message, or alone. Anybody could send it: see correlator/envelope.h. It comes before its message; the store
/// hands it on and keeps nothing of it.
struct RunTold
{
    base::ConversationId conversation;
    base::MessageId message; ///< empty: it stands alone
    base::UserId sender;
    QByteArray envelope;
};

using Event = std::variant<ConversationChanged, MembersChanged, MessageChanged, ReadMarkerMoved, ReactionsChanged, MessageRemoved, RunTold>;

/// Messages that may exist between two known ones and were not received. Stored as a row, shown as a line, filled when near the view.
struct Gap
{
    base::ConversationId conversation;
    qint64 afterOrder = 0; ///< the newest known message before it; 0: none
    qint64 beforeOrder = 0; ///< the oldest known one behind it, or the moment we were back when nothing came since
    bool lost = false; ///< the server does not have them (any more): shown, never asked for again

    bool operator==(const Gap&) const = default;
};

/// A gap that became smaller, was found to be lost, or (nothing after it) is filled.
struct GapChange
{
    Gap before;
    std::optional<Gap> after;

    bool operator==(const GapChange&) const = default;
};

/// What came in since the last one. Stored together with its cursor in one transaction, so that a crash replays at worst,
/// and replaying is harmless.
struct SyncBatch
{
    QList<Event> events; ///< in the order they happened
    QList<Gap> gaps; ///< new ones
    QByteArray cursor; ///< opaque; handed back to Backend::start
    QList<GapChange> gapChanges;
};

} // namespace ridealong::chat

Q_DECLARE_METATYPE(ridealong::chat::SyncBatch)
