// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "roomstanzas.h"
#include "xmppdialogue.h"

#include "xmpp/roomentry.h"

namespace ridealong::tests {

inline const xmpp::Jid kOps = jid(QStringLiteral("ops@muc.test"));

/// A session, and one room that the test speaks for, too.
struct Door
{
    XmppDialogue xmpp;
    xmpp::Rooms rooms{xmpp.settings.account};
    xmpp::Outlet outlet{[this](const xmpp::Element& stanza) {
                            const auto sent = xmpp.session->send(stanza);
                            return sent ? base::Status(base::Done()) : base::Status(sent.error());
                        },
        [this](const xmpp::Element& iq, xmpp::Requests::Handler handler) { xmpp.session->request(iq, std::move(handler)); }};
    xmpp::RoomEntry entry;
    int changes = 0;
    QByteArray featuresId;

    explicit Door(const QString& password = {}) : entry({kOps, QStringLiteral("ana"), password}, rooms, outlet, xmpp.clock, xmpp.random)
    {
        xmpp.enterPlainly();
        QObject::connect(&entry, &xmpp::RoomEntry::changed, &entry, [this] { ++changes; });
        QObject::connect(xmpp.session.get(), &xmpp::Session::received, &entry, [this](const xmpp::Element& stanza) {
            if (!entry.handle(stanza))
                for (const xmpp::RoomChange& change : rooms.handle(stanza))
                    entry.handle(change);
        });
    }
    /// What goes out but pings of the session's own.
    xmpp::Element next()
    {
        for (;;) {
            xmpp::Element element = xmpp.server.next();
            if (!element.has(u"ping", xmpp::ns::kPing) || !element.attribute(u"to").isEmpty())
                return element;
        }
    }
    /// The client asks what the room is like, then to be let in; the id of that.
    QByteArray expectKnock(const QByteArray& nick, const QByteArray& more = {})
    {
        const xmpp::Element question = next();
        [&] { QVERIFY(question.has(u"query", xmpp::ns::kDiscoInfo)); }();
        featuresId = question.attribute(u"id").toUtf8();
        const xmpp::Element knock = next();
        const QByteArray id = knock.attribute(u"id").toUtf8();
        const xmpp::Element wanted = ScriptedStream::read("<presence to='ops@muc.test/" + nick + "' id='" + id
            + "'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/>" + more + "</x></presence>");
        [&] { QCOMPARE(knock.toXml(), wanted.toXml()); }();
        return id;
    }
    void refuse(const QByteArray& id, const QByteArray& condition, const QByteArray& from = "ops@muc.test/ana")
    {
        xmpp.server.say("<presence type='error' id='" + id + "' to='ana@chat.test/desk' from='" + from
            + "'><x xmlns='http://jabber.org/protocol/muc'/><error type='cancel' by='ops@muc.test'><" + condition
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");
    }
    void sayFeatures(const QByteArray& features)
    {
        xmpp.server.say("<iq type='result' from='ops@muc.test' id='" + featuresId
            + "'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='conference' type='text' name='Operations'/>"
              "<feature var='http://jabber.org/protocol/muc'/>"
            + features + "</query></iq>");
    }
    void enter()
    {
        entry.enter();
        (void)expectKnock("ana");
        xmpp.server.say(here("ops@muc.test/ana", {"100", "110"}));
        QVERIFY(entry.state() == xmpp::RoomEntry::State::In);
    }
    /// Time in which the server lets hear of itself.
    void pass(std::chrono::seconds time)
    {
        for (auto left = time; left > std::chrono::seconds(0); left -= std::chrono::seconds(2)) {
            xmpp.clock.advance(std::chrono::seconds(2));
            xmpp.server.mumble();
        }
    }
    /// The question whether we are still in: its id.
    QByteArray expectPing(const QString& to = QStringLiteral("ops@muc.test/ana"))
    {
        const xmpp::Element ping = next();
        [&] {
            QVERIFY(ping.has(u"ping", xmpp::ns::kPing));
            QCOMPARE(ping.attribute(u"to"), to);
        }();
        return ping.attribute(u"id").toUtf8();
    }
    void expectNoQuestion()
    {
        (void)xmpp.sendMessage("end");
        QCOMPARE(next().attribute(u"id"), QStringLiteral("end"));
    }
    void answerPing(const QByteArray& id, const QByteArray& condition)
    {
        if (condition.isEmpty())
            return xmpp.server.say("<iq type='result' from='ops@muc.test/ana' id='" + id + "'/>");
        xmpp.server.say("<iq type='error' from='ops@muc.test/ana' id='" + id + "'><error type='cancel'><" + condition
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    }
};

} // namespace ridealong::tests
