// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/rooms.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::SystemEvent;
using Kind = SystemEvent::Kind;
using What = RoomChange::What;
using Why = Departure::Why;

// XEP-0045 §15.6.2.
constexpr int kSelf = 110, kCreated = 201, kNickAssigned = 210;
constexpr int kBanned = 301, kRenamed = 303, kKicked = 307, kAffiliationLost = 321, kMembersOnly = 322, kShutdown = 332, kTechnical = 333;
constexpr int kConfigured = 104;

struct Configuration
{
    int code;
    QStringView mode;
};
constexpr Configuration kConfigurations[] = {{170, u"+logged"}, {171, u"-logged"}, {172, u"+addresses"}, {173, u"-addresses"}, {174, u"+anonymous"}};

/// An event is kept as one line in which a space ends the subject.
QString subjectOf(QString nick) { return nick.replace(u' ', QChar(QChar::Nbsp)); }

Why whyOf(const OccupantPresence& presence)
{
    const QSet<int>& status = presence.status;
    if (presence.destroyed)
        return Why::Destroyed;
    if (status.contains(kBanned))
        return Why::Banned;
    // Prosody kicks who cannot be reached (307 and 333), and that is nobody's doing.
    if (status.contains(kTechnical))
        return Why::Error;
    if (status.contains(kShutdown))
        return Why::Shutdown;
    if (status.contains(kMembersOnly))
        return Why::MembersOnly;
    if (status.contains(kAffiliationLost))
        return Why::AffiliationLost;
    return status.contains(kKicked) ? Why::Kicked : Why::Own;
}

/// Somebody was put out by somebody.
std::optional<SystemEvent> noteOf(const OccupantPresence& presence)
{
    const Why why = whyOf(presence);
    if (why == Why::Kicked || why == Why::Banned || why == Why::AffiliationLost || why == Why::MembersOnly)
        return SystemEvent{Kind::Kicked, subjectOf(presence.member.nick), presence.reason};
    return std::nullopt;
}

} // namespace

base::Status Rooms::enter(const Jid& room, const QString& nick)
{
    const auto occupant
        = room.isEmpty() || !room.isBare() ? base::Expected<Jid>(Error{ErrorKind::Invalid, u"not a room"_s, 0}) : room.withResource(nick);
    if (!occupant)
        return occupant.error();
    if (m_rooms.size() >= kMaxRooms && !m_rooms.contains(room))
        return Error{ErrorKind::RateLimited, u"in too many rooms"_s, 0};
    State state;
    state.jid = room;
    state.nick = occupant->resource();
    state.announcesOccupantIds = m_rooms.value(room).announcesOccupantIds;
    m_rooms.insert(room, state);
    return base::Done();
}

void Rooms::setAnnouncesOccupantIds(const Jid& room, bool announces)
{
    if (const auto at = m_rooms.find(room); at != m_rooms.end())
        at->announcesOccupantIds = announces;
}

const Room* Rooms::find(const Jid& room) const
{
    const auto at = m_rooms.constFind(room);
    return at == m_rooms.cend() ? nullptr : &*at;
}

QList<chat::Member> Rooms::members(const Jid& room) const
{
    QList<chat::Member> all;
    const Room* known = find(room);
    if (!known)
        return all;
    all.reserve(known->members.size());
    for (const RoomMember& member : known->members) {
        const auto user
            = member.nick == known->nick ? base::UserId(m_account.toString()) : occupantIdentity(room, occupantId(room, member.nick), member.nick);
        all.append({user, member.nick, false, member.away ? chat::Presence::Away : chat::Presence::Online});
    }
    std::sort(all.begin(), all.end(), [](const chat::Member& a, const chat::Member& b) { return a.user < b.user; });
    return all;
}

QString Rooms::occupantId(const Jid& room, const QString& nick) const
{
    const Room* known = find(room);
    return known && known->announcesOccupantIds ? known->members.value(nick).occupantId : QString();
}

QList<RoomChange> Rooms::handle(const Element& stanza)
{
    const auto from = Jid::parse(stanza.attribute(u"from"));
    const auto at = from ? m_rooms.find(from->bare()) : m_rooms.end();
    if (at == m_rooms.end())
        return {};
    if (const auto presence = readOccupantPresence(stanza))
        return presence->available ? come(*at, *presence) : go(*at, *presence);
    if (!at->listed || !stanza.is(u"message", ns::kClient) || stanza.attribute(u"type") != "groupchat"_L1)
        return {};
    // §8.1: a message with a body that has a subject, too, is no change of the subject.
    if (stanza.has(u"subject", ns::kClient) && !stanza.has(u"body", ns::kClient) && !stanza.has(u"thread", ns::kClient))
        return topic(*at, stanza, from->resource());
    if (!from->isBare())
        return {}; // what the room itself says of its configuration has no nick
    const QSet<int> status = roomStatus(stanza);
    Changes changes;
    for (const Configuration& row : kConfigurations)
        if (status.contains(row.code))
            changes.append({What::Note, at->jid, SystemEvent{Kind::ModeChanged, row.mode.toString(), {}}});
    if (changes.isEmpty() && status.contains(kConfigured))
        changes.append({What::Note, at->jid});
    return changes;
}

// ---- coming and going ----

/// A careless service passes on a 110 that a member wrote. Once we are in, our nick is known; until then it is the one we asked for, or one
/// that the service says it gave us, and that nobody else is known to have.
bool Rooms::isSelf(const State& room, const OccupantPresence& presence) const
{
    const QString& nick = presence.member.nick;
    if (room.listed)
        return nick == room.nick;
    if (!presence.status.contains(kSelf) || (!presence.member.jid.isEmpty() && presence.member.jid.bare() != m_account))
        return false;
    // Services of old prepare nicks by another profile, and do not tell.
    return nick == room.nick || nick == room.nick.normalized(QString::NormalizationForm_KC)
        || (presence.status.contains(kNickAssigned) && !room.members.contains(nick));
}

Rooms::Changes Rooms::come(State& room, const OccupantPresence& presence)
{
    const bool self = isSelf(room, presence);
    const auto known = room.members.find(presence.member.nick);
    const bool isNew = known == room.members.end();
    RoomMember member = presence.member;
    member.stay = isNew ? ++m_lastStay : known->stay;
    const bool changed = isNew || !(*known == member);
    if (isNew && !self && room.members.size() >= kMaxMembers)
        return {};
    room.members.insert(member.nick, member);
    if (room.listed)
        return changed ? Changes{{What::Members, room.jid, {}, presence.member.nick}} : Changes{};
    if (!self)
        return {}; // told when the list is complete
    room.nick = presence.member.nick;
    room.listed = true;
    Changes changes{{What::Joined, room.jid, {}, room.nick}, {What::Listed, room.jid}};
    changes.first().created = presence.status.contains(kCreated);
    return changes;
}

Rooms::Changes Rooms::go(State& room, const OccupantPresence& presence)
{
    // Before we are in, our nick may be somebody else's who goes just now.
    const bool self = isSelf(room, presence);
    if (presence.status.contains(kRenamed) && !presence.newNick.isEmpty())
        return rename(room, presence);
    if (self)
        return leave(room, presence);
    if (room.members.remove(presence.member.nick) == 0 || !room.listed)
        return {};
    Changes changes{{What::Members, room.jid, {}, presence.actor}};
    if (const auto note = noteOf(presence))
        changes.append({What::Note, room.jid, note, presence.actor});
    return changes;
}

Rooms::Changes Rooms::leave(const State& room, const OccupantPresence& presence)
{
    Departure departure{whyOf(presence), presence.reason, {}};
    if (presence.destroyed) {
        departure.reason = presence.destroyed->reason;
        departure.alternate = presence.destroyed->alternate;
    }
    RoomChange change{What::Left, room.jid, noteOf(presence), presence.actor, departure};
    forget(Jid(room.jid)); // not by a reference into what goes
    return {change};
}

/// §7.6: the old nick goes, and the new one comes in a presence of its own. Whoever has it is the same all along.
Rooms::Changes Rooms::rename(State& room, const OccupantPresence& presence)
{
    const QString& old = presence.member.nick;
    const auto known = room.members.constFind(old);
    if (known == room.members.cend())
        return {};
    RoomMember member = *known;
    room.members.erase(known);
    member.nick = presence.newNick;
    room.members.insert(member.nick, member);
    if (!room.listed)
        return {};
    Changes changes{{What::Members, room.jid, {}, member.nick}};
    if (old == room.nick) {
        room.nick = member.nick;
        changes.prepend({What::Nick, room.jid, SystemEvent{Kind::Renamed, subjectOf(member.nick), {}}, old});
    }
    return changes;
}

// ---- topic ----

Rooms::Changes Rooms::topic(State& room, const Element& message, const QString& by)
{
    const QString text = message.textOf(u"subject", ns::kClient).left(kMaxTopicChars);
    const bool isNews = std::exchange(room.topicKnown, true) && text != room.topic;
    room.topic = text;
    room.topicBy = by;
    RoomChange change{What::Topic, room.jid, {}, by};
    if (isNews)
        change.note = SystemEvent{Kind::TopicChanged, {}, text};
    return {change};
}

} // namespace ridealong::xmpp
