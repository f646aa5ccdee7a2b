// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/linestore.h"

#include "console/linedata.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace ridealong::console {
namespace {

/// What searching decompresses stays so up to here, for the next key that is typed; Cooling takes it back later.
constexpr qint64 kMostWarmBytes = qint64(256) << 20;

/// How many are wider than `width`.
qint64 countWider(std::span<const quint16> columns, quint16 width)
{
    qint64 count = 0;
    size_t i = 0;
#ifdef __SSE2__
    const __m128i limit = _mm_set1_epi16(short(width));
    const __m128i zero = _mm_setzero_si128();
    __m128i narrow = zero; // in eight lanes; a chunk does not fill one
    for (; i + 8 <= columns.size(); i += 8) {
        const __m128i over = _mm_subs_epu16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(columns.data() + i)), limit);
        narrow = _mm_sub_epi16(narrow, _mm_cmpeq_epi16(over, zero));
    }
    alignas(16) quint16 lanes[8];
    _mm_store_si128(reinterpret_cast<__m128i*>(lanes), narrow);
    count = qint64(i);
    for (const quint16 lane : lanes)
        count -= lane;
#endif
    for (; i < columns.size(); ++i)
        count += columns[i] > width;
    return count;
}

/// Rows that lines take beyond one each. Most take one or two: counting those over each multiple of the width beats dividing.
qint64 furtherRows(std::span<const quint16> columns, int width)
{
    constexpr int kPasses = 8;
    qint64 rows = 0;
    int over = width;
    for (int pass = 0; pass < kPasses && over <= 0xffff; ++pass, over += width) {
        const qint64 wider = countWider(columns, quint16(over));
        if (wider == 0)
            return rows;
        rows += wider;
    }
    for (const quint16 one : columns)
        if (one > over)
            rows += (one - 1) / width - kPasses;
    return rows;
}

} // namespace

LineStore::LineStore(std::shared_ptr<Warmth> warmth) : m_data(std::make_unique<Data>())
{
    m_data->warmth = std::move(warmth);
    auto& first = m_data->lines.forWriting(0);
    first.start[0] = 0;
    first.firstRun[0] = 0;
    m_data->styles.forWriting(0) = Style{};
}

LineStore::~LineStore() = default;

qint64 LineStore::committedCount() const { return m_data->committed.load(std::memory_order_acquire); }

qint64 LineStore::lineCount() const { return std::max(m_data->total.load(std::memory_order_acquire), committedCount()); }

int LineStore::Data::segmentOf(qint64 line) const
{
    int low = 0;
    int high = segmentCount.load(std::memory_order_acquire) - 1;
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (segments.at(size_t(middle))->firstLine <= line)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

std::pair<qint64, qint64> LineStore::Data::linesOf(int segment, int count, qint64 committedLines) const
{
    const qint64 first = segments.at(size_t(segment))->firstLine;
    return {first, segment + 1 < count ? segments.at(size_t(segment) + 1)->firstLine : std::max(first, committedLines)};
}

Line LineStore::Data::line(const Segment& segment, const std::shared_ptr<const SegmentBody>& body, qint64 index) const
{
    Line line;
    line.columns = columns(index);
    line.flags = flags(index);
    line.level = Level(level(index));
    line.owner = body;
    const bool isFirst = index == segment.firstLine;
    const quint32 begin = isFirst ? 0 : start(index);
    const quint32 end = start(index + 1) - (line.flags & Line::Unfinished ? 0 : 1);
    line.text = QByteArrayView(body->text() + begin, qsizetype(end - begin));
    const quint32 run = isFirst ? 0 : firstRun(index);
    line.runs = std::span<const StyleRun>(body->runs() + run, firstRun(index + 1) - run);
    return line;
}

Line LineStore::line(qint64 index) const
{
    if (index < 0 || index >= committedCount())
        return {};
    const int segment = m_data->segmentOf(index);
    return m_data->line(*m_data->segments.at(size_t(segment)), m_data->bodyOf(segment, true), index);
}

quint16 LineStore::columns(qint64 index) const { return m_data->columns(index); }

Level LineStore::level(qint64 index) const { return Level(m_data->level(index)); }

LineStore::TailLine LineStore::tailLine(qint64 index) const
{
    {
        const QMutexLocker lock(&m_data->mutex);
        const qint64 at = index - m_data->tailBase;
        if (at >= 0 && at < qint64(m_data->tail.size()))
            return m_data->tail[size_t(at)];
    }
    // Committed between the caller's count and now: the line is still there, only elsewhere.
    const Line committed = line(index);
    return {committed.text.toByteArray(), {committed.runs.begin(), committed.runs.end()}, committed.columns, committed.flags};
}

Style LineStore::style(quint16 id) const { return m_data->styles.at(id); }

QString LineStore::link(quint16 id) const
{
    const QMutexLocker lock(&m_data->mutex);
    return id < m_data->links.size() ? QString::fromUtf8(m_data->links[id]) : QString();
}

qint64 LineStore::Data::rowsOfLines(qint64 first, qint64 last, int width) const
{
    qint64 rows = last - first;
    while (first < last) {
        const auto& chunk = lines.at(size_t(first / kLineChunk));
        const size_t begin = size_t(first % kLineChunk);
        const size_t end = std::min(size_t(kLineChunk), begin + size_t(last - first));
        rows += furtherRows({chunk.columns.data() + begin, end - begin}, width);
        first += qint64(end - begin);
    }
    return rows;
}

qint64 LineStore::Data::rowsOfSegment(int segment, int count, qint64 committedLines, int width) const
{
    const auto [first, last] = linesOf(segment, count, committedLines);
    if (segment + 1 == count)
        return rowsOfLines(first, last, width); // still growing
    auto& cache = segments.at(size_t(segment))->rows;
    const quint64 known = cache.load(std::memory_order_relaxed);
    if (int(known >> 48) == width)
        return qint64(known & 0xffff'ffff'ffff);
    const qint64 rows = rowsOfLines(first, last, width);
    cache.store(quint64(width) << 48 | quint64(rows), std::memory_order_relaxed);
    return rows;
}

qint64 LineStore::rows(int columns) const
{
    if (columns <= 0 || columns > kMaxLineBytes)
        return lineCount();
    const QMutexLocker lock(&m_data->mutex); // so that the tail fits to what is committed
    const qint64 committed = committedCount();
    const int count = m_data->segmentCount.load(std::memory_order_acquire);
    qint64 rows = 0;
    for (int i = 0; i < count; ++i)
        rows += m_data->rowsOfSegment(i, count, committed, columns);
    for (const TailLine& line : m_data->tail)
        rows += rowsOfColumns(line.columns, columns);
    return rows;
}

LineStore::Place LineStore::placeOfRow(qint64 row, int columns) const
{
    row = std::max<qint64>(row, 0);
    if (columns <= 0 || columns > kMaxLineBytes)
        return {std::min(row, std::max<qint64>(0, lineCount() - 1)), 0};
    const QMutexLocker lock(&m_data->mutex);
    const qint64 committed = committedCount();
    const int count = m_data->segmentCount.load(std::memory_order_acquire);
    for (int i = 0; i < count; ++i) {
        const qint64 rows = m_data->rowsOfSegment(i, count, committed, columns);
        if (row >= rows) {
            row -= rows;
            continue;
        }
        for (auto [line, last] = m_data->linesOf(i, count, committed); line < last; ++line) {
            const int taken = rowsOfColumns(m_data->columns(line), columns);
            if (row < taken)
                return {line, int(row)};
            row -= taken;
        }
    }
    qint64 line = committed;
    for (const TailLine& tail : m_data->tail) {
        const int taken = rowsOfColumns(tail.columns, columns);
        if (row < taken)
            return {line, int(row)};
        row -= taken;
        ++line;
    }
    // Past the end: the last row there is.
    if (line == 0)
        return {};
    const int lastColumns = m_data->tail.empty() ? m_data->columns(line - 1) : m_data->tail.back().columns;
    return {line - 1, rowsOfColumns(lastColumns, columns) - 1};
}

qint64 LineStore::rowOfLine(qint64 line, int columns) const
{
    if (columns <= 0 || columns > kMaxLineBytes)
        return line;
    const QMutexLocker lock(&m_data->mutex);
    const qint64 committed = committedCount();
    const int count = m_data->segmentCount.load(std::memory_order_acquire);
    qint64 row = 0;
    for (int i = 0; i < count; ++i) {
        const auto [first, last] = m_data->linesOf(i, count, committed);
        if (line < last)
            return row + m_data->rowsOfLines(first, std::max(first, line), columns);
        row += m_data->rowsOfSegment(i, count, committed, columns);
    }
    for (size_t i = 0; i < m_data->tail.size() && committed + qint64(i) < line; ++i)
        row += rowsOfColumns(m_data->tail[i].columns, columns);
    return row;
}

int LineStore::segmentCount() const { return m_data->segmentCount.load(std::memory_order_acquire); }

LineStore::SegmentText LineStore::segment(int index) const
{
    const qint64 committed = committedCount();
    const int count = segmentCount();
    if (index < 0 || index >= count)
        return {};
    const auto [first, last] = m_data->linesOf(index, count, committed);
    const auto body = m_data->bodyOf(index, hotBytes() < kMostWarmBytes);
    return {QByteArrayView(body->text(), last > first ? m_data->start(last) : 0), first, last, body};
}

qint64 LineStore::lineAt(const SegmentText& segment, qsizetype offset) const
{
    qint64 low = segment.firstLine;
    qint64 high = segment.lastLine - 1;
    while (low < high) {
        const qint64 middle = (low + high + 1) / 2;
        if (qsizetype(m_data->start(middle)) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

qsizetype LineStore::offsetOf(const SegmentText& segment, qint64 line) const
{
    return line <= segment.firstLine ? 0 : qsizetype(m_data->start(line));
}

int LineStore::widestColumns() const { return m_data->widest.load(std::memory_order_relaxed); }

qint64 LineStore::textBytes() const { return m_data->textBytes.load(std::memory_order_relaxed); }

qint64 LineStore::memoryBytes() const
{
    return m_data->memory.load(std::memory_order_relaxed) + hotBytes() + m_data->coldBytes.load(std::memory_order_relaxed);
}

qint64 LineStore::hotBytes() const { return m_data->hotBytes.load(std::memory_order_relaxed); }

} // namespace ridealong::console
