// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ridealong::consoleview {

/// Makes screen readers see the console as a list with one item per run. Idempotent.
void installConsoleAccessibility();

} // namespace ridealong::consoleview
