// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scramserver.h"
#include "xmppdialogue.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using xmpp::Element;

namespace {

const QByteArray kSuccess = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
const QByteArray kOffersTls = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
const net::ConnectionInfo kBindable{.encrypted = true, .serverEndPoint = "the hash of a certificate"};

QByteArray failure(const QByteArray& condition) { return "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><" + condition + "/></failure>"; }

} // namespace

class TestXmppSigningIn : public QObject
{
    Q_OBJECT
private slots:
    void signsIn();
    void signsInWhereNothingIsAcknowledged();
    void beginsTlsBeforeAnythingElse();
    void saysNothingToAServerWithoutTls();
    void staysInPlainTextWhenTold();
    void tellsNoPasswordInPlainText();
    void prefersTheStrongest_data();
    void prefersTheStrongest();
    void bindsToTheCertificate();
    void bindsOnlyWhereTheServerSaysToWhat();
    void proofMayComeBeforeSuccess();
    void wantsTheServersProof();
    void takesNoWrongProof();
    void goesOnWhileAKeyIsWorkedOut();
    void takesNothingBeforeItsTurn();
    void stopsWhileAKeyIsWorkedOut();
    void tellsWhyItWasRefused_data();
    void tellsWhyItWasRefused();
    void takesNoAnswerOfAnotherNamespace();
    void takesNoAddressOfSomebodyElse();
    void tellsWhyItHasNoAddress();
    void wantsVersionOne();
    void saysWhenTheServerHangsUp();
    void doesNotWaitForEver();
    void knowsStreamErrors_data();
    void knowsStreamErrors();
};

void TestXmppSigningIn::signsIn()
{
    XmppDialogue xmpp;
    xmpp.start();
    QVERIFY(!xmpp.session->isReady());
    xmpp.signIn();
    xmpp.bind();
    QVERIFY(xmpp.told.isEmpty());
    xmpp.enable();
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
    QVERIFY(xmpp.session->isReady());
    QCOMPARE(xmpp.session->jid().toString(), u"ana@chat.test/desk"_s);
    QVERIFY(xmpp.session->features().has(u"sm", xmpp::ns::kStreamManagement));
    xmpp.server.expectNothing();
}

void TestXmppSigningIn::signsInWhereNothingIsAcknowledged()
{
    XmppDialogue xmpp;
    xmpp.enterPlainly();
    XmppDialogue refusing;
    refusing.start();
    refusing.signIn();
    refusing.bind();
    refusing.server.expect("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
    refusing.server.say("<failed xmlns='urn:xmpp:sm:3'/>");
    QCOMPARE(refusing.told, QByteArrayList({"ready"}));
}

void TestXmppSigningIn::beginsTlsBeforeAnythingElse()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.server.connected({.encrypted = false});
    xmpp.server.expectOpen("chat.test");
    xmpp.sayFeatures(kOffersTls + XmppDialogue::mechanisms({"PLAIN"}));
    xmpp.server.expect("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    xmpp.sayFeatures(XmppDialogue::mechanisms({"PLAIN"})); // unasked
    xmpp.server.expectNothing();
    xmpp.server.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    xmpp.server.secure();
    QVERIFY(xmpp.session->connection().encrypted);
    xmpp.server.expectOpen("chat.test");
    xmpp.sayFeatures(XmppDialogue::mechanisms({"PLAIN"}));
    QCOMPARE(xmpp.server.next().name(), u"auth"_s);
}

void TestXmppSigningIn::saysNothingToAServerWithoutTls()
{
    for (const QByteArray& answer : {QByteArray(), QByteArray("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")}) {
        XmppDialogue xmpp;
        xmpp.start();
        xmpp.server.connected({.encrypted = false});
        xmpp.server.expectOpen("chat.test");
        xmpp.sayFeatures(XmppDialogue::mechanisms({"PLAIN", "SCRAM-SHA-1"}) + (answer.isEmpty() ? QByteArray() : kOffersTls));
        if (!answer.isEmpty()) {
            QCOMPARE(xmpp.server.next().name(), u"starttls"_s);
            xmpp.server.say(answer);
        }
        QCOMPARE(xmpp.told, QByteArrayList({"Unsupported"}));
        xmpp.server.expectClose();
        xmpp.server.expectNothing();
    }
}

void TestXmppSigningIn::staysInPlainTextWhenTold()
{
    XmppDialogue xmpp;
    xmpp.settings.startTls = false; // a server on this machine
    xmpp.start();
    xmpp.server.connected({.encrypted = false});
    xmpp.server.expectOpen("chat.test");
    xmpp.sayFeatures(kOffersTls + XmppDialogue::mechanisms({"PLAIN", "SCRAM-SHA-1"}));
    ScramServer scram(xmpp, "SCRAM-SHA-1");
    QCOMPARE(scram.header(), QByteArray("n,,"));
}

void TestXmppSigningIn::tellsNoPasswordInPlainText()
{
    XmppDialogue xmpp;
    xmpp.settings.startTls = false;
    xmpp.start();
    xmpp.server.connected({.encrypted = false});
    xmpp.server.expectOpen("chat.test");
    xmpp.sayFeatures(XmppDialogue::mechanisms({"PLAIN"}));
    QCOMPARE(xmpp.told, QByteArrayList({"Auth"}));
    xmpp.server.expectNothing();
}

void TestXmppSigningIn::prefersTheStrongest_data()
{
    QTest::addColumn<QByteArrayList>("offered");
    QTest::addColumn<QByteArray>("chosen");
    QTest::addColumn<QByteArray>("header");
    const auto row = [](const QByteArrayList& offered, const QByteArray& chosen, const QByteArray& header) {
        QTest::newRow(offered.join(' ').constData()) << offered << chosen << header;
    };
    row({"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"}, "SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,");
    row({"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS"}, "SCRAM-SHA-1-PLUS", "p=tls-server-end-point,,");
    row({"SCRAM-SHA-512", "SCRAM-SHA-1", "SCRAM-SHA-256"}, "SCRAM-SHA-256", "y,,");
    row({"PLAIN", "SCRAM-SHA-1", "X-OAUTH2"}, "SCRAM-SHA-1", "y,,");
}

void TestXmppSigningIn::prefersTheStrongest()
{
    QFETCH(QByteArrayList, offered);
    QFETCH(QByteArray, chosen);
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.server.connected(kBindable);
    xmpp.server.expectOpen("chat.test");
    xmpp.sayFeatures(XmppDialogue::mechanisms(offered)
        + "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'><channel-binding type='tls-server-end-point'/></sasl-channel-binding>");
    ScramServer scram(xmpp, chosen);
    QTEST(scram.header(), "header");
    scram.challenge();
    const QByteArray proof = scram.proof();
    QCOMPARE(scram.bound(), scram.header() + (chosen.endsWith("PLUS") ? kBindable.serverEndPoint : QByteArray()));
    xmpp.server.say(sasl("success", proof));
    xmpp.server.expectOpen("chat.test");
}

void TestXmppSigningIn::bindsToTheCertificate()
{
    const auto header = [](const QByteArray& kinds, const net::ConnectionInfo& info, const QByteArray& chosen) {
        XmppDialogue xmpp;
        xmpp.start();
        xmpp.server.connected(info);
        xmpp.server.expectOpen("chat.test");
        xmpp.sayFeatures(XmppDialogue::mechanisms({"SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"}) + "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>" + kinds
            + "</sasl-channel-binding>");
        return ScramServer(xmpp, chosen).header();
    };
    QCOMPARE(header("<channel-binding type='tls-exporter'/><channel-binding type='tls-server-end-point'/>", kBindable, "SCRAM-SHA-1-PLUS"),
        QByteArray("p=tls-server-end-point,,"));
    // What the server binds to Qt cannot make; that it offers something is seen all the same.
    QCOMPARE(header("<channel-binding type='tls-exporter'/>", kBindable, "SCRAM-SHA-1"), QByteArray("n,,"));
    QCOMPARE(header("<channel-binding type='tls-server-end-point'/>", {.encrypted = true}, "SCRAM-SHA-1"), QByteArray("n,,"));
}

void TestXmppSigningIn::bindsOnlyWhereTheServerSaysToWhat()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.server.connected(kBindable);
    xmpp.server.expectOpen("chat.test");
    xmpp.sayFeatures(XmppDialogue::mechanisms({"SCRAM-SHA-1", "SCRAM-SHA-1-PLUS"})); // as ejabberd 23
    QCOMPARE(ScramServer(xmpp, "SCRAM-SHA-1").header(), QByteArray("n,,"));
}

void TestXmppSigningIn::proofMayComeBeforeSuccess()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.introduce(XmppDialogue::mechanisms({"SCRAM-SHA-256"}));
    ScramServer scram(xmpp, "SCRAM-SHA-256");
    scram.challenge();
    xmpp.server.say(sasl("challenge", scram.proof()));
    xmpp.server.expect("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    xmpp.server.say(kSuccess);
    xmpp.server.expectOpen("chat.test");
}

void TestXmppSigningIn::wantsTheServersProof()
{
    // At once, and after our proof.
    for (const bool isAsked : {false, true}) {
        XmppDialogue xmpp;
        xmpp.start();
        xmpp.introduce(XmppDialogue::mechanisms({"SCRAM-SHA-256"}));
        ScramServer scram(xmpp, "SCRAM-SHA-256");
        if (isAsked) {
            scram.challenge();
            (void)scram.proof();
        }
        xmpp.server.say(kSuccess);
        QCOMPARE(xmpp.told, QByteArrayList({"Auth"}));
        xmpp.server.expectClose();
    }
}

void TestXmppSigningIn::takesNoWrongProof()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.introduce(XmppDialogue::mechanisms({"SCRAM-SHA-256"}));
    ScramServer scram(xmpp, "SCRAM-SHA-256");
    scram.challenge();
    (void)scram.proof();
    xmpp.server.say(sasl("success", "v=" + QByteArray(32, 'x').toBase64()));
    QCOMPARE(xmpp.told, QByteArrayList({"Auth"}));
}

void TestXmppSigningIn::goesOnWhileAKeyIsWorkedOut()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.introduce(XmppDialogue::mechanisms({"SCRAM-SHA-256"}));
    ScramServer scram(xmpp, "SCRAM-SHA-256");
    scram.challenge("100000");
    // The event loop has not run since: had the key been worked out at once, the answer were here.
    xmpp.server.say(kSuccess);
    QCOMPARE(xmpp.told, QByteArrayList({"Auth"}));
    xmpp.server.expectNothing();
}

void TestXmppSigningIn::takesNothingBeforeItsTurn()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.introduce(XmppDialogue::mechanisms({"SCRAM-SHA-256"}));
    ScramServer scram(xmpp, "SCRAM-SHA-256");
    scram.challenge("100000");
    scram.challenge("100000");
    QCOMPARE(xmpp.told, QByteArrayList({"Protocol"}));
    xmpp.server.expect("<abort xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
}

void TestXmppSigningIn::stopsWhileAKeyIsWorkedOut()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.introduce(XmppDialogue::mechanisms({"SCRAM-SHA-256"}));
    ScramServer scram(xmpp, "SCRAM-SHA-256");
    scram.challenge("100000");
    xmpp.session.reset();
    xmpp.server.expectNothing();
}

void TestXmppSigningIn::tellsWhyItWasRefused_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("kind");
    const auto row = [](const QByteArray& answer, const QByteArray& kind) { QTest::newRow(answer.constData()) << answer << kind; };
    row(failure("not-authorized"), "Auth");
    row(failure("account-disabled"), "Auth");
    row(failure("temporary-auth-failure"), "Offline");
    row(failure("invalid-mechanism"), "Auth"); // there is no other
    row("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", "Auth");
    row("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>!</challenge>", "Protocol");
    row("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>YQ==</challenge>", "Auth"); // PLAIN has none
}

void TestXmppSigningIn::tellsWhyItWasRefused()
{
    QFETCH(QByteArray, answer);
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.introduce(XmppDialogue::mechanisms({"PLAIN"}));
    QCOMPARE(xmpp.server.next().name(), u"auth"_s);
    xmpp.server.say(answer);
    QCOMPARE(xmpp.told.size(), 1);
    QTEST(xmpp.told.first(), "kind");
    xmpp.server.expectClose();
}

void TestXmppSigningIn::takesNoAnswerOfAnotherNamespace()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.server.connected({.encrypted = false});
    xmpp.server.expectOpen("chat.test");
    xmpp.server.say("<features>" + kOffersTls + "</features>"); // of jabber:client
    xmpp.server.expectNothing();
    xmpp.sayFeatures(kOffersTls);
    QCOMPARE(xmpp.server.next().name(), u"starttls"_s);
    xmpp.server.say("<proceed/>");
    xmpp.server.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    QVERIFY(!xmpp.session->connection().encrypted);
    xmpp.server.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    xmpp.server.secure();
    xmpp.server.expectOpen("chat.test");
    xmpp.sayFeatures("<mechanisms><mechanism>PLAIN</mechanism></mechanisms>" + XmppDialogue::mechanisms({"SCRAM-SHA-1"}));
    (void)ScramServer(xmpp, "SCRAM-SHA-1");
    xmpp.server.say("<success/>");
    xmpp.server.say("<enabled xmlns='urn:xmpp:sm:3' id='x' resume='true'/>");
    xmpp.server.say("<resumed xmlns='urn:xmpp:sm:3' previd='' h='0'/>");
    xmpp.server.say("<message/>"); // nobody is signed in
    xmpp.server.expectNothing();
    QVERIFY(xmpp.told.isEmpty());
    QVERIFY(xmpp.received.empty());
}

void TestXmppSigningIn::takesNoAddressOfSomebodyElse()
{
    for (const QByteArray jid : {"eve@evil.test/desk", "ana@chat.test", "", "@"}) {
        XmppDialogue xmpp;
        xmpp.start();
        xmpp.signIn();
        const QByteArray id = xmpp.server.next().attribute(u"id").toUtf8();
        xmpp.server.say("<iq type='result' id='" + id + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>" + jid + "</jid></bind></iq>");
        QCOMPARE(xmpp.told, QByteArrayList({"Protocol"}));
    }
}

void TestXmppSigningIn::tellsWhyItHasNoAddress()
{
    XmppDialogue xmpp;
    xmpp.start();
    xmpp.signIn();
    const QByteArray id = xmpp.server.next().attribute(u"id").toUtf8();
    xmpp.server.say(
        "<iq type='error' id='" + id + "'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    QCOMPARE(xmpp.told, QByteArrayList({"RateLimited"}));
    QVERIFY(xmpp.error.retryAfterMs > 0);
}

void TestXmppSigningIn::wantsVersionOne()
{
    for (const QByteArray header : {"id='1'", "id='1' version='0.9'", "version='2.0'"}) {
        XmppDialogue xmpp;
        xmpp.start();
        xmpp.server.connected();
        xmpp.server.expect("<open to='chat.test'/>");
        xmpp.server.open(header);
        QCOMPARE(xmpp.told, QByteArrayList({"Unsupported"}));
    }
}

void TestXmppSigningIn::saysWhenTheServerHangsUp()
{
    // At every step, each of which goes one further.
    for (int steps = 0; steps <= 8; ++steps) {
        XmppDialogue xmpp;
        xmpp.start();
        int left = steps;
        const auto isStep = [&left] { return left-- > 0; };
        if (isStep())
            xmpp.server.connected({.encrypted = false});
        if (isStep())
            xmpp.server.expectOpen("chat.test");
        if (isStep())
            xmpp.sayFeatures(kOffersTls);
        if (isStep()) {
            xmpp.server.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            xmpp.server.secure();
            xmpp.server.skip();
        }
        if (isStep())
            xmpp.sayFeatures(XmppDialogue::mechanisms({"PLAIN"}));
        if (isStep()) {
            xmpp.server.say(kSuccess);
            xmpp.server.skip();
        }
        if (isStep())
            xmpp.sayFeatures(XmppDialogue::kFeatures);
        if (isStep())
            xmpp.bind();
        xmpp.server.hangUp();
        QCOMPARE(xmpp.told, QByteArrayList({"Offline"}));
        QVERIFY(xmpp.session->takeStream().id().isEmpty());
        xmpp.clock.advance(5min);
        QCOMPARE(xmpp.told.size(), 1);
    }
}

void TestXmppSigningIn::doesNotWaitForEver()
{
    for (const bool stands : {false, true}) {
        XmppDialogue xmpp;
        xmpp.start();
        if (stands)
            xmpp.introduce(XmppDialogue::mechanisms({"PLAIN"}));
        for (int i = 0; i < 58; ++i) {
            xmpp.clock.advance(1s);
            xmpp.server.mumble(); // it is there, and lets nobody in
        }
        QVERIFY(xmpp.told.isEmpty());
        xmpp.clock.advance(3s);
        QCOMPARE(xmpp.told, QByteArrayList({"Timeout"}));
    }
}

void TestXmppSigningIn::knowsStreamErrors_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("kind");
    const auto row = [](const char* condition, const char* kind) { QTest::newRow(condition) << QByteArray(condition) << QByteArray(kind); };
    row("host-unknown", "Invalid");
    row("conflict", "Denied");
    row("not-authorized", "Auth");
    row("policy-violation", "RateLimited");
    row("system-shutdown", "Offline");
    row("unsupported-version", "Unsupported");
    row("not-well-formed", "Protocol");
    row("something-new", "Offline");
}

void TestXmppSigningIn::knowsStreamErrors()
{
    QFETCH(QByteArray, condition);
    for (const bool isIn : {false, true}) {
        XmppDialogue xmpp;
        if (isIn) {
            xmpp.enter();
        } else {
            xmpp.start();
            xmpp.server.connected();
        }
        xmpp.told.clear();
        xmpp.server.say("<stream:error><" + condition
            + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>because</text></stream:error>");
        QCOMPARE(xmpp.told.size(), 1);
        QTEST(xmpp.told.first(), "kind");
        QCOMPARE(xmpp.error.detail, QString::fromLatin1(condition) + u": because"_s);
    }
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppSigningIn)
#include "tst_xmppsigningin.moc"
