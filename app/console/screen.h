// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

#include <deque>
#include <string>

namespace ridealong::console {

/// Cursor motion goes no further right; writing does.
inline constexpr int kMaxMotionColumn = 999;
/// A row that is being edited wraps here, so that it stays under 65,535 bytes with characters of four.
inline constexpr int kMaxCells = 16'383;
/// Base characters with combining marks on one screen; further marks are dropped.
inline constexpr size_t kMaxClusters = 65'536;
inline constexpr size_t kMaxClusterBytes = 64;

/// One column of a row that is being edited. A character of n columns has n - 1 cells of width 0 behind it.
struct Cell
{
    char32_t code = ' '; ///< from kClusterBase on: a character with marks
    quint16 style = 0;
    quint8 width = 1;
};
inline constexpr char32_t kClusterBase = 0x110000;

struct EditRow
{
    std::vector<Cell> cells;
    bool continued = false; ///< goes on with the row above
    bool unfinished = false; ///< goes on in the row below
    bool changed = true; ///< since it was last published
};

/// The live tail as cells under a cursor: what carriage returns and cursor motion work on. Rows that leave at the top are the
/// caller's to keep.
class Screen
{
public:
    std::deque<EditRow> rows;
    int row = 0; ///< may be below the last row that exists
    int column = 0;
    int regionBottom = kTailRows - 1;

    EditRow& current(); ///< the row under the cursor, made when it is not there yet
    /// True when it did not fit any more and the row should be wrapped first.
    bool isFull() const;
    void put(char32_t code, int width, quint16 style);
    void putAscii(const char* text, size_t size, quint16 style);
    void attach(char32_t mark); ///< to the character left of the cursor
    void tab(quint16 style);

    void moveTo(int newRow, int newColumn);
    void eraseInLine(int mode);
    void eraseInDisplay(int mode);
    void eraseCharacters(int count);
    void insertCharacters(int count);
    void deleteCharacters(int count);
    void insertLines(int count);
    void deleteLines(int count);
    void reverseIndex();

    /// Adds one character at the end of the last row, as when old text is taken up again.
    void append(EditRow& target, char32_t code, int width, quint16 style);

    LineStore::TailLine flatten(const EditRow& row) const;
    /// Appends the UTF-8 of the cell at `column`; a tab that no longer reaches its stop becomes blanks.
    void appendText(std::string& out, const EditRow& row, size_t column) const;

private:
    void breakGlyphs(EditRow& target, size_t at);
    void pad(EditRow& target, size_t to);
    void addMark(Cell& cell, char32_t mark);

    std::vector<std::string> m_clusters;
};

} // namespace ridealong::console
