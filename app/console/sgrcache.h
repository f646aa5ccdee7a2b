// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/stylekey.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cstring>
#include <vector>

namespace ridealong::console {

/// What short sequences of colour made of a style before: programs say the same few again and again. Direct-mapped, and there
/// only while a run goes on: many finished runs are kept.
class SgrCache
{
public:
    /// Parameters of a sequence, at most 15 bytes of digits, ';' and ':'.
    struct Sequence
    {
        quint64 low = 0;
        quint64 high = 0;
        int length = -1; ///< without the 'm'; -1 when it is something else or longer
    };
    struct Entry
    {
        quint64 low = ~quint64(0); // no sequence is this
        quint64 high = 0;
        StyleKey before;
        StyleKey key;
        Style style; ///< after it
    };

    /// What stands at `p`, behind the "ESC [". Looks at 16 bytes or, near the end, at none.
    static Sequence sequenceAt(const char* p, const char* end)
    {
        Sequence sequence;
#ifdef __SSE2__
        if (end - p < 16)
            return sequence;
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        const __m128i inside = _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(block, _mm_set1_epi8(';' + 1)));
        const int length = std::countr_one(unsigned(_mm_movemask_epi8(inside)));
        if (length >= 16 || p[length] != 'm')
            return sequence;
        std::memcpy(&sequence.low, p, 8);
        std::memcpy(&sequence.high, p + 8, 8);
        sequence.low = length < 8 ? sequence.low & ((quint64(1) << length * 8) - 1) : sequence.low;
        sequence.high = length > 8 ? sequence.high & ((quint64(1) << (length - 8) * 8) - 1) : 0;
        sequence.length = length;
#else
        Q_UNUSED(p)
        Q_UNUSED(end)
#endif
        return sequence;
    }
    Entry& entry(const Sequence& sequence, const StyleKey& before)
    {
        const quint64 mixed = (sequence.low ^ std::rotl(sequence.high, 29) ^ before.mixed()) * 0x9e3779b97f4a7c15ull;
        if (m_entries.empty())
            m_entries.resize(size_t(1) << kLog2);
        return m_entries[mixed >> (64 - kLog2)];
    }
    void release() { m_entries = {}; }
    static bool fits(const Entry& entry, const Sequence& sequence, const StyleKey& before)
    {
        return entry.low == sequence.low && entry.high == sequence.high && entry.before == before;
    }

private:
    static constexpr int kLog2 = 10;
    std::vector<Entry> m_entries;
};

} // namespace ridealong::console
