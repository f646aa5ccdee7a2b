// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/lines.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace ridealong::console {

/// Tells, from whichever thread, that something compressed was read and so is not compressed any more.
class Warmth : public QObject
{
    Q_OBJECT
signals:
    void rose();
};

/// The output of one run as lines. One writer (the ingest thread), any number of readers: they see a committed prefix
/// through an atomic count; a lock is held for the copy of one pointer, never for work. The last few lines may still be rewritten by the output
/// (progress bars): they come through tail(), under a lock held for microseconds. Text that nobody reads can be compressed where it lies; a reader
/// notices by a fraction of a millisecond for each 256 KiB.
class LineStore
{
public:
    explicit LineStore(std::shared_ptr<Warmth> warmth = {});
    ~LineStore();
    LineStore(const LineStore&) = delete;
    LineStore& operator=(const LineStore&) = delete;

    qint64 lineCount() const; ///< committed lines and the tail
    qint64 committedCount() const;
    Line line(qint64 index) const; ///< index < committedCount()
    quint16 columns(qint64 index) const; ///< of a committed line, and so is
    Level level(qint64 index) const; ///< without touching its text
    /// A copy of tail line `index` (committedCount() ≤ index < lineCount()); empty text when it is gone meanwhile.
    struct TailLine
    {
        QByteArray text;
        std::vector<StyleRun> runs;
        quint16 columns = 0;
        quint8 flags = 0;
    };
    TailLine tailLine(qint64 index) const;

    Style style(quint16 id) const;
    QString link(quint16 id) const; ///< http or https, nothing else is kept

    /// Display rows that lines [0, lineCount) take when wrapped at `columns`; 0: not wrapped.
    qint64 rows(int columns) const;
    /// The line that holds display row `row` at this width, and the row within that line.
    struct Place
    {
        qint64 line = 0;
        int subRow = 0;
    };
    Place placeOfRow(qint64 row, int columns) const;
    qint64 rowOfLine(qint64 line, int columns) const;

    /// The committed text of one segment, for searching: lines [firstLine, lastLine), each ended by '\n' unless it is Unfinished.
    struct SegmentText
    {
        QByteArrayView text;
        qint64 firstLine = 0;
        qint64 lastLine = 0;
        std::shared_ptr<const void> owner = {}; ///< of the text
    };
    int segmentCount() const;
    SegmentText segment(int index) const;
    /// The line of that segment which holds byte `offset` of its text, and where a line begins there.
    qint64 lineAt(const SegmentText& segment, qsizetype offset) const;
    qsizetype offsetOf(const SegmentText& segment, qint64 line) const;

    int widestColumns() const; ///< of the committed lines
    qint64 textBytes() const; ///< committed, line ends included
    qint64 memoryBytes() const; ///< what this store holds, text included

    // ---- for Cooling, one at a time for all stores ----
    qint64 hotBytes() const; ///< of what could be compressed
    struct HotSegment
    {
        int index = 0;
        quint32 readIn = 0; ///< the higher, the later
    };
    std::vector<HotSegment> hotSegments() const;
    void cool(int segment); ///< compresses it
    static void beginEpoch();

    struct Data;
    Data& data() { return *m_data; } ///< for the writer

private:
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::console
