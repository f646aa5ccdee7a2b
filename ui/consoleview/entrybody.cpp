// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/entrybody.h"

#include "consoleview/textbody.h"

namespace ridealong::consoleview {

void EntryBody::setShown(std::vector<Entry> shown)
{
    m_shown = std::move(shown);
    m_endsColumns = -1;
}

void EntryBody::addLine(std::vector<Entry>& shown, qint64 line) const
{
    const bool isCommitted = line < m_lines->committedCount();
    shown.push_back({quint32(line), isCommitted ? m_lines->columns(line) : m_lines->tailLine(line).columns, 0});
}

const std::vector<qint64>& EntryBody::ends(int columns) const
{
    if (m_endsColumns != columns) {
        m_endsColumns = columns;
        m_ends.resize(m_shown.size());
        qint64 rows = 0;
        for (size_t i = 0; i < m_shown.size(); ++i) {
            rows += m_shown[i].head != 0 ? 1 : std::max<qint64>(1, (m_shown[i].columns + quint32(columns) - 1) / quint32(columns));
            m_ends[i] = rows;
        }
    }
    return m_ends;
}

qint64 EntryBody::rows(const Metrics& metrics) const
{
    const int columns = wrapColumns(metrics);
    return columns == 0 || m_shown.empty() ? qint64(m_shown.size()) : ends(columns).back();
}

RowPlace EntryBody::placeOfRow(qint64 row, const Metrics& metrics) const
{
    const int columns = wrapColumns(metrics);
    if (m_shown.empty())
        return {};
    if (columns == 0)
        return {std::min(row, lastUnit()), 0};
    const auto& all = ends(columns);
    const auto at = std::upper_bound(all.begin(), all.end(), row);
    if (at == all.end())
        return {lastUnit(), 0};
    return {at - all.begin(), int(row - (at == all.begin() ? 0 : *std::prev(at)))};
}

qint64 EntryBody::firstRowOf(qint64 unit, int columns) const { return columns == 0 || unit <= 0 ? unit : ends(columns)[size_t(unit) - 1]; }

void EntryBody::addAllTo(Stretch& stretch) const { addWhole(stretch, {m_lines}); }

qint64 EntryBody::unitOf(qint64 line) const
{
    const auto after = std::upper_bound(m_shown.begin(), m_shown.end(), line, [](qint64 at, const Entry& entry) { return at < qint64(entry.line); });
    return std::max<qint64>(0, after - m_shown.begin() - 1);
}

std::optional<std::pair<qint64, int>> EntryBody::reveal(qint64 line, int byte)
{
    openFor(line);
    const qint64 unit = unitOf(line);
    const bool isItself = unit <= lastUnit() && entry(unit).head == 0 && qint64(entry(unit).line) == line;
    return std::pair(unit, isItself ? byte : 0);
}

double EntryBody::shareBefore(qint64 line) const { return m_shown.empty() ? 0 : (double(unitOf(line)) + 0.5) / double(m_shown.size()); }

QString EntryBody::linkAt(const Row& row, int byte) const { return row.line ? linkOf(*m_lines, **row.line, byte) : QString(); }

LinesBody::Row EntryBody::lineRow(qint64 line, const BodyPaint* paint) const
{
    Row shown;
    shown.setLine(*m_lines, line);
    if (paint)
        shown.spans = styleSpans(*m_lines, **shown.line, paint->theme);
    return shown;
}

int EntryBody::hitsIn(qint64 fromLine, qint64 toLine, const BodyPaint& paint) const
{
    return paint.hitsWithin ? paint.hitsWithin(fromLine, 0, toLine, std::numeric_limits<int>::max()) : 0;
}

} // namespace ridealong::consoleview
