// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeclock.h"
#include "support/scriptedstream.h"
#include "xmpp/session.h"

namespace ridealong::tests {

/// A session whose server the test speaks for, and what it told.
class XmppDialogue
{
public:
    using Session = xmpp::Session;

    void start()
    {
        session = std::make_unique<Session>(server.connect(), settings, clock, random);
        QObject::connect(session.get(), &Session::ready, session.get(), [this](bool resumed) { told << (resumed ? "resumed" : "ready"); });
        QObject::connect(session.get(), &Session::received, session.get(), [this](const xmpp::Element& stanza) { received.push_back(stanza); });
        QObject::connect(session.get(), &Session::acknowledged, session.get(), [this](Session::Ticket upTo) { acknowledged = upTo; });
        QObject::connect(session.get(), &Session::mayHaveArrived, session.get(), [this](const std::vector<xmpp::StreamState::Sent>& stanzas) {
            told << "lost";
            lost = stanzas;
        });
        QObject::connect(session.get(), &Session::ended, session.get(), [this](const base::Error& why) {
            told << toString(why.kind).toLatin1();
            error = why;
        });
    }
    /// A new connection, with what the last one left.
    void startAgain()
    {
        settings.stream = session->takeStream();
        told.clear();
        start();
    }
    /// The connection stands in TLS, and the server has shown what it has.
    void introduce(const QByteArray& features)
    {
        server.connected();
        server.expectOpen("chat.test");
        sayFeatures(features);
    }
    void sayFeatures(const QByteArray& features) { server.say("<stream:features>" + features + "</stream:features>"); }
    static QByteArray mechanisms(const QByteArrayList& names)
    {
        QByteArray all = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>";
        for (const QByteArray& name : names)
            all += "<mechanism>" + name + "</mechanism>";
        return all + "</mechanisms>";
    }
    /// Signed in by the shortest way; the server says what it has after that.
    void signIn(const QByteArray& features = kFeatures)
    {
        introduce(mechanisms({"PLAIN"}));
        server.expect("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AGFuYQBzM2NyZXQ=</auth>");
        server.say("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        server.expectOpen("chat.test");
        sayFeatures(features);
    }
    /// The client asks for an address, and gets it.
    void bind()
    {
        const xmpp::Element request = server.next();
        QCOMPARE(request.find(u"bind", xmpp::ns::kBind)->textOf(u"resource", xmpp::ns::kBind), QStringLiteral("desk"));
        server.say("<iq type='result' id='" + request.attribute(u"id").toUtf8()
            + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>ana@chat.test/desk</jid></bind></iq>");
    }
    void enable(const QByteArray& attributes = "id='stream-1' resume='true'")
    {
        server.expect("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
        server.say("<enabled xmlns='urn:xmpp:sm:3' " + attributes + "/>");
    }
    /// All of it.
    void enter()
    {
        start();
        signIn();
        bind();
        enable();
        QCOMPARE(told, QByteArrayList({"ready"}));
    }
    /// Without stream management.
    void enterPlainly()
    {
        start();
        signIn(kBind);
        bind();
        QCOMPARE(told, QByteArrayList({"ready"}));
    }
    void acknowledge(quint32 h) { server.say("<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(h) + "'/>"); }
    Session::Ticket sendMessage(const char* id)
    {
        const auto ticket = session->send(xmpp::Element(u"message", xmpp::ns::kClient).with(u"id", QString::fromLatin1(id)));
        return ticket ? *ticket : 0;
    }
    QStringList lostIds() const
    {
        QStringList ids;
        for (const auto& sent : lost)
            ids << sent.stanza.attribute(u"id");
        return ids;
    }

    static inline const QByteArray kBind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";
    static inline const QByteArray kFeatures = kBind + "<sm xmlns='urn:xmpp:sm:3'/>";
    static inline const QByteArray kAsk = "<r xmlns='urn:xmpp:sm:3'/>";

    FakeClock clock;
    FakeRandom random;
    ScriptedStream server;
    Session::Settings settings{
        .account = *xmpp::Jid::parse(u"ana@chat.test"), .resource = QStringLiteral("desk"), .password = QStringLiteral("s3cret")};
    std::unique_ptr<Session> session; ///< before all it uses
    QByteArrayList told; ///< ready, resumed, lost, and the kind of the error at the end
    std::vector<xmpp::Element> received;
    std::vector<xmpp::StreamState::Sent> lost;
    Session::Ticket acknowledged = 0;
    base::Error error;
};

} // namespace ridealong::tests
