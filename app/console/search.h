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

/// Looks through commands, committed segments and the tail, in order. Literal text by memory search over the segments; what ignores the
/// case of ASCII by vectors; the rest by PCRE2 on the UTF-8 as it lies there. A whole word ends where neither a letter,
/// a digit nor "_" goes on. A hit lies within one line; pieces of one
/// long line are searched as one within a segment.
base::Expected<Console::SearchResult> searchLines(const std::vector<SearchTarget>& targets, const Console::SearchQuery& query);

} // namespace ridealong::console
