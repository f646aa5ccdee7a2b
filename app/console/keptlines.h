// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"

namespace ridealong::console {

/// Which lines of an output a filter lets through, as it was when they were read; and where their rows are. One thread asks for rows; another
/// may read on from it meanwhile.
class KeptLines
{
public:
    static constexpr qint64 kMost = 100'000; ///< the newest that pass; all are counted

    /// Reads what came since `before` (of the same output and query; null: all). Lines that may still be rewritten are read again.
    /// Errors: Invalid when the regular expression does not compile.
    static base::Expected<std::shared_ptr<const KeptLines>> read(
        const LineStore& store, const Console::LineFilter& filter, const std::shared_ptr<const KeptLines>& before);

    qint64 count() const { return qint64(m_lines.size()); }
    qint64 lineAt(qint64 index) const { return m_lines[size_t(index)]; }
    /// The first that is not before `line`; count() when there is none.
    qint64 indexOf(qint64 line) const;
    bool isAfterGap(qint64 index) const; ///< lines before it are not shown
    qint64 total() const { return m_total; } ///< that pass, context included, also those that are too old to be kept
    qint64 readLines() const { return m_readLines; } ///< that were looked at
    bool isWhole() const { return m_isWhole; } ///< else time was up

    /// As those of LineStore, of the kept lines alone.
    qint64 rows(int columns) const;
    LineStore::Place placeOfRow(qint64 row, int columns) const;
    qint64 rowOfLine(qint64 line, int columns) const; ///< of the next kept one, if it is not

private:
    struct Reading;
    const std::vector<qint64>& ends(int columns) const;

    std::vector<qint64> m_lines; ///< ascending
    std::vector<quint16> m_columns; ///< their widths
    qint64 m_total = 0;
    qint64 m_readLines = 0;
    bool m_isWhole = true;

    // Where the next reading goes on: at the first line that could be rewritten.
    qint64 m_next = 0;
    qint64 m_firm = 0; ///< of m_lines, those that pass because of lines before m_next
    qint64 m_firmTotal = 0; ///< of m_total
    qint64 m_contextUntil = 0; ///< lines before this pass because of a match before m_next
    Level m_level = Level::None; ///< of the line before m_next

    /// Rows up to and with each line, at a width. Not copied: whoever reads on copies what another thread is painting.
    struct Ends
    {
        Ends() = default;
        Ends(const Ends&) {}
        Ends& operator=(const Ends&) = delete;

        int columns = -1;
        std::vector<qint64> rows;
    };
    mutable Ends m_ends;
};

} // namespace ridealong::console
