// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "run/parsedcommand.h"
#include "run/ptyprocess.h"

namespace ridealong::run {

/// How a command of a script becomes a process. Errors: NotFound when an interpreter is missing, Unsupported when the file can
/// be run in no way, Storage when there is no folder for its state.
base::Expected<SpawnRequest> launchRequest(
    const ParsedCommand& command, const chat::RunReport& report, const QString& workingFolder, const QString& stateFolder);

/// Tells one content of a script from another: by its bytes, or where it is large by all that changes when it is written to.
/// Empty when it cannot be read.
QByteArray fingerprint(const scripts::Script& script);
inline constexpr qint64 kMaxHashedBytes = 1 << 20; ///< a few milliseconds

/// Why a process ended, in words and as a state: "killed by signal 11 (segmentation fault)".
void describeEnd(const PtyEnd& end, const ParsedCommand& command, chat::RunReport& report);

} // namespace ridealong::run
