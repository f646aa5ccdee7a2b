// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"

#include <chrono>

namespace ridealong::console {

/// A search gives up after this and answers with what it found.
inline constexpr std::chrono::milliseconds kMaxSearchTime{5'000};

struct SearchTarget
{
    base::RunId run;
    std::shared_ptr<const LineStore> lines;
    QByteArray command = {}; ///< UTF-8; empty: not searched
};

/// Looks through commands, committed segments and the tail, in order.
base::Expected<Console::SearchResult> searchLines(const std::vector<SearchTarget>& targets, const Console::SearchQuery& query);

} // namespace ridealong::console
