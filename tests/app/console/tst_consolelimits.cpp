// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What happens when there is more than the console keeps: of output, of styles, of a line.
#include "console/console.h"
#include "console/ingest.h"
#include "console/linedata.h"
#include "console/search.h"
#include "console/styletable.h"
#include "support/await.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace ridealong;
using namespace ridealong::console;
using namespace Qt::StringLiterals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr qint64 kFloodBytes = qint64(64) << 20;
#else
constexpr qint64 kFloodBytes = qint64(1) << 30;
#endif
constexpr qint64 kMegabyte = 1 << 20;

chat::RunReport report(const QString& run, qint64 startedAtMs, qint64 bytes, chat::RunState state = chat::RunState::Succeeded)
{
    chat::RunReport report;
    report.run = base::RunId(run);
    report.revision = 1;
    report.startedAtMs = startedAtMs;
    report.state = state;
    report.outputBytes = bytes;
    return report;
}

QByteArray logLines(qsizetype bytes)
{
    QByteArray text;
    for (int i = 0; text.size() < bytes; ++i)
        text += "2026-11-24 12:00:00 INFO request " + QByteArray::number(i) + " served from the cache\n";
    return text;
}

qint64 residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096 : 0;
}

double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

} // namespace

class ConsoleLimitsTest : public QObject
{
    Q_OBJECT
private slots:
    void stopsKeepingOneRunsOutputAtItsCap()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store, 4 * kMegabyte);
        while (!ingest.full)
            ingest.feed("a line that is repeated\n");
        QVERIFY(store->memoryBytes() > 4 * kMegabyte);
        QVERIFY(store->memoryBytes() < 5 * kMegabyte);
        const qint64 lines = store->lineCount();
        QVERIFY(store->line(lines - 1).flags & Line::Truncated);
        QVERIFY(store->line(lines - 1).text.isEmpty());
        QVERIFY(!(store->line(lines - 2).flags & Line::Truncated));
        ingest.feed("and more\n");
        ingest.parser.finish();
        QCOMPARE(store->lineCount(), lines);
    }

    void keepsNothingWithoutMemory()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store, 0);
        ingest.feed("x\n");
        QVERIFY(ingest.full);
        ingest.feed("y\n");
        QCOMPARE(store->lineCount(), 2); // the piece that went over it, and that there was more
        QVERIFY(store->line(1).flags & Line::Truncated);
    }

    void dropsTheOutputOfTheOldestFinishedRunsFirst()
    {
        ConsoleLimits limits;
        limits.allBytes = 5 * kMegabyte;
        Console console(limits);
        const QByteArray output = logLines(2 * kMegabyte);
        const auto add = [&](const QString& run, qint64 at, chat::RunState state) {
            QSignalSpy spy(&console, &Console::changed);
            console.apply(report(run, at, output.size(), state));
            console.append(base::RunId(run), output).ignore();
            const auto parsed = [&] { return console.find(base::RunId(run))->lines->textBytes() >= output.size() - 5000; };
            QTRY_VERIFY(parsed() || (console.find(base::RunId(run))->lines->lineCount() == 1));
            if (chat::isFinal(state))
                QTRY_VERIFY(std::any_of(spy.begin(), spy.end(),
                    [](const auto& call) { return call[0].template value<ConsoleChange>().kind == ConsoleChange::Kind::Format; }));
        };
        add(u"open"_s, 1, chat::RunState::Running); // the oldest, but it still runs
        add(u"second"_s, 2, chat::RunState::Succeeded);
        const auto isDropped = [&](const QString& run) {
            const auto lines = console.find(base::RunId(run))->lines;
            return lines->lineCount() == 1 && lines->line(0).flags & Line::Truncated;
        };
        QVERIFY(!isDropped(u"second"_s));
        add(u"third"_s, 3, chat::RunState::Succeeded);
        QTRY_VERIFY(isDropped(u"second"_s));
        QVERIFY(!isDropped(u"open"_s));
        QVERIFY(!isDropped(u"third"_s));
        QVERIFY(console.memoryBytes() <= limits.allBytes);
    }

    void staysFlatUnderAFlood()
    {
        ConsoleLimits limits;
        limits.runBytes = 32 * kMegabyte;
        Console console(limits);
        const base::RunId run(u"flood"_s);
        const QByteArray piece = logLines(256 * 1024);
        qint64 fed = 0;
        qint64 atHalf = 0;
        bool over = false;
        std::function<void()> next = [&] {
            if (fed >= kFloodBytes / 2 && atHalf == 0)
                atHalf = residentBytes();
            if (fed >= kFloodBytes) {
                over = true;
                return;
            }
            fed += piece.size();
            console.append(run, piece).then(this, [&](const auto&) { next(); });
        };
        next();
        QTRY_VERIFY_WITH_TIMEOUT(over, 120'000);
        QCOMPARE(console.find(run)->receivedBytes, fed);
        QVERIFY(console.memoryBytes() < limits.runBytes + 2 * kMegabyte);
        QVERIFY2(residentBytes() - atHalf < 8 * kMegabyte, qPrintable(QString::number(residentBytes() - atHalf)));
    }

    /// What was not read lately is compressed when all is quiet, and found and shown as before.
    void compressesWhatNobodyReads()
    {
        constexpr qint64 kHot = 600'000;
        Console console(ConsoleLimits{.hotBytes = kHot});
        const base::RunId run(u"r1"_s);
        QByteArray output;
        for (int i = 0; i < 50'000; ++i)
            output += "\x1b[3" + QByteArray::number(i % 7) + "mline " + QByteArray::number(i) + "\x1b[0m of a long output\n";
        (void)tests::await(console.append(run, output));
        const auto lines = console.find(run)->lines;
        const qint64 memory = console.memoryBytes();
        QVERIFY(lines->hotBytes() > kHot);
        QTRY_VERIFY_WITH_TIMEOUT(lines->hotBytes() <= kHot, 60'000);
        QVERIFY(console.memoryBytes() < memory);
        for (int i = 0; i < 50'000; i += 997)
            QCOMPARE(lines->line(i).text.toByteArray(), "line " + QByteArray::number(i) + " of a long output");
        const auto found = tests::await(console.search({.pattern = u"line 123 of"_s}));
        QCOMPARE(found->total, 1);
        QCOMPARE(found->hits.front().line, 123);
        QCOMPARE(found->hits.front().byte, 0);
        QTRY_VERIFY_WITH_TIMEOUT(lines->hotBytes() <= kHot, 60'000); // and again
    }

    void roundsColoursWhenThereAreTooManyStyles()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        QByteArray text;
        const auto add = [&](int foreground, int background) {
            text += "\x1b[38;2;" + QByteArray::number(foreground >> 16) + ';' + QByteArray::number(foreground >> 8 & 255) + ';'
                + QByteArray::number(foreground & 255) + ";48;2;" + QByteArray::number(background >> 16) + ';'
                + QByteArray::number(background >> 8 & 255) + ';' + QByteArray::number(background & 255) + "mx\n";
        };
        for (int i = 1; i < kMaxExactStyles; ++i) // the default style is one, too
            add(i, 0);
        add(0xff0000, 0x123456);
        ingest.feed(text);
        ingest.parser.finish();
        const auto styleOf = [&](qint64 line) { return store->style(store->line(line).runs[0].style); };
        QCOMPARE(styleOf(kMaxExactStyles - 2).foreground.kind, Color::Kind::Rgb);
        QCOMPARE(styleOf(kMaxExactStyles - 2).foreground.blue, quint8((kMaxExactStyles - 1) & 255));
        QCOMPARE(styleOf(kMaxExactStyles - 1).foreground, (Color{Color::Kind::Palette, 196, 0, 0, 0}));

        // Every combination of the cube: more than there are ids left.
        text.clear();
        static constexpr int kSteps[] = {0, 95, 135, 175, 215, 255};
        for (int i = 0; i < 7000; ++i)
            add(kSteps[i % 6] << 16 | kSteps[i / 6 % 6] << 8 | kSteps[i / 36 % 6], kSteps[i / 216 % 6] << 16 | kSteps[i / 1296 % 6] << 8 | 255);
        ingest.feed(text);
        ingest.parser.finish();
        const qint64 last = store->lineCount() - 1;
        QCOMPARE(store->line(last).text.toByteArray(), QByteArray("x"));
        QVERIFY(store->line(last).runs.empty() || styleOf(last) == Style{}); // the default style rather than a wrong one
        QCOMPARE(store->lineCount(), kMaxExactStyles + 7000);
    }

    void findsWhatLiesAcrossThePiecesOfALongLine()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        // Words that straddle each piece of 65,535 bytes, those at the ends of segments too.
        QByteArray line(20 * kMaxLineBytes, '.');
        for (int piece = 1; piece < 20; ++piece)
            line.replace(piece * kMaxLineBytes - 3, 6, "needle");
        ingest.feed(line + "\nnee\ndle\n");
        ingest.parser.finish();
        QVERIFY(store->segmentCount() > 4);
        for (const bool regex : {false, true}) {
            const auto result
                = searchLines({{base::RunId(u"r"_s), store}}, {.pattern = u"needle"_s, .regex = regex, .ignoreCase = false, .limit = 100});
            QVERIFY(result);
            QCOMPARE(result->total, 19);
            for (int i = 0; i < 19; ++i) {
                QCOMPARE(result->hits[size_t(i)].line, i);
                QCOMPARE(result->hits[size_t(i)].byte, kMaxLineBytes - 3);
                QCOMPARE(result->hits[size_t(i)].byteLength, 6);
            }
        }
    }

    void looksForTheFormatInSamplesOnly()
    {
        const auto costOf = [](int lines) {
            auto store = std::make_shared<LineStore>();
            Ingest ingest(store);
            QByteArray text;
            for (int i = 0; i < lines; ++i)
                text += "key" + QByteArray::number(i) + ": value, and some more of it\n";
            ingest.feed(text);
            ingest.parser.finish();
            double best = 1e9;
            for (int round = 0; round < 5; ++round) {
                const double begin = cpuMilliseconds();
                (void)detectFormat(*store);
                best = std::min(best, cpuMilliseconds() - begin);
            }
            return best;
        };
        const double few = costOf(2 * kSampleLines + 1);
        const double many = costOf(400'000);
        QVERIFY2(many < 3 * few + 0.5, qPrintable(u"%1 ms, %2 ms"_s.arg(few).arg(many)));
    }
};

QTEST_GUILESS_MAIN(ConsoleLimitsTest)
#include "tst_consolelimits.moc"
