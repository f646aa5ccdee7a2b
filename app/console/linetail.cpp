// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The part of LineWriter that moves rows between the segment and the screen, and shows them to readers.
#include "console/linewriter.h"

#include "console/linedata.h"
#include "console/width.h"

namespace ridealong::console {

void LineWriter::takeUp(const char* text, quint32 size, const StyleRun* runs, int runCount, quint8 flags)
{
    auto& row = m_screen->rows.emplace_back();
    row.continued = flags & Line::Continued;
    row.unfinished = flags & Line::Unfinished;
    row.cells.reserve(size);
    int run = 0;
    quint16 style = 0;
    char32_t previous = 0;
    for (const char* p = text; p < text + size;) {
        while (run < runCount && runs[run].byte <= p - text)
            style = runs[run++].style;
        const char32_t code = decodeValid(p);
        const int width = code == '\t' ? kTabColumns - int(row.cells.size()) % kTabColumns : columnsOf(code, previous);
        m_screen->append(row, code, width, style);
        previous = code;
    }
}

/// Back to the end of what is committed; readers never saw anything behind it.
void LineWriter::rewind()
{
    while (m_d.owned.size() > 1 && m_d.owned.back()->firstLine >= m_committed) {
        m_d.owned.pop_back();
        m_closedBytes = -1;
    }
    m_segment = m_d.owned.back().get();
    write(m_segment->body.get());
    const bool isBegin = m_segment->firstLine >= m_committed;
    m_position = isBegin ? 0 : m_d.start(m_committed);
    m_runNext = isBegin ? 0 : m_d.firstRun(m_committed);
    m_next = m_committed;
    if (m_closedBytes < 0) {
        m_closedBytes = 0;
        for (size_t i = 1; i < m_d.owned.size(); ++i)
            m_closedBytes += m_d.start(m_d.owned[i]->firstLine);
    }
    m_rowStart = m_position;
    m_columns = 0;
    m_flags = 0;
    m_previous = 0;
    m_runCount = 0;
    m_runStyle = 0;
}

void LineWriter::thaw()
{
    if (!m_segment)
        newSegment(1);
    m_screen.emplace();
    size_t segment = m_d.owned.size() - 1;
    while (segment > 0 && m_d.owned[segment]->firstLine > m_committed)
        --segment;
    for (qint64 i = m_committed; i < m_next; ++i) {
        while (segment + 1 < m_d.owned.size() && m_d.owned[segment + 1]->firstLine <= i)
            ++segment;
        const Segment& holds = *m_d.owned[segment];
        const Line line = m_d.line(holds, holds.body.get(), i);
        takeUp(line.text.data(), quint32(line.text.size()), line.runs.data(), int(line.runs.size()), line.flags);
    }
    takeUp(m_text + m_rowStart, m_position - m_rowStart, m_runs.data(), m_runCount, m_flags);
    auto& screen = *m_screen;
    screen.row = int(screen.rows.size()) - 1;
    screen.column = m_carriage ? 0 : int(screen.rows.back().cells.size());
    m_screenPrevious = m_carriage ? 0 : m_previous;
    m_carriage = false;
    m_quietLines = 0;
    m_rewriting = true;
    m_cleanUpTo = m_committed;
    rewind();
}

/// Writes an edited row into the segment. It may become several lines when it grew beyond what a line can hold.
void LineWriter::layDown(const EditRow& row, bool open)
{
    const auto screen = std::exchange(m_screen, std::nullopt); // so that text() appends
    const quint16 styleId = m_styleId;
    const bool known = std::exchange(m_styleKnown, true);
    const bool hasLink = m_styleHasLink;
    if (row.continued)
        m_flags |= Line::Continued;
    std::string piece;
    for (size_t i = 0; i < row.cells.size();) {
        const quint16 style = row.cells[i].style;
        piece.clear();
        m_styleId = style;
        m_styleHasLink = m_d.styles.at(style).link != 0;
        for (; i < row.cells.size() && (row.cells[i].style == style || row.cells[i].width == 0); ++i) {
            if (row.cells[i].code != '\t') {
                screen->appendText(piece, row, i);
                continue;
            }
            text(piece.data(), piece.size());
            piece.clear();
            screen->appendText(piece, row, i);
            if (piece == "\t") {
                tab();
                piece.clear();
            }
        }
        text(piece.data(), piece.size());
    }
    m_styleId = styleId;
    m_styleKnown = known;
    m_styleHasLink = hasLink;
    if (!open)
        endRow(row.unfinished ? quint8(Line::Unfinished) : quint8(0));
    m_screen = std::move(screen);
}

/// Nothing was edited for a screenful: the rows become plain lines again.
void LineWriter::freeze()
{
    auto screen = std::move(*m_screen);
    const qint64 first = m_committed;
    m_screen.emplace(std::move(screen));
    auto rows = std::move(m_screen->rows);
    for (size_t i = 0; i < rows.size(); ++i)
        layDown(rows[i], i + 1 == rows.size());
    m_screen.reset();
    // The rows may have become more lines than fit into the tail.
    m_committed = std::max(first, m_next - (kTailRows - 1));
    m_cleanUpTo = std::min(m_cleanUpTo, first);
    m_rewriting = false;
    m_quietLines = 0;
}

void LineWriter::newScreen()
{
    finish();
    screen();
}

void LineWriter::truncated()
{
    finish();
    if (!m_segment)
        newSegment(1);
    endRow(Line::Truncated);
    m_committed = m_next;
    publish();
}

void LineWriter::finish()
{
    if (m_screen) {
        auto& rows = m_screen->rows;
        while (!rows.empty() && rows.back().cells.empty())
            rows.pop_back();
        rows.emplace_back();
        freeze();
    }
    if (m_position > m_rowStart)
        endRow(0);
    m_carriage = false;
    m_committed = m_next;
    publish();
}

QByteArray LineWriter::rewrittenRow() const
{
    if (m_screen && m_rewriting && m_screen->row < int(m_screen->rows.size()))
        return m_screen->flatten(m_screen->rows[size_t(m_screen->row)]).text;
    if (!m_screen && m_carriage)
        return QByteArray(m_text + m_rowStart, qsizetype(m_position - m_rowStart));
    return {};
}

qint64 LineWriter::usedMemory() const
{
    qint64 bytes = qint64(sizeof(LineStore::Data)) + m_d.lines.memoryBytes() + m_d.segments.memoryBytes() + m_d.styles.memoryBytes()
        + qint64(m_d.owned.size() * sizeof(Segment));
    for (size_t i = size_t(std::max(0, m_publishedSegments - 1)); i < m_d.owned.size(); ++i)
        bytes += m_d.owned[i]->body.get()->textBytes();
    bytes += qint64(m_runNext * sizeof(StyleRun));
    for (const auto& line : m_d.tail)
        bytes += line.text.capacity() + qint64(line.runs.capacity() * sizeof(StyleRun) + sizeof(line));
    return bytes + m_linkBytes;
}

void LineWriter::publish()
{
    const QMutexLocker lock(&m_d.mutex);
    for (; m_publishedSegments < int(m_d.owned.size()) && m_d.owned[size_t(m_publishedSegments)]->firstLine < m_committed; ++m_publishedSegments)
        if (m_publishedSegments > 0) { // the one before is closed
            const auto body = m_d.owned[size_t(m_publishedSegments) - 1]->body.get();
            body->trim(m_d.firstRun(m_d.owned[size_t(m_publishedSegments)]->firstLine));
            m_d.hotBytes.fetch_add(body->memoryBytes(), std::memory_order_relaxed);
        }
    m_d.segmentCount.store(m_publishedSegments, std::memory_order_release);
    m_d.committed.store(m_committed, std::memory_order_release);
    publishTail();
    m_d.total.store(m_committed + qint64(m_d.tail.size()), std::memory_order_release);
    const qint64 inSegment = m_segment && m_segment->firstLine < m_committed ? qint64(m_d.start(m_committed)) : 0;
    m_d.widest.store(std::min(m_widest, kMaxLineBytes), std::memory_order_relaxed);
    m_d.textBytes.store(m_closedBytes + inSegment, std::memory_order_relaxed);
    m_d.memory.store(usedMemory(), std::memory_order_relaxed);
}

void LineWriter::publishTail()
{
    auto& tail = m_d.tail;
    const qint64 dropped = std::min<qint64>(m_committed - m_d.tailBase, qint64(tail.size()));
    tail.erase(tail.begin(), tail.begin() + std::max<qint64>(0, dropped));
    m_d.tailBase = m_committed;
    if (m_screen) {
        auto& rows = m_screen->rows;
        size_t count = rows.size();
        while (count > 0 && rows[count - 1].cells.empty())
            --count;
        const auto known = size_t(std::max<qint64>(0, m_cleanUpTo - m_committed));
        tail.resize(count);
        for (size_t i = 0; i < count; ++i) {
            if (rows[i].changed || i >= known)
                tail[i] = m_screen->flatten(rows[i]);
            rows[i].changed = false;
        }
        m_cleanUpTo = m_committed + qint64(count);
        return;
    }
    const auto known = size_t(std::clamp<qint64>(m_cleanUpTo - m_committed, 0, qint64(tail.size())));
    tail.resize(known);
    size_t segment = m_d.owned.empty() ? 0 : m_d.owned.size() - 1;
    while (segment > 0 && m_d.owned[segment]->firstLine > m_committed + qint64(known))
        --segment;
    for (qint64 i = m_committed + qint64(known); i < m_next; ++i) {
        while (segment + 1 < m_d.owned.size() && m_d.owned[segment + 1]->firstLine <= i)
            ++segment;
        const Segment& holds = *m_d.owned[segment];
        const Line line = m_d.line(holds, holds.body.get(), i);
        tail.push_back({line.text.toByteArray(), {line.runs.begin(), line.runs.end()}, line.columns, line.flags});
    }
    m_cleanUpTo = m_next;
    if (m_position > m_rowStart)
        tail.push_back({QByteArray(m_text + m_rowStart, qsizetype(m_position - m_rowStart)), {m_runs.begin(), m_runs.begin() + m_runCount},
            quint16(std::min(m_columns, kMaxLineBytes)), m_flags});
}

} // namespace ridealong::console
