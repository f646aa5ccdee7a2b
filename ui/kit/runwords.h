// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/run.h"
#include "kit/theme.h"

#include <QString>

namespace ridealong::kit {

/// "running", "no reply" …, for people.
QString stateWord(const chat::RunReport& report);
/// The colour that goes with the word, never alone.
Token stateToken(const chat::RunReport& report);
bool isPaused(const chat::RunReport& report);
/// How long it took, or has taken at `nowMs`.
qint64 elapsedMs(const chat::RunReport& report, qint64 nowMs);

} // namespace ridealong::kit
