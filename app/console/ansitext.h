// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

namespace ridealong::console {

/// Appends a line with the escape sequences that make its styles and links again, and that leave none behind.
void appendAnsi(QByteArray& to, const LineStore& store, const Line& line);
/// A text from elsewhere in which nothing can move a cursor, turn its direction or begin a line: controls become spaces.
QByteArray withoutControls(const QString& text);

} // namespace ridealong::console
