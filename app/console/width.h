// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <array>

namespace ridealong::console {

/// Classes of width, as terminals and the programs written for them count.
enum class Width : quint8 { Zero, Narrow, Wide, Complex }; ///< Complex: one column, but to be shaped with its neighbours

Width widthOf(char32_t code);

/// Columns of a character that follows `previous`: what is joined by U+200D adds none.
inline int columnsOf(char32_t code, char32_t previous)
{
    if (code < 0x80)
        return 1;
    const Width width = widthOf(code);
    return width == Width::Zero || previous == 0x200d ? 0 : width == Width::Wide ? 2 : 1;
}

/// Columns of a whole line from its beginning, tabs included. The text is valid UTF-8.
int columnsOf(QByteArrayView utf8);

/// Decodes one character of valid UTF-8 and moves on.
inline char32_t decodeValid(const char*& p)
{
    const auto at = [p](int i) { return char32_t(quint8(p[i])); };
    const char32_t first = at(0);
    if (first < 0x80) {
        p += 1;
        return first;
    }
    if (first < 0xe0) {
        const char32_t code = (first & 0x1f) << 6 | (at(1) & 0x3f);
        p += 2;
        return code;
    }
    if (first < 0xf0) {
        const char32_t code = (first & 0xf) << 12 | (at(1) & 0x3f) << 6 | (at(2) & 0x3f);
        p += 3;
        return code;
    }
    const char32_t code = (first & 7) << 18 | (at(1) & 0x3f) << 12 | (at(2) & 0x3f) << 6 | (at(3) & 0x3f);
    p += 4;
    return code;
}

/// Length of the well-formed character at `p`: 1 to 4; 0 when it is cut off by `end` but good so far; -n when the n bytes
/// there are no character (the "maximal subpart" that one U+FFFD stands for).
int validate(const char* p, const char* end);

/// Writes `code` as UTF-8, returns its length (1 to 4).
int encode(char32_t code, char* out);

} // namespace ridealong::console
