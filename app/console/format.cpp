// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/format.h"

#include "console/formatsample.h"
#include "console/linestore.h"

#include <QJsonDocument>

namespace ridealong::console {
namespace {

QByteArray textOf(const LineStore& lines, qint64 index, bool* styled)
{
    if (index < lines.committedCount()) {
        const Line line = lines.line(index);
        *styled |= !line.runs.empty();
        return line.text.toByteArray();
    }
    return lines.tailLine(index).text;
}

void trim(std::vector<QByteArray>& lines)
{
    while (!lines.empty() && lines.back().trimmed().isEmpty())
        lines.pop_back();
}

bool isJsonText(const QByteArray& text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(text, &error);
    return error.error == QJsonParseError::NoError && !document.isNull();
}

bool isJson(const FormatSample& sample)
{
    const QByteArray first = sample.head.front().trimmed();
    const QByteArray last = sample.lastLine().trimmed();
    const bool object = first.startsWith('{');
    if (!object && !first.startsWith('['))
        return false;
    if (sample.isWhole()) {
        QByteArray all;
        for (const auto& line : sample.head)
            all += line + '\n';
        if (isJsonText(all))
            return true;
    } else {
        // Too long to parse here: it begins and ends as JSON does, and its second line looks like it.
        const QByteArray second = sample.head.size() > 1 ? sample.head[1].trimmed() : QByteArray();
        if ((object && first == "{" && last == "}" && second.startsWith('"'))
            || (first == "[" && last == "]" && !second.isEmpty() && strchr("{[\"-0123456789tfn", second[0])))
            return true;
    }
    // JSON lines: each for itself.
    const auto isObject = [](const QByteArray& line) { return line.startsWith('{') && line.endsWith('}') && isJsonText(line); };
    int seen = 0;
    for (const auto& line : sample.head)
        if (++seen <= 20 && !isObject(line.trimmed()))
            return false;
    return seen >= 2 && isObject(last);
}

bool isDiff(const FormatSample& sample)
{
    // "--- a", "+++ b", "@@ -1,2 +3,4 @@" in this order.
    int step = 0;
    for (const auto& line : sample.head) {
        if (step == 0 && line.startsWith("diff --git "))
            return true;
        if (step == 0 && line.startsWith("--- "))
            step = 1;
        else if (step == 1)
            step = line.startsWith("+++ ") ? 2 : 0;
        else if (step == 2)
            return line.startsWith("@@ -") && line.indexOf(" @@", 4) > 0;
    }
    return false;
}

bool isTimestamp(const QByteArray& line)
{
    // "2026-11-24T", "2026-11-24 ", "[2026-", "Nov 24 03:38:35", "03:38:35", "[ 0.000000]", and glog's "I1124 ".
    const QByteArray text = line.startsWith('[') ? line.mid(1).trimmed() : line;
    const auto digit = [&text](qsizetype i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    const auto at = [&text](qsizetype i) { return i < text.size() ? text[i] : '\0'; };
    if (digit(0) && digit(3) && (at(4) == '-' || at(4) == '/') && digit(5) && digit(8))
        return true;
    if (digit(0) && digit(1) && at(2) == ':' && digit(3) && digit(4) && at(5) == ':')
        return true;
    if (at(3) == ' ' && (digit(5) || digit(4)) && at(6) == ' ' && digit(7) && at(9) == ':')
        return true;
    if (line.startsWith('[') && digit(0) && text.indexOf(']') > 3 && text.indexOf('.') > 0 && text.indexOf('.') < text.indexOf(']'))
        return true;
    return at(0) && strchr("IWEFD", at(0)) && digit(1) && digit(2) && digit(3) && digit(4) && at(5) == ' ' && digit(6);
}

bool isLog(const LineStore& lines, const FormatSample& sample)
{
    int stamps = 0;
    int levels = 0;
    int seen = 0;
    for (size_t i = 0; i < sample.head.size(); ++i) {
        seen += !sample.head[i].isEmpty();
        stamps += isTimestamp(sample.head[i]);
        levels += qint64(i) < lines.committedCount() && lines.line(qint64(i)).level != Level::None;
    }
    return seen >= 3 && (stamps * 10 >= seen * 6 || levels * 10 >= seen * 6);
}

bool isYaml(const FormatSample& sample)
{
    int keys = 0;
    int nested = 0;
    int seen = 0;
    for (const auto& line : sample.head) {
        const QByteArray text = line.trimmed();
        if (text.isEmpty() || text.startsWith('#') || text == "---")
            continue;
        ++seen;
        if (line.startsWith('\t'))
            return false; // YAML is never indented by tabs
        const QByteArray item = text.startsWith("- ") ? text.mid(2).trimmed() : text;
        const auto colon = item.indexOf(':');
        const bool key
            = colon > 0 && (colon + 1 == item.size() || item[colon + 1] == ' ') && (item.startsWith('"') || !item.left(colon).contains(' '));
        keys += key || text.startsWith("- ");
        nested += line.startsWith(' ') || text.startsWith("- ") || (key && colon + 1 == item.size());
    }
    const bool marked = sample.head.front() == "---";
    return seen >= 2 && keys * 10 >= seen * 9 && (marked || (nested > 0 && nested * 5 >= seen));
}

bool isMarkdown(const FormatSample& sample)
{
    int marks = 0;
    bool heading = false;
    for (const auto& line : sample.head) {
        const auto hashes = std::find_if(line.begin(), line.end(), [](char c) { return c != '#'; }) - line.begin();
        const bool isHeading = hashes >= 1 && hashes <= 6 && line.size() > hashes + 1 && line[hashes] == ' ';
        heading |= isHeading;
        marks += isHeading || line.startsWith("```") || line.startsWith("> ") || line.contains("](http") || line.contains("**");
    }
    // "# comment" alone is a shell's as well.
    return heading && (marks >= 2 || sample.head.front().startsWith("# ")) && sample.head.size() >= 3 && marks < int(sample.head.size());
}

} // namespace

FormatSample sampleOf(const LineStore& lines)
{
    FormatSample sample;
    const qint64 count = lines.lineCount();
    qint64 bytes = 0;
    qint64 next = 0;
    for (; next < count && next < kSampleLines && bytes < kSampleBytes; ++next) {
        QByteArray text = textOf(lines, next, &sample.styled).left(kSampleBytes);
        if (sample.head.empty() && text.trimmed().isEmpty())
            continue;
        bytes += text.size();
        sample.head.push_back(std::move(text));
    }
    bytes = 0;
    for (qint64 i = std::max(next, count - kSampleLines); i < count && bytes < kSampleBytes; ++i) {
        sample.tail.push_back(textOf(lines, i, &sample.styled).left(kSampleBytes));
        bytes += sample.tail.back().size();
    }
    trim(sample.tail);
    if (sample.tail.empty())
        trim(sample.head);
    return sample;
}

Format detectFormat(const LineStore& lines)
{
    const FormatSample sample = sampleOf(lines);
    if (sample.head.empty())
        return Format::Text;
    if (isDiff(sample))
        return Format::Diff;
    if (!sample.styled && isJson(sample))
        return Format::Json;
    if (isMarkdownTable(sample.head))
        return Format::Table;
    if (!sample.styled && isLog(lines, sample))
        return Format::Log;
    if (!sample.styled && isYaml(sample))
        return Format::Yaml;
    if (csvSeparator(sample.head) || !alignedColumns(sample.head).empty())
        return Format::Table;
    if (!sample.styled && isMarkdown(sample))
        return Format::Markdown;
    return Format::Text;
}

} // namespace ridealong::console
