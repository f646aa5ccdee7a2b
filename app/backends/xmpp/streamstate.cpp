// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/streamstate.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;

bool isStanza(const Element& element)
{
    return element.xmlns() == ns::kClient && (element.name() == "message"_L1 || element.name() == "presence"_L1 || element.name() == "iq"_L1);
}

static bool isRequest(const Element& stanza)
{
    const QString type = stanza.attribute(u"type");
    return stanza.name() == "iq"_L1 && (type == "get"_L1 || type == "set"_L1);
}

StreamState StreamState::at(quint32 acknowledged, quint32 handled)
{
    StreamState state;
    state.m_acknowledged = acknowledged;
    state.m_handled = handled;
    return state;
}

void StreamState::setId(const QString& id)
{
    m_id = id;
    m_attempts = 0;
}

void StreamState::begin(const Jid& jid)
{
    setId({});
    m_jid = jid;
    m_handled = 0;
    m_acknowledged = 0;
    m_sent.clear();
}

StreamState::Ticket StreamState::add(const Element& stanza)
{
    m_sent.push_back({++m_lastTicket, stanza});
    return m_lastTicket;
}

base::Status StreamState::acknowledge(quint32 h)
{
    const quint32 more = h - m_acknowledged; // over the edge of 2^32 as well
    if (more > m_sent.size())
        return base::Error{base::ErrorKind::Protocol, u"the server has handled more stanzas than there were (%1)"_s.arg(h), 0};
    m_acknowledged = h;
    m_sent.erase(m_sent.begin(), m_sent.begin() + more);
    return base::Done();
}

void StreamState::acknowledgeUpTo(Ticket ticket)
{
    while (!m_sent.empty() && m_sent.front().ticket <= ticket)
        m_sent.pop_front();
}

std::vector<Element> StreamState::toSendAgain()
{
    // The server counts those that it reads from now on: what is not sent must not be waited for.
    std::erase_if(m_sent, [](const Sent& sent) { return isRequest(sent.stanza); });
    std::vector<Element> again;
    for (const Sent& sent : m_sent)
        again.push_back(sent.stanza);
    return again;
}

std::vector<StreamState::Sent> StreamState::take()
{
    std::vector<Sent> taken(std::make_move_iterator(m_sent.begin()), std::make_move_iterator(m_sent.end()));
    m_sent.clear();
    return taken;
}

} // namespace ridealong::xmpp
