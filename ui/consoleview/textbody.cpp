// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/textbody.h"

#include "consoleview/linecolors.h"

namespace ridealong::consoleview {

RowPlace TextBody::placeOfRow(qint64 row, const Metrics& metrics) const
{
    const auto place = m_lines.view().placeOfRow(row, wrapColumns(metrics));
    return {place.line, place.subRow};
}

LinesBody::Row TextBody::row(qint64 unit, const BodyPaint* paint) const
{
    Row shown;
    shown.setLine(store(), unit);
    if (!paint)
        return shown;
    shown.spans = lineSpans(m_colors, m_lines.all, unit, **shown.line, paint->theme, paint->highlighter);
    shown.tint = lineTint(m_colors, **shown.line, paint->theme);
    shown.isAfterGap = m_lines.view().isAfterGap(unit);
    return shown;
}

QString TextBody::linkAt(const Row& row, int byte) const { return linkOf(store(), **row.line, byte); }

void TextBody::addTo(Stretch& stretch, qint64 fromUnit, int fromByte, qint64 toUnit, int toByte) const
{
    stretch.lines = m_lines.all;
    stretch.filtered = m_lines.isFiltered;
    stretch.kept = m_lines.kept;
    stretch.fromLine = fromUnit;
    stretch.fromByte = fromByte;
    stretch.toLine = toUnit;
    stretch.toByte = toByte;
}

void TextBody::addAllTo(Stretch& stretch) const { addWhole(stretch, m_lines); }

QList<BodyAction> TextBody::actions(const Spot&) { return {}; }

QString linkOf(const console::LineStore& store, const console::Line& line, int byte)
{
    QString link;
    if (line.flags & console::Line::HasLink)
        for (const auto& style : line.runs)
            if (style.byte <= byte)
                link = store.link(store.style(style.style).link);
    return link;
}

void addWhole(Stretch& stretch, const TextLines& lines)
{
    stretch.lines = lines.all;
    stretch.filtered = lines.isFiltered;
    stretch.kept = lines.kept;
    stretch.fromLine = 0;
    stretch.fromByte = 0;
    stretch.toLine = std::max<qint64>(0, lines.view().last());
    stretch.toByte = std::numeric_limits<int>::max();
}

} // namespace ridealong::consoleview
