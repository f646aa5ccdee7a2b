// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <vector>

namespace ridealong::console {

class LineStore;

/// What detection looks at: the first and the last lines of an output, without the empty ones at both ends.
struct FormatSample
{
    std::vector<QByteArray> head;
    std::vector<QByteArray> tail; ///< empty when head is all there is
    bool styled = false;

    bool isWhole() const { return tail.empty(); }
    const QByteArray& lastLine() const { return tail.empty() ? head.back() : tail.back(); }
};
FormatSample sampleOf(const LineStore& lines);

/// Column starts of an aligned table, from its heading and what stands below; empty when it is none.
std::vector<int> alignedColumns(const std::vector<QByteArray>& lines);
/// The separator that gives all lines the same number (at least 2) of fields; 0 when none does.
char csvSeparator(const std::vector<QByteArray>& lines);
std::vector<QByteArray> csvFields(const QByteArray& line, char separator);
/// "| a | b |" with "|---|---|" below.
bool isMarkdownTable(const std::vector<QByteArray>& lines);
std::vector<QByteArray> markdownFields(const QByteArray& line);

} // namespace ridealong::console
