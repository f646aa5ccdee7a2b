// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace ridealong::console {

/// What finding the shortest difference may cost: single steps of the search for all of it, and edits of one stretch. Beyond them what
/// occurs once on both sides is matched, and what lies between is taken as different.
struct MatchLimits
{
    qint64 steps = 40'000'000;
    int edits = 1'000;
};

struct SequenceMatch
{
    std::vector<int> rightOf; ///< for each of the left: its partner on the right, ascending, or −1
    bool isCoarse = false; ///< a limit was met: there may be a shorter difference
};

/// The longest common subsequence of two sequences of small numbers (ids, each below left.size() + right.size()), by Myers, "An O(ND)
/// difference algorithm", in linear space.
SequenceMatch matchSequences(std::span<const quint32> left, std::span<const quint32> right, const MatchLimits& limits = {});

} // namespace ridealong::console
