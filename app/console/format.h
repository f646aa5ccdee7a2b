// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/table.h"

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
/// So many lines of prose before and behind ("Here you are:") do not make a JSON document or a table text.
inline constexpr int kMaxProseLines = 2;

/// Where in an output its format holds. What stands before and behind is text: a bot's words, the marks of a code fence.
struct FormatSpan
{
    Format format = Format::Text;
    qint64 firstLine = 0;
    qint64 lastLine = -1; ///< inclusive; before firstLine when there is nothing

    bool operator==(const FormatSpan&) const = default;
};

/// Looks at the first and last lines (at most kSampleLines), never at all of it. Output with colours of its own is never Json, Yaml,
/// Markdown or Code: whoever coloured it means these colours.
FormatSpan detectSpan(const LineStore& lines);
inline Format detectFormat(const LineStore& lines) { return detectSpan(lines).format; }

} // namespace ridealong::console
