// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QString>

namespace ridealong::net {

/// Makes `path` (and what leads to it), which only this user may enter. Errors: Invalid when it is somebody else's or others
/// can write it, Storage when it cannot be made.
base::Status makePrivateFolder(const QString& path);

/// Done when `path` is a folder of this user that nobody else can write: nobody else can put a socket in it.
base::Status requireOwnFolder(const QString& path);

} // namespace ridealong::net
