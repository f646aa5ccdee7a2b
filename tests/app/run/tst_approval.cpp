// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Who may say that something runs, and what it is then that runs.
#include "app/run/runnerfixture.h"
#include "run/launch.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;
using tests::Room;

#define QTRY_ENDED(room, id) QTRY_VERIFY_WITH_TIMEOUT(room.isOver(id), 20000)
#define COMPARE_STATE(room, id, expected) QCOMPARE(chat::toString(room.report(id).state), chat::toString(expected))

class TestApproval : public QObject
{
    Q_OBJECT
private slots:
    void waitsForAnApprovalInProduction();
    void runsOnlyTheScriptThatWasApproved();
    void deniesInProduction();
    void letsSafeCommandsRunInProduction();
    void isSteeredByCommandsInTheRoom();
};

void TestApproval::waitsForAnApprovalInProduction()
{
    Room room;
    room.environment = u"production"_s;
    room.script(u"change"_s, "#!/bin/sh\n# Risk: danger\necho changed\n");
    room.begin();
    const auto id = room.run(u"change"_s);
    COMPARE_STATE(room, id, RunState::AwaitingApproval);
    QVERIFY(room.report(id).detail.contains(u"runner approve "_s + id.text()));
    const auto approval = room.say(u"runner approve %1"_s.arg(id.text().left(5)), u"Ben"_s);
    COMPARE_STATE(room, approval, RunState::Succeeded);
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Succeeded);
    QCOMPARE(room.report(id).detail, u"approved by Ben"_s);
    QCOMPARE(room.output(id), QByteArray("changed\n"));

    const auto own = room.run(u"change"_s);
    QVERIFY(room.bot->decide(own, Room::person(u"Ana"_s), true));
    QVERIFY(!room.bot->decide(own, Room::person(u"Ben"_s), false)); // too late
    QTRY_ENDED(room, own);
    QCOMPARE(room.report(own).detail, u"approved by Ana (who asked for it)"_s);
}

void TestApproval::runsOnlyTheScriptThatWasApproved()
{
    Room room;
    room.environment = u"production"_s;
    const QByteArray content = "#!/bin/sh\n# Risk: danger\necho harmless > done\n";
    const QByteArray large = content + QByteArray(run::kMaxHashedBytes, '#') + '\n';
    for (const QByteArray& before : {content, large}) {
        room.script(u"change"_s, before);
        room.begin();
        const auto id = room.run(u"change"_s);
        COMPARE_STATE(room, id, RunState::AwaitingApproval);
        room.script(u"change"_s, QByteArray(before).replace("harmless", "harmfull")); // as long as it was
        QVERIFY(room.bot->decide(id, Room::person(u"Ben"_s), true));
        COMPARE_STATE(room, id, RunState::Error);
        QVERIFY(room.report(id).detail.contains(u"changed after it was asked for"_s));
        QVERIFY(room.report(id).detail.contains(u"approved by Ben"_s));
        QVERIFY(!QFile::exists(room.path(u"work/done"_s)));
    }
    const auto gone = room.run(u"change"_s);
    QVERIFY(QFile::remove(room.path(u"scripts/change"_s)));
    QVERIFY(room.bot->decide(gone, Room::person(u"Ben"_s), true));
    COMPARE_STATE(room, gone, RunState::Error);
}

void TestApproval::deniesInProduction()
{
    Room room;
    room.environment = u"production"_s;
    room.script(u"change"_s, "#!/bin/sh\ntouch changed\n"); // no header: unknown risk is no safe one
    room.begin();
    const auto id = room.run(u"change"_s);
    COMPARE_STATE(room, id, RunState::AwaitingApproval);
    QVERIFY(room.bot->decide(id, Room::person(u"Ben"_s), false));
    COMPARE_STATE(room, id, RunState::Denied);
    QCOMPARE(room.report(id).detail, u"denied by Ben"_s);
    QVERIFY(!room.bot->decide(id, Room::person(u"Ben"_s), true));
    QVERIFY(!QFile::exists(room.path(u"work/changed"_s)));
}

void TestApproval::letsSafeCommandsRunInProduction()
{
    Room room;
    room.environment = u"production"_s;
    room.script(u"look"_s, "#!/bin/sh\n# Risk: safe\necho seen\n");
    room.begin();
    const auto id = room.run(u"look"_s);
    QTRY_ENDED(room, id);
    QCOMPARE(room.output(id), QByteArray("seen\n"));
}

void TestApproval::isSteeredByCommandsInTheRoom()
{
    Room room;
    room.script(u"wait"_s, "#!/bin/sh\nexec sleep 1000\n");
    room.begin();
    const auto id = room.run(u"wait"_s);
    const auto wrong = room.say(u"runner cancel zzzzzz"_s, u"Ben"_s);
    COMPARE_STATE(room, wrong, RunState::Failed);
    QCOMPARE(room.report(wrong).detail, u"no run 'zzzzzz' is open"_s);
    const auto notWaiting = room.say(u"runner approve "_s + id.text(), u"Ben"_s);
    COMPARE_STATE(room, notWaiting, RunState::Failed);
    const auto right = room.say(u"runner cancel "_s + id.text(), u"Ben"_s);
    COMPARE_STATE(room, right, RunState::Succeeded);
    QTRY_ENDED(room, id);
    QCOMPARE(room.report(id).detail, u"cancelled by Ben"_s);
}

QTEST_GUILESS_MAIN(TestApproval)
#include "tst_approval.moc"
