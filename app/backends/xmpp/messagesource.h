// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "xmpp/element.h"
#include "xmpp/invitation.h"
#include "xmpp/jid.h"
#include "xmpp/occupant.h"

#include <functional>
#include <optional>

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxNameChars = 200; ///< of a sender
inline constexpr qint64 kMaxClockLeadMs = 5 * 60 * 1000; ///< a server's clock that is further ahead of ours is not believed

/// What must be known of a room that we are in, to believe what comes from it.
struct RoomContext
{
    QString nick; ///< ours
    QString occupantId; ///< ours; empty where the room gives none
    bool hasOccupantIds = false; ///< it announces XEP-0421: nobody can bring an occupant id of his own
    bool hasStableIds = false; ///< it announces muc#stable_id: ids come back as they were sent
    bool hasArchive = false; ///< it announces urn:xmpp:mam:2: nobody can bring a stanza id of his own
    /// Since when the nick has been ours, by the room's clock. What was said under it before may be somebody else's. Counts only where
    /// there are no occupant ids.
    qint64 nickSinceMs = 0;
    /// Who has that nick now, see RoomMember::stay.
    std::function<quint64(const QString& nick)> stayOf = [](const QString&) { return quint64(0); };
};

/// What must be known of ourselves.
struct ReadingContext
{
    base::AccountId account;
    Jid self; ///< full
    bool hasArchive = false; ///< our account announces urn:xmpp:mam:2
    std::function<const RoomContext*(const Jid& room)> room = [](const Jid&) { return nullptr; }; ///< null: we are not in it
};

/// A stanza that an archive gave out.
struct Archived
{
    Jid archive; ///< our bare address, or the room's
    QString id; ///< the archive's
    qint64 timeMs = 0;
    Element stanza;
};

/// Who said it, where, and when, as far as that can be believed.
struct MessageSource
{
    Element message; ///< what was said, out of the wrapping
    base::ConversationId conversation;
    base::UserId sender;
    QString senderName;
    QString archiveId; ///< the right archive's; empty when there is none
    qint64 timeMs = 0;
    const RoomContext* room = nullptr; ///< of what was said to all in a room
    Jid from; ///< who signs, with the resource
    quint64 stay = 0; ///< of who said it just now in a room; 0: not known
    bool isOwn = false; ///< from this or another client of ours
    bool isRoomItself = false; ///< nobody in it
    bool isLive = true; ///< it happens now: neither an archive nor a delay
    bool isCarbon = false;
    std::optional<Invitation> invitation; ///< it is one; then it is from whoever invites
};

/// Of a stanza as it came. Nothing for one that is not to be believed: a carbon or a result of an archive from somebody else, a room that
/// we are not in.
std::optional<MessageSource> sourceOf(const Element& stanza, const ReadingContext& context, qint64 nowMs);
std::optional<MessageSource> sourceOf(const Archived& archived, const ReadingContext& context, qint64 nowMs);

/// "2026-11-25T10:00:00Z" (XEP-0082) as milliseconds; nothing for what is none.
std::optional<qint64> timeFromStamp(const QString& stamp);

} // namespace ridealong::xmpp
