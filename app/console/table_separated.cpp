// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"
#include "console/tableshape.h"

namespace ridealong::console {
namespace {

constexpr size_t kRecordsLookedAt = 60;

bool isHeading(const std::vector<QByteArray>& fields, char separator)
{
    for (size_t i = 0; i < fields.size(); ++i) {
        const QByteArray field = fields[i].trimmed();
        if (field.isEmpty() || field.size() > 80 || isNumberCell(field) || hasTimestamp(field))
            return false;
        if (field.count('(') != field.count(')') || field.contains("=>"))
            return false;
        // Prose has commas, too, and blanks behind them.
        if (separator != '\t' && i > 0 && fields[i].startsWith(' '))
            return false;
        if (QByteArrayView("{}[]()<>;=").contains(field.back()) && separator != '\t')
            return false;
    }
    return true;
}

/// All records of the sample have as many fields as the first.
bool isEven(SampleLines lines, size_t at, char separator, size_t fields, bool isWhole)
{
    size_t records = 0;
    QByteArray record;
    OpenQuote quote;
    for (size_t i = at; i < lines.size() && (quote.isOpen() || !lines[i].isBlank) && records < kRecordsLookedAt; ++i) {
        record += record.isEmpty() ? lines[i].text : '\n' + lines[i].text;
        quote.take(lines[i].text, separator);
        if (quote.isOpen() && i + 1 < lines.size())
            continue; // a quoted field that goes on
        const size_t found = separatedFields(record, separator).size();
        // The last line of a sample may be cut off.
        if (found != fields && (isWhole || i + 1 < lines.size()))
            return false;
        record.clear();
        ++records;
    }
    // Two words and a comma, twice, are prose as well.
    return records >= (separator == ',' && fields == 2 ? 4u : 2u);
}

} // namespace

void OpenQuote::take(QByteArrayView line, char separator)
{
    bool atStart = !m_open;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const bool mark = line[i] == '"';
        if (m_open && mark && i + 1 < line.size() && line[i + 1] == '"')
            ++i;
        else if (m_open && mark)
            m_open = false;
        else if (mark && atStart)
            m_open = true;
        atStart = !m_open && line[i] == separator;
    }
}

std::vector<QByteArray> separatedFields(QByteArrayView record, char separator)
{
    std::vector<QByteArray> fields(1);
    bool quoted = false;
    for (qsizetype i = 0; i < record.size(); ++i) {
        const char c = record[i];
        if (quoted) {
            if (c == '"' && i + 1 < record.size() && record[i + 1] == '"')
                fields.back() += record[++i];
            else if (c == '"')
                quoted = false;
            else
                fields.back() += c;
        } else if (c == '"' && fields.back().isEmpty()) {
            quoted = true;
        } else if (c == separator) {
            if (fields.size() > size_t(kMaxTableColumns))
                break;
            fields.emplace_back();
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    return fields;
}

std::optional<TableShape> separatedAt(SampleLines lines, size_t at, bool isWhole)
{
    for (const char separator : {'\t', ';', ','}) {
        const QByteArray& heading = lines[at].text;
        if (!heading.contains(separator))
            continue;
        TableShape shape;
        shape.headings = separatedFields(heading, separator);
        const size_t fields = shape.headings.size();
        if (fields < 2 || fields > size_t(kMaxTableColumns) || !isHeading(shape.headings, separator)
            || !isEven(lines, at, separator, fields, isWhole))
            continue;
        shape.kind = TableShape::Kind::Separated;
        shape.separator = separator;
        shape.first = at;
        shape.body = at + 1;
        return shape;
    }
    return {};
}

} // namespace ridealong::console
