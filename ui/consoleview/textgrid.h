// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/cells.h"
#include "consoleview/spans.h"

#include <QCache>
#include <QFont>
#include <QGlyphRun>
#include <QHash>
#include <QPointF>
#include <QRawFont>

#include <array>

class QPainter;

namespace ridealong::consoleview {

/// Paints lines on a grid of equal cells. ASCII goes through a table of glyph indices and is collected by colour into few
/// glyph runs; everything else is shaped once and kept. Costs what is visible, never what a line holds.
class TextGrid
{
public:
    /// What is not ASCII: as one, so that scripts join and run from right to left; in runs that keep the columns; or each character for
    /// itself, in the order in which it was written.
    enum class Shaping { Whole, Runs, Cells };

    void setFont(const QFont& font, qreal devicePixelRatio);

    qreal cellWidth() const { return m_cellWidth; }
    int rowHeight() const { return m_rowHeight; }

    /// Paints the columns [from, to) of a line, the first one at `origin` (top left). Text appears with flush().
    void paint(QPainter& painter, QPointF origin, QByteArrayView text, const LineGrid& grid, const Spans& spans, int from, int to, Shaping shaping);
    void flush(QPainter& painter);

private:
    struct Face
    {
        QFont font;
        QRawFont raw; ///< loaded at its first use: most output is neither bold nor italic
        std::array<quint32, 128> glyphs{};
    };
    struct Shaped
    {
        QList<QGlyphRun> runs;
        qreal width = 0;
        qreal ascent = 0;
    };
    struct Batch
    {
        QList<quint32> glyphs;
        QList<QPointF> positions;
    };
    static constexpr int kMaxShaped = 2000;

    static int faceOf(const Span& span) { return (span.bold ? 1 : 0) | (span.italic ? 2 : 0); }
    const Face& loaded(int index);
    void addAscii(QPointF baseline, QByteArrayView text, const Span& span);
    void paintShaped(QPainter& painter, QPointF topLeft, QByteArrayView text, int columns, const Span& span, bool keepTogether);
    const Shaped& shaped(int face, QByteArrayView text);
    void paintLines(QPainter& painter, const QRectF& cells, const Span& span) const;

    std::array<Face, 4> m_faces;
    qreal m_cellWidth = 8;
    qreal m_ascent = 12;
    int m_rowHeight = 18;
    QHash<quint64, Batch> m_batches; ///< by colour and face
    QCache<QByteArray, Shaped> m_shaped{kMaxShaped};
    Shaped m_scratch;
};

} // namespace ridealong::consoleview
