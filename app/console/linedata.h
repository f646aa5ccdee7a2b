// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/chunkedarray.h"
#include "console/linestore.h"

#include <QByteArray>
#include <QMutex>

#include <array>
#include <deque>

namespace ridealong::console {

/// Text of a segment; 64 bytes short of 256 KiB so that an allocator's header does not cost a page.
inline constexpr quint32 kSegmentTextBytes = 256 * 1024 - 64;
inline constexpr quint32 kFirstSegmentTextBytes = 4 * 1024;
/// Bounds the walk inside one segment.
inline constexpr qint64 kSegmentLines = 8192;
inline constexpr int kLineChunk = 256;
inline constexpr int kRunChunkLog2 = 10;
/// A line's runs lie in one chunk; a line with more goes on in a Continued piece.
inline constexpr int kMaxLineRuns = 1 << kRunChunkLog2;
inline constexpr int kMaxLineBytes = 65'535;
inline constexpr int kMaxLinks = 65'535;

/// 12 bytes a line, column by column. start and firstRun of line n are written when line n - 1 ends (they say where that one
/// ends) and never again, so the last published line can be read while the next one is being written. Where line n
/// begins a new segment, its own start is 0 and start[n] still says where line n - 1 ended in the segment before.
struct LineChunk
{
    std::array<quint32, kLineChunk> start;
    std::array<quint32, kLineChunk> firstRun;
    std::array<quint16, kLineChunk> columns;
    std::array<quint8, kLineChunk> flags;
    std::array<quint8, kLineChunk> level;
};
static_assert(sizeof(LineChunk) == 12 * kLineChunk);

struct Segment
{
    std::unique_ptr<char[]> text;
    quint32 capacity = 0;
    qint64 firstLine = 0;
    /// Of a closed segment: rows at one width, as width << 48 | rows. Readers fill it; any of them computes the same.
    mutable std::atomic<quint64> rows{0};
};

struct LineStore::Data
{
    ChunkedArray<LineChunk, 0> lines;
    ChunkedArray<StyleRun, kRunChunkLog2> runs;
    ChunkedArray<Segment*, 4> segments;
    ChunkedArray<Style, 4> styles;
    std::vector<std::unique_ptr<Segment>> owned; ///< the writer's; may be ahead of segmentCount

    std::atomic<qint64> committed{0};
    std::atomic<qint64> total{0}; ///< with the tail
    std::atomic<int> segmentCount{0}; ///< those whose first line is committed
    std::atomic<qint64> textBytes{0};
    std::atomic<qint64> memory{0};

    mutable QMutex mutex; ///< the rest
    std::deque<TailLine> tail; ///< line tailBase and on
    qint64 tailBase = 0;
    std::vector<QByteArray> links{QByteArray()};

    quint32 start(qint64 line) const { return lines.at(size_t(line / kLineChunk)).start[size_t(line % kLineChunk)]; }
    quint32 firstRun(qint64 line) const { return lines.at(size_t(line / kLineChunk)).firstRun[size_t(line % kLineChunk)]; }
    quint16 columns(qint64 line) const { return lines.at(size_t(line / kLineChunk)).columns[size_t(line % kLineChunk)]; }
    quint8 flags(qint64 line) const { return lines.at(size_t(line / kLineChunk)).flags[size_t(line % kLineChunk)]; }
    quint8 level(qint64 line) const { return lines.at(size_t(line / kLineChunk)).level[size_t(line % kLineChunk)]; }

    int segmentOf(qint64 line) const;
    /// [first, last) of a segment's committed lines.
    std::pair<qint64, qint64> linesOf(int segment, int segments, qint64 committedLines) const;
    qint64 rowsOfLines(qint64 first, qint64 last, int width) const;
    qint64 rowsOfSegment(int segment, int segments, qint64 committedLines, int width) const;
    Line line(const Segment& segment, qint64 index) const;
};

/// Rows that `columns` cells take at `width` (0: not wrapped).
inline int rowsOfColumns(int columns, int width) { return width <= 0 || columns <= width ? 1 : (columns + width - 1) / width; }

} // namespace ridealong::console
