// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What goes over a session, once it is there.
#include "xmpp/conditions.h"
#include "xmpp/namespaces.h"
#include "xmpp/session.h"
#include "xmpp/xmlscanner.h"

#include "base/log.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

// ---- receiving ----

void Session::receive(const Element& element)
{
    if (m_phase == Phase::Ended)
        return;
    if (element.is(u"error", ns::kStream))
        return end(streamError(element));
    if (element.is(u"features", ns::kStream))
        return takeFeatures(element);
    if (m_phase == Phase::Securing && m_tls.handle(element))
        return;
    if (m_phase == Phase::Authenticating && m_authentication->handle(element))
        return;
    if (m_signedIn && m_management.handle(element))
        return;
    if (m_signedIn && isStanza(element))
        return receiveStanza(element);
    qCDebug(lcNet) << "an element that is not understood:" << element.name() << element.xmlns();
}

void Session::receiveStanza(const Element& stanza)
{
    m_management.noteReceived();
    if (stanza.name() == "iq"_L1) {
        if (!m_requests.handle(stanza, m_jid))
            receiveRequest(stanza);
    } else if (isReady() || m_phase == Phase::Enabling) {
        emit received(stanza); // it may be the only time it comes
    }
}

/// RFC 6120 §8.2.3: each is answered, once.
void Session::receiveRequest(const Element& iq)
{
    const QString type = iq.attribute(u"type");
    if (!iq.hasAttribute(u"id") || (type != "get"_L1 && type != "set"_L1))
        return; // there is no way to answer it
    const auto children = iq.children();
    if (children.size() != 1)
        return refuse(iq, u"modify", u"bad-request");
    if (type == "get"_L1 && children.front()->is(u"ping", ns::kPing))
        return answer(iq);
    const auto server = m_servers.constFind(children.front()->xmlns());
    if (server == m_servers.cend() || !isReady())
        return refuse(iq, u"cancel", u"service-unavailable");
    (*server)(iq);
}

// ---- sending ----

base::Expected<Session::Ticket> Session::send(const Element& stanza)
{
    if (!isStanza(stanza) || stanza.name() == "iq"_L1)
        return Error{ErrorKind::Invalid, u"neither a message nor a presence"_s, 0};
    if (!isReady())
        return Error{ErrorKind::Offline, u"not connected"_s, 0};
    if (m_management.state().isFull())
        return Error{ErrorKind::RateLimited, u"the server has not acknowledged thousands of stanzas"_s, 0};
    if (stanza.toXml(ns::kClient).size() > kMaxStanzaBytes) // a server would end the stream
        return Error{ErrorKind::Invalid, u"a stanza of more than 256 KiB"_s, 0};
    return m_management.send(stanza);
}

void Session::request(const Element& iq, Handler handler, std::chrono::milliseconds patience)
{
    const auto failLater = [this, &handler](const Error& why) {
        QMetaObject::invokeMethod(
            this,
            [handler = std::move(handler), why] {
                handler({{}, why});
            },
            Qt::QueuedConnection);
    };
    const QString to = iq.attribute(u"to"), type = iq.attribute(u"type");
    const auto jid = to.isEmpty() ? base::Expected<Jid>(Jid()) : Jid::parse(to);
    if (!jid || !iq.is(u"iq", ns::kClient) || (type != "get"_L1 && type != "set"_L1))
        return failLater({ErrorKind::Invalid, u"not a request"_s, 0});
    if (!isReady())
        return failLater({ErrorKind::Offline, u"not connected"_s, 0});
    if (m_management.state().isFull())
        return failLater({ErrorKind::RateLimited, u"the server has not acknowledged thousands of stanzas"_s, 0});
    constexpr qsizetype kRoomForId = 100;
    if (iq.toXml(ns::kClient).size() > kMaxStanzaBytes - kRoomForId)
        return failLater({ErrorKind::Invalid, u"a stanza of more than 256 KiB"_s, 0});
    m_management.send(m_requests.add(iq, *jid, m_clock.monotonic() + patience, std::move(handler)));
}

void Session::setActive(bool active)
{
    if (isReady() && m_features.has(u"csi", ns::kClientState))
        m_channel->send(Element(active ? u"active" : u"inactive", ns::kClientState));
}

void Session::serve(QStringView xmlns, Server server) { m_servers[xmlns.toString()] = std::move(server); }

void Session::answer(const Element& request, const Element& payload) { sendAnswer(request, u"result", payload); }

void Session::refuse(const Element& request, QStringView type, QStringView condition)
{
    sendAnswer(request, u"error", makeStanzaError(type, condition));
}

void Session::sendAnswer(const Element& request, QStringView type, const Element& payload)
{
    if (m_phase == Phase::Ended)
        return;
    Element iq = Element(u"iq", ns::kClient).with(u"type", type.toString()).with(u"id", request.attribute(u"id")).with(payload);
    if (request.hasAttribute(u"from"))
        iq.setAttribute(u"to", request.attribute(u"from"));
    m_management.send(iq);
}

} // namespace ridealong::xmpp
