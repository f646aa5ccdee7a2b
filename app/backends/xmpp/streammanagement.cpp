// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/streammanagement.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

StreamManagement::StreamManagement(StreamState state, base::Clock& clock, Outside outside)
    : m_state(std::move(state)),
      m_clock(clock),
      m_outside(std::move(outside))
{}

bool StreamManagement::isOffered(const Element& features) { return features.has(u"sm", ns::kStreamManagement); }

// ---- beginning ----

void StreamManagement::resume(std::function<void(bool)> done)
{
    m_mode = Mode::Resuming;
    m_state.noteAttempt();
    m_resumed = std::move(done);
    m_outside.send(Element(u"resume", ns::kStreamManagement).with(u"previd", m_state.id()).with(u"h", QString::number(m_state.handled())));
}

void StreamManagement::giveUpResuming()
{
    if (m_mode != Mode::Resuming)
        return;
    m_mode = Mode::None;
    m_state.setId({});
    std::exchange(m_resumed, {})(false);
}

/// Both count from where this is said (XEP-0198 §4).
void StreamManagement::enable(const Jid& jid, bool isOffered, std::function<void()> done)
{
    m_state.begin(jid);
    if (!isOffered) {
        m_mode = Mode::ByPings;
        return done();
    }
    m_mode = Mode::Enabling;
    m_enabled = std::move(done);
    m_outside.send(Element(u"enable", ns::kStreamManagement).with(u"resume", u"true"_s));
}

bool StreamManagement::handle(const Element& element)
{
    if (element.xmlns() != ns::kStreamManagement)
        return false;
    if (element.name() == "r"_L1) {
        if (isEnabled())
            m_outside.send(Element(u"a", ns::kStreamManagement).with(u"h", QString::number(m_state.handled())));
    } else if (element.name() == "a"_L1) {
        takeAnswer(element);
    } else if (element.name() == "enabled"_L1 && m_mode == Mode::Enabling) {
        m_mode = Mode::Enabled;
        const QString resume = element.attribute(u"resume");
        if (resume == "true"_L1 || resume == "1"_L1)
            m_state.setId(element.attribute(u"id"));
        std::exchange(m_enabled, {})();
    } else if (element.name() == "resumed"_L1) {
        takeResumed(element);
    } else if (element.name() == "failed"_L1) {
        takeFailed(element);
    }
    return true;
}

void StreamManagement::takeResumed(const Element& element)
{
    if (m_mode != Mode::Resuming || element.attribute(u"previd") != m_state.id()) {
        m_state.setId({}); // too late, say: a new stream was asked for, and who is who is not clear any more
        return m_outside.fail({ErrorKind::Protocol, u"the server resumes what was not asked for"_s, 0});
    }
    if (!acknowledge(element))
        return;
    m_mode = Mode::Enabled;
    m_state.noteResumed();
    const auto again = m_state.toSendAgain();
    for (const Element& stanza : again)
        m_outside.send(stanza);
    m_outside.acknowledged(m_state.acknowledged());
    std::exchange(m_resumed, {})(true);
    if (!again.empty())
        ask();
}

void StreamManagement::takeFailed(const Element& element)
{
    if (m_mode == Mode::Resuming) {
        // The server may still know how far it came, though it has thrown the rest away.
        bool isNumber = false;
        const quint32 h = element.attribute(u"h").toUInt(&isNumber);
        if (isNumber && m_state.acknowledge(h))
            m_outside.acknowledged(m_state.acknowledged());
        giveUpResuming();
    } else if (m_mode == Mode::Enabling) {
        m_mode = Mode::ByPings;
        std::exchange(m_enabled, {})();
    }
}

// ---- acknowledging ----

StreamManagement::Ticket StreamManagement::send(const Element& stanza)
{
    const bool isCounted = m_mode == Mode::Enabling || m_mode == Mode::Enabled || m_mode == Mode::ByPings;
    const Ticket ticket = isCounted ? m_state.add(stanza) : 0;
    m_outside.send(stanza);
    if (ticket != 0 && !m_asked && m_mode != Mode::Enabling)
        ask();
    return ticket;
}

void StreamManagement::noteReceived()
{
    if (isEnabled())
        m_state.noteHandled();
}

void StreamManagement::ask()
{
    m_asked = true;
    m_askedUpTo = m_state.lastTicket();
    m_askedAt = m_clock.monotonic();
    if (isEnabled())
        return m_outside.send(Element(u"r", ns::kStreamManagement));
    m_outside.ping([this, upTo = m_askedUpTo] {
        m_state.acknowledgeUpTo(upTo);
        answered();
    });
}

void StreamManagement::takeAnswer(const Element& element)
{
    if (isEnabled() && acknowledge(element))
        answered();
}

void StreamManagement::answered()
{
    m_asked = false;
    const bool isBehind = !m_state.unacknowledged().empty() && m_state.lastTicket() > m_askedUpTo;
    if (isBehind)
        ask();
    m_outside.acknowledged(m_state.acknowledged());
}

bool StreamManagement::acknowledge(const Element& element)
{
    bool isNumber = false;
    const quint32 h = element.attribute(u"h").toUInt(&isNumber);
    const auto status = isNumber ? m_state.acknowledge(h) : Error{ErrorKind::Protocol, u"an acknowledgement without a number"_s, 0};
    if (status)
        return true;
    m_state.setId({});
    m_outside.fail(status.error());
    return false;
}

void StreamManagement::tick()
{
    if (!m_state.unacknowledged().empty() && (isEnabled() || m_mode == Mode::ByPings) && m_clock.monotonic() - m_askedAt >= kAskAgain)
        ask();
}

void StreamManagement::end()
{
    if (isEnabled())
        m_outside.send(Element(u"a", ns::kStreamManagement).with(u"h", QString::number(m_state.handled())));
    m_state.setId({});
}

} // namespace ridealong::xmpp
