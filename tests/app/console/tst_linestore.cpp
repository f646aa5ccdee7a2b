// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// One writer and several readers at once: readers take no lock, and still never see half of anything. Worth running under the
// thread sanitizer (the preset tsan).
#include "console/ingest.h"
#include "support/storetext.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace ridealong;
using namespace ridealong::console;

namespace {

constexpr int kLines = 40'000;

/// Line n: "n", then n % 50 times its last digit, the whole coloured.
QByteArray lineText(int n) { return QByteArray::number(n) + ' ' + QByteArray(n % 50, char('0' + n % 10)); }

bool isWhole(QByteArrayView text)
{
    const auto space = text.indexOf(' ');
    return space > 0 && text.toByteArray() == lineText(text.first(space).toByteArray().toInt());
}

/// What a view does for each frame; the number of things that were wrong.
int look(const LineStore& store, unsigned& seed)
{
    int wrong = 0;
    const qint64 committed = store.committedCount();
    for (int i = 0; i < 40 && committed > 0; ++i) {
        seed = seed * 1664525u + 1013904223u;
        const qint64 index = i == 0 ? committed - 1 : qint64(seed % unsigned(committed));
        const Line line = store.line(index);
        wrong += line.text.toByteArray() != lineText(int(index));
        wrong += line.runs.size() != 1 || store.style(line.runs[0].style).foreground.index != quint8(index % 200);
        wrong += line.columns != line.text.size();
    }
    // A tail line may be committed or rewritten meanwhile: whole it is always, unless it is the last, still open one.
    const qint64 count = store.lineCount();
    for (qint64 i = committed; i + 1 < count; ++i) {
        const auto line = store.tailLine(i);
        wrong += !line.text.isEmpty() && !isWhole(line.text);
    }
    const qint64 rows = store.rows(20);
    wrong += rows < committed;
    wrong += store.placeOfRow(rows / 2, 20).line > store.lineCount();
    for (int i = std::max(0, store.segmentCount() - 2); i < store.segmentCount(); ++i) {
        const auto segment = store.segment(i);
        wrong += segment.lastLine < segment.firstLine || segment.text.count('\n') != segment.lastLine - segment.firstLine;
    }
    return wrong;
}

} // namespace

class LineStoreTest : public QObject
{
    Q_OBJECT
private slots:
    /// Compressed or not, everybody sees the same; what was read last is compressed last.
    void whatIsColdReadsTheSame()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        for (int i = 0; i < kLines; ++i)
            ingest.feed("\x1b[38;5;" + QByteArray::number(i % 200) + "m" + lineText(i) + (i % 3 ? "\x1b[0m bold \x1b[1mä\x1b[0m\n" : "\x1b[0m\n"));
        const QByteArray hot = tests::dump(*store);
        const qint64 hotMemory = store->memoryBytes();
        QVERIFY(store->segmentCount() > 5);
        LineStore::beginEpoch();
        const QByteArrayView text = store->segment(2).text;
        const qint64 heldLine = store->segment(1).firstLine;
        const Line held = store->line(heldLine); // read later than all others, and held
        QVERIFY(!text.isEmpty());
        auto segments = store->hotSegments();
        std::ranges::stable_sort(segments, {}, &LineStore::HotSegment::readIn);
        QCOMPARE(segments.size(), size_t(store->segmentCount() - 1)); // the last one is being written
        QCOMPARE((QList<int>{segments[segments.size() - 2].index, segments.back().index}), (QList<int>{1, 2}));
        for (int i = 0; i < store->segmentCount(); ++i)
            store->cool(i);
        QVERIFY(store->hotSegments().empty());
        QCOMPARE(store->hotBytes(), 0);
        QVERIFY(store->memoryBytes() < hotMemory / 2);
        QVERIFY(held.text.toByteArray().startsWith(lineText(int(heldLine))));
        QCOMPARE(tests::dump(*store), hot);
        QVERIFY(store->hotBytes() > 0); // reading took it back
        for (int i = 0; i < store->segmentCount(); ++i)
            store->cool(i);
        QCOMPARE(store->hotBytes(), 0);
        ingest.feed("\rmore\x1b[A\x1b[2Kabove\n\n"); // the writer goes on, over what it may still rewrite
        QVERIFY(tests::dump(*store).startsWith(hot.first(hot.size() / 2)));
    }

    void countsRows()
    {
        auto store = std::make_shared<LineStore>();
        Ingest ingest(store);
        std::vector<int> columns;
        for (int i = 0; i < 3'000; ++i) {
            columns.push_back(i % 97 == 0 ? i * 13 : i % 211); // short ones, long ones, empty ones
            ingest.feed(QByteArray(columns.back(), 'x') + '\n');
        }
        for (const int width : {1, 7, 80, 210, 333, 30'000, 65'535}) {
            qint64 rows = 0;
            for (size_t i = 0; i < columns.size(); ++i) {
                QCOMPARE(store->rowOfLine(qint64(i), width), rows);
                rows += std::max(1, (columns[i] + width - 1) / width);
            }
            QCOMPARE(store->rows(width), rows);
        }
    }

    void isReadWhileItIsWritten()
    {
        auto store = std::make_shared<LineStore>();
        std::atomic<bool> over = false;
        std::atomic<int> wrong = 0;
        std::atomic<qint64> looks = 0;
        std::vector<std::thread> readers;
        for (unsigned seed = 1; seed <= 2; ++seed)
            readers.emplace_back([&, seed]() mutable {
                do {
                    wrong += look(*store, seed);
                    ++looks;
                } while (!over);
            });
        std::thread cooling([&] {
            while (!over)
                for (int i = 0; i < store->segmentCount(); ++i)
                    store->cool(i);
        });
        Ingest ingest(store);
        QByteArray piece;
        for (int n = 0; n < kLines; ++n) {
            piece += "\x1b[38;5;" + QByteArray::number(n % 200) + 'm' + lineText(n) + '\n';
            if (n % 7 == 0) {
                const qsizetype cut = piece.size() - 3; // within a line
                ingest.feed(piece.left(cut));
                piece = piece.mid(cut);
            }
        }
        ingest.feed(piece);
        ingest.parser.finish();
        over = true;
        for (auto& reader : readers)
            reader.join();
        cooling.join();
        QCOMPARE(wrong, 0);
        QVERIFY(looks > 2);
        QCOMPARE(store->committedCount(), kLines);
        unsigned seed = 3;
        QCOMPARE(look(*store, seed), 0);
    }
};

QTEST_GUILESS_MAIN(LineStoreTest)
#include "tst_linestore.moc"
