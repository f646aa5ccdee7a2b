// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the account's server knows of us and of our contacts: services, contacts, bookmarks, what is read, commands.
#include "xmpp/client.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::ConversationKind;

void Client::connectPeople()
{
    connect(&m_services, &Services::found, this, &Client::takeServices);
    // Whoever comes is known by then (RFC 6121 §4.2). Only who is there himself goes into rooms.
    connect(&m_roster, &Roster::fetched, this, [this] {
        if (!m_session || !m_session->isReady())
            return;
        m_presences.begin(m_session->jid());
        for (auto state = m_conversations.all().cbegin(); state != m_conversations.all().cend(); ++state) {
            const Jid jid = Jid::parse(state.key()).valueOr(Jid());
            if (state->kind == ConversationKind::Direct)
                rename(jid);
            else if (state->joined)
                (void)placeOf(jid, state->password);
        }
        for (auto& [key, place] : m_places) {
            const ConversationState* state = m_conversations.find(key);
            if (place.entry->state() != RoomEntry::State::Out || !place.joins.isEmpty() || (state && state->joined))
                place.entry->enter();
        }
        m_isPresent = true;
        settle();
    });
    connect(&m_roster, &Roster::changed, this, &Client::rename);
    connect(&m_roster, &Roster::requestsChanged, this, &Client::noteRequests);
    connect(&m_presences, &Presences::changed, this, &Client::tellPresence);
    connect(&m_presences, &Presences::cleared, this, [this] {
        for (auto state = m_conversations.all().cbegin(); state != m_conversations.all().cend(); ++state)
            if (state->kind == ConversationKind::Direct)
                tellPresence(Jid::parse(state.key()).valueOr(Jid()));
    });
    connect(&m_presences, &Presences::ownChanged, this, [this] {
        for (const auto& [key, place] : m_places)
            if (place.entry->state() == RoomEntry::State::In)
                (void)outlet().send(m_presences.own(place.entry->room().withResource(place.context.nick).valueOr(Jid())));
    });
    connect(&m_bookmarks, &Bookmarks::fetched, this, [this] {
        for (const Bookmark& bookmark : m_bookmarks.all())
            takeBookmark(bookmark.room);
    });
    connect(&m_bookmarks, &Bookmarks::changed, this, &Client::takeBookmark);
    connect(&m_displayed, &DisplayedSync::fetched, this, [this] {
        for (const DisplayedMark& mark : m_displayed.all())
            takeMark(mark);
    });
    connect(&m_displayed, &DisplayedSync::changed, this, &Client::takeMark);
}

void Client::beginPeople()
{
    m_isPresent = false;
    m_presences.reset();
    m_capabilities.reset();
    m_services.begin();
    m_roster.begin();
    m_bookmarks.begin();
    m_displayed.begin();
    m_blocklist.begin();
}

void Client::takeServices(const ServerServices& services)
{
    // Copies of what our other clients say and hear. Without them those are in the archive.
    if (services.carbons)
        outlet().request(Element(u"iq", ns::kClient).with(u"type", u"set"_s).with(Element(u"enable", ns::kCarbons)), [](const Answer&) {});
    m_reader.context().hasArchive = services.archive;
    m_knowsOwn = true;
    if (hasArchive())
        beginFeed({});
    else
        m_own.goWithout();
    emit servicesFound(services);
    settle();
}

// ---- contacts ----

void Client::tellPresence(const Jid& bare)
{
    const QString key = bare.toString();
    const ConversationState* state = m_conversations.find(key);
    if (state && state->kind == ConversationKind::Direct && bare.isBare())
        m_events(chat::MembersChanged{m_conversations.idOf(key), {{base::UserId(key), state->name, false, m_presences.presence(bare)}}});
}

void Client::rename(const Jid& bare)
{
    ConversationState* state = m_conversations.find(bare.toString());
    if (!state || state->kind != ConversationKind::Direct || std::exchange(state->name, nameOf(bare)) == nameOf(bare))
        return;
    tellConversation(bare.toString());
    tellPresence(bare);
}

/// Whoever asks is told of once, where what they say would be read. The request itself waits at the server, however often we come and go.
void Client::noteRequests()
{
    for (const ContactRequest& request : m_roster.requests()) {
        const QString key = request.from.toString();
        ConversationState* state = open(key);
        if (state && !std::exchange(state->hasAsked, true))
            noteFrom(key, base::UserId(key), state->name, {chat::SystemEvent::Kind::ContactAsked, {}, request.text});
    }
}

// ---- bookmarks ----

/// Another client of ours went into a room, or out.
void Client::takeBookmark(const Jid& room)
{
    const Bookmark* bookmark = m_bookmarks.find(room);
    const QString key = room.toString();
    if (!bookmark || !bookmark->autojoin) {
        if (const ConversationState* state = m_conversations.find(key); state && state->joined)
            leave(m_conversations.idOf(key)).ignore();
        return;
    }
    ConversationState* state = m_conversations.open(key, nameOf(room), ConversationKind::Room);
    if (!state || state->joined)
        return;
    state->joined = true;
    if (!bookmark->nick.isEmpty())
        state->nick = bookmark->nick;
    if (!bookmark->password.isEmpty())
        state->password = bookmark->password;
    if (m_isPresent)
        placeOf(room, state->password).entry->enter();
}

void Client::keepBookmark(const Jid& room, bool autojoin)
{
    const Bookmark* known = m_bookmarks.find(room);
    Bookmark bookmark = known ? *known : Bookmark{.room = room};
    bookmark.autojoin = autojoin;
    if (const QString password = passwordOf(room); autojoin && !password.isEmpty())
        bookmark.password = password; // our other clients, and this one after its next start, get in by it
    if (!m_bookmarks.isFetched() || (known ? *known == bookmark : !autojoin))
        return;
    m_bookmarks.set(bookmark).ignore();
}

// ---- what is read ----

void Client::markRead(const base::ConversationId& conversation, qint64 order)
{
    const QString key = conversation.key();
    const QString* archiveId = m_archiveIds.object(key + u' ' + QString::number(order));
    const ConversationState* state = m_conversations.find(key);
    const Jid jid = Jid::parse(key).valueOr(Jid());
    if (!archiveId || !state || m_readUpTo.value(key) >= order)
        return;
    m_readUpTo[key] = order;
    m_displayed.display({jid, state->kind == ConversationKind::Room ? jid : m_account, *archiveId});
    if (const Contact* contact = m_roster.find(jid); contact && contact->seesUs() && state->kind == ConversationKind::Direct)
        tellDisplayed(jid, conversation, base::MessageId(*archiveId)); // what others wrote is called as the archive calls it
}

/// Whom we tell when we are there may know what we have read, too, where they want to (XEP-0333).
void Client::tellDisplayed(const Jid& to, const base::ConversationId& conversation, const base::MessageId& message)
{
    const KnownMessage* known = m_reader.known().byId(conversation.key(), message);
    if (!known || !known->isMarkable || known->sender == self().user || !m_session)
        return;
    if (const auto marker = m_writer.displayed({to, false, false}, conversation, known->id))
        (void)m_session->send(*marker);
}

void Client::takeMark(const DisplayedMark& mark)
{
    const QString key = mark.conversation.toString();
    const qint64* order = m_orders.object(key + u' ' + mark.archiveId);
    if (!order) {
        m_marks[key] = mark.archiveId; // it may be on its way
        return;
    }
    m_marks.remove(key);
    if (m_readUpTo.value(key) >= *order)
        return;
    m_readUpTo[key] = *order;
    m_displayed.display(mark); // what waits to be told is less
    m_events(chat::ReadMarkerMoved{m_conversations.idOf(key), {}, *order});
}

// ---- commands ----

/// Who may have commands there: in a direct conversation the other one's clients, in a room those who say that they have some, and our own
/// server, whose commands are for whoever may run it.
std::vector<std::pair<Jid, base::UserId>> Client::botsIn(const base::ConversationId& conversation) const
{
    std::vector<std::pair<Jid, base::UserId>> bots;
    const Jid jid = Jid::parse(conversation.key()).valueOr(Jid());
    if (const Room* room = m_rooms.find(jid)) {
        for (const RoomMember& member : room->members)
            if (const auto there = jid.withResource(member.nick); there && m_capabilities.speaks(*there, ns::kCommands).value_or(false))
                bots.emplace_back(*there, occupantIdentity(jid, m_rooms.occupantId(jid, member.nick), member.nick));
    } else {
        for (const ClientPresence& client : m_presences.clients(jid))
            if (const auto there = jid.withResource(client.resource); there && m_capabilities.speaks(*there, ns::kCommands).value_or(true))
                bots.emplace_back(*there, base::UserId(jid.toString()));
    }
    const auto server = Jid::of({}, m_account.domain());
    if (server && services().serverFeatures.contains(ns::kCommands.toString()))
        bots.emplace_back(*server, base::UserId(server->toString()));
    return bots;
}

base::Async<QList<chat::CommandSpec>> Client::commands(const base::ConversationId& conversation)
{
    base::Promise<QList<chat::CommandSpec>> promise;
    const auto bots = botsIn(conversation);
    auto all = std::make_shared<QList<chat::CommandSpec>>();
    auto open = std::make_shared<size_t>(bots.size());
    if (bots.empty())
        promise.answer(*all);
    for (const auto& [address, bot] : bots)
        m_commands.list(address, m_conversations.account(), bot)
            .then(this, [promise, all, open](const base::Expected<QList<chat::CommandSpec>>& found) {
                *all += found.valueOr({}); // who refuses has none for us
                if (--*open == 0)
                    promise.answer(*all);
            });
    return promise.async();
}

std::unique_ptr<chat::CommandDialog> Client::openCommand(const chat::CommandSpec& spec)
{
    const Jid bot = Jid::parse(spec.bot.text()).valueOr(Jid());
    if (bot.node().isEmpty() && !bot.isEmpty())
        return m_commands.open(bot, spec); // our server
    for (const auto& [key, place] : m_places)
        for (const auto& [address, user] : botsIn(m_conversations.idOf(key)))
            if (user == spec.bot)
                return m_commands.open(address, spec);
    for (const auto& [address, user] : botsIn({m_conversations.account(), spec.bot.text()}))
        if (user == spec.bot)
            return m_commands.open(address, spec);
    return nullptr;
}

} // namespace ridealong::xmpp
