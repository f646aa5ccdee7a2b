// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

namespace ridealong::console {

/// The parameters of the sequence that makes a style, whatever was in force before: "0;1;31".
QByteArray sgrOf(const Style& style);
/// Appends a line with the escape sequences that make its styles and links again, and that leave none behind.
void appendAnsi(QByteArray& to, const LineStore& store, const Line& line);
/// A text from elsewhere in which nothing can move a cursor, turn its direction or begin a line: controls become spaces.
QByteArray withoutControls(const QString& text);

} // namespace ridealong::console
