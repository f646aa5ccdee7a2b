// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/needserver.h"
#include "servers/inspircd.h"
#include "servers/ngircd.h"
#include "servers/rawirc.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <csignal>

using namespace ridealong::tests;

namespace {

QByteArray plainResponse(const QByteArray& name, const QByteArray& password)
{
    return (QByteArray("\0", 1) + name + QByteArray("\0", 1) + password).toBase64();
}

} // namespace

class TestServers : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();

    void inspIrcdTalksPlainTlsAndWebSocket();
    void ngIrcdTalksPlainAndTls();
    void twoOfAKindRunBesideEachOther();
    void restartKeepsPortsAndChannels();
    void killedServerDropsItsConnections();
    void frozenServerIsSilentUntilThawed();
    void historyIsReplayedOnJoin();
    void packagedLimitsCloseAFlood();
    void shortPingAsksForALife();
    void stsIsAnnounced();
    void certificatesFailAsTheyShould_data();
    void certificatesFailAsTheyShould();
    void ngIrcdShowsTheCertificateItIsTold();
    void saslPlainAndExternalLogIn();
    void accountsOutliveARestart();

private:
    std::unique_ptr<Certificates> m_certificates;
};

void TestServers::initTestCase()
{
    m_certificates = std::make_unique<Certificates>();
    QVERIFY2(m_certificates->areMade(), qPrintable(m_certificates->error()));
    QCOMPARE(m_certificates->clientFingerprint().size(), 64);
}

void TestServers::inspIrcdTalksPlainTlsAndWebSocket()
{
    InspIrcd server(*m_certificates);
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    RawIrc alice;
    QVERIFY(alice.connectPlain(server.plainPort()));
    RawIrc bob;
    QVERIFY2(bob.connectTls(server.tlsPort(), {.caFile = m_certificates->caFile()}), qPrintable(bob.error()));
    QVERIFY2(alice.registerAs("alice"), qPrintable(alice.error()));
    QVERIFY2(bob.registerAs("bob"), qPrintable(bob.error()));
    QVERIFY(alice.join("#ops"));
    QVERIFY(bob.join("#ops"));

    QWebSocket carol(QStringLiteral("http://localhost"));
    QByteArrayList heard;
    connect(&carol, &QWebSocket::textMessageReceived, this, [&heard, &carol](const QString& line) {
        heard += line.toUtf8();
        if (line.contains(QStringLiteral(" 001 ")))
            carol.sendTextMessage(QStringLiteral("JOIN #ops"));
    });
    connect(&carol, &QWebSocket::connected, &carol, [&carol] {
        carol.sendTextMessage(QStringLiteral("NICK carol"));
        carol.sendTextMessage(QStringLiteral("USER carol 0 * :carol"));
    });
    carol.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(server.webSocketPort())));
    QVERIFY(!alice.expect(":carol!carol@127.0.0.1 JOIN").isEmpty());
    alice.say("PRIVMSG #ops :hello all");
    QCOMPARE(bob.expect("PRIVMSG"), QByteArray(":alice!alice@127.0.0.1 PRIVMSG #ops :hello all"));
    QTRY_VERIFY(heard.contains(":alice!alice@127.0.0.1 PRIVMSG #ops :hello all"));
}

void TestServers::ngIrcdTalksPlainAndTls()
{
    NgIrcd server(*m_certificates, {.channels = {QStringLiteral("#ops")}});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    RawIrc alice;
    RawIrc bob;
    QVERIFY(alice.connectPlain(server.plainPort()) && alice.registerAs("alice"));
    QVERIFY2(bob.connectTls(server.tlsPort(), {.caFile = m_certificates->caFile()}) && bob.registerAs("bob"), qPrintable(bob.error()));
    QVERIFY(alice.join("#ops") && bob.join("#ops"));
    bob.say("PRIVMSG #ops :hello");
    QCOMPARE(alice.expect("PRIVMSG"), QByteArray(":bob!~bob@127.0.0.1 PRIVMSG #ops :hello"));
}

void TestServers::twoOfAKindRunBesideEachOther()
{
    NgIrcd first(*m_certificates, {.name = QStringLiteral("first")});
    NgIrcd second(*m_certificates, {.name = QStringLiteral("second")});
    NEED(first);
    QVERIFY2(first.start(), qPrintable(first.error()));
    QVERIFY2(second.start(), qPrintable(second.error()));
    QVERIFY(first.plainPort() != second.plainPort());
    RawIrc alice;
    RawIrc other;
    QVERIFY(alice.connectPlain(first.plainPort()) && alice.registerAs("alice"));
    QVERIFY(other.connectPlain(second.plainPort()) && other.registerAs("alice"));
    second.stop();
    QTRY_VERIFY(!other.isConnected());
    QVERIFY(alice.join("#ops"));
}

void TestServers::restartKeepsPortsAndChannels()
{
    InspIrcd server(*m_certificates, {.channels = {{.name = QStringLiteral("#ops"), .topic = QStringLiteral("Deploys here")}}});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    const quint16 port = server.plainPort();
    for (int run = 0; run < 2; ++run) {
        RawIrc alice;
        QVERIFY2(alice.connectPlain(port) && alice.registerAs("alice"), qPrintable(alice.error()));
        alice.say("JOIN #ops");
        QVERIFY(alice.expect(" 332 ").endsWith(":Deploys here"));
        QVERIFY2(server.restart(), qPrintable(server.error()));
        QCOMPARE(server.plainPort(), port);
        QTRY_VERIFY(!alice.isConnected());
    }
}

void TestServers::killedServerDropsItsConnections()
{
    InspIrcd server(*m_certificates);
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    const auto process = static_cast<pid_t>(server.processId());
    RawIrc alice;
    QVERIFY(alice.connectPlain(server.plainPort()) && alice.registerAs("alice"));
    server.kill();
    QVERIFY(!server.isRunning());
    QCOMPARE(::kill(process, 0), -1);
    QTRY_VERIFY(!alice.isConnected());
    QVERIFY(!alice.connectPlain(server.plainPort()));
    QVERIFY2(server.start(), qPrintable(server.error()));
    QVERIFY(alice.connectPlain(server.plainPort()) && alice.registerAs("alice"));
}

void TestServers::frozenServerIsSilentUntilThawed()
{
    NgIrcd server(*m_certificates);
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    RawIrc alice;
    QVERIFY(alice.connectPlain(server.plainPort()) && alice.registerAs("alice"));
    server.freeze();
    alice.say("PING :anybody");
    QVERIFY(alice.expect("PONG", 300).isEmpty());
    QVERIFY(alice.isConnected());
    server.thaw();
    QVERIFY(!alice.expect("PONG").isEmpty());
    server.freeze();
    server.stop(); // does not hang on one that cannot hear
    QVERIFY(!server.isRunning());
}

void TestServers::historyIsReplayedOnJoin()
{
    InspIrcd server(*m_certificates, {.channels = {{.name = QStringLiteral("#ops"), .historyLines = 20}}});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    RawIrc alice;
    QVERIFY(alice.connectPlain(server.plainPort()) && alice.registerAs("alice") && alice.join("#ops"));
    alice.say("MODE #ops");
    QVERIFY2(alice.expect(" 324 ").contains("20:1d"), qPrintable(alice.error()));
    alice.say("PRIVMSG #ops :said before bob came");
    RawIrc bob;
    QVERIFY(bob.connectPlain(server.plainPort()));
    bob.say("CAP REQ :batch server-time message-tags");
    bob.say("CAP END");
    QVERIFY(bob.registerAs("bob"));
    bob.say("JOIN #ops");
    QVERIFY2(bob.expect("BATCH +").contains(" chathistory :#ops"), qPrintable(bob.error()));
    QVERIFY(bob.expect("PRIVMSG #ops").endsWith(":said before bob came"));
}

void TestServers::packagedLimitsCloseAFlood()
{
    InspIrcd server(*m_certificates, {.packagedLimits = true});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    RawIrc alice;
    QVERIFY(alice.connectPlain(server.plainPort()) && alice.registerAs("alice") && alice.join("#ops"));
    for (int i = 0; i < 2000; ++i)
        alice.say("PRIVMSG #ops :flood " + QByteArray::number(i));
    QVERIFY2(alice.expect("ERROR").contains("RecvQ exceeded"), qPrintable(alice.error()));
}

void TestServers::shortPingAsksForALife()
{
    InspIrcd inspIrcd(*m_certificates, {.pingSeconds = 2});
    NgIrcd ngIrcd(*m_certificates, {.pingSeconds = 2});
    NEED(inspIrcd);
    NEED(ngIrcd);
    QVERIFY2(inspIrcd.start(), qPrintable(inspIrcd.error()));
    QVERIFY2(ngIrcd.start(), qPrintable(ngIrcd.error()));
    for (const quint16 port : {inspIrcd.plainPort(), ngIrcd.plainPort()}) {
        RawIrc alice;
        QVERIFY(alice.connectPlain(port) && alice.registerAs("alice"));
        QVERIFY(!alice.expect("PING").isEmpty());
    }
}

void TestServers::stsIsAnnounced()
{
    InspIrcd server(*m_certificates, {.sts = true});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    RawIrc alice;
    QVERIFY(alice.connectPlain(server.plainPort()));
    alice.say("CAP LS 302");
    QVERIFY2(alice.expect(" LS ").contains("sts=port=" + QByteArray::number(server.tlsPort())), qPrintable(alice.error()));
    RawIrc bob;
    QVERIFY(bob.connectTls(server.tlsPort(), {.caFile = m_certificates->caFile()}));
    bob.say("CAP LS 302");
    QVERIFY2(bob.expect(" LS ").contains("sts=duration=300"), qPrintable(bob.error()));
}

void TestServers::certificatesFailAsTheyShould_data()
{
    QTest::addColumn<ServerCertificate>("certificate");
    QTest::addColumn<QList<QSslError::SslError>>("errors");
    QTest::newRow("self-signed") << ServerCertificate::SelfSigned << QList<QSslError::SslError>{QSslError::SelfSignedCertificate};
    QTest::newRow("expired") << ServerCertificate::Expired << QList<QSslError::SslError>{QSslError::CertificateExpired};
    QTest::newRow("of another host") << ServerCertificate::WrongHost << QList<QSslError::SslError>{QSslError::HostNameMismatch};
}

void TestServers::certificatesFailAsTheyShould()
{
    QFETCH(ServerCertificate, certificate);
    QFETCH(QList<QSslError::SslError>, errors);
    InspIrcd server(*m_certificates, {.certificate = certificate});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    RawIrc alice;
    QList<QSslError::SslError> got;
    connect(&alice.socket(), &QSslSocket::sslErrors, this, [&got](const QList<QSslError>& list) {
        for (const QSslError& error : list)
            got += error.error();
    });
    QVERIFY(!alice.connectTls(server.tlsPort(), {.caFile = m_certificates->caFile()}));
    QCOMPARE(got, errors);
}

void TestServers::ngIrcdShowsTheCertificateItIsTold()
{
    NgIrcd server(*m_certificates, {.certificate = ServerCertificate::Expired});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    RawIrc alice;
    QVERIFY(!alice.connectTls(server.tlsPort(), {.caFile = m_certificates->caFile()}));
    QVERIFY(alice.error().contains(QStringLiteral("expired")));
}

void TestServers::saslPlainAndExternalLogIn()
{
    InspIrcd server(*m_certificates, {.withAtheme = true});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    QVERIFY2(server.registerAccount("alice", "s3cret", m_certificates->clientFingerprint()), qPrintable(server.error()));

    RawIrc plain;
    QVERIFY(plain.connectPlain(server.plainPort()));
    plain.say("CAP LS 302");
    QVERIFY2(plain.expect(" LS ").contains("sasl=PLAIN,EXTERNAL"), qPrintable(plain.error()));
    plain.say("CAP REQ :sasl");
    plain.say("AUTHENTICATE PLAIN");
    QVERIFY(!plain.expect("AUTHENTICATE ").isEmpty());
    plain.say("AUTHENTICATE " + plainResponse("alice", "wrong"));
    QVERIFY2(!plain.expect(" 904 ").isEmpty(), qPrintable(plain.error()));
    plain.say("AUTHENTICATE PLAIN");
    QVERIFY(!plain.expect("AUTHENTICATE ").isEmpty());
    plain.say("AUTHENTICATE " + plainResponse("alice", "s3cret"));
    QVERIFY2(!plain.expect(" 903 ").isEmpty(), qPrintable(plain.error()));

    RawIrc external;
    QVERIFY(external.connectTls(server.tlsPort(),
        {.caFile = m_certificates->caFile(),
            .clientCertificateFile = m_certificates->clientCertificateFile(),
            .clientKeyFile = m_certificates->clientKeyFile()}));
    external.say("CAP LS 302");
    external.say("CAP REQ :sasl");
    external.say("AUTHENTICATE EXTERNAL");
    QVERIFY(!external.expect("AUTHENTICATE ").isEmpty());
    external.say("AUTHENTICATE +");
    QVERIFY2(external.expect(" 900 ").contains(" alice "), qPrintable(external.error()));
}

void TestServers::accountsOutliveARestart()
{
    InspIrcd server(*m_certificates, {.withAtheme = true});
    NEED(server);
    QVERIFY2(server.start(), qPrintable(server.error()));
    QVERIFY2(server.registerAccount("alice", "s3cret"), qPrintable(server.error()));
    for (const bool hard : {false, true}) {
        if (hard)
            server.kill();
        else
            server.stop();
        QVERIFY2(server.start(), qPrintable(server.error()));
        RawIrc alice;
        QVERIFY(alice.connectPlain(server.plainPort()));
        alice.say("CAP REQ :sasl");
        alice.say("AUTHENTICATE PLAIN");
        QVERIFY2(!alice.expect("AUTHENTICATE ").isEmpty(), qPrintable(alice.error()));
        alice.say("AUTHENTICATE " + plainResponse("alice", "s3cret"));
        QVERIFY2(!alice.expect(" 903 ").isEmpty(), qPrintable(alice.error()));
    }
}

QTEST_GUILESS_MAIN(TestServers)
#include "tst_servers.moc"
