// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace ridealong::consoleview {

/// A character that takes part in a text without being seen.
struct Hidden
{
    int byte = 0;
    char32_t code = 0;
};

/// Those in a line: what turns the direction of text, joins or parts words, has no width, or is a space that is none.
std::vector<Hidden> hiddenIn(QByteArrayView utf8);
/// "U+202E right-to-left override": code point and Unicode's name for it, where people know it by one.
QString hiddenName(char32_t code);

} // namespace ridealong::consoleview
