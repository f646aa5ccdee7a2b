// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"

namespace ridealong::secrets {

enum class KeyringLock {
    Unlocked,
    Locked,
    Unknown, ///< no bus, no Secret Service, no default collection, or no answer
};

/// What the Secret Service says of its default collection. QtKeychain does not tell: with a locked keyring it says the same as
/// with an empty one.
base::Async<KeyringLock> keyringLock();

} // namespace ridealong::secrets
