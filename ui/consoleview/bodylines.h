// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/keptlines.h"
#include "console/linestore.h"

namespace ridealong::consoleview {

/// The lines of a run that are shown: all of its output, or those that a filter keeps. A view of both, not an owner.
class BodyLines
{
public:
    explicit BodyLines(const console::LineStore& all) : m_all(all) {}
    /// `kept` null: it is not known yet which, and none is shown.
    BodyLines(const console::LineStore& all, const console::KeptLines* kept) : m_all(all), m_kept(kept), m_isFiltered(true) {}

    qint64 rows(int columns) const { return !m_isFiltered ? m_all.rows(columns) : m_kept ? m_kept->rows(columns) : 0; }
    console::LineStore::Place placeOfRow(qint64 row, int columns) const
    {
        return !m_isFiltered ? m_all.placeOfRow(row, columns) : m_kept ? m_kept->placeOfRow(row, columns) : console::LineStore::Place();
    }
    qint64 rowOfLine(qint64 line, int columns) const
    {
        return !m_isFiltered ? m_all.rowOfLine(line, columns) : m_kept ? m_kept->rowOfLine(line, columns) : 0;
    }

    // −1: none.
    qint64 atOrAfter(qint64 line) const { return !m_isFiltered ? (line < m_all.lineCount() ? line : -1) : keptAt(indexOf(line)); }
    qint64 after(qint64 line) const { return atOrAfter(line + 1); }
    qint64 before(qint64 line) const { return !m_isFiltered ? std::min(line, m_all.lineCount()) - 1 : keptAt(indexOf(line) - 1); }
    qint64 last() const { return before(m_all.lineCount()); }

    bool isAfterGap(qint64 line) const { return m_isFiltered && keptAt(indexOf(line)) == line && m_kept->isAfterGap(indexOf(line)); }
    /// How much of what is shown stands before this line: from 0 to 1.
    double shareBefore(qint64 line) const
    {
        const qint64 count = !m_isFiltered ? m_all.lineCount() : m_kept ? m_kept->count() : 0;
        return count > 0 ? (double(m_isFiltered ? indexOf(line) : line) + 0.5) / double(count) : 0;
    }

private:
    qint64 indexOf(qint64 line) const { return m_kept ? m_kept->indexOf(line) : 0; }
    qint64 keptAt(qint64 index) const { return m_kept && index >= 0 && index < m_kept->count() ? m_kept->lineAt(index) : -1; }

    const console::LineStore& m_all;
    const console::KeptLines* m_kept = nullptr;
    bool m_isFiltered = false;
};

} // namespace ridealong::consoleview
