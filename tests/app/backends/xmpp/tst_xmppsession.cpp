// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmppdialogue.h"

#include "xmpp/conditions.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using xmpp::Answer;
using xmpp::Element;

namespace {

Element query(const QString& to = {})
{
    Element iq = Element(u"iq", xmpp::ns::kClient).with(u"type", u"get"_s).with(Element(u"query", u"urn:x"));
    if (!to.isEmpty())
        iq.setAttribute(u"to", to);
    return iq;
}

/// Asks, and gives the id that the request has.
QByteArray ask(XmppDialogue& xmpp, const QString& to, std::vector<Answer>& answers)
{
    xmpp.server.skip();
    xmpp.session->request(query(to), [&answers](const Answer& answer) { answers.push_back(answer); });
    return xmpp.server.next().attribute(u"id").toUtf8();
}

QByteArray result(const QByteArray& id, const QByteArray& from)
{
    return "<iq type='result' id='" + id + "'" + (from.isEmpty() ? QByteArray() : " from='" + from + "'") + "><query xmlns='urn:x'/></iq>";
}

} // namespace

class TestXmppSession : public QObject
{
    Q_OBJECT
private slots:
    void answersRequestsOnce();
    void tellsErrorsOfAnswers();
    void believesOnlyWhoWasAsked_data();
    void believesOnlyWhoWasAsked();
    void makesIdsThatNobodyGuesses();
    void doesNotWaitForAnAnswerForEver();
    void tellsWhenTheConnectionIsGone();
    void refusesWhatIsNoRequest();
    void asksFromWithinAnAnswer();
    void answersPings();
    void refusesWhatNobodyServes();
    void servesByNamespace();
    void givesMessagesAndPresence();
    void refusesWhatCannotBeSent();
    void tellsWhetherSomebodyLooksWhereTheServerWantsToKnow();
    void asksWhenItIsQuiet();
    void noticesASilentDeath();
    void noticesASilentDeathWithoutStreamManagement();
    void livesWhileAnythingComes();
    void looksAtOnceWhenTold();
    void quits();
    void mayQuitWhereverItIsTold();
};

void TestXmppSession::answersRequestsOnce()
{
    XmppDialogue xmpp;
    xmpp.enter();
    std::vector<Answer> answers;
    const QByteArray first = ask(xmpp, u"bob@chat.test/desk"_s, answers), second = ask(xmpp, u"bob@chat.test/desk"_s, answers);
    QVERIFY(first != second);
    xmpp.server.say(result(second, "bob@chat.test/desk"));
    QCOMPARE(answers.size(), 1u);
    QVERIFY(answers[0].isResult());
    QCOMPARE(answers[0].stanza.attribute(u"id").toUtf8(), second);
    QVERIFY(answers[0].stanza.has(u"query", u"urn:x"));
    xmpp.server.say(result(second, "bob@chat.test/desk"));
    QCOMPARE(answers.size(), 1u);
    xmpp.server.say(result(first, "BOB@chat.test/desk"));
    QCOMPARE(answers.size(), 2u);
    QVERIFY(xmpp.received.empty());
}

void TestXmppSession::tellsErrorsOfAnswers()
{
    XmppDialogue xmpp;
    xmpp.enter();
    std::vector<Answer> answers;
    const QByteArray id = ask(xmpp, u"room@muc.test"_s, answers);
    xmpp.server.say("<iq type='error' id='" + id
        + "' from='room@muc.test'><query xmlns='urn:x'/><error type='cancel'><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>none</text>"
          "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    QCOMPARE(answers.size(), 1u);
    QVERIFY(!answers[0].isResult());
    QVERIFY(answers[0].error->kind == ErrorKind::NotFound);
    QCOMPARE(answers[0].error->detail, u"item-not-found: none"_s);
    QCOMPARE(xmpp::stanzaCondition(answers[0].stanza), u"item-not-found"_s);
    const QByteArray bare = ask(xmpp, u"room@muc.test"_s, answers);
    xmpp.server.say("<iq type='error' id='" + bare + "' from='room@muc.test'/>");
    QVERIFY(answers[1].error->kind == ErrorKind::Protocol);
}

void TestXmppSession::believesOnlyWhoWasAsked_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QByteArrayList>("believed");
    QTest::addColumn<QByteArrayList>("forged");
    const QByteArrayList own{"", "ana@chat.test", "chat.test", "ana@chat.test/desk"};
    const QByteArrayList others{"eve@evil.test", "evil.test", "bob@chat.test", "ana@chat.test/phone", "chat.test/x", "@"};
    QTest::newRow("our account") << QString() << own << others;
    QTest::newRow("our account by name") << u"ana@chat.test"_s << own << others;
    QTest::newRow("our server") << u"chat.test"_s << own << others;
    QTest::newRow("somebody") << u"bob@chat.test/desk"_s << QByteArrayList{"bob@chat.test/desk"}
                              << QByteArrayList{"", "bob@chat.test", "bob@chat.test/phone", "chat.test", "ana@chat.test", "ana@chat.test/desk"};
    QTest::newRow("a component") << u"muc.chat.test"_s << QByteArrayList{"muc.chat.test"} << (QByteArrayList{"ops@muc.chat.test"} + own);
}

void TestXmppSession::believesOnlyWhoWasAsked()
{
    QFETCH(QString, asked);
    QFETCH(QByteArrayList, believed);
    QFETCH(QByteArrayList, forged);
    for (const QByteArray& from : believed) {
        XmppDialogue xmpp;
        xmpp.enter();
        std::vector<Answer> answers;
        const QByteArray id = ask(xmpp, asked, answers);
        for (const QByteArray& other : forged)
            xmpp.server.say(result(id, other));
        QVERIFY(answers.empty());
        xmpp.server.say(result(id, from));
        QCOMPARE(answers.size(), 1u);
        QCOMPARE(answers[0].stanza.attribute(u"from").toUtf8(), from);
    }
}

void TestXmppSession::makesIdsThatNobodyGuesses()
{
    XmppDialogue xmpp;
    xmpp.enter();
    std::vector<Answer> answers;
    QVERIFY(ask(xmpp, {}, answers).size() > 22);
}

void TestXmppSession::doesNotWaitForAnAnswerForEver()
{
    XmppDialogue xmpp;
    xmpp.enter();
    std::vector<Answer> answers;
    const QByteArray id = ask(xmpp, u"bob@chat.test"_s, answers);
    for (int i = 0; i < 58; ++i) {
        xmpp.clock.advance(1s);
        xmpp.server.mumble();
    }
    QVERIFY(answers.empty());
    xmpp.clock.advance(2s);
    QCOMPARE(answers.size(), 1u);
    QVERIFY(answers[0].error->kind == ErrorKind::Timeout);
    xmpp.server.say(result(id, "bob@chat.test")); // too late
    QCOMPARE(answers.size(), 1u);
}

void TestXmppSession::tellsWhenTheConnectionIsGone()
{
    XmppDialogue xmpp;
    xmpp.enter();
    std::vector<Answer> answers;
    bool wasEnded = false;
    connect(xmpp.session.get(), &xmpp::Session::ended, this, [&] { wasEnded = answers.size() == 1; });
    (void)ask(xmpp, {}, answers);
    xmpp.server.hangUp();
    QVERIFY(wasEnded); // the answer came first
    QVERIFY(answers[0].error->kind == ErrorKind::Offline);
    QVERIFY(answers[0].stanza.isNull());
    xmpp.session->request(query(), [&answers](const Answer& answer) { answers.push_back(answer); });
    QCOMPARE(answers.size(), 1u);
    QTRY_COMPARE(answers.size(), 2u);
    QVERIFY(answers[1].error->kind == ErrorKind::Offline);
}

void TestXmppSession::refusesWhatIsNoRequest()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.skip();
    std::vector<Answer> answers;
    const auto request = [&](const Element& iq) { xmpp.session->request(iq, [&answers](const Answer& answer) { answers.push_back(answer); }); };
    request(query(u"@"_s));
    request(Element(u"iq", xmpp::ns::kClient).with(u"type", u"result"_s));
    request(Element(u"message", xmpp::ns::kClient).with(u"type", u"get"_s));
    request(query().with(Element(u"big", u"urn:x").withText(QString(xmpp::kMaxStanzaBytes, u'x'))));
    QVERIFY(answers.empty()); // not before the caller has returned
    QTRY_COMPARE(answers.size(), 4u);
    for (const Answer& answer : answers)
        QVERIFY(answer.error->kind == ErrorKind::Invalid);
    xmpp.server.expectNothing();
}

void TestXmppSession::asksFromWithinAnAnswer()
{
    XmppDialogue xmpp;
    xmpp.enter();
    std::vector<Answer> answers;
    xmpp.session->request(query(), [&](const Answer&) {
        for (int i = 0; i < 100; ++i) // more than any list has room for
            xmpp.session->request(query(), [&answers](const Answer& answer) { answers.push_back(answer); });
    });
    xmpp.server.say(result(xmpp.server.next().attribute(u"id").toUtf8(), {}));
    xmpp.server.hangUp();
    QCOMPARE(answers.size(), 100u);
}

void TestXmppSession::answersPings()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.say("<iq type='get' id='1' from='chat.test' to='ana@chat.test/desk'><ping xmlns='urn:xmpp:ping'/></iq>");
    xmpp.server.expect("<iq type='result' id='1' to='chat.test'/>");
    xmpp.server.skip();
    xmpp.server.say("<iq type='get' id='2'><ping xmlns='urn:xmpp:ping'/></iq>");
    xmpp.server.expect("<iq type='result' id='2'/>");
}

void TestXmppSession::refusesWhatNobodyServes()
{
    XmppDialogue xmpp;
    xmpp.enterPlainly();
    const QByteArray refusal = "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
    xmpp.server.say("<iq type='set' id='1' from='eve@evil.test/x'><query xmlns='urn:x'/></iq>");
    xmpp.server.expect("<iq type='error' id='1' to='eve@evil.test/x'>" + refusal);
    xmpp.server.skip();
    xmpp.server.say("<iq type='set' id='2'><ping xmlns='urn:xmpp:ping'/></iq>"); // one does not set a ping
    xmpp.server.expect("<iq type='error' id='2'>" + refusal);
    xmpp.server.skip();
    for (const QByteArray& children : {QByteArray(), QByteArray("<a xmlns='u'/><b xmlns='u'/>")}) {
        xmpp.server.say("<iq type='get' id='3'>" + children + "</iq>");
        xmpp.server.expect("<iq type='error' id='3'><error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        xmpp.server.skip();
    }
    // Nobody answers these: an answer to an answer would go on for ever.
    xmpp.server.say("<iq type='get'><query xmlns='urn:x'/></iq>");
    xmpp.server.say("<iq type='error' id='4'/>");
    xmpp.server.say("<iq type='result' id='5'/>");
    xmpp.server.say("<iq id='6'/>");
    xmpp.server.expectNothing();
}

void TestXmppSession::servesByNamespace()
{
    XmppDialogue xmpp;
    xmpp.enter();
    std::vector<Element> asked;
    xmpp.session->serve(u"urn:x", [&](const Element& request) { asked.push_back(request); });
    xmpp.server.say("<iq type='get' id='1' from='bob@chat.test/x'><query xmlns='urn:x'/></iq>");
    QCOMPARE(asked.size(), 1u);
    xmpp.server.expectNothing();
    xmpp.session->answer(asked[0], Element(u"query", u"urn:x").with(u"a", u"1"_s));
    xmpp.server.expect("<iq type='result' id='1' to='bob@chat.test/x'><query xmlns='urn:x' a='1'/></iq>");
    xmpp.session->refuse(asked[0], u"auth", u"forbidden");
    QCOMPARE(xmpp.server.next().name(), u"r"_s);
    xmpp.server.expect("<iq type='error' id='1' to='bob@chat.test/x'><error type='auth'><forbidden "
                       "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
}

void TestXmppSession::givesMessagesAndPresence()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.say("<message from='bob@chat.test/x'><body>hello</body></message>");
    xmpp.server.say("<presence from='bob@chat.test/x'/>");
    xmpp.server.say("<message xmlns='jabber:server'/>");
    xmpp.server.say("<messages/>");
    QCOMPARE(xmpp.received.size(), 2u);
    QCOMPARE(xmpp.received[0].textOf(u"body", xmpp::ns::kClient), u"hello"_s);
}

void TestXmppSession::refusesWhatCannotBeSent()
{
    XmppDialogue xmpp;
    xmpp.start();
    const Element message(u"message", xmpp::ns::kClient);
    QVERIFY(xmpp.session->send(message).error().kind == ErrorKind::Offline);
    xmpp.signIn();
    xmpp.bind();
    xmpp.enable();
    const auto sized = [&](qsizetype bytes) {
        const qsizetype frame = Element(message).with(Element(u"body", xmpp::ns::kClient).withText(u"x"_s)).toXml(xmpp::ns::kClient).size() - 1;
        return xmpp.session->send(Element(message).with(Element(u"body", xmpp::ns::kClient).withText(QString(bytes - frame, u'x'))));
    };
    QVERIFY(sized(xmpp::kMaxStanzaBytes));
    QVERIFY(sized(xmpp::kMaxStanzaBytes + 1).error().kind == ErrorKind::Invalid);
    QVERIFY(xmpp.session->send(query()).error().kind == ErrorKind::Invalid);
    QVERIFY(xmpp.session->send(Element(u"message", u"urn:x")).error().kind == ErrorKind::Invalid);
    QVERIFY(xmpp.session->send({}).error().kind == ErrorKind::Invalid);
}

void TestXmppSession::tellsWhetherSomebodyLooksWhereTheServerWantsToKnow()
{
    XmppDialogue without;
    without.enterPlainly();
    without.session->setActive(false);
    (void)without.sendMessage("m1");
    QCOMPARE(without.server.next().attribute(u"id"), u"m1"_s);

    XmppDialogue xmpp;
    xmpp.start();
    xmpp.signIn(XmppDialogue::kBind + "<csi xmlns='urn:xmpp:csi:0'/>");
    xmpp.bind();
    xmpp.session->setActive(false);
    xmpp.server.expect("<inactive xmlns='urn:xmpp:csi:0'/>");
    xmpp.session->setActive(true);
    xmpp.server.expect("<active xmlns='urn:xmpp:csi:0'/>");
}

void TestXmppSession::asksWhenItIsQuiet()
{
    XmppDialogue xmpp;
    xmpp.enter();
    for (int i = 0; i < 20; ++i) {
        xmpp.clock.advance(14s);
        xmpp.server.expect(XmppDialogue::kAsk);
        xmpp.acknowledge(0);
    }
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
}

void TestXmppSession::noticesASilentDeath()
{
    XmppDialogue xmpp;
    xmpp.enter();
    constexpr auto kGoal = 35s; // goals.md, Reliability
    xmpp.clock.advance(kGoal);
    QCOMPARE(xmpp.told, QByteArrayList({"ready", "Timeout"}));
    xmpp.server.expectClose();
    QVERIFY(!xmpp.server.wasEndedPolitely()); // it can be resumed
    QCOMPARE(xmpp.session->takeStream().id(), u"stream-1"_s);
}

void TestXmppSession::noticesASilentDeathWithoutStreamManagement()
{
    XmppDialogue xmpp;
    xmpp.enterPlainly();
    xmpp.clock.advance(14s);
    const Element ping = xmpp.server.next();
    QVERIFY(ping.has(u"ping", xmpp::ns::kPing));
    xmpp.server.say(result(ping.attribute(u"id").toUtf8(), {}));
    xmpp.clock.advance(14s);
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
    xmpp.clock.advance(21s);
    QCOMPARE(xmpp.told, QByteArrayList({"ready", "Timeout"}));
}

void TestXmppSession::livesWhileAnythingComes()
{
    XmppDialogue xmpp;
    xmpp.enter();
    for (int i = 0; i < 60; ++i) { // a large stanza over a slow line
        xmpp.clock.advance(10s);
        xmpp.server.mumble();
    }
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
}

void TestXmppSession::looksAtOnceWhenTold()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.session->check();
    xmpp.server.expect(XmppDialogue::kAsk);
    xmpp.acknowledge(0);
    xmpp.clock.advance(8s);
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
    xmpp.session->check();
    xmpp.clock.advance(8s);
    QCOMPARE(xmpp.told, QByteArrayList({"ready", "Timeout"}));
}

void TestXmppSession::quits()
{
    XmppDialogue xmpp;
    xmpp.enterPlainly();
    std::vector<Answer> answers;
    (void)ask(xmpp, {}, answers);
    xmpp.session->quit();
    xmpp.session->quit();
    QCOMPARE(answers.size(), 1u);
    QVERIFY(xmpp.server.wasEndedPolitely());
    xmpp.clock.advance(1min);
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
    QVERIFY(!xmpp.session->isReady());
}

void TestXmppSession::mayQuitWhereverItIsTold()
{
    XmppDialogue atReady;
    atReady.start();
    connect(atReady.session.get(), &xmpp::Session::ready, this, [&] { atReady.session->quit(); });
    atReady.signIn();
    atReady.bind();
    atReady.enable();
    QVERIFY(atReady.server.wasEndedPolitely());

    XmppDialogue atMessage;
    atMessage.enter();
    connect(atMessage.session.get(), &xmpp::Session::received, this, [&] { atMessage.session->quit(); });
    atMessage.server.say("<message/>");
    QVERIFY(atMessage.server.wasEndedPolitely());

    XmppDialogue atAcknowledgement;
    atAcknowledgement.enter();
    connect(atAcknowledgement.session.get(), &xmpp::Session::acknowledged, this, [&] { atAcknowledgement.session->quit(); });
    atAcknowledgement.sendMessage("1");
    atAcknowledgement.acknowledge(1);
    QVERIFY(atAcknowledgement.server.wasEndedPolitely());

    XmppDialogue atTimeout;
    atTimeout.enter();
    atTimeout.session->request(
        query(), [&](const Answer&) { atTimeout.session->quit(); }, 1s);
    atTimeout.clock.advance(2s);
    QVERIFY(atTimeout.server.wasEndedPolitely());

    XmppDialogue atLoss;
    atLoss.enter();
    atLoss.sendMessage("1");
    atLoss.server.hangUp();
    atLoss.startAgain();
    connect(atLoss.session.get(), &xmpp::Session::mayHaveArrived, this, [&] { atLoss.session->quit(); });
    atLoss.signIn();
    QCOMPARE(atLoss.server.next().name(), u"resume"_s);
    atLoss.server.say("<failed xmlns='urn:xmpp:sm:3'/>");
    atLoss.bind();
    QVERIFY(atLoss.server.wasEndedPolitely());
    QCOMPARE(atLoss.told, QByteArrayList({"lost"}));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppSession)
#include "tst_xmppsession.moc"
