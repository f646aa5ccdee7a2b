// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/framedchannel.h"
#include "xmpp/namespaces.h"
#include "xmpp/streamchannel.h"
#include "xmpp/xmlreader.h"

#include "support/fakeclock.h"
#include "support/scriptedchannel.h"
#include "support/testcertificates.h"
#include "support/testserver.h"

#include <QSignalSpy>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::xmpp;
using base::ErrorKind;
using Security = net::Endpoint::Security;

namespace {

const QByteArray kOurHeader
    = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0' "
      "to='chat.test'>";
const QByteArray kTheirHeader = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1' "
                                "version='1.0'>";
const Element kHello = Element(u"message", ns::kClient).with(Element(u"body", ns::kClient).withText(u"a < b\x1b"_s));

/// A channel, and what it told.
struct Client
{
    explicit Client(std::unique_ptr<StanzaChannel> made) : channel(std::move(made))
    {
        QObject::connect(
            channel.get(), &StanzaChannel::opened, channel.get(), [this](const Element& header) { told << u"opened "_s + header.attribute(u"id"); });
        QObject::connect(channel.get(), &StanzaChannel::received, channel.get(),
            [this](const Element& element) { told << QString::fromUtf8(element.toXml(ns::kClient)); });
        QObject::connect(channel.get(), &StanzaChannel::closed, channel.get(), [this](const base::Error& why) { told << toString(why.kind); });
    }

    std::unique_ptr<StanzaChannel> channel;
    QSignalSpy connected{channel.get(), &StanzaChannel::connected};
    QSignalSpy secured{channel.get(), &StanzaChannel::secured};
    QSignalSpy heard{channel.get(), &StanzaChannel::heard};
    QStringList told;
};

} // namespace

class TestStanzaChannel : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { certificates = std::make_unique<TestCertificates>(); }
    void speaksOverTcp();
    void opensAgain();
    void takesNoStreamOfAnotherKind();
    void endsWithTheServersStream();
    void givesNothingOfAStreamThatEnded();
    void dropsWithoutEndingTheStream();
    void beginsTlsLater();
    void refusesPlainTextBehindTheAgreement();
    void hearsPartsOfElements();
    void givesManyInOrder();
    void speaksOverAWebSocket();
    void hasNoTlsInsideAWebSocket();
    void refusesBadFrames();

private:
    std::unique_ptr<StanzaChannel> overTcp(const TestServer& server, Security security = Security::Plain)
    {
        const net::Endpoint endpoint{.host = u"127.0.0.1"_s, .port = server.serverPort(), .security = security};
        return openStanzaChannel(endpoint, {.caFile = certificates->path(u"ca.pem"_s)}, {}, clock);
    }
    std::unique_ptr<TestCertificates> certificates;
    base::SystemClock clock;
};

void TestStanzaChannel::speaksOverTcp()
{
    TestServer server;
    Client client(overTcp(server));
    QTRY_COMPARE(client.connected.size(), 1);
    QVERIFY(!client.connected.front().front().value<net::ConnectionInfo>().encrypted);
    client.channel->open(u"chat.test"_s);
    client.channel->send(kHello);
    QTRY_COMPARE(server.heard(), kOurHeader + "<message><body>a &lt; b</body></message>");
    server.client()->write(kTheirHeader + "<stream:features/><iq");
    QTRY_COMPARE(client.told, QStringList({u"opened 1"_s, u"<features xmlns='http://etherx.jabber.org/streams'/>"_s}));
    server.client()->write(" id='1'/>");
    QTRY_COMPARE(client.told.last(), u"<iq id='1'/>"_s);
    client.channel->close();
    QTRY_VERIFY(server.heard().endsWith("</stream:stream>"));
    QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client.told.size(), 3);
}

void TestStanzaChannel::opensAgain()
{
    TestServer server;
    Client client(overTcp(server));
    QTRY_COMPARE(client.connected.size(), 1);
    client.channel->open(u"a'<&.test"_s);
    server.client()->write(kTheirHeader + "<success/>");
    QTRY_COMPARE(client.told.size(), 2);
    client.channel->open(u"chat.test"_s);
    QTRY_VERIFY(server.heard().endsWith("to='a&apos;&lt;&amp;.test'>" + kOurHeader));
    server.client()->write("\n" + QByteArray(kTheirHeader).replace("<?xml version='1.0'?>", "").replace("id='1'", "id='2'") + "<a/>");
    QTRY_COMPARE(client.told.mid(2), QStringList({u"opened 2"_s, u"<a/>"_s}));
}

void TestStanzaChannel::takesNoStreamOfAnotherKind()
{
    for (const QByteArray& header : {QByteArray(kTheirHeader).replace("jabber:client", "jabber:server"),
             QByteArray(kTheirHeader).replace("etherx", "other"), QByteArray("<stream>"), QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n")}) {
        TestServer server;
        Client client(overTcp(server));
        QTRY_COMPARE(client.connected.size(), 1);
        client.channel->open(u"chat.test"_s);
        server.client()->write(header);
        QTRY_COMPARE(client.told, QStringList(u"Protocol"_s));
    }
}

void TestStanzaChannel::endsWithTheServersStream()
{
    TestServer server;
    Client client(overTcp(server));
    QTRY_COMPARE(client.connected.size(), 1);
    client.channel->open(u"chat.test"_s);
    server.client()->write(kTheirHeader + "<a/></stream:stream>");
    QTRY_COMPARE(client.told, QStringList({u"opened 1"_s, u"<a/>"_s, u"Offline"_s}));
    QTRY_VERIFY(server.heard().endsWith("</stream:stream>")); // RFC 6120 §4.4: each side ends its own
}

void TestStanzaChannel::givesNothingOfAStreamThatEnded()
{
    TestServer server;
    Client client(overTcp(server));
    QTRY_COMPARE(client.connected.size(), 1);
    connect(client.channel.get(), &StanzaChannel::received, this, [&client] { client.channel->open(u"chat.test"_s); });
    client.channel->open(u"chat.test"_s);
    server.client()->write(kTheirHeader + "<success/><message/>");
    QTRY_COMPARE(client.told, QStringList({u"opened 1"_s, u"<success/>"_s, u"Protocol"_s}));
}

void TestStanzaChannel::dropsWithoutEndingTheStream()
{
    TestServer server;
    Client client(overTcp(server));
    QTRY_COMPARE(client.connected.size(), 1);
    client.channel->open(u"chat.test"_s);
    client.channel->drop();
    QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(server.heard(), kOurHeader);
}

void TestStanzaChannel::beginsTlsLater()
{
    TestServer server;
    Client client(overTcp(server, Security::StartTls));
    QTRY_COMPARE(client.connected.size(), 1);
    client.channel->open(u"chat.test"_s);
    connect(client.channel.get(), &StanzaChannel::received, this, [&client] {
        client.channel->startTls();
        client.channel->open(u"chat.test"_s);
    });
    QTRY_COMPARE(server.heard(), kOurHeader);
    server.client()->write(kTheirHeader + "<proceed/>");
    server.secure(certificates->server(u"good"_s));
    QTRY_COMPARE(client.secured.size(), 1);
    QVERIFY(!client.secured.front().front().value<net::ConnectionInfo>().serverEndPoint.isEmpty());
    QTRY_COMPARE(server.heard(), kOurHeader + kOurHeader);
}

void TestStanzaChannel::refusesPlainTextBehindTheAgreement()
{
    TestServer server;
    Client client(overTcp(server, Security::StartTls));
    QTRY_COMPARE(client.connected.size(), 1);
    client.channel->open(u"chat.test"_s);
    connect(client.channel.get(), &StanzaChannel::received, this, [&client] { client.channel->startTls(); });
    server.client()->write(kTheirHeader + "<proceed/><stream:features/>");
    QTRY_COMPARE(client.told, QStringList({u"opened 1"_s, u"<proceed/>"_s, u"Protocol"_s}));
}

void TestStanzaChannel::hearsPartsOfElements()
{
    TestServer server;
    Client client(overTcp(server));
    QTRY_COMPARE(client.connected.size(), 1);
    server.client()->write("<");
    QTRY_COMPARE(client.heard.size(), 1);
    QVERIFY(client.told.isEmpty());
}

void TestStanzaChannel::givesManyInOrder()
{
    // In several turns of the event loop, that is.
    TestServer server;
    Client client(overTcp(server));
    QTRY_COMPARE(client.connected.size(), 1);
    client.channel->open(u"chat.test"_s);
    QByteArray many = kTheirHeader;
    for (int i = 0; i < 1000; ++i)
        many += "<message id='" + QByteArray::number(i) + "'><body>" + QByteArray(100, 'x') + "</body></message>";
    server.client()->write(many);
    QTRY_COMPARE(client.told.size(), 1001);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(client.told[i + 1].startsWith(u"<message id='%1'>"_s.arg(i)));
}

void TestStanzaChannel::speaksOverAWebSocket()
{
    ScriptedServer server;
    Client client(std::make_unique<FramedChannel>(server.connect({})));
    server.open();
    QCOMPARE(client.connected.size(), 1);
    client.channel->open(u"chat.test"_s);
    server.expect("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='chat.test' version='1.0'/>");
    client.channel->send(kHello);
    server.expect("<message xmlns='jabber:client'><body>a &lt; b</body></message>");
    server.say("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' id='1'/>");
    server.say("<stream:features xmlns:stream='http://etherx.jabber.org/streams'/>");
    server.say("<iq xmlns='jabber:client'\n id='1'/>");
    QCOMPARE(client.told, QStringList({u"opened 1"_s, u"<features xmlns='http://etherx.jabber.org/streams'/>"_s, u"<iq id='1'/>"_s}));
    QCOMPARE(client.heard.size(), 3);
    server.say("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
    QCOMPARE(client.told.last(), u"Offline"_s);
    server.expect("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
    server.expectClose();
}

void TestStanzaChannel::hasNoTlsInsideAWebSocket()
{
    // The address is wrong on purpose: nothing is connected before the event loop runs.
    Client client(openStanzaChannel({.webSocket = QUrl(u"ws://127.0.0.1:1/"_s)}, {}, {}, clock));
    client.channel->startTls();
    QTRY_COMPARE(client.told, QStringList(u"Unsupported"_s));
}

void TestStanzaChannel::refusesBadFrames()
{
    for (const char* frame : {"hm", "<a>", "<a/><b/>", "<?xml version='1.0'?><a/>", "<!DOCTYPE a><a/>"}) {
        ScriptedServer server;
        Client client(std::make_unique<FramedChannel>(server.connect({})));
        server.open();
        server.say(frame);
        QCOMPARE(client.told, QStringList(u"Protocol"_s));
        server.expectClose();
    }
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestStanzaChannel)
#include "tst_stanzachannel.moc"
