// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/search.h"

#include "console/finder.h"

#include <deque>

namespace ridealong::console {
namespace {

/// The newest `limit` hits, as they are found. Which line a byte of a segment is in is looked up for those that are kept, at the end.
class Hits
{
public:
    explicit Hits(int limit) : m_limit(size_t(std::max(0, limit))) {}

    void inCommand(const SearchTarget& target, const Found& found) { add({&target, nullptr, found, -1}); }
    void inSegment(const SearchTarget& target, const LineStore::SegmentText& segment, const Found& found)
    {
        // Where its lines are is known without its text.
        if (m_segments.empty() || m_segments.back().firstLine != segment.firstLine || m_target != &target)
            m_segments.push_back({{}, segment.firstLine, segment.lastLine});
        m_target = &target;
        add({&target, &m_segments.back(), found, 0});
    }
    void inTail(const SearchTarget& target, qint64 line, const Found& found) { add({&target, nullptr, found, line}); }

    Console::SearchResult result() const
    {
        Console::SearchResult result;
        result.total = m_total;
        const size_t oldest = m_kept.size() < m_limit || m_kept.empty() ? 0 : size_t(m_total) % m_limit;
        for (size_t i = 0; i < m_kept.size(); ++i) {
            const Kept& kept = m_kept[(oldest + i) % m_kept.size()];
            Console::Hit hit{kept.target->run, kept.line, int(kept.found.begin), int(kept.found.end - kept.found.begin)};
            if (kept.segment) {
                hit.line = kept.target->lines->lineAt(*kept.segment, kept.found.begin);
                hit.byte = int(kept.found.begin - kept.target->lines->offsetOf(*kept.segment, hit.line));
            }
            result.hits.push_back(hit);
        }
        return result;
    }

private:
    struct Kept
    {
        const SearchTarget* target;
        const LineStore::SegmentText* segment; ///< null: `line` is known
        Found found;
        qint64 line;
    };
    void add(const Kept& kept)
    {
        if (m_kept.size() < m_limit)
            m_kept.push_back(kept);
        else if (m_limit > 0)
            m_kept[size_t(m_total) % m_limit] = kept;
        ++m_total;
    }

    size_t m_limit;
    qint64 m_total = 0;
    std::vector<Kept> m_kept; ///< a ring when it is full
    std::deque<LineStore::SegmentText> m_segments; ///< of those with hits; addresses stay
    const SearchTarget* m_target = nullptr; ///< of the last one
};

} // namespace

base::Expected<Console::SearchResult> searchLines(const std::vector<SearchTarget>& targets, const Console::SearchQuery& query)
{
    auto made = finderOf(query);
    if (!made)
        return made.error();
    if (query.pattern.isEmpty())
        return Console::SearchResult();
    Finder& finder = **made;
    Hits hits(query.limit);
    const auto deadline = std::chrono::steady_clock::now() + kMaxSearchTime;
    const auto each = [&finder](QByteArrayView text, auto found) {
        if (text.isEmpty())
            return;
        for (Found one = finder.next(text, 0); one.begin >= 0; one = finder.next(text, one.end))
            found(one);
    };
    for (const SearchTarget& target : targets) {
        const LineStore& store = *target.lines;
        Levels levels(store);
        const auto passes = [&](qint64 line) { return query.least == Level::None || levels.at(line) >= query.least; };
        each(target.command, [&](const Found& found) { hits.inCommand(target, found); });
        const qint64 committed = store.committedCount();
        const bool isWhole = scan(finder, store, 0, deadline, [&](const LineStore::SegmentText& segment, const Found& found) {
            if (query.least == Level::None || passes(store.lineAt(segment, found.begin)))
                hits.inSegment(target, segment, found);
            return qsizetype(-1);
        });
        if (!isWhole)
            return hits.result();
        for (qint64 line = committed; line < store.lineCount(); ++line)
            each(store.tailLine(line).text, [&](const Found& found) {
                if (passes(line))
                    hits.inTail(target, line, found);
            });
    }
    return hits.result();
}

} // namespace ridealong::console
