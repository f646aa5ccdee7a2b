// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/tableshape.h"

#include <QHash>

namespace ridealong::console {

/// Makes rows of lines, one after the other, as its shape says.
class TableBuilder
{
public:
    /// `lines`: of the sample that the shape was found in.
    TableBuilder(const TableShape& shape, SampleLines lines);

    /// Lines from shape.body on, without trailing blanks; `index`: of the store. False: it is none of the table's. The table may
    /// go on behind such a line: PowerShell repeats headings.
    bool take(QByteArrayView line, qint64 index);
    bool isFull() const { return m_table.cut; }
    qsizetype rowCount() const { return m_table.rows.size(); }
    qint64 lastLine() const { return m_lastLine; } ///< that was taken; -1: none
    Table finish();

private:
    bool takeSeparated(QByteArrayView line);
    bool takeBoxed(QByteArrayView line);
    bool takeBarred(QByteArrayView line);
    bool takeBlanked(QByteArrayView line); ///< Aligned, Ruled
    bool takeRecord(QByteArrayView line);
    void add(const std::vector<QByteArray>& fields);
    void append(const std::vector<QByteArray>& fields, const char* between); ///< to the last row
    void note(size_t column, QByteArrayView cell);
    int columnOf(const QByteArray& name);
    void closeRecord();
    qsizetype maxRows() const;

    const TableShape m_shape;
    Table m_table;
    QByteArray m_heading; ///< its line
    QByteArray m_rule;
    std::vector<bool> m_isNumeric;
    std::vector<bool> m_hasNumber;
    qint64 m_lastLine = -1;
    qint64 m_bytes = 0;
    bool m_ended = false;
    bool m_inGroup = false; ///< of a grid: the row is being put together
    std::vector<bool> m_goesOn; ///< psql: cells that end in '+'
    OpenQuote m_quote;
    QByteArray m_record; ///< Separated: of lines whose quote is open
    QHash<QByteArray, int> m_columns; ///< Records
    std::vector<std::pair<int, QByteArray>> m_fields;
};

} // namespace ridealong::console
