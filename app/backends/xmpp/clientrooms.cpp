// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Rooms, and who is in them.
#include "xmpp/client.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::ConversationKind;
using chat::SystemEvent;

// ---- places ----

Client::Place* Client::findPlace(const Jid& room) const
{
    const auto at = m_places.find(room.toString());
    return at == m_places.end() ? nullptr : const_cast<Place*>(&at->second);
}

Client::Place& Client::placeOf(const Jid& room, const QString& password)
{
    const QString key = room.toString();
    if (Place* known = findPlace(room)) {
        known->entry->setPassword(password);
        return *known;
    }
    Place& place = m_places[key];
    const ConversationState* state = m_conversations.find(key);
    const QString nick = state && !state->nick.isEmpty() ? state->nick : m_nick;
    place.entry = std::make_unique<RoomEntry>(RoomEntry::Wish{room, nick, password}, m_rooms, outlet(), m_clock, m_random);
    place.feed = std::make_unique<Feed>(room);
    connect(place.entry.get(), &RoomEntry::changed, this, [this, room] { entryChanged(room); });
    connect(place.entry.get(), &RoomEntry::featuresChanged, this, [this, room] { featuresChanged(room); });
    connect(place.feed.get(), &Feed::page, this, [this, key](const ArchivePage& page, bool isAfterGap) { takePage(key, page, isAfterGap); });
    connect(place.feed.get(), &Feed::caughtUp, this, [this, key](bool isWhole) { caughtUp(key, isWhole); });
    return place;
}

void Client::entryChanged(const Jid& room)
{
    Place* place = findPlace(room);
    const QString key = room.toString();
    if (place->entry->state() == RoomEntry::State::In) {
        ConversationState* state = m_conversations.open(key, nameOf(room), ConversationKind::Room);
        if (!state)
            return;
        place->orderBefore = state->lastOrder;
        place->isWhole = true;
        featuresChanged(room);
        state->joined = true;
        keepBookmark(room, true);
        tellConversation(key);
        if (!awayReason().isEmpty())
            (void)outlet().send(m_presences.own(room.withResource(place->context.nick).valueOr(room)));
        beginFeed(room);
        answerJoins(*place, m_conversations.idOf(key));
        return settle();
    }
    place->isListed = false;
    place->feed->interrupt();
    const Error why = place->entry->error();
    if (place->entry->state() == RoomEntry::State::Entering)
        return;
    const bool isOut = place->entry->state() == RoomEntry::State::Out;
    if (ConversationState* state = m_conversations.find(key); state && isOut && std::exchange(state->joined, false))
        tellConversation(key);
    if (!why.detail.isEmpty())
        answerJoins(*place, why);
    settle();
}

void Client::featuresChanged(const Jid& room)
{
    Place* place = findPlace(room);
    const Room* known = m_rooms.find(room);
    if (!place || !known)
        return;
    const RoomFeatures& features = place->entry->features();
    const bool hadArchive = place->context.hasArchive;
    const qint64 nickSince = place->context.nick == known->nick && place->isListed ? place->context.nickSinceMs : m_clock.nowMs();
    place->context = {known->nick, m_rooms.occupantId(room, known->nick), features.occupantIds, features.stableIds, features.archive, nickSince,
        [this, room](const QString& nick) {
            const Room* there = m_rooms.find(room);
            return there ? there->members.value(nick).stay : 0;
        }};
    // A room that was just made tells what it is like only now; there is nothing to read in it.
    if (features.archive && !hadArchive && place->isListed && place->feed->isCurrent() && m_conversations.find(room.toString())->lastOrder > 0)
        beginFeed(room);
    if (ConversationState* state = m_conversations.find(room.toString()))
        state->nick = known->nick;
}

void Client::beginFeed(const Jid& room)
{
    if (!m_session || !m_archive)
        return;
    if (room.isEmpty())
        return m_own.read(*m_archive, m_conversations.archiveId);
    const Place* place = findPlace(room);
    if (place->context.hasArchive)
        place->feed->read(*m_archive, m_conversations.find(room.toString())->archiveId);
    else
        place->feed->goWithout();
}

void Client::apply(const RoomChange& change)
{
    const QString key = change.room.toString();
    Place* place = findPlace(change.room);
    if (!place)
        return;
    using What = RoomChange::What;
    if (change.what == What::Joined || change.what == What::Nick) {
        place->isListed = place->isListed && change.what == What::Nick;
        featuresChanged(change.room);
    }
    ConversationState* state = m_conversations.find(key);
    const Room* room = m_rooms.find(change.room);
    if (change.what == What::Topic && state && room && std::exchange(state->topic, room->topic) != room->topic)
        tellConversation(key);
    if (change.note)
        place->feed->live([this, key, change] { note(key, change.by, *change.note); });
    if (change.what == What::Listed) {
        place->isListed = true;
        membersChanged(key);
        settle();
    }
    if (change.what == What::Members || change.what == What::Nick)
        membersChanged(key);
    place->entry->handle(change);
}

void Client::note(const QString& key, const QString& by, const SystemEvent& event)
{
    const Jid room = Jid::parse(key).valueOr(Jid());
    noteFrom(key, occupantIdentity(room, m_rooms.occupantId(room, by), by), by, event);
}

void Client::noteFrom(const QString& key, const base::UserId& sender, const QString& senderName, const SystemEvent& event)
{
    ConversationState* state = m_conversations.find(key);
    if (!state)
        return;
    chat::Message message;
    message.conversation = m_conversations.idOf(key);
    message.sender = sender;
    message.senderName = senderName;
    message.system = true;
    message.text = chat::toText(event);
    message.timeMs = m_clock.nowMs();
    message.order = Conversations::placeBehind(*state, message.timeMs);
    message.id = base::MessageId(u"@%1"_s.arg(message.order));
    m_events(chat::MessageChanged{message});
}

/// A flood of people who come changes a list a thousand times; it is told once in a while.
void Client::membersChanged(const QString& key)
{
    const bool first = m_dirtyMembers.isEmpty();
    m_dirtyMembers.insert(key);
    if (first)
        after(kMembersPause, [this] { tellMembers(); });
}

void Client::tellMembers()
{
    for (const QString& key : std::exchange(m_dirtyMembers, {}))
        if (const auto room = Jid::parse(key); room && m_rooms.find(*room))
            m_events(chat::MembersChanged{m_conversations.idOf(key), m_rooms.members(*room)});
}

void Client::answerJoins(Place& place, const base::Expected<base::ConversationId>& answer)
{
    for (const auto& promise : std::exchange(place.joins, {}))
        promise.answer(answer);
}

// ---- what the user wants ----

base::Expected<Jid> Client::roomNamed(const QString& name) const
{
    const QString found = services().rooms.toString(), service = found.isEmpty() ? u"conference."_s + m_account.domain() : found;
    const auto room = Jid::parse(name.contains(u'@') ? name : (name.startsWith(u'#') ? name.mid(1) : name) + u'@' + service);
    if (!room || !room->isBare() || room->node().isEmpty())
        return Error{ErrorKind::Invalid, u"'%1' cannot be a room's name"_s.arg(name), 0};
    return room;
}

void Client::want(const QString& name, const QString& password)
{
    const auto room = roomNamed(name);
    bool isNew = false;
    ConversationState* state = room ? m_conversations.open(room->toString(), nameOf(*room), ConversationKind::Room, &isNew) : nullptr;
    if (state && isNew)
        state->joined = true;
    if (state)
        state->password = password;
}

base::Async<base::ConversationId> Client::join(const QString& name, const QString& password)
{
    using Joined = base::Async<base::ConversationId>;
    const auto room = roomNamed(name);
    if (!room)
        return Joined::ready(room.error());
    if (!m_session || !m_session->isReady())
        return Joined::ready(Error{ErrorKind::Offline, u"not connected"_s, 0});
    const QString key = room->toString();
    const QString* invited = m_invitedWith.object(key);
    const QString secret = password.isEmpty() && invited ? *invited : password;
    Place& place = placeOf(*room, secret);
    if (place.entry->state() == RoomEntry::State::In)
        return Joined::ready(base::Expected<base::ConversationId>(m_conversations.idOf(key)));
    if (ConversationState* state = m_conversations.open(key, nameOf(*room), ConversationKind::Room))
        state->password = secret;
    else
        return Joined::ready(Error{ErrorKind::Invalid, u"too many conversations"_s, 0});
    base::Promise<base::ConversationId> promise;
    place.joins.append(promise);
    if (m_isPresent && place.entry->state() != RoomEntry::State::Entering) // else all are entered when we are
        place.entry->enter();
    return promise.async();
}

base::Async<base::Done> Client::leave(const base::ConversationId& conversation)
{
    ConversationState* state = m_conversations.find(conversation.key());
    if (!state)
        return base::Async<base::Done>::ready(Error{ErrorKind::NotFound, u"no such conversation"_s, 0});
    state->joined = false;
    const Jid room = Jid::parse(conversation.key()).valueOr(Jid());
    if (Place* place = findPlace(room)) {
        place->entry->leave();
        keepBookmark(room, false);
    }
    tellConversation(conversation.key());
    return base::Async<base::Done>::ready(base::Done());
}

Jid Client::roomOf(const base::ConversationId& conversation) const
{
    const ConversationState* state = m_conversations.find(conversation.key());
    return state && state->kind == ConversationKind::Room ? Jid::parse(conversation.key()).valueOr(Jid()) : Jid();
}

RoomFeatures Client::featuresOf(const Jid& room) const
{
    const Place* place = findPlace(room);
    return place ? place->entry->features() : RoomFeatures();
}

QString Client::passwordOf(const Jid& room) const
{
    const ConversationState* state = m_conversations.find(room.toString());
    return state ? state->password : QString();
}

base::UserId Client::identityIn(const Jid& occupant) const
{
    const Room* room = m_rooms.find(occupant.bare());
    const auto member = room ? room->members.constFind(occupant.resource()) : QHash<QString, RoomMember>::const_iterator();
    if (!room || member == room->members.cend())
        return {};
    return member->nick == room->nick ? self().user : occupantIdentity(room->jid, m_rooms.occupantId(room->jid, member->nick), member->nick);
}

Jid Client::addressOf(const base::UserId& user) const
{
    for (const Jid& room : m_rooms.all())
        for (const RoomMember& member : m_rooms.find(room)->members)
            if (occupantIdentity(room, m_rooms.occupantId(room, member.nick), member.nick) == user)
                return member.jid.isEmpty() ? room.withResource(member.nick).valueOr(Jid()) : member.jid.bare();
    const Jid jid = Jid::parse(user.text()).valueOr(Jid());
    return m_rooms.find(jid.bare()) ? jid : jid.bare();
}

base::Async<base::ConversationId> Client::openDirect(const base::UserId& user)
{
    // A name alone is somebody on our server.
    const QString& name = user.text();
    const bool isName = !name.contains(u'@') && !name.contains(u'/');
    const Jid jid = isName ? Jid::of(name, m_account.domain()).valueOr(Jid()) : addressOf(user);
    if (jid.isEmpty())
        return base::Async<base::ConversationId>::ready(Error{ErrorKind::Invalid, u"'%1' is not an address"_s.arg(user.text()), 0});
    if (!open(jid.toString()))
        return base::Async<base::ConversationId>::ready(Error{ErrorKind::Invalid, u"too many conversations"_s, 0});
    return base::Async<base::ConversationId>::ready(base::Expected<base::ConversationId>(m_conversations.idOf(jid.toString())));
}

base::Async<QList<chat::RoomInfo>> Client::list(const QString& filter, int limit)
{
    if (services().rooms.isEmpty())
        return base::Async<QList<chat::RoomInfo>>::ready(Error{ErrorKind::Unsupported, u"the server has no rooms"_s, 0});
    return m_roomList.list(services().rooms, filter, limit);
}

void Client::setAway(const QString& reason)
{
    if (reason.simplified() == awayReason())
        return;
    m_presences.setAway(reason.simplified());
    emit selfChanged();
}

void Client::setAttended(bool attended)
{
    if (std::exchange(m_isAttended, attended) != attended && m_session)
        m_session->setActive(attended);
}

} // namespace ridealong::xmpp
