// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::consoleview {
class ConsolePanel;
}

namespace ridealong::tour {

class Stage;

/// Finds words in what runs have printed, and shows the run that has them in a window of its own.
void findInOutput(Stage& stage, consoleview::ConsolePanel& console);

/// The command "count", of one's own, in the folder of the user's scripts while the program runs.
bool writeCountingScript(const QString& folder);

/// Through the newest run, from its end, in larger text than the rest; then folds it.
void turnPages(Stage& stage);

} // namespace ridealong::tour
