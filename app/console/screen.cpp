// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/screen.h"

#include "console/linedata.h"
#include "console/width.h"

namespace ridealong::console {

EditRow& Screen::current()
{
    while (int(rows.size()) <= row)
        rows.emplace_back();
    auto& target = rows[size_t(row)];
    target.changed = true;
    return target;
}

bool Screen::isFull() const { return column >= kMaxCells && (row >= int(rows.size()) || column >= int(rows[size_t(row)].cells.size())); }

void Screen::pad(EditRow& target, size_t to)
{
    if (target.cells.size() < to)
        target.cells.resize(to);
}

/// Blanks the character that a cut before cell `at` would split.
void Screen::breakGlyphs(EditRow& target, size_t at)
{
    auto& cells = target.cells;
    if (at >= cells.size() || cells[at].width != 0)
        return;
    size_t begin = at;
    while (begin > 0 && cells[begin].width == 0)
        --begin;
    size_t end = at;
    while (end < cells.size() && cells[end].width == 0)
        ++end;
    for (size_t i = begin; i < end; ++i)
        cells[i] = Cell{' ', cells[i].style, 1};
}

void Screen::put(char32_t code, int width, quint16 style)
{
    auto& target = current();
    const auto at = size_t(column);
    pad(target, at);
    breakGlyphs(target, at);
    breakGlyphs(target, at + size_t(width));
    pad(target, at + size_t(width));
    target.cells[at] = Cell{code, style, quint8(width)};
    for (int i = 1; i < width; ++i)
        target.cells[at + size_t(i)] = Cell{0, style, 0};
    column += width;
}

void Screen::putAscii(const char* text, size_t size, quint16 style)
{
    auto& target = current();
    const auto at = size_t(column);
    pad(target, at);
    breakGlyphs(target, at);
    breakGlyphs(target, at + size);
    pad(target, at + size);
    for (size_t i = 0; i < size; ++i)
        target.cells[at + i] = Cell{char32_t(quint8(text[i])), style, 1};
    column += int(size);
}

void Screen::addMark(Cell& cell, char32_t mark)
{
    if (cell.code < kClusterBase) {
        if (m_clusters.size() >= kMaxClusters || cell.code == '\t')
            return;
        char utf8[4];
        m_clusters.emplace_back(utf8, size_t(encode(cell.code, utf8)));
        cell.code = kClusterBase + char32_t(m_clusters.size() - 1);
    }
    auto& cluster = m_clusters[cell.code - kClusterBase];
    char utf8[4];
    const auto length = size_t(encode(mark, utf8));
    if (cluster.size() + length <= kMaxClusterBytes)
        cluster.append(utf8, length);
}

void Screen::attach(char32_t mark)
{
    auto& target = current();
    size_t at = std::min(size_t(column), target.cells.size());
    if (at == 0) {
        // Nothing to stand on: a blank carries it, so that it is kept and seen.
        put(' ', 1, 0);
        at = 1;
    }
    do
        --at;
    while (at > 0 && target.cells[at].width == 0);
    addMark(target.cells[at], mark);
}

void Screen::append(EditRow& target, char32_t code, int width, quint16 style)
{
    if (width == 0) {
        if (target.cells.empty())
            target.cells.push_back(Cell{' ', style, 1});
        size_t at = target.cells.size() - 1;
        while (at > 0 && target.cells[at].width == 0)
            --at;
        addMark(target.cells[at], code);
        return;
    }
    target.cells.push_back(Cell{code, style, quint8(width)});
    for (int i = 1; i < width; ++i)
        target.cells.push_back(Cell{0, style, 0});
}

void Screen::tab(quint16 style)
{
    const int width = kTabColumns - column % kTabColumns;
    if (row < int(rows.size()) && column < int(rows[size_t(row)].cells.size()))
        column += width;
    else
        put('\t', width, style);
}

void Screen::moveTo(int newRow, int newColumn)
{
    row = std::clamp(newRow, 0, kTailRows - 1);
    column = std::clamp(newColumn, 0, std::max(kMaxMotionColumn, column));
}

void Screen::eraseInLine(int mode)
{
    if (row >= int(rows.size()))
        return;
    auto& target = current();
    const auto at = size_t(column);
    if (mode == 0 || mode == 2) {
        const size_t keep = mode == 2 ? 0 : at;
        if (keep < target.cells.size()) {
            breakGlyphs(target, keep);
            target.cells.resize(keep);
        }
        target.unfinished = false;
    } else if (mode == 1) {
        breakGlyphs(target, at + 1);
        for (size_t i = 0; i < std::min(at + 1, target.cells.size()); ++i)
            target.cells[i] = Cell{};
    }
}

void Screen::eraseInDisplay(int mode)
{
    if (mode == 0) {
        eraseInLine(0);
        if (row + 1 < int(rows.size()))
            rows.resize(size_t(row) + 1);
    } else if (mode == 1) {
        for (int i = 0; i < std::min(row, int(rows.size())); ++i)
            rows[size_t(i)] = EditRow{};
        eraseInLine(1);
    } else if (mode == 2) {
        rows.clear();
    }
}

void Screen::eraseCharacters(int count)
{
    if (row >= int(rows.size()))
        return;
    auto& target = current();
    const auto at = size_t(column);
    const size_t end = std::min(target.cells.size(), at + size_t(count));
    if (at >= end)
        return;
    breakGlyphs(target, at);
    breakGlyphs(target, end);
    for (size_t i = at; i < end; ++i)
        target.cells[i] = Cell{};
}

void Screen::insertCharacters(int count)
{
    if (row >= int(rows.size()) || column >= int(rows[size_t(row)].cells.size()))
        return;
    auto& target = current();
    breakGlyphs(target, size_t(column));
    const size_t room = target.cells.size() < size_t(kMaxCells) ? size_t(kMaxCells) - target.cells.size() : 0;
    target.cells.insert(target.cells.begin() + column, std::min({size_t(count), size_t(kMaxMotionColumn), room}), Cell{});
}

void Screen::deleteCharacters(int count)
{
    if (row >= int(rows.size()) || column >= int(rows[size_t(row)].cells.size()))
        return;
    auto& target = current();
    const auto at = size_t(column);
    const size_t end = std::min(target.cells.size(), at + size_t(count));
    breakGlyphs(target, at);
    breakGlyphs(target, end);
    target.cells.erase(target.cells.begin() + qsizetype(at), target.cells.begin() + qsizetype(end));
}

void Screen::insertLines(int count)
{
    if (row >= int(rows.size()) || row > regionBottom)
        return;
    count = std::min(count, regionBottom + 1 - row);
    rows.insert(rows.begin() + row, size_t(count), EditRow{});
    if (int(rows.size()) > regionBottom + 1) {
        const int last = std::min(int(rows.size()), regionBottom + 1 + count);
        rows.erase(rows.begin() + regionBottom + 1, rows.begin() + last);
    }
    for (auto& each : rows)
        each.changed = true;
    column = 0;
}

void Screen::deleteLines(int count)
{
    if (row >= int(rows.size()) || row > regionBottom)
        return;
    const int bottom = std::min(int(rows.size()), regionBottom + 1);
    count = std::min(count, bottom - row);
    const bool fixedBelow = int(rows.size()) > bottom;
    rows.erase(rows.begin() + row, rows.begin() + row + count);
    if (fixedBelow)
        rows.insert(rows.begin() + (bottom - count), size_t(count), EditRow{});
    for (auto& each : rows)
        each.changed = true;
    column = 0;
}

void Screen::reverseIndex()
{
    if (row > 0) {
        --row;
        return;
    }
    const int keptColumn = column;
    insertLines(1);
    column = keptColumn;
}

void Screen::appendText(std::string& out, const EditRow& source, size_t at) const
{
    const Cell& cell = source.cells[at];
    if (cell.width == 0)
        return;
    if (cell.code < 0x80) {
        if (cell.code == '\t' && (at + cell.width) % kTabColumns != 0)
            out.append(cell.width, ' ');
        else
            out.push_back(char(cell.code));
    } else if (cell.code >= kClusterBase) {
        out.append(m_clusters[cell.code - kClusterBase]);
    } else {
        char utf8[4];
        out.append(utf8, size_t(encode(cell.code, utf8)));
    }
}

LineStore::TailLine Screen::flatten(const EditRow& source) const
{
    LineStore::TailLine line;
    std::string text;
    quint16 style = 0;
    for (size_t i = 0; i < source.cells.size(); ++i) {
        const Cell& cell = source.cells[i];
        if (cell.width == 0)
            continue;
        const size_t before = text.size();
        appendText(text, source, i);
        if (text.size() > size_t(kMaxLineBytes)) {
            text.resize(before);
            break;
        }
        if (cell.style != style) {
            style = cell.style;
            line.runs.push_back({quint16(before), style});
        }
        line.flags |= cell.code == '\t' ? Line::Tabs : 0;
        if (cell.code >= 0x80)
            line.flags |= Line::NonAscii | (cell.code >= kClusterBase ? Line::Complex : 0) | (cell.width > 1 ? Line::Wide : 0);
        if (cell.code >= 0x80 && cell.code < kClusterBase && widthOf(cell.code) == Width::Complex)
            line.flags |= Line::Complex;
    }
    line.text = QByteArray(text.data(), qsizetype(text.size()));
    line.columns = quint16(std::min<int>(columnsOf(QByteArrayView(line.text)), kMaxLineBytes));
    line.flags |= (source.continued ? Line::Continued : 0) | (source.unfinished ? Line::Unfinished : 0);
    return line;
}

} // namespace ridealong::console
