// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmppdialogue.h"

#include "xmpp/outlet.h"

namespace ridealong::tests {

/// Ana's session as whoever needs an Outlet sees it, and the other side that the test speaks for.
struct OutletDialogue
{
    OutletDialogue() { xmpp.enterPlainly(); }

    /// What goes out but pings of the session's own.
    xmpp::Element next()
    {
        for (;;) {
            xmpp::Element element = xmpp.server.next();
            if (!element.has(u"ping", xmpp::ns::kPing))
                return element;
        }
    }
    /// The next question; fails the test unless it goes to `to` and holds `payload`.
    xmpp::Element expectRequest(const QByteArray& type, const QByteArray& to, const QByteArray& payload)
    {
        const xmpp::Element iq = next();
        const QByteArray id = iq.attribute(u"id").toUtf8();
        const xmpp::Element wanted = ScriptedStream::read("<iq type='" + type + "' to='" + to + "' id='" + id + "'>" + payload + "</iq>");
        [&] { QCOMPARE(iq.toXml(xmpp::ns::kClient), wanted.toXml(xmpp::ns::kClient)); }();
        return iq;
    }
    void expectNothing()
    {
        (void)xmpp.sendMessage("end");
        QCOMPARE(next().attribute(u"id"), QStringLiteral("end"));
    }
    void answer(const xmpp::Element& iq, const QByteArray& payload = {})
    {
        xmpp.server.say(
            "<iq type='result' from='" + iq.attribute(u"to").toUtf8() + "' id='" + iq.attribute(u"id").toUtf8() + "'>" + payload + "</iq>");
    }
    void refuse(const xmpp::Element& iq, const QByteArray& condition, const QByteArray& more = {})
    {
        xmpp.server.say("<iq type='error' from='" + iq.attribute(u"to").toUtf8() + "' id='" + iq.attribute(u"id").toUtf8()
            + "'><error type='cancel'><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>" + more + "</error></iq>");
    }

    static QByteArray info(const QByteArray& content) { return "<query xmlns='http://jabber.org/protocol/disco#info'>" + content + "</query>"; }
    static QByteArray items(const QByteArray& content) { return "<query xmlns='http://jabber.org/protocol/disco#items'>" + content + "</query>"; }
    static QByteArray features(const QByteArrayList& names)
    {
        QByteArray all;
        for (const QByteArray& name : names)
            all += "<feature var='" + name + "'/>";
        return all;
    }

    XmppDialogue xmpp;
    xmpp::Outlet outlet{[this](const xmpp::Element& stanza) {
                            const auto sent = xmpp.session->send(stanza);
                            return sent ? base::Status(base::Done()) : base::Status(sent.error());
                        },
        [this](const xmpp::Element& iq, xmpp::Requests::Handler handler) { xmpp.session->request(iq, std::move(handler)); }};
};

} // namespace ridealong::tests
