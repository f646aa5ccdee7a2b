// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/plot.h"

#include "kit/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace ridealong::consoleview {

using kit::Theme;
using kit::Token;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Plot)
};

struct Range
{
    qint64 least = -1; ///< rows
    qint64 greatest = -1;
    qint64 last = -1;
};

Range rangeOf(const TableRows& rows, int column)
{
    Range range;
    for (qint64 row = 0; row < rows.count(); ++row) {
        const double value = rows.number(row, column);
        if (std::isnan(value))
            continue;
        if (range.least < 0 || value < rows.number(range.least, column))
            range.least = row;
        if (range.greatest < 0 || value > rows.number(range.greatest, column))
            range.greatest = row;
        range.last = row;
    }
    return range;
}

/// A point a row, or, where there are more than pixels, the least and the greatest of each.
QPolygonF lineOf(const QRectF& rect, const TableRows& rows, int column, const Range& range)
{
    const double bottom = rows.number(range.least, column);
    const double span = std::max(1e-300, rows.number(range.greatest, column) - bottom);
    const qint64 count = rows.count();
    const auto y = [&](double value) { return rect.bottom() - (value - bottom) / span * rect.height(); };
    QPolygonF line;
    const qint64 perPixel = std::max<qint64>(1, count / std::max(1, int(rect.width())));
    for (qint64 row = 0; row < count; row += perPixel) {
        double low = std::nan(""), high = std::nan("");
        for (qint64 at = row; at < std::min(count, row + perPixel); ++at) {
            const double value = rows.number(at, column);
            low = std::isnan(low) || value < low ? value : low;
            high = std::isnan(high) || value > high ? value : high;
        }
        if (std::isnan(low))
            continue;
        const qreal x = count > 1 ? rect.left() + rect.width() * double(row) / double(count - 1) : rect.center().x();
        line << QPointF(x, y(low));
        if (high != low)
            line << QPointF(x, y(high));
    }
    return line;
}

} // namespace

void paintSpark(QPainter& painter, const QRect& rect, const TableRows& rows, int column, const QColor& color)
{
    const Range range = rangeOf(rows, column);
    if (range.least < 0 || range.least == range.greatest)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(lineOf(QRectF(rect), rows, column, range));
    painter.restore();
}

void paintPlotStrip(QPainter& painter, const QRect& rect, const TableRows& rows, int column, const Theme& theme)
{
    const Range range = rangeOf(rows, column);
    painter.save();
    painter.setFont(theme.font(Theme::Type::Small));
    const int text = painter.fontMetrics().height();
    painter.setPen(theme.color(Token::Text));
    const QString name = rows.table().columns[column].left(80);
    painter.drawText(QRect(rect.left(), rect.top(), rect.width() / 2, text), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);
    if (range.least < 0) {
        painter.restore();
        return;
    }
    const auto cell = [&](qint64 row) { return rows.cell(row, column).trimmed().left(24); };
    const QString least = cell(range.least), greatest = cell(range.greatest);
    const int scale = std::max(painter.fontMetrics().horizontalAdvance(least), painter.fontMetrics().horizontalAdvance(greatest)) + 8;
    const QRect area = rect.adjusted(0, text + 4, -scale, 0);
    painter.setPen(theme.color(Token::Muted));
    painter.drawText(QRect(rect.left() + rect.width() / 2, rect.top(), rect.width() / 2, text),
        Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, Words::tr("last %1").arg(cell(range.last)));
    painter.drawText(QRect(area.right(), area.top() - text / 2, scale, text), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, greatest);
    painter.drawText(QRect(area.right(), area.bottom() - text / 2 - 2, scale, text), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, least);
    painter.fillRect(QRect(area.left(), area.top(), area.width(), 1), theme.color(Token::Border));
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color(Token::Border));
    painter.setRenderHint(QPainter::Antialiasing);
    const QPolygonF line = lineOf(QRectF(area).adjusted(1, 2, -1, -2), rows, column, range);
    QPolygonF below = line;
    below << QPointF(line.last().x(), area.bottom()) << QPointF(line.first().x(), area.bottom());
    QColor fill = theme.color(Token::Accent);
    fill.setAlphaF(0.12F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(below);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Token::Accent), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.restore();
}

} // namespace ridealong::consoleview
