// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/roomentry.h"

#include "xmpp/conditions.h"
#include "xmpp/namespaces.h"

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using What = RoomChange::What;
using Why = Departure::Why;

constexpr qint64 kFullRetryMs = 60'000;

Element presence(const Jid& room, const QString& nick) { return Element(u"presence", ns::kClient).with(u"to", room.toString() + u'/' + nick); }

/// XEP-0045 §7.2: some conditions mean something of their own here.
Error refusal(const Element& stanza)
{
    Error error = stanzaError(stanza);
    const QString condition = stanzaCondition(stanza);
    if (condition == "service-unavailable"_L1) { // the room is full (§7.2.9)
        error.kind = ErrorKind::RateLimited;
        error.retryAfterMs = kFullRetryMs;
    }
    if (condition == "remote-server-not-found"_L1 || condition == "internal-server-error"_L1)
        error.kind = ErrorKind::Offline;
    return error;
}

bool mayBeOverLater(const Error& error)
{
    return error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::RateLimited;
}

} // namespace

RoomEntry::RoomEntry(Wish wish, Rooms& rooms, Outlet outlet, base::Clock& clock, base::Random& random)
    : m_wish(std::move(wish)),
      m_rooms(rooms),
      m_outlet(std::move(outlet)),
      m_clock(clock),
      m_random(random),
      m_backoff(random, kFirstPause, kLongestPause)
{}

// ---- going in ----

void RoomEntry::enter()
{
    m_nick = m_wish.nick;
    m_nicksTried = 0;
    m_departure.reset();
    m_isPaused = false;
    tryToEnter();
}

void RoomEntry::pause()
{
    m_isPaused = true;
    ++m_timer;
}

void RoomEntry::resume()
{
    m_isPaused = false;
    if (m_state == State::Waiting)
        enter();
    else if (m_state == State::Entering)
        awaitAnswer();
    else if (m_state == State::In)
        askLater();
}

void RoomEntry::tryToEnter()
{
    endStay();
    if (const auto listening = m_rooms.enter(m_wish.room, m_nick); !listening)
        return giveUp(listening.error());
    ++m_nicksTried;
    m_entryId = base::randomToken(m_random);
    Element muc = Element(u"x", ns::kMuc).with(Element(u"history", ns::kMuc).with(u"maxstanzas", u"0"_s)); // the archive has it, without doubles
    if (!m_wish.password.isEmpty())
        muc.append(Element(u"password", ns::kMuc).withText(m_wish.password));
    askFeatures(); // first, so that the answer is there before anybody's presence
    if (const auto sent = m_outlet.send(presence(m_wish.room, m_nick).with(u"id", m_entryId).with(std::move(muc))); !sent)
        return wait(sent.error());
    awaitAnswer();
    become(State::Entering);
}

void RoomEntry::awaitAnswer()
{
    after(kEntryPatience, [this] { wait({ErrorKind::Timeout, u"the room does not answer"_s, 0}); });
}

bool RoomEntry::handle(const Element& stanza)
{
    if (m_state != State::Entering || !stanza.is(u"presence", ns::kClient) || stanza.attribute(u"type") != "error"_L1)
        return false;
    const auto from = Jid::parse(stanza.attribute(u"from"));
    // Others in the room cannot guess the id; a service that leaves it out is believed by its address.
    if (!from || from->bare() != m_wish.room || (stanza.hasAttribute(u"id") && stanza.attribute(u"id") != m_entryId))
        return false;
    const Error error = refusal(stanza);
    if (stanzaCondition(stanza) == "conflict"_L1)
        tryNextNick(error);
    else if (mayBeOverLater(error))
        wait(error);
    else
        giveUp(error);
    return true;
}

void RoomEntry::tryNextNick(const Error& why)
{
    if (m_nicksTried >= kMaxNicks)
        return giveUp(why);
    m_nick += u'_';
    tryToEnter();
}

void RoomEntry::handle(const RoomChange& change)
{
    if (change.room != m_wish.room)
        return;
    if (change.what == What::Joined && m_state == State::Entering) {
        m_locked |= change.created;
        return m_locked ? unlock() : settle();
    }
    if (change.what == What::Left && m_state != State::Out)
        return putOut(change.departure.value_or(Departure()));
    if (change.what == What::Note && (!change.note || change.note->kind == chat::SystemEvent::Kind::ModeChanged))
        askFeatures();
}

/// An instant room (§10.1.2): as the service makes them. Until then nobody else can get in.
void RoomEntry::unlock()
{
    const Element form = Element(u"x", ns::kDataForm).with(u"type", u"submit"_s);
    request(Element(u"iq", ns::kClient).with(u"type", u"set"_s).with(u"to", m_wish.room.toString()).with(Element(u"query", ns::kMucOwner).with(form)),
        [this](const Answer& answer) {
            if (answer.error && mayBeOverLater(*answer.error))
                return wait(*answer.error);
            m_locked = false;
            if (!answer.error) {
                askFeatures(); // there was nothing to ask when we came
                return settle();
            }
            leave();
            giveUp(*answer.error);
        });
}

void RoomEntry::settle()
{
    askLater();
    become(State::In);
}

// ---- going out ----

void RoomEntry::leave()
{
    const Room* room = m_rooms.find(m_wish.room);
    if (room && (m_state == State::In || m_state == State::Entering))
        (void)m_outlet.send(presence(m_wish.room, room->nick).with(u"type", u"unavailable"_s)); // offline we are out all the same
    endStay();
    m_backoff.reset();
    become(State::Out);
}

void RoomEntry::putOut(const Departure& departure)
{
    m_departure = departure;
    const QString detail = departure.reason.isEmpty() ? u"not in the room any more"_s : departure.reason;
    switch (departure.why) {
    case Why::Kicked:
    case Why::Banned:
    case Why::AffiliationLost:
    case Why::MembersOnly: return giveUp({ErrorKind::Denied, detail, 0});
    case Why::Destroyed: return giveUp({ErrorKind::NotFound, detail, 0});
    case Why::Own: // not by our wish: that is not waited for
    case Why::Shutdown:
    case Why::Error: return wait({ErrorKind::Offline, detail, 0});
    }
}

void RoomEntry::giveUp(const Error& why)
{
    endStay();
    m_rooms.forget(m_wish.room);
    become(State::Out, why);
}

void RoomEntry::wait(const Error& why)
{
    endStay();
    m_rooms.forget(m_wish.room);
    const auto pause = std::max<std::chrono::milliseconds>(m_backoff.next(), std::chrono::milliseconds(why.retryAfterMs));
    after(pause, [this] { enter(); });
    become(State::Waiting, why);
}

void RoomEntry::endStay()
{
    ++m_stay;
    ++m_timer;
    m_entryId.clear();
}

/// Last in whatever calls it: who is told may do anything.
void RoomEntry::become(State state, const Error& error)
{
    m_error = error;
    if (std::exchange(m_state, state) != state || state == State::Out || state == State::Waiting)
        emit changed();
}

void RoomEntry::after(std::chrono::milliseconds delay, std::function<void()> then)
{
    if (m_isPaused)
        return; // an answer that says that the connection is gone
    m_clock.after(delay, this, [this, timer = ++m_timer, then = std::move(then)] {
        if (timer == m_timer)
            then();
    });
}

} // namespace ridealong::xmpp
