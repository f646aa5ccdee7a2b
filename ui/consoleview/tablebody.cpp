// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/tablebody.h"

#include <QCollator>
#include <QRegularExpression>

#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

constexpr int kMaxColumnWidth = 60;
constexpr int kMinColumnWidth = 3;

} // namespace

TableBody::TableBody(console::Table table) : m_table(std::move(table)), m_order(size_t(m_table.rows.size())), m_widths(size_t(m_table.columns.size()))
{
    std::iota(m_order.begin(), m_order.end(), 0);
    for (int column = 0; column < columnCount(); ++column) {
        qsizetype width = m_table.columns[column].size() + 2; // room for the sort sign
        for (const auto& row : std::as_const(m_table.rows))
            width = std::max(width, row.value(column).size());
        m_widths[size_t(column)] = int(std::clamp<qsizetype>(width, kMinColumnWidth, kMaxColumnWidth));
    }
}

const QString& TableBody::cell(int shownRow, int column) const
{
    static const QString empty;
    const auto& row = m_table.rows[m_order[size_t(shownRow)]];
    return column < row.size() ? row[column] : empty;
}

void TableBody::sortBy(int column)
{
    if (column < 0 || column >= columnCount())
        return;
    if (m_sortColumn != column) {
        m_sortColumn = column;
        m_descending = false;
    } else if (!m_descending) {
        m_descending = true;
    } else {
        m_sortColumn = -1;
        m_descending = false;
    }
    sort();
}

void TableBody::sort()
{
    std::iota(m_order.begin(), m_order.end(), 0);
    if (m_sortColumn < 0)
        return;
    const auto text = [this](int row) { return m_table.rows[row].value(m_sortColumn); };
    if (isNumeric(m_sortColumn)) {
        std::vector<double> values;
        values.reserve(m_order.size());
        for (int row : m_order)
            values.push_back(sortValue(text(row)));
        std::stable_sort(m_order.begin(), m_order.end(), [&](int a, int b) {
            const double left = values[size_t(a)], right = values[size_t(b)];
            // Cells without a number stay at the end in either direction.
            if (std::isnan(left) || std::isnan(right))
                return !std::isnan(left) && std::isnan(right);
            return m_descending ? right < left : left < right;
        });
        return;
    }
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::vector<QCollatorSortKey> keys;
    keys.reserve(m_order.size());
    for (int row : m_order)
        keys.push_back(collator.sortKey(text(row)));
    std::stable_sort(m_order.begin(), m_order.end(),
        [&](int a, int b) { return m_descending ? keys[size_t(b)] < keys[size_t(a)] : keys[size_t(a)] < keys[size_t(b)]; });
}

double sortValue(const QString& cell)
{
    static const QRegularExpression number(u"^\\s*([-+]?[0-9][0-9,_]*(?:\\.[0-9]+)?)\\s*([kKMGTP]?)"_s);
    const auto match = number.match(cell);
    if (!match.hasMatch())
        return std::nan("");
    auto digits = match.captured(1);
    digits.remove(u',').remove(u'_');
    const auto unit = match.captured(2);
    const auto power = unit.isEmpty() ? 0 : u"kmgtp"_s.indexOf(unit.toLower()) + 1;
    return digits.toDouble() * std::pow(1000.0, double(power));
}

} // namespace ridealong::consoleview
