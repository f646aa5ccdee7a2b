// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/correlatedrun.h"
#include "store/storedrun.h"

#include <optional>

namespace ridealong::workspace {

// A run of the correlator as it is stored, and back.
store::StoredRun toStored(const correlator::CorrelatedRun& run);
std::optional<correlator::CorrelatedRun> runFromStored(const store::StoredRun& stored); ///< nothing: what is stored makes no sense

} // namespace ridealong::workspace
