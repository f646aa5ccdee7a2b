// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <span>
#include <string_view>
#include <vector>

namespace ridealong::palette {

// fzf's constants (algo.go), known to rank well.
inline constexpr int kScoreMatch = 16;
inline constexpr int kScoreGapStart = -3;
inline constexpr int kScoreGapExtension = -1;
inline constexpr int kBonusBoundary = 8;
inline constexpr int kBonusBoundaryWhite = 10;
inline constexpr int kBonusBoundaryDelimiter = 9;
inline constexpr int kBonusNonWord = 8;
inline constexpr int kBonusCamel = 7;
inline constexpr int kBonusConsecutive = 4;
inline constexpr int kBonusFirstFactor = 2;
/// Texts longer than this are matched greedily.
inline constexpr int kMaxExactLength = 512;
inline constexpr int kMaxPattern = 64;

/// Bonus of each character by what stands before it.
void bonusesOf(std::span<const char16_t> text, quint8* bonus);

/// A text ready to be matched: folded to lower case, with bonuses. `cased` is the text as it is.
struct Subject
{
    std::span<const char16_t> folded;
    std::span<const char16_t> cased;
    const quint8* bonus = nullptr;
};

/// Score of the best alignment of `pattern` as a subsequence, or -1. Two matrices (one ends in a match, one in a gap) find the
/// best, where fzf's one keeps the first good. Fills `positions` (ascending) when given.
int fuzzyScore(const Subject& subject, std::span<const char16_t> pattern, bool caseSensitive, std::vector<int>* positions = nullptr);
/// The same for a short text of one-byte characters, many times faster: `text` has at most kMaxShortLength characters, and what
/// lies behind it may be read up to the next multiple of 16. A score below `atLeast` may be told too high, but not as high as
/// that: who looks for the best does not need it exactly.
inline constexpr int kMaxShortLength = 64;
int shortScore(const quint8* text, int length, const quint8* bonus, std::string_view pattern, int atLeast = 0);
/// No pattern of that many characters scores more.
constexpr int bestScore(size_t size) { return int(size) * (kScoreMatch + kBonusBoundaryWhite) + (kBonusFirstFactor - 1) * kBonusBoundaryWhite; }
/// Score of `pattern` as it stands at `at`.
int exactScore(const quint8* bonus, size_t at, size_t size);

} // namespace ridealong::palette
