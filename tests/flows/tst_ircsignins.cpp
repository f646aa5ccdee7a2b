// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The ways into a real InspIRCd: by password, by certificate, over a WebSocket, and with TLS that begins late.
#include "ircplaces.h"
#include "servers/needserver.h"
#include "servers/rawirc.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace ridealong::tests;

class TestIrcSignIns : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();

    void signsInWithACertificate();
    void signsInWithAPassword();
    void tellsAWrongPasswordOnce();
    void refusesACertificateThatNobodyKnows();
    void talksOverAWebSocket();
    void beginsTlsLate();
    void saysNothingWithoutTlsThatBeginsLate();

private:
    /// What the server tells somebody else about ana; empty: nothing with that numeric.
    QByteArray whois(const InspIrcd& server, const QByteArray& numeric);
    QString failure(HeadlessClient& client);

    std::unique_ptr<Certificates> m_certificates;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_clientCertificate; ///< with its key
};

void TestIrcSignIns::initTestCase()
{
    m_certificates = std::make_unique<Certificates>();
    QVERIFY2(m_certificates->areMade(), qPrintable(m_certificates->error()));
}

void TestIrcSignIns::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_clientCertificate = m_folder->filePath(u"client.pem"_s);
    QFile both(m_clientCertificate);
    QVERIFY(both.open(QIODevice::WriteOnly));
    for (const QString& part : {m_certificates->clientCertificateFile(), m_certificates->clientKeyFile()}) {
        QFile file(part);
        QVERIFY(file.open(QIODevice::ReadOnly));
        both.write(file.readAll());
    }
}

QByteArray TestIrcSignIns::whois(const InspIrcd& server, const QByteArray& numeric)
{
    RawIrc bob;
    if (!bob.connectPlain(server.plainPort()) || !bob.registerAs("bob"))
        return {};
    bob.say("WHOIS ana");
    bob.say("PING :end");
    QByteArray found;
    for (QByteArray line = bob.expect(" "); !line.isEmpty() && !line.contains("PONG"); line = bob.expect(" "))
        if (line.contains(' ' + numeric + ' '))
            found = line;
    return found;
}

QString TestIrcSignIns::failure(HeadlessClient& client)
{
    return client
        .waitFor(
            u"connection"_s, [](const QJsonObject& e) { return e[u"state"_s] == u"failed"_s; }, kIrcPatienceMs)[u"detail"_s]
        .toString();
}

void TestIrcSignIns::signsInWithACertificate()
{
    InspIrcd server(*m_certificates, {.withAtheme = true});
    NEED(server);
    START(server);
    QVERIFY2(server.registerAccount("anna", "s3cret", m_certificates->clientFingerprint()), qPrintable(server.error()));
    HeadlessClient ana(m_folder->filePath(u"ana"_s));
    ana.start();
    // Which account it is follows from the certificate, so EXTERNAL names none.
    addIrc(ana, u"ana"_s, server.tlsPort(),
        {{u"caFile"_s, m_certificates->caFile()}, {u"clientCertificate"_s, m_clientCertificate}, {u"sasl"_s, u"EXTERNAL"_s}});
    QVERIFY(waitConnected(ana));
    const QByteArray account = whois(server, "330");
    QVERIFY2(account.contains(" anna "), account.constData());
}

void TestIrcSignIns::signsInWithAPassword()
{
    InspIrcd server(*m_certificates, {.withAtheme = true});
    NEED(server);
    START(server);
    QVERIFY2(server.registerAccount("ana", "s3cret"), qPrintable(server.error()));
    HeadlessClient ana(m_folder->filePath(u"ana"_s));
    ana.start();
    addIrc(ana, u"ana"_s, server.tlsPort(), {{u"caFile"_s, m_certificates->caFile()}}, {{u"password"_s, u"s3cret"_s}});
    QVERIFY(waitConnected(ana));
    const QByteArray account = whois(server, "330");
    QVERIFY2(account.contains(" ana ana "), account.constData());
}

void TestIrcSignIns::tellsAWrongPasswordOnce()
{
    InspIrcd server(*m_certificates, {.withAtheme = true});
    NEED(server);
    START(server);
    QVERIFY2(server.registerAccount("ana", "s3cret"), qPrintable(server.error()));
    HeadlessClient ana(m_folder->filePath(u"ana"_s));
    ana.start();
    addIrc(ana, u"ana"_s, server.tlsPort(), {{u"caFile"_s, m_certificates->caFile()}}, {{u"password"_s, u"wrong"_s}});
    QVERIFY(!failure(ana).isEmpty());
    // It is not tried again by itself: nothing but the one failure was told.
    int failures = 0;
    for (const QJsonObject& event : ana.events())
        failures += event[u"event"_s] == u"connection"_s && event[u"state"_s] == u"failed"_s;
    QCOMPARE(failures, 1);
}

void TestIrcSignIns::refusesACertificateThatNobodyKnows()
{
    InspIrcd server(*m_certificates, {.withAtheme = true});
    NEED(server);
    START(server);
    QVERIFY2(server.registerAccount("ana", "s3cret"), qPrintable(server.error()));
    HeadlessClient ana(m_folder->filePath(u"ana"_s));
    ana.start();
    addIrc(ana, u"ana"_s, server.tlsPort(),
        {{u"caFile"_s, m_certificates->caFile()}, {u"clientCertificate"_s, m_clientCertificate}, {u"sasl"_s, u"EXTERNAL"_s}});
    QVERIFY(!failure(ana).isEmpty());
}

void TestIrcSignIns::talksOverAWebSocket()
{
    InspIrcd::Options options;
    options.channels = {{u"#ops"_s, u"Deploys"_s, 50}};
    InspIrcd server(*m_certificates, options);
    NEED(server);
    START(server);
    RawIrc bob;
    QVERIFY(bob.connectPlain(server.plainPort()) && bob.registerAs("bob") && bob.join("#ops"));
    HeadlessClient ana(m_folder->filePath(u"ana"_s));
    ana.start();
    const QString account
        = addIrc(ana, u"ana"_s, 1, {{u"websocket"_s, u"ws://127.0.0.1:%1/"_s.arg(server.webSocketPort())}, {u"channels"_s, u"#ops"_s}});
    QVERIFY(waitConnected(ana));
    const QString room = ana.room(account, u"#ops"_s);
    ana.ask(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, u"é 😀 over frames"_s}});
    QVERIFY2(!bob.expect("PRIVMSG #ops :é 😀 over frames").isEmpty(), qPrintable(bob.error()));
    bob.say("PRIVMSG #ops :and back ü");
    QTRY_COMPARE_WITH_TIMEOUT(ana.texts(room), (QStringList{u"é 😀 over frames"_s, u"and back ü"_s}), kIrcPatienceMs);
}

void TestIrcSignIns::beginsTlsLate()
{
    InspIrcd server(*m_certificates);
    NEED(server);
    START(server);
    HeadlessClient ana(m_folder->filePath(u"ana"_s));
    ana.start();
    // The certificate counts here as anywhere: without its authority nothing is said.
    const QString distrusting = addIrc(ana, u"eve"_s, server.plainPort(), {{u"tls"_s, u"starttls"_s}});
    QVERIFY(!failure(ana).isEmpty());
    QVERIFY(ana.ask(u"account.disconnect"_s, {{u"account"_s, distrusting}})[u"ok"_s].toBool());
    ana.forgetEvents();
    addIrc(ana, u"ana"_s, server.plainPort(), {{u"tls"_s, u"starttls"_s}, {u"caFile"_s, m_certificates->caFile()}});
    QVERIFY(waitConnected(ana));
    QVERIFY2(!whois(server, "671").isEmpty(), "the server does not call the connection secure");
}

void TestIrcSignIns::saysNothingWithoutTlsThatBeginsLate()
{
    NgIrcd server(*m_certificates); // it knows no STARTTLS
    NEED(server);
    START(server);
    HeadlessClient ana(m_folder->filePath(u"ana"_s));
    ana.start();
    addIrc(ana, u"ana"_s, server.plainPort(), {{u"tls"_s, u"starttls"_s}});
    QVERIFY(failure(ana).contains(u"TLS"_s));
}

QTEST_GUILESS_MAIN(TestIrcSignIns)
#include "tst_ircsignins.moc"
