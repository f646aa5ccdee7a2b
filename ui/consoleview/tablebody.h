// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/body.h"
#include "consoleview/tablerows.h"

namespace ridealong::consoleview {

/// Rows and columns: sorted by a click on a heading, narrowed by typing, a column of numbers as a plot.
class TableBody : public Body
{
public:
    explicit TableBody(console::Table table);
    static MadeBody make(const BodySource& source);

    // Rows on top of the table's own: what is typed, the plot, headings, small plots.
    static constexpr int kPlotRows = 6;
    static constexpr int kSparkRows = 8; ///< of a table that has small plots, at least
    enum Part { HeadPart = 1, PlotPart, FilterPart };

    const TableRows& shown() const { return m_rows; }
    bool isPlotting() const { return m_plotColumn >= 0; }
    void plot(int column) { m_plotColumn = column; } ///< −1: none

    qint64 rows(const Metrics&) const override { return headRows() + m_rows.count(); }
    int rowHeight(const Metrics& metrics) const override { return metrics.tableRowHeight; }
    bool isPadded() const override { return false; }
    void paint(BodyPaint& paint) const override;
    qint64 lastUnit() const override { return m_rows.count() - 1; }
    RowPlace placeOfRow(qint64 row, const Metrics& metrics) const override;
    qint64 rowOf(qint64 unit, int byte, const Metrics& metrics) const override;
    QByteArray text(qint64 unit) const override;
    bool selectsRows() const override { return true; }
    void addTo(Stretch& stretch, qint64 fromUnit, int fromByte, qint64 toUnit, int toByte) const override;
    void addAllTo(Stretch& stretch) const override;
    /// Rows have no lines: the text shows where a hit is.
    std::optional<std::pair<qint64, int>> reveal(qint64, int) override { return {}; }
    double shareBefore(qint64 line) const override;
    Spot spotAt(const RowPlace& place, int x, const Metrics& metrics) const override;
    bool click(const Spot& spot, Qt::KeyboardModifiers modifiers, BodyHost& host) override;
    bool hasCursor() const override { return true; }
    bool key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host) override;
    QList<BodyAction> actions(const Spot& spot) override;
    QString accessibleText(qint64 unit) const override;
    QStringList notes() const override;

private:
    int headRows() const { return filterRows() + plotRows() + 1 + sparkRows(); }
    int filterRows() const { return m_isFiltering ? 1 : 0; }
    int plotRows() const { return isPlotting() ? kPlotRows : 0; }
    int sparkRows() const { return m_hasSparks ? 1 : 0; }
    int headRow() const { return filterRows() + plotRows(); }
    int widthOf(int column, const Metrics& metrics) const; ///< in pixels, whole: its widest cell is not cut
    int columnAt(int x, const Metrics& metrics) const;
    int chosenColumn(const Spot& spot) const;
    void order(TableRows::Order wanted, BodyHost& host);
    void editFilter(BodyHost& host);
    void togglePlot(int column, BodyHost& host);
    void copyAs(bool csv, BodyHost& host) const;
    void paintHead(BodyPaint& paint, const QRect& cell, int column) const;
    void paintCells(BodyPaint& paint, qint64 row, int y) const;
    void paintPlot(BodyPaint& paint, const QRect& rect) const;

    TableRows m_rows;
    std::vector<int> m_widths; ///< of columns, in characters
    bool m_hasSparks = false;
    bool m_isFiltering = false;
    QString m_wantedFilter; ///< ahead of what is shown by what is being worked out
    int m_plotColumn = -1;
    qint64 m_linesAround = 0; ///< of the output, that are not in the table
    int m_cursorColumn = 0;
    int m_wanted = 0; ///< serial of the newest order asked for
};

} // namespace ridealong::consoleview
