// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QStringList>

namespace ridealong::console {

class LineStore;

/// What a run's output is; shown accordingly, raw one key away.
enum class Format {
    Text,
    Json, ///< one value, or a value a line
    Yaml,
    Table,
    Diff,
    Log,
    StackTrace,
    Markdown,
    Code,
    Image, ///< nothing but pictures that stand in the output itself
};

inline constexpr int kSampleLines = 200; ///< from the beginning, and as many from the end
inline constexpr qint64 kSampleBytes = 64 * 1024; ///< of each
inline constexpr int kMaxTableRows = 100'000;
inline constexpr int kMaxTableColumns = 256;

/// Looks at the first and last lines (at most kSampleLines), never at all of it. Output with colours of its own stays Text
/// unless it is a table or a diff.
Format detectFormat(const LineStore& lines);

/// An aligned, CSV or Markdown table taken apart.
struct Table
{
    QStringList columns;
    QList<QStringList> rows;
    QList<bool> numeric; ///< by column: every cell is a number, perhaps with a unit
};
/// Empty columns when the output is no table. At most kMaxTableRows rows.
Table parseTable(const LineStore& lines);

} // namespace ridealong::console
