// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/lines.h"

namespace ridealong::console {

/// Only so much of a line is looked at.
inline constexpr int kLevelBytes = 64;

/// The level a log line names near its beginning: "ERROR", "warn:", "level=info", "\"level\":\"debug\"", "[Warning]", "E0102 15:04:05".
/// Lower-case words count only where they cannot be prose: before ':' or ']', after '=' or '"'.
Level detectLevel(QByteArrayView line);

} // namespace ridealong::console
