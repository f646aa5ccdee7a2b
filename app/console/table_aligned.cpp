// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"
#include "console/tableshape.h"

namespace ridealong::console {
namespace {

constexpr int kMaxTableWidth = 1000; ///< display columns of a heading
constexpr size_t kRowsLookedAt = 60;

struct Span
{
    int begin = 0;
    int end = 0;
};

using Maps = std::vector<ColumnMap>;

bool isBlankIn(const ColumnMap& map, Span span)
{
    for (int column = span.begin; column < span.end; ++column)
        if (!map.isBlank(column))
            return false;
    return true;
}

int filledIn(const Maps& rows, Span span)
{
    return int(std::count_if(rows.begin(), rows.end(), [span](const ColumnMap& row) { return !isBlankIn(row, span); }));
}

bool isHeadingText(QByteArrayView text)
{
    // Headings are words: no punctuation of prose or of code.
    return std::all_of(
        text.begin(), text.end(), [](char c) { return isWordChar(c) || quint8(c) >= 0x80 || QByteArrayView(" \t%/()#:+@&").contains(c); });
}

/// Stretches of the heading's width that have something in some line, between columns that are blank in all.
std::vector<Span> stretches(const ColumnMap& heading, const Maps& rows)
{
    std::vector<Span> spans;
    bool inside = false;
    for (int column = 0; column < heading.columns(); ++column) {
        const bool filled
            = !heading.isBlank(column) || std::any_of(rows.begin(), rows.end(), [column](const ColumnMap& row) { return !row.isBlank(column); });
        if (filled && !inside)
            spans.push_back({column, column});
        if (filled)
            spans.back().end = column + 1;
        inside = filled;
    }
    return spans;
}

/// "LAST SEEN" above "9m" is one column, and so is what stands beside "CREATED" in "9 minutes ago".
std::vector<Span> merged(const std::vector<Span>& spans, const ColumnMap& heading, const Maps& rows)
{
    std::vector<Span> columns;
    for (const Span& span : spans) {
        const bool named = !isBlankIn(heading, span);
        const bool joins = !columns.empty() && (!named || (span.begin - columns.back().end == 1 && filledIn(rows, span) == 0));
        if (joins)
            columns.back().end = span.end;
        else
            columns.push_back(span);
    }
    // systemctl marks few rows, left of the first column.
    if (columns.size() > 2 && isBlankIn(heading, columns.front()) && filledIn(rows, columns.front()) * 10 < int(rows.size()) * 6) {
        columns[1].begin = columns[0].begin;
        columns.erase(columns.begin());
    }
    return columns;
}

std::vector<Span> wordSpans(const ColumnMap& line, Span within)
{
    std::vector<Span> spans;
    for (int column = within.begin; column < within.end; ++column) {
        if (line.isBlank(column))
            continue;
        if (spans.empty() || spans.back().end != column)
            spans.push_back({column, column});
        spans.back().end = column + 1;
    }
    return spans;
}

/// "RSS STAT" above "699716 RNl" are two: a figure grew into the gap. Only where every row has as many words as the heading.
std::vector<Span> split(const std::vector<Span>& spans, const ColumnMap& heading, const Maps& rows)
{
    std::vector<Span> columns;
    for (const Span& span : spans) {
        const auto names = wordSpans(heading, span);
        const bool isLast = span.end == spans.back().end;
        const bool splits = names.size() >= 2 && !isLast && rows.size() >= 3
            && std::all_of(rows.begin(), rows.end(), [&](const ColumnMap& row) { return wordSpans(row, span).size() == names.size(); });
        if (!splits) {
            columns.push_back(span);
            continue;
        }
        for (size_t k = 0; k < names.size(); ++k)
            columns.push_back({k == 0 ? span.begin : names[k].begin, k + 1 < names.size() ? names[k + 1].begin - 1 : span.end});
    }
    return columns;
}

bool isCapital(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return isLower(c); })
        && std::any_of(text.begin(), text.end(), [](char c) { return isUpper(c); });
}

bool hasGoodNames(const TableShape& shape)
{
    for (size_t i = 0; i < shape.headings.size(); ++i) {
        const QByteArray& name = shape.headings[i];
        if (name.isEmpty() && i > 0)
            return false;
        if (!name.isEmpty() && (isDigit(name[0]) || name.endsWith(':') || name.endsWith('.') || name.count(' ') > 3))
            return false;
    }
    return true;
}

/// Prose leaves no common gaps over several lines, but few short lines may.
bool isConvincing(const TableShape& shape, QByteArrayView heading, const Maps& rows, int full)
{
    const auto columns = int(shape.starts.size());
    const auto count = int(rows.size());
    if (full * 10 < count * 8)
        return false;
    if (isCapital(heading))
        return columns >= 2 && count >= 1;
    // Words with one blank between are a sentence, however well the next ones stand below them.
    return columns >= 3 && count >= 2 && heading.trimmed().contains("  ");
}

std::optional<TableShape> alignedOf(SampleLines lines, size_t at, size_t body, size_t end)
{
    const ColumnMap heading(lines[at].text);
    if (heading.columns() > kMaxTableWidth || end <= body)
        return {};
    Maps rows;
    for (size_t i = body; i < end && rows.size() < kRowsLookedAt; ++i)
        rows.emplace_back(lines[i].text);
    const std::vector<Span> columns = split(merged(stretches(heading, rows), heading, rows), heading, rows);
    if (columns.size() < 2 || columns.size() > size_t(kMaxTableColumns))
        return {};
    TableShape shape;
    shape.kind = TableShape::Kind::Aligned;
    for (const Span& span : columns)
        shape.starts.push_back(span.begin);
    shape.starts.front() = 0;
    shape.headings = alignedFields(lines[at].text, shape.starts);
    const auto isFull = [&columns](const ColumnMap& row) {
        return std::count_if(columns.begin(), columns.end(), [&row](const Span& span) { return !isBlankIn(row, span); }) >= 2;
    };
    const auto full = int(std::count_if(rows.begin(), rows.end(), isFull));
    if (!hasGoodNames(shape) || !isConvincing(shape, lines[at].text, rows, full))
        return {};
    if (shape.headings.front().isEmpty() && filledIn(rows, columns.front()) * 10 < int(rows.size()) * 6)
        return {};
    shape.first = at;
    shape.body = body;
    return shape;
}

/// Figures that grew out of their columns: word below word, most of them numbers.
std::optional<TableShape> spacedOf(SampleLines lines, size_t at, size_t body, size_t end)
{
    // sar, mpstat and pidstat have the time in front of the heading as well.
    const bool clocked = hasTimestamp(lines[at].text);
    TableShape shape;
    shape.kind = TableShape::Kind::Aligned;
    shape.headings = words(lines[at].text, size_t(kMaxTableColumns));
    shape.first = at;
    shape.body = body;
    const size_t count = shape.headings.size();
    if (clocked && count > 0)
        shape.headings.front().clear();
    if (count < 4 || end <= body || !hasGoodNames(shape))
        return {};
    size_t numbers = 0;
    const size_t last = std::min(end, body + kRowsLookedAt);
    for (size_t i = body; i < last; ++i) {
        const auto cells = words(lines[i].text, count + 1);
        if (cells.size() != count)
            return {};
        if (clocked && !hasTimestamp(cells.front()))
            return {};
        numbers += size_t(std::count_if(cells.begin(), cells.end(), [](const QByteArray& cell) { return isNumberCell(cell); }));
    }
    return numbers * 2 >= count * (last - body) ? std::optional(shape) : std::nullopt;
}

/// Groups of '-' or '=' with blanks between.
std::vector<Span> ruleGroups(QByteArrayView text)
{
    std::vector<Span> groups;
    const ColumnMap map(text);
    int longest = 0;
    for (int column = 0; column < map.columns(); ++column) {
        if (map.isBlank(column))
            continue;
        const QByteArrayView cell = map.slice(column, column + 1);
        if (cell != "-" && cell != "=" && cell != "\xe2\x94\x80" && cell != "\xe2\x94\x81" && cell != "\xe2\x95\x90")
            return {};
        if (groups.empty() || groups.back().end != column)
            groups.push_back({column, column});
        groups.back().end = column + 1;
        longest = std::max(longest, groups.back().end - groups.back().begin);
    }
    return longest >= 2 ? groups : std::vector<Span>();
}

/// Where the cells of `next` begin. A cell may stand out of its rule on either side.
int borderBetween(const Span& previous, const Span& next, const ColumnMap& heading, const Maps& rows)
{
    for (int column = next.begin - 1; column >= previous.end; --column)
        if (heading.isBlank(column) && std::all_of(rows.begin(), rows.end(), [column](const ColumnMap& row) { return row.isBlank(column); }))
            return column + 1;
    return next.begin;
}

size_t endOfBlock(SampleLines lines, size_t at)
{
    while (at < lines.size() && !lines[at].isBlank)
        ++at;
    return at;
}

} // namespace

std::vector<QByteArray> alignedFields(QByteArrayView line, const std::vector<int>& starts)
{
    const ColumnMap map(line);
    std::vector<QByteArray> fields;
    fields.reserve(starts.size());
    int begin = 0;
    for (size_t k = 0; k < starts.size(); ++k) {
        int end = k + 1 < starts.size() ? starts[k + 1] : map.columns();
        if (k + 1 < starts.size() && !map.isBlank(end) && !map.isBlank(end - 1)) {
            int left = end;
            int right = end;
            while (left > begin && !map.isBlank(left - 1))
                --left;
            const int limit = k + 2 < starts.size() ? starts[k + 2] : map.columns();
            while (right < limit && !map.isBlank(right))
                ++right;
            end = end - left >= right - end ? right : left;
        }
        end = std::max(begin, std::min(end, map.columns()));
        fields.push_back(map.slice(begin, end).toByteArray().trimmed());
        begin = end;
    }
    return fields;
}

std::vector<QByteArray> words(QByteArrayView line, size_t count)
{
    std::vector<QByteArray> found;
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    const char* p = line.begin();
    for (;;) {
        p = std::find_if_not(p, line.end(), isSpace);
        if (p == line.end() || found.size() >= count)
            return found;
        const char* end = found.size() + 1 == count ? line.end() : std::find_if(p, line.end(), isSpace);
        found.emplace_back(p, end - p);
        p = end;
    }
}

std::optional<TableShape> alignedAt(SampleLines lines, size_t at)
{
    const QByteArray& heading = lines[at].text;
    if (!isHeadingText(heading))
        return {};
    // /proc/partitions has a blank line below its heading.
    const size_t body = at + 1 < lines.size() && lines[at + 1].isBlank ? at + 2 : at + 1;
    const size_t end = endOfBlock(lines, body);
    for (size_t prose = 0; prose <= size_t(kMaxProseLines) && !hasTimestamp(heading); ++prose) {
        if (end < body + prose + 1)
            break;
        if (auto shape = alignedOf(lines, at, body, end - prose)) {
            if (prose > 0)
                shape->last = end - prose - 1;
            return shape;
        }
    }
    return spacedOf(lines, at, body, end);
}

std::optional<TableShape> ruledAt(SampleLines lines, size_t at)
{
    // rst's has a rule above as well.
    const bool framed = !ruleGroups(lines[at].text).empty();
    const size_t heading = framed ? at + 1 : at;
    if (heading + 1 >= lines.size() || lines[heading].isBlank)
        return {};
    const std::vector<Span> groups = ruleGroups(lines[heading + 1].text);
    if (groups.size() < 2 || groups.size() > size_t(kMaxTableColumns))
        return {};
    TableShape shape;
    shape.kind = TableShape::Kind::Ruled;
    shape.first = at;
    shape.body = heading + 2;
    const ColumnMap map(lines[heading].text);
    Maps rows;
    for (size_t i = shape.body; i < endOfBlock(lines, shape.body) && rows.size() < kRowsLookedAt; ++i)
        if (ruleGroups(lines[i].text).empty())
            rows.emplace_back(lines[i].text);
    shape.starts.push_back(0);
    for (size_t k = 1; k < groups.size(); ++k)
        shape.starts.push_back(std::max(shape.starts.back() + 1, borderBetween(groups[k - 1], groups[k], map, rows)));
    shape.headings = alignedFields(lines[heading].text, shape.starts);
    // Below every rule something, and something above all but the first.
    const auto named = std::count_if(shape.headings.begin(), shape.headings.end(), [](const QByteArray& name) { return !name.isEmpty(); });
    if (rows.empty() || named + 1 < qsizetype(groups.size()) || named == 0)
        return {};
    return shape;
}

} // namespace ridealong::console
