// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/logtime.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong::console;

class LogTimeTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTheStylesOfLogs_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("time");
        QTest::newRow("RFC 3339") << "2026-11-24T09:00:01.120Z INFO x"_ba << u"2026-11-24T09:00:01.120Z"_s;
        QTest::newRow("with a zone") << "[2026-11-24T09:00:01+02:00] x"_ba << u"2026-11-24T07:00:01.000Z"_s;
        QTest::newRow("Python") << "2026-11-24 09:00:01,120 - root - x"_ba << u"2026-11-24T09:00:01.120Z"_s;
        QTest::newRow("Go") << "2026/11/24 09:00:01 x"_ba << u"2026-11-24T09:00:01.000Z"_s;
        QTest::newRow("PostgreSQL") << "2026-11-24 09:00:01.120 -0130 [12] LOG: x"_ba << u"2026-11-24T10:30:01.120Z"_s;
        QTest::newRow("web server") << "127.0.0.1 - - [24/Nov/2026:09:00:01 +0100] \"GET /\""_ba << u"2026-11-24T08:00:01.000Z"_s;
        QTest::newRow("JSON") << "{\"level\":\"info\",\"ts\":\"2026-11-24T09:00:01Z\"}"_ba << u"2026-11-24T09:00:01.000Z"_s;
        QTest::newRow("logfmt") << "level=info time=2026-11-24T09:00:01Z msg=x"_ba << u"2026-11-24T09:00:01.000Z"_s;
        QTest::newRow("seconds") << "1795510801.5 x"_ba << u"2026-11-24T09:00:01.500Z"_s;
        QTest::newRow("milliseconds") << "1795510801500 x"_ba << u"2026-11-24T09:00:01.500Z"_s;
        QTest::newRow("leap year") << "2028-02-29 00:00:00 x"_ba << u"2028-02-29T00:00:00.000Z"_s;
        QTest::newRow("syslog") << "Nov 24 09:00:01 host app: x"_ba << u"1970-11-24T09:00:01.000Z"_s;
        QTest::newRow("syslog, early in the month") << "Nov  4 09:00:01 host app: x"_ba << u"1970-11-04T09:00:01.000Z"_s;
        QTest::newRow("glog") << "I1124 09:00:01.250000 1 a.cc:3] x"_ba << u"1970-11-24T09:00:01.250Z"_s;
        QTest::newRow("kernel") << "[   12.500000] usb 1-1: x"_ba << u"1970-01-01T00:00:12.500Z"_s;
        QTest::newRow("a time alone") << "[09:00:01.5] x"_ba << u"1970-01-01T09:00:01.500Z"_s;
    }
    void readsTheStylesOfLogs()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, time);
        const auto read = logTimeOf(line);
        QVERIFY(read);
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(read->us / 1000, Qt::UTC).toString(Qt::ISODateWithMs), time);
        QVERIFY(read->begin >= 0 && read->begin < read->end && read->end <= line.size());
    }
    void saysWhereItStands()
    {
        const auto read = logTimeOf("at 09:00:01.25 it began");
        QVERIFY(read && !read->hasDate);
        QCOMPARE(read->begin, 3);
        QCOMPARE(read->end, 14);
    }
    void readsNoTimeWhereThereIsNone()
    {
        for (const auto* line : {"", "x", "12:34", "1.2.3.4:80", "25:00:01 x", "09:61:01", "2026-13-01 00:00", "2026-11-24", "version 2026-11-24T",
                 "aa:bb:cc:dd:ee:ff", "00:11:22:33:44:55", "12345678901234567890", "[12] x", "Nov 24", "Novel 24 09:00"})
            QVERIFY2(!logTimeOf(line), line);
    }
    void looksOnlyAtTheBeginning()
    {
        const QByteArray time = "09:00:01";
        QVERIFY(logTimeOf(QByteArray(kLogTimeBytes - time.size(), ' ') + time));
        QVERIFY(!logTimeOf(QByteArray(kLogTimeBytes - time.size() + 1, ' ') + time));
    }
};

QTEST_APPLESS_MAIN(LogTimeTest)
#include "tst_logtime.moc"
