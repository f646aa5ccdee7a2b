// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmpproomadmin.h"

#include "xmpp/roomconfiguration.h"
#include "xmpp/roomrights.h"

#include <algorithm>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using Done = base::Async<base::Done>;

static Done noRoom() { return Done::ready(Error{ErrorKind::NotFound, u"not in such a room"_s, 0}); }
static Done noMember() { return Done::ready(Error{ErrorKind::NotFound, u"nobody of that name is in the room"_s, 0}); }

XmppRoomAdmin::XmppRoomAdmin(RoomAdministration& administration, const Rooms& rooms, const Jid& account, Places places)
    : m_administration(administration),
      m_rooms(rooms),
      m_account(account.bare()),
      m_places(std::move(places))
{}

const Room* XmppRoomAdmin::roomOf(const base::ConversationId& id) const
{
    const Jid jid = m_places.roomOf(id);
    const Room* room = jid.isEmpty() ? nullptr : m_rooms.find(jid);
    return room && room->listed ? room : nullptr;
}

/// As Rooms::members() gives it.
base::UserId XmppRoomAdmin::identityOf(const Room& room, const RoomMember& member) const
{
    if (member.nick == room.nick)
        return base::UserId(m_account.toString());
    return occupantIdentity(room.jid, room.announcesOccupantIds ? member.occupantId : QString(), member.nick);
}

const RoomMember* XmppRoomAdmin::memberOf(const Room& room, const base::UserId& user) const
{
    const auto at
        = std::find_if(room.members.begin(), room.members.end(), [&](const RoomMember& member) { return identityOf(room, member) == user; });
    return at == room.members.end() ? nullptr : &*at;
}

// ---- what may be done ----

chat::RoomPowers XmppRoomAdmin::powers(const base::ConversationId& id) const
{
    const Room* room = roomOf(id);
    if (!room)
        return {};
    const RoomRights rights = rightsIn(*room);
    const RoomFeatures features = m_places.featuresOf(room->jid);
    return {.setTopic = features.onlyModeratorsSetSubject ? rights.moderate : rights.speak,
        .setNick = true,
        .invite = features.membersOnly ? rights.grantMembership : rights.speak,
        .ban = rights.ban,
        .configure = rights.configure};
}

chat::MemberPowers XmppRoomAdmin::powersOver(const base::ConversationId& id, const base::UserId& user) const
{
    const Room* room = roomOf(id);
    const RoomMember* member = room ? memberOf(*room, user) : nullptr;
    return member ? xmpp::powersOver(*room, *member) : chat::MemberPowers();
}

QHash<base::UserId, chat::MemberRank> XmppRoomAdmin::ranks(const base::ConversationId& id) const
{
    QHash<base::UserId, chat::MemberRank> ranks;
    if (const Room* room = roomOf(id))
        for (const RoomMember& member : room->members)
            if (const chat::MemberRank rank = rankOf(member); rank != chat::MemberRank::Ordinary)
                ranks.insert(identityOf(*room, member), rank);
    return ranks;
}

// ---- doing it ----

Done XmppRoomAdmin::affiliate(const Jid& room, const RoomMember& member, Affiliation affiliation, const QString& reason)
{
    return member.jid.isEmpty() ? m_administration.setAffiliationOfNick(room, member.nick, affiliation, reason)
                                : m_administration.setAffiliation(room, member.jid, affiliation, reason);
}

Done XmppRoomAdmin::kick(const base::ConversationId& id, const base::UserId& user, const QString& reason)
{
    const Room* room = roomOf(id);
    const RoomMember* member = room ? memberOf(*room, user) : nullptr;
    return member ? m_administration.kick(room->jid, member->nick, reason) : noMember();
}

Done XmppRoomAdmin::ban(const base::ConversationId& id, const base::UserId& user, const QString& reason)
{
    const Room* room = roomOf(id);
    const RoomMember* member = room ? memberOf(*room, user) : nullptr;
    return member ? affiliate(room->jid, *member, Affiliation::Outcast, reason) : noMember();
}

Done XmppRoomAdmin::unban(const base::ConversationId& id, const QString& who)
{
    const Room* room = roomOf(id);
    return room ? m_administration.setAffiliation(room->jid, Jid::parse(who).valueOr({}), Affiliation::None, {}) : noRoom();
}

base::Async<QList<chat::Ban>> XmppRoomAdmin::bans(const base::ConversationId& id)
{
    using Bans = QList<chat::Ban>;
    const Room* room = roomOf(id);
    if (!room)
        return base::Async<Bans>::ready(Error{ErrorKind::NotFound, u"not in such a room"_s, 0});
    base::Promise<Bans> promise;
    m_administration.affiliations(room->jid, Affiliation::Outcast).then(this, [promise](const base::Expected<QList<Affiliated>>& list) {
        if (!list)
            return promise.answer(list.error());
        Bans bans;
        for (const Affiliated& one : *list)
            bans.append({one.jid.toString(), {}, one.reason});
        promise.answer(bans);
    });
    return promise.async();
}

Done XmppRoomAdmin::setRank(const base::ConversationId& id, const base::UserId& user, chat::MemberRank rank, const QString& reason)
{
    const Room* room = roomOf(id);
    const RoomMember* member = room ? memberOf(*room, user) : nullptr;
    if (!member)
        return noMember();
    const RankSteps steps = stepsTo(rank, *member);
    const auto setRole
        = [this, jid = room->jid, nick = member->nick, reason](Role role) { return m_administration.setRole(jid, nick, role, reason); };
    if (!steps.affiliation)
        return steps.role ? setRole(*steps.role) : Done::ready(base::Done());
    const Done affiliated = affiliate(room->jid, *member, *steps.affiliation, reason);
    if (!steps.role)
        return affiliated;
    base::Promise<base::Done> promise;
    affiliated.then(this, [this, promise, setRole, role = *steps.role](const base::Status& done) {
        if (!done)
            return promise.answer(done.error());
        setRole(role).then(this, [promise](const base::Status& last) { promise.answer(last); });
    });
    return promise.async();
}

Done XmppRoomAdmin::invite(const base::ConversationId& id, const QString& whom, const QString& reason)
{
    const Room* room = roomOf(id);
    if (!room)
        return noRoom();
    const QString name = whom.trimmed();
    const auto jid = name.contains(u'@') ? Jid::parse(name) : Jid::of(name, m_account.domain());
    if (!jid || jid->node().isEmpty())
        return Done::ready(Error{ErrorKind::Invalid, u"'%1' is nobody's address"_s.arg(name), 0});
    // The room of a closed one has to hear of it, to let them in; else they hear it from whom they know.
    if (m_places.featuresOf(room->jid).membersOnly)
        return m_administration.invite(room->jid, jid->bare(), reason);
    return m_administration.inviteDirectly(room->jid, jid->bare(), reason, m_places.passwordOf(room->jid));
}

Done XmppRoomAdmin::setNick(const base::ConversationId& id, const QString& nick)
{
    const Room* room = roomOf(id);
    return room ? m_administration.setNick(room->jid, nick.trimmed()) : noRoom();
}

Done XmppRoomAdmin::setTopic(const base::ConversationId& id, const QString& topic)
{
    const Room* room = roomOf(id);
    return room ? m_administration.setSubject(room->jid, topic) : noRoom();
}

std::unique_ptr<chat::CommandDialog> XmppRoomAdmin::configure(const base::ConversationId& id)
{
    const Room* room = roomOf(id);
    return room ? std::make_unique<RoomConfiguration>(m_administration, room->jid) : nullptr;
}

} // namespace ridealong::xmpp
