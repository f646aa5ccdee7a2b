// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/formatsample.h"
#include "console/table.h"

#include <optional>

namespace ridealong::console {

/// How a table is drawn, and where in the sample.
struct TableShape
{
    enum class Kind : quint8 {
        Markdown, ///< "| a | b |" with "|---|---|" below
        Separated, ///< CSV and its kin
        Aligned, ///< kubectl, docker, ps: columns by blanks alone
        Ruled, ///< PowerShell, sqlite, pip: "----  -----" below the heading
        Barred, ///< psql: "---+---" below the heading, '|' between
        Boxed, ///< mysql, rich, rst's grid: borders all around
        Records, ///< Format-List, psql's \x, mysql's \G: a block of "name : value" a row
    };
    Kind kind = Kind::Aligned;
    char separator = 0; ///< Separated; of Records: ':', '=' or '|'
    /// Display columns where the columns begin. None for Markdown, Separated and Records, nor for an Aligned one whose figures
    /// grew out of their columns: there every word is a cell (vmstat).
    std::vector<int> starts;
    std::vector<QByteArray> headings; ///< empty: Records has them in its rows
    size_t first = 0; ///< line of the sample that the table begins with
    size_t body = 0; ///< and the first below the heading and its rule
    std::optional<size_t> last; ///< behind this are other words, without a blank line between
    QByteArray title; ///< Boxed: within its borders
    bool isGrid = false; ///< Boxed: a rule below every row, which may take several lines
};

/// At most kMaxProseLines before it and kMaxFooterLines behind, and no second table there.
std::optional<TableShape> findTable(const FormatSample& sample);
inline constexpr int kMaxFooterLines = 8;

// ---- one kind each; `at` is the line that would be its first ----
std::optional<TableShape> markdownAt(SampleLines lines, size_t at);
std::optional<TableShape> separatedAt(SampleLines lines, size_t at, bool isWhole);
std::optional<TableShape> alignedAt(SampleLines lines, size_t at);
std::optional<TableShape> ruledAt(SampleLines lines, size_t at);
std::optional<TableShape> barredAt(SampleLines lines, size_t at);
std::optional<TableShape> boxedAt(SampleLines lines, size_t at);
std::optional<TableShape> recordsAt(SampleLines lines, size_t at);

// ---- taking lines apart ----
std::vector<QByteArray> markdownFields(QByteArrayView line);
/// Whether a quote still waits for its end behind a line; each line is looked at once.
class OpenQuote
{
public:
    void take(QByteArrayView line, char separator);
    bool isOpen() const { return m_open; }

private:
    bool m_open = false;
};
std::vector<QByteArray> separatedFields(QByteArrayView record, char separator);
std::vector<QByteArray> barFields(QByteArrayView line); ///< between outer bars
std::vector<QByteArray> barredFields(QByteArrayView line, const std::vector<int>& starts); ///< without such
std::vector<QByteArray> boxedFields(QByteArrayView line, const std::vector<int>& starts);
/// By display columns, the last one to the end of the line. A word that stands across a border goes where most of it stands.
std::vector<QByteArray> alignedFields(QByteArrayView line, const std::vector<int>& starts);
/// As many as there are, at most `count`, the last one with the rest of the line.
std::vector<QByteArray> words(QByteArrayView line, size_t count);
/// "+---+----+", "├───┼────┤", "|---+----|".
bool isBorder(QByteArrayView line);
bool startsWithBar(QByteArrayView line);

/// "name : value" with the separator of the shape; empty name: none.
struct RecordField
{
    QByteArray name;
    QByteArray value;
};
RecordField recordField(QByteArrayView line, char separator);
/// "-[ RECORD 2 ]---", "*** 2. row ***".
bool isRecordMark(QByteArrayView line);

/// "12", "-3.5", "40%", "128Mi", "1,204", "12m".
bool isNumberCell(QByteArrayView cell);
/// Where display columns are in a line of text.
class ColumnMap
{
public:
    explicit ColumnMap(QByteArrayView text);
    int columns() const { return m_columns; }
    bool isBlank(int column) const;
    QByteArrayView slice(int begin, int end) const; ///< characters that begin in [begin, end)

private:
    qsizetype byteAt(int column) const;

    QByteArrayView m_text;
    std::vector<quint32> m_bytes; ///< by column; empty when a byte is a column
    int m_columns = 0;
};

} // namespace ridealong::console
