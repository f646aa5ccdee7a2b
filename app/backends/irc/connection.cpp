// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/connection.h"

#include "irc/text.h"

#include <QDateTime>

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::ConversationKind;
using chat::SystemEvent;

namespace {

/// InspIRCd and UnrealIRCd list a room's modes before its topic: "[+nt] What goes out", "[+ntk <key>] …".
QString withoutModes(const QString& topic)
{
    if (!topic.startsWith("[+"_L1))
        return topic;
    qsizetype end = 2;
    while (end < topic.size() && topic[end].unicode() < 128 && topic[end].isLetter())
        ++end;
    if (end == 2 || end == topic.size() || (topic[end] != u']' && topic[end] != u' '))
        return topic;
    end = topic.indexOf(u']', end);
    return end < 0 ? topic : topic.mid(end + 1).trimmed();
}

} // namespace

Connection::Connection(std::unique_ptr<net::RemoteChannel> channel, Registration::Settings settings, Conversations& conversations, base::Clock& clock,
    base::Random& random, Events events, Gaps gaps)
    : m_conversations(conversations),
      m_clock(clock),
      m_events(std::move(events)),
      m_gaps(std::move(gaps)),
      m_session(std::move(channel), std::move(settings), clock, random),
      m_rooms(m_session.isupport()),
      m_inbound(m_session.isupport(), conversations, clock),
      m_outbound(m_session, clock, [this](const chat::Outgoing& outgoing, const Outbound::Target& target) { return taken(outgoing, target); })
{
    for (ConversationState& state : m_conversations.all())
        state.replay = {};
    connect(&m_session, &Session::ready, this, &Connection::begin);
    connect(&m_session, &Session::line, this, &Connection::handle);
    connect(&m_session, &Session::batch, this, &Connection::handleBatch);
    connect(&m_session, &Session::ended, this, [this](const Error& why) {
        m_outbound.connectionLost(); // who waits is answered before anybody hears that the connection is gone
        emit ended(why);
    });
    connect(&m_session, &Session::nickChanged, this, [this] {
        m_inbound.setSelf(m_session.nick());
        emit selfChanged();
    });
}

void Connection::retire()
{
    disconnect();
    m_events = [](const chat::Event&) {};
    m_gaps = [](const chat::Gap&) {};
    m_session.quit();
    m_outbound.connectionLost();
}

chat::Member Connection::self() const
{
    return {
        base::UserId(m_session.isupport().fold(m_session.nick())), m_session.nick(), false, m_away ? chat::Presence::Away : chat::Presence::Online};
}

// ---- beginning ----

void Connection::begin()
{
    m_inbound.setSelf(m_session.nick());
    m_begunAt = m_clock.monotonic();
    emit selfChanged();
    regainNick();
    for (auto state = m_conversations.all().cbegin(); state != m_conversations.all().cend(); ++state)
        m_missed.insert(state.key(), {state->lastOrder, state->lastId, 0, 0, false, {}});
    watch(directNicks());
    if (hasHistory())
        askTargets();
    joinWanted();
    m_clock.after(kJoinPatience, this, [this] {
        m_unsettled.clear();
        settled({});
    });
}

/// Another nick had to do: our own is asked for again until its holder, most often our own dead connection, is gone.
void Connection::regainNick()
{
    if (m_session.nick() == m_session.wantedNick())
        return;
    askForNick();
    m_clock.after(kRegainEvery, this, [this] { regainNick(); });
}

void Connection::askForNick() { m_session.send({{}, {}, "NICK", {m_session.wantedNick()}}, Priority::History); }

/// Its holder is seen to leave it.
void Connection::nickMayBeFree(const Line& line)
{
    const auto fold = [this](const QString& nick) { return m_session.isupport().fold(nick); };
    if ((line.command == "QUIT" || line.command == "NICK") && m_session.isReady() && fold(line.nick()) == fold(m_session.wantedNick())
        && fold(m_session.nick()) != fold(m_session.wantedNick()))
        askForNick();
}

void Connection::joinWanted()
{
    for (auto state = m_conversations.all().cbegin(); state != m_conversations.all().cend(); ++state) {
        if (state->kind != ConversationKind::Room || !state->joined)
            continue;
        m_unsettled.insert(state.key());
        Line line{{}, {}, "JOIN", {state->name}};
        if (!state->channelKey.isEmpty())
            line.parameters.append(state->channelKey);
        m_session.send(line);
    }
    settled({});
}

/// The account counts as connected when every channel is joined and caught up with, or refused: only then can it be said
/// what of an earlier connection arrived.
void Connection::settled(const QString& key)
{
    m_unsettled.remove(key);
    if (m_unsettled.isEmpty() && !std::exchange(m_up, true))
        emit up();
}

// ---- lines ----

void Connection::handle(const Line& line)
{
    const QByteArray& command = line.command;
    if (command == "PRIVMSG" || command == "NOTICE")
        return m_session.isReady() ? handleText(line) : void();
    if (command == "TAGMSG")
        return handleTagMessage(line, false);
    handlePresence(line);
    nickMayBeFree(line);
    if (command == "INVITE" && !line.nick().isEmpty()
        && m_session.isupport().fold(line.parameter(0)) == m_session.isupport().fold(m_session.nick())) {
        open({m_session.isupport().fold(line.nick()), line.nick(), ConversationKind::Direct, false});
        return note(m_session.isupport().fold(line.nick()), line.nick(), {SystemEvent::Kind::Invited, line.parameter(1), {}}, line);
    }
    if (command == "MARKREAD" && line.parameter(1).startsWith("timestamp="_L1)) {
        const QDateTime time = QDateTime::fromString(line.parameter(1).mid(10), Qt::ISODateWithMs);
        const QString key = m_session.isupport().fold(line.parameter(0));
        if (time.isValid() && m_conversations.find(key))
            m_events(chat::ReadMarkerMoved{m_conversations.idOf(key), {}, orderAt(time.toMSecsSinceEpoch() + 1) - 1});
        return;
    }
    if (command == "REDACT")
        return handleRedaction(line);
    if (m_outbound.waitsForEchoes())
        m_outbound.refusedLate(line);
    if (command == "400" && line.parameter(1) == "TAGMSG"_L1) // a bouncer without its server: there is no fence, and no answer either
        for (const QString& name : m_fences.keys())
            passFence(name, Error{ErrorKind::Offline, line.parameters.last(), 0});
    if (command == "322" && !m_listings.isEmpty() && m_listed.size() < kMaxListed)
        m_listed.append({line.parameter(1), withoutModes(line.parameter(3)), line.parameter(2).toInt()});
    if (command == "323" || ((command == "263" || command == "400" || command == "421") && line.parameter(1) == "LIST"_L1))
        endList();
    static const QSet<QByteArray> kJoinRefusals{"403", "405", "407", "437", "471", "473", "474", "475", "476", "477", "479", "480", "489", "520"};
    if (kJoinRefusals.contains(command))
        return joinRefused(line);
    handleRooms(line);
}

void Connection::handleText(const Line& line)
{
    const auto where = m_inbound.addressOf(line);
    if (!where || line.source.isEmpty() || line.parameters.size() < 2)
        return;
    // What a server says to us alone is about the connection ("Connection statistics"): no conversation, and nobody's unread.
    if (where->kind == ConversationKind::Direct && !where->own && !line.source.contains(u'!') && line.source.contains(u'.'))
        return;
    if (const Ctcp ctcp = parseCtcp(line.parameter(1)); !ctcp.command.isEmpty() && ctcp.command != "ACTION"_L1)
        return handleCtcp(line, *where);
    if (waitsBehindHistory(*where, [this, line] { handleText(line); }) || !open(*where))
        return;
    if (!where->own && where->kind == ConversationKind::Direct && m_presence.value(where->key) == chat::Presence::Offline)
        tellPresence(where->name, chat::Presence::Online); // who speaks is there
    auto message = m_inbound.read(line, *where, false);
    if (!message)
        return;
    if (where->own)
        message->transaction = m_outbound.echoed(where->key, line);
    if (message->fromBot && m_rooms.markBot(where->key, message->sender.text()))
        membersChanged(where->key);
    take(*message);
}

void Connection::take(const chat::Message& message)
{
    if (message.transaction)
        m_ownSent.insert(message.transaction.text(), new chat::Message(message));
    stopTyping(message.conversation.key(), message.sender);
    if (const auto told = m_inbound.takeTold(message))
        m_events(*told);
    m_events(chat::MessageChanged{message});
}

/// The message that a taken transaction became: its echo was read before its answer, where there is one.
chat::Message Connection::taken(const chat::Outgoing& outgoing, const Outbound::Target& target)
{
    if (const chat::Message* echoed = m_ownSent.object(outgoing.transaction.text()))
        return *echoed;
    chat::Message message = m_inbound.ownMessage(
        target.key, outgoing.transaction, outgoing.text.startsWith("/me "_L1) ? toCtcp(u"ACTION"_s, outgoing.text.mid(4)) : outgoing.text);
    message.replyTo = m_session.canTag() ? outgoing.replyTo : base::MessageId();
    message.thread = m_session.canTag() ? outgoing.thread : base::MessageId();
    take(message);
    return message;
}

void Connection::handleCtcp(const Line& line, const Addressed& where)
{
    // Answers are NOTICE, questions PRIVMSG; one answer in five seconds, so that nobody makes us flood.
    const Ctcp ctcp = parseCtcp(line.parameter(1));
    const auto now = m_clock.monotonic();
    if (line.command != "PRIVMSG" || where.own || line.nick().isEmpty() || now - m_ctcpAt < std::chrono::seconds(5))
        return;
    QString answer;
    if (ctcp.command == "VERSION"_L1)
        answer = toCtcp(ctcp.command, u"Ridealong " RIDEALONG_VERSION ""_s);
    else if (ctcp.command == "PING"_L1)
        answer = toCtcp(ctcp.command, ctcp.text.left(100));
    if (answer.isEmpty())
        return;
    m_ctcpAt = now;
    m_session.send({{}, {}, "NOTICE", {line.nick(), answer}}, Priority::History);
}

void Connection::handleTagMessage(const Line& line, bool replayed)
{
    const auto where = m_inbound.addressOf(line);
    if (!where)
        return;
    if (const QString fence = line.tag(kFenceTag); !fence.isEmpty())
        return where->own && !replayed ? passFence(fence, base::Done()) : void();
    const base::UserId user(m_session.isupport().fold(line.nick()));
    if (const QString frame = line.tag(kFrameTag); !frame.isEmpty()) {
        if (!where->own && !replayed)
            emit frameReceived(line.tag(kFrameConversationTag), line.nick(), QByteArray::fromBase64(frame.toLatin1(), QByteArray::Base64UrlEncoding));
        return;
    }
    if (!m_conversations.find(where->key))
        return;
    if (const QByteArray told = Inbound::envelopeOf(line); !told.isEmpty()) {
        if (!where->own && !(!replayed && waitsBehindHistory(*where, [this, line] { handleTagMessage(line, false); })))
            m_events(chat::RunTold{m_conversations.idOf(where->key), {}, user, told});
        return;
    }
    const QString reply = line.hasTag("+draft/reply") ? line.tag("+draft/reply") : line.tag("+reply");
    const QString added = line.tag("+draft/react").left(64), removed = line.tag("+draft/unreact").left(64);
    if (!reply.isEmpty() && (!added.isEmpty() || !removed.isEmpty())) {
        if (!replayed && waitsBehindHistory(*where, [this, line] { handleTagMessage(line, false); }))
            return;
        chat::ReactionsChanged change{m_conversations.idOf(where->key), m_inbound.canonical(where->key, reply), user, {}, {}};
        if (!added.isEmpty())
            change.added.append(added);
        if (!removed.isEmpty())
            change.removed.append(removed);
        return m_events(change);
    }
    const QString typingState = line.hasTag("+typing") ? line.tag("+typing") : line.tag("+draft/typing");
    if (typingState.isEmpty() || where->own || replayed)
        return;
    const std::pair place(where->key, user);
    if (typingState != "active"_L1)
        return stopTyping(where->key, user);
    const bool isNew = !m_typing.contains(place);
    if (isNew && m_typing.size() >= kMaxTyping)
        return;
    m_typing[place] = ++m_lastTyping;
    if (isNew)
        emit typing({m_conversations.idOf(where->key), user, line.nick(), true});
    m_clock.after(kTypingExpires, this, [this, place, number = m_lastTyping] {
        if (m_typing.value(place) == number)
            stopTyping(place.first, place.second);
    });
}

void Connection::handleRedaction(const Line& line)
{
    const auto where = m_inbound.addressOf(line);
    if (!where || !m_conversations.find(where->key) || waitsBehindHistory(*where, [this, line] { handleRedaction(line); }))
        return;
    m_events(chat::MessageRemoved{m_conversations.idOf(where->key), m_inbound.canonical(where->key, line.parameter(1))});
}

void Connection::stopTyping(const QString& key, const base::UserId& user)
{
    if (m_typing.remove({key, user}) > 0)
        emit typing({m_conversations.idOf(key), user, user.text(), false});
}

// ---- rooms ----

void Connection::handleRooms(const Line& line)
{
    const auto changes = m_rooms.handle(line, m_session.nick());
    for (const RoomChange& change : changes) {
        ConversationState* state = m_conversations.find(change.key);
        switch (change.what) {
        case RoomChange::What::Joined: {
            m_outbound.setPrefixBytes(line.source.toUtf8().size());
            bool isNew = false;
            state = m_conversations.open(change.key, line.parameter(0), ConversationKind::Room, &isNew);
            if (!state)
                break;
            state->joined = true;
            m_missed[change.key].joined = orderAt(m_clock.nowMs());
            m_unsettled.insert(change.key);
            beginCatchUp(change.key);
            tellConversation(change.key);
            break;
        }
        case RoomChange::What::Listed:
            membersChanged(change.key);
            if (const Room* room = m_rooms.find(change.key); room && room->members.size() <= kWhoMembers)
                m_session.send({{}, {}, "WHO", {nameOf(change.key)}}, Priority::History);
            catchUp(change.key);
            break;
        case RoomChange::What::Left:
            release(change.key);
            if (state) {
                state->joined = false;
                if (change.note)
                    note(change.key, change.by, *change.note, line);
                tellConversation(change.key);
            }
            settled(change.key);
            break;
        case RoomChange::What::Members: membersChanged(change.key); break;
        case RoomChange::What::Topic:
            if (state && state->topic != m_rooms.find(change.key)->topic) {
                state->topic = m_rooms.find(change.key)->topic;
                tellConversation(change.key);
            }
            if (state && change.note)
                note(change.key, change.by, *change.note, line);
            break;
        case RoomChange::What::Note:
            if (state && change.note)
                note(change.key, change.by, *change.note, line);
            break;
        }
    }
    if (line.command == "NICK") { // a direct conversation with somebody who now has another name
        const QString key = m_session.isupport().fold(line.nick());
        if (m_conversations.find(key) && m_conversations.find(key)->kind == ConversationKind::Direct)
            note(key, line.nick(), {SystemEvent::Kind::Renamed, line.parameter(0), {}}, line);
    }
}

void Connection::joinRefused(const Line& line)
{
    const QString key = m_session.isupport().fold(line.parameter(1));
    const QString why = line.parameters.isEmpty() ? u"refused"_s : line.parameters.last();
    for (const auto& promise : m_joins.take(key))
        promise.answer(Error{line.command == "403" || line.command == "476" ? ErrorKind::NotFound : ErrorKind::Denied, why, 0});
    if (!m_unsettled.contains(key))
        return;
    if (ConversationState* state = m_conversations.find(key); state && state->joined) {
        state->joined = false;
        tellConversation(key);
    }
    settled(key);
}

void Connection::note(const QString& key, const QString& by, const SystemEvent& event, const Line& line)
{
    ConversationState* state = m_conversations.find(key);
    if (!state)
        return;
    chat::Message message;
    message.conversation = m_conversations.idOf(key);
    message.senderName = by;
    message.sender = base::UserId(m_session.isupport().fold(by));
    message.system = true;
    message.text = chat::toText(event);
    message.timeMs = m_inbound.timeOfLine(line);
    message.order = Conversations::placeLive(*state, message.timeMs);
    message.id = base::MessageId(line.tag("msgid").isEmpty() ? u"@%1"_s.arg(message.order) : line.tag("msgid"));
    m_events(chat::MessageChanged{message});
}

ConversationState* Connection::open(const Addressed& where)
{
    bool isNew = false;
    ConversationState* state = m_conversations.open(where.key, where.name, where.kind, &isNew);
    if (state && isNew) {
        tellConversation(where.key);
        if (where.kind == ConversationKind::Direct) {
            tellPresence(where.name, m_rooms.presence(where.key)); // until the server tells more
            watch({where.name});
        }
    }
    return state;
}

void Connection::tellConversation(const QString& key) { m_events(chat::ConversationChanged{m_conversations.valueOf(key)}); }

/// A flood of joins changes a list a thousand times; it is told once in a while.
void Connection::membersChanged(const QString& key)
{
    const bool first = m_dirtyMembers.isEmpty();
    m_dirtyMembers.insert(key);
    if (first)
        m_clock.after(kMembersPause, this, [this] { tellMembers(); });
}

void Connection::tellMembers()
{
    for (const QString& key : std::exchange(m_dirtyMembers, {}))
        if (m_rooms.find(key))
            m_events(chat::MembersChanged{m_conversations.idOf(key), m_rooms.members(key)});
}

QString Connection::nickOf(const base::UserId& user) const
{
    for (const QString& key : m_rooms.keys())
        if (const auto member = m_rooms.find(key)->members.constFind(user.text()); member != m_rooms.find(key)->members.cend())
            return member->nick;
    return nameOf(user.text());
}

QString Connection::nameOf(const QString& key) const
{
    const auto state = m_conversations.all().constFind(key);
    return state == m_conversations.all().cend() ? key : state->name;
}

} // namespace ridealong::irc
