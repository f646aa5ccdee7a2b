// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/chunkedarray.h"
#include "console/linestore.h"

#include <QByteArray>
#include <QMutex>

#include <array>
#include <deque>
#include <mutex>

namespace ridealong::console {

inline constexpr quint32 kSegmentTextBytes = 256 * 1024;
inline constexpr quint32 kFirstSegmentTextBytes = 4 * 1024;
/// Bounds the walk inside one segment.
inline constexpr qint64 kSegmentLines = 8192;
inline constexpr int kLineChunk = 256;
/// A line with more goes on in a Continued piece.
inline constexpr int kMaxLineRuns = 1024;
inline constexpr int kMaxLineBytes = 65'535;
inline constexpr int kMaxLinks = 65'535;

/// 12 bytes a line, column by column. start and firstRun of line n are written when line n - 1 ends (they say where that one
/// ends) and never again, so the last published line can be read while the next one is being written. Where line n
/// begins a new segment, its own are 0 and these still say where line n - 1 ended in the segment before.
struct LineChunk
{
    std::array<quint32, kLineChunk> start;
    std::array<quint32, kLineChunk> firstRun;
    std::array<quint16, kLineChunk> columns;
    std::array<quint8, kLineChunk> flags;
    std::array<quint8, kLineChunk> level;
};
static_assert(sizeof(LineChunk) == 12 * kLineChunk);

/// What a segment holds while it is not compressed: text, and the style runs of its lines. Memory of its own from the system:
/// what was not written to costs nothing, and what goes is given back, whatever an allocator would keep.
class SegmentBody
{
public:
    SegmentBody(quint32 textBytes, quint32 runCount);
    ~SegmentBody();
    SegmentBody(const SegmentBody&) = delete;
    SegmentBody& operator=(const SegmentBody&) = delete;

    char* text() const { return m_memory; }
    quint32 textBytes() const { return m_textBytes; }
    StyleRun* runs() const { return reinterpret_cast<StyleRun*>(m_memory + m_textBytes); }
    /// Only so many runs came: gives the rest back.
    void trim(quint32 runCount);
    size_t usedBytes(quint32 runCount) const { return m_textBytes + runCount * sizeof(StyleRun); }
    qint64 memoryBytes() const { return qint64(m_size + sizeof(SegmentBody)); }

private:
    quint32 m_textBytes;
    size_t m_size;
    char* m_memory;
};

/// A pointer that one thread may take away while others copy it. The lock is held for the copy alone.
class SharedBody
{
public:
    std::shared_ptr<SegmentBody> get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_body;
    }
    void set(std::shared_ptr<SegmentBody> body)
    {
        const std::lock_guard lock(m_mutex);
        m_body.swap(body); // what was there goes behind the lock
    }
    /// Unless there is one. True when it was taken.
    bool setFirst(const std::shared_ptr<SegmentBody>& body)
    {
        const std::lock_guard lock(m_mutex);
        if (m_body)
            return false;
        m_body = body;
        return true;
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<SegmentBody> m_body;
};

struct Segment
{
    qint64 firstLine = 0;
    SharedBody body; ///< null: it is in `frame` only
    QByteArray frame; ///< runs and text, compressed; set once, before the body goes for the first time, and kept
    mutable std::atomic<quint32> readIn{0}; ///< LineStore::Data::epoch at that time
    /// Of a closed segment: rows at one width, as width << 48 | rows. Readers fill it; any of them computes the same.
    mutable std::atomic<quint64> rows{0};
};

struct LineStore::Data
{
    ChunkedArray<LineChunk, 0> lines;
    ChunkedArray<Segment*, 4> segments;
    ChunkedArray<Style, 4> styles;
    std::vector<std::unique_ptr<Segment>> owned; ///< the writer's; may be ahead of segmentCount

    std::atomic<qint64> committed{0};
    std::atomic<qint64> total{0}; ///< with the tail
    std::atomic<int> segmentCount{0}; ///< those whose first line is committed
    std::atomic<qint64> textBytes{0};
    std::atomic<int> widest{0}; ///< columns
    std::atomic<qint64> memory{0}; ///< without closed segments, which are
    std::atomic<qint64> hotBytes{0}; ///< this much in bodies
    std::atomic<qint64> coldBytes{0}; ///< and in frames
    std::shared_ptr<Warmth> warmth; ///< or null: nobody compresses here
    static inline std::atomic<quint32> epoch{1}; ///< of all stores, so that it is known who was read last

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
    Line line(const Segment& segment, const std::shared_ptr<const SegmentBody>& body, qint64 index) const;
    /// A segment that lines follow: how much text, and how many runs.
    std::pair<quint32, quint32> sizesOf(int segment) const;
    /// Decompresses it where it must; `keep`: for the next one, too.
    std::shared_ptr<const SegmentBody> bodyOf(int segment, bool keep);
};

/// Rows that `columns` cells take at `width` (0: not wrapped).
inline int rowsOfColumns(int columns, int width) { return width <= 0 || columns <= width ? 1 : (columns + width - 1) / width; }

} // namespace ridealong::console
