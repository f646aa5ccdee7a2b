// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/ansiparser.h"
#include "console/linewriter.h"
#include "support/fakeclock.h"
#include "support/storetext.h"

#include <QDir>
#include <QTest>

using namespace ridealong;
using namespace ridealong::console;
using namespace Qt::StringLiterals;

namespace {

struct Parsed
{
    std::shared_ptr<LineStore> store = std::make_shared<LineStore>();
    LineWriter writer{store};
    AnsiParser parser{writer};
};

QByteArray parsed(const QByteArray& input, bool textOnly = true)
{
    Parsed p;
    p.parser.feed(input);
    p.parser.finish();
    return tests::dump(*p.store, textOnly);
}

/// Pieces of what programs write and of what breaks parsers.
QByteArray randomOutput(tests::FakeRandom& random, int pieces)
{
    static const QByteArray kPieces[] = {"hello world", "\n", "\n", "\r\n", "\r", "\x1b[K", "\x1b[2K", "\x1b[1A", "\x1b[3A", "\x1b[2B", "\x1b[5C",
        "\x1b[4D", "\x1b[10G", "\x1b[3;7H", "\x1b[J", "\x1b[1J", "\x1b[2J", "\x1b[2L", "\x1b[2M", "\x1b[3P", "\x1b[3@", "\x1b[2X",
        "\x1b"
        "7",
        "\x1b"
        "8",
        "\x1b[s", "\x1b[u", "\x1b[31m", "\x1b[1;38;5;200m", "\x1b[48;2;1;2;3m", "\x1b[38:2::9:8:7m", "\x1b[4:3m", "\x1b[0m", "\x1b[m", "\t", "\b",
        "\b\b\b", "日本語", "é", "e\xcc\x81", "👨‍👩‍👧", "🇩🇪", "שלום", "नमस्ते", "\xff", "\xe6\x97", "\xf0\x9f", "\xc2\x85", "\x7f",
        "\x1b]8;;https://a.example/\x1b\\link\x1b]8;;\x07", "\x1b]9;4;1;42\x07", "\x1b]0;title\x07", "\x1b[?1049h", "\x1b[?1049l", "\x1b[?2026h",
        "\x1bP1;2q junk \x1b\\", "\x1bM",
        "\x1b"
        "D",
        "\x1b"
        "E",
        "\x1b[1;5r", "\x1b[r", "\x1b[6n", "\x1b[c", "\x1b[999C", "\x1b[999B", "\x1b[1;2;3", "\x1b", "\x18", "ERROR: no", "\x1b(B",
        "0123456789012345678901234567890123456789",
        "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"};
    QByteArray out;
    for (int i = 0; i < pieces; ++i)
        out += kPieces[random.next() % std::size(kPieces)];
    return out;
}

} // namespace

class AnsiParserTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsPlainLines() { QCOMPARE(parsed("one\ntwo\r\n\nfour"), QByteArray("one\ntwo\n\nfour\n")); }

    void overwritesAfterCarriageReturn()
    {
        QCOMPARE(parsed("10 %\r20 %\r100 %\ndone\n"), QByteArray("100 %\ndone\n"));
        QCOMPARE(parsed("a long line\rshort\x1b[K\n"), QByteArray("short\n"));
        QCOMPARE(parsed("abc\b\bX\n"), QByteArray("aXc\n"));
    }

    void movesUpAndRewritesLikeDocker()
    {
        QCOMPARE(parsed("a: wait\nb: wait\n\x1b[2A\x1b[2Ka: done\r\x1b[1B\x1b[2Kb: 50%\r\x1b[1Bend\n"), QByteArray("a: done\nb: 50%\nend\n"));
    }

    void reachesNoFurtherBackThanTheTail()
    {
        QByteArray input;
        for (int i = 0; i < 100; ++i)
            input += QByteArray::number(i) + "\n";
        const auto lines = parsed(input + "\x1b[500Atop\x1b[500B\n").split('\n');
        QCOMPARE(lines[36], QByteArray("36"));
        QCOMPARE(lines[37], QByteArray("top"));
        QCOMPARE(lines[38], QByteArray("38"));
    }

    void readsColours_data()
    {
        QTest::addColumn<QByteArray>("sequence");
        QTest::addColumn<QByteArray>("style");
        QTest::newRow("basic") << QByteArray("31;42") << QByteArray("[1,2]");
        QTest::newRow("bright") << QByteArray("91;102") << QByteArray("[9,10]");
        QTest::newRow("256") << QByteArray("38;5;208") << QByteArray("[208,-]");
        QTest::newRow("256 colon") << QByteArray("38:5:208") << QByteArray("[208,-]");
        QTest::newRow("rgb") << QByteArray("38;2;255;0;16") << QByteArray("[#ff0010,-]");
        QTest::newRow("rgb colon") << QByteArray("38:2:255:0:16") << QByteArray("[#ff0010,-]");
        QTest::newRow("rgb colour space") << QByteArray("38:2::255:0:16") << QByteArray("[#ff0010,-]");
        QTest::newRow("256 too large") << QByteArray("1;38;5;256") << QByteArray("[-,- bold]");
        QTest::newRow("attributes") << QByteArray("1;2;3;7;8;9") << QByteArray("[-,- bold faint italic inverse hidden strike]");
        QTest::newRow("curly") << QByteArray("4:3") << QByteArray("[-,- underline3]");
        QTest::newRow("4:0 is none") << QByteArray("31;4:0") << QByteArray("[1,-]");
        QTest::newRow("underline colour") << QByteArray("31;58;2;1;2;3") << QByteArray("[1,-]");
    }
    void readsColours()
    {
        QFETCH(QByteArray, sequence);
        QFETCH(QByteArray, style);
        QCOMPARE(parsed("\x1b[" + sequence + "mx", false), "x\t1 0 @0" + style + "\n");
    }

    void dropsParametersOverTheLimit()
    {
        const auto sequence = [](int fillers) { return "\x1b[" + QByteArray("22;").repeated(fillers) + "31mx"; };
        QCOMPARE(parsed(sequence(Parameters::kMax - 1), false), QByteArray("x\t1 0 @0[1,-]\n"));
        QCOMPARE(parsed(sequence(Parameters::kMax), false), QByteArray("x\t1 0\n"));
        QCOMPARE(parsed("\x1b[99999999999999999999Cx"), QByteArray(kMaxMotionColumn, ' ') + "x\n");
    }

    void keepsOnlyWebLinks()
    {
        QCOMPARE(parsed("\x1b]8;;https://a.example/x;y\x1b\\t\x1b]8;;\x1b\\u", false), QByteArray("tu\t2 8 @0[-,- https://a.example/x;y] @1[-,-]\n"));
        QCOMPARE(parsed("\x1b]8;;file:///etc/passwd\x07t\x1b]8;;\x07", false), QByteArray("t\t1 0\n"));
        const auto link = [](int size) { return "\x1b]8;;http://" + QByteArray(size - 7, 'a') + "\x07t"; };
        QVERIFY(parsed(link(AnsiParser::kMaxUrlBytes), false).contains("http://a"));
        QVERIFY(!parsed(link(AnsiParser::kMaxUrlBytes + 1), false).contains("http://a"));
    }

    void survivesOverlongStrings()
    {
        QCOMPARE(parsed("\x1b]0;" + QByteArray(100'000, 'x')
                     + "\a"
                       "after\n"),
            QByteArray("after\n"));
        QCOMPARE(parsed("\x1bP" + QByteArray(100'000, 'x') + "\x1b\\after\n"), QByteArray("after\n"));
    }

    void tellsProgress()
    {
        Parsed p;
        p.parser.feed("\x1b]9;4;1;42\x07");
        QCOMPARE(p.parser.progress().value().percent, 42);
        p.parser.feed("\x1b]9;4;3\x07");
        QCOMPARE(p.parser.progress().value().state, chat::Progress::State::Indeterminate);
        p.parser.feed("\x1b]9;4;0\x07");
        QVERIFY(!p.parser.progress());
        p.parser.feed("\x1b]133;D;7\x07");
        QCOMPARE(p.parser.exitCode(), std::optional<int>(7));
    }

    void replacesWhatIsNoUtf8()
    {
        QCOMPARE(parsed("a\xff"
                        "b\xe6\x97"
                        "c\xed\xa0\x80\n"),
            QByteArray("a\xef\xbf\xbd"
                       "b\xef\xbf\xbd"
                       "c\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n"));
        QCOMPARE(parsed("cut \xf0\x9f"), QByteArray("cut \xef\xbf\xbd\n"));
    }

    void measuresWidths()
    {
        QCOMPARE(parsed("日本\n", false), QByteArray("日本\t4 3\n"));
        QCOMPARE(parsed("e\xcc\x81\n", false), QByteArray("e\xcc\x81\t1 5\n"));
        QCOMPARE(parsed("a\tb\n", false), QByteArray("a\tb\t9 128\n"));
        QCOMPARE(parsed("👩‍💻\n", false), QByteArray("👩‍💻\t2 7\n"));
        QCOMPARE(parsed("日本\rx\n"), QByteArray("x 本\n"));
    }

    void breaksLongLinesIntoPieces()
    {
        for (const int extra : {-1, 0, 1}) {
            const auto lines = parsed(QByteArray(65'535 + extra, 'x') + "\nnext\n", false).split('\n');
            QCOMPARE(lines.size(), extra > 0 ? 4 : 3);
            if (extra > 0) {
                QVERIFY(lines[0].endsWith("\t65535 64"));
                QCOMPARE(lines[1], QByteArray("x\t1 16"));
            }
        }
    }

    void leavesTheLastFrameOfAFullScreenProgram()
    {
        Parsed p;
        p.parser.feed("before\n\x1b[?1049h\x1b[2J\x1b[HTOP\x1b[3;1Hstatus\x1b[?1049l\x1b[1;1Hafter\n");
        p.parser.finish();
        QVERIFY(p.parser.usedAlternateScreen());
        QCOMPARE(tests::dump(*p.store, true), QByteArray("before\nTOP\n\nstatus\nafter\n"));
    }

    void showsOpenRowsInTheTail()
    {
        Parsed p;
        p.parser.feed("one\ntwo\nthr");
        p.writer.publish();
        QCOMPARE(p.store->committedCount(), 0);
        QCOMPARE(p.store->lineCount(), 3);
        QCOMPARE(p.store->tailLine(2).text, QByteArray("thr"));
        p.parser.feed("ee\r\x1b[1Anew");
        p.writer.publish();
        QCOMPARE(p.store->tailLine(1).text, QByteArray("new"));
        QCOMPARE(p.store->tailLine(2).text, QByteArray("three"));
        QCOMPARE(p.store->tailLine(3).text, QByteArray());
    }

    void givesTheSameStoreForAnySplit()
    {
        tests::FakeRandom random;
        for (int round = 0; round < 400; ++round) {
            const QByteArray input = randomOutput(random, 5 + int(random.next() % 300));
            Parsed whole;
            whole.parser.feed(input);
            whole.writer.publish();
            const QByteArray open = tests::dump(*whole.store);
            whole.parser.finish();
            const QByteArray closed = tests::dump(*whole.store);

            Parsed split;
            for (qsizetype at = 0; at < input.size();) {
                const qsizetype size = std::min<qsizetype>(input.size() - at, 1 + qsizetype(random.next() % (round % 2 ? 3 : 60)));
                split.parser.feed(QByteArrayView(input).sliced(at, size));
                if (random.next() % 3 == 0)
                    split.writer.publish();
                at += size;
            }
            split.writer.publish();
            QCOMPARE(tests::dump(*split.store), open);
            split.parser.finish();
            QCOMPARE(tests::dump(*split.store), closed);
        }
    }

    void matchesGoldenFiles_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/ansi"));
        const auto names = folder.entryList({u"*.in"_s});
        QVERIFY(!names.isEmpty());
        for (const QString& name : names)
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void matchesGoldenFiles()
    {
        QFETCH(QString, file);
        QFile in(file);
        QVERIFY(in.open(QIODevice::ReadOnly));
        const QByteArray actual = parsed(in.readAll(), false);
        QFile expected(file.chopped(3) + u".expected"_s);
        if (qEnvironmentVariableIsSet("UPDATE_GOLDEN")) {
            QVERIFY(expected.open(QIODevice::WriteOnly));
            expected.write(actual);
            return;
        }
        QVERIFY(expected.open(QIODevice::ReadOnly));
        QCOMPARE(actual, expected.readAll());
    }
};

QTEST_GUILESS_MAIN(AnsiParserTest)
#include "tst_ansiparser.moc"
