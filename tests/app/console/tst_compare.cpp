// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/compare.h"
#include "support/formatcorpus.h"

#include <QBuffer>
#include <QTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::console;
using tests::storedOutput;

class CompareTest : public QObject
{
    Q_OBJECT

    static QByteArray textOf(const LineStore& store, qint64 line) { return store.line(line).text.toByteArray(); }

    /// "=a", "~b>c", "-d", "+e", a row each.
    static QList<QByteArray> rowsOf(
        const QByteArray& left, const QByteArray& right, const Disregard& disregard = {}, const CompareLimits& limits = {})
    {
        const auto lefts = storedOutput(left);
        const auto rights = storedOutput(right);
        QList<QByteArray> rows;
        for (const auto& row : compareOutputs(*lefts, *rights, disregard, limits).rows) {
            switch (row.kind) {
            case Comparison::Kind::Same: rows << '=' + textOf(*lefts, row.left); break;
            case Comparison::Kind::Changed: rows << '~' + textOf(*lefts, row.left) + '>' + textOf(*rights, row.right); break;
            case Comparison::Kind::Removed: rows << '-' + textOf(*lefts, row.left); break;
            case Comparison::Kind::Added: rows << '+' + textOf(*rights, row.right); break;
            }
        }
        return rows;
    }

    /// The marked pieces of the only changed row: left ones, "|", right ones.
    static QByteArray marked(const QByteArray& left, const QByteArray& right, const Disregard& disregard = {})
    {
        const auto lefts = storedOutput(left);
        const auto rights = storedOutput(right);
        const auto comparison = compareOutputs(*lefts, *rights, disregard);
        QByteArray result;
        for (const auto& row : comparison.rows) {
            if (row.kind != Comparison::Kind::Changed)
                continue;
            for (const auto& mark : comparison.leftMarks(row))
                result += '[' + textOf(*lefts, row.left).mid(mark.byte, mark.length) + ']';
            result += '|';
            for (const auto& mark : comparison.rightMarks(row))
                result += '[' + textOf(*rights, row.right).mid(mark.byte, mark.length) + ']';
        }
        return result;
    }

    static QByteArray unified(const QByteArray& left, const QByteArray& right, qint64 room = 1 << 20, bool* isWhole = nullptr)
    {
        const auto lefts = storedOutput(left);
        const auto rights = storedOutput(right);
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const bool whole = writeUnified(buffer, *lefts, *rights, compareOutputs(*lefts, *rights), u"a\nb"_s, u"c"_s, room);
        if (isWhole)
            *isWhole = whole;
        return buffer.data();
    }

    static QByteArray lines(int count, const char* prefix)
    {
        QByteArray text;
        for (int i = 0; i < count; ++i)
            text += prefix + QByteArray::number(i) + '\n';
        return text;
    }

private slots:
    void findsWhatCameAndWent()
    {
        QCOMPARE(rowsOf("a\nb\nc\n", "a\nb\nc\n"), (QList<QByteArray>{"=a", "=b", "=c"}));
        QCOMPARE(rowsOf("a\nb\nc\n", "a\nc\n"), (QList<QByteArray>{"=a", "-b", "=c"}));
        QCOMPARE(rowsOf("a\nc\n", "a\nb\nc\nd\n"), (QList<QByteArray>{"=a", "+b", "=c", "+d"}));
        QCOMPARE(rowsOf("", ""), QList<QByteArray>());
        QCOMPARE(rowsOf("", "a\n"), QList<QByteArray>{"+a"});
        QCOMPARE(rowsOf("a\n", ""), QList<QByteArray>{"-a"});
    }

    void movesOneLineNotAThousand()
    {
        const QByteArray dots = QByteArray(".\n").repeated(1000);
        const auto rows = rowsOf("moved\n" + dots, dots + "moved\n");
        QCOMPARE(rows.size(), 1002);
        QCOMPARE(rows.first(), "-moved");
        QCOMPARE(rows.last(), "+moved");
    }

    void putsSideBySideWhatIsAlike()
    {
        QCOMPARE(rowsOf("start\nlun 1 copied 512 GB\nlun 2 copied 9 GB\nend\n", "start\nnew here\nlun 2 copied 10 GB\nend\n"),
            (QList<QByteArray>{"=start", "-lun 1 copied 512 GB", "+new here", "~lun 2 copied 9 GB>lun 2 copied 10 GB", "=end"}));
        QCOMPARE(rowsOf("x\nno\ny\n", "x\nyes\ny\n"), (QList<QByteArray>{"=x", "~no>yes", "=y"}));
        QCOMPARE(rowsOf("alpha beta\ngamma delta\n", "one two\nthree four\n"),
            (QList<QByteArray>{"-alpha beta", "-gamma delta", "+one two", "+three four"}));
    }

    void marksTheWordsThatChanged()
    {
        QCOMPARE(marked("port = 80\n", "port = 8080\n"), "[80]|[8080]");
        QCOMPARE(marked("at 09:41:12 ok\n", "at 09:41:13 ok\n"), "[09:41:12]|[09:41:13]");
        QCOMPARE(marked("a b c d\n", "a x y d\n"), "[b c]|[x y]");
        QCOMPARE(marked("pod ready\n", "pod not ready\n"), "|[not]");
        QCOMPARE(marked("x 1     ok\n", "x 22    ok\n"), "[1]|[22]");
        QCOMPARE(marked("caf\xc3\xa9 zu\n", "caf\xc3\xa8 zu\n"), "[caf\xc3\xa9]|[caf\xc3\xa8]");
        QCOMPARE(marked("a  b\n", "a b\n"), "[  ]|[ ]");
        QCOMPARE(marked("a  x b\n", "a x c\n", {.whitespace = true}), "[b]|[c]");
        QCOMPARE(marked("5 of 9 ok\n", "6 of 12 bad\n", {.numbers = true}), "[ok]|[bad]");
    }

    void marksRoughlyWhatHasTooManyWords()
    {
        const auto words = [](int count, const QByteArray& last) { return QByteArray("w ").repeated(count) + last + '\n'; };
        // "w", " " and so on, and one more
        QCOMPARE(marked(words(249, "ab"), words(249, "ac")), "[ab]|[ac]");
        QCOMPARE(marked(words(250, "ab"), words(250, "ac")), "[b]|[c]");
        // The first byte that differs is within a character.
        QCOMPARE(marked(words(250, "\xc3\xa9"), words(250, "\xc3\xa8")), "[\xc3\xa9]|[\xc3\xa8]");
    }

    void ignoresWhatDoesNotCount_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<bool>("byWhitespace");
        QTest::addColumn<bool>("byNumbers");
        const auto row = [](const char* left, const char* right, bool byWhitespace, bool byNumbers) {
            QTest::addRow("%s / %s", left, right) << QByteArray(left) << QByteArray(right) << byWhitespace << byNumbers;
        };
        row("a b", "a   b", true, false);
        row("  a b ", "a\tb", true, false);
        row("ab", "a b", false, false);
        row("took 12 ms", "took 7 ms", false, true);
        row("1,024.5 kB", "3 kB", false, true);
        row("2026-11-24T09:00:01Z up", "2025-01-03T23:59:59.123Z up", false, true);
        row("Mon Nov 30 03:25:11 UTC 2026 up", "Tue Dec  1 11:02:00 UTC 2026 up", false, true);
        row("container 7f3a91c0d2e4 up", "container 00ffee11aa22 up", false, true);
        row("at 0x7ffe10 in f", "at 0x1 in f", false, true);
        row("  9 api", "120 api", false, true);
        row("node12 up", "node7 up", false, true);
        row("5 ok", "5 failed", false, false);
        row("Monday 5", "Tuesday 5", false, false);
        row("defaced it", "effaced it", false, false);
        row("deadbeef", "12 beef", false, false);
    }
    void ignoresWhatDoesNotCount()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(bool, byWhitespace);
        QFETCH(bool, byNumbers);
        const auto isEqual
            = [&](const Disregard& disregard) { return compareOutputs(*storedOutput(left), *storedOutput(right), disregard).isEqual(); };
        QVERIFY(!isEqual({}));
        QCOMPARE(isEqual({.whitespace = true}), byWhitespace);
        QCOMPARE(isEqual({.numbers = true}), byNumbers);
        QCOMPARE(isEqual({true, true}), byWhitespace || byNumbers);
    }

    void countsWhatChanged()
    {
        const auto comparison = compareOutputs(*storedOutput("a\nb 1\nc\n"), *storedOutput("a\nb 2\nc\nd\ne\n"));
        QCOMPARE(comparison.changed, 1);
        QCOMPARE(comparison.added, 2);
        QCOMPARE(comparison.removed, 0);
        QCOMPARE(comparison.leftLines, 3);
        QCOMPARE(comparison.rightLines, 5);
        QCOMPARE(comparison.changes, (std::vector<Comparison::Change>{{1, 1}, {3, 4}}));
        QVERIFY(!comparison.isEqual());
        QVERIFY(!comparison.isCoarse);
    }

    void comparesNothingOverTheLimit()
    {
        const auto two = storedOutput("a\nb\n");
        const auto three = storedOutput("a\nb\nc\n");
        const CompareLimits limits{.lines = 2, .match = {}};
        QVERIFY(!compareOutputs(*two, *two, {}, limits).isTooLarge);
        for (const auto& tooLarge : {compareOutputs(*two, *three, {}, limits), compareOutputs(*three, *two, {}, limits)}) {
            QVERIFY(tooLarge.isTooLarge);
            QVERIFY(!tooLarge.isEqual());
            QVERIFY(tooLarge.rows.empty());
            QCOMPARE(std::max(tooLarge.leftLines, tooLarge.rightLines), 3);
        }
        const CompareLimits none{.lines = 0, .match = {}};
        QVERIFY(compareOutputs(*two, *two, {}, none).isTooLarge);
        QVERIFY(compareOutputs(*storedOutput(""), *storedOutput(""), {}, none).isEqual());
    }

    /// What is on both sides once is found even where the search for the shortest difference is given up.
    void goesByUniqueLinesWhenItIsTooMuch()
    {
        QByteArray left;
        QByteArray right;
        for (int i = 0; i < 60; ++i) {
            left += "x\ny\nx\nx\n";
            right += "y\ny\nx\ny\n";
            if (i == 30) {
                left += "only once\n";
                right += "y\nx\nonly once\n";
            }
        }
        const auto exact = compareOutputs(*storedOutput(left), *storedOutput(right));
        QVERIFY(!exact.isCoarse);
        const auto coarse = compareOutputs(*storedOutput(left), *storedOutput(right), {}, {.match = {.steps = 0, .edits = 1}});
        QVERIFY(coarse.isCoarse);
        QVERIFY(coarse.changed + coarse.added + coarse.removed >= exact.changed + exact.added + exact.removed);
        const auto rows = rowsOf(left, right, {}, {.match = {.steps = 500, .edits = 1}});
        QVERIFY(rows.contains("=only once"));
    }

    void marksWholeLinesWhenWordsAreTooMuch()
    {
        const auto comparison
            = compareOutputs(*storedOutput("k a b\nsame\nk c d\n"), *storedOutput("k a x\nsame\nk c y\n"), {}, {.match = {}, .wordSteps = 0});
        QVERIFY(comparison.isCoarse);
        QCOMPARE(comparison.changed, 2);
        QCOMPARE(comparison.leftMarks(comparison.rows[0]).front(), (Comparison::Mark{0, 5}));
    }

    /// Against a table of all: the longest common subsequence is found.
    void isAsShortAsCanBe()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 400; ++round) {
            std::vector<quint32> left(random() % 14);
            std::vector<quint32> right(random() % 14);
            const quint32 letters = 1 + random() % 5;
            for (auto* side : {&left, &right})
                for (auto& number : *side)
                    number = std::min(quint32(random()) % letters, quint32(std::max<size_t>(1, left.size() + right.size()) - 1));
            std::vector<std::vector<int>> best(left.size() + 1, std::vector<int>(right.size() + 1));
            for (size_t i = left.size(); i-- > 0;)
                for (size_t j = right.size(); j-- > 0;)
                    best[i][j] = left[i] == right[j] ? best[i + 1][j + 1] + 1 : std::max(best[i + 1][j], best[i][j + 1]);
            const auto match = matchSequences(left, right);
            int last = -1;
            int matched = 0;
            for (size_t i = 0; i < left.size(); ++i) {
                const int partner = match.rightOf[i];
                if (partner < 0)
                    continue;
                QVERIFY(partner > last);
                QCOMPARE(left[i], right[size_t(partner)]);
                last = partner;
                ++matched;
            }
            QCOMPARE(matched, best[0][0]);
            QVERIFY(!match.isCoarse);
        }
    }

    void isNeverQuadratic_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        constexpr int kLines = 200'000;
        const QByteArray numbered = lines(kLines, "line ");
        QTest::newRow("all equal") << numbered << numbered;
        QTest::newRow("all the same line") << QByteArray("x\n").repeated(kLines) << QByteArray("x\n").repeated(kLines - 7);
        QTest::newRow("all different") << lines(kLines, "left ") << lines(kLines, "right ");
        QTest::newRow("all changed") << lines(kLines, "a b c d e ") << lines(kLines, "a b c d f ");
        std::mt19937 random(3);
        QByteArray noise[2];
        for (auto& side : noise)
            for (int i = 0; i < kLines; ++i)
                side += "abcdefgh"[random() % 8] + QByteArray("\n");
        QTest::newRow("noise") << noise[0] << noise[1];
        QByteArray backwards;
        for (int i = kLines; i-- > 0;)
            backwards += "line " + QByteArray::number(i) + '\n';
        QTest::newRow("backwards") << numbered << backwards;
        QTest::newRow("one huge line") << QByteArray(20'000'000, 'a') + '\n' << QByteArray(20'000'001, 'a') + '\n';
        QTest::newRow("one line of many words") << QByteArray("a1 ").repeated(5'000'000) << "b " + QByteArray("a1 ").repeated(5'000'000);
        QTest::newRow("hashes in one word") << QByteArray("abcdef0").repeated(1'000'000) << QByteArray("abcdef1").repeated(1'000'000);
    }
    /// No clock: what it costs is bounded by steps, and the test's own time limit would end one that is not.
    void isNeverQuadratic()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        const auto lefts = storedOutput(left);
        const auto rights = storedOutput(right);
        for (const Disregard& disregard : {Disregard{}, Disregard{true, true}}) {
            const auto comparison = compareOutputs(*lefts, *rights, disregard);
            qint64 leftNext = 0;
            qint64 rightNext = 0;
            for (const auto& row : comparison.rows) {
                if (row.left >= 0)
                    QCOMPARE(row.left, leftNext++);
                if (row.right >= 0)
                    QCOMPARE(row.right, rightNext++);
            }
            QCOMPARE(leftNext, lefts->lineCount());
            QCOMPARE(rightNext, rights->lineCount());
        }
    }

    /// What a progress bar still rewrites takes part as it is now.
    void comparesWhatIsNotCommittedYet()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        ingest.feed("a\n10 %\r20 %");
        const auto comparison = compareOutputs(*store, *storedOutput("a\n20 %\n"));
        QVERIFY(comparison.isEqual());
        QCOMPARE(comparison.leftLines, 2);
    }

    void answersFromAWorker()
    {
        std::shared_ptr<const Comparison> answer;
        compareBeside(storedOutput("a\n"), storedOutput("b\n")).then(this, [&](const base::Expected<std::shared_ptr<const Comparison>>& expected) {
            answer = *expected;
        });
        QTRY_VERIFY(answer);
        QCOMPARE(answer->changed, 1);
    }

    void writesUnifiedDiffs()
    {
        QCOMPARE(unified("a\n", "a\n"), "--- a b\n+++ c\n");
        QCOMPARE(unified("1\n2\n3\n4\n5\n6\n7\n8\nold\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nnew\n9\n"),
            "--- a b\n+++ c\n@@ -6,5 +6,5 @@\n 6\n 7\n 8\n-old\n+new\n 9\n");
        QCOMPARE(unified("", "n\n"), "--- a b\n+++ c\n@@ -0,0 +1 @@\n+n\n");
        QCOMPARE(unified("n\n", ""), "--- a b\n+++ c\n@@ -1 +0,0 @@\n-n\n");
        // Six equal lines between two changes are context of both; seven part them.
        const auto between = [](int count) {
            return unified("x a\n" + QByteArray("=\n").repeated(count) + "y a\n", "x b\n" + QByteArray("=\n").repeated(count) + "y b\n");
        };
        QCOMPARE(between(6).count("@@ -"), 1);
        QCOMPARE(between(7).count("@@ -"), 2);
        QVERIFY(between(7).contains("@@ -6,4 +6,4 @@\n"));
    }

    void cutsUnifiedDiffsAtTheLimit()
    {
        const QByteArray whole = unified("", "abc\n");
        bool isWhole = false;
        QCOMPARE(unified("", "abc\n", whole.size(), &isWhole), whole);
        QVERIFY(isWhole);
        QCOMPARE(unified("", "abc\n", whole.size() - 1, &isWhole), whole.chopped(5));
        QVERIFY(!isWhole);
        QCOMPARE(unified("", "abc\n", 0, &isWhole), "");
        QVERIFY(!isWhole);
    }

    void tellsWhatDiffersBetweenCommands()
    {
        QCOMPARE(compareCommands(u"deploy api"_s, u"deploy  api "_s), QList<WordChange>());
        QCOMPARE(compareCommands(u"deploy api to staging"_s, u"deploy web to staging"_s), (QList<WordChange>{{7, 3, 7, 3}}));
        QCOMPARE(compareCommands(u"deploy api"_s, u"deploy api --force now"_s), (QList<WordChange>{{10, 0, 11, 11}}));
        QCOMPARE(compareCommands(u"a b c d"_s, u"a d"_s), (QList<WordChange>{{2, 3, 2, 0}}));
        QCOMPARE(compareCommands(u""_s, u"x"_s), (QList<WordChange>{{0, 0, 0, 1}}));
        QCOMPARE(compareCommands(u"x y"_s, u"z y w"_s), (QList<WordChange>{{0, 1, 0, 1}, {3, 0, 4, 1}}));
        QCOMPARE(compareCommands({}, {}), QList<WordChange>());
    }

    void takesTheRestOfALongCommandAsOneWord()
    {
        const QString same = u"w "_s.repeated(kMaxComparedWords - 1);
        QCOMPARE(compareCommands(same + u"a"_s, same + u"b"_s), (QList<WordChange>{{int(same.size()), 1, int(same.size()), 1}}));
        QCOMPARE(compareCommands(same + u"a c"_s, same + u"b c"_s), (QList<WordChange>{{int(same.size()), 3, int(same.size()), 3}}));
    }
};

QTEST_GUILESS_MAIN(CompareTest)
#include "tst_compare.moc"
