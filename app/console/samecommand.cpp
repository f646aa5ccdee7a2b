// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/samecommand.h"

namespace ridealong::console {

bool isSameCommand(const QString& left, const QString& right) { return left == right || left.simplified() == right.simplified(); }

base::RunId runBefore(const Console& console, const base::RunId& run)
{
    const Run* at = console.find(run);
    if (!at)
        return {};
    base::RunId elsewhere;
    const auto& runs = console.runs();
    bool isBefore = false;
    for (auto other = runs.rbegin(); other != runs.rend(); ++other) {
        if (*other == run) {
            isBefore = true;
            continue;
        }
        const Run* candidate = isBefore ? console.find(*other) : nullptr;
        if (!candidate || !isSameCommand(candidate->report.command, at->report.command))
            continue;
        if (candidate->report.conversation == at->report.conversation && candidate->report.bot == at->report.bot)
            return *other;
        if (elsewhere.isEmpty())
            elsewhere = *other;
    }
    return elsewhere;
}

} // namespace ridealong::console
