// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/console.h"
#include "console/ingest.h"
#include "console/search.h"
#include "support/storetext.h"

#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace ridealong::console;
using namespace Qt::StringLiterals;

namespace {

chat::RunReport report(const QString& run, qint64 revision, chat::RunState state = chat::RunState::Running, qint64 bytes = 0, qint64 started = 0)
{
    chat::RunReport report;
    report.run = base::RunId(run);
    report.revision = revision;
    report.state = state;
    report.outputBytes = bytes;
    report.startedAtMs = started;
    return report;
}

int countOf(const QSignalSpy& spy, ConsoleChange::Kind kind)
{
    return int(std::count_if(spy.begin(), spy.end(), [kind](const QList<QVariant>& call) { return call[0].value<ConsoleChange>().kind == kind; }));
}

const base::RunId kRun(u"r1"_s);

/// Of pattern, regex and ignoreCase, the hits as "line:byte+length".
void addSearchColumns()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("regex");
    QTest::addColumn<bool>("ignoreCase");
    QTest::addColumn<QString>("hits");
}

void compareHits(const std::shared_ptr<LineStore>& store, bool wholeWord)
{
    QFETCH(QString, pattern);
    QFETCH(bool, regex);
    QFETCH(bool, ignoreCase);
    QFETCH(QString, hits);
    const auto result = searchLines({{kRun, store}}, {.pattern = pattern, .regex = regex, .ignoreCase = ignoreCase, .wholeWord = wholeWord});
    QVERIFY(result);
    QStringList found;
    for (const auto& hit : result->hits)
        found += QStringLiteral("%1:%2+%3").arg(hit.line).arg(hit.byte).arg(hit.byteLength);
    QCOMPARE(found.join(u' '), hits);
    QCOMPARE(result->total, found.size());
}

} // namespace

class ConsoleTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheNewestReport()
    {
        Console console;
        QSignalSpy spy(&console, &Console::changed);
        console.apply(report(u"r1"_s, 2, chat::RunState::Running));
        console.apply(report(u"r1"_s, 1, chat::RunState::Sent));
        console.apply(report(u"r1"_s, 2, chat::RunState::Failed));
        QVERIFY(console.find(kRun)->report.state == chat::RunState::Running);
        QCOMPARE(spy.size(), 1);
        console.apply(report(u"r1"_s, 3, chat::RunState::Failed));
        QCOMPARE(countOf(spy, ConsoleChange::Kind::Report), 1);
    }

    void ordersRunsByStart()
    {
        Console console;
        console.apply(report(u"b"_s, 1, chat::RunState::Running, 0, 200));
        console.apply(report(u"a"_s, 1, chat::RunState::Running, 0, 100));
        console.apply(report(u"c"_s, 1, chat::RunState::Running, 0, 200));
        QCOMPARE(console.runs(), (std::vector{base::RunId(u"a"_s), base::RunId(u"b"_s), base::RunId(u"c"_s)}));
        console.remove(base::RunId(u"b"_s));
        QCOMPARE(console.runs().size(), 2u);
        QVERIFY(!console.find(base::RunId(u"b"_s)));
    }

    void answersWhenOutputIsReadable()
    {
        Console console;
        console.apply(report(u"r1"_s, 1));
        bool answered = false;
        qint64 lines = 0;
        console.append(kRun, "one\ntwo\n").then(this, [&](const auto& answer) {
            answered = answer.hasValue();
            lines = console.find(kRun)->lines->lineCount();
        });
        QTRY_VERIFY(answered);
        QCOMPARE(lines, 2);
    }

    void announcesAtMostOncePerFrame()
    {
        Console console;
        QSignalSpy spy(&console, &Console::changed);
        for (int i = 0; i < 1000; ++i)
            console.append(kRun, "line\n").ignore();
        QTRY_COMPARE(console.find(kRun)->lines->lineCount(), 1000);
        QVERIFY(countOf(spy, ConsoleChange::Kind::Output) >= 1);
        QVERIFY(countOf(spy, ConsoleChange::Kind::Output) < 500);
    }

    void findsTheFormatWhenAllIsParsed()
    {
        Console console;
        QSignalSpy spy(&console, &Console::changed);
        const QByteArray json = "{\n \"a\": 1\n}\n";
        console.apply(report(u"r1"_s, 1, chat::RunState::Succeeded, json.size()));
        console.append(kRun, json.left(5)).ignore();
        QTRY_VERIFY(countOf(spy, ConsoleChange::Kind::Output) > 0);
        QCOMPARE(countOf(spy, ConsoleChange::Kind::Format), 0);
        console.append(kRun, json.mid(5)).ignore();
        QTRY_COMPARE(countOf(spy, ConsoleChange::Kind::Format), 1);
        QVERIFY(console.find(kRun)->format == Format::Json);
        QCOMPARE(console.find(kRun)->lines->committedCount(), 3);
    }

    void tellsProgressOfTheOutput()
    {
        Console console;
        console.append(kRun, "Downloading  10%\rDownloading  45.7%").ignore();
        QTRY_VERIFY(console.find(kRun)->progress());
        QCOMPARE(console.find(kRun)->progress()->percent, 45);
        auto known = report(u"r1"_s, 1);
        known.progress = chat::Progress{chat::Progress::State::Normal, 12, {}};
        console.apply(known);
        QCOMPARE(console.find(kRun)->progress()->percent, 12);
    }

    void tellsWhatTheOutputSaysOfItsRun()
    {
        Console console;
        console.apply(report(u"r1"_s, 1));
        QVERIFY(!console.find(kRun)->usedWholeScreen);
        console.append(kRun, "\x1b[?1049hmenu\x1b[?1049l\x1b]133;D;3\x07").ignore();
        QTRY_VERIFY(console.find(kRun)->usedWholeScreen);
        QCOMPARE(console.find(kRun)->report.exitCode, std::optional<int>(3));
        console.apply(report(u"r1"_s, 2, chat::RunState::Succeeded)); // the bot says none
        QCOMPARE(console.find(kRun)->report.exitCode, std::optional<int>(3));
        auto known = report(u"r1"_s, 3, chat::RunState::Succeeded);
        known.exitCode = 0;
        console.apply(known);
        QCOMPARE(console.find(kRun)->report.exitCode, std::optional<int>(0));
    }

    void takesNoPercentageForProgressInPlainLines()
    {
        Console console;
        bool answered = false;
        console.append(kRun, "/dev/sda1 45% /\n").then(this, [&](const auto&) { answered = true; });
        QTRY_VERIFY(answered);
        QVERIFY(!console.find(kRun)->progress());
        QVERIFY(!progressOfRow("100.5%"));
        QVERIFY(!progressOfRow("%"));
        QCOMPARE(progressOfRow("[#] 100 %")->percent, 100);
    }

    void searches_data()
    {
        addSearchColumns();
        QTest::newRow("literal") << u"Alpha"_s << false << false << u"0:0+5"_s;
        QTest::newRow("ignore case") << u"alpha"_s << false << true << u"0:0+5 1:4+5"_s;
        QTest::newRow("regex special") << u"a.b"_s << false << true << u"2:0+3"_s;
        QTest::newRow("regex") << u"[0-9]+"_s << true << false << u"3:1+3 3:6+2"_s;
        QTest::newRow("line ends") << u"^x\\s*"_s << true << false << u"3:0+1"_s;
        QTest::newRow("non-ASCII ignoring case") << u"ÄRGER"_s << false << true << u"4:4+6"_s;
        QTest::newRow("empty match") << u"z*"_s << true << false << u""_s;
        QTest::newRow("in the tail") << u"tail"_s << false << true << u"5:0+4"_s;
        QTest::newRow("quoted") << u"\\E"_s << false << true << u""_s;
    }
    void findsWholeWords_data()
    {
        addSearchColumns();
        QTest::newRow("literal") << u"host"_s << false << false << u"0:0+4 0:14+4 1:5+4"_s;
        QTest::newRow("ignoring case") << u"HOST"_s << false << true << u"0:0+4 0:14+4 1:5+4"_s;
        QTest::newRow("regex") << u"hos[a-z]"_s << true << false << u"0:0+4 0:14+4 1:5+4"_s;
        QTest::newRow("beyond ASCII") << u"ärger"_s << false << false << u"2:10+6"_s;
        QTest::newRow("beyond ASCII ignoring case") << u"ÄRGER"_s << false << true << u"2:10+6"_s;
        QTest::newRow("from within a character on") << u"ä"_s << false << true << QString(); // each is rejected, the next is sought behind it
        QTest::newRow("no word itself") << u"->"_s << false << false << u"1:1+2"_s; // "a->b": each end of it is the end of a word
        QTest::newRow("within") << u"os"_s << false << false << QString();
    }
    void findsWholeWords()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        ingest.feed("host hosts xx:host host1 my_host\na->b host\nVerärger ärger Ärgern\n");
        ingest.parser.finish();
        compareHits(store, true);
    }
    void keepsTheNewestHitsAndCountsAll()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        for (int i = 0; i < 100; ++i)
            ingest.feed("hit\n");
        ingest.parser.finish();
        const auto result = searchLines({{kRun, store, "hit it"}}, {.pattern = u"hit"_s, .limit = 3});
        QVERIFY(result);
        QCOMPARE(result->total, 101);
        QCOMPARE(result->hits.size(), 3U);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(result->hits[size_t(i)].line, 97 + i);
        const auto all = searchLines({{kRun, store, "hit it"}}, {.pattern = u"hit"_s});
        QVERIFY(all);
        QCOMPARE(all->hits.size(), 101U);
        QCOMPARE(all->hits.front().line, -1); // what was asked comes before what was answered
        QCOMPARE(searchLines({{kRun, store}}, {.pattern = u"hit"_s, .limit = 0})->total, 100);
        auto log = std::make_shared<LineStore>();
        Ingest(log).feed("ERROR one hit\n  hit of the same\nINFO hit\nno hit\n");
        QCOMPARE(searchLines({{kRun, log}}, {.pattern = u"hit"_s, .least = Level::Warning})->total, 2);
    }
    void searches()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        ingest.feed("Alpha\n my ALPHA\n");
        ingest.feed("a.b axb\nx123, 45\nder ärger\n");
        ingest.parser.finish();
        ingest.feed("tail");
        compareHits(store, false);
    }

    void countsBeyondTheLimit()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        for (int i = 0; i < 5000; ++i)
            ingest.feed("needle in line\n");
        ingest.parser.finish();
        for (const bool regex : {false, true}) {
            const auto result = searchLines({{kRun, store}}, {.pattern = u"needle"_s, .regex = regex, .ignoreCase = false, .limit = 10});
            QCOMPARE(result->total, 5000);
            QCOMPARE(result->hits.size(), 10u);
            QCOMPARE(result->hits.front().line, 4990); // the newest of them
        }
    }

    void refusesABrokenExpression()
    {
        Console console;
        std::optional<base::Error> error;
        console.search({.pattern = u"(open"_s, .regex = true}).then(this, [&](const auto& answer) {
            if (!answer)
                error = answer.error();
        });
        QTRY_VERIFY(error);
        QVERIFY(error->kind == base::ErrorKind::Invalid);
    }

    void survivesAnExpressionThatExplodes()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        ingest.feed(QByteArray(40, 'a') + "!\nab\n");
        ingest.parser.finish();
        QVERIFY(searchLines({{kRun, store}}, {.pattern = u"(a+)+$"_s, .regex = true, .ignoreCase = false}));
    }
};

QTEST_GUILESS_MAIN(ConsoleTest)
#include "tst_console.moc"
