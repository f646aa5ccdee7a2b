// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "talk.h"

using namespace ridealong;
using namespace ridealong::tests;
using namespace Qt::StringLiterals;

class TestCorrelator : public QObject
{
    Q_OBJECT
private slots:
    void whatIsSaidToABotIsARun()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot ping"_s);
        QCOMPARE(talk.state(command), u"sent"_s);
        QCOMPARE(talk.runOf(command)->report.command, u"ping"_s);
        QCOMPARE(talk.runOf(command)->report.bot, base::UserId(u"hubot"_s));
        talk.wait(50);
        talk.say(u"hubot"_s, u"PONG"_s);
        QCOMPARE(talk.state(command), u"running"_s);
        QCOMPARE(talk.output(command), u"PONG\n"_s);
        talk.wait(5000);
        QCOMPARE(talk.state(command), u"succeeded"_s);
        QCOMPARE(talk.runOf(command)->report.endedAtMs - talk.runOf(command)->report.startedAtMs, 50);
        QVERIFY(!talk.runOf(talk.say(u"ben"_s, u"hubot is a good bot?"_s))->report.run.isEmpty());
        QVERIFY(!talk.runOf(talk.say(u"ben"_s, u"I like hubot"_s)));
        QVERIFY(!talk.runOf(talk.say(u"ben"_s, u"!!!"_s)));
        QVERIFY(!talk.runOf(talk.say(u"ben"_s, u"hubot"_s)));
    }

    void silenceIsAState()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot nosuch"_s);
        talk.wait(9000);
        QCOMPARE(talk.state(command), u"sent"_s);
        talk.wait(2000);
        QCOMPARE(talk.state(command), u"noReply"_s);
        // A slow bot is not a silent one.
        talk.say(u"hubot"_s, u"ana: nosuch, and sorry for being late"_s);
        QCOMPARE(talk.state(command), u"running"_s);
    }

    void howLongSilenceIsNormalIsLearned()
    {
        Talk talk;
        for (int i = 0; i < 4; ++i) {
            talk.say(u"ana"_s, u"hubot backup"_s);
            talk.wait(8000);
            talk.say(u"hubot"_s, u"backup written"_s);
            talk.wait(60'000);
        }
        const auto command = talk.say(u"ana"_s, u"hubot backup"_s);
        talk.wait(25'000);
        QCOMPARE(talk.state(command), u"sent"_s); // ten seconds would be a stranger's measure
        talk.wait(20'000);
        QCOMPARE(talk.state(command), u"noReply"_s);
    }

    void twoRunsAtOnceKeepTheirWords()
    {
        Talk talk;
        const auto first = talk.say(u"ana"_s, u"hubot deploy staging"_s);
        talk.wait(5);
        const auto second = talk.say(u"ben"_s, u"!migrate status vmax1"_s);
        talk.wait(10);
        talk.say(u"errbot"_s, u"array vmax1: 40%"_s);
        talk.say(u"hubot"_s, u"deploying staging 20% [##........]"_s);
        talk.wait(200);
        talk.say(u"hubot"_s, u"deploying staging 60% [######....]"_s);
        QCOMPARE(talk.runOf(first)->report.progress->percent, 60);
        talk.wait(200);
        talk.say(u"hubot"_s, u"ana: done"_s);
        QCOMPARE(talk.output(second), u"array vmax1: 40%\n"_s);
        QVERIFY(!talk.runOf(second)->report.progress); // what a status says is not how far the question is
        QCOMPARE(talk.output(first), u"deploying staging 20% [##........]\ndeploying staging 60% [######....]\ndone\n"_s);
        QCOMPARE(talk.runOf(second)->report.bot, base::UserId(u"errbot"_s));
    }

    void twoEqualCommandsAreToldApartByTheirProgress()
    {
        Talk talk;
        const auto first = talk.say(u"ana"_s, u"hubot deploy staging"_s);
        talk.wait(30);
        const auto second = talk.say(u"ben"_s, u"hubot deploy staging"_s);
        for (int percent = 20; percent <= 100; percent += 20) {
            talk.wait(170);
            talk.say(u"hubot"_s, u"deploying staging %1%"_s.arg(percent) + u" [##..]"_s);
            talk.wait(30);
            talk.say(u"hubot"_s, u"deploying staging %1%"_s.arg(percent) + u" [##..]"_s);
        }
        talk.wait(170);
        talk.say(u"hubot"_s, u"ana: done"_s);
        talk.say(u"hubot"_s, u"ben: done"_s);
        QCOMPARE(talk.output(first), talk.output(second));
        QCOMPARE(talk.output(first).count(u'\n'), 6);
    }

    void repliesAndThreadsDecide()
    {
        Talk talk;
        const auto first = talk.say(u"ana"_s, u"hubot slow"_s);
        const auto second = talk.say(u"ben"_s, u"hubot fast"_s);
        talk.wait(10);
        const auto answer = talk.say(u"hubot"_s, u"fast fast fast"_s, first);
        talk.say(u"hubot"_s, u"fast again"_s, answer);
        QCOMPARE(talk.output(first), u"fast fast fast\nfast again\n"_s);
        QCOMPARE(talk.output(second), QString());
        QCOMPARE(*talk.runOf(first)->report.confidence, 100);
    }

    void anUnaskedWordBelongsToNobody()
    {
        Talk talk;
        for (int i = 0; i < 3; ++i) {
            talk.say(u"hubot"_s, u"nightly backup %1 done"_s.arg(i));
            talk.wait(100'000);
        }
        const auto command = talk.say(u"ana"_s, u"hubot ping"_s);
        talk.wait(20);
        talk.say(u"hubot"_s, u"PONG"_s);
        talk.wait(40);
        talk.say(u"hubot"_s, u"nightly backup 4 done"_s);
        QCOMPARE(talk.output(command), u"PONG\n"_s);
    }

    void twoWhoAskTheRoomTheSameBothHaveTheirAnswer()
    {
        Talk talk;
        const auto ana = talk.say(u"ana"_s, u"is db-1 up?"_s);
        talk.nowMs += 15;
        const auto ben = talk.say(u"ben"_s, u"is db-1 up?"_s);
        talk.nowMs += 15;
        const auto ping = talk.say(u"chloe"_s, u"hubot ping"_s);
        talk.nowMs += 30;
        talk.say(u"hubot"_s, u"chloe: PONG"_s);
        talk.nowMs += 30;
        talk.say(u"errbot"_s, u"db-1 answers in 21 ms"_s);
        talk.nowMs += 40;
        talk.say(u"errbot"_s, u"db-1 answers in 21 ms"_s);
        QCOMPARE(talk.output(ping), u"PONG\n"_s);
        QCOMPARE(talk.output(ana), u"db-1 answers in 21 ms\n"_s);
        QCOMPARE(talk.output(ben), u"db-1 answers in 21 ms\n"_s);
    }
    void whatHasNoMessageOfItsOwnIsStillItsOwn()
    {
        // An answer after the end finds its run.
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot report disks"_s);
        talk.wait(100);
        talk.say(u"hubot"_s, u"looking at disks"_s);
        talk.wait(10'000);
        QCOMPARE(talk.state(command), u"succeeded"_s);
        talk.say(u"hubot"_s, u"ana: disks are fine"_s);
        QCOMPARE(talk.output(command), u"looking at disks\ndisks are fine\n"_s);
        QCOMPARE(talk.state(command), u"succeeded"_s);
    }

    void aQuestionIsAnsweredInItsRun()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot deploy.run --env staging"_s);
        talk.wait(5);
        talk.say(u"hubot"_s, u"ana: Preview: deploy.run --env staging"_s);
        talk.say(u"hubot"_s, u" "_s);
        talk.say(u"hubot"_s, u"Run it? (yes/no)"_s);
        QCOMPARE(talk.state(command), u"awaitingConfirmation"_s);
        QCOMPARE(talk.runOf(command)->report.detail, u"deploy.run --env staging"_s);
        talk.say(u"ben"_s, u"yes"_s); // was not asked
        QCOMPARE(talk.state(command), u"awaitingConfirmation"_s);
        talk.wait(2000);
        talk.say(u"ana"_s, u"no"_s);
        QCOMPARE(talk.state(command), u"running"_s);
        talk.wait(5);
        talk.say(u"hubot"_s, u"ana: Command cancelled"_s);
        QCOMPARE(talk.state(command), u"cancelled"_s);
    }

    void anAnswerThatABotDoesNotTakeUpIsNoSuccess()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot deploy.run --env staging"_s);
        talk.nowMs += 50;
        talk.say(u"hubot"_s, u"Run it? (yes/no)"_s);
        talk.nowMs += 1'000;
        talk.say(u"ana"_s, u"yes"_s);
        talk.wait(8'000);
        QCOMPARE(talk.state(command), u"unknown"_s);
        talk.say(u"hubot"_s, u"ana: deployed latest to staging"_s);
        talk.wait(600'000);
        QCOMPARE(talk.state(command), u"succeeded"_s);
    }
    void errorsOfBotsAreRead()
    {
        Talk talk;
        const auto boom = talk.say(u"ana"_s, u"!boom"_s);
        talk.wait(10);
        talk.say(u"errbot"_s, u"Computer says nooo. See logs for details:"_s);
        talk.say(u"errbot"_s, u" kaput"_s);
        QCOMPARE(talk.state(boom), u"error"_s);
        QCOMPARE(talk.output(boom), u"Computer says nooo. See logs for details:\n kaput\n"_s);
        talk.wait(1000);
        const auto denied = talk.say(u"ana"_s, u"hubot deploy.run --env moon"_s);
        talk.wait(10);
        talk.say(u"hubot"_s, u"ana: Error executing command: Permission denied: command not allowed in this room"_s);
        QCOMPARE(talk.state(denied), u"denied"_s);
        QCOMPARE(talk.runOf(denied)->report.detail, u"Permission denied: command not allowed in this room"_s);
    }

    void wordsThatAnAdapterCutAreWholeAgain()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"!help"_s);
        talk.wait(10);
        for (int i = 0; i < 12; ++i)
            talk.say(u"errbot"_s, u"• !command%1 - This one does what its name says"_s.arg(i));
        talk.say(u"errbot"_s, u"• !about - Return information about t"_s);
        talk.say(u"errbot"_s, u"his Errbot instance and version"_s);
        talk.say(u"errbot"_s, u"• !last - And more"_s);
        QVERIFY(talk.output(command).contains(u"information about this Errbot instance and version\n• !last"_s));
    }

    void aFenceThatWasCutIsOne()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot table"_s);
        talk.wait(10);
        const auto first = talk.say(u"hubot"_s, u"```\nrow 1\nrow 2\n```"_s);
        talk.say(u"hubot"_s, u"```\nrow 3\n```"_s);
        QCOMPARE(talk.output(command), u"```\nrow 1\nrow 2\nrow 3\n```\n"_s);
        // An edit takes its place.
        talk.edit(first, u"```\nROW 1\n```"_s);
        QCOMPARE(talk.output(command), u"```\nROW 1\nrow 3\n```\n"_s);
        QCOMPARE(talk.changes.back().kind, correlator::RunChange::Kind::Rewritten);
    }

    void reactionsSayHowARunStands()
    {
        Talk talk;
        talk.addBot(u"poshbot"_s);
        const auto command = talk.say(u"ana"_s, u"poshbot restart-service spooler"_s);
        talk.react(command, u"ben"_s, u"gear"_s); // a person's is a person's
        QCOMPARE(talk.state(command), u"sent"_s);
        talk.react(command, u"poshbot"_s, u"gear"_s);
        QCOMPARE(talk.state(command), u"running"_s);
        talk.wait(60'000);
        QCOMPARE(talk.state(command), u"running"_s);
        talk.react(command, u"poshbot"_s, u"gear"_s, false);
        talk.react(command, u"poshbot"_s, u"exclamation"_s);
        QCOMPARE(talk.state(command), u"failed"_s);
    }

    void anExecutionIsRecognizedByItsId()
    {
        Talk talk;
        talk.room.bots.clear();
        talk.addBot(u"st2"_s);
        const auto first = talk.say(u"ana"_s, u"!run date on host1"_s);
        const auto second = talk.say(u"ana"_s, u"!run date on host2"_s);
        talk.wait(10);
        talk.say(u"st2"_s, u"Got it! Remember 5f3c1b2a9d8e7f6a5b4c3d2e as your execution ID"_s);
        talk.say(u"st2"_s, u"I'll get right on that. Execution ID: 5f3c1b2a9d8e7f6a5b4c3d2f"_s);
        QCOMPARE(talk.state(first), u"acknowledged"_s);
        talk.wait(30'000);
        talk.say(u"st2"_s, u"Action core.remote completed.\nstatus : failed\nexecution: 5f3c1b2a9d8e7f6a5b4c3d2f"_s);
        talk.say(u"st2"_s, u"Action core.remote completed.\nstatus : succeeded\nexecution: 5f3c1b2a9d8e7f6a5b4c3d2e"_s);
        QCOMPARE(talk.state(first), u"succeeded"_s);
        QCOMPARE(talk.state(second), u"failed"_s);
    }

    void aRenameInTheMiddleLosesNothing()
    {
        Talk talk;
        const auto mine = talk.say(u"ana"_s, u"hubot slow report"_s);
        talk.say(u"ben"_s, u"hubot slow report"_s);
        talk.system(u"ana"_s, u"renamed ana_away"_s);
        talk.wait(3000);
        talk.say(u"hubot"_s, u"ana_away: here it is"_s);
        QCOMPARE(talk.output(mine), u"here it is\n"_s);
    }

    // ---- envelopes ----

    void anEnvelopeDecidesAndTellsTheEnd()
    {
        Talk talk;
        const auto first = talk.say(u"ana"_s, u"hubot deploy staging"_s);
        const auto second = talk.say(u"ana"_s, u"hubot deploy staging"_s);
        const QByteArray cause = "{\"user\":\"ana\",\"command\":\"hubot deploy staging\"}";
        talk.tell(u"hubot"_s, base::MessageId(u"m3"_s), runEvent("started", "run-0001", 0, {}, cause));
        talk.say(u"hubot"_s, u"one"_s);
        talk.tell(u"hubot"_s, base::MessageId(u"m4"_s), runEvent("started", "run-0002", 0, {}, cause));
        talk.say(u"hubot"_s, u"two"_s);
        talk.wait(60'000);
        QCOMPARE(talk.state(first), u"running"_s);
        talk.tell(u"hubot"_s, {}, runEvent("finished", "run-0002", 3, "\"outcome\":\"failure\",\"exitCode\":3,\"durationMs\":1200"));
        QCOMPARE(talk.output(first), u"one\n"_s);
        QCOMPARE(talk.output(second), u"two\n"_s);
        QCOMPARE(talk.state(second), u"failed"_s);
        QCOMPARE(*talk.runOf(second)->report.exitCode, 3);
        QCOMPARE(talk.runOf(second)->report.endedAtMs - talk.runOf(second)->report.startedAtMs, 1200);
        // After the end nothing changes it any more.
        talk.tell(u"hubot"_s, {}, runEvent("finished", "run-0002", 4, "\"outcome\":\"success\""));
        talk.tell(u"hubot"_s, {}, runEvent("progress", "run-0002", 5, "\"progress\":{\"state\":\"normal\",\"percent\":10}"));
        QCOMPARE(talk.state(second), u"failed"_s);
    }

    void anImpostorsEnvelopeIsText()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot deploy staging"_s);
        const QByteArray cause = "{\"user\":\"ana\",\"command\":\"hubot deploy staging\",\"message\":\"m1\"}";
        talk.tell(u"ben"_s, {}, runEvent("finished", "run-0001", 1, "\"outcome\":\"success\"", cause)); // no bot
        talk.tell(u"errbot"_s, {}, runEvent("finished", "run-0001", 1, "\"outcome\":\"success\"", cause)); // not the one that was asked
        talk.tell(
            u"hubot"_s, {}, runEvent("finished", "run-0001", 1, "\"outcome\":\"success\"", "{\"user\":\"ben\",\"command\":\"deploy staging\"}"));
        talk.tell(u"hubot"_s, {}, runEvent("finished", "run-0009", 1, "\"outcome\":\"success\"")); // of no run
        QCOMPARE(talk.state(command), u"sent"_s);
        talk.tell(u"hubot"_s, {}, runEvent("started", "run-0001", 1, {}, cause));
        talk.tell(u"errbot"_s, {}, runEvent("finished", "run-0001", 2, "\"outcome\":\"success\""));
        QCOMPARE(talk.state(command), u"running"_s);
        talk.tell(u"hubot"_s, {}, runEvent("finished", "run-0001", 2, "\"outcome\":\"success\""));
        QCOMPARE(talk.state(command), u"succeeded"_s);
    }

    void anEnvelopesTableStandsForTheWords_data()
    {
        QTest::addColumn<bool>("isLate");
        QTest::addColumn<QByteArray>("resource");
        QTest::addColumn<QString>("output");
        const QByteArray fields = "{\"schema\":{\"fields\":[{\"name\":\"host\",\"title\":\"Host\"},{\"name\":\"load\"}]},\"data\":";
        const QString table = u"Host,load\nweb-1,0.5\n\"a, \"\"b\"\"\",\n"_s;
        QTest::newRow("objects") << false << QByteArray(fields + "[{\"host\":\"web-1\",\"load\":0.5},{\"host\":\"a, \\\"b\\\"\"}]}") << table;
        QTest::newRow("lists") << false << QByteArray(fields + "[[\"web-1\",0.5],[\"a, \\\"b\\\"\",null]]}") << table;
        QTest::newRow("behind its message") << true << QByteArray(fields + "[[\"web-1\",0.5],[\"a, \\\"b\\\"\"]]}") << table;
        QTest::newRow("no rows") << false << QByteArray(fields + "[]}") << u"two hosts\n"_s;
        QTest::newRow("rows that are none") << false << QByteArray(fields + "[1,2]}") << u"two hosts\n"_s;
        QTest::newRow("columns without names") << false << QByteArray("{\"schema\":{\"fields\":[{}]},\"data\":[[1]]}") << u"two hosts\n"_s;
        QTest::newRow("too many") << false << QByteArray(fields + '[' + QByteArray("[1,2],").repeated(10'001).chopped(1) + "]}") << u"two hosts\n"_s;
    }
    void anEnvelopesTableStandsForTheWords()
    {
        QFETCH(bool, isLate);
        QFETCH(QByteArray, resource);
        QFETCH(QString, output);
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot hosts"_s);
        const QByteArray event = runEvent("output", "run-0001", 1, "\"bundle\":{\"application/vnd.dataresource+json\":" + resource + '}',
            "{\"user\":\"ana\",\"command\":\"hubot hosts\"}");
        if (!isLate)
            talk.tell(u"hubot"_s, base::MessageId(u"m2"_s), event);
        const auto answer = talk.say(u"hubot"_s, u"two hosts"_s);
        if (isLate)
            talk.tell(u"hubot"_s, answer, event);
        QCOMPARE(talk.output(command), output);
    }

    void anApprovalNamesWhatToSay()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot drop db"_s);
        const QByteArray cause = "{\"user\":\"ana\",\"command\":\"hubot drop db\"}";
        const QByteArray replies = "\"replies\":[{\"label\":\"Go\",\"text\":\"hubot go 7\"},{\"label\":\"Stop\",\"text\":\"hubot stop 7\"}]";
        talk.tell(u"hubot"_s, {}, runEvent("approval", "run-0001", 1, "\"approval\":{\"state\":\"pending\"," + replies + '}', cause));
        QCOMPARE(talk.state(command), u"awaitingApproval"_s);
        QCOMPARE(talk.runOf(command)->answers, (QStringList{u"hubot go 7"_s, u"hubot stop 7"_s}));
        const auto anothers = talk.say(u"ben"_s, u"hubot go 7"_s);
        QVERIFY(talk.runOf(anothers) != talk.runOf(command)); // it is ana's to say
        QCOMPARE(talk.state(command), u"awaitingApproval"_s);
        // Of a group, anybody.
        talk.tell(u"hubot"_s, {}, runEvent("approval", "run-0001", 2, "\"approval\":{\"state\":\"pending\",\"groups\":[\"ops\"]," + replies + '}'));
        QCOMPARE(talk.runOf(command)->report.detail, u"ops"_s);
        const auto answer = talk.say(u"ben"_s, u"hubot go 7"_s);
        QCOMPARE(talk.runOf(answer), talk.runOf(command));
        QVERIFY(talk.runOf(command)->answers.isEmpty());
        talk.tell(u"hubot"_s, {}, runEvent("approval", "run-0001", 3, "\"approval\":{\"state\":\"denied\"}"));
        QCOMPARE(talk.state(command), u"denied"_s);
    }

    void aBotsWordsNameWhatToSay()
    {
        Talk talk;
        talk.addBot(u"poshbot"_s);
        const auto command = talk.say(u"ana"_s, u"poshbot restart-cluster"_s);
        talk.wait(100);
        talk.say(u"poshbot"_s,
            u"Approval Needed for [restart-cluster]\nApproval is needed to run [restart-cluster] from someone in the approval group(s) [ops].\n"
            "To approve, say '!approve 1bd05182'.\nTo deny, say '!deny 1bd05182'."_s);
        QCOMPARE(talk.state(command), u"awaitingApproval"_s);
        QCOMPARE(talk.runOf(command)->answers, (QStringList{u"!approve 1bd05182"_s, u"!deny 1bd05182"_s}));
        const auto answer = talk.say(u"ben"_s, u"!approve 1bd05182"_s);
        QCOMPARE(talk.runOf(answer), talk.runOf(command));
    }

    void aTrailerSaysTheSame()
    {
        Talk talk;
        const auto first = talk.say(u"ana"_s, u"hubot migrate start a"_s);
        talk.say(u"ben"_s, u"hubot ping"_s);
        talk.say(u"hubot"_s, u"moving\n[run:8b9a0b45 migrate.start running 40%]"_s);
        QCOMPARE(talk.output(first), u"moving\n"_s);
        QCOMPARE(talk.runOf(first)->report.progress->percent, 40);
        talk.say(u"hubot"_s, u"[run:8b9a0b45 migrate.start success exit=0 12.3s env=prod]"_s);
        QCOMPARE(talk.output(first), u"moving\n"_s);
        QCOMPARE(talk.state(first), u"succeeded"_s);
        QCOMPARE(talk.runOf(first)->report.environment, u"prod"_s);
    }

    // ---- by hand ----

    void whatWasPutTogetherByHandStaysAndTeaches()
    {
        Talk talk;
        const auto first = talk.say(u"ana"_s, u"hubot audit"_s);
        talk.wait(10);
        const auto second = talk.say(u"ana"_s, u"hubot weather"_s);
        talk.wait(10);
        const auto wrong = talk.say(u"hubot"_s, u"14 findings"_s);
        const auto* from = talk.runOf(first)->parts.isEmpty() ? talk.runOf(second) : talk.runOf(first);
        const auto* into = from == talk.runOf(first) ? talk.runOf(second) : talk.runOf(first);
        const base::RunId fromId = from->report.run, intoId = into->report.run;
        QVERIFY(bool(talk.correlator.move(fromId, {wrong}, intoId, talk.nowMs)));
        QCOMPARE(talk.correlator.find(intoId)->parts.size(), 1);
        QVERIFY(talk.correlator.find(fromId)->parts.isEmpty());
        talk.edit(wrong, u"15 findings"_s);
        QCOMPARE(talk.correlator.find(intoId)->parts.first().text, u"15 findings"_s);
        // The same again is decided as the person did.
        const QString taught = talk.correlator.find(intoId)->report.command;
        talk.wait(100'000);
        const auto again = talk.say(u"ben"_s, u"hubot "_s + (taught == "audit"_L1 ? u"weather"_s : u"audit"_s));
        talk.wait(10);
        const auto right = talk.say(u"ben"_s, u"hubot "_s + taught);
        talk.wait(10);
        talk.say(u"hubot"_s, u"3 findings"_s);
        QCOMPARE(talk.output(right), u"3 findings\n"_s);
        QCOMPARE(talk.output(again), QString());
    }

    void joinedRunsAreOne()
    {
        Talk talk;
        const auto first = talk.say(u"ana"_s, u"hubot part one"_s);
        talk.wait(10);
        talk.say(u"hubot"_s, u"part one is here"_s);
        const auto second = talk.say(u"ana"_s, u"hubot part two"_s);
        talk.wait(10);
        talk.say(u"hubot"_s, u"part two is here"_s);
        const base::RunId gone = talk.runOf(second)->report.run;
        QVERIFY(bool(talk.correlator.join(gone, talk.runOf(first)->report.run, talk.nowMs)));
        QCOMPARE(talk.output(first), u"part one is here\npart two is here\n"_s);
        QCOMPARE(talk.runOf(second), talk.runOf(first));
        QVERIFY(!talk.correlator.find(gone));
        QVERIFY(!talk.correlator.join(gone, talk.runOf(first)->report.run, talk.nowMs).hasValue());
    }

    void aClockThatIsWrongDoesNotMoveOurs()
    {
        Talk talk;
        talk.correlator.setSkew(talk.conversation.account(), -7'200'000);
        const auto command = talk.say(u"ana"_s, u"hubot ping"_s);
        QCOMPARE(talk.runOf(command)->report.startedAtMs, talk.nowMs - 7'200'000);
        talk.wait(10);
        talk.say(u"hubot"_s, u"PONG"_s);
        talk.wait(10'000);
        QCOMPARE(talk.runOf(command)->report.endedAtMs - talk.runOf(command)->report.startedAtMs, 10);
    }

    void whatWasKnownIsRestored()
    {
        Talk talk;
        const auto command = talk.say(u"ana"_s, u"hubot ping"_s);
        talk.wait(10);
        talk.say(u"hubot"_s, u"PONG"_s);
        const correlator::CorrelatedRun kept = *talk.runOf(command);
        Talk later;
        later.correlator.restore(kept, later.nowMs);
        QCOMPARE(later.output(command), u"PONG\n"_s);
        later.say(u"ana"_s, u"hubot ping"_s); // the server replays it: the same message
        QCOMPARE(later.changes.size(), size_t(0));
        later.correlator.forget(later.conversation.account());
        QVERIFY(!later.runOf(command));
    }
};

QTEST_GUILESS_MAIN(TestCorrelator)
#include "tst_correlator.moc"
