// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What thinking the past over may move, and what not.
#include "correlator/regrouping.h"
#include "talk.h"

#include <QTest>

#include <cmath>

using namespace ridealong;
using namespace ridealong::correlator;
using namespace ridealong::tests;
using namespace Qt::StringLiterals;

class TestRegrouping : public QObject
{
    Q_OBJECT

    static void thinkOver(Talk& talk)
    {
        talk.nowMs += 2'000;
        const auto past = talk.correlator.takeRegrouping(talk.nowMs);
        QVERIFY(past);
        talk.correlator.apply(regroup(*past), talk.nowMs);
        talk.correlator.takeChanges();
    }
    struct Asked
    {
        base::MessageId command;
        QString answer;
    };
    static Asked audit(Talk& talk, int number)
    {
        Asked asked{talk.say(u"ana"_s, u"hubot audit"_s), u"%1 findings\n"_s.arg(number)};
        talk.nowMs += 1'600 + number % 7;
        talk.say(u"hubot"_s, u"%1 findings"_s.arg(number));
        return asked;
    }

private slots:
    void oneCommandWithoutAnAnswerShiftsNoOther_data()
    {
        QTest::addColumn<int>("gapMs");
        for (const int gap : {3'000, 5'000, 9'000})
            QTest::addRow("%d ms", gap) << gap;
    }
    void oneCommandWithoutAnAnswerShiftsNoOther()
    {
        QFETCH(int, gapMs);
        Talk talk;
        QList<Asked> all;
        for (int i = 0; i < 26; ++i) {
            talk.wait(gapMs);
            if (i == 10) {
                all += {talk.say(u"ben"_s, u"hubot audit"_s), QString()};
                talk.wait(gapMs);
            }
            all += audit(talk, i);
        }
        thinkOver(talk);
        for (const Asked& asked : std::as_const(all))
            QCOMPARE(talk.output(asked.command), asked.answer);
    }
    void whatIsCertainIsNoCandidateForAnExchange()
    {
        Talk talk;
        QList<Asked> all;
        for (int i = 0; i < 20; ++i) {
            talk.wait(9'000);
            all += audit(talk, i);
        }
        talk.wait(9'000);
        const auto ana = talk.say(u"ana"_s, u"hubot audit"_s);
        talk.nowMs += 100;
        const auto ben = talk.say(u"ben"_s, u"hubot audit"_s);
        talk.nowMs += 1'500;
        talk.say(u"hubot"_s, u"31 findings"_s);
        talk.nowMs += 1'000;
        talk.say(u"hubot"_s, u"32 findings"_s, ana); // the later answer is the first command's, it says so
        for (int i = 40; i < 46; ++i) {
            talk.wait(9'000);
            all += audit(talk, i);
        }
        thinkOver(talk);
        for (const Asked& asked : std::as_const(all))
            QCOMPARE(talk.output(asked.command), asked.answer);
        QCOMPARE(talk.output(ben), u"31 findings\n"_s);
        QCOMPARE(talk.output(ana), u"32 findings\n"_s);
    }
    void aClockThatGoesBackIsNoNumberThatIsNone()
    {
        Talk talk;
        for (int i = 0; i < 24; ++i) {
            talk.wait(4'000);
            talk.say(u"ana"_s, u"hubot ping"_s);
            chat::Message early; // stamped before its question, and after it in the conversation
            early.id = base::MessageId(u"early%1"_s.arg(i));
            early.conversation = talk.conversation;
            early.sender = base::UserId(u"hubot"_s);
            early.senderName = u"hubot"_s;
            early.timeMs = talk.nowMs - 700 + i % 7;
            early.order = talk.nowMs * 100 + 99;
            talk.nowMs += 20;
            talk.correlator.take(early, u"PONG"_s, talk.nowMs);
        }
        thinkOver(talk);
        for (const Habit& habit : talk.habits.all())
            for (const double count : habit.signatures)
                QVERIFY(std::isfinite(count));
        talk.wait(4'000);
        const auto next = talk.say(u"ana"_s, u"hubot ping"_s);
        talk.nowMs += 50;
        talk.say(u"hubot"_s, u"PONG"_s);
        QCOMPARE(talk.output(next), u"PONG\n"_s);
    }
    void aRunOfBeforeTheStartKeepsWhatCameAfterIt()
    {
        Talk before;
        const auto talked = before.say(u"chloe"_s, u"good morning"_s);
        before.nowMs += 4'000;
        const auto command = before.say(u"ana"_s, u"hubot deploy staging"_s);
        before.nowMs += 200;
        const auto first = before.say(u"hubot"_s, u"deploying staging 10%"_s);
        CorrelatedRun stored = *before.runOf(command);
        stored.report.state = chat::RunState::Unknown;

        Talk talk;
        for (int i = 0; i < 10; ++i)
            talk.system(u"x"_s, u"x"_s); // its messages get ids of their own
        talk.habits = before.habits;
        talk.nowMs = before.nowMs + 5'000;
        talk.correlator.restore(stored, talk.nowMs);
        for (const auto& id : {talked, command, first}) // the last page is read again, too
            talk.correlator.take(before.said[id], before.said[id].text, talk.nowMs);
        talk.nowMs += 10'000;
        talk.say(u"hubot"_s, u"deploying staging 60%"_s);
        talk.nowMs += 3'000;
        talk.say(u"hubot"_s, u"deploying staging 100%"_s);
        const QString whole = u"deploying staging 10%\ndeploying staging 60%\ndeploying staging 100%\n"_s;
        QCOMPARE(talk.output(command), whole);
        for (int i = 0; i < 25; ++i) {
            talk.wait(15'000);
            talk.say(u"ben"_s, u"hubot ping"_s);
            talk.nowMs += 60;
            talk.say(u"hubot"_s, u"PONG"_s);
        }
        thinkOver(talk);
        QCOMPARE(talk.output(command), whole);
    }
    void whatWasTakenBackDoesNotReturn()
    {
        Talk talk;
        talk.wait(4'000);
        talk.say(u"ana"_s, u"hubot frob"_s);
        talk.nowMs += 30;
        const auto report = talk.say(u"ben"_s, u"hubot report"_s);
        talk.nowMs += 270;
        const auto secret = talk.say(u"hubot"_s, u"token is hunter2"_s);
        talk.said[secret].deleted = true;
        talk.edit(secret, {});
        for (int i = 0; i < 14; ++i) {
            talk.wait(4'000);
            talk.say(u"ana"_s, u"hubot report"_s);
            talk.nowMs += 270;
            talk.say(u"hubot"_s, u"token is hunter%1"_s.arg(i + 3));
            talk.wait(4'000);
            talk.say(u"ana"_s, u"hubot frob"_s);
            talk.nowMs += 600;
            talk.say(u"hubot"_s, u"all frobbed"_s);
        }
        thinkOver(talk);
        QVERIFY(!talk.output(report).contains(u"hunter2"_s));
    }
};

QTEST_GUILESS_MAIN(TestRegrouping)
#include "tst_regrouping.moc"
