// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/format.h"

#include <QByteArray>

#include <span>
#include <vector>

namespace ridealong::console {

/// A line of the store, or a long one put together from its pieces as far as the sample goes.
struct SampleLine
{
    QByteArray text; ///< valid UTF-8, without what follows the last character
    qint64 line = 0; ///< of the store
    qint64 lastPiece = 0; ///< the same, unless it is a long one
    bool isBlank = false;
};
using SampleLines = std::span<const SampleLine>;

/// What detection looks at: the first and the last lines of an output, without the empty ones at both ends.
struct FormatSample
{
    std::vector<SampleLine> head;
    std::vector<SampleLine> tail; ///< empty when head is all there is
    bool styled = false;
    bool cutInLine = false; ///< the last line of head goes on

    bool isWhole() const { return tail.empty() && !cutInLine; }
    bool isEmpty() const { return head.empty(); }
    const SampleLine& last() const { return tail.empty() ? head.back() : tail.back(); }
};
FormatSample sampleOf(const LineStore& lines);
/// One line of it, without carriage return and trailing blanks.
QByteArray textOfLine(const LineStore& lines, qint64 index, bool* styled = nullptr);

inline bool isDigit(char c) { return c >= '0' && c <= '9'; }
inline bool isLower(char c) { return c >= 'a' && c <= 'z'; }
inline bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool isLetter(char c) { return isLower(c) || isUpper(c); }
inline bool isWordChar(char c) { return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.'; }
inline qsizetype indentOf(QByteArrayView text)
{
    qsizetype indent = 0;
    while (indent < text.size() && text[indent] == ' ')
        ++indent;
    return indent;
}

} // namespace ridealong::console
