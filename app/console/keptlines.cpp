// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/keptlines.h"

#include "console/finder.h"
#include "console/search.h"

#include <algorithm>

namespace ridealong::console {
namespace {

quint16 columnsOf(const LineStore& store, qint64 line) { return line < store.committedCount() ? store.columns(line) : store.tailLine(line).columns; }

qint64 rowsOf(quint16 columns, int width) { return width > 0 && columns > width ? (columns + width - 1) / width : 1; }

} // namespace

/// Takes matches in rising order and keeps them with the lines around them.
struct KeptLines::Reading
{
    KeptLines& to;
    const LineStore& store;
    qint64 context;
    qint64 last = -1; ///< that passed

    void keep(qint64 line)
    {
        last = line;
        to.m_lines.push_back(line);
        to.m_columns.push_back(columnsOf(store, line));
        ++to.m_total;
        if (qint64(to.m_lines.size()) >= 2 * kMost)
            dropOldest();
    }
    void dropOldest()
    {
        const auto over = std::max<qint64>(0, to.count() - kMost);
        to.m_lines.erase(to.m_lines.begin(), to.m_lines.begin() + over);
        to.m_columns.erase(to.m_columns.begin(), to.m_columns.begin() + over);
        to.m_firm = std::max<qint64>(0, to.m_firm - over);
    }
    /// What still belongs to the match before it, up to before `line`.
    void finishContext(qint64 line)
    {
        for (qint64 at = last + 1; at < std::min(line, to.m_contextUntil); ++at)
            keep(at);
    }
    void match(qint64 line)
    {
        if (line <= last && line + context < to.m_contextUntil)
            return;
        finishContext(line);
        for (qint64 at = std::max(last + 1, line - context); at <= line; ++at)
            keep(at);
        to.m_contextUntil = std::max(to.m_contextUntil, line + context + 1);
    }
};

base::Expected<std::shared_ptr<const KeptLines>> KeptLines::read(
    const LineStore& store, const Console::LineFilter& filter, const std::shared_ptr<const KeptLines>& before)
{
    const Console::SearchQuery& query = filter.search;
    auto made = finderOf(query);
    if (!made)
        return made.error();
    Finder& finder = **made;
    auto kept = before ? std::make_shared<KeptLines>(*before) : std::make_shared<KeptLines>();
    const qint64 from = kept->m_next;
    kept->m_lines.resize(size_t(kept->m_firm));
    kept->m_columns.resize(size_t(kept->m_firm));
    kept->m_total = kept->m_firmTotal;

    Reading reading{*kept, store, filter.context, kept->m_lines.empty() ? -1 : kept->m_lines.back()};
    Levels levels(store, from, kept->m_level);
    const auto passes = [&](qint64 line) { return query.least == Level::None || levels.at(line) >= query.least; };
    const qint64 committed = store.committedCount();
    const auto deadline = std::chrono::steady_clock::now() + kMaxSearchTime;
    if (query.pattern.isEmpty()) {
        for (qint64 line = from; line < committed; ++line)
            if (passes(line))
                reading.match(line);
    } else {
        const bool isWhole = scan(finder, store, from, deadline, [&](const LineStore::SegmentText& segment, const Found& found) -> qsizetype {
            const qint64 line = store.lineAt(segment, found.begin);
            if (line >= committed || !passes(line))
                return -1;
            reading.match(line);
            const auto end = segment.text.indexOf('\n', found.end); // once is enough
            return end < 0 ? segment.text.size() : end + 1;
        });
        kept->m_isWhole = kept->m_isWhole && isWhole; // what was passed over once is not looked at again
    }
    reading.finishContext(committed);
    kept->m_next = committed;
    kept->m_firm = kept->count();
    kept->m_firmTotal = kept->m_total;
    kept->m_level = committed > from ? levels.at(committed - 1) : kept->m_level;
    const qint64 contextUntil = kept->m_contextUntil; // what may be rewritten decides nothing for good
    const qint64 lines = store.lineCount();
    for (qint64 line = committed; line < lines; ++line) {
        const auto text = store.tailLine(line).text;
        const bool matches = query.pattern.isEmpty() || (!text.isEmpty() && finder.next(text, 0).begin >= 0);
        if (passes(line) && matches)
            reading.match(line);
    }
    reading.finishContext(lines);
    reading.dropOldest();
    kept->m_contextUntil = contextUntil;
    kept->m_readLines = lines;
    return std::shared_ptr<const KeptLines>(std::move(kept));
}

qint64 KeptLines::indexOf(qint64 line) const { return std::lower_bound(m_lines.begin(), m_lines.end(), line) - m_lines.begin(); }

bool KeptLines::isAfterGap(qint64 index) const { return lineAt(index) != (index == 0 ? 0 : lineAt(index - 1) + 1); }

const std::vector<qint64>& KeptLines::ends(int columns) const
{
    if (m_ends.columns == columns)
        return m_ends.rows;
    m_ends.columns = columns;
    m_ends.rows.resize(m_columns.size());
    qint64 rows = 0;
    for (size_t i = 0; i < m_columns.size(); ++i)
        m_ends.rows[i] = rows += rowsOf(m_columns[i], columns);
    return m_ends.rows;
}

qint64 KeptLines::rows(int columns) const { return m_lines.empty() ? 0 : ends(columns).back(); }

LineStore::Place KeptLines::placeOfRow(qint64 row, int columns) const
{
    if (m_lines.empty())
        return {};
    const auto& all = ends(columns);
    row = std::clamp<qint64>(row, 0, all.back() - 1);
    const auto at = size_t(std::upper_bound(all.begin(), all.end(), row) - all.begin());
    return {m_lines[at], int(row - (at == 0 ? 0 : all[at - 1]))};
}

qint64 KeptLines::rowOfLine(qint64 line, int columns) const
{
    const auto at = indexOf(line);
    return at == 0 ? 0 : ends(columns)[size_t(at) - 1];
}

} // namespace ridealong::console
