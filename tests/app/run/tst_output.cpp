// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "app/run/runnerfixture.h"
#include "base/watchdog.h"
#include "run/outputfile.h"
#include "run/progressscanner.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTestEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace ridealong;
using run::OutputFile;
using run::ProgressScanner;
using tests::Room;

class TestOutput : public QObject
{
    Q_OBJECT
private slots:
    void keepsHeadAndTail_data();
    void keepsHeadAndTail();
    void keepsTheSameHoweverItIsCut();
    void beginsTheTailWithAWholeCharacter();
    void tellsWhenItCannotBeStored();
    void findsProgressHoweverItIsCut();
    void takesNothingElseForProgress();
    void staysSmallWhileMuchIsPrinted();
    void countsTheLimitsExactly();
};

static QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static QByteArray letters(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += char('a' + i % 26);
    return text;
}

void TestOutput::keepsHeadAndTail_data()
{
    QTest::addColumn<int>("head");
    QTest::addColumn<int>("tail");
    QTest::addColumn<int>("written");
    QTest::addColumn<int>("omitted");
    QTest::newRow("nothing") << 10 << 5 << 0 << 0;
    QTest::newRow("head") << 10 << 5 << 10 << 0;
    QTest::newRow("head + 1") << 10 << 5 << 11 << 0;
    QTest::newRow("head + tail") << 10 << 5 << 15 << 0;
    QTest::newRow("head + tail + 1") << 10 << 5 << 16 << 1;
    QTest::newRow("much") << 10 << 5 << 1000 << 985;
    QTest::newRow("no tail") << 10 << 0 << 12 << 2;
    QTest::newRow("no head") << 0 << 5 << 12 << 7;
    QTest::newRow("neither") << 0 << 0 << 3 << 3;
}

void TestOutput::keepsHeadAndTail()
{
    QFETCH(int, head);
    QFETCH(int, tail);
    QFETCH(int, written);
    QFETCH(int, omitted);
    QTemporaryDir folder;
    const QByteArray all = letters(written);
    OutputFile file(folder.filePath(u"o"_s), head, tail);
    file.append(all);
    file.finish();
    QByteArray expected = all;
    if (omitted > 0)
        expected = all.first(head) + run::kGapMark + all.last(tail);
    QCOMPARE(contentOf(folder.filePath(u"o"_s)), expected);
    QCOMPARE(file.storedBytes(), expected.size());
    QCOMPARE(file.omittedBytes(), omitted);
    QCOMPARE(file.omittedAt(), omitted > 0 ? head : 0);
}

void TestOutput::keepsTheSameHoweverItIsCut()
{
    tests::FakeRandom random;
    QTemporaryDir folder;
    const QByteArray all = letters(500);
    OutputFile whole(folder.filePath(u"whole"_s), 100, 37);
    whole.append(all);
    whole.finish();
    for (int round = 0; round < 50; ++round) {
        OutputFile cut(folder.filePath(u"cut"_s), 100, 37);
        for (qsizetype at = 0; at < all.size();) {
            const auto count = std::min<qsizetype>(qsizetype(random.next() % 90), all.size() - at);
            cut.append(QByteArrayView(all).sliced(at, count));
            at += count;
        }
        cut.finish();
        QCOMPARE(contentOf(folder.filePath(u"cut"_s)), contentOf(folder.filePath(u"whole"_s)));
    }
}

void TestOutput::beginsTheTailWithAWholeCharacter()
{
    QTemporaryDir folder;
    OutputFile file(folder.filePath(u"o"_s), 2, 4);
    file.append(QByteArray("ab") + u"xx日本"_s.toUtf8()); // the last four bytes begin within the first ideograph
    file.finish();
    QVERIFY(contentOf(folder.filePath(u"o"_s)).endsWith(u"…\n本"_s.toUtf8()));
    QCOMPARE(file.omittedBytes(), 5);
}

void TestOutput::tellsWhenItCannotBeStored()
{
    OutputFile full(u"/dev/full"_s, 10, 5);
    full.append("0123456789abcdefgh");
    full.append("more");
    full.finish();
    QCOMPARE(full.error(), u"No space left on device"_s);
    QCOMPARE(full.storedBytes(), 0);
    QCOMPARE(full.omittedBytes(), 22);
    OutputFile nowhere(u"/no/such/folder/file"_s, 10, 5);
    nowhere.append("abc");
    nowhere.finish();
    QCOMPARE(nowhere.error(), u"No such file or directory"_s);
    QCOMPARE(nowhere.omittedBytes(), 3);
}

void TestOutput::findsProgressHoweverItIsCut()
{
    const QByteArray text = "ab\x1b]0;title\a\x1b[31m\x1b\x1b]9;4;1;42\acd\x1b]9;4;2;150\x1b\\e";
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        ProgressScanner scanner;
        scanner.scan(QByteArrayView(text).first(cut));
        scanner.scan(QByteArrayView(text).sliced(cut));
        QVERIFY(scanner.progress() == (chat::Progress{chat::Progress::State::Error, 100, {}}));
    }
    ProgressScanner scanner;
    QVERIFY(scanner.scan("\x1b]9;4;1;7\a"));
    QVERIFY(!scanner.scan("\x1b]9;4;1;7\a"));
    QVERIFY(scanner.scan("\x1b]9;4;3\a"));
    QVERIFY(scanner.progress()->state == chat::Progress::State::Indeterminate);
    QVERIFY(scanner.scan("\x1b]9;4;0;\a"));
    QVERIFY(!scanner.progress());
}

void TestOutput::takesNothingElseForProgress()
{
    ProgressScanner scanner;
    for (const QByteArray& text : {QByteArray("\x1b]9;4;\a"), QByteArray("\x1b]9;4;x;1\a"), QByteArray("\x1b]9;4;9;1\a"),
             QByteArray("\x1b]9;4;-1;1\a"), QByteArray("]9;4;1;1\a"), QByteArray("\x1b]9;41;1\a"), "\x1b]9;4;1;" + QByteArray(100, '1') + '\a'})
        QVERIFY2(!scanner.scan(text), text.toPercentEncoding().constData());
    QVERIFY(!scanner.progress());
}

/// Memory of this process now, in bytes.
static qint64 residentBytes() { return contentOf(u"/proc/self/statm"_s).split(' ').value(1).toLongLong() * 4096; }

void TestOutput::staysSmallWhileMuchIsPrinted()
{
    Room room;
    room.limits.outputBytes = 8 << 20;
    room.script(u"flood"_s, "#!/bin/sh\nyes 'the quick brown fox jumps over the lazy dog' | head -c 200000000\n");
    room.begin();
    base::Watchdog watchdog;
    const qint64 before = residentBytes();
    const auto id = room.run(u"flood"_s);
    qint64 most = 0;
    QTimer look;
    connect(&look, &QTimer::timeout, this, [&] {
        most = std::max(most, residentBytes());
        if (room.isOver(id))
            QTestEventLoop::instance().exitLoop();
    });
    look.start(20);
    QElapsedTimer whole;
    whole.start();
    QTestEventLoop::instance().enterLoop(120);
    QVERIFY(room.isOver(id));
    // The output does not go through the loop: no pass is more than a small part of the time that 200 MB take.
    QVERIFY(watchdog.counters().longestNs < whole.nsecsElapsed() / 4);
    // Of 200 MB; what the address sanitizer keeps of freed memory is in it.
    QVERIFY2(most - before < (32 << 20), qPrintable(QString::number(most - before)));
    const chat::RunReport& report = room.report(id);
    QCOMPARE(report.omittedAt, 8 << 20);
    QCOMPARE(report.omittedBytes, 200000000 - (8 << 20) - (256 << 10));
    QCOMPARE(QFileInfo(room.host.outputPath(id)).size(), report.outputBytes);
    qInfo("reports %d, stalls %lld, longest %.1f ms", room.host.reportCount, watchdog.counters().stalls, double(watchdog.counters().longestNs) / 1e6);
}

void TestOutput::countsTheLimitsExactly()
{
    Room room;
    room.limits.outputBytes = 100000;
    room.limits.tailBytes = 1000;
    room.script(u"print"_s, "#!/bin/sh\nhead -c \"$1\" /dev/zero | tr '\\0' x\n");
    room.begin();
    const auto omitted = [&](int bytes) {
        const auto id = room.run(u"print %1"_s.arg(bytes));
        if (!QTest::qWaitFor([&] { return room.isOver(id); }, 10000))
            return qint64(-1);
        return room.report(id).omittedBytes;
    };
    QCOMPARE(omitted(0), 0);
    QCOMPARE(omitted(100000), 0);
    QCOMPARE(omitted(100001), 0);
    QCOMPARE(omitted(101000), 0);
    QCOMPARE(omitted(101001), 1);
}

QTEST_GUILESS_MAIN(TestOutput)
#include "tst_output.moc"
