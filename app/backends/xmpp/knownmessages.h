// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/syncbatch.h"

#include <QCache>

#include <optional>

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxIdChars = 512; ///< a longer name of a message is none
inline constexpr int kMaxKnownMessages = 5000;
inline constexpr qsizetype kMaxReactionsOfOne = 20; ///< of one person to one message
inline constexpr qsizetype kMaxReactions = 100; ///< different ones to one message
inline constexpr qsizetype kMaxReacting = 500; ///< people, to one message

/// The id of a message that no archive names. Its sender chose the name, so it is an id among that sender's messages only: else anybody
/// could put something in the place of another's message by giving it the same name.
base::MessageId unarchivedId(const base::UserId& sender, const QString& stanzaId);
/// The name that the sender gave; empty for an id of an archive.
QString stanzaIdOf(const base::MessageId& id);

/// A message as far as later ones that refer to it need to know it.
struct KnownMessage
{
    base::MessageId id;
    base::UserId sender;
    QString stanzaId; ///< its sender's name for it: what corrections, and in direct chats all others, call it by
    base::MessageId thread;
    base::MessageId replyTo;
    quint64 stay = 0; ///< of its sender in the room, see RoomMember; 0: not known
    qint64 order = 0; ///< and time: where it stands, once it has a place
    qint64 timeMs = 0;
    bool isMarkable = false; ///< its sender wants to know that it was read (XEP-0333)
    bool isChanged = false; ///< corrected or removed since: who reads it again in an archive reads an older state
};

/// The newest messages of an account. Protocol's references are by names of two kinds, ours by one.
class KnownMessages
{
public:
    /// `reference`: what reactions, replies and retractions in that conversation call it by.
    void remember(const QString& conversation, const KnownMessage& message, const QString& reference);

    // Null when it is not known (any more).
    const KnownMessage* referred(const QString& conversation, const QString& reference) const;
    const KnownMessage* sent(const QString& conversation, const base::UserId& sender, const QString& stanzaId) const;
    const KnownMessage* byId(const QString& conversation, const base::MessageId& id) const;

    void setPlace(const QString& conversation, const base::MessageId& id, qint64 order, qint64 timeMs);
    void setChanged(const QString& conversation, const base::MessageId& id);

    /// Somebody's whole set of reactions became `emojis`. Nothing, when it is known to be that, or a later set is known.
    std::optional<chat::ReactionsChanged> react(
        const base::ConversationId& conversation, const base::MessageId& message, const base::UserId& user, const QStringList& emojis, qint64 timeMs);
    QList<chat::Reaction> reactions(const QString& conversation, const base::MessageId& message) const;

private:
    struct Reacted
    {
        QList<chat::Reaction> reactions;
        QHash<base::UserId, qint64> times; ///< of each one's last set
    };
    QCache<QString, KnownMessage> m_byId{kMaxKnownMessages};
    QCache<QString, base::MessageId> m_byReference{kMaxKnownMessages};
    QCache<QString, base::MessageId> m_bySender{kMaxKnownMessages};
    QCache<QString, Reacted> m_reactions{kMaxKnownMessages};
};

} // namespace ridealong::xmpp
