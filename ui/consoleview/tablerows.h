// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/table.h"

#include <memory>
#include <vector>

namespace ridealong::consoleview {

/// Which rows of a table are shown, and in which order. A value: another order is worked out elsewhere and put in its place.
class TableRows
{
public:
    struct Order
    {
        int column = -1; ///< −1: as it came
        bool isDescending = false;
        QString filter = {}; ///< words that each must stand in some cell; "column:word" in that one

        bool operator==(const Order&) const = default;
    };

    explicit TableRows(console::Table table);
    /// The same table in another order.
    TableRows ordered(const Order& order) const;

    const console::Table& table() const { return m_data->table; }
    const Order& order() const { return m_order; }
    qint64 count() const { return qint64(m_rows.size()); }
    qint64 total() const { return m_data->table.rows.size(); }
    int columnCount() const { return int(m_data->table.columns.size()); }
    bool isNumeric(int column) const { return column < int(m_data->numbers.size()) && !m_data->numbers[size_t(column)].empty(); }
    const QString& cell(qint64 shownRow, int column) const;
    double number(qint64 shownRow, int column) const { return m_data->numbers[size_t(column)][size_t(m_rows[size_t(shownRow)])]; }
    QStringList row(qint64 shownRow) const;
    QStringList distinct(int column) const; ///< values of a column in shown order, each once

    static constexpr qint64 kMaxSyncCells = 20'000; ///< of a table that is put in order at once
    bool isSmall() const { return total() * columnCount() <= kMaxSyncCells; }

private:
    struct Data
    {
        console::Table table;
        std::vector<std::vector<double>> numbers; ///< by column; of one without numbers none
    };
    std::shared_ptr<const Data> m_data;
    std::vector<int> m_rows;
    Order m_order;
};

/// The number a cell begins with, unit prefix included: "1.9 GB/s" > "512 KB". No number: NaN.
double sortValue(QStringView cell);
/// Rows with what quotes need in CSV (RFC 4180), or as a table of Markdown. Headings first.
QString csvText(const TableRows& rows);
QString markdownText(const TableRows& rows);

} // namespace ridealong::consoleview
