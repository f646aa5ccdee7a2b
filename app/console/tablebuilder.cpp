// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/tablebuilder.h"

namespace ridealong::console {
namespace {

bool allBlank(const std::vector<QByteArray>& fields)
{
    return std::all_of(fields.begin(), fields.end(), [](const QByteArray& field) { return field.isEmpty(); });
}

qsizetype filled(const std::vector<QByteArray>& fields)
{
    return std::count_if(fields.begin(), fields.end(), [](const QByteArray& field) { return !field.isEmpty(); });
}

bool isRuleOrBorder(QByteArrayView line)
{
    return std::all_of(line.begin(), line.end(), [](char c) { return c == '-' || c == '=' || c == ' '; }) || isBorder(line);
}

} // namespace

TableBuilder::TableBuilder(const TableShape& shape, SampleLines lines) : m_shape(shape)
{
    for (const QByteArray& heading : shape.headings)
        m_table.columns += QString::fromUtf8(heading.trimmed());
    m_isNumeric.assign(shape.headings.size(), true);
    m_hasNumber.assign(shape.headings.size(), false);
    m_table.title = QString::fromUtf8(shape.title);
    m_table.firstLine = lines[shape.first].line;
    if (shape.body >= shape.first + 1 && shape.kind != TableShape::Kind::Records)
        m_heading = lines[shape.kind == TableShape::Kind::Ruled && shape.body >= shape.first + 2 ? shape.body - 2 : shape.first].text;
    if (shape.kind == TableShape::Kind::Ruled)
        m_rule = lines[shape.body - 1].text;
}

qsizetype TableBuilder::maxRows() const { return std::min<qint64>(kMaxTableRows, kMaxTableCells / std::max<qsizetype>(1, m_table.columns.size())); }

bool TableBuilder::take(QByteArrayView line, qint64 index)
{
    if (m_table.cut)
        return false;
    m_bytes += line.size() + 1;
    m_table.cut = m_bytes > kMaxTableBytes;
    if (m_table.cut)
        return false;
    bool taken = false;
    switch (m_shape.kind) {
    case TableShape::Kind::Separated: taken = takeSeparated(line); break;
    case TableShape::Kind::Boxed: taken = takeBoxed(line); break;
    case TableShape::Kind::Barred: taken = takeBarred(line); break;
    case TableShape::Kind::Records: taken = takeRecord(line); break;
    case TableShape::Kind::Aligned:
    case TableShape::Kind::Ruled: taken = takeBlanked(line); break;
    case TableShape::Kind::Markdown:
        m_ended = m_ended || line.isEmpty() || !line.contains('|');
        taken = !m_ended;
        if (taken)
            add(markdownFields(line));
        break;
    }
    if (taken && !line.isEmpty())
        m_lastLine = index;
    return taken;
}

bool TableBuilder::takeSeparated(QByteArrayView line)
{
    if (!m_quote.isOpen() && line.isEmpty())
        return true;
    if (m_quote.isOpen())
        m_record += '\n';
    m_record += line;
    m_quote.take(line, m_shape.separator);
    if (m_quote.isOpen() && m_record.size() < kMaxRecordBytes)
        return true;
    m_quote = {};
    add(separatedFields(std::exchange(m_record, {}), m_shape.separator));
    return true;
}

bool TableBuilder::takeBoxed(QByteArrayView line)
{
    const bool border = isBorder(line);
    m_ended = m_ended || (!border && !startsWithBar(line));
    if (m_ended)
        return false;
    if (border) {
        m_inGroup = false;
        return true;
    }
    const auto fields = boxedFields(line, m_shape.starts);
    if (m_shape.isGrid && m_inGroup)
        append(fields, "\n");
    else
        add(fields);
    m_inGroup = true;
    return true;
}

bool TableBuilder::takeBarred(QByteArrayView line)
{
    m_ended = m_ended || line.isEmpty() || line.startsWith('(') || !(line.contains('|') || line.contains("\xe2\x94\x82"));
    if (m_ended)
        return false;
    auto fields = barredFields(line, m_shape.starts);
    std::vector<bool> goesOn(fields.size());
    for (size_t k = 0; k < fields.size(); ++k) {
        goesOn[k] = fields[k].endsWith('+') && fields[k].size() > 1 && (fields[k].endsWith(" +") || k + 1 == fields.size());
        if (goesOn[k])
            fields[k] = fields[k].chopped(1).trimmed();
    }
    bool continues = !m_goesOn.empty();
    for (size_t k = 0; continues && k < fields.size(); ++k)
        continues = fields[k].isEmpty() || (k < m_goesOn.size() && m_goesOn[k]);
    if (continues)
        append(fields, "\n");
    else
        add(fields);
    m_goesOn = std::find(goesOn.begin(), goesOn.end(), true) == goesOn.end() ? std::vector<bool>() : goesOn;
    return true;
}

bool TableBuilder::takeBlanked(QByteArrayView line)
{
    if (m_ended && line == QByteArrayView(m_heading) && !line.isEmpty()) {
        m_ended = false; // the next group, under the same heading
        return true;
    }
    const bool rule = m_shape.kind == TableShape::Kind::Ruled && !line.isEmpty() && isRuleOrBorder(line);
    if (rule)
        return !m_ended;
    // /proc/partitions has a blank line before the first row.
    m_ended = m_ended || (line.isEmpty() && !m_table.rows.isEmpty());
    if (m_ended || line.isEmpty())
        return !m_ended;
    const auto fields = m_shape.starts.empty() ? words(line, m_shape.headings.size()) : alignedFields(line, m_shape.starts);
    // A cell that was wrapped: only few others have something in that line.
    const bool wrapped = m_shape.kind == TableShape::Kind::Ruled && fields.front().isEmpty() && filled(fields) * 2 < qsizetype(fields.size());
    if (wrapped && !m_table.rows.isEmpty())
        append(fields, " ");
    else
        add(fields);
    return true;
}

bool TableBuilder::takeRecord(QByteArrayView line)
{
    if (isRecordMark(line) || line.isEmpty()) {
        closeRecord();
        return true;
    }
    const bool marked = m_shape.separator == '|' || m_shape.separator == '.';
    RecordField field = recordField(line, m_shape.separator);
    if (field.name.isEmpty()) {
        if (m_fields.empty() || (!marked && indentOf(line) < 4) || line.startsWith('('))
            return false;
        m_fields.back().second += ' ' + line.trimmed().toByteArray();
        return true;
    }
    const int column = columnOf(field.name);
    if (column < 0)
        return true;
    m_fields.emplace_back(column, std::move(field.value));
    return true;
}

int TableBuilder::columnOf(const QByteArray& name)
{
    const auto known = m_columns.constFind(name);
    if (known != m_columns.constEnd())
        return *known;
    if (m_table.columns.size() >= kMaxTableColumns)
        return -1;
    m_columns.insert(name, int(m_table.columns.size()));
    m_table.columns += QString::fromUtf8(name);
    m_isNumeric.push_back(true);
    m_hasNumber.push_back(false);
    return int(m_table.columns.size()) - 1;
}

void TableBuilder::closeRecord()
{
    if (m_fields.empty())
        return;
    std::vector<QByteArray> row(size_t(m_table.columns.size()));
    for (auto& [column, value] : m_fields)
        row[size_t(column)] = std::move(value);
    m_fields.clear();
    add(row);
}

void TableBuilder::note(size_t column, QByteArrayView cell)
{
    if (cell.isEmpty() || cell == "-" || !m_isNumeric[column])
        return;
    m_isNumeric[column] = isNumberCell(cell);
    m_hasNumber[column] = true;
}

void TableBuilder::add(const std::vector<QByteArray>& fields)
{
    if (m_table.rows.size() >= maxRows()) {
        m_table.cut = true;
        return;
    }
    if (allBlank(fields))
        return;
    const auto count = size_t(m_table.columns.size());
    QStringList row;
    row.reserve(qsizetype(count));
    for (size_t k = 0; k < count; ++k) {
        const QByteArrayView cell = k < fields.size() ? QByteArrayView(fields[k]).trimmed() : QByteArrayView();
        note(k, cell);
        row += QString::fromUtf8(cell);
    }
    m_table.rows += row;
}

void TableBuilder::append(const std::vector<QByteArray>& fields, const char* between)
{
    if (m_table.rows.isEmpty())
        return;
    QStringList& row = m_table.rows.back();
    for (qsizetype k = 0; k < std::min<qsizetype>(row.size(), qsizetype(fields.size())); ++k) {
        const QByteArrayView cell = QByteArrayView(fields[size_t(k)]).trimmed();
        if (cell.isEmpty())
            continue;
        if (!row[k].isEmpty())
            row[k] += QLatin1StringView(between);
        row[k] += QString::fromUtf8(cell);
        m_isNumeric[size_t(k)] = false;
    }
}

Table TableBuilder::finish()
{
    closeRecord();
    if (!m_record.isEmpty())
        add(separatedFields(std::exchange(m_record, {}), m_shape.separator));
    const qsizetype columns = m_table.columns.size();
    for (QStringList& row : m_table.rows)
        while (row.size() < columns)
            row += QString(); // a record before the first that has this name
    while (m_table.rows.size() > maxRows()) {
        m_table.rows.removeLast(); // columns came late
        m_table.cut = true;
    }
    for (size_t k = 0; k < size_t(columns); ++k)
        m_table.numeric += m_isNumeric[k] && m_hasNumber[k];
    m_table.lastLine = std::max(m_lastLine, m_table.firstLine);
    return std::move(m_table);
}

} // namespace ridealong::console
