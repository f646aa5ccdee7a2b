// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "commandconversation.h"

#include "xmpp/commandreply.h"
#include "xmpp/commands.h"
#include "xmpp/dataform.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::CommandAction;

class TestCommandFailures : public QObject
{
    Q_OBJECT
private slots:
    void saysWhyItCannotBegin();
    void mayBeAnsweredAgain_data();
    void mayBeAnsweredAgain();
    void isOverAfter_data();
    void isOverAfter();
    void refusesAnotherSession();
    void refusesWhatIsNoAnswer_data();
    void refusesWhatIsNoAnswer();
    void believesNobodyElse();
    void endsWithTheConnection();
    void endsWithoutAnAnswer();
    void endsWithTheStream();
    void opensOnlyWhatIsACommand();
    void cancels();
    void cancelsWhenItIsDestroyed();
    void cancelsASessionThatBeginsTooLate();
    void cancelsASessionThatBeginsAfterItsEnd();
    void leavesAloneWhatEndedTooLate();
    void cancelsNoResult();
    void dropsAnAnswerThatComesAfterCancelling();
    void mayBeDestroyedByWhatItTells_data();
    void mayBeDestroyedByWhatItTells();
};

void TestCommandFailures::saysWhyItCannotBegin()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.refuse("forbidden");
    QCOMPARE(talk.errors.size(), 1);
    QVERIFY(talk.errors[0].kind == ErrorKind::Denied);
    QCOMPARE(talk.ends, 1);
    talk.execution.reset();
    talk.expectNothing();
    // What could be mended in a form cannot without one.
    CommandConversation other;
    other.begin();
    other.expectStep("execute");
    other.refuse("bad-request", "malformed-action");
    QVERIFY(other.errors[0].detail.startsWith("malformed-action: bad-request"_L1));
    QCOMPARE(other.ends, 1);
}

void TestCommandFailures::mayBeAnsweredAgain_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("own");
    QTest::newRow("the form is wrong") << QByteArray("bad-request") << QByteArray("bad-payload");
    QTest::newRow("the action is not understood") << QByteArray("bad-request") << QByteArray("malformed-action");
    QTest::newRow("the action is not possible") << QByteArray("bad-request") << QByteArray("bad-action");
    QTest::newRow("there is one already") << QByteArray("conflict") << QByteArray();
    QTest::newRow("no such value") << QByteArray("not-acceptable") << QByteArray();
    QTest::newRow("not now") << QByteArray("resource-constraint") << QByteArray();
}

void TestCommandFailures::mayBeAnsweredAgain()
{
    QFETCH(QByteArray, condition);
    QFETCH(QByteArray, own);
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1", kAnswer);
    talk.refuse(condition, own);
    QCOMPARE(talk.errors.size(), 1);
    QCOMPARE(talk.ends, 0);
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1", kAnswer);
    talk.answer("status='completed' sessionid='s1'");
    QCOMPARE(talk.ends, 1);
}

void TestCommandFailures::isOverAfter_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("own");
    QTest::addColumn<int>("kind");
    QTest::newRow("the session expired") << QByteArray("not-allowed") << QByteArray("session-expired") << int(ErrorKind::NotFound);
    QTest::newRow("the session is unknown") << QByteArray("bad-request") << QByteArray("bad-sessionid") << int(ErrorKind::NotFound);
    QTest::newRow("not allowed any more") << QByteArray("forbidden") << QByteArray() << int(ErrorKind::Denied);
    QTest::newRow("the command is gone") << QByteArray("item-not-found") << QByteArray() << int(ErrorKind::NotFound);
    QTest::newRow("the bot is gone") << QByteArray("service-unavailable") << QByteArray() << int(ErrorKind::Unsupported);
    QTest::newRow("the bot broke") << QByteArray("internal-server-error") << QByteArray() << int(ErrorKind::Protocol);
}

void TestCommandFailures::isOverAfter()
{
    QFETCH(QByteArray, condition);
    QFETCH(QByteArray, own);
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1", kAnswer);
    talk.refuse(condition, own);
    QCOMPARE(talk.errors.size(), 1);
    QTEST(int(talk.errors[0].kind), "kind");
    QCOMPARE(talk.ends, 1);
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.execution.reset();
    talk.expectNothing();
}

void TestCommandFailures::refusesAnotherSession()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Next, kStaging);
    talk.expectStep("next", "s1", kAnswer);
    talk.answer("status='executing' sessionid='s2'", "<actions><complete/></actions>" + kForm);
    QCOMPARE(talk.stages.size(), 1);
    QVERIFY(talk.errors[0].kind == ErrorKind::Protocol);
    QCOMPARE(talk.ends, 1);
    talk.expectStep("cancel", "s1"); // ours, not theirs
    talk.execution.reset();
    talk.expectNothing();
}

void TestCommandFailures::refusesWhatIsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("command");
    const auto command = [](const QByteArray& attributes, const QByteArray& inside = {}) {
        return "<command xmlns='http://jabber.org/protocol/commands' node='urn:deploy' sessionid='s1' " + attributes + ">" + inside + "</command>";
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("something else") << QByteArray("<query xmlns='http://jabber.org/protocol/commands'/>");
    QTest::newRow("no status") << command("");
    QTest::newRow("an unknown status") << command("status='thinking'");
    QTest::newRow("a form that is none") << command("status='executing'", "<x xmlns='jabber:x:data' type='submit'/>");
    QByteArray fields;
    for (qsizetype i = 0; i <= xmpp::kMaxFormFields; ++i)
        fields += "<field var='" + QByteArray::number(i) + "'/>";
    QTest::newRow("a form that is too long") << command("status='executing'", "<x xmlns='jabber:x:data' type='form'>" + fields + "</x>");
    QTest::newRow("a session with a name that is too long")
        << QByteArray("<command xmlns='http://jabber.org/protocol/commands' status='executing' sessionid='"
               + QByteArray(xmpp::kMaxSessionIdChars + 1, 's') + "'/>");
}

void TestCommandFailures::refusesWhatIsNoAnswer()
{
    QFETCH(QByteArray, command);
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Next, kStaging);
    talk.expectStep("next", "s1", kAnswer);
    talk.xmpp.server.say("<iq type='result' from='deployer@chat.test/hubot' id='" + talk.id + "'>" + command + "</iq>");
    QCOMPARE(talk.errors.size(), 1);
    QVERIFY(talk.errors[0].kind == ErrorKind::Protocol);
    QCOMPARE(talk.ends, 1);
    talk.expectStep("cancel", "s1");
}

void TestCommandFailures::believesNobodyElse()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.answer("status='completed' sessionid='s1'", {}, "deployer@chat.test/evil");
    talk.answer("status='completed' sessionid='s1'", {}, "eve@chat.test/hubot");
    QVERIFY(talk.stages.isEmpty() && talk.ends == 0);
    talk.answer("status='completed' sessionid='s1'");
    QCOMPARE(talk.ends, 1);
}

void TestCommandFailures::endsWithTheConnection()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1", kAnswer);
    talk.xmpp.server.hangUp();
    QTRY_COMPARE(talk.ends, 1);
    QVERIFY(talk.errors[0].kind == ErrorKind::Offline);
}

void TestCommandFailures::endsWithoutAnAnswer()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Complete, kStaging);
    talk.expectStep("complete", "s1", kAnswer);
    for (auto left = xmpp::Session::kAnswerPatience + 2 * xmpp::Session::kTick; left.count() > 0; left -= xmpp::Session::kTick) {
        talk.xmpp.clock.advance(xmpp::Session::kTick);
        talk.xmpp.server.mumble();
    }
    QVERIFY(talk.errors.size() == 1 && talk.errors[0].kind == ErrorKind::Timeout);
    QCOMPARE(talk.ends, 1);
}

void TestCommandFailures::endsWithTheStream()
{
    CommandConversation talk;
    auto commands = std::make_unique<xmpp::Commands>(talk.outlet);
    chat::CommandSpec spec;
    spec.dialog = true;
    spec.node = u"urn:deploy"_s;
    const auto first = commands->open(kBot, spec), second = commands->open(kBot, spec);
    auto third = commands->open(kBot, spec);
    QStringList told;
    for (chat::CommandDialog* each : {first.get(), second.get()}) {
        connect(each, &chat::CommandDialog::failed, each, [&told](const base::Error& error) { told << base::toString(error.kind); });
        connect(each, &chat::CommandDialog::ended, each, [&told] { told << u"ended"_s; });
    }
    for (const char* session : {"s1", "s2", "s3"}) {
        talk.expectStep("execute");
        talk.answer("status='executing' sessionid='" + QByteArray(session) + "'", kForm);
    }
    third.reset(); // gone before the stream is
    talk.expectStep("cancel", "s3");
    commands->reset();
    QCOMPARE(told, (QStringList{u"Offline"_s, u"ended"_s, u"Offline"_s, u"ended"_s}));
    // On the new stream.
    const auto fourth = commands->open(kBot, spec);
    talk.expectStep("execute");
    talk.answer("status='executing' sessionid='s4'", kForm);
    commands.reset();
    fourth->go(CommandAction::Complete, kStaging);
    fourth->cancel();
    talk.expectNothing();
}

void TestCommandFailures::opensOnlyWhatIsACommand()
{
    CommandConversation talk;
    xmpp::Commands commands(talk.outlet);
    chat::CommandSpec spec;
    QVERIFY(!commands.open(kBot, spec));
    spec.dialog = true;
    QVERIFY(!commands.open(kBot, spec));
    spec.node = u"urn:deploy"_s;
    QVERIFY(!commands.open({}, spec));
    QVERIFY(commands.open(kBot, spec));
}

void TestCommandFailures::cancels()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->cancel();
    QCOMPARE(talk.ends, 1);
    talk.expectStep("cancel", "s1");
    talk.answer("status='canceled' sessionid='s1'");
    talk.execution->cancel();
    talk.execution.reset();
    talk.expectNothing();
    QCOMPARE(talk.stages.size(), 1);
    QCOMPARE(talk.ends, 1);
}

void TestCommandFailures::cancelsWhenItIsDestroyed()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution.reset();
    talk.expectStep("cancel", "s1");
    talk.refuse("item-not-found"); // whatever it says to that
    talk.expectNothing();
    QVERIFY(talk.errors.isEmpty());
}

void TestCommandFailures::cancelsASessionThatBeginsTooLate()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.execution->cancel();
    QCOMPARE(talk.ends, 1);
    talk.expectNothing();
    talk.answer("status='executing' sessionid='s1'", kForm);
    talk.expectStep("cancel", "s1");
    QVERIFY(talk.stages.isEmpty());
}

void TestCommandFailures::cancelsASessionThatBeginsAfterItsEnd()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.execution.reset();
    talk.answer("status='executing' sessionid='s1'", kForm);
    talk.expectStep("cancel", "s1");
}

void TestCommandFailures::leavesAloneWhatEndedTooLate()
{
    for (const char* answer : {"status='completed' sessionid='s1'", "status='executing'", "status='odd' sessionid='s1'"}) {
        CommandConversation talk;
        talk.begin();
        talk.expectStep("execute");
        talk.execution.reset();
        talk.answer(answer);
        talk.expectNothing();
    }
    CommandConversation refused;
    refused.begin();
    refused.expectStep("execute");
    refused.execution.reset();
    refused.refuse("forbidden");
    refused.expectNothing();
}

void TestCommandFailures::cancelsNoResult()
{
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.answer("status='completed' sessionid='s1'");
    talk.execution.reset();
    talk.expectNothing();
}

void TestCommandFailures::dropsAnAnswerThatComesAfterCancelling()
{
    CommandConversation talk;
    talk.beginAndGetTheForm();
    talk.execution->go(CommandAction::Next, kStaging);
    talk.expectStep("next", "s1", kAnswer);
    const QByteArray step = talk.id;
    talk.execution->cancel();
    talk.expectStep("cancel", "s1");
    talk.id = step;
    talk.answer("status='executing' sessionid='s1'", kForm);
    talk.expectNothing(); // it is cancelled already
    QCOMPARE(talk.stages.size(), 1);
    QCOMPARE(talk.ends, 1);
}

void TestCommandFailures::mayBeDestroyedByWhatItTells_data()
{
    QTest::addColumn<QByteArray>("attributes");
    QTest::newRow("a stage") << QByteArray("status='executing' sessionid='s1'");
    QTest::newRow("the result") << QByteArray("status='completed' sessionid='s1'");
    QTest::newRow("a failure") << QByteArray("status='odd' sessionid='s1'");
}

void TestCommandFailures::mayBeDestroyedByWhatItTells()
{
    QFETCH(QByteArray, attributes);
    CommandConversation talk;
    talk.begin();
    talk.expectStep("execute");
    talk.whenTold = [&talk] { talk.execution.reset(); };
    talk.answer(attributes);
    QVERIFY(!talk.execution);
    QCOMPARE(talk.ends, 0);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestCommandFailures)
#include "tst_commandfailures.moc"
