// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <vector>

namespace ridealong::console {

/// What of two lines does not count when they are compared.
struct Disregard
{
    bool whitespace = false; ///< how much of it there is, and any at the ends
    bool numbers = false; ///< which number: counts, times, dates, addresses, hashes; and how columns are filled around them

    bool isAnything() const { return whitespace || numbers; }
    bool operator==(const Disregard&) const = default;
};

/// A piece of a line: a word, a number, a stretch of whitespace or one other character.
struct Word
{
    enum class Kind : quint8 { Text, Number, Space, Sign };
    int byte = 0;
    int length = 0;
    Kind kind = Kind::Text;
};

/// All pieces of a line, in order and without gaps; at most `limit` of them, what follows is not looked at.
std::vector<Word> wordsOf(QByteArrayView utf8, size_t limit = size_t(-1));
/// The line without what does not count. Equal lines become equal bytes, whatever else they hold.
QByteArray normalised(QByteArrayView utf8, const Disregard& disregard);

} // namespace ridealong::console
