// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ircdialogue.h"

#include "account/reconnection.h"
#include "irc/session.h"

#include <QThreadPool>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using chat::ConnectionState;

class TestSigningIn : public QObject
{
    Q_OBJECT
private slots:
    void signsInWhereNothingBeyondTheRfcIsKnown();
    void asksForWhatItKnowsOfALongOffer();
    void asksOneByOneAfterARefusal();
    void usesAnotherNickWhileItsOwnIsHeld();
    void givesUpOnANickThatNoServerTakes();
    void signsInWithPlainOverTls();
    void tellsAWrongPassword();
    void tellsNoPasswordToAServerWithoutSasl();
    void tellsNoPasswordOverAPlainConnection();
    void prefersScramAndChecksTheServersProof();
    void goesOnWhileAKeyIsWorkedOut();
    void refusesASecondChallengeMeanwhile();
    void refusesAnIterationCountThatWouldTakeForever();
    void stopsWhileAKeyIsWorkedOut();
    void signsInWithACertificate();
    void sendsTheServersPassword();
    void goesOnAfterTheServerAddsCapabilities();
    void movesToTlsWhenTheServerWantsIt();
    void stopsAtACertificateThatFails();
    void triesAgainWhenNobodyAnswers();
    void triesAtOnceWhenTheNetworkIsBack();
    void noticesASilentDeath();
    void looksAtOnceAfterSleep();
    void answersPings();
    void saysWhyTheServerHungUp();
    void staysWhenBannedUntilSomebodyLooks();

private:
    static QByteArray plain(const QByteArray& user, const QByteArray& password)
    {
        return (QByteArray("\0", 1) + user + QByteArray("\0", 1) + password).toBase64();
    }
    /// Up to where the client says something by the mechanism that it chose of those that are offered.
    static void beginSasl(IrcDialogue& irc, const QByteArray& offered, const QByteArray& chosen)
    {
        irc.start();
        irc.introduce();
        irc.offer(offered, "sasl");
        irc.server.expect("AUTHENTICATE " + chosen);
        irc.server.say("AUTHENTICATE +");
    }
    /// Up to SCRAM's challenge with that count.
    static void challenge(IrcDialogue& irc, const QByteArray& iterations)
    {
        irc.credentials.secrets[u"password"_s] = u"s3cret"_s;
        beginSasl(irc, "sasl=SCRAM-SHA-256", "SCRAM-SHA-256");
        const QByteArray first = QByteArray::fromBase64(irc.server.expectPrefix("AUTHENTICATE "));
        const QByteArray nonce = first.mid(first.indexOf(",r=") + 3);
        irc.server.say("AUTHENTICATE " + ("r=" + nonce + "server,s=" + QByteArray("salt").toBase64() + ",i=" + iterations).toBase64());
    }
};

void TestSigningIn::signsInWhereNothingBeyondTheRfcIsKnown()
{
    IrcDialogue irc;
    irc.start();
    QVERIFY(irc.backend->status().state == ConnectionState::Connecting);
    irc.greet({});
    QTRY_VERIFY(irc.isConnected());
    QCOMPARE(irc.backend->self().name, u"ana"_s);
    QVERIFY(!irc.backend->facets().reactions);
    QVERIFY(!irc.backend->facets().history);
    irc.server.expectNothing();
}

void TestSigningIn::asksForWhatItKnowsOfALongOffer()
{
    IrcDialogue irc;
    irc.start();
    irc.introduce();
    irc.server.say(":irc.test CAP * LS * :message-tags batch vendor.example/odd sts=duration=10");
    irc.server.expectNothing(); // the list goes on
    irc.offer("server-time sasl=PLAIN", "message-tags batch server-time sasl");
    irc.server.expect("CAP END");
}

void TestSigningIn::asksOneByOneAfterARefusal()
{
    IrcDialogue irc;
    irc.start();
    irc.introduce();
    irc.server.say(":irc.test CAP * LS :message-tags batch");
    irc.server.expect("CAP REQ :message-tags batch");
    irc.server.say(":irc.test CAP * NAK :message-tags batch");
    irc.server.expect("CAP REQ :message-tags");
    irc.server.expect("CAP REQ :batch");
    irc.server.say(":irc.test CAP * NAK :message-tags");
    irc.server.expectNothing();
    irc.server.say(":irc.test CAP * ACK :batch");
    irc.server.expect("CAP END");
    irc.welcome();
    QTRY_VERIFY(irc.isConnected());
}

void TestSigningIn::usesAnotherNickWhileItsOwnIsHeld()
{
    IrcDialogue irc;
    irc.start();
    irc.introduce();
    irc.server.say(":irc.test 433 * ana :Nickname is already in use");
    irc.server.expect("NICK ana_");
    irc.server.say(":irc.test 421 * CAP :Unknown command");
    irc.welcome("ana_");
    QTRY_VERIFY(irc.isConnected());
    QCOMPARE(irc.backend->self().name, u"ana_"_s);
    irc.server.expect("NICK ana"); // asked for again at once, then every half a minute
    irc.server.say(":irc.test 433 ana_ ana :Nickname is already in use");
    for (int i = 0; i < 4; ++i) {
        irc.clock.advance(10s);
        irc.server.say("PING :still here");
    }
    const auto isAsked = [&irc] { // among the answers to what the server says
        for (int i = 0; i < 10; ++i)
            if (irc.server.next() == "NICK ana")
                return true;
        return false;
    };
    QVERIFY(isAsked());
    irc.server.say(":ana!ana@host QUIT :Ping timeout");
    QVERIFY(isAsked()); // its holder is seen to go
    irc.server.say(":ana_!ana@host NICK :ana");
    QTRY_COMPARE(irc.backend->self().name, u"ana"_s);
}

void TestSigningIn::givesUpOnANickThatNoServerTakes()
{
    IrcDialogue irc;
    irc.start();
    irc.server.open();
    irc.server.say(":irc.test 432 * ana :Erroneous nickname");
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
    QVERIFY(irc.backend->status().error.kind == ErrorKind::Invalid);
    irc.clock.advance(10min);
    QCOMPARE(irc.server.connections(), 1);
}

void TestSigningIn::signsInWithPlainOverTls()
{
    IrcDialogue irc;
    irc.credentials.secrets[u"password"_s] = u"s3cret"_s;
    beginSasl(irc, "sasl=PLAIN,EXTERNAL", "PLAIN");
    irc.server.expect("AUTHENTICATE " + plain("ana", "s3cret"));
    irc.server.say(":irc.test 900 * ana!ana@host ana :You are now logged in");
    irc.server.say(":irc.test 903 * :SASL authentication successful");
    irc.server.expect("CAP END");
    irc.welcome();
    QTRY_VERIFY(irc.isConnected());
}

void TestSigningIn::tellsAWrongPassword()
{
    IrcDialogue irc;
    irc.credentials.secrets[u"password"_s] = u"wrong"_s;
    irc.start();
    irc.server.open();
    irc.server.say(":irc.test CAP * LS :sasl=PLAIN");
    irc.server.say(":irc.test CAP * ACK :sasl");
    irc.server.say("AUTHENTICATE +");
    irc.server.say(":irc.test 904 * :SASL authentication failed");
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
    QVERIFY(irc.backend->status().error.kind == ErrorKind::Auth);
    QCOMPARE(irc.backend->status().error.detail, u"SASL authentication failed"_s);
    irc.clock.advance(1h);
    QCOMPARE(irc.server.connections(), 1); // the same password again would lock the account
}

void TestSigningIn::tellsNoPasswordToAServerWithoutSasl()
{
    IrcDialogue irc;
    irc.credentials.secrets[u"password"_s] = u"s3cret"_s;
    irc.start();
    irc.introduce();
    irc.server.say(":irc.test CAP * LS :multi-prefix");
    irc.server.say(":irc.test CAP * ACK :multi-prefix");
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
    QVERIFY(irc.backend->status().error.kind == ErrorKind::Auth);
}

void TestSigningIn::tellsNoPasswordOverAPlainConnection()
{
    IrcDialogue irc;
    irc.credentials.secrets[u"password"_s] = u"s3cret"_s;
    irc.start();
    irc.server.open({});
    irc.server.expect("CAP LS 302");
    irc.server.skip();
    irc.offer("sasl=PLAIN", "sasl");
    QTRY_VERIFY(irc.backend->status().error.kind == ErrorKind::Auth);
    irc.server.expectNothing();
}

void TestSigningIn::prefersScramAndChecksTheServersProof()
{
    IrcDialogue irc;
    irc.credentials.secrets[u"password"_s] = u"s3cret"_s;
    beginSasl(irc, "sasl=PLAIN,SCRAM-SHA-256", "SCRAM-SHA-256");
    const QByteArray first = QByteArray::fromBase64(irc.server.expectPrefix("AUTHENTICATE "));
    QVERIFY(first.startsWith("n,,n=ana,r="));
    irc.server.say(":irc.test 903 * :fine"); // a server that does not know the password says so all the same
    QTRY_VERIFY(irc.backend->status().error.kind == ErrorKind::Auth);
}

void TestSigningIn::goesOnWhileAKeyIsWorkedOut()
{
    IrcDialogue irc;
    challenge(irc, "100000");
    irc.server.say("PING :still here"); // before the event loop runs again: had the key been worked out at once, its proof would be first
    irc.server.expect("PONG :still here");
    const QByteArray proof = QByteArray::fromBase64(irc.server.expectPrefix("AUTHENTICATE "));
    QVERIFY(proof.startsWith("c=biws,r=") && proof.contains(",p="));
}

void TestSigningIn::refusesASecondChallengeMeanwhile()
{
    IrcDialogue irc;
    challenge(irc, "100000");
    for (int i = 0; i < 1000; ++i)
        irc.server.say("AUTHENTICATE cj1hLHM9YSxpPTEwMDAwMDA=");
    QTRY_VERIFY(irc.backend->status().error.kind == ErrorKind::Protocol);
    irc.server.expectClose();
}

void TestSigningIn::refusesAnIterationCountThatWouldTakeForever()
{
    IrcDialogue irc;
    challenge(irc, "1000001");
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
    QVERIFY(irc.backend->status().error.kind == ErrorKind::Auth);
    QVERIFY2(irc.backend->status().error.detail.contains(u"1000000"_s), qPrintable(irc.backend->status().error.detail));
    irc.server.expect("AUTHENTICATE *");
}

void TestSigningIn::stopsWhileAKeyIsWorkedOut()
{
    IrcDialogue irc;
    challenge(irc, "200000");
    irc.backend->stop();
    QVERIFY(irc.backend->status().state == ConnectionState::Disconnected);
    irc.backend.reset();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents(); // the answer comes, and nobody is there
}

void TestSigningIn::signsInWithACertificate()
{
    IrcDialogue irc({{u"clientCertificate"_s, u"/tmp/ana.pem"_s}});
    beginSasl(irc, "sasl=PLAIN,EXTERNAL", "EXTERNAL");
    irc.server.expectPrefix("AUTHENTICATE ");
    irc.server.say(":irc.test 903 * :fine");
    irc.server.expect("CAP END");
}

void TestSigningIn::sendsTheServersPassword()
{
    IrcDialogue irc;
    irc.credentials.secrets[u"serverPassword"_s] = u"open sesame"_s;
    irc.start();
    irc.server.open();
    irc.server.expect("CAP LS 302");
    irc.server.expect("PASS :open sesame");
    irc.server.say(":irc.test 464 * :Password incorrect");
    QTRY_VERIFY(irc.backend->status().error.kind == ErrorKind::Auth);
}

void TestSigningIn::goesOnAfterTheServerAddsCapabilities()
{
    IrcDialogue irc;
    irc.start();
    irc.greet("cap-notify message-tags");
    QTRY_VERIFY(irc.isConnected());
    QVERIFY(irc.backend->facets().reactions);
    irc.server.say(":irc.test CAP ana NEW :draft/chathistory batch");
    irc.server.expect("CAP REQ :batch draft/chathistory");
    irc.server.say(":irc.test CAP ana ACK :batch draft/chathistory");
    QVERIFY(irc.backend->facets().history);
    irc.server.say(":irc.test CAP ana DEL :draft/chathistory");
    QVERIFY(!irc.backend->facets().history);
}

void TestSigningIn::movesToTlsWhenTheServerWantsIt()
{
    IrcDialogue irc({{u"tls"_s, false}});
    irc.start();
    QVERIFY(irc.server.endpoint().security == net::Endpoint::Security::Plain);
    irc.server.open({});
    irc.server.say(":irc.test CAP * LS :sts=port=6698");
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Waiting);
    irc.clock.advance(1s);
    QTRY_COMPARE(irc.server.connections(), 2);
    QVERIFY(irc.server.endpoint().security == net::Endpoint::Security::Tls);
    QCOMPARE(irc.server.endpoint().port, quint16(6698));
    irc.server.open();
    irc.server.say(":irc.test CAP * LS :sts=port=6698,duration=86400");
    irc.welcome();
    // Remembered: the next start goes there at once.
    QTRY_VERIFY(!irc.cursor.isEmpty());
    irc.backend->start(irc.cursor);
    QTRY_COMPARE(irc.server.connections(), 3);
    QVERIFY(irc.server.endpoint().security == net::Endpoint::Security::Tls);
    irc.clock.advance(25h);
}

void TestSigningIn::stopsAtACertificateThatFails()
{
    IrcDialogue irc;
    irc.start();
    base::CertificateProblem problem;
    problem.host = u"irc.test"_s;
    problem.reasons = {u"self-signed"_s};
    irc.server.distrust(problem);
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
    QVERIFY(irc.backend->status().error.kind == ErrorKind::Untrusted);
    QVERIFY(irc.backend->status().certificate == std::optional(problem));
}

void TestSigningIn::triesAgainWhenNobodyAnswers()
{
    IrcDialogue irc;
    irc.start();
    QList<qint64> pauses;
    for (int i = 0; i < 12; ++i) {
        QTRY_COMPARE(irc.server.connections(), i + 1);
        irc.server.fail({ErrorKind::Offline, u"connection refused"_s, 0});
        QTRY_VERIFY(irc.backend->status().state == ConnectionState::Waiting);
        QCOMPARE(irc.backend->status().error.detail, u"connection refused"_s);
        pauses.append(irc.backend->status().retryAtMs - irc.clock.nowMs());
        irc.clock.advance(std::chrono::milliseconds(pauses.last()));
    }
    QVERIFY(pauses.first() <= account::Reconnection::kFirstPause.count());
    QVERIFY(pauses.last() >= account::Reconnection::kLongestPause.count() / 2);
    QVERIFY(*std::max_element(pauses.begin(), pauses.end()) <= account::Reconnection::kLongestPause.count());
}

void TestSigningIn::triesAtOnceWhenTheNetworkIsBack()
{
    IrcDialogue irc;
    irc.start();
    for (int i = 0; i < 8; ++i) {
        irc.server.fail({ErrorKind::Offline, {}, 0});
        QTRY_VERIFY(irc.backend->status().state == ConnectionState::Waiting);
        irc.clock.advance(1min);
        QTRY_COMPARE(irc.server.connections(), i + 2);
    }
    irc.server.fail({ErrorKind::Offline, {}, 0});
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Waiting);
    emit irc.network.watch.restored();
    QTRY_COMPARE(irc.server.connections(), 10);
}

void TestSigningIn::noticesASilentDeath()
{
    IrcDialogue irc;
    irc.start();
    irc.greet({});
    QTRY_VERIFY(irc.isConnected());
    QList<chat::ConnectionStatus> told;
    connect(irc.backend.get(), &chat::Backend::statusChanged, irc.backend.get(), [&](const auto& status) { told.append(status); });
    constexpr auto kGoal = 35s; // goals.md, Reliability
    irc.clock.advance(kGoal);
    QVERIFY(!told.isEmpty() && told.first().state == ConnectionState::Waiting);
    QVERIFY(told.first().error.kind == ErrorKind::Timeout);
}

void TestSigningIn::looksAtOnceAfterSleep()
{
    IrcDialogue irc;
    irc.start();
    irc.greet({});
    QTRY_VERIFY(irc.isConnected());
    emit irc.network.watch.woke();
    const QByteArray token = irc.server.expectPrefix("PING :");
    irc.server.say(":irc.test PONG irc.test :" + token);
    irc.clock.advance(8s);
    QVERIFY(irc.isConnected());
    QSignalSpy told(irc.backend.get(), &chat::Backend::statusChanged);
    emit irc.network.watch.woke();
    irc.clock.advance(8s);
    QVERIFY(!told.isEmpty() && told.first().first().value<chat::ConnectionStatus>().error.kind == ErrorKind::Timeout);
}

void TestSigningIn::answersPings()
{
    IrcDialogue irc;
    irc.start();
    irc.introduce();
    irc.server.say("PING :cookie before the welcome");
    irc.server.expect("PONG :cookie before the welcome");
}

void TestSigningIn::saysWhyTheServerHungUp()
{
    IrcDialogue irc;
    irc.start();
    irc.greet({});
    QTRY_VERIFY(irc.isConnected());
    irc.server.say("ERROR :Closing link: (ana@host) [RecvQ exceeded]");
    irc.server.hangUp();
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Waiting);
    QCOMPARE(irc.backend->status().error.detail, u"Closing link: (ana@host) [RecvQ exceeded]"_s);
}

void TestSigningIn::staysWhenBannedUntilSomebodyLooks()
{
    IrcDialogue irc;
    irc.start();
    irc.server.open();
    irc.server.say(":irc.test 465 ana :You are banned from this server");
    QTRY_VERIFY(irc.backend->status().state == ConnectionState::Failed);
    QVERIFY(irc.backend->status().error.kind == ErrorKind::Denied);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestSigningIn)
#include "tst_signingin.moc"
