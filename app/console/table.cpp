// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/format.h"

#include "console/formatsample.h"
#include "console/linestore.h"

#include <QRegularExpression>

namespace ridealong::console {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxTableWidth = 1000;

bool isNumeric(const QString& cell)
{
    static const QRegularExpression kNumber(u"^[-+]?(\\d+([.,]\\d+)*|\\.\\d+)\\s?(%|[KMGTPE]i?B?|[kmunµ]?s|B|ms|bytes|m|h|d)?$"_s);
    return cell.isEmpty() || cell == u"-"_s || kNumber.match(cell).hasMatch();
}

bool blankAt(const QByteArray& line, int column) { return column >= line.size() || line[column] == ' '; }

} // namespace

std::vector<int> alignedColumns(const std::vector<QByteArray>& lines)
{
    // Works on bytes; a table of ASCII headings with other cells is rarely aligned by bytes, then it stays text.
    if (lines.size() < 3)
        return {};
    const QByteArray& heading = lines.front();
    if (heading.size() > kMaxTableWidth || heading.contains('\t'))
        return {};
    // Headings are words, often in capitals: no punctuation of prose or of code.
    for (const char c : heading)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr(" -_%/()#.:+", c)))
            return {};
    const size_t rows = std::min<size_t>(lines.size(), 60);
    // A gap is a column of blanks in all lines; the last column of the table may hold anything.
    std::vector<int> starts;
    int agreeing = 0;
    const int width = int(heading.size());
    std::vector<bool> gap(size_t(width), true);
    for (size_t i = 0; i < rows; ++i)
        for (int c = 0; c < width; ++c)
            gap[size_t(c)] = gap[size_t(c)] && blankAt(lines[i], c);
    for (int c = 0; c < width; ++c)
        if (!gap[size_t(c)] && (c == 0 || gap[size_t(c) - 1]))
            starts.push_back(c);
    if (starts.size() < 2 || starts.size() > size_t(kMaxTableColumns))
        return {};
    // Every column has a heading, and most rows fill at least two columns; prose leaves no common gaps over several lines.
    for (size_t k = 0; k < starts.size(); ++k) {
        const int end = k + 1 < starts.size() ? starts[k + 1] : width;
        if (heading.mid(starts[k], end - starts[k]).trimmed().isEmpty())
            return {};
    }
    for (size_t i = 1; i < rows; ++i)
        agreeing += lines[i].size() > starts[1];
    return agreeing * 10 >= int(rows - 1) * 9 && !lines[1].isEmpty() ? starts : std::vector<int>{};
}

std::vector<QByteArray> csvFields(const QByteArray& line, char separator)
{
    std::vector<QByteArray> fields(1);
    bool quoted = false;
    for (qsizetype i = 0; i < line.size() && fields.size() <= size_t(kMaxTableColumns); ++i) {
        const char c = line[i];
        if (quoted) {
            if (c == '"' && i + 1 < line.size() && line[i + 1] == '"')
                fields.back() += line[++i];
            else if (c == '"')
                quoted = false;
            else
                fields.back() += c;
        } else if (c == '"' && fields.back().isEmpty()) {
            quoted = true;
        } else if (c == separator) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    return fields;
}

char csvSeparator(const std::vector<QByteArray>& lines)
{
    for (const char separator : {'\t', ';', ','}) {
        const size_t fields = csvFields(lines.front(), separator).size();
        // Prose has commas, too: a comma needs three columns and no blank behind it in the heading.
        if (lines.size() < 2 || fields < (separator == ',' ? 3u : 2u) || fields > size_t(kMaxTableColumns)
            || (separator != '\t' && lines.front().contains(QByteArray(1, separator) + ' ')))
            continue;
        const size_t rows = std::min<size_t>(lines.size(), 60);
        if (std::all_of(
                lines.begin(), lines.begin() + qsizetype(rows), [&](const QByteArray& line) { return csvFields(line, separator).size() == fields; })
            && !lines.front().startsWith(separator))
            return separator;
    }
    return 0;
}

std::vector<QByteArray> markdownFields(const QByteArray& line)
{
    QByteArray text = line.trimmed();
    if (text.startsWith('|'))
        text.remove(0, 1);
    if (text.endsWith('|'))
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

bool isMarkdownTable(const std::vector<QByteArray>& lines)
{
    if (lines.size() < 2 || !lines[0].contains('|') || !lines[1].contains("--"))
        return false;
    const auto rule = markdownFields(lines[1]);
    const auto isRule = [](const QByteArray& cell) {
        return cell.contains("-") && std::all_of(cell.begin(), cell.end(), [](char c) { return c == '-' || c == ':'; });
    };
    return lines[1].contains('|') && std::all_of(rule.begin(), rule.end(), isRule) && rule.size() == markdownFields(lines[0]).size();
}

Table parseTable(const LineStore& lines)
{
    const FormatSample sample = sampleOf(lines);
    if (sample.head.empty())
        return {};
    const bool markdown = isMarkdownTable(sample.head);
    const char separator = markdown ? 0 : csvSeparator(sample.head);
    const std::vector<int> starts = markdown || separator ? std::vector<int>() : alignedColumns(sample.head);
    if (!markdown && !separator && starts.empty())
        return {};

    const auto cellsOf = [&](const QByteArray& line) {
        std::vector<QByteArray> cells;
        if (markdown)
            return markdownFields(line);
        if (separator)
            return csvFields(line, separator);
        for (size_t k = 0; k < starts.size(); ++k)
            cells.push_back(line.mid(starts[k], k + 1 < starts.size() ? starts[k + 1] - starts[k] : -1).trimmed());
        return cells;
    };

    Table table;
    const qint64 count = lines.lineCount();
    qint64 seen = 0;
    for (qint64 i = 0; i < count && table.rows.size() < kMaxTableRows; ++i) {
        const QByteArray text = i < lines.committedCount() ? lines.line(i).text.toByteArray() : lines.tailLine(i).text;
        if (text.trimmed().isEmpty() || (markdown && seen == 1 && seen++))
            continue;
        QStringList cells;
        for (const auto& cell : cellsOf(text))
            cells += QString::fromUtf8(cell);
        if (seen++ == 0) {
            table.columns = cells;
            continue;
        }
        while (cells.size() < table.columns.size())
            cells += QString();
        table.rows += cells.mid(0, table.columns.size());
    }
    for (qsizetype column = 0; column < table.columns.size(); ++column) {
        bool numeric = !table.rows.isEmpty();
        bool any = false;
        for (qsizetype row = 0; numeric && row < table.rows.size(); ++row) {
            numeric = isNumeric(table.rows[row][column]);
            any |= !table.rows[row][column].isEmpty();
        }
        table.numeric += numeric && any;
    }
    return table;
}

} // namespace ridealong::console
