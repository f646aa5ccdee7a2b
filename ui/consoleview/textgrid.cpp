// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/textgrid.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <cmath>

namespace ridealong::consoleview {

void TextGrid::setFont(const QFont& font, qreal devicePixelRatio)
{
    for (size_t i = 0; i < m_faces.size(); ++i) {
        Face& face = m_faces[i];
        face = {font, {}, {}};
        face.font.setKerning(false);
        if (i & 1)
            face.font.setWeight(QFont::DemiBold);
        face.font.setItalic(i & 2);
    }
    const QFontMetricsF metrics(m_faces[0].font);
    const qreal ratio = std::max(1.0, devicePixelRatio);
    // Whole device pixels: every column is then as sharp as the first.
    m_cellWidth = std::max(1.0, std::round(metrics.horizontalAdvance(u'0') * ratio) / ratio);
    m_rowHeight = int(std::ceil(metrics.height() * 1.16));
    m_ascent = std::round((m_rowHeight - metrics.height()) / 2 + metrics.ascent());
    m_shaped.clear();
    m_batches.clear();
}

const TextGrid::Face& TextGrid::loaded(int index)
{
    Face& face = m_faces[size_t(index)];
    if (!face.raw.isValid()) {
        face.raw = QRawFont::fromFont(face.font);
        for (quint32 c = 0x20; c < 0x7f; ++c) {
            const auto indexes = face.raw.glyphIndexesForString(QString(QChar(c)));
            face.glyphs[c] = indexes.isEmpty() ? 0 : indexes.front();
        }
    }
    return face;
}

void TextGrid::addAscii(QPointF baseline, QByteArrayView text, const Span& span)
{
    const int face = faceOf(span);
    auto& batch = m_batches[(quint64(span.foreground.rgba()) << 2) | quint64(face)];
    const auto& glyphs = loaded(face).glyphs;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c <= 0x20 || c >= 0x7f)
            continue;
        batch.glyphs.append(glyphs[c]);
        batch.positions.append(QPointF(baseline.x() + double(i) * m_cellWidth, baseline.y()));
    }
}

const TextGrid::Shaped& TextGrid::shaped(int face, QByteArrayView text)
{
    QByteArray key = text.toByteArray();
    key.append(char(face));
    if (const auto* known = m_shaped.object(key))
        return *known;
    auto* entry = new Shaped;
    QTextLayout layout(QString::fromUtf8(text), m_faces[size_t(face)].font);
    layout.beginLayout();
    auto line = layout.createLine();
    layout.endLayout();
    if (line.isValid()) {
        entry->runs = layout.glyphRuns();
        entry->width = line.naturalTextWidth();
        entry->ascent = line.ascent();
    }
    m_scratch = *entry;
    m_shaped.insert(key, entry);
    return m_scratch;
}

void TextGrid::paintShaped(QPainter& painter, QPointF topLeft, QByteArrayView text, int columns, const Span& span, bool keepTogether)
{
    const Shaped entry = shaped(faceOf(span), text);
    if (keepTogether || std::abs(entry.width - columns * m_cellWidth) < 0.51 || columns <= 2) {
        painter.setPen(span.foreground);
        for (const auto& run : entry.runs)
            painter.drawGlyphRun(QPointF(topLeft.x(), topLeft.y() + m_ascent - entry.ascent), run);
        return;
    }
    // A fallback font with other widths: one character at a time keeps the columns.
    for (const auto& cell : cellsOf(text)) {
        const Shaped single = shaped(faceOf(span), text.sliced(cell.byte, cell.length));
        painter.setPen(span.foreground);
        for (const auto& run : single.runs)
            painter.drawGlyphRun(QPointF(topLeft.x() + cell.column * m_cellWidth, topLeft.y() + m_ascent - single.ascent), run);
    }
}

void TextGrid::paintLines(QPainter& painter, const QRectF& cells, const Span& span) const
{
    painter.setPen(QPen(span.foreground, 1));
    const qreal base = std::floor(cells.top() + m_ascent) + 2.5;
    if (span.strike)
        painter.drawLine(QPointF(cells.left(), cells.top() + m_ascent * 0.68), QPointF(cells.right(), cells.top() + m_ascent * 0.68));
    switch (span.underline) {
    case console::Underline::None: return;
    case console::Underline::Double: painter.drawLine(QPointF(cells.left(), base + 2), QPointF(cells.right(), base + 2)); break;
    case console::Underline::Dotted: painter.setPen(QPen(span.foreground, 1, Qt::DotLine)); break;
    case console::Underline::Dashed: painter.setPen(QPen(span.foreground, 1, Qt::DashLine)); break;
    case console::Underline::Curly: {
        QPainterPath wave(QPointF(cells.left(), base));
        int up = 1;
        for (qreal x = cells.left(); x < cells.right(); x += 4, up = -up)
            wave.quadTo(QPointF(x + 2, base + 2 * up), QPointF(std::min(x + 4, cells.right()), base));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(wave);
        return;
    }
    case console::Underline::Single: break;
    }
    painter.drawLine(QPointF(cells.left(), base), QPointF(cells.right(), base));
}

void TextGrid::paint(
    QPainter& painter, QPointF origin, QByteArrayView text, const LineGrid& grid, const Spans& spans, int from, int to, Shaping shaping)
{
    if (spans.empty())
        return;
    const int begin = grid.byteOfColumn(from);
    const int end = grid.byteOfColumn(to);
    auto span = std::upper_bound(spans.begin(), spans.end(), begin, [](int byte, const Span& s) { return byte < s.byte; });
    if (span != spans.begin())
        --span;
    for (; span != spans.end() && span->byte < end; ++span) {
        const int pieceBegin = std::max(begin, span->byte);
        const int pieceEnd = std::next(span) == spans.end() ? end : std::min(end, std::next(span)->byte);
        if (pieceBegin >= pieceEnd)
            continue;
        const int firstColumn = grid.columnOfByte(pieceBegin);
        const int lastColumn = grid.columnOfByte(pieceEnd);
        const QRectF cells(origin.x() + (firstColumn - from) * m_cellWidth, origin.y(), (lastColumn - firstColumn) * m_cellWidth, m_rowHeight);
        if (span->background.isValid())
            painter.fillRect(cells, span->background);
        if (grid.isAscii()) {
            addAscii(QPointF(cells.left(), origin.y() + m_ascent), text.sliced(pieceBegin, pieceEnd - pieceBegin), *span);
        } else if (shaping == Shaping::Whole) {
            paintShaped(painter, cells.topLeft(), text.sliced(pieceBegin, pieceEnd - pieceBegin), lastColumn - firstColumn, *span, true);
        } else {
            // Runs of ASCII go the fast way, runs of anything else are shaped.
            const auto& all = grid.cells();
            size_t i = size_t(grid.cellAtColumn(firstColumn));
            const auto isAscii = [&](const Cell& cell) { return cell.length == 1; };
            while (i < all.size() && all[i].byte < pieceEnd) {
                if (text[all[i].byte] == '\t') {
                    ++i;
                    continue;
                }
                size_t j = i;
                while ((j == i || shaping == Shaping::Runs || isAscii(all[i])) && j < all.size() && all[j].byte < pieceEnd
                    && text[all[j].byte] != '\t' && isAscii(all[j]) == isAscii(all[i]))
                    ++j;
                const int runEnd = j < all.size() ? all[j].byte : int(text.size());
                const auto run = text.sliced(all[i].byte, runEnd - all[i].byte);
                const QPointF at(origin.x() + (all[i].column - from) * m_cellWidth, origin.y());
                if (isAscii(all[i])) {
                    addAscii(QPointF(at.x(), at.y() + m_ascent), run, *span);
                } else {
                    const int runColumns = all[j - 1].column + all[j - 1].width - all[i].column;
                    paintShaped(painter, at, run, runColumns, *span, false);
                }
                i = j;
            }
        }
        if (span->underline != console::Underline::None || span->strike)
            paintLines(painter, cells, *span);
    }
}

void TextGrid::flush(QPainter& painter)
{
    for (auto batch = m_batches.begin(); batch != m_batches.end(); ++batch) {
        if (batch->glyphs.isEmpty())
            continue;
        QGlyphRun run;
        run.setRawFont(loaded(int(batch.key() & 3)).raw);
        run.setGlyphIndexes(batch->glyphs);
        run.setPositions(batch->positions);
        painter.setPen(QColor::fromRgba(QRgb(batch.key() >> 2)));
        painter.drawGlyphRun(QPointF(0, 0), run);
    }
    m_batches.clear();
}

} // namespace ridealong::consoleview
