// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

namespace ridealong::kit {

/// An error in plain words: what happened, what was kept, what to do. The technical detail is not in it; show that as details.
QString errorText(const base::Error& error);

} // namespace ridealong::kit
