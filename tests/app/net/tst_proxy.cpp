// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/openchannel.h"
#include "support/fakeclock.h"
#include "support/testcertificates.h"
#include "support/testproxy.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using Kind = net::ProxySettings::Kind;
using ProxyKind = tests::TestProxy::Kind;

class TestProxies : public QObject
{
    Q_OBJECT
private:
    tests::FakeClock clock;
    std::unique_ptr<tests::TestCertificates> certificates;

    std::unique_ptr<net::RemoteChannel> open(quint16 port, const net::TlsSettings& tls, const net::ProxySettings& proxy)
    {
        return net::openChannel({.host = u"localhost"_s, .port = port}, tls, clock, {.proxy = proxy});
    }
    static net::ProxySettings through(const tests::TestProxy& proxy, ProxyKind kind, const QString& user = {}, const QString& password = {})
    {
        return {.kind = kind == ProxyKind::Http ? Kind::Http : Kind::Socks5,
            .host = u"127.0.0.1"_s,
            .port = proxy.serverPort(),
            .user = user,
            .password = password};
    }

private slots:
    void initTestCase() { certificates = std::make_unique<tests::TestCertificates>(); }

    void understandsItsOption_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<net::ProxySettings>("proxy");
        const auto row = [](const QString& option, const net::ProxySettings& proxy) { QTest::newRow(qPrintable(option)) << option << proxy; };
        row(u""_s, {});
        row(u"system"_s, {});
        row(u" direct "_s, {.kind = Kind::Direct});
        row(u"http://proxy.example"_s, {.kind = Kind::Http, .host = u"proxy.example"_s, .port = 8080});
        row(u"http://proxy.example:3128/"_s, {.kind = Kind::Http, .host = u"proxy.example"_s, .port = 3128});
        row(u"socks5://[::1]"_s, {.kind = Kind::Socks5, .host = u"::1"_s, .port = 1080});
        row(u"socks5://me:p%40ss@proxy:9"_s, {.kind = Kind::Socks5, .host = u"proxy"_s, .port = 9, .user = u"me"_s, .password = u"p@ss"_s});
    }
    void understandsItsOption()
    {
        QFETCH(QString, option);
        QFETCH(net::ProxySettings, proxy);
        const auto parsed = net::ProxySettings::parse(option);
        QVERIFY(parsed);
        QVERIFY(*parsed == proxy);
    }

    void refusesAnOptionThatIsNone()
    {
        for (const auto& option :
            {u"proxy:8080"_s, u"ftp://proxy"_s, u"http://"_s, u"http://proxy/path"_s, u"socks4://proxy"_s, u"http://proxy:99999"_s}) {
            const auto parsed = net::ProxySettings::parse(option);
            QVERIFY2(!parsed, qPrintable(option));
            QVERIFY(parsed.error().kind == base::ErrorKind::Invalid);
        }
        QVERIFY(!net::ProxySettings::parse(u"ftp://me:secret@proxy"_s).error().detail.contains("secret"_L1));
    }

    void goesThroughAProxy_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("user");
        QTest::newRow("HTTP") << int(ProxyKind::Http) << QByteArray();
        QTest::newRow("HTTP, password") << int(ProxyKind::Http) << QByteArray("me");
        QTest::newRow("SOCKS") << int(ProxyKind::Socks5) << QByteArray();
        QTest::newRow("SOCKS, password") << int(ProxyKind::Socks5) << QByteArray("me");
    }
    void goesThroughAProxy()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, user);
        const tests::TestProxy proxy(ProxyKind(kind), user, user.isEmpty() ? QByteArray() : "secret");
        tests::TestServer server(certificates->server(u"good"_s));
        auto channel = open(server.serverPort(), {.caFile = certificates->path(u"ca.pem"_s)},
            through(proxy, ProxyKind(kind), QString::fromLatin1(user), user.isEmpty() ? QString() : u"secret"_s));
        QSignalSpy received(channel.get(), &net::FrameChannel::received);
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        channel->send("hello");
        QTRY_COMPARE(server.heard(), "hello\r\n");
        server.client()->write("welcome\r\n");
        QTRY_COMPARE(received.size(), 1);
        QVERIFY(closed.isEmpty());
        // The proxy looks the name up: what it is stays between it and us.
        QCOMPARE(proxy.asked(), QList{"localhost:" + QByteArray::number(server.serverPort())});
    }

    void checksTheServerBehindTheProxy()
    {
        const tests::TestProxy proxy(ProxyKind::Socks5);
        const tests::TestServer server(certificates->server(u"otherhost"_s));
        auto channel = open(server.serverPort(), {.caFile = certificates->path(u"ca.pem"_s)}, through(proxy, ProxyKind::Socks5));
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        channel->send("secret");
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(channel->certificateProblem().value().reasons, QStringList{u"host name"_s});
        QCOMPARE(server.heard(), QByteArray());
    }

    void saysThatThePasswordIsWrong_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("HTTP") << int(ProxyKind::Http);
        QTest::newRow("SOCKS") << int(ProxyKind::Socks5);
    }
    void saysThatThePasswordIsWrong()
    {
        QFETCH(int, kind);
        const tests::TestProxy proxy(ProxyKind(kind), "me", "secret");
        const tests::TestServer server;
        auto channel = open(server.serverPort(), {}, through(proxy, ProxyKind(kind), u"me"_s, u"guess"_s));
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        QTRY_COMPARE(closed.size(), 1);
        const auto why = closed.front().front().value<base::Error>();
        QVERIFY2(why.kind == base::ErrorKind::Auth, qPrintable(why.detail));
        QCOMPARE(server.clients(), 0);
    }

    void saysThatTheProxyIsGone()
    {
        net::ProxySettings gone;
        {
            const tests::TestProxy proxy(ProxyKind::Http);
            gone = through(proxy, ProxyKind::Http);
        }
        auto channel = open(1, {}, gone);
        QSignalSpy closed(channel.get(), &net::FrameChannel::closed);
        QTRY_COMPARE(closed.size(), 1);
        const auto why = closed.front().front().value<base::Error>();
        QVERIFY(why.kind == base::ErrorKind::Offline);
        QVERIFY2(why.detail.contains("proxy"_L1), qPrintable(why.detail));
    }

    void asksTheSystemElsewhere()
    {
        bool answered = false;
        net::ProxySettings{}.forServer(u"irc.example"_s, 6697).then(this, [&answered](const base::Expected<QNetworkProxy>& proxy) {
            answered = proxy && proxy->type() != QNetworkProxy::DefaultProxy;
        });
        QVERIFY(!answered);
        QTRY_VERIFY_WITH_TIMEOUT(answered, 30'000);
    }
};

QTEST_GUILESS_MAIN(TestProxies)
#include "tst_proxy.moc"
