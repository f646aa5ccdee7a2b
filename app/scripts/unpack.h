// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QString>

namespace ridealong::scripts {

/// Where the shipped scripts lie in the program.
inline constexpr auto kShippedScripts = ":/scripts";

/// Makes real, executable (0700) files in `folder` of the scripts in `from`: a process cannot be started from a resource.
/// Writes only what differs, each file whole or not at all; takes away what an earlier version shipped and this one does not.
/// Errors: Storage.
base::Status unpackScripts(const QString& from, const QString& folder);

} // namespace ridealong::scripts
