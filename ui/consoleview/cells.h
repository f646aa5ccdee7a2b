// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/lines.h"

#include <vector>

namespace ridealong::consoleview {

/// One character as people see it (a grapheme cluster) on the grid of a line.
struct Cell
{
    int byte = 0;
    int length = 0; ///< bytes
    int column = 0;
    int width = 1; ///< columns: 0, 1 or 2; a tab up to 8
};

/// All characters of a line, in order. Source of widths: console, so that wrapping and painting agree.
std::vector<Cell> cellsOf(QByteArrayView utf8);

/// Where bytes stand on the grid. An ASCII line without tabs needs no table: byte and column are the same there.
class LineGrid
{
public:
    LineGrid() = default;
    LineGrid(QByteArrayView text, bool ascii) : m_size(int(text.size())), m_ascii(ascii)
    {
        if (!ascii)
            m_cells = cellsOf(text);
    }

    bool isAscii() const { return m_ascii; }
    const std::vector<Cell>& cells() const { return m_cells; } ///< empty when ASCII
    explicit LineGrid(const console::Line& line)
        : LineGrid(line.text, !(line.flags & console::Line::NonAscii) && line.columns == line.text.size()) // tabs are wider than a byte
    {}

    int columns() const;
    int columnOfByte(int byte) const;
    /// The character that covers a column; the end of the text for columns beyond it.
    int byteOfColumn(int column) const;
    /// Index of the first cell at or after a column; ASCII: the column itself.
    int cellAtColumn(int column) const;
    int nextByte(int byte) const;
    int previousByte(int byte) const;

private:
    std::vector<Cell> m_cells;
    int m_size = 0;
    bool m_ascii = true;
};

} // namespace ridealong::consoleview
