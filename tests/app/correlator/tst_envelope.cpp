// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "talk.h"

using namespace ridealong;
using namespace ridealong::correlator;
using namespace ridealong::tests;
using namespace Qt::StringLiterals;

class TestEnvelope : public QObject
{
    Q_OBJECT
private slots:
    void isRead()
    {
        const auto read = readEnvelope(runEvent("finished", "8b9a0b45", 2,
            "\"outcome\":\"failure\",\"exitCode\":-1,\"errors\":\"kaput\",\"environment\":\"prod\",\"dryRun\":true,\"url\":\"javascript:alert(1)\","
            "\"later\":[1]",
            "{\"user\":\"ana\",\"message\":\"m1\",\"command\":\"deploy\",\"room\":\"#ops\"}"));
        if (!read)
            qWarning() << read.error().detail;
        QVERIFY(read.hasValue());
        QCOMPARE(read->run, u"8b9a0b45"_s);
        QCOMPARE(read->sequence, 2);
        QCOMPARE(read->causeUser, u"ana"_s);
        QVERIFY(read->outcome == chat::RunState::Failed);
        QCOMPARE(*read->exitCode, -1);
        QVERIFY(read->dryRun);
        QCOMPARE(read->url, QString()); // no such address is ever opened
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("wrong");
        const QByteArray good = runEvent("started", "8b9a0b45", 0, {});
        const auto without = [&](const QByteArray& what, const QByteArray& with = {}) { return QByteArray(good).replace(what, with); };
        QTest::newRow("nothing") << QByteArray() << u"specversion"_s;
        QTest::newRow("no object") << QByteArray("[1]") << u"specversion"_s;
        QTest::newRow("half of it") << good.left(60) << u"specversion"_s;
        QTest::newRow("another version") << without("\"1.0\"", "\"2.0\"") << u"specversion"_s;
        QTest::newRow("unknown type") << without("started.v1", "exploded.v1") << u"type"_s;
        QTest::newRow("not ours") << without("dev.ridealong.run.", "dev.cdevents.taskrun.") << u"type"_s;
        QTest::newRow("short id") << without("8b9a0b45", "8b9a0") << u"subject"_s;
        QTest::newRow("id with a space") << without("8b9a0b45", "8b9 0b45") << u"subject"_s;
        QTest::newRow("no time") << without("2026-11-23T09:00:02Z", "yesterday") << u"time"_s;
        QTest::newRow("no sequence") << without(",\"seq\":0") << u"seq"_s;
        QTest::newRow("negative sequence") << without("\"seq\":0", "\"seq\":-1") << u"seq"_s;
        QTest::newRow("half a sequence") << without("\"seq\":0", "\"seq\":0.5") << u"seq"_s;
        QTest::newRow("no task") << without("\"taskName\":\"deploy\",") << u"taskName"_s;
        QTest::newRow("finished how") << runEvent("finished", "8b9a0b45", 0, {}) << u"outcome"_s;
        QTest::newRow("unknown outcome") << runEvent("finished", "8b9a0b45", 0, "\"outcome\":\"maybe\"") << u"outcome"_s;
        QTest::newRow("progress over all") << runEvent("progress", "8b9a0b45", 0, "\"progress\":{\"state\":\"normal\",\"percent\":101}")
                                           << u"progress.percent"_s;
        QTest::newRow("no progress") << runEvent("progress", "8b9a0b45", 0, {}) << u"progress"_s;
        QTest::newRow("output of nothing") << runEvent("output", "8b9a0b45", 0, {}) << u"bundle"_s;
        QTest::newRow("text for a number") << runEvent("started", "8b9a0b45", 0, "\"exitCode\":\"1\"") << u"exitCode"_s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, json);
        const auto read = readEnvelope(json);
        QVERIFY(!read.hasValue());
        QTEST(read.error().detail, "wrong");
    }

    void hasLimits()
    {
        const auto sized = [](qsizetype bytes) {
            const QByteArray small = runEvent("started", "8b9a0b45", 0, "\"pad\":\"\"");
            return runEvent("started", "8b9a0b45", 0, "\"pad\":\"" + QByteArray(bytes - small.size(), 'x') + '"');
        };
        QCOMPARE(sized(kMaxEnvelopeBytes).size(), kMaxEnvelopeBytes);
        QVERIFY(readEnvelope(sized(kMaxEnvelopeBytes)).hasValue());
        QVERIFY(!readEnvelope(sized(kMaxEnvelopeBytes + 1)).hasValue());
        QVERIFY(!readEnvelope(sized(1 << 20)).hasValue());
        const auto deep = [](int depth) { // two levels are there already
            return runEvent("started", "8b9a0b45", 0, "\"arguments\":" + QByteArray(depth, '[') + QByteArray(depth, ']'));
        };
        QVERIFY(readEnvelope(deep(kMaxEnvelopeDepth - 2)).hasValue());
        QVERIFY(!readEnvelope(deep(kMaxEnvelopeDepth - 1)).hasValue());
        QVERIFY(!readEnvelope(deep(1000)).hasValue());
    }

    void trailersAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("found");
        QTest::newRow("alone") << u"[run:8b9a0b45 migrate.start success exit=0 12.3s env=prod]"_s << true;
        QTest::newRow("behind a text") << u"done\n[run:8b9a0b45 migrate.start running 40%]"_s << true;
        QTest::newRow("not at the end") << u"[run:8b9a0b45 migrate.start running 40%]\ndone"_s << false;
        QTest::newRow("a log line") << u"[2026-11-23 09:00:00 error]"_s << false;
        QTest::newRow("unknown state") << u"[run:8b9a0b45 migrate.start exploded]"_s << false;
        QTest::newRow("no id") << u"[run: migrate.start success]"_s << false;
        QTest::newRow("in a sentence") << u"see [run:8b9a0b45 migrate.start success]"_s << false;
        QTest::newRow("huge numbers") << u"[run:8b9a0b45 migrate.start success exit=99999999999999]"_s << false;
    }
    void trailersAreFound()
    {
        QFETCH(QString, text);
        QFETCH(bool, found);
        QCOMPARE(trailerOf(text).has_value(), found);
    }
};

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
