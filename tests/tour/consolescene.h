// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ridealong::consoleview {
class ConsolePanel;
}

namespace ridealong::tour {

class Stage;

/// Finds words in what runs have printed, and shows the run that has them in a window of its own.
void findInOutput(Stage& stage, consoleview::ConsolePanel& console);

} // namespace ridealong::tour
