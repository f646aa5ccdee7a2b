// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What we say, and what became of it.
#include "xmpp/client.h"

#include "base/random.h"
#include "xmpp/limits.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::ConversationKind;
using chat::SendOutcome;
using chat::SendResult;
using chat::VerifyOutcome;
using chat::VerifyResult;

namespace {

SendResult resultOf(SendOutcome outcome, const QString& why = {}) { return {outcome, {}, 0, {}, why, 0}; }

/// Of a message: nobody took it because we are not where it went, or that place is not to be reached. Nothing is wrong with the message.
bool saysThatWeAreOut(const Error& why)
{
    return why.detail.startsWith("not-acceptable"_L1) || why.kind == ErrorKind::Offline || why.kind == ErrorKind::Timeout;
}

base::Async<SendResult> answered(SendOutcome outcome, const QString& why) { return base::Async<SendResult>::ready(resultOf(outcome, why)); }

} // namespace

std::optional<Destination> Client::destinationOf(const base::ConversationId& conversation) const
{
    const ConversationState* state = m_conversations.find(conversation.key());
    const auto jid = Jid::parse(conversation.key());
    if (!state || !jid || conversation.account() != m_conversations.account())
        return std::nullopt;
    const Place* place = state->kind == ConversationKind::Room ? findPlace(*jid) : nullptr;
    return Destination{*jid, state->kind == ConversationKind::Room, place && place->context.hasArchive};
}

Feed* Client::feedOf(const base::ConversationId& conversation)
{
    const ConversationState* state = m_conversations.find(conversation.key());
    if (!state || state->kind == ConversationKind::Direct)
        return state ? &m_own : nullptr;
    Place* place = findPlace(Jid::parse(conversation.key()).valueOr(Jid()));
    return place && place->entry->state() == RoomEntry::State::In ? place->feed.get() : nullptr;
}

// ---- sending ----

bool Client::deliver(const Said& said, Deliveries::Handler told, Error* why)
{
    const auto to = destinationOf(said.conversation);
    const Place* place = to && to->isRoom ? findPlace(to->to) : nullptr;
    if (!said.stanza || !to)
        *why = said.stanza ? Error{ErrorKind::Invalid, u"no such conversation"_s, 0} : said.stanza.error();
    else if (!m_session)
        *why = {ErrorKind::Offline, u"not connected"_s, 0};
    else if (to->isRoom && !(place && m_conversations.find(said.conversation.key())->joined))
        *why = {ErrorKind::Invalid, u"not in the room"_s, 0};
    else if (to->isRoom && (place->entry->state() != RoomEntry::State::In || !m_rooms.find(to->to)))
        *why = {ErrorKind::Offline, u"entering the room"_s, 0};
    else if (const auto ticket = m_session->send(*said.stanza); !ticket)
        *why = ticket.error();
    else {
        m_deliveries.add(said.transaction, {said.conversation, *ticket, to->isRoom, *said.stanza, std::move(told)});
        giveUpLater(said.transaction);
        return true;
    }
    return false;
}

void Client::giveUpLater(const base::TransactionId& transaction)
{
    after(kEchoPatience, [this, transaction, number = m_sessionNumber] {
        if (number == m_sessionNumber && m_session) // else it is decided on another one
            m_deliveries.giveUp(transaction);
    });
}

base::Async<SendResult> Client::send(const chat::Outgoing& outgoing)
{
    const auto to = destinationOf(outgoing.conversation);
    if (!to)
        return answered(SendOutcome::Rejected, u"no such conversation"_s);
    if (outgoing.text.toUtf8().size() > kMaxMessageBytes)
        return answered(SendOutcome::Rejected, u"a message of more than %1 bytes"_s.arg(kMaxMessageBytes));
    base::Promise<SendResult> promise;
    const auto told = [this, promise, transaction = outgoing.transaction, room = to->to](const Deliveries::Fate& fate) {
        SendResult result = resultOf(SendOutcome::Unknown);
        if (const auto* arrived = std::get_if<Deliveries::Arrived>(&fate)) {
            const Ours* ours = m_ours.object(transaction.text());
            result.outcome = SendOutcome::Accepted;
            result.id = ours ? ours->id : arrived->id;
            result.order = ours ? ours->order : arrived->order;
        } else if (const auto* refused = std::get_if<Error>(&fate)) {
            const bool isForNow = refused->kind == ErrorKind::RateLimited;
            result.outcome = isForNow ? SendOutcome::Throttled : saysThatWeAreOut(*refused) ? SendOutcome::NotSent : SendOutcome::Rejected;
            result.detail = refused->detail;
            result.retryAfterMs = std::max<qint64>(refused->retryAfterMs, isForNow ? kThrottledMs : 0);
        }
        promise.answer(result);
        // A room that drops people silently (XEP-0410) tells who talks to it. We go in again, and the message goes then.
        if (Place* place = result.outcome == SendOutcome::NotSent ? findPlace(room) : nullptr)
            place->entry->look();
    };
    Error why;
    if (deliver({m_writer.message(*to, outgoing, quotedIn(outgoing)), outgoing.transaction, outgoing.conversation}, told, &why))
        return promise.async();
    return answered(why.kind == ErrorKind::Invalid ? SendOutcome::Rejected : SendOutcome::NotSent, why.detail);
}

std::optional<Quoted> Client::quotedIn(const chat::Outgoing& outgoing) const
{
    const Quoted* quoted = m_quotable.object(outgoing.conversation.key() + u' ' + outgoing.replyTo.text());
    return quoted ? std::optional(*quoted) : std::nullopt;
}

/// Our server has read so far. What goes to a person needs no more; a room answers by itself.
void Client::acknowledged(StreamState::Ticket upTo)
{
    m_acknowledged = upTo;
    for (const auto& [transaction, delivery] : m_deliveries.read(upTo)) {
        Element said = delivery.stanza;
        said.setAttribute(u"from", m_reader.context().self.toString()); // as our other clients see it
        const auto show = [this, said, transaction = transaction] {
            take({}, m_reader.read(said));
            m_deliveries.arrived(transaction, {});
        };
        if (m_own.isCurrent()) {
            show();
        } else {
            m_own.live(show);
            m_deliveries.arrived(transaction, {unarchivedId(self().user, transaction.text()), 0});
        }
    }
}

/// What comes live waits for the archive; who sent it need not.
void Client::noteEcho(const Element& stanza)
{
    const base::TransactionId transaction(stanza.attribute(u"id"));
    if (!m_deliveries.find(transaction))
        return;
    const auto source = sourceOf(stanza, m_reader.context(), m_clock.nowMs());
    if (source && source->isOwn && !source->archiveId.isEmpty())
        m_deliveries.arrived(transaction, {base::MessageId(source->archiveId), 0});
}

// ---- what became of it ----

base::Async<VerifyResult> Client::verify(const base::ConversationId& conversation, const base::TransactionId& transaction)
{
    const auto found = [](const Ours& ours) { return VerifyResult{VerifyOutcome::Found, ours.id, ours.order}; };
    if (const Ours* ours = m_ours.object(transaction.text()))
        return base::Async<VerifyResult>::ready(found(*ours));
    base::Promise<VerifyResult> promise;
    if (m_deliveries.find(transaction)) { // it was sent again, and the answer is on its way
        m_deliveries.whenDecided(transaction, [this, promise, found, transaction](const Deliveries::Fate& fate) {
            const Ours* ours = m_ours.object(transaction.text());
            if (const auto* arrived = std::get_if<Deliveries::Arrived>(&fate))
                promise.answer(found(ours ? *ours : Ours{arrived->id, arrived->order}));
            else if (std::holds_alternative<Error>(fate))
                promise.answer(VerifyResult{VerifyOutcome::Absent, {}, 0});
            else
                promise.answer(Error{ErrorKind::Offline, u"the connection broke"_s, 0});
        });
        return promise.async();
    }
    Feed* feed = feedOf(conversation);
    if (!feed)
        return base::Async<VerifyResult>::ready(VerifyResult{VerifyOutcome::CannotTell, {}, 0});
    const bool isRoom = feed != &m_own;
    readAgain(*feed, isRoom ? conversation.key() : QString(), [this, promise, found, transaction](const base::Expected<bool>& isWhole) {
        if (const chat::Message* perhaps = m_perhapsOurs.object(transaction.text())) {
            chat::Message message = *perhaps;
            message.transaction = transaction;
            message.sender = self().user;
            m_ours.insert(transaction.text(), new Ours{message.id, message.order});
            m_events(chat::MessageChanged{message});
        }
        if (const Ours* ours = m_ours.object(transaction.text()))
            return promise.answer(found(*ours));
        if (!isWhole)
            return promise.answer(isWhole.error());
        promise.answer(VerifyResult{*isWhole ? VerifyOutcome::Absent : VerifyOutcome::CannotTell, {}, 0});
    });
    return promise.async();
}

// ---- changing what was said ----

std::optional<Error> Client::refusalToChange(const chat::Message& message) const
{
    const KnownMessage* known = m_reader.known().byId(message.conversation.key(), message.id);
    const base::UserId& sender = known ? known->sender : message.sender;
    if (!destinationOf(message.conversation))
        return Error{ErrorKind::NotFound, u"no such conversation"_s, 0};
    if (sender && sender != self().user)
        return Error{ErrorKind::Denied, u"somebody else's message"_s, 0};
    return std::nullopt;
}

base::Async<base::Done> Client::say(const Said& said)
{
    base::Promise<base::Done> promise;
    const auto told = [promise](const Deliveries::Fate& fate) {
        if (std::holds_alternative<Deliveries::Arrived>(fate))
            promise.answer(base::Done());
        else if (const auto* refused = std::get_if<Error>(&fate))
            promise.answer(*refused);
        else
            promise.answer(Error{ErrorKind::Offline, u"the connection broke"_s, 0});
    };
    Error why;
    if (!deliver(said, told, &why))
        promise.answer(why);
    return promise.async();
}

base::Async<base::Done> Client::edit(const chat::Message& message, const QString& text)
{
    if (const auto refusal = refusalToChange(message))
        return base::Async<base::Done>::ready(*refusal);
    const auto transaction = base::newTransactionId(m_random);
    return say({m_writer.edit(*destinationOf(message.conversation), message, transaction, text), transaction, message.conversation});
}

base::Async<base::Done> Client::remove(const chat::Message& message)
{
    if (const auto refusal = refusalToChange(message))
        return base::Async<base::Done>::ready(*refusal);
    const auto transaction = base::newTransactionId(m_random);
    return say({m_writer.remove(*destinationOf(message.conversation), message, transaction), transaction, message.conversation});
}

base::Async<base::Done> Client::react(const base::ConversationId& conversation, const base::MessageId& message, const QStringList& emojis)
{
    const auto to = destinationOf(conversation);
    if (!to)
        return base::Async<base::Done>::ready(Error{ErrorKind::NotFound, u"no such conversation"_s, 0});
    const auto transaction = base::newTransactionId(m_random);
    return say({m_writer.react(*to, conversation, message, transaction, emojis), transaction, conversation});
}

// ---- what may be lost ----

void Client::setTyping(const base::ConversationId& conversation, bool active)
{
    const auto to = destinationOf(conversation);
    if (!to || !m_session || m_session->bytesToWrite() > 0)
        return;
    const QString key = conversation.key();
    const auto now = m_clock.monotonic();
    const auto said = m_typedAt.constFind(key);
    if (active ? (said != m_typedAt.cend() && now - *said < kTypingEvery) : said == m_typedAt.cend())
        return;
    if (active)
        m_typedAt[key] = now;
    else
        m_typedAt.remove(key);
    (void)m_session->send(MessageWriter::typing(*to, active));
}

/// Chat goes first, and a frame that would have to wait is late already: the next one supersedes it. One is on its way at a time, so that a
/// server that reads slowly (ejabberd's 3 kB/s) has not several of them before what is said next.
bool Client::sendFrame(const Jid& to, const base::ConversationId& about, const QByteArray& frame)
{
    if (!m_session || m_session->bytesToWrite() > 0 || m_frame > m_acknowledged)
        return false;
    const ConversationState* state = m_conversations.find(about.key());
    const QString room = state && state->kind == ConversationKind::Room ? about.key() : QString();
    const auto stanza = MessageWriter::frame(to, frame, room);
    const auto ticket = stanza ? m_session->send(*stanza) : base::Expected<StreamState::Ticket>(stanza.error());
    if (ticket)
        m_frame = *ticket;
    return bool(ticket);
}

} // namespace ridealong::xmpp
