// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/ingest.h"
#include "console/keptlines.h"
#include "console/level.h"

#include <QRandomGenerator>
#include <QTest>

using namespace ridealong;
using namespace ridealong::console;
using namespace Qt::StringLiterals;

namespace {

using Filter = Console::LineFilter;
using Kept = std::shared_ptr<const KeptLines>;

/// An output that comes bit by bit.
struct Output
{
    std::shared_ptr<LineStore> store = std::make_shared<LineStore>();
    Ingest ingest{store};

    explicit Output(const QByteArray& text = {}) { add(text); }
    void add(const QByteArray& text) { ingest.feed(text); }
};

Kept read(const Output& output, const Filter& filter, const Kept& before = {}) { return KeptLines::read(*output.store, filter, before).valueOr({}); }

QList<qint64> linesOf(const Kept& kept)
{
    QList<qint64> all;
    for (qint64 i = 0; kept && i < kept->count(); ++i)
        all.append(kept->lineAt(i));
    return all;
}

/// What should come out, said as simply as possible.
QList<qint64> wanted(const QByteArray& text, const Filter& filter)
{
    QList<QByteArray> lines = text.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    QList<qint64> all;
    QSet<qint64> passed;
    Level level = Level::None;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (const Level own = detectLevel(lines[i]); own != Level::None)
            level = own;
        if (level >= filter.search.least && lines[i].toLower().contains(filter.search.pattern.toUtf8()))
            for (qint64 at = i - filter.context; at <= i + filter.context; ++at)
                passed.insert(at);
    }
    for (qsizetype i = 0; i < lines.size(); ++i)
        if (passed.contains(i))
            all.append(i);
    return all;
}

QByteArray someLog(int lines)
{
    QRandomGenerator random(7);
    QByteArray text;
    for (int i = 0; i < lines; ++i) {
        static constexpr const char* kBegins[] = {"INFO copied ", "WARN slow ", "ERROR lost ", "   at store.cpp:", "DEBUG tick ", "plain "};
        text += kBegins[random.bounded(6)] + QByteArray::number(random.bounded(40)) + (random.bounded(9) == 0 ? " needle" : "") + '\n';
    }
    return text;
}

} // namespace

class TestKeptLines : public QObject
{
    Q_OBJECT
private slots:
    void keepsWhatPasses_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("context");
        QTest::newRow("text") << u"needle"_s << int(Level::None) << 0;
        QTest::newRow("with lines around") << u"needle"_s << int(Level::None) << 2;
        QTest::newRow("level") << QString() << int(Level::Warning) << 0;
        QTest::newRow("level with lines around") << QString() << int(Level::Error) << 1;
        QTest::newRow("both") << u"needle"_s << int(Level::Warning) << 0;
        QTest::newRow("both with lines around") << u"needle"_s << int(Level::Error) << 3;
        QTest::newRow("nothing") << u"nowhere"_s << int(Level::None) << 3;
        QTest::newRow("everything") << QString() << int(Level::None) << 0;
    }
    void keepsWhatPasses()
    {
        QFETCH(QString, pattern);
        QFETCH(int, least);
        QFETCH(int, context);
        const Filter filter{{.pattern = pattern, .least = Level(least)}, context};
        const QByteArray text = someLog(3'000);
        const QList<qint64> right = wanted(text, filter);
        QCOMPARE(linesOf(read(Output(text), filter)), right);
        // The same in any pieces, read again after each.
        QRandomGenerator random(11);
        Output output;
        Kept kept;
        for (qsizetype at = 0; at < text.size();) {
            const qsizetype size = std::min<qsizetype>(text.size() - at, random.bounded(1, 9'000));
            output.add(text.sliced(at, size));
            at += size;
            kept = read(output, filter, kept);
        }
        QCOMPARE(linesOf(kept), right);
        QCOMPARE(kept->total(), right.size());
        QCOMPARE(kept->readLines(), output.store->lineCount());
        QVERIFY(kept->isWhole());
    }

    void followsWhatIsRewritten()
    {
        const Filter filter{{.pattern = u"fail"_s}, 1};
        Output output("one\ntwo\nfail 1 %");
        Kept kept = read(output, filter);
        QCOMPARE(linesOf(kept), QList<qint64>({1, 2}));
        output.add("\rdone    \nthree\n");
        kept = read(output, filter, kept);
        QCOMPARE(linesOf(kept), QList<qint64>());
        QCOMPARE(kept->total(), 0);
    }

    void dropsTheOldestOfTooMany()
    {
        QByteArray text;
        const qint64 lines = 3 * KeptLines::kMost + 5;
        for (qint64 i = 0; i < lines; ++i)
            text += "x\n";
        Output output(text);
        const Filter filter{{.pattern = u"x"_s}};
        Kept kept = read(output, filter);
        QCOMPARE(kept->count(), KeptLines::kMost);
        QCOMPARE(kept->total(), lines);
        QCOMPARE(kept->lineAt(kept->count() - 1), lines - 1);
        output.add(text);
        kept = read(output, filter, kept);
        QCOMPARE(kept->count(), KeptLines::kMost);
        QCOMPARE(kept->total(), 2 * lines);
        QCOMPARE(kept->lineAt(0), 2 * lines - KeptLines::kMost);
    }

    void knowsItsRows()
    {
        Output output("short x\n" + QByteArray(25, 'x') + "\nskipped\nx\n");
        const Kept kept = read(output, {{.pattern = u"x"_s}});
        QCOMPARE(linesOf(kept), QList<qint64>({0, 1, 3}));
        QVERIFY(!kept->isAfterGap(0) && !kept->isAfterGap(1) && kept->isAfterGap(2));
        QCOMPARE(kept->rows(0), 3);
        QCOMPARE(kept->rows(10), 5);
        QCOMPARE(kept->placeOfRow(0, 10).line, 0);
        QCOMPARE(kept->placeOfRow(3, 10).line, 1);
        QCOMPARE(kept->placeOfRow(3, 10).subRow, 2);
        QCOMPARE(kept->placeOfRow(4, 10).line, 3);
        QCOMPARE(kept->placeOfRow(99, 10).line, 3);
        QCOMPARE(kept->rowOfLine(1, 10), 1);
        QCOMPARE(kept->rowOfLine(2, 10), 4); // of what comes behind it
        QCOMPARE(kept->rowOfLine(3, 10), 4);
        QCOMPARE(kept->rowOfLine(3, 0), 2);
    }

    void saysWhatIsNoExpression()
    {
        const Output output("x\n");
        const auto kept = KeptLines::read(*output.store, {{.pattern = u"(x"_s, .regex = true}}, {});
        QVERIFY(!kept && kept.error().kind == base::ErrorKind::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestKeptLines)
#include "tst_keptlines.moc"
