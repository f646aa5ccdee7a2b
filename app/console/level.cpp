// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/level.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cstring>

namespace ridealong::console {
namespace {

bool isLetter(char c) { return unsigned((c | 0x20) - 'a') < 26; }

/// Bit n: byte n is a letter.
quint64 letters(const char* text, int size)
{
    quint64 mask = 0;
    int i = 0;
#ifdef __SSE2__
    const __m128i caseBit = _mm_set1_epi8(0x20);
    for (; i + 16 <= size; i += 16) {
        const __m128i block = _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i)), caseBit);
        const __m128i in = _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(block, _mm_set1_epi8('z' + 1)));
        mask |= quint64(unsigned(_mm_movemask_epi8(in))) << i;
    }
#endif
    for (; i < size; ++i)
        mask |= quint64(isLetter(text[i])) << i;
    return mask;
}

Level levelOfWord(const char* word, int size)
{
    char lower[9] = {};
    if (size > 8)
        return Level::None;
    for (int i = 0; i < size; ++i)
        lower[i] = char(word[i] | 0x20);
    const auto is = [&lower](const char* name) { return std::strcmp(lower, name) == 0; };
    switch (lower[0]) {
    case 'e': return is("error") || is("err") || is("emerg") ? Level::Error : Level::None;
    case 'w': return is("warn") || is("warning") ? Level::Warning : Level::None;
    case 'i': return is("info") ? Level::Info : Level::None;
    case 'n': return is("notice") ? Level::Info : Level::None;
    case 'd': return is("debug") ? Level::Debug : Level::None;
    case 't': return is("trace") ? Level::Trace : Level::None;
    case 'v': return is("verbose") ? Level::Trace : Level::None;
    case 'f': return is("fatal") || is("failed") || is("fail") ? Level::Error : Level::None;
    case 'c': return is("critical") || is("crit") ? Level::Error : Level::None;
    case 'a': return is("alert") ? Level::Error : Level::None;
    case 'p': return is("panic") ? Level::Error : Level::None;
    default: return Level::None;
    }
}

bool couldBegin(char c)
{
    // a c d e f i n p t v w
    constexpr quint32 kFirst = 1u << 0 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5 | 1u << 8 | 1u << 13 | 1u << 15 | 1u << 19 | 1u << 21 | 1u << 22;
    return kFirst >> ((c | 0x20) - 'a') & 1;
}

/// glog and klog: "E0102 15:04:05.123456".
Level glogLevel(QByteArrayView line)
{
    if (line.size() < 6 || line[5] != ' ')
        return Level::None;
    for (int i = 1; i < 5; ++i)
        if (line[i] < '0' || line[i] > '9')
            return Level::None;
    switch (line[0]) {
    case 'E':
    case 'F': return Level::Error;
    case 'W': return Level::Warning;
    case 'I': return Level::Info;
    case 'D': return Level::Debug;
    default: return Level::None;
    }
}

} // namespace

Level detectLevel(QByteArrayView line)
{
    const int size = int(std::min<qsizetype>(line.size(), kLevelBytes));
    if (size < 3)
        return Level::None;
    const char* text = line.data();
    if (const Level level = glogLevel(line); level != Level::None)
        return level;
    const quint64 mask = letters(text, size);
    quint64 starts = mask & ~(mask << 1);
    for (; starts; starts &= starts - 1) {
        const int begin = std::countr_zero(starts);
        if (!couldBegin(text[begin]))
            continue;
        const int length = std::countr_one(mask >> begin);
        if (length < 3 || length > 8)
            continue;
        const int end = begin + length;
        if (end == kLevelBytes && line.size() > end && isLetter(line[end]))
            continue;
        const Level level = levelOfWord(text + begin, length);
        if (level == Level::None)
            continue;
        const char before = begin > 0 ? text[begin - 1] : ' ';
        const char after = end < line.size() ? line[end] : ' ';
        // "error_count", "no-error", "foo.error": part of a name.
        if (before == '_' || before == '-' || before == '.' || before == '/' || before == '$' || after == '_' || after == '-' || after == '/'
            || after == '(')
            continue;
        const bool upper = !(text[begin] & 0x20) && !(text[begin + 1] & 0x20);
        if (upper)
            return level;
        if (after == ':' || after == ']' || before == '='
            || (before == '"' && after == '"' && begin >= 2 && text[begin - 2] != ' ' && text[begin - 2] != '{')
            || (before == '"' && after == '"' && begin >= 3 && text[begin - 2] == ' ' && text[begin - 3] == ':'))
            return level;
    }
    return Level::None;
}

} // namespace ridealong::console
