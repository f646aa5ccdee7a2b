// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"

namespace ridealong::console {

/// Whether two commands ask for the same: whitespace between their words does not matter.
bool isSameCommand(const QString& left, const QString& right);
/// What to compare a run with: the last one of the same command that began before it, of its own conversation and bot where there is one,
/// else of any. Null when there is none.
base::RunId runBefore(const Console& console, const base::RunId& run);

} // namespace ridealong::console
