// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/tableshape.h"

#include "console/width.h"

namespace ridealong::console {
namespace {

constexpr size_t kLinesLookedAt = 120;

bool isBar(char32_t c) { return c == '|' || c == 0x2502 || c == 0x2503 || c == 0x2551 || c == 0x2506 || c == 0x250a; }
/// U+2500 … U+257F are the lines and corners of boxes.
bool isBoxPart(char32_t c) { return c >= 0x2500 && c < 0x2580 && !isBar(c); }

/// Display columns where the columns of a border begin: behind its corners and crossings.
std::vector<int> startsOf(QByteArrayView border)
{
    std::vector<int> starts;
    int column = 0;
    bool behindCorner = false;
    for (const char* p = border.begin(); p != border.end(); ++column) {
        const char32_t c = decodeValid(p);
        const bool line = c == '-' || c == '=' || c == ':' || c == 0x2500 || c == 0x2501 || c == 0x2550 || c == 0x2504 || c == ' ';
        if (line && (behindCorner || (starts.empty() && c != ' ')))
            starts.push_back(column);
        behindCorner = !line;
    }
    return starts;
}

/// A cell with a bar in it: by place.
std::vector<QByteArray> fieldsByPlace(QByteArrayView line, const std::vector<int>& starts)
{
    std::vector<QByteArray> fields = alignedFields(line, starts);
    for (QByteArray& field : fields) {
        if (field.endsWith('|'))
            field.chop(1);
        if (&field == &fields.front() && field.startsWith('|'))
            field.remove(0, 1);
        field = field.trimmed();
    }
    return fields;
}

/// Lines of cells between two borders.
struct Group
{
    size_t first = 0;
    size_t count = 0;
};

} // namespace

bool isBorder(QByteArrayView line)
{
    line = line.trimmed();
    if (line.size() < 3)
        return false;
    int strokes = 0;
    int corners = 0;
    for (const char* p = line.begin(); p != line.end();) {
        const char32_t c = decodeValid(p);
        if (c == '-' || c == '=')
            ++strokes;
        else if (c == '+' || c == '|' || c == ':')
            ++corners;
        else if (isBoxPart(c) || isBar(c))
            strokes += 2;
        else
            return false;
    }
    return strokes >= 2 && strokes > corners;
}

bool startsWithBar(QByteArrayView line)
{
    line = line.trimmed();
    if (line.isEmpty())
        return false;
    const char* p = line.begin();
    return isBar(decodeValid(p));
}

std::vector<QByteArray> barFields(QByteArrayView line)
{
    line = line.trimmed();
    std::vector<QByteArray> fields;
    const char* begin = line.begin();
    for (const char* p = line.begin(); p != line.end();) {
        const char* here = p;
        if (!isBar(decodeValid(p)))
            continue;
        if (here != line.begin())
            fields.push_back(QByteArray(begin, here - begin).trimmed());
        begin = p;
    }
    if (begin != line.end())
        fields.push_back(QByteArray(begin, line.end() - begin).trimmed());
    return fields;
}

std::vector<QByteArray> boxedFields(QByteArrayView line, const std::vector<int>& starts)
{
    auto fields = barFields(line);
    return fields.size() == starts.size() ? fields : fieldsByPlace(line, starts);
}

std::vector<QByteArray> barredFields(QByteArrayView line, const std::vector<int>& starts)
{
    std::vector<QByteArray> fields;
    const char* begin = line.begin();
    for (const char* p = line.begin(); p != line.end();) {
        const char* here = p;
        if (!isBar(decodeValid(p)))
            continue;
        fields.push_back(QByteArray(begin, here - begin).trimmed());
        begin = p;
    }
    fields.push_back(QByteArray(begin, line.end() - begin).trimmed());
    return fields.size() == starts.size() ? fields : fieldsByPlace(line, starts);
}

std::optional<TableShape> boxedAt(SampleLines lines, size_t at)
{
    const bool framed = isBorder(lines[at].text) && !startsWithBar(lines[at].text);
    if (!framed && !(startsWithBar(lines[at].text) && at + 1 < lines.size() && isBorder(lines[at + 1].text) && startsWithBar(lines[at + 1].text)))
        return {};
    std::vector<Group> groups;
    TableShape shape;
    size_t i = framed ? at + 1 : at;
    bool newGroup = true;
    for (; i < lines.size() && i < at + kLinesLookedAt && !lines[i].isBlank; ++i) {
        if (isBorder(lines[i].text)) {
            const auto starts = startsOf(lines[i].text);
            if (starts.size() > shape.starts.size())
                shape.starts = starts;
            newGroup = true;
            continue;
        }
        if (!startsWithBar(lines[i].text))
            break;
        if (newGroup)
            groups.push_back({i, 0});
        newGroup = false;
        ++groups.back().count;
    }
    // A title above the heading has a single cell.
    size_t heading = 0;
    while (heading + 1 < groups.size() && barFields(lines[groups[heading].first].text).size() < 2 && shape.starts.size() >= 2) {
        const auto cell = barFields(lines[groups[heading++].first].text);
        shape.title = cell.empty() ? QByteArray() : cell.front();
    }
    if (groups.size() < heading + 1 || shape.starts.size() < (framed ? 1u : 2u) || shape.starts.size() > size_t(kMaxTableColumns))
        return {};
    shape.kind = TableShape::Kind::Boxed;
    shape.first = at;
    for (size_t line = 0; line < groups[heading].count; ++line) {
        const auto fields = boxedFields(lines[groups[heading].first + line].text, shape.starts);
        shape.headings.resize(std::max(shape.headings.size(), fields.size()));
        for (size_t k = 0; k < fields.size(); ++k)
            shape.headings[k] += shape.headings[k].isEmpty() || fields[k].isEmpty() ? fields[k] : ' ' + fields[k];
    }
    shape.body = groups[heading].first + groups[heading].count;
    const size_t rows = groups.size() - heading - 1;
    size_t rowLines = 0;
    for (size_t k = heading + 1; k < groups.size(); ++k)
        rowLines += groups[k].count;
    shape.isGrid = rows >= 2 && (rows >= 3 || rowLines == rows);
    return shape.headings.size() == shape.starts.size() ? std::optional(shape) : std::nullopt;
}

std::optional<TableShape> barredAt(SampleLines lines, size_t at)
{
    if (at + 1 >= lines.size() || startsWithBar(lines[at].text))
        return {};
    const QByteArrayView rule = lines[at + 1].text;
    if (!isBorder(rule) || !(rule.contains('+') || rule.contains("\xe2\x94\xbc")) || rule.trimmed().startsWith('+'))
        return {};
    TableShape shape;
    shape.kind = TableShape::Kind::Barred;
    shape.first = at;
    shape.body = at + 2;
    shape.starts = startsOf(rule);
    if (shape.starts.size() < 2 || shape.starts.size() > size_t(kMaxTableColumns))
        return {};
    shape.headings = barredFields(lines[at].text, shape.starts);
    return shape;
}

std::vector<QByteArray> markdownFields(QByteArrayView line)
{
    QByteArrayView text = line.trimmed();
    if (text.startsWith('|'))
        text = text.sliced(1);
    if (text.endsWith('|') && !text.endsWith("\\|"))
        text.chop(1);
    std::vector<QByteArray> fields(1);
    for (qsizetype i = 0; i < text.size() && fields.size() <= size_t(kMaxTableColumns); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '|')
            fields.back() += text[++i];
        else if (text[i] == '|')
            fields.emplace_back();
        else
            fields.back() += text[i];
    }
    for (auto& field : fields)
        field = field.trimmed();
    return fields;
}

std::optional<TableShape> markdownAt(SampleLines lines, size_t at)
{
    if (at + 1 >= lines.size() || !lines[at].text.contains('|') || !lines[at + 1].text.contains("--") || !lines[at + 1].text.contains('|'))
        return {};
    const auto rule = markdownFields(lines[at + 1].text);
    const auto isRule = [](const QByteArray& cell) {
        return cell.contains('-') && std::all_of(cell.begin(), cell.end(), [](char c) { return c == '-' || c == ':'; });
    };
    TableShape shape;
    shape.headings = markdownFields(lines[at].text);
    if (!std::all_of(rule.begin(), rule.end(), isRule) || rule.size() != shape.headings.size() || rule.size() > size_t(kMaxTableColumns))
        return {};
    shape.kind = TableShape::Kind::Markdown;
    shape.first = at;
    shape.body = at + 2;
    return shape;
}

} // namespace ridealong::console
