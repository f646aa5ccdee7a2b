// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/linewriter.h"

#include "console/level.h"
#include "console/linedata.h"
#include "console/width.h"

#include <cstring>

namespace ridealong::console {

LineWriter::LineWriter(std::shared_ptr<LineStore> store)
    : m_store(std::move(store)),
      m_d(m_store->data()),
      m_styles(*m_store),
      m_runs(size_t(kMaxLineRuns))
{}

LineWriter::~LineWriter() = default;

void LineWriter::newSegment(quint32 atLeast)
{
    const quint32 row = m_position - m_rowStart;
    // Sizes grow with the output, and shrink again where lines are so short that a segment closes before its text is full.
    const quint32 wanted = std::min(kSegmentTextBytes, std::max(kFirstSegmentTextBytes, m_rowStart * 4));
    auto segment = std::make_unique<Segment>();
    const quint32 bytes = std::max(wanted, std::min(kSegmentTextBytes, (row + atLeast) * 2));
    const auto body = std::make_shared<SegmentBody>(bytes, bytes); // each run has a byte of its own
    segment->firstLine = m_next;
    if (row > 0)
        std::memcpy(body->text(), m_text + m_rowStart, row);
    segment->body.set(body);
    if (m_segment && m_segment->firstLine == m_next)
        m_d.owned.pop_back(); // it held nothing but this row
    else
        m_closedBytes += m_rowStart;
    m_segment = segment.get();
    write(body);
    m_runNext = 0;
    m_position = row;
    m_rowStart = 0;
    m_d.segments.forWriting(m_d.owned.size()) = segment.get();
    m_d.owned.push_back(std::move(segment));
}

/// Where the open row goes from now on.
void LineWriter::write(std::shared_ptr<SegmentBody> body)
{
    m_body = std::move(body);
    m_text = m_body->text();
    m_capacity = m_body->textBytes();
}

/// Room for `size` bytes and a line end in the open row.
void LineWriter::ensure(quint32 size)
{
    if (m_position + size + 1 > m_capacity || (m_position == m_rowStart && m_next - m_segment->firstLine >= kSegmentLines))
        newSegment(size + 1);
}

void LineWriter::resolveStyle()
{
    if (m_styleKnown)
        return;
    m_styleId = m_styles.idOf(m_styleKey, m_style);
    m_styleHasLink = m_style.link != 0;
    m_styleKnown = true;
}

/// False when the row has as many runs as it can hold.
bool LineWriter::pushRun()
{
    resolveStyle();
    if (m_styleId == m_runStyle)
        return true;
    if (m_runCount == kMaxLineRuns)
        return false;
    m_runs[size_t(m_runCount++)] = {quint16(m_position - m_rowStart), m_styleId};
    m_runStyle = m_styleId;
    return true;
}

/// Text that fits into the row, as it is.
void LineWriter::append(const char* text, quint32 size)
{
    ensure(size);
    if (!pushRun()) {
        endRow(Line::Unfinished);
        ensure(size);
        pushRun();
    }
    if (m_styleHasLink)
        m_flags |= Line::HasLink;
    if (size < 8 || size > 16) {
        std::memcpy(m_text + m_position, text, size);
    } else {
        // Words between colours: two moves that overlap instead of a call.
        std::memcpy(m_text + m_position, text, 8);
        std::memcpy(m_text + m_position + size - 8, text + size - 8, 8);
    }
    m_position += size;
}

void LineWriter::ascii(const char* text, size_t size)
{
    if (m_carriage)
        thaw();
    if (m_screen) {
        resolveStyle();
        m_screenPrevious = 0;
        while (size > 0) {
            if (m_screen->isFull()) {
                m_screen->current().unfinished = true;
                lineFeed();
                if (!m_screen) // 64 full rows went by
                    return ascii(text, size);
                m_screen->current().continued = true;
            }
            const size_t room = m_screen->column < kMaxCells ? size_t(kMaxCells - m_screen->column) : 1;
            const size_t take = std::min(size, room);
            m_screen->putAscii(text, take, m_styleId);
            text += take;
            size -= take;
        }
        return;
    }
    while (size > 0) {
        const auto room = quint32(kMaxLineBytes) - (m_position - m_rowStart);
        if (room == 0) {
            endRow(Line::Unfinished);
            continue;
        }
        const auto take = quint32(std::min<size_t>(size, room));
        append(text, take);
        m_columns += int(take);
        text += take;
        size -= take;
    }
    m_previous = 0;
}

void LineWriter::text(const char* text, size_t size)
{
    if (m_carriage)
        thaw();
    const char* const end = text + size;
    if (m_screen) {
        resolveStyle();
        while (text < end) {
            const char* begin = text;
            const char32_t code = decodeValid(text);
            const int width = columnsOf(code, m_screenPrevious);
            m_screenPrevious = code;
            if (width == 0) {
                m_screen->attach(code);
                continue;
            }
            if (m_screen->isFull()) {
                m_screen->current().unfinished = true;
                lineFeed();
                if (!m_screen)
                    return this->text(begin, size_t(end - begin));
                m_screen->current().continued = true;
            }
            m_screen->put(code, width, m_styleId);
        }
        return;
    }
    while (text < end) {
        // As much as fits into the row, measured on the way.
        const char* const begin = text;
        const char* const limit = begin + std::min<qptrdiff>(end - begin, qptrdiff(kMaxLineBytes) - (m_position - m_rowStart));
        int columns = 0;
        quint8 flags = 0;
        char32_t previous = m_previous;
        while (text < end) {
            const char* const at = text;
            const char32_t code = decodeValid(text);
            if (text > limit) {
                text = at;
                break;
            }
            if (code >= 0x80) {
                flags |= Line::NonAscii;
                const Width width = widthOf(code);
                if (width == Width::Zero || width == Width::Complex || previous == 0x200d)
                    flags |= Line::Complex;
                columns += width == Width::Zero || previous == 0x200d ? 0 : width == Width::Wide ? 2 : 1;
                flags |= width == Width::Wide ? Line::Wide : 0;
            } else {
                ++columns;
            }
            previous = code;
        }
        if (text == begin) {
            endRow(Line::Unfinished);
            continue;
        }
        append(begin, quint32(text - begin));
        m_flags |= flags;
        m_columns += columns;
        m_previous = previous;
    }
}

/// Closes the open row and begins the next. `flags`: Unfinished or Truncated.
void LineWriter::endRow(quint8 flags)
{
    ensure(0);
    m_flags |= flags;
    const quint32 size = m_position - m_rowStart;
    const Level level = detectLevel(QByteArrayView(m_text + m_rowStart, size));
    if (!(flags & Line::Unfinished))
        m_text[m_position++] = '\n';

    auto& chunk = m_d.lines.forWriting(size_t(m_next / kLineChunk));
    const auto at = size_t(m_next % kLineChunk);
    chunk.columns[at] = quint16(std::min(m_columns, kMaxLineBytes));
    chunk.flags[at] = m_flags;
    chunk.level[at] = quint8(level);
    if (m_runCount > 0) {
        std::memcpy(m_body->runs() + m_runNext, m_runs.data(), size_t(m_runCount) * sizeof(StyleRun));
        m_runNext += quint32(m_runCount);
    }
    m_widest = std::max(m_widest, m_columns);
    ++m_next;
    auto& following = m_d.lines.forWriting(size_t(m_next / kLineChunk));
    following.start[size_t(m_next % kLineChunk)] = m_position;
    following.firstRun[size_t(m_next % kLineChunk)] = m_runNext;
    if (!m_screen && m_next - m_committed >= kTailRows)
        m_committed = m_next - (kTailRows - 1);

    m_rowStart = m_position;
    m_columns = 0;
    m_flags = flags & Line::Unfinished ? Line::Continued : 0;
    m_previous = 0;
    m_runCount = 0;
    m_runStyle = 0;
    m_carriage = false;
}

void LineWriter::scrollScreen()
{
    auto& screen = *m_screen;
    if (!screen.rows.empty()) {
        layDown(screen.rows.front(), false);
        m_committed = m_next;
        screen.rows.pop_front();
    }
    if (screen.regionBottom < kTailRows - 1 && screen.row < int(screen.rows.size()))
        screen.rows.insert(screen.rows.begin() + screen.row, EditRow{});
    else if (screen.regionBottom == kTailRows - 1)
        screen.rows.emplace_back();
    for (size_t i = size_t(std::max(0, screen.row)); i < screen.rows.size(); ++i)
        screen.rows[i].changed = true;
}

void LineWriter::lineFeed()
{
    if (!m_screen) {
        if (!m_segment)
            newSegment(1);
        endRow(0);
        return;
    }
    auto& screen = *m_screen;
    m_screenPrevious = 0;
    screen.column = 0;
    m_rewriting = false;
    while (int(screen.rows.size()) <= screen.row)
        screen.rows.emplace_back();
    if (screen.row == screen.regionBottom) {
        scrollScreen();
    } else if (screen.row < kTailRows - 1) {
        ++screen.row;
        if (screen.row == int(screen.rows.size()))
            screen.rows.emplace_back();
    }
    if (screen.row + 1 == int(screen.rows.size()) && screen.rows.back().cells.empty() && ++m_quietLines >= kTailRows)
        freeze();
}

void LineWriter::index()
{
    auto& target = screen();
    const int column = target.column;
    const int quiet = m_quietLines;
    m_quietLines = -1; // so that it cannot freeze: the column is still needed
    lineFeed();
    m_quietLines = quiet;
    m_screen->column = column;
}

void LineWriter::carriageReturn()
{
    if (!m_screen) {
        m_carriage = m_position > m_rowStart || m_carriage;
        return;
    }
    m_screen->column = 0;
    m_screenPrevious = 0;
}

void LineWriter::backspace()
{
    if (!m_screen && m_carriage)
        return;
    if (auto& target = screen(); target.column > 0)
        --target.column;
}

void LineWriter::tab()
{
    if (m_carriage)
        thaw();
    if (m_screen) {
        resolveStyle();
        m_screenPrevious = 0;
        if (m_screen->isFull()) {
            ascii(" ", 1);
            return;
        }
        m_screen->tab(m_styleId);
        return;
    }
    if (m_position - m_rowStart == quint32(kMaxLineBytes))
        endRow(Line::Unfinished);
    append("\t", 1);
    m_flags |= Line::Tabs;
    m_columns += kTabColumns - m_columns % kTabColumns;
    m_previous = 0;
}

void LineWriter::eraseInLine(int mode)
{
    // Many programs erase to the end of the line after every piece of colour (grep, ls, gcc): at the end of a row that only
    // grows it does nothing, and must not cost the fast way.
    if (!m_screen && !m_carriage && mode == 0)
        return;
    screen().eraseInLine(mode);
}

void LineWriter::saveCursor()
{
    m_savedRow = m_screen ? m_screen->row : int(m_next - m_committed);
    m_savedColumn = m_screen ? m_screen->column : m_carriage ? 0 : m_columns;
    m_savedStyle = m_style;
}

void LineWriter::restoreCursor()
{
    auto& target = screen();
    target.row = std::clamp(m_savedRow, 0, kTailRows - 1);
    target.column = std::clamp(m_savedColumn, 0, kMaxLineBytes);
    setStyle(m_savedStyle, StyleKey(m_savedStyle));
}

void LineWriter::setRegion(int top, int bottom)
{
    auto& target = screen();
    target.regionBottom = bottom <= top || top > 1 ? kTailRows - 1 : std::clamp(bottom - 1, 0, kTailRows - 1);
    target.row = 0;
    target.column = 0;
}

Screen& LineWriter::screen()
{
    if (!m_screen)
        thaw();
    m_quietLines = 0;
    m_rewriting = true;
    m_screenPrevious = 0;
    return *m_screen;
}

quint16 LineWriter::linkId(const QByteArray& url)
{
    if (const auto known = m_links.constFind(url); known != m_links.constEnd())
        return *known;
    if (m_links.size() + 1 >= kMaxLinks)
        return 0;
    const QMutexLocker lock(&m_d.mutex);
    const auto id = quint16(m_d.links.size());
    m_d.links.push_back(url);
    m_links.insert(url, id);
    m_linkBytes += url.size() + 64;
    return id;
}

} // namespace ridealong::console
