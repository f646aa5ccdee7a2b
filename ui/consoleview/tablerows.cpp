// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/tablerows.h"

#include "base/csv.h"

#include <QCollator>
#include <QSet>

#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

struct Term
{
    int column = -1; ///< −1: any
    QString word;
};

/// "state:copying vmax" → "copying" in the column that is called so, or begins so, and "vmax" anywhere.
std::vector<Term> termsOf(const QString& filter, const QStringList& columns)
{
    std::vector<Term> terms;
    for (const QString& word : filter.split(u' ', Qt::SkipEmptyParts)) {
        Term term{-1, word};
        if (const qsizetype colon = word.indexOf(u':'); colon > 0) {
            const QString name = word.left(colon);
            for (int column = 0; column < columns.size() && term.column < 0; ++column)
                if (columns[column].compare(name, Qt::CaseInsensitive) == 0)
                    term.column = column;
            for (int column = 0; column < columns.size() && term.column < 0; ++column)
                if (columns[column].startsWith(name, Qt::CaseInsensitive))
                    term.column = column;
            if (term.column >= 0)
                term.word = word.mid(colon + 1);
        }
        terms.push_back(term);
    }
    return terms;
}

bool passes(const QStringList& row, const std::vector<Term>& terms)
{
    return std::all_of(terms.begin(), terms.end(), [&](const Term& term) {
        if (term.column >= 0)
            return row.value(term.column).contains(term.word, Qt::CaseInsensitive);
        return std::any_of(row.begin(), row.end(), [&](const QString& cell) { return cell.contains(term.word, Qt::CaseInsensitive); });
    });
}

} // namespace

TableRows::TableRows(console::Table table)
{
    auto data = std::make_shared<Data>();
    data->table = std::move(table);
    data->numbers.resize(size_t(data->table.columns.size()));
    for (int column = 0; column < data->table.columns.size(); ++column) {
        if (!data->table.numeric.value(column))
            continue;
        auto& numbers = data->numbers[size_t(column)];
        numbers.reserve(size_t(data->table.rows.size()));
        for (const auto& row : std::as_const(data->table.rows))
            numbers.push_back(column < row.size() ? sortValue(row[column]) : std::nan(""));
    }
    m_rows.resize(size_t(data->table.rows.size()));
    std::iota(m_rows.begin(), m_rows.end(), 0);
    m_data = std::move(data);
}

const QString& TableRows::cell(qint64 shownRow, int column) const
{
    static const QString empty;
    const auto& cells = m_data->table.rows[m_rows[size_t(shownRow)]];
    return column < cells.size() ? cells[column] : empty;
}

QStringList TableRows::row(qint64 shownRow) const
{
    QStringList cells;
    for (int column = 0; column < columnCount(); ++column)
        cells << cell(shownRow, column);
    return cells;
}

QStringList TableRows::distinct(int column) const
{
    QStringList values;
    QSet<QString> seen;
    for (qint64 row = 0; row < count(); ++row) {
        const QString& value = cell(row, column);
        if (value.isEmpty() || seen.contains(value))
            continue;
        seen.insert(value);
        values << value;
    }
    return values;
}

TableRows TableRows::ordered(const Order& order) const
{
    TableRows result = *this;
    result.m_order = order;
    result.m_rows.clear();
    const auto& rows = m_data->table.rows;
    const auto terms = termsOf(order.filter, m_data->table.columns);
    for (int row = 0; row < rows.size(); ++row)
        if (passes(rows[row], terms))
            result.m_rows.push_back(row);
    if (order.column < 0 || order.column >= columnCount())
        return result;
    if (isNumeric(order.column)) {
        const auto& values = m_data->numbers[size_t(order.column)];
        std::stable_sort(result.m_rows.begin(), result.m_rows.end(), [&](int a, int b) {
            const double left = values[size_t(a)], right = values[size_t(b)];
            // Cells without a number stay at the end in either direction.
            if (std::isnan(left) || std::isnan(right))
                return !std::isnan(left) && std::isnan(right);
            return order.isDescending ? right < left : left < right;
        });
        return result;
    }
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::vector<std::pair<QCollatorSortKey, int>> keys;
    keys.reserve(result.m_rows.size());
    for (int row : result.m_rows)
        keys.emplace_back(collator.sortKey(rows[row].value(order.column)), row);
    std::stable_sort(
        keys.begin(), keys.end(), [&](const auto& a, const auto& b) { return order.isDescending ? b.first < a.first : a.first < b.first; });
    std::transform(keys.begin(), keys.end(), result.m_rows.begin(), [](const auto& key) { return key.second; });
    return result;
}

double sortValue(QStringView cell)
{
    qsizetype at = 0;
    while (at < cell.size() && cell[at].isSpace())
        ++at;
    const bool isNegative = at < cell.size() && cell[at] == u'-';
    if (at < cell.size() && (cell[at] == u'-' || cell[at] == u'+'))
        ++at;
    const auto isDigit = [&](qsizetype i) { return i < cell.size() && cell[i] >= u'0' && cell[i] <= u'9'; };
    if (!isDigit(at) && !(at < cell.size() && cell[at] == u'.' && isDigit(at + 1)))
        return std::nan("");
    double value = 0;
    for (; isDigit(at) || (at < cell.size() && (cell[at] == u',' || cell[at] == u'_')); ++at)
        if (isDigit(at))
            value = value * 10 + (cell[at].unicode() - u'0');
    if (at < cell.size() && cell[at] == u'.' && isDigit(at + 1)) {
        double place = 0.1;
        for (++at; isDigit(at); ++at, place /= 10)
            value += place * (cell[at].unicode() - u'0');
    }
    while (at < cell.size() && cell[at].isSpace())
        ++at;
    // "ms" and "min" are no million; of times seconds are what counts.
    const QStringView unit = cell.sliced(std::min(at, cell.size()));
    if (unit.startsWith(u"ms"))
        value /= 1e3;
    else if (unit.startsWith(u"us") || unit.startsWith(u"µs"))
        value /= 1e6;
    else if (unit.startsWith(u"ns"))
        value /= 1e9;
    else if (unit.startsWith(u"min") || unit == u"m")
        value *= 60;
    else if (!unit.isEmpty())
        if (const auto power = u"kmgtp"_s.indexOf(unit.front().toLower()); power >= 0)
            value *= std::pow(1000.0, double(power + 1));
    return isNegative ? -value : value;
}

QString csvText(const TableRows& rows)
{
    QString text = base::csvLine(rows.table().columns) + u"\r\n"_s;
    for (qint64 row = 0; row < rows.count(); ++row)
        text += base::csvLine(rows.row(row)) + u"\r\n"_s;
    return text;
}

QString markdownText(const TableRows& rows)
{
    QString text;
    const auto add = [&](const QStringList& cells) {
        text += u'|';
        for (QString cell : cells)
            text += u' ' + cell.replace(u'|', u"\\|"_s) + u" |"_s;
        text += u'\n';
    };
    add(rows.table().columns);
    text += u'|';
    for (int column = 0; column < rows.columnCount(); ++column)
        text += rows.isNumeric(column) ? u" ---: |"_s : u" --- |"_s;
    text += u'\n';
    for (qint64 row = 0; row < rows.count(); ++row)
        add(rows.row(row));
    return text;
}

} // namespace ridealong::consoleview
