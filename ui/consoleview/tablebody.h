// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/format.h"

#include <QList>

#include <vector>

namespace ridealong::consoleview {

/// A table as it is shown: rows in the chosen order, columns with widths in cells.
class TableBody
{
public:
    explicit TableBody(console::Table table);

    int rowCount() const { return int(m_order.size()); }
    int columnCount() const { return int(m_table.columns.size()); }
    const console::Table& table() const { return m_table; }
    const QString& cell(int shownRow, int column) const;
    int width(int column) const { return m_widths[size_t(column)]; } ///< in characters
    bool isNumeric(int column) const { return column < m_table.numeric.size() && m_table.numeric[column]; }

    /// Sorts by that column; the same again turns the order round, a third time gives back the output's own order.
    void sortBy(int column);
    int sortColumn() const { return m_sortColumn; } ///< -1: as it came
    bool isDescending() const { return m_descending; }

private:
    void sort();

    console::Table m_table;
    std::vector<int> m_order;
    std::vector<int> m_widths;
    int m_sortColumn = -1;
    bool m_descending = false;
};

/// The number a cell begins with, unit prefix included: "1.9 GB/s" > "512 KB". No number: NaN.
double sortValue(const QString& cell);

} // namespace ridealong::consoleview
