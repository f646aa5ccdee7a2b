// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "app/run/runnerfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;
using tests::Room;

#define QTRY_ENDED(room, id) QTRY_VERIFY_WITH_TIMEOUT(room.isOver(id), 20000)
#define COMPARE_STATE(room, id, expected) QCOMPARE(chat::toString(room.report(id).state), chat::toString(expected))

class TestArgumentCheck : public QObject
{
    Q_OBJECT
private slots:
    void refusesBadArgumentsBeforeStarting_data();
    void refusesBadArgumentsBeforeStarting();
};

void TestArgumentCheck::refusesBadArgumentsBeforeStarting_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("problem"); // null: it runs
    QTest::newRow("fits") << u"move /a --streams 64 --dry"_s << QString();
    QTest::newRow("equals") << u"move --streams=1 /a fast"_s << QString();
    QTest::newRow("dashes end options") << u"move -- --a"_s << QString();
    QTest::newRow("missing") << u"move"_s << u"missing: 'source'"_s;
    QTest::newRow("zero") << u"move /a --streams 0"_s << u"'streams' must be 1 to 64, not 0"_s;
    QTest::newRow("too big") << u"move /a --streams 65"_s << u"'streams' must be 1 to 64, not 65"_s;
    QTest::newRow("no number") << u"move /a --streams=4x"_s << u"'streams' must be a whole number, not '4x'"_s;
    QTest::newRow("huge number") << u"move /a --streams 99999999999999999999"_s << u"'streams' must be a whole number, not '99999999999999999999'"_s;
    QTest::newRow("no value") << u"move /a --streams"_s << u"'--streams' needs a value"_s;
    QTest::newRow("unknown option") << u"move /a --strams 4"_s << u"unknown option '--strams'; did you mean '--streams'?"_s;
    QTest::newRow("flag with value") << u"move /a --dry=yes"_s << u"'--dry' takes no value"_s;
    QTest::newRow("choice") << u"move /a slow"_s << u"'mode' must be one of fast, safe, not 'slow'"_s;
    QTest::newRow("too many") << u"move /a fast b"_s << u"'b' is one argument too many"_s;
    QTest::newRow("empty path") << u"move ''"_s << u"'source' is empty"_s;
    QTest::newRow("open quote") << u"move 'a"_s << u"a quote (') is not closed"_s;
    QTest::newRow("NUL") << u"move a"_s + QChar(0) << u"a NUL character cannot be in an argument"_s;
}

void TestArgumentCheck::refusesBadArgumentsBeforeStarting()
{
    QFETCH(QString, command);
    QFETCH(QString, problem);
    Room room;
    room.script(u"move"_s,
        "#!/bin/sh\n# Commands:\n#   move <source> [mode] [--streams N] [--dry]\n# Arguments:\n#   source: path\n#   mode: one of fast, "
        "safe\n"
        "#   streams: integer 1-64\n# Risk: safe\ntouch started\n");
    room.begin();
    const auto id = room.run(command);
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, problem.isNull() ? RunState::Succeeded : RunState::Error);
    QCOMPARE(QFile::exists(room.path(u"work/started"_s)), problem.isNull());
    if (problem.isNull())
        return;
    QVERIFY2(room.report(id).detail.startsWith(problem), qPrintable(room.report(id).detail));
    if (!problem.contains(u"quote") && !problem.contains(u"NUL"))
        QVERIFY(room.report(id).detail.endsWith(u"; usage: runner move <source> [fast|safe] [--streams N] [--dry]"_s));
}

QTEST_GUILESS_MAIN(TestArgumentCheck)
#include "tst_argumentcheck.moc"
