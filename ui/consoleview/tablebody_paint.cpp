// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How a table looks.
#include "consoleview/tablebody.h"

#include "consoleview/plot.h"
#include "kit/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kColumnGap = 3;

}

void TableBody::paint(BodyPaint& paint) const
{
    const int height = paint.metrics.tableRowHeight;
    const int right = paint.right();
    const int plotTop = filterRows(), plotEnd = plotTop + plotRows();
    if (isPlotting() && paint.first < plotEnd && paint.last > plotTop)
        paintPlot(paint, QRect(Metrics::kSideMargin + 1, paint.top + plotTop * height, right - Metrics::kSideMargin - 2, plotRows() * height));
    for (qint64 row = paint.first; row < paint.last; ++row) {
        const int y = paint.top + int(row * height);
        const qint64 unit = row - headRows();
        const QRect whole(Metrics::kSideMargin + 1, y, right - Metrics::kSideMargin - 2, height);
        ++paint.painted;
        if (row < filterRows()) { // the field lies over it; without one it tells why rows are missing
            paint.painter.setFont(paint.theme.font(Theme::Type::Small));
            paint.painter.setPen(paint.theme.color(Token::Muted));
            paint.painter.drawText(whole.adjusted(Metrics::kTextIndent, 0, -Metrics::kTextIndent, 0),
                int(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine), m_wantedFilter);
        }
        if (row < plotEnd)
            continue;
        if (unit >= 0 && paint.isSelected && paint.isSelected(unit))
            paint.painter.fillRect(whole, paint.theme.color(Token::Selection));
        else if (unit >= 0 && unit == paint.cursor) {
            paint.painter.fillRect(whole, blend(paint.theme.color(Token::Inset), paint.theme.color(Token::Selection), 0.55));
            paint.painter.fillRect(QRect(whole.left(), y, 2, height), paint.theme.color(Token::Accent));
        }
        if (row > 0 && !(m_hasSparks && row == headRow() + 1))
            paint.painter.fillRect(QRect(whole.left(), y, whole.width(), 1), paint.theme.color(Token::Border));
        paintCells(paint, row, y);
    }
}

void TableBody::paintCells(BodyPaint& paint, qint64 row, int y) const
{
    const int gap = int(paint.metrics.cellWidth * kColumnGap);
    const qint64 unit = row - headRows();
    int x = paint.left();
    for (int column = 0; column < m_rows.columnCount() && x < paint.right(); ++column) {
        const int width = widthOf(column, paint.metrics);
        const QRect cell(x, y, std::min(width, paint.right() - x - 4), paint.metrics.tableRowHeight);
        x += width + gap;
        if (cell.width() <= 0)
            break;
        if (row == headRow()) {
            paintHead(paint, cell, column);
            continue;
        }
        if (unit < 0) {
            if (m_rows.isNumeric(column)) {
                const bool isLit = paint.hovered.part == PlotPart && paint.hovered.index == column;
                paintSpark(paint.painter, cell.adjusted(0, 3, 0, -4), m_rows, column, paint.theme.color(isLit ? Token::Text : Token::Accent));
            }
            continue;
        }
        const QString& text = m_rows.cell(unit, column);
        if (unit == paint.cursor && column == m_cursorColumn) {
            paint.painter.setPen(paint.theme.color(Token::Accent));
            paint.painter.setBrush(Qt::NoBrush);
            paint.painter.drawRect(cell.adjusted(-4, 2, 3, -3));
        }
        const auto align = (m_rows.isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine;
        paint.painter.setFont(paint.font);
        paint.painter.setPen(paint.theme.color(Token::Text));
        // On a screen of twice the pixels letters are a little wider than the font's metrics say: they may reach into the gap.
        const QRect room = m_rows.isNumeric(column) ? cell.adjusted(-gap / 2, 0, 0, 0) : cell.adjusted(0, 0, gap / 2, 0);
        paint.painter.drawText(room, int(align),
            text.size() * paint.metrics.cellWidth > cell.width()
                ? paint.painter.fontMetrics().elidedText(text.left(200), Qt::ElideRight, cell.width())
                : text);
    }
}

void TableBody::paintHead(BodyPaint& paint, const QRect& cell, int column) const
{
    const auto& order = m_rows.order();
    QString head = m_rows.table().columns[column].left(200);
    if (order.column == column)
        head += order.isDescending ? u" ▾"_s : u" ▴"_s;
    const bool isLit = order.column == column || (paint.hovered.part == HeadPart && paint.hovered.index == column);
    paint.painter.setFont(paint.theme.font(Theme::Type::Small, true));
    paint.painter.setPen(paint.theme.color(isLit ? Token::Text : Token::Muted));
    const auto align = (m_rows.isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine;
    paint.painter.drawText(cell, int(align), paint.painter.fontMetrics().elidedText(head, Qt::ElideRight, cell.width()));
}

void TableBody::paintPlot(BodyPaint& paint, const QRect& rect) const
{
    paintPlotStrip(paint.painter, rect.adjusted(Metrics::kTextIndent, 8, -Metrics::kTextIndent, -8), m_rows, m_plotColumn, paint.theme);
}

} // namespace ridealong::consoleview
