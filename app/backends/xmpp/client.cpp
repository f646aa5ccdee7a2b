// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Sessions, and what comes over them.
#include "xmpp/client.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::ConversationKind;

namespace {

/// It concerns this moment alone, and no archive has it: it need not wait for one.
bool isOfTheMoment(const Element& stanza)
{
    return stanza.attribute(u"type") == "error"_L1 || stanza.has(u"frame", ns::kFrames)
        || (!stanza.has(u"body", ns::kClient) && (stanza.has(u"composing", ns::kChatStates) || stanza.has(u"paused", ns::kChatStates)));
}

} // namespace

Client::Client(Jid account, QString nick, Conversations& conversations, base::Clock& clock, base::Random& random, Events events, Gaps gaps)
    : m_account(std::move(account)),
      m_nick(std::move(nick)),
      m_conversations(conversations),
      m_clock(clock),
      m_random(random),
      m_events(std::move(events)),
      m_gaps(std::move(gaps)),
      m_rooms(m_account),
      m_reader({.account = conversations.account(),
                   .self = m_account,
                   .room =
                       [this](const Jid& room) {
                           const Place* place = m_rooms.find(room) ? findPlace(room) : nullptr;
                           return place ? &place->context : nullptr;
                       }},
          clock),
      m_writer(m_reader.known()),
      m_own(m_account),
      m_services(outlet(), m_account, clock),
      m_roomList(outlet(), clock),
      m_capabilities(outlet()),
      m_roster(outlet(), m_account),
      m_presences(outlet(), m_account, [this](const Jid& bare) { return m_roster.find(bare) != nullptr; }),
      m_bookmarks(outlet(), m_account),
      m_displayed(outlet(), m_account, clock),
      m_commands(outlet()),
      m_administration(outlet(), clock, random),
      m_blocklist(outlet(), m_account),
      m_avatars(outlet(), m_account, [this](const Jid& bare) { return m_roster.find(bare) != nullptr; })
{
    connectPeople();
    connect(&m_own, &Feed::page, this, [this](const ArchivePage& page, bool isAfterGap) { takePage({}, page, isAfterGap); });
    connect(&m_own, &Feed::caughtUp, this, [this](bool isWhole) { caughtUp({}, isWhole); });
}

Client::~Client() = default;

chat::Member Client::self() const
{
    return {base::UserId(m_account.toString()), m_nick, false, awayReason().isEmpty() ? chat::Presence::Online : chat::Presence::Away};
}

// ---- sessions ----

void Client::attach(Session& session)
{
    m_session = &session;
    ++m_sessionNumber;
    m_archive = std::make_unique<Archive>(session);
    connect(&session, &Session::received, this, &Client::receive);
    connect(&session, &Session::acknowledged, this, &Client::acknowledged);
    session.serve(ns::kRoster, [this](const Element& request) { m_roster.answer(request); });
    session.serve(ns::kBlocking, [this](const Element& request) { m_blocklist.answer(request); });
    for (const QStringView xmlns : {ns::kDiscoInfo, ns::kDiscoItems})
        session.serve(xmlns, [this](const Element& request) { m_capabilities.answer(request); });
}

void Client::begin(bool resumed)
{
    m_reader.context().self = m_session->jid();
    if (!m_isAttended)
        m_session->setActive(false);
    const bool isHalfBegun = resumed && !(m_knowsOwn && m_isPresent); // it broke before we knew our server and it knew us
    if (!resumed || isHalfBegun) {
        loseStream();
        m_knowsOwn = false;
        m_own.forgetHeld();
        beginPeople();
        for (auto& [key, place] : m_places) {
            place.feed->forgetHeld();
            place.isListed = false;
        }
    } else {
        if (m_knowsOwn && !m_own.isCurrent())
            beginFeed({});
        for (auto& [key, place] : m_places) {
            place.entry->resume();
            if (place.entry->state() == RoomEntry::State::In && !place.feed->isCurrent())
                beginFeed(place.entry->room());
        }
        for (const base::TransactionId& transaction : m_deliveries.open()) // sent again by now
            giveUpLater(transaction);
    }
    after(kEntryPatience, [this, number = m_sessionNumber] { // else it is another session's to be up
        if (m_session && number == m_sessionNumber && !std::exchange(m_isUp, true))
            emit up();
    });
    settle();
}

void Client::end()
{
    if (m_session)
        m_session->disconnect(this);
    m_session = nullptr;
    m_isUp = false;
    m_own.interrupt();
    for (auto& [key, place] : m_places) {
        place.entry->pause();
        place.feed->interrupt();
        answerJoins(place, Error{ErrorKind::Offline, u"the connection is gone"_s, 0});
    }
    if (m_archive)
        m_archive.release()->deleteLater(); // its answers come from the session's last breath
    m_deliveries.connectionLost();
    const auto readers = std::exchange(m_readers, {});
    for (const auto& then : readers)
        then(Error{ErrorKind::Offline, u"the connection is gone"_s, 0});
    for (const auto& place : m_typing.keys())
        stopTyping(m_conversations.idOf(place.first), place.second);
}

void Client::loseStream()
{
    m_deliveries.streamLost();
    m_rooms.clear();
    m_commands.reset();
    m_administration.reset();
    m_avatars.reset();
    m_services.reset();
}

void Client::look()
{
    for (auto& [key, place] : m_places)
        place.entry->look();
}

/// Connected is who is in every room, or was refused: only then can be said what of an earlier connection arrived.
void Client::settle()
{
    if (m_isUp || !m_session || !m_session->isReady() || !m_knowsOwn || !m_isPresent)
        return;
    for (const auto& [key, place] : m_places) {
        const auto state = place.entry->state();
        if (state == RoomEntry::State::Entering || (state == RoomEntry::State::In && !place.isListed))
            return;
    }
    m_isUp = true;
    emit up();
}

Outlet Client::outlet()
{
    return {.send =
                [this](const Element& stanza) {
                    if (!m_session)
                        return base::Status(Error{ErrorKind::Offline, u"not connected"_s, 0});
                    const auto ticket = m_session->send(stanza);
                    return ticket ? base::Status(base::Done()) : base::Status(ticket.error());
                },
        .request =
            [this](const Element& iq, Requests::Handler handler) {
                if (m_session)
                    return m_session->request(iq, std::move(handler));
                after(std::chrono::milliseconds(0), [handler = std::move(handler)] {
                    handler({{}, Error{ErrorKind::Offline, u"not connected"_s, 0}});
                });
            },
        .answer =
            [this](const Element& request, const Element& payload) {
                if (m_session)
                    m_session->answer(request, payload);
            },
        .refuse =
            [this](const Element& request, QStringView type, QStringView condition) {
                if (m_session)
                    m_session->refuse(request, type, condition);
            }};
}

void Client::after(std::chrono::milliseconds delay, std::function<void()> then) { m_clock.after(delay, this, std::move(then)); }

// ---- what comes ----

void Client::receive(const Element& stanza)
{
    if (stanza.name() == "message"_L1)
        return receiveMessage(stanza);
    if (stanza.name() != "presence"_L1 || m_administration.handle(stanza))
        return;
    const Jid room = Jid::parse(stanza.attribute(u"from")).valueOr(Jid()).bare();
    if (Place* place = findPlace(room)) {
        if (place->entry->handle(stanza))
            return;
        m_capabilities.handle(stanza);
        for (const RoomChange& change : m_rooms.handle(stanza))
            apply(change);
        m_avatars.see(stanza);
    } else if (!m_roster.handle(stanza) && m_presences.handle(stanza)) {
        m_capabilities.handle(stanza);
        m_avatars.see(stanza);
    }
}

void Client::receiveMessage(const Element& stanza)
{
    if (stanza.has(u"result", ns::kArchive))
        return; // who asked takes it
    if (m_bookmarks.handle(stanza) || m_displayed.handle(stanza) || m_avatars.handle(stanza) || m_administration.handle(stanza))
        return;
    const bool isGroup = stanza.attribute(u"type") == "groupchat"_L1;
    const Jid from = isGroup ? Jid::parse(stanza.attribute(u"from")).valueOr(Jid()).bare() : Jid();
    Place* place = isGroup ? findPlace(from) : nullptr;
    if (isGroup && !place)
        return;
    const QString room = from.toString();
    if (isGroup)
        for (const RoomChange& change : m_rooms.handle(stanza))
            apply(change);
    if (isOfTheMoment(stanza))
        return take(room, m_reader.read(stanza));
    Feed& feed = place ? *place->feed : m_own;
    if (!feed.isCurrent())
        noteEcho(stanza);
    feed.live([this, stanza, room, &feed] {
        Reading reading = m_reader.read(stanza);
        if (!reading.archiveId.isEmpty() && feed.wasRead(reading.archiveId))
            reading.what = {};
        take(room, reading);
    });
}

/// `room`: whose feed it is from; empty: our own.
void Client::take(const QString& room, const Reading& reading)
{
    if (!reading.archiveId.isEmpty()) {
        ConversationState* state = m_conversations.find(room);
        (state ? state->archiveId : m_conversations.archiveId) = reading.archiveId;
    }
    if (!reading.receiptWanted.isEmpty() && m_session)
        if (const auto* message = reading.get<chat::MessageChanged>())
            if (const auto to = destinationOf(message->message.conversation))
                (void)m_session->send(MessageWriter::received(*to, reading.receiptWanted));
    if (reading.invitation && !reading.invitation->password.isEmpty())
        m_invitedWith.insert(reading.invitation->room.toString(), new QString(reading.invitation->password));
    Ours ours;
    if (const auto* message = reading.get<chat::MessageChanged>())
        ours = takeMessage(*message, reading);
    else if (const auto* removed = reading.get<chat::MessageRemoved>())
        m_events(*removed);
    else if (const auto* reacted = reading.get<chat::ReactionsChanged>())
        m_events(*reacted);
    else if (const auto* who = reading.get<chat::Typing>())
        who->active ? startTyping(*who) : stopTyping(who->conversation, who->user);
    else if (const auto* receipt = reading.get<Receipt>())
        takeRead(*receipt);
    else if (const auto* frame = reading.get<Frame>())
        emit frameReceived(*frame);
    else if (const auto* rejection = reading.get<Rejection>())
        m_deliveries.refused(rejection->conversation, rejection->transaction, rejection->error);
    if (!reading.sender.isEmpty() && !reading.get<chat::MessageChanged>() && m_conversations.find(reading.conversation.key()))
        m_events(chat::RunTold{reading.conversation, {}, reading.sender, reading.envelope});
    if (reading.transaction)
        m_deliveries.arrived(reading.transaction, {ours.id, ours.order});
}

Client::Ours Client::takeMessage(const chat::MessageChanged& changed, const Reading& reading)
{
    chat::Message message = changed.message;
    const QString key = message.conversation.key();
    ConversationState* state = open(key);
    if (!state)
        return {};
    if (state->kind == ConversationKind::Direct)
        message.senderName = message.sender == self().user ? m_nick : state->name;
    if (message.order == 0) { // else it is a new version of one that has its place
        message.order = Conversations::placeBehind(*state, message.timeMs);
        m_reader.setPlace(message);
        noteArchiveId(message, reading.archiveId);
    }
    noteOurs(message);
    stopTyping(message.conversation, message.sender);
    if (!reading.sender.isEmpty())
        m_events(chat::RunTold{message.conversation, message.id, reading.sender, reading.envelope});
    m_events(chat::MessageChanged{message, changed.plain});
    return {message.id, message.order};
}

/// From there an archive can be read on.
void Client::noteArchiveId(const chat::Message& message, const QString& archiveId)
{
    if (archiveId.isEmpty())
        return;
    const QString key = message.conversation.key();
    m_archiveIds.insert(key + u' ' + QString::number(message.order), new QString(archiveId));
    m_orders.insert(key + u' ' + archiveId, new qint64(message.order));
    if (m_marks.value(key) == archiveId) // another client of ours read so far before it came here
        if (const DisplayedMark* mark = m_displayed.find(Jid::parse(key).valueOr(Jid())))
            takeMark(DisplayedMark(*mark));
}

void Client::noteOurs(const chat::Message& message)
{
    const QString key = message.conversation.key();
    const Place* place = findPlace(Jid::parse(key).valueOr(Jid()));
    const QString author = place ? key + u'/' + message.senderName : message.sender.text();
    m_quotable.insert(key + u' ' + message.id.text(), new Quoted{author, message.text});
    if (message.transaction)
        m_ours.insert(message.transaction.text(), new Ours{message.id, message.order});
    if (!place || place->context.hasOccupantIds || message.transaction || message.senderName != place->context.nick)
        return;
    const KnownMessage* known = m_reader.known().byId(key, message.id);
    if (known && !known->stanzaId.isEmpty() && !m_perhapsOurs.contains(known->stanzaId))
        m_perhapsOurs.insert(known->stanzaId, new chat::Message(message));
}

/// Another client of ours has read so far.
void Client::takeRead(const Receipt& receipt)
{
    if (!receipt.isOwn || receipt.kind != Receipt::Kind::Displayed)
        return;
    const KnownMessage* known = m_reader.known().byId(receipt.conversation.key(), receipt.message);
    if (known && known->order > 0)
        m_events(chat::ReadMarkerMoved{receipt.conversation, {}, known->order});
}

// ---- conversations ----

QString Client::nameOf(const Jid& jid) const
{
    if (!jid.isBare()) // somebody in a room, in private
        return u"%1 (%2)"_s.arg(jid.resource(), jid.node());
    if (const Contact* contact = m_roster.find(jid); contact && !contact->name.isEmpty())
        return contact->name;
    const bool isOurs = jid.domain() == m_account.domain() || jid.domain().endsWith(u'.' + m_account.domain());
    return isOurs && !jid.node().isEmpty() ? jid.node() : jid.toString(); // elsewhere there may be another of that name
}

ConversationState* Client::open(const QString& key)
{
    if (ConversationState* known = m_conversations.find(key))
        return known;
    const auto jid = Jid::parse(key);
    if (!jid)
        return nullptr;
    bool isNew = false;
    ConversationState* state = m_conversations.open(key, nameOf(*jid), ConversationKind::Direct, &isNew);
    if (isNew) {
        tellConversation(key);
        tellPresence(*jid);
    }
    return state;
}

void Client::tellConversation(const QString& key) { m_events(chat::ConversationChanged{m_conversations.valueOf(key)}); }

// ---- typing ----

void Client::startTyping(const chat::Typing& who)
{
    const std::pair place(who.conversation.key(), who.user);
    const bool isNew = !m_typing.contains(place);
    if (!m_conversations.find(place.first) || (isNew && m_typing.size() >= kMaxTyping))
        return;
    m_typing[place] = {who.userName, ++m_lastTyping};
    if (isNew)
        emit typing(who);
    after(kTypingExpires, [this, who, place, number = m_lastTyping] {
        if (m_typing.value(place).timer == number)
            stopTyping(who.conversation, who.user);
    });
}

void Client::stopTyping(const base::ConversationId& conversation, const base::UserId& user)
{
    const std::pair place(conversation.key(), user);
    if (const QString name = m_typing.value(place).name; m_typing.remove(place) > 0)
        emit typing({conversation, user, name, false});
}

} // namespace ridealong::xmpp
