// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/channelbinding.h"
#include "net/openchannel.h"
#include "support/fakeclock.h"
#include "support/testcertificates.h"
#include "support/testserver.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QSslCipher>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Security = net::Endpoint::Security;

namespace {

const net::ChannelOptions kDirect{.proxy = {.kind = net::ProxySettings::Kind::Direct}};

/// A channel and what it told.
struct Client
{
    Client(const QTcpServer& server, const net::TlsSettings& tls, base::Clock& clock, Security security = Security::Tls,
        const QString& host = u"localhost"_s)
        : channel(net::openChannel({.host = host, .port = server.serverPort(), .security = security}, tls, clock, kDirect)),
          opened(channel.get(), &net::RemoteChannel::opened),
          secured(channel.get(), &net::RemoteChannel::secured),
          closed(channel.get(), &net::FrameChannel::closed)
    {
        channel->send("secret");
    }
    net::ConnectionInfo info() const { return opened.value(0).value(0).value<net::ConnectionInfo>(); }
    base::Error why() const { return closed.value(0).value(0).value<base::Error>(); }

    std::unique_ptr<net::RemoteChannel> channel;
    QSignalSpy opened;
    QSignalSpy secured;
    QSignalSpy closed;
};

} // namespace

/// Whom we trust, against real handshakes on loopback.
class TestTls : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<tests::TestCertificates> certificates;
    tests::FakeClock clock;

    QByteArray digest(const QString& name) const { return certificates->certificate(name).digest(QCryptographicHash::Sha256); }
    net::TlsSettings trusting(const char* file) const { return {.caFile = certificates->path(QString::fromLatin1(file))}; }

private slots:
    void initTestCase() { certificates = std::make_unique<tests::TestCertificates>(); }

    void acceptsWhatAnAuthorityOfOursSigned_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("name") << u"localhost"_s;
        QTest::newRow("address") << u"127.0.0.1"_s;
    }
    void acceptsWhatAnAuthorityOfOursSigned()
    {
        QFETCH(QString, host);
        const tests::TestServer server(certificates->server(u"good"_s));
        const Client client(server, trusting("ca.pem"), clock, Security::Tls, host);
        QTRY_COMPARE(server.heard(), "secret\r\n");
        const auto info = client.info();
        QVERIFY(info.encrypted && !info.byException);
        QVERIFY(info.protocol == "TLSv1.3"_L1 || info.protocol == "TLSv1.2"_L1);
        QVERIFY(!info.cipher.isEmpty());
        QCOMPARE(info.certificateSha256, digest(u"good"_s));
        QCOMPARE(info.serverEndPoint, digest(u"good"_s)); // signed with SHA-256
        QVERIFY(!client.channel->certificateProblem());
    }

    void wantsTheCertificateOfTheNameThatWasAsked()
    {
        const auto kindOfEnd = [this](const QString& certificate) {
            const tests::TestServer server(certificates->server(certificate));
            const net::Endpoint endpoint{.host = u"localhost"_s, .port = server.serverPort(), .certificateName = u"elsewhere.example"_s};
            const auto channel = net::openChannel(endpoint, trusting("ca.pem"), clock, kDirect);
            const QSignalSpy opened(channel.get(), &net::RemoteChannel::opened), closed(channel.get(), &net::FrameChannel::closed);
            if (!QTest::qWaitFor([&] { return opened.size() + closed.size() > 0; }))
                return u"nothing"_s;
            return closed.isEmpty() ? u"opened"_s : toString(closed.front().front().value<base::Error>().kind);
        };
        QCOMPARE(kindOfEnd(u"otherhost"_s), u"opened"_s);
        QCOMPARE(kindOfEnd(u"good"_s), u"Untrusted"_s); // of the host, which DNS may have been made to name
    }

    void acceptsASelfSignedCertificateThatTheUserListed()
    {
        const tests::TestServer server(certificates->server(u"self"_s));
        const Client client(server, trusting("self.crt"), clock);
        QTRY_COMPARE(server.heard(), "secret\r\n");
        QVERIFY(!client.info().byException);
        QCOMPARE(client.info().serverEndPoint, certificates->certificate(u"self"_s).digest(QCryptographicHash::Sha384));
    }

    void refusesAndSaysWhy_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("caFile");
        QTest::addColumn<QString>("exception"); // the certificate it is for
        QTest::addColumn<QString>("reason");
        QTest::newRow("self-signed") << u"self"_s << QString() << QString() << u"self-signed"_s;
        QTest::newRow("expired") << u"expired"_s << u"ca.pem"_s << QString() << u"expired"_s;
        QTest::newRow("other host") << u"otherhost"_s << u"ca.pem"_s << QString() << u"host name"_s;
        QTest::newRow("unknown authority") << u"good"_s << QString() << QString() << u"unknown authority"_s;
        QTest::newRow("other authority") << u"good"_s << u"other.pem"_s << QString() << u"unknown authority"_s;
        QTest::newRow("exception for another") << u"self"_s << QString() << u"good"_s << u"self-signed"_s;
    }
    void refusesAndSaysWhy()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, caFile);
        QFETCH(QString, exception);
        QFETCH(QString, reason);
        net::TlsSettings tls;
        if (!caFile.isEmpty())
            tls.caFile = certificates->path(caFile);
        if (!exception.isEmpty())
            tls.exception = digest(exception);
        const tests::TestServer server(certificates->server(certificate));
        const Client client(server, tls, clock);
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Untrusted);
        QVERIFY(client.opened.isEmpty());
        const auto problem = client.channel->certificateProblem();
        QVERIFY(problem);
        QVERIFY2(problem->reasons.contains(reason), qPrintable(problem->reasons.join(u'|')));
        QCOMPARE(problem->host, u"localhost"_s);
        QCOMPARE(problem->subject, certificate);
        QCOMPARE(problem->issuer, certificate == "self"_L1 ? u"self"_s : u"Test-Authority"_s);
        QCOMPARE(problem->sha256, digest(certificate));
        QVERIFY(problem->validFromMs < problem->validUntilMs);
        QVERIFY(!problem->alternativeNames.isEmpty());
        QCOMPARE(problem->afterException, !exception.isEmpty());
        QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(server.heard(), QByteArray());
    }

    void acceptsTheOneCertificateThatTheUserExcepted_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::newRow("self-signed") << u"self"_s;
        QTest::newRow("expired") << u"expired"_s;
        QTest::newRow("other host") << u"otherhost"_s;
    }
    void acceptsTheOneCertificateThatTheUserExcepted()
    {
        QFETCH(QString, certificate);
        const tests::TestServer server(certificates->server(certificate));
        const Client client(server, {.exception = digest(certificate)}, clock);
        QTRY_COMPARE(server.heard(), "secret\r\n");
        QVERIFY(client.info().encrypted && client.info().byException);
        QVERIFY(!client.channel->certificateProblem());
    }

    void provesWhoWeAreWhenAsked()
    {
        const tests::TestServer server(certificates->demandingServer(u"good"_s));
        auto tls = trusting("ca.pem");
        tls.clientCertificateFile = certificates->path(u"client.pem"_s);
        const Client client(server, tls, clock);
        QTRY_COMPARE(server.heard(), "secret\r\n");
        QCOMPARE(server.client()->peerCertificate(), certificates->certificate(u"client"_s));
    }

    void saysThatTheServerWantedACertificate()
    {
        const tests::TestServer server(certificates->demandingServer(u"good"_s));
        const Client client(server, trusting("ca.pem"), clock);
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind != base::ErrorKind::Untrusted);
        qInfo("%s: %s", qPrintable(base::toString(client.why().kind)), qPrintable(client.why().detail));
        QCOMPARE(server.heard(), QByteArray());
    }

    void refusesFilesItCannotUse_data()
    {
        QTest::addColumn<QString>("caFile");
        QTest::addColumn<QString>("clientFile");
        QTest::newRow("no such authority") << u"missing"_s << QString();
        QTest::newRow("no authority in it") << u"ca.key"_s << QString();
        QTest::newRow("a folder") << u"."_s << QString();
        QTest::newRow("no such certificate") << QString() << u"missing"_s;
        QTest::newRow("no key in it") << QString() << u"client.crt"_s;
    }
    void refusesFilesItCannotUse()
    {
        QFETCH(QString, caFile);
        QFETCH(QString, clientFile);
        net::TlsSettings tls;
        if (!caFile.isEmpty())
            tls.caFile = certificates->path(caFile);
        if (!clientFile.isEmpty())
            tls.clientCertificateFile = certificates->path(clientFile);
        const tests::TestServer server(certificates->server(u"good"_s));
        const Client client(server, tls, clock);
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Invalid);
        QCOMPARE(server.clients(), 0);
    }

    void speaksNothingOlderThanTls12()
    {
        auto old = certificates->server(u"good"_s);
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        old.setProtocol(QSsl::TlsV1_1);
        QT_WARNING_POP
        const tests::TestServer server(old);
        const Client client(server, trusting("ca.pem"), clock);
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind != base::ErrorKind::Untrusted);
        QVERIFY(client.opened.isEmpty());
    }

    void beginsTlsLater()
    {
        tests::TestServer server;
        Client client(server, trusting("ca.pem"), clock, Security::StartTls);
        QTRY_COMPARE(server.heard(), "secret\r\n");
        QVERIFY(!client.info().encrypted);
        connect(client.channel.get(), &net::FrameChannel::received, this, [&client] {
            client.channel->startTls();
            client.channel->send("inside");
        });
        server.client()->write("go\r\n");
        server.secure(certificates->server(u"good"_s));
        QTRY_COMPARE(client.secured.size(), 1);
        QTRY_COMPARE(server.heard(), "secret\r\ninside\r\n");
        QCOMPARE(client.secured.front().front().value<net::ConnectionInfo>().certificateSha256, digest(u"good"_s));
        QCOMPARE(client.opened.size(), 1);
    }

    void sendsNothingAfterAStartTlsThatFailed()
    {
        tests::TestServer server;
        Client client(server, {}, clock, Security::StartTls);
        QTRY_COMPARE(client.opened.size(), 1);
        connect(client.channel.get(), &net::FrameChannel::received, this, [&client] {
            client.channel->startTls();
            client.channel->send("inside");
        });
        QTRY_COMPARE(server.heard(), "secret\r\n");
        server.client()->write("go\r\n");
        server.secure(certificates->server(u"self"_s));
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Untrusted);
        QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(server.heard(), "secret\r\n");
    }

    // Somebody between us and the server can put lines behind the agreement, which we would take for the server's own inside TLS (CVE-2011-0411).
    void refusesPlainTextBehindTheAgreement()
    {
        tests::TestServer server;
        Client client(server, trusting("ca.pem"), clock, Security::StartTls);
        QStringList received;
        connect(client.channel.get(), &net::FrameChannel::received, this, [&](const QByteArray& line) {
            received << QString::fromLatin1(line);
            client.channel->startTls();
        });
        QTRY_VERIFY(server.client());
        server.client()->write("go\r\n:injected\r\n");
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Protocol);
        QCOMPARE(received, QStringList{u"go"_s});
    }

    void givesUpOnAServerThatDoesNotAnswer()
    {
        const tests::TestServer silent; // it takes the connection and does not speak TLS
        tests::FakeClock time;
        const Client client(silent, trusting("ca.pem"), time);
        QTRY_VERIFY(!silent.heard().isEmpty());
        time.advance(30s - 1ms);
        QVERIFY(client.closed.isEmpty());
        time.advance(1ms);
        QCOMPARE(client.closed.size(), 1);
        QVERIFY(client.why().kind == base::ErrorKind::Timeout);
        QVERIFY(!silent.heard().contains("secret"));
    }

    void toldOfAServerThatSpeaksNoTls()
    {
        tests::TestServer server;
        const Client client(server, trusting("ca.pem"), clock);
        QTRY_VERIFY(!server.heard().isEmpty());
        server.client()->write(":irc.example NOTICE * :*** Looking up your hostname\r\n");
        QTRY_COMPARE(client.closed.size(), 1);
        QVERIFY2(client.why().detail.startsWith("TLS"_L1), qPrintable(client.why().detail));
    }

    void canBeDestroyedWhenTheCertificateFails()
    {
        const tests::TestServer server(certificates->server(u"self"_s));
        Client client(server, {}, clock);
        connect(client.channel.get(), &net::FrameChannel::closed, this, [&client] { client.channel.reset(); });
        QTRY_VERIFY(!client.channel);
        QTRY_COMPARE(server.client()->state(), QAbstractSocket::UnconnectedState);
    }

    void bindsByTheHashOfTheSignature()
    {
        const auto self = certificates->certificate(u"self"_s).toDer();
        QCOMPARE(net::serverEndPoint(self), QCryptographicHash::hash(self, QCryptographicHash::Sha384));
        for (qsizetype length = 0; length < 40; ++length)
            QVERIFY(net::serverEndPoint(self.left(length)).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
