// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QStringList>

namespace ridealong::console {

class LineStore;

inline constexpr int kMaxTableRows = 100'000;
inline constexpr int kMaxTableColumns = 256;
inline constexpr qint64 kMaxTableCells = 1'000'000;
inline constexpr qint64 kMaxTableBytes = 64LL * 1024 * 1024; ///< of the lines that are read
/// A quoted cell that goes on over lines ends here, closed or not.
inline constexpr qsizetype kMaxRecordBytes = 1024 * 1024;

/// A table taken apart, whatever drew it.
struct Table
{
    QStringList columns;
    QList<QStringList> rows; ///< each as long as columns
    QList<bool> numeric; ///< by column: every cell is a number, perhaps with a unit; to be aligned right
    QString title; ///< what its program wrote above it; one line
    QStringList footer; ///< and below: "(3 rows)", the legend of systemctl
    bool cut = false; ///< there were more rows than the limits allow
    qint64 firstLine = 0; ///< of the store: the heading (or what draws its upper border) …
    qint64 lastLine = -1; ///< … and the last row or border; what is behind is not in it, but for the footer's first lines
};

/// Empty columns when the output is no table. Takes about 1 ms for 1,000 rows of 8 cells, 100 ms for kMaxTableCells: whoever
/// may not stall calls it on a worker for more than kQuickTableLines lines.
Table parseTable(const LineStore& lines);
inline constexpr qint64 kQuickTableLines = 2000;

} // namespace ridealong::console
