// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/cells.h"

#include "console/width.h"

#include <algorithm>

namespace ridealong::consoleview {

namespace {

constexpr int kTabWidth = 8;

}

std::vector<Cell> cellsOf(QByteArrayView utf8)
{
    std::vector<Cell> cells;
    cells.reserve(size_t(utf8.size()));
    const char* const begin = utf8.data();
    const char* const end = begin + utf8.size();
    char32_t previous = 0;
    int column = 0;
    for (const char* p = begin; p < end;) {
        const int byte = int(p - begin);
        // A store holds valid UTF-8; a piece that is cut short must still not be read beyond its end.
        const int length = console::validate(p, end);
        const char32_t code = length > 0 ? console::decodeValid(p) : 0xfffd;
        if (length <= 0)
            p += std::max(1, -length);
        const int width = code == '\t' ? kTabWidth - column % kTabWidth : console::columnsOf(code, previous);
        if (width == 0 && !cells.empty())
            cells.back().length += int(p - begin) - byte;
        else
            cells.push_back({byte, int(p - begin) - byte, column, width});
        column += width;
        previous = code;
    }
    return cells;
}

int LineGrid::columns() const
{
    if (m_ascii)
        return m_size;
    return m_cells.empty() ? 0 : m_cells.back().column + m_cells.back().width;
}

int LineGrid::columnOfByte(int byte) const
{
    if (m_ascii)
        return std::clamp(byte, 0, m_size);
    const auto at = std::lower_bound(m_cells.begin(), m_cells.end(), byte, [](const Cell& cell, int b) { return cell.byte < b; });
    return at == m_cells.end() ? columns() : at->column;
}

int LineGrid::byteOfColumn(int column) const
{
    if (m_ascii)
        return std::clamp(column, 0, m_size);
    const auto at = std::upper_bound(m_cells.begin(), m_cells.end(), column, [](int c, const Cell& cell) { return c < cell.column + cell.width; });
    return at == m_cells.end() ? m_size : at->byte;
}

int LineGrid::cellAtColumn(int column) const
{
    if (m_ascii)
        return std::clamp(column, 0, m_size);
    return int(std::lower_bound(m_cells.begin(), m_cells.end(), column, [](const Cell& cell, int c) { return cell.column < c; }) - m_cells.begin());
}

int LineGrid::nextByte(int byte) const
{
    if (m_ascii)
        return std::min(byte + 1, m_size);
    const auto at = std::upper_bound(m_cells.begin(), m_cells.end(), byte, [](int b, const Cell& cell) { return b < cell.byte; });
    return at == m_cells.end() ? m_size : at->byte;
}

int LineGrid::previousByte(int byte) const
{
    if (m_ascii)
        return std::max(byte - 1, 0);
    const auto at = std::lower_bound(m_cells.begin(), m_cells.end(), byte, [](const Cell& cell, int b) { return cell.byte < b; });
    return at == m_cells.begin() ? 0 : std::prev(at)->byte;
}

} // namespace ridealong::consoleview
