// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/body.h"
#include "consoleview/readline.h"

namespace ridealong::consoleview {

/// A body whose units are texts on the grid: lines of the output, or what is made of them. Paints, wraps, selects and finds places in them;
/// whoever derives says what there is and how it looks.
class LinesBody : public Body
{
public:
    void paint(BodyPaint& paint) const override;
    QByteArray text(qint64 unit) const override { return row(unit, nullptr).text.toByteArray(); }
    int byteAt(const RowPlace& place, int x, const Metrics& metrics) const override;
    int columnOf(qint64 unit, int byte) const override;
    qint64 rowOf(qint64 unit, int byte, const Metrics& metrics) const override;
    Spot spotAt(const RowPlace& place, int x, const Metrics& metrics) const override;
    void addTo(Stretch& stretch, qint64 fromUnit, int fromByte, qint64 toUnit, int toByte) const override;

    static constexpr int kFoldColumns = 2; ///< of the sign that opens and closes
    enum Part { FoldPart = 1, GutterPart, NotePart, FirstOwnPart }; ///< of a Spot

protected:
    enum class Fold { None, Open, Folded };
    struct Row
    {
        std::shared_ptr<const ReadLine> line = {}; ///< keeps `text` alive, or `own` does
        QByteArray own = {};
        QByteArrayView text = {};
        LineGrid grid = {};
        bool isComplex = false;
        Spans spans = {};
        QColor tint = {}; ///< behind all of it
        qint64 source = -1; ///< the line of the output that the text is, byte by byte
        int hit = 0; ///< as BodyPaint::hitsWithin, of what is no such line
        int indent = 0; ///< columns; less than nothing: into the gutter. Only of rows that do not wrap
        Fold fold = Fold::None;
        QString gutter = {};
        QColor gutterColor = {};
        QString note = {}; ///< behind the text, not a part of it
        QColor noteColor = {};
        bool isAfterGap = false;
        bool isButton = false; ///< all of it opens and closes, and is one row

        void setLine(const console::LineStore& store, qint64 index);
        void setText(const QByteArray& utf8);
    };
    /// `paint` null: only the text matters, not how it looks.
    virtual Row row(qint64 unit, const BodyPaint* paint) const = 0;
    virtual int gutterColumns() const { return 0; }
    virtual bool isWrapping() const { return true; }
    virtual qint64 firstRowOf(qint64 unit, int columns) const = 0;
    virtual QString linkAt(const Row&, int) const { return {}; }

    int textColumns(const Metrics& metrics) const { return std::max(10, metrics.columns - gutterColumns()); }
    /// 0: not wrapped.
    int wrapColumns(const Metrics& metrics) const { return isWrapping() && metrics.wrap ? textColumns(metrics) : 0; }

private:
    void paintRow(BodyPaint& paint, const Row& row, const RowPlace& place, int y) const;
};

/// The span of a text in one colour.
Spans plainSpans(const QColor& color, bool bold = false);

} // namespace ridealong::consoleview
