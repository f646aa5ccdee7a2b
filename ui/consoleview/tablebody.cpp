// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/tablebody.h"

#include "consoleview/treebody.h"

#include <QCoreApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

constexpr int kMaxColumnWidth = 60;
constexpr int kMinColumnWidth = 3;
constexpr int kColumnGap = 3; ///< cells between two columns

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableBody)
};

bool varies(const TableRows& rows, int column)
{
    double first = std::nan("");
    for (qint64 row = 0; row < rows.count(); ++row) {
        const double value = rows.number(row, column);
        if (std::isnan(first))
            first = value;
        else if (!std::isnan(value) && value != first)
            return true;
    }
    return false;
}

} // namespace

TableBody::TableBody(console::Table table) : m_rows(std::move(table)), m_widths(size_t(m_rows.columnCount()))
{
    for (int column = 0; column < m_rows.columnCount(); ++column) {
        qsizetype width = m_rows.table().columns[column].size() + 2; // room for the sort sign
        for (const auto& row : m_rows.table().rows)
            if (column < row.size())
                width = std::max(width, row[column].size());
        m_widths[size_t(column)] = int(std::clamp<qsizetype>(width, kMinColumnWidth, kMaxColumnWidth));
        if (m_rows.count() >= kSparkRows && m_rows.isNumeric(column) && varies(m_rows, column))
            m_hasSparks = true;
    }
}

MadeBody TableBody::make(const BodySource& source)
{
    auto table = console::parseTable(*source.lines);
    if (table.columns.isEmpty() && TreeBody::maybeJson(*source.lines))
        table = tableOfTree(source);
    if (table.columns.isEmpty())
        return {{}, Words::tr("This is no table.")};
    const qint64 read = table.lastLine - table.firstLine + 1 + table.footer.size();
    auto body = std::make_shared<TableBody>(std::move(table));
    if (read > table.footer.size() && !body->shown().table().cut)
        body->m_linesAround = std::max<qint64>(0, source.lines->lineCount() - read);
    return {body};
}

RowPlace TableBody::placeOfRow(qint64 row, const Metrics&) const
{
    if (row < headRows())
        return {-1, int(row)};
    return {std::min(row - headRows(), m_rows.count() - 1), 0};
}

qint64 TableBody::rowOf(qint64 unit, int, const Metrics&) const { return headRows() + unit; }

QByteArray TableBody::text(qint64 unit) const { return m_rows.row(unit).join(u'\t').toUtf8(); }

void TableBody::addTo(Stretch& stretch, qint64 fromUnit, int, qint64 toUnit, int) const
{
    // As it is now, and not taken apart before somebody pastes it.
    stretch.rows = [rows = m_rows, fromUnit, toUnit] {
        QList<QStringList> all{rows.table().columns};
        for (qint64 row = std::max<qint64>(0, fromUnit); row <= std::min(toUnit, rows.count() - 1); ++row)
            all << rows.row(row);
        return all;
    };
}

void TableBody::addAllTo(Stretch& stretch) const { addTo(stretch, 0, 0, m_rows.count() - 1, 0); }

double TableBody::shareBefore(qint64 line) const { return m_rows.total() > 0 ? std::clamp(double(line) / double(m_rows.total() + 1), 0.0, 1.0) : 0; }

int TableBody::widthOf(int column, const Metrics& metrics) const { return int(std::ceil(m_widths[size_t(column)] * metrics.cellWidth)); }

int TableBody::columnAt(int x, const Metrics& metrics) const
{
    const int gap = int(metrics.cellWidth * kColumnGap);
    int left = -gap / 2;
    for (int column = 0; column < m_rows.columnCount(); ++column) {
        const int next = left + widthOf(column, metrics) + gap;
        if (x >= left && x < next)
            return column;
        left = next;
    }
    return -1;
}

int TableBody::chosenColumn(const Spot& spot) const
{
    const int column = spot.index >= 0 ? spot.index : m_cursorColumn;
    return column < m_rows.columnCount() ? column : -1;
}

Spot TableBody::spotAt(const RowPlace& place, int x, const Metrics& metrics) const
{
    const int column = columnAt(x, metrics);
    if (place.unit >= 0 || column < 0)
        return {0, place.unit, column, {},
            place.unit >= 0 && column >= 0 && m_rows.cell(place.unit, column).size() > m_widths[size_t(column)]
                ? m_rows.cell(place.unit, column).left(2000)
                : QString()};
    if (place.subRow < filterRows())
        return {FilterPart, -1, 0};
    if (place.subRow == headRow())
        return {HeadPart, -1, column};
    if (m_hasSparks && place.subRow == headRow() + 1 && m_rows.isNumeric(column))
        return {PlotPart, -1, column, {}, Words::tr("Plot %1").arg(m_rows.table().columns[column].left(80))};
    return {};
}

void TableBody::order(TableRows::Order wanted, BodyHost& host)
{
    const int serial = ++m_wanted;
    if (m_rows.isSmall()) {
        m_rows = m_rows.ordered(wanted);
        host.rowsChanged();
        return;
    }
    host.work([self = std::static_pointer_cast<TableBody>(shared_from_this()), rows = m_rows, wanted, serial, &host]() -> std::function<void()> {
        auto ordered = std::make_shared<TableRows>(rows.ordered(wanted));
        return [self, ordered, serial, &host] {
            if (serial != self->m_wanted)
                return;
            self->m_rows = std::move(*ordered);
            host.rowsChanged();
        };
    });
}

bool TableBody::click(const Spot& spot, Qt::KeyboardModifiers, BodyHost& host)
{
    if (spot.part == FilterPart) {
        editFilter(host);
        return true;
    }
    if (spot.part == PlotPart) {
        togglePlot(spot.index, host);
        return true;
    }
    if (spot.part != HeadPart)
        return false;
    // The same again turns the order round, a third time gives back the output's own order.
    TableRows::Order next = m_rows.order();
    next.filter = m_wantedFilter;
    if (next.column != spot.index) {
        next.column = spot.index;
        next.isDescending = false;
    } else if (!next.isDescending) {
        next.isDescending = true;
    } else {
        next.column = -1;
        next.isDescending = false;
    }
    order(next, host);
    return true;
}

bool TableBody::key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host)
{
    if (modifiers != Qt::NoModifier)
        return false;
    if (key == Qt::Key_Right || (key == Qt::Key_Left && m_cursorColumn > 0)) {
        m_cursorColumn = std::clamp(m_cursorColumn + (key == Qt::Key_Right ? 1 : -1), 0, m_rows.columnCount() - 1);
        host.setCursor(unit);
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        host.showWhole(m_rows.cell(unit, m_cursorColumn));
        return true;
    }
    return false;
}

void TableBody::editFilter(BodyHost& host)
{
    if (!std::exchange(m_isFiltering, true))
        host.rowsChanged();
    const auto self = std::static_pointer_cast<TableBody>(shared_from_this());
    const auto typed = [self, &host](const QString& text) {
        self->m_wantedFilter = text;
        auto next = self->m_rows.order();
        next.filter = text;
        self->order(next, host);
    };
    const auto closed = [self, &host] {
        self->m_isFiltering = false;
        host.rowsChanged();
    };
    host.edit(0, m_wantedFilter, Words::tr("Rows with… (column:text for one column)"), typed, closed);
}

void TableBody::togglePlot(int column, BodyHost& host)
{
    m_plotColumn = m_plotColumn == column ? -1 : column;
    host.rowsChanged();
}

void TableBody::copyAs(bool csv, BodyHost& host) const
{
    host.work([rows = m_rows, csv, &host]() -> std::function<void()> {
        const QString text = csv ? csvText(rows) : markdownText(rows);
        return [text, &host] { host.copyText(text); };
    });
}

QList<BodyAction> TableBody::actions(const Spot& spot)
{
    QList<BodyAction> list;
    list << BodyAction{Words::tr("&Filter the rows…"), Qt::Key_F, [this](BodyHost& host) { editFilter(host); }};
    list << BodyAction{Words::tr("Copy as CS&V"), 0, [this](BodyHost& host) { copyAs(true, host); }};
    list << BodyAction{Words::tr("Copy the table as Markdown"), 0, [this](BodyHost& host) { copyAs(false, host); }};
    const int column = chosenColumn(spot);
    if (column < 0)
        return list;
    const QString name = m_rows.table().columns[column].left(40);
    if (spot.unit >= 0 && spot.unit < m_rows.count())
        list << BodyAction{Words::tr("Copy “%1”").arg(m_rows.cell(spot.unit, column).left(40)), 0,
            [this, column, unit = spot.unit](BodyHost& host) { host.copyText(m_rows.cell(unit, column)); }};
    list << BodyAction{Words::tr("Use the column “%1” as arguments…").arg(name), Qt::Key_A,
        [this, column](BodyHost& host) { host.useAsArguments(m_rows.distinct(column)); }};
    if (m_rows.isNumeric(column))
        list << BodyAction{
            Words::tr("Plot “%1”").arg(name), Qt::Key_G, [this, column](BodyHost& host) { togglePlot(column, host); }, m_plotColumn == column};
    return list;
}

QString TableBody::accessibleText(qint64 unit) const
{
    QStringList cells;
    for (int column = 0; column < std::min(m_rows.columnCount(), 20); ++column)
        cells << m_rows.table().columns[column] + u": "_s + m_rows.cell(unit, column);
    return cells.join(u", "_s);
}

QStringList TableBody::notes() const
{
    QStringList all;
    if (!m_rows.order().filter.isEmpty())
        all << Words::tr("%L1 of %L2 rows.").arg(m_rows.count()).arg(m_rows.total());
    const console::Table& table = m_rows.table();
    if (table.cut)
        all << Words::tr("The first %L1 rows; the rest is in the raw output.").arg(m_rows.total());
    QStringList around = table.footer;
    if (!table.title.isEmpty())
        around.prepend(table.title);
    if (!around.isEmpty())
        all << around.join(u" · "_s).simplified().left(400);
    if (m_linesAround > 0)
        all << Words::tr("%Ln line(s) around it are in the raw output.", nullptr, int(m_linesAround));
    return all;
}

} // namespace ridealong::consoleview
