// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmppdialogue.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using xmpp::Element;
using xmpp::StreamState;

namespace {

Element message(int number) { return Element(u"message", xmpp::ns::kClient).with(u"id", QString::number(number)); }

} // namespace

class TestStreamManagement : public QObject
{
    Q_OBJECT
private slots:
    // The value.
    void countsWhatTheServerHandled();
    void refusesMoreThanWasSent();
    void wrapsAtTheEnd();
    void numbersGoOnOverStreams();
    void sendsNoRequestAgain();

    // The dialogue.
    void asksOnceForABurst();
    void asksAgainWhenAcknowledgementsAreLost();
    void answersWithWhatItHandled();
    void countsStanzasOnly();
    void refusesAHigherCount();
    void knowsByPingsWhereThereIsNothingElse();
    void resumes();
    void handsBackWhatMayHaveArrived();
    void believesTheCountOfAFailure();
    void takesNoResumptionOfAnotherStream();
    void givesUpOnAServerThatSaysNothing();
    void takesNoResumptionThatComesTooLate();
    void resumesAfterAConnectionThatGotNowhere();
    void resumesAfterBreakingOffInBetween();
    void triesToResumeThreeTimes();
    void doesNotResumeWhatItEnded();
    void doesNotResumeWhatCannotBeRead();
    void doesNotResumeWhereTheServerDoesNot();
    void keepsNoMoreThanItsLimit();
};

void TestStreamManagement::countsWhatTheServerHandled()
{
    StreamState state;
    state.begin(*xmpp::Jid::parse(u"ana@chat.test/desk"));
    QCOMPARE(state.acknowledged(), 0u);
    for (int i = 1; i <= 5; ++i)
        QCOMPARE(state.add(message(i)), quint64(i));
    QVERIFY(state.acknowledge(0));
    QCOMPARE(state.acknowledged(), 0u);
    QVERIFY(state.acknowledge(3));
    QVERIFY(state.acknowledge(3));
    QCOMPARE(state.acknowledged(), 3u);
    QCOMPARE(state.unacknowledged().front().stanza, message(4));
    QVERIFY(state.acknowledge(5));
    QCOMPARE(state.acknowledged(), 5u);
    QVERIFY(state.unacknowledged().empty());
}

void TestStreamManagement::refusesMoreThanWasSent()
{
    StreamState state;
    QVERIFY(!state.acknowledge(1));
    state.add(message(1));
    QVERIFY(!state.acknowledge(2));
    QVERIFY(!state.acknowledge(0xFFFFFFFF)); // one less than nothing
    QCOMPARE(state.unacknowledged().size(), 1u);
    QVERIFY(state.acknowledge(1));
    QVERIFY(!state.acknowledge(0)); // it does not go back
}

void TestStreamManagement::wrapsAtTheEnd()
{
    StreamState near = StreamState::at(0xFFFFFFFE, 0xFFFFFFFF);
    for (int i = 1; i <= 4; ++i)
        near.add(message(i));
    QVERIFY(near.acknowledge(0xFFFFFFFF));
    QCOMPARE(near.unacknowledged().size(), 3u);
    QVERIFY(near.acknowledge(1));
    QCOMPARE(near.unacknowledged().size(), 1u);
    QVERIFY(!near.acknowledge(3));
    QVERIFY(near.acknowledge(2));
    near.noteHandled();
    QCOMPARE(near.handled(), 0u);
}

void TestStreamManagement::numbersGoOnOverStreams()
{
    StreamState state;
    state.begin({});
    state.add(message(1));
    state.add(message(2));
    QCOMPARE(state.take().size(), 2u);
    QCOMPARE(state.acknowledged(), 2u); // nobody waits for them any more
    state.begin({});
    QCOMPARE(state.add(message(3)), 3u);
    QVERIFY(!state.acknowledge(2));
    QVERIFY(state.acknowledge(1));
    QCOMPARE(state.acknowledged(), 3u);
}

void TestStreamManagement::sendsNoRequestAgain()
{
    StreamState state;
    state.add(message(1));
    state.add(Element(u"iq", xmpp::ns::kClient).with(u"type", u"set"_s));
    state.add(Element(u"iq", xmpp::ns::kClient).with(u"type", u"result"_s));
    state.add(Element(u"presence", xmpp::ns::kClient));
    const auto again = state.toSendAgain();
    QCOMPARE(again.size(), 3u);
    QCOMPARE(again[1].attribute(u"type"), u"result"_s);
    QVERIFY(!state.acknowledge(4));
    QVERIFY(state.acknowledge(3)); // the server counts what is sent again
    QCOMPARE(state.acknowledged(), 4u);
}

void TestStreamManagement::asksOnceForABurst()
{
    XmppDialogue xmpp;
    xmpp.enter();
    QCOMPARE(xmpp.sendMessage("1"), 1u);
    xmpp.server.expect("<message id='1'/>");
    xmpp.server.expect(XmppDialogue::kAsk);
    QCOMPARE(xmpp.sendMessage("2"), 2u);
    QCOMPARE(xmpp.sendMessage("3"), 3u);
    xmpp.server.expect("<message id='2'/>");
    xmpp.server.expect("<message id='3'/>");
    xmpp.server.expectNothing();
    xmpp.acknowledge(1);
    QCOMPARE(xmpp.acknowledged, 1u);
    xmpp.server.expect(XmppDialogue::kAsk);
    xmpp.acknowledge(3);
    QCOMPARE(xmpp.acknowledged, 3u);
    xmpp.server.expectNothing();
    xmpp.acknowledge(3); // unasked, and nothing new
    QCOMPARE(xmpp.acknowledged, 3u);
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
}

void TestStreamManagement::asksAgainWhenAcknowledgementsAreLost()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.sendMessage("1");
    xmpp.server.skip();
    for (int i = 0; i < 5; ++i) {
        xmpp.clock.advance(2s);
        xmpp.server.say("<presence/>");
    }
    xmpp.server.expect(XmppDialogue::kAsk);
    xmpp.acknowledge(0); // it was not handled yet
    xmpp.server.expectNothing();
    xmpp.clock.advance(12s);
    xmpp.server.expect(XmppDialogue::kAsk);
    xmpp.acknowledge(1);
    QCOMPARE(xmpp.acknowledged, 1u);
}

void TestStreamManagement::answersWithWhatItHandled()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.say(XmppDialogue::kAsk);
    xmpp.server.expect("<a xmlns='urn:xmpp:sm:3' h='0'/>");
    xmpp.server.say("<message/>");
    xmpp.server.say("<iq type='get' id='p' from='chat.test'><ping xmlns='urn:xmpp:ping'/></iq>");
    xmpp.server.say(XmppDialogue::kAsk);
    xmpp.server.expect("<iq type='result' id='p' to='chat.test'/>");
    xmpp.server.expect(XmppDialogue::kAsk); // for the answer, which is a stanza of ours
    xmpp.server.expect("<a xmlns='urn:xmpp:sm:3' h='2'/>");
}

void TestStreamManagement::countsStanzasOnly()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.say("<message xmlns='urn:x'/>");
    xmpp.server.say("<other/>");
    xmpp.server.say("<stream:features/>");
    xmpp.acknowledge(0);
    xmpp.server.say("<presence/>");
    xmpp.server.say("<iq type='result' id='nobody asked'/>"); // it counts, whatever it is
    xmpp.server.say(XmppDialogue::kAsk);
    xmpp.server.expect("<a xmlns='urn:xmpp:sm:3' h='2'/>");
    QCOMPARE(xmpp.received.size(), 1u);
}

void TestStreamManagement::refusesAHigherCount()
{
    for (const QByteArray h : {"2", "4294967295", "", "-1", "many"}) {
        XmppDialogue xmpp;
        xmpp.enter();
        xmpp.sendMessage("1");
        xmpp.server.say("<a xmlns='urn:xmpp:sm:3' h='" + h + "'/>");
        QCOMPARE(xmpp.told, QByteArrayList({"ready", "Protocol"}));
        const StreamState left = xmpp.session->takeStream();
        QVERIFY(left.id().isEmpty());
        QCOMPARE(left.unacknowledged().size(), 1u); // nobody knows of it
    }
}

void TestStreamManagement::knowsByPingsWhereThereIsNothingElse()
{
    XmppDialogue xmpp;
    xmpp.enterPlainly();
    xmpp.sendMessage("1");
    xmpp.server.expect("<message id='1'/>");
    const Element ping = xmpp.server.next();
    QVERIFY(ping.has(u"ping", xmpp::ns::kPing));
    xmpp.sendMessage("2");
    xmpp.server.expect("<message id='2'/>");
    xmpp.server.expectNothing();
    const QByteArray id = ping.attribute(u"id").toUtf8();
    xmpp.server.say("<iq type='result' id='" + id + "' from='eve@evil.test'/>");
    QCOMPARE(xmpp.acknowledged, 0u);
    xmpp.server.say("<iq type='error' id='" + id + "' from='ana@chat.test'/>"); // it was read all the same
    QCOMPARE(xmpp.acknowledged, 1u);
    const QByteArray next = xmpp.server.next().attribute(u"id").toUtf8();
    xmpp.server.say("<iq type='result' id='" + next + "'/>");
    QCOMPARE(xmpp.acknowledged, 2u);
    xmpp.server.expectNothing();
    // None of the server's stanzas are counted for it.
    xmpp.server.say(XmppDialogue::kAsk);
    xmpp.server.expectNothing();
    xmpp.sendMessage("3");
    xmpp.server.hangUp();
    xmpp.server.skip();
    xmpp.startAgain();
    xmpp.signIn(XmppDialogue::kBind);
    xmpp.bind();
    QCOMPARE(xmpp.told, QByteArrayList({"lost", "ready"}));
    QCOMPARE(xmpp.lostIds(), QStringList(u"3"_s));
}

void TestStreamManagement::resumes()
{
    XmppDialogue xmpp;
    xmpp.enter();
    for (const char* id : {"1", "2", "3"})
        xmpp.sendMessage(id);
    xmpp.server.say("<message/>");
    xmpp.server.say("<message/>");
    xmpp.acknowledge(1);
    xmpp.server.hangUp();
    QVERIFY(!xmpp.server.wasEndedPolitely());
    QCOMPARE(xmpp.told, QByteArrayList({"ready", "Offline"}));

    xmpp.startAgain();
    QVERIFY(!xmpp.session->send(message(9)));
    xmpp.signIn();
    xmpp.server.expect("<resume xmlns='urn:xmpp:sm:3' previd='stream-1' h='2'/>");
    QVERIFY(!xmpp.session->isReady());
    xmpp.server.say("<resumed xmlns='urn:xmpp:sm:3' previd='stream-1' h='2'/>");
    QCOMPARE(xmpp.told, QByteArrayList({"resumed"}));
    QCOMPARE(xmpp.acknowledged, 2u);
    QCOMPARE(xmpp.session->jid().toString(), u"ana@chat.test/desk"_s);
    xmpp.server.expect("<message id='3'/>");
    xmpp.server.expect(XmppDialogue::kAsk);
    QCOMPARE(xmpp.sendMessage("4"), 4u);
    xmpp.server.expect("<message id='4'/>");
    xmpp.acknowledge(4);
    QCOMPARE(xmpp.acknowledged, 4u);
    xmpp.server.say("<message/>");
    xmpp.server.say(XmppDialogue::kAsk);
    xmpp.server.expect("<a xmlns='urn:xmpp:sm:3' h='3'/>");
}

void TestStreamManagement::handsBackWhatMayHaveArrived()
{
    XmppDialogue xmpp;
    xmpp.enter();
    for (const char* id : {"1", "2", "3"})
        xmpp.sendMessage(id);
    xmpp.acknowledge(1);
    xmpp.server.hangUp();
    xmpp.startAgain();
    xmpp.signIn();
    QCOMPARE(xmpp.server.next().name(), u"resume"_s);
    xmpp.server.say("<failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
    xmpp.bind();
    QCOMPARE(xmpp.told, QByteArrayList({"lost"}));
    QCOMPARE(xmpp.lostIds(), QStringList({u"2"_s, u"3"_s}));
    QCOMPARE(xmpp.lost.front().ticket, 2u);
    xmpp.enable("id='stream-2' resume='1'");
    QCOMPARE(xmpp.told, QByteArrayList({"lost", "ready"}));
    // It counts from zero, and its tickets go on.
    QCOMPARE(xmpp.sendMessage("4"), 4u);
    xmpp.acknowledge(1);
    QCOMPARE(xmpp.acknowledged, 4u);
    xmpp.server.hangUp();
    QCOMPARE(xmpp.session->takeStream().id(), u"stream-2"_s);
}

void TestStreamManagement::believesTheCountOfAFailure()
{
    XmppDialogue xmpp;
    xmpp.enter();
    for (const char* id : {"1", "2", "3"})
        xmpp.sendMessage(id);
    xmpp.server.hangUp();
    xmpp.startAgain();
    xmpp.signIn();
    QCOMPARE(xmpp.server.next().name(), u"resume"_s);
    xmpp.server.say("<failed xmlns='urn:xmpp:sm:3' h='2'/>");
    QCOMPARE(xmpp.acknowledged, 2u);
    xmpp.bind();
    QCOMPARE(xmpp.lostIds(), QStringList(u"3"_s));
}

void TestStreamManagement::takesNoResumptionOfAnotherStream()
{
    for (const QByteArray attributes : {"previd='stream-2' h='0'", "h='0'", "previd='stream-1' h='1'", "previd='stream-1'"}) {
        XmppDialogue xmpp;
        xmpp.enter();
        xmpp.server.hangUp();
        xmpp.startAgain();
        xmpp.signIn();
        QCOMPARE(xmpp.server.next().name(), u"resume"_s);
        xmpp.server.say("<resumed xmlns='urn:xmpp:sm:3' " + attributes + "/>");
        QCOMPARE(xmpp.told, QByteArrayList({"Protocol"}));
        QVERIFY(xmpp.session->takeStream().id().isEmpty());
    }
}

void TestStreamManagement::givesUpOnAServerThatSaysNothing()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.sendMessage("1");
    xmpp.server.hangUp();
    xmpp.startAgain();
    xmpp.signIn();
    QCOMPARE(xmpp.server.next().name(), u"resume"_s);
    xmpp.clock.advance(8s);
    xmpp.server.expectNothing();
    xmpp.clock.advance(4s);
    xmpp.bind();
    xmpp.enable();
    QCOMPARE(xmpp.told, QByteArrayList({"lost", "ready"}));
}

void TestStreamManagement::takesNoResumptionThatComesTooLate()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.hangUp();
    xmpp.startAgain();
    xmpp.signIn();
    xmpp.clock.advance(12s);
    xmpp.server.say("<resumed xmlns='urn:xmpp:sm:3' previd='stream-1' h='0'/>");
    QCOMPARE(xmpp.told, QByteArrayList({"Protocol"}));
}

void TestStreamManagement::resumesAfterAConnectionThatGotNowhere()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.sendMessage("1");
    xmpp.server.hangUp();
    xmpp.startAgain();
    xmpp.introduce(XmppDialogue::mechanisms({"PLAIN"}));
    xmpp.server.hangUp();
    xmpp.startAgain();
    xmpp.signIn();
    xmpp.server.expect("<resume xmlns='urn:xmpp:sm:3' previd='stream-1' h='0'/>");
    xmpp.server.say("<resumed xmlns='urn:xmpp:sm:3' previd='stream-1' h='0'/>");
    xmpp.server.expect("<message id='1'/>");
}

void TestStreamManagement::resumesAfterBreakingOffInBetween()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.sendMessage("1");
    xmpp.server.hangUp();
    xmpp.startAgain();
    xmpp.signIn();
    QCOMPARE(xmpp.server.next().name(), u"resume"_s);
    // Nobody knows whether the server resumed it.
    xmpp.server.hangUp();
    QVERIFY(!xmpp.server.wasEndedPolitely());
    xmpp.startAgain();
    xmpp.signIn();
    xmpp.server.expect("<resume xmlns='urn:xmpp:sm:3' previd='stream-1' h='0'/>");
    xmpp.server.say("<resumed xmlns='urn:xmpp:sm:3' previd='stream-1' h='1'/>");
    QCOMPARE(xmpp.told, QByteArrayList({"resumed"}));
    xmpp.server.expectNothing();
}

/// Prosody 0.12 answers a count that it does not like on the connection that is dead, and closes this one.
void TestStreamManagement::triesToResumeThreeTimes()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.sendMessage("1");
    xmpp.server.hangUp();
    for (int i = 0; i < StreamState::kMaxAttempts; ++i) {
        xmpp.startAgain();
        xmpp.signIn();
        QCOMPARE(xmpp.server.next().name(), u"resume"_s);
        xmpp.server.hangUp();
        QCOMPARE(xmpp.told, QByteArrayList({"Offline"}));
    }
    xmpp.startAgain();
    xmpp.signIn();
    xmpp.bind();
    xmpp.enable();
    QCOMPARE(xmpp.told, QByteArrayList({"lost", "ready"}));
}

void TestStreamManagement::doesNotResumeWhatItEnded()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.say("<message/>");
    xmpp.session->quit();
    QVERIFY(xmpp.server.wasEndedPolitely());
    xmpp.server.expect("<a xmlns='urn:xmpp:sm:3' h='1'/>");
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
    QVERIFY(xmpp.session->takeStream().id().isEmpty());
}

/// A stanza that is too large, say, would come again after each resumption.
void TestStreamManagement::doesNotResumeWhatCannotBeRead()
{
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.fail({ErrorKind::Protocol, u"a stanza of more than 256 KiB"_s, 0});
    QVERIFY(xmpp.session->takeStream().id().isEmpty());
}

void TestStreamManagement::doesNotResumeWhereTheServerDoesNot()
{
    for (const QByteArray attributes : {"", "id='x'", "id='x' resume='false'", "resume='true'"}) {
        XmppDialogue xmpp;
        xmpp.start();
        xmpp.signIn();
        xmpp.bind();
        xmpp.enable(attributes);
        xmpp.sendMessage("1");
        xmpp.server.hangUp();
        QVERIFY(xmpp.session->takeStream().id().isEmpty());
    }
    // Nor where it has none of this any more.
    XmppDialogue xmpp;
    xmpp.enter();
    xmpp.server.hangUp();
    xmpp.startAgain();
    xmpp.signIn(XmppDialogue::kBind);
    xmpp.bind();
    QCOMPARE(xmpp.told, QByteArrayList({"ready"}));
}

void TestStreamManagement::keepsNoMoreThanItsLimit()
{
    XmppDialogue xmpp;
    xmpp.enter();
    for (size_t i = 0; i < StreamState::kMaxUnacknowledged; ++i)
        QVERIFY(xmpp.sendMessage("x") > 0);
    QVERIFY(xmpp.session->send(message(1)).error().kind == ErrorKind::RateLimited);
    xmpp.acknowledge(1);
    QVERIFY(xmpp.session->send(message(1)));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestStreamManagement)
#include "tst_streammanagement.moc"
