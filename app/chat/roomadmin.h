// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/ids.h"

#include <QHash>
#include <QList>

#include <memory>

namespace ridealong::chat {

class CommandDialog;

/// What somebody is in a room, in ascending order and in the words of no protocol; each protocol has some of them.
enum class MemberRank {
    Visitor, ///< may read, and not speak
    Ordinary, ///< nobody said anything about them
    Member, ///< is let in and may speak where others may not
    Moderator, ///< may put others out
    Admin,
    Owner,
};
/// "visitor", "ordinary" and so on: the spelling of logs and of the headless protocol.
QString toString(MemberRank rank);

/// What we may do in a room. A server decides anew each time; this says what it would be pointless to offer.
struct RoomPowers
{
    bool setTopic = false;
    bool setNick = false;
    bool invite = false;
    bool ban = false; ///< and see who is banned, and let them in again
    bool configure = false;

    bool operator==(const RoomPowers&) const = default;
};

/// What we may do with one of the members.
struct MemberPowers
{
    bool kick = false;
    bool ban = false;
    QList<MemberRank> ranks; ///< that we may give them, in ascending order; the one they have is not among them

    bool operator==(const MemberPowers&) const = default;
};

struct Ban
{
    QString who; ///< an address, or a pattern of addresses: what unban() takes
    QString by; ///< where the server tells
    QString reason;

    bool operator==(const Ban&) const = default;
};

/// Rooms whose order their members keep. What is known is answered at once; all else by the server. Errors: Denied (not ours to do), NotFound
/// (no such room or member), Invalid (a name or an address that cannot be), Unsupported, Offline, Timeout.
class RoomAdminFacet
{
public:
    virtual ~RoomAdminFacet() = default;
    virtual RoomPowers powers(const base::ConversationId&) const = 0; ///< none where we are not in
    virtual MemberPowers powersOver(const base::ConversationId&, const base::UserId& member) const = 0;
    /// Of those who are not Ordinary.
    virtual QHash<base::UserId, MemberRank> ranks(const base::ConversationId&) const = 0;

    virtual base::Async<base::Done> kick(const base::ConversationId&, const base::UserId& member, const QString& reason) = 0;
    /// Also puts them out.
    virtual base::Async<base::Done> ban(const base::ConversationId&, const base::UserId& member, const QString& reason) = 0;
    virtual base::Async<base::Done> unban(const base::ConversationId&, const QString& who) = 0;
    virtual base::Async<QList<Ban>> bans(const base::ConversationId&) = 0;
    virtual base::Async<base::Done> setRank(const base::ConversationId&, const base::UserId& member, MemberRank rank, const QString& reason) = 0;
    virtual base::Async<base::Done> invite(const base::ConversationId&, const QString& whom, const QString& reason) = 0; ///< an address or a nick
    /// Ours; in all rooms of the account where the protocol has one name for all.
    virtual base::Async<base::Done> setNick(const base::ConversationId&, const QString& nick) = 0;
    virtual base::Async<base::Done> setTopic(const base::ConversationId&, const QString& topic) = 0; ///< one line; empty: none
    /// What the room is like, asked and changed by its owners. Null where rooms have no such form.
    virtual std::unique_ptr<CommandDialog> configure(const base::ConversationId&);
};

} // namespace ridealong::chat
