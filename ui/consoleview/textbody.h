// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/bodylines.h"
#include "consoleview/linesbody.h"

namespace ridealong::consoleview {

/// Which lines of a run there are.
struct TextLines
{
    std::shared_ptr<const console::LineStore> all;
    bool isFiltered = false; ///< only kept ones
    std::shared_ptr<const console::KeptLines> kept = {};

    bool operator==(const TextLines&) const = default;
    BodyLines view() const { return isFiltered ? BodyLines(*all, kept.get()) : BodyLines(*all); }
};

/// The output as it came, in its own colours and those of a format. Costs nothing to make.
class TextBody : public LinesBody
{
public:
    TextBody(TextLines lines, console::Format colors) : m_lines(std::move(lines)), m_colors(colors) {}
    bool isOf(const TextLines& lines, console::Format colors) const { return m_lines == lines && m_colors == colors; }

    qint64 rows(const Metrics& metrics) const override { return m_lines.view().rows(wrapColumns(metrics)); }
    int widestColumns() const override { return m_lines.all->widestColumns() + gutterColumns(); }
    qint64 lastUnit() const override { return m_lines.view().last(); }
    qint64 after(qint64 unit) const override { return m_lines.view().after(unit); }
    qint64 before(qint64 unit) const override { return m_lines.view().before(unit); }
    RowPlace placeOfRow(qint64 row, const Metrics& metrics) const override;
    void addTo(Stretch& stretch, qint64 fromUnit, int fromByte, qint64 toUnit, int toByte) const override;
    void addAllTo(Stretch& stretch) const override;
    std::optional<std::pair<qint64, int>> reveal(qint64 line, int byte) override { return std::pair(line, byte); }
    double shareBefore(qint64 line) const override { return m_lines.view().shareBefore(line); }
    QList<BodyAction> actions(const Spot& spot) override;

protected:
    Row row(qint64 unit, const BodyPaint* paint) const override;
    qint64 firstRowOf(qint64 unit, int columns) const override { return m_lines.view().rowOfLine(unit, columns); }
    QString linkAt(const Row& row, int byte) const override;
    const console::LineStore& store() const { return *m_lines.all; }
    const std::shared_ptr<const console::LineStore>& lines() const { return m_lines.all; }

private:
    TextLines m_lines;
    console::Format m_colors;
};

/// The address a line's byte stands for; empty: none.
QString linkOf(const console::LineStore& store, const console::Line& line, int byte);
/// A stretch that is all of an output.
void addWhole(Stretch& stretch, const TextLines& lines);

} // namespace ridealong::consoleview
