// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// fuzzyScore() for texts of up to 64 one-byte characters. Where a character stands is one bit mask, so the subsequence test is a
// few shifts, and the matrices are walked only at places that match: three or four of forty.
#include "palette/score.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <bit>

namespace ridealong::palette {
namespace {

constexpr int kNever = -10'000;

quint64 placesOf(const quint8* text, int length, quint8 wanted)
{
    quint64 places = 0;
#ifdef __SSE2__
    const __m128i pattern = _mm_set1_epi8(char(wanted));
    for (int at = 0; at < length; at += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
        places |= quint64(unsigned(_mm_movemask_epi8(_mm_cmpeq_epi8(block, pattern)))) << at;
    }
#else
    for (int at = 0; at < length; ++at)
        places |= quint64(text[at] == wanted) << at;
#endif
    return length < 64 ? places & ((quint64(1) << length) - 1) : places;
}

/// Bits above `at`.
quint64 above(int at) { return at >= 63 ? 0 : ~quint64(0) << (at + 1); }

/// Where one character of the pattern can be matched, and the best scores that end there.
struct Row
{
    int count = 0;
    std::array<qint8, kMaxShortLength> place;
    std::array<quint8, kMaxShortLength> runBonus;
    std::array<qint16, kMaxShortLength> ending;
};

void fillFirst(quint64 places, const quint8* bonus, Row& row)
{
    for (; places; places &= places - 1) {
        const int at = std::countr_zero(places);
        const auto n = size_t(row.count++);
        row.place[n] = qint8(at);
        row.runBonus[n] = bonus[at];
        row.ending[n] = qint16(kScoreMatch + bonus[at] * kBonusFirstFactor);
    }
}

void fillNext(quint64 places, const quint8* bonus, const Row& before, Row& row)
{
    size_t next = 0;
    int far = kNever; // best of those with a gap between, as score + place
    for (; places; places &= places - 1) {
        const int at = std::countr_zero(places);
        for (; next < size_t(before.count) && before.place[next] < at - 1; ++next)
            far = std::max(far, before.ending[next] + before.place[next]);
        // j and at with a gap of at - j - 1: the first costs kScoreGapStart, each more kScoreGapExtension (which is -1).
        int best = far - at + 1 - kScoreGapExtension + kScoreGapStart;
        int runBonus = bonus[at];
        const bool adjacent = next < size_t(before.count) && before.place[next] == at - 1;
        int ending = std::max(best, adjacent ? int(before.ending[next]) : kNever) + kScoreMatch + bonus[at];
        if (adjacent) {
            const int start = std::max<int>(before.runBonus[next], bonus[at] >= kBonusBoundary ? bonus[at] : 0);
            const int consecutive = before.ending[next] + kScoreMatch + std::max({int(bonus[at]), start, kBonusConsecutive});
            if (consecutive >= ending) {
                ending = consecutive;
                runBonus = start;
            }
        }
        const auto n = size_t(row.count++);
        row.place[n] = qint8(at);
        row.runBonus[n] = quint8(runBonus);
        row.ending[n] = qint16(ending);
    }
}

} // namespace

int shortScore(const quint8* text, int length, const quint8* bonus, std::string_view pattern, int atLeast)
{
    const auto size = pattern.size();
    if (size == 0)
        return 0;
    if (size > size_t(length))
        return -1;
    std::array<quint64, kMaxShortLength> places;
    quint64 allowed = ~quint64(0);
    for (size_t k = 0; k < size; ++k) {
        places[k] = placesOf(text, length, quint8(pattern[k])) & allowed;
        if (!places[k])
            return -1;
        allowed = above(std::countr_zero(places[k]));
    }
    // Nor behind the last place of the character that follows. Those that never stand side by side cost a gap for sure.
    int bound = bestScore(size);
    for (size_t k = size - 1; k > 0; --k) {
        places[k - 1] &= (quint64(1) << (63 - std::countl_zero(places[k]))) - 1;
        if (!(places[k - 1] << 1 & places[k])) {
            const int gap = std::countr_zero(places[k]) - (64 - std::countl_zero(places[k - 1]));
            bound += kScoreGapStart + std::max(0, gap - 1) * kScoreGapExtension;
        }
    }
    if (bound < atLeast)
        return std::max(0, bound);
    if (size == 1) {
        // The first letter typed matches the most texts.
        int best = 0;
        for (quint64 rest = places[0]; rest; rest &= rest - 1)
            best = std::max<int>(best, bonus[std::countr_zero(rest)]);
        return kScoreMatch + best * kBonusFirstFactor;
    }
    Row rows[2];
    fillFirst(places[0], bonus, rows[0]);
    for (size_t k = 1; k < size; ++k) {
        Row& row = rows[k & 1];
        row.count = 0;
        fillNext(places[k], bonus, rows[~k & 1], row);
    }
    const Row& last = rows[(size - 1) & 1];
    return std::max<int>(0, *std::max_element(last.ending.begin(), last.ending.begin() + last.count));
}

} // namespace ridealong::palette
