// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::base {

/// The text with U+FFFD for what no store and no wire keeps: halves of a surrogate pair, and U+FFFE and U+FFFF, which SQLite
/// reads back as U+FFFD. Almost every text is given back as it is, without a copy.
QString wellFormed(const QString& text);

} // namespace ridealong::base
