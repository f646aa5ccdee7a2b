// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/openchannel.h"
#include "net/websocketchannel.h"
#include "support/fakeclock.h"
#include "support/testcertificates.h"
#include "support/testserver.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QWebSocketCorsAuthenticator>
#include <QWebSocketServer>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A WebSocket server on loopback for one client.
struct Server
{
    explicit Server(const QStringList& subprotocols = {}, const std::optional<QSslConfiguration>& tls = {})
        : socket(u"test"_s, tls ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode)
    {
        if (tls)
            socket.setSslConfiguration(*tls);
        socket.setSupportedSubprotocols(subprotocols);
        QObject::connect(&socket, &QWebSocketServer::originAuthenticationRequired, &context, [this](QWebSocketCorsAuthenticator* asked) {
            origin = asked->origin();
            asked->setAllowed(!origin.isEmpty());
        });
        QObject::connect(&socket, &QWebSocketServer::newConnection, &context, [this] {
            client.reset(socket.nextPendingConnection());
            QObject::connect(client.get(), &QWebSocket::textMessageReceived, &context, [this](const QString& text) { texts << text; });
            QObject::connect(client.get(), &QWebSocket::binaryMessageReceived, &context, [this](const QByteArray& bytes) { binaries << bytes; });
        });
        socket.listen(QHostAddress::LocalHost);
    }
    QUrl url(const QString& host = u"localhost"_s) const
    {
        QUrl url = socket.serverUrl();
        url.setHost(host);
        return url;
    }

    QWebSocketServer socket;
    QObject context;
    std::unique_ptr<QWebSocket> client;
    QString origin;
    QStringList texts;
    QByteArrayList binaries;
};

struct Client
{
    Client(const QUrl& url, base::Clock& clock, const QStringList& subprotocols = {}, const net::TlsSettings& tls = {}, bool split = true)
        : channel(net::openChannel({.webSocket = url, .subprotocols = subprotocols}, tls, clock,
            {.maxFrameBytes = 8, .splitMessages = split, .proxy = {.kind = net::ProxySettings::Kind::Direct}})),
          opened(channel.get(), &net::RemoteChannel::opened),
          received(channel.get(), &net::FrameChannel::received),
          closed(channel.get(), &net::FrameChannel::closed)
    {}
    base::Error why() const { return closed.value(0).value(0).value<base::Error>(); }
    QByteArrayList frames() const
    {
        QByteArrayList all;
        for (const auto& frame : received)
            all << frame.front().toByteArray();
        return all;
    }

    std::unique_ptr<net::RemoteChannel> channel;
    QSignalSpy opened;
    QSignalSpy received;
    QSignalSpy closed;
};

} // namespace

class TestWebSocket : public QObject
{
    Q_OBJECT
private:
    tests::FakeClock clock;
    std::unique_ptr<tests::TestCertificates> certificates;

private slots:
    void initTestCase() { certificates = std::make_unique<tests::TestCertificates>(); }

    void carriesALineInAMessage()
    {
        Server server;
        const Client client(server.url(), clock);
        client.channel->send("early");
        QTRY_COMPARE(client.opened.size(), 1);
        client.channel->send("l\xc3\xa4te");
        QTRY_COMPARE(server.texts, QStringList({u"early"_s, u"läte"_s}));
        QCOMPARE(server.origin, u"http://localhost:%1"_s.arg(server.socket.serverPort()));
        server.client->sendTextMessage(u"öne"_s);
        server.client->sendBinaryMessage("two\r\nthree\r\n\r\nfour");
        server.client->sendTextMessage(u""_s);
        QTRY_COMPARE(client.frames(), QByteArrayList({"\xc3\xb6ne", "two", "three", "four"}));
    }

    void keepsAMessageWholeWhenAsked()
    {
        Server server;
        const Client client(server.url(), clock, {}, {}, false);
        QTRY_COMPARE(client.opened.size(), 1);
        client.channel->send("<a>\n</a>");
        QTRY_COMPARE(server.texts, QStringList{u"<a>\n</a>"_s});
        server.client->sendTextMessage(u"<b>\n</b>"_s);
        QTRY_COMPARE(client.frames(), QByteArrayList{"<b>\n</b>"});
        server.client->sendTextMessage(u"123456789"_s);
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Protocol);
    }

    void speaksTheSubprotocolThatTheServerChose_data()
    {
        QTest::addColumn<QStringList>("offered");
        QTest::addColumn<bool>("binary");
        QTest::newRow("text") << QStringList{u"text.ircv3.net"_s} << false;
        QTest::newRow("binary") << QStringList{u"binary.ircv3.net"_s} << true;
        QTest::newRow("none known, as InspIRCd") << QStringList{u"text.inspircd.org"_s} << false;
    }
    void speaksTheSubprotocolThatTheServerChose()
    {
        QFETCH(QStringList, offered);
        QFETCH(bool, binary);
        Server server(offered);
        const Client client(server.url(), clock, {u"binary.ircv3.net"_s, u"text.ircv3.net"_s});
        QTRY_COMPARE(client.opened.size(), 1);
        client.channel->send("x\xff");
        if (binary)
            QTRY_COMPARE(server.binaries, QByteArrayList{"x\xff"});
        else
            QTRY_COMPARE(server.texts.size(), 1);
    }

    void refusesToSendWhatIsNoLine()
    {
        Server server;
        const Client client(server.url(), clock);
        QTRY_COMPARE(client.opened.size(), 1);
        client.channel->send("a\nb");
        QVERIFY(client.closed.isEmpty());
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Invalid);
        QTRY_COMPARE(server.client->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(server.texts.isEmpty());
    }

    void closesOnWhatIsTooLong_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<bool>("closes");
        QTest::newRow("at the limit") << QByteArray("12345678\n12345678") << false;
        QTest::newRow("one above") << QByteArray("123456789") << true;
        QTest::newRow("a long message") << QByteArray(1 << 20, '\n') << true;
    }
    void closesOnWhatIsTooLong()
    {
        QFETCH(QByteArray, message);
        QFETCH(bool, closes);
        Server server;
        const Client client(server.url(), clock);
        QTRY_COMPARE(client.opened.size(), 1);
        QTRY_VERIFY(server.client);
        server.client->sendTextMessage(QString::fromUtf8(message));
        QTRY_COMPARE(client.closed.size(), closes ? 1 : 0);
        if (closes)
            QVERIFY2(client.why().kind == base::ErrorKind::Protocol, qPrintable(client.why().detail));
        else
            QTRY_COMPARE(client.received.size(), 2);
    }

    void tellsWhyTheServerClosed()
    {
        Server server;
        const Client client(server.url(), clock);
        QTRY_VERIFY(client.opened.size() == 1 && server.client);
        server.client->close(QWebSocketProtocol::CloseCodePolicyViolated, u"no bots"_s);
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Denied);
        QVERIFY(client.why().detail.contains("no bots"_L1));
    }

    void tellsAServerThatIsNoneFromOneThatIsNotThere()
    {
        tests::TestServer http;
        QUrl url;
        url.setScheme(u"ws"_s);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(http.serverPort());
        const Client client(url, clock);
        QTRY_VERIFY(http.heard().contains("\r\n\r\n"));
        http.client()->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY2(client.why().kind == base::ErrorKind::Protocol, qPrintable(client.why().detail));
        QVERIFY2(client.why().detail.contains("403"_L1), qPrintable(client.why().detail));

        http.close();
        const Client late(url, clock);
        QTRY_COMPARE(late.closed.size(), 1);
        QVERIFY(late.why().kind == base::ErrorKind::Offline);
        QVERIFY2(late.why().detail.contains("refused"_L1), qPrintable(late.why().detail));
    }

    void checksTheCertificate()
    {
        Server server({}, certificates->server(u"self"_s));
        const Client client(server.url(), clock);
        client.channel->send("secret");
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Untrusted);
        const auto problem = client.channel->certificateProblem();
        QVERIFY(problem);
        QCOMPARE(problem->reasons, QStringList{u"self-signed"_s});
        QCOMPARE(problem->sha256, certificates->certificate(u"self"_s).digest(QCryptographicHash::Sha256));
        QVERIFY(!server.client);

        const Client excepted(server.url(), clock, {}, {.exception = problem->sha256});
        QTRY_COMPARE(excepted.opened.size(), 1);
        QVERIFY(excepted.opened.front().front().value<net::ConnectionInfo>().byException);
    }

    void acceptsWhatAnAuthorityOfOursSigned()
    {
        Server server({}, certificates->server(u"good"_s));
        const net::TlsSettings tls{.caFile = certificates->path(u"ca.pem"_s)};
        const Client client(server.url(), clock, {}, tls);
        QTRY_COMPARE(client.opened.size(), 1);
        const auto info = client.opened.front().front().value<net::ConnectionInfo>();
        QVERIFY(info.encrypted && !info.byException && !info.cipher.isEmpty());
        QCOMPARE(info.serverEndPoint, certificates->certificate(u"good"_s).digest(QCryptographicHash::Sha256));

        const Client wrong(server.url(u"127.0.0.2"_s), clock, {}, tls);
        QTRY_COMPARE(wrong.closed.size(), 1);
    }

    void noticesThatNobodyAnswers()
    {
        tests::TestServer silent; // shakes hands, and then nothing
        QUrl url;
        url.setScheme(u"ws"_s);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(silent.serverPort());
        tests::FakeClock time;
        const Client client(url, time);
        QTRY_VERIFY(silent.heard().contains("\r\n\r\n"));
        const auto at = silent.heard().toLower().indexOf("sec-websocket-key: ") + 19;
        const auto key = silent.heard().mid(at, silent.heard().indexOf('\r', at) - at);
        const auto accept = QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
        silent.client()->write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n");
        QTRY_COMPARE(client.opened.size(), 1);
        const auto before = silent.heard().size();
        time.advance(30s);
        QTRY_VERIFY(silent.heard().size() > before); // the ping
        QVERIFY(client.closed.isEmpty());
        time.advance(30s);
        QCOMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Timeout);
    }

    void pingsAServerThatAnswersForever()
    {
        Server server;
        tests::FakeClock time;
        const Client client(server.url(), time);
        QTRY_COMPARE(client.opened.size(), 1);
        QTRY_VERIFY(server.client);
        for (int i = 0; i < 5; ++i) {
            server.client->sendTextMessage(u"x"_s);
            QTRY_COMPARE(client.received.size(), i + 1);
            time.advance(30s);
        }
        QVERIFY(client.closed.isEmpty());
    }

    void givesUpOnAHandshakeThatNeverEnds()
    {
        const tests::TestServer silent;
        QUrl url;
        url.setScheme(u"ws"_s);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(silent.serverPort());
        tests::FakeClock time;
        const Client client(url, time);
        QTRY_VERIFY(!silent.heard().isEmpty());
        time.advance(net::WebSocketChannel::kConnectTimeout);
        QCOMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Timeout);
    }

    void canBeDestroyedInItsSlots()
    {
        for (int slot = 0; slot < 3; ++slot) {
            Server server;
            Client client(server.url(), clock);
            const auto kill = [&client] { client.channel.reset(); };
            if (slot == 0)
                connect(client.channel.get(), &net::RemoteChannel::opened, this, kill);
            if (slot == 1)
                connect(client.channel.get(), &net::FrameChannel::received, this, kill);
            if (slot == 2)
                connect(client.channel.get(), &net::FrameChannel::closed, this, kill);
            QTRY_VERIFY(server.client);
            server.client->sendTextMessage(u"one\ntwo"_s);
            server.client->close();
            QTRY_VERIFY(!client.channel);
        }
    }
};

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_websocket.moc"
