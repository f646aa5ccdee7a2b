// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/linesbody.h"

#include "consoleview/hidden.h"
#include "kit/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace ridealong::consoleview {

using kit::Token;

namespace {

constexpr double kCursorShare = 0.55; ///< of the selection's colour behind the row of the keyboard

/// A flag where a character is that nobody can see.
void paintHidden(BodyPaint& paint, QByteArrayView text, const LineGrid& grid, int fromColumn, int toColumn, QPointF origin)
{
    const QColor color = paint.theme.color(Token::Warning);
    for (const Hidden& hidden : hiddenIn(text)) {
        const int column = grid.columnOfByte(hidden.byte);
        if (column < fromColumn || column > toColumn)
            continue;
        const qreal x = origin.x() + (column - fromColumn) * paint.metrics.cellWidth;
        paint.painter.fillRect(QRectF(x - 1, origin.y() + 1, 2, paint.metrics.rowHeight - 2), color);
        paint.painter.fillRect(QRectF(x - 1, origin.y() + 1, 5, 3), color);
    }
}

/// ▸ or ▾, drawn: fonts disagree about them.
void paintFold(BodyPaint& paint, QPointF at, bool isOpen, const QColor& color)
{
    const qreal size = std::max(3.0, paint.metrics.cellWidth * 0.42);
    const QPointF center(at.x() + paint.metrics.cellWidth * 0.7, at.y() + paint.metrics.rowHeight / 2.0);
    QPainterPath path;
    if (isOpen) {
        path.moveTo(center.x() - size, center.y() - size * 0.5);
        path.lineTo(center.x(), center.y() + size * 0.5);
        path.lineTo(center.x() + size, center.y() - size * 0.5);
    } else {
        path.moveTo(center.x() - size * 0.5, center.y() - size);
        path.lineTo(center.x() + size * 0.5, center.y());
        path.lineTo(center.x() - size * 0.5, center.y() + size);
    }
    paint.painter.setRenderHint(QPainter::Antialiasing);
    paint.painter.setBrush(Qt::NoBrush);
    paint.painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    paint.painter.drawPath(path);
    paint.painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

Spans plainSpans(const QColor& color, bool bold) { return {Span{0, color, {}, {}, bold, false, false, 0}}; }

void LinesBody::Row::setLine(const console::LineStore& store, qint64 index)
{
    line = std::make_shared<ReadLine>(store, index);
    text = (*line)->text;
    grid = LineGrid(**line);
    isComplex = (*line)->flags & console::Line::Complex;
    source = index;
}

void LinesBody::Row::setText(const QByteArray& utf8)
{
    own = utf8;
    text = own;
    const bool isAscii = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    grid = LineGrid(text, isAscii);
}

void LinesBody::paint(BodyPaint& paint) const
{
    const int columns = wrapColumns(paint.metrics);
    RowPlace place = placeOfRow(paint.first, paint.metrics);
    qint64 at = paint.first;
    while (at < paint.last && place.unit >= 0) {
        const Row shown = row(place.unit, &paint);
        const int subRows = columns > 0 && !shown.isButton ? std::max(1, (shown.grid.columns() + columns - 1) / columns) : 1;
        for (; place.subRow < subRows && at < paint.last; ++place.subRow, ++at) {
            paintRow(paint, shown, place, paint.top + int(at * paint.metrics.rowHeight));
            ++paint.painted;
        }
        place = {after(place.unit), 0};
    }
    paint.grid.flush(paint.painter);
}

void LinesBody::paintRow(BodyPaint& paint, const Row& row, const RowPlace& place, int y) const
{
    const Metrics& metrics = paint.metrics;
    const qreal cell = metrics.cellWidth;
    const int columns = wrapColumns(metrics);
    const int gutter = gutterColumns();
    const QRect whole(Metrics::kSideMargin + 1, y, metrics.width - 2 * Metrics::kSideMargin - 2, metrics.rowHeight);
    if (row.tint.isValid())
        paint.painter.fillRect(whole, row.tint);
    if (row.hit > 0)
        paint.painter.fillRect(whole, blend(paint.theme.color(Token::Inset), paint.theme.color(Token::Warning), row.hit > 1 ? 0.45 : 0.2));
    if (place.unit == paint.cursor) {
        paint.painter.fillRect(whole, blend(paint.theme.color(Token::Inset), paint.theme.color(Token::Selection), kCursorShare));
        paint.painter.fillRect(QRect(whole.left(), y, 2, metrics.rowHeight), paint.theme.color(Token::Accent));
    }
    if (row.isAfterGap && place.subRow == 0)
        paint.painter.fillRect(QRect(paint.left(), y, metrics.width - 2 * paint.left(), 1), paint.theme.color(Token::Border));

    const int scrolled = isWrapping() ? paint.scrolled : 0;
    const int from = columns > 0 ? place.subRow * columns : int(scrolled / cell);
    const int to = columns > 0 ? from + columns : from + textColumns(metrics) + (gutter > 0 ? 0 : 2);
    // Beside a gutter text moves by whole columns, so that none stands half behind it.
    const qreal shift = columns > 0 || gutter > 0 ? 0.0 : from * cell - scrolled;
    const QPointF origin(paint.left() + (gutter + row.indent) * cell + shift, y);
    if (place.subRow == 0) {
        if (row.fold != Fold::None) {
            const bool isLit = paint.hovered.part == FoldPart && paint.hovered.unit == place.unit;
            const qreal x = gutter > 0 ? paint.left() : origin.x() - kFoldColumns * cell; // at the left edge of a gutter
            paintFold(paint, QPointF(x, y), row.fold == Fold::Open, paint.theme.color(isLit ? Token::Text : Token::Muted));
        }
        if (!row.gutter.isEmpty()) {
            const QByteArray utf8 = row.gutter.toUtf8();
            paint.grid.paint(paint.painter, QPointF(paint.left(), y), utf8, LineGrid(utf8, false),
                plainSpans(row.gutterColor.isValid() ? row.gutterColor : paint.theme.color(Token::Faint)), 0, gutter, TextGrid::Shaping::Runs);
        }
    }
    if (paint.paintMarks)
        paint.paintMarks(place.unit, row.source, row.grid, from, to, origin);
    paint.grid.paint(paint.painter, origin, row.text, row.grid, row.spans, from, to,
        paint.showsHidden   ? TextGrid::Shaping::Cells
            : row.isComplex ? TextGrid::Shaping::Whole
                            : TextGrid::Shaping::Runs);
    if (paint.showsHidden)
        paintHidden(paint, row.text, row.grid, from, to, origin);
    const int end = row.grid.columns();
    if (!row.note.isEmpty() && end >= from && end < to) {
        const QByteArray utf8 = row.note.toUtf8();
        const int at = end - from + (end > 0 ? 1 : 0);
        paint.grid.paint(paint.painter, QPointF(origin.x() + at * cell, y), utf8, LineGrid(utf8, false),
            plainSpans(row.noteColor.isValid() ? row.noteColor : paint.theme.color(Token::Muted)), 0,
            std::max(0, textColumns(metrics) + 1 - row.indent - at), TextGrid::Shaping::Runs);
    }
}

int LinesBody::byteAt(const RowPlace& place, int x, const Metrics& metrics) const
{
    const Row shown = row(place.unit, nullptr);
    const int columns = wrapColumns(metrics);
    int column = std::max(0, int((x + metrics.cellWidth * 0.3) / metrics.cellWidth) - gutterColumns() - shown.indent);
    if (columns > 0)
        column = std::min(column, columns) + place.subRow * columns;
    return shown.grid.byteOfColumn(column);
}

int LinesBody::columnOf(qint64 unit, int byte) const
{
    const Row shown = row(unit, nullptr);
    return gutterColumns() + shown.indent + shown.grid.columnOfByte(byte);
}

qint64 LinesBody::rowOf(qint64 unit, int byte, const Metrics& metrics) const
{
    const int columns = wrapColumns(metrics);
    const qint64 first = firstRowOf(unit, columns);
    return columns > 0 && byte > 0 ? first + row(unit, nullptr).grid.columnOfByte(byte) / columns : first;
}

Spot LinesBody::spotAt(const RowPlace& place, int x, const Metrics& metrics) const
{
    const Row shown = row(place.unit, nullptr);
    const int column = int(x / metrics.cellWidth);
    const int gutter = gutterColumns();
    if (shown.fold != Fold::None) {
        const int begin = gutter > 0 ? 0 : shown.indent - kFoldColumns;
        if (shown.isButton || (column >= begin && column < begin + kFoldColumns))
            return {FoldPart, place.unit};
    }
    if (column < gutter && !shown.gutter.isEmpty())
        return {GutterPart, place.unit};
    const int end = gutter + shown.indent + shown.grid.columns();
    if (!shown.note.isEmpty() && column > end && column <= end + shown.note.size())
        return {NotePart, place.unit};
    Spot spot{0, place.unit};
    if (column < end)
        spot.link = linkAt(shown, byteAt(place, x, metrics));
    return spot;
}

void LinesBody::addTo(Stretch& stretch, qint64 fromUnit, int fromByte, qint64 toUnit, int toByte) const
{
    QStringList texts;
    qint64 bytes = 0;
    for (qint64 unit = fromUnit; unit >= 0 && unit <= toUnit && bytes < kMaxCopyBytes; unit = after(unit)) {
        QByteArray piece = text(unit);
        if (unit == toUnit)
            piece.truncate(toByte);
        if (unit == fromUnit)
            piece.remove(0, std::min<qsizetype>(fromByte, piece.size()));
        bytes += piece.size();
        texts << QString::fromUtf8(piece);
    }
    stretch.texts = texts;
}

} // namespace ridealong::consoleview
