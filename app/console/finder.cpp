// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/finder.h"

#include "console/level.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cctype>
#include <cstring>

namespace ridealong::console {
namespace {

class LiteralFinder final : public Finder
{
public:
    explicit LiteralFinder(QByteArray pattern) : m_pattern(std::move(pattern)) {}
    Found next(QByteArrayView text, qsizetype from) override
    {
        const void* at = memmem(text.data() + from, size_t(text.size() - from), m_pattern.data(), size_t(m_pattern.size()));
        if (!at)
            return {};
        const qsizetype begin = static_cast<const char*>(at) - text.data();
        return {begin, begin + m_pattern.size()};
    }

private:
    QByteArray m_pattern;
};

/// ASCII without regard to case: looks for the first and the last letter in both cases at once, then compares.
class IgnoreCaseFinder final : public Finder
{
public:
    explicit IgnoreCaseFinder(const QByteArray& pattern) : m_pattern(pattern.toLower()) {}
    Found next(QByteArrayView text, qsizetype from) override
    {
        const qsizetype size = m_pattern.size();
        const qsizetype last = text.size() - size;
        qsizetype at = from;
#ifdef __SSE2__
        const char first = m_pattern.front();
        const char final = m_pattern.back();
        const __m128i firstLower = _mm_set1_epi8(first);
        const __m128i firstUpper = _mm_set1_epi8(upper(first));
        const __m128i finalLower = _mm_set1_epi8(final);
        const __m128i finalUpper = _mm_set1_epi8(upper(final));
        for (; at + 16 <= last + 1; at += 16) {
            const __m128i head = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
            const __m128i tail = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at + size - 1));
            const __m128i both = _mm_and_si128(_mm_or_si128(_mm_cmpeq_epi8(head, firstLower), _mm_cmpeq_epi8(head, firstUpper)),
                _mm_or_si128(_mm_cmpeq_epi8(tail, finalLower), _mm_cmpeq_epi8(tail, finalUpper)));
            for (auto mask = unsigned(_mm_movemask_epi8(both)); mask; mask &= mask - 1)
                if (const qsizetype begin = at + std::countr_zero(mask); matches(text.data() + begin))
                    return {begin, begin + size};
        }
#endif
        for (; at <= last; ++at)
            if (matches(text.data() + at))
                return {at, at + size};
        return {};
    }

private:
    static char upper(char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; }
    bool matches(const char* text) const
    {
        for (qsizetype i = 0; i < m_pattern.size(); ++i) {
            const char c = text[i];
            if ((c >= 'A' && c <= 'Z' ? char(c + 32) : c) != m_pattern[i])
                return false;
        }
        return true;
    }

    QByteArray m_pattern;
};

class RegexFinder final : public Finder
{
public:
    static base::Expected<std::unique_ptr<Finder>> make(const QByteArray& pattern, bool literal, bool ignoreCase, bool wholeWord)
    {
        int error = 0;
        PCRE2_SIZE offset = 0;
        const uint32_t options = PCRE2_UTF | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | (ignoreCase ? PCRE2_CASELESS : 0u);
        const QByteArray source = literal ? QByteArray("\\Q" + QByteArray(pattern).replace("\\E", "\\E\\\\E\\Q") + "\\E") : pattern;
        pcre2_compile_context* context = pcre2_compile_context_create(nullptr);
        if (wholeWord)
            pcre2_set_compile_extra_options(context, PCRE2_EXTRA_MATCH_WORD);
        pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(source.data()), size_t(source.size()), options, &error, &offset, context);
        pcre2_compile_context_free(context);
        if (!code) {
            char message[256] = {};
            pcre2_get_error_message(error, reinterpret_cast<PCRE2_UCHAR*>(message), sizeof message);
            return base::Error{base::ErrorKind::Invalid, QString::fromLatin1(message) + QStringLiteral(" at ") + QString::number(offset), 0};
        }
        return std::unique_ptr<Finder>(new RegexFinder(code));
    }
    ~RegexFinder() override
    {
        pcre2_match_data_free(m_match);
        pcre2_match_context_free(m_context);
        pcre2_code_free(m_code);
    }
    RegexFinder(const RegexFinder&) = delete;
    RegexFinder& operator=(const RegexFinder&) = delete;

    Found next(QByteArrayView text, qsizetype from) override
    {
        while (from < text.size()) {
            const int result = match(text, from);
            if (result == PCRE2_ERROR_NOMATCH)
                return {};
            if (result < 0) {
                // Too hard (match limit) from here: go on with the next line.
                from = lineEnd(text, from) + 1;
                continue;
            }
            const PCRE2_SIZE* vector = pcre2_get_ovector_pointer(m_match);
            Found found{qsizetype(vector[0]), qsizetype(vector[1])};
            const qsizetype end = lineEnd(text, found.begin);
            if (found.end > end) {
                // It ran over the line end ("\\s", "[^x]"): a hit lies within a line.
                if (match(text.first(end), found.begin) < 0) {
                    from = end + 1;
                    continue;
                }
                vector = pcre2_get_ovector_pointer(m_match);
                found = {qsizetype(vector[0]), qsizetype(vector[1])};
            }
            if (found.end > found.begin)
                return found;
            from = found.end + 1; // an empty match is nothing to show
            while (from < text.size() && (quint8(text[from]) & 0xc0) == 0x80)
                ++from;
        }
        return {};
    }

private:
    explicit RegexFinder(pcre2_code* code)
        : m_code(code),
          m_match(pcre2_match_data_create(1, nullptr)),
          m_context(pcre2_match_context_create(nullptr))
    {
        pcre2_jit_compile(m_code, PCRE2_JIT_COMPLETE);
        pcre2_set_match_limit(m_context, 1'000'000);
        pcre2_set_depth_limit(m_context, 1'000);
    }
    int match(QByteArrayView text, qsizetype from)
    {
        return pcre2_match(
            m_code, reinterpret_cast<PCRE2_SPTR>(text.data()), size_t(text.size()), size_t(from), PCRE2_NO_UTF_CHECK, m_match, m_context);
    }
    static qsizetype lineEnd(QByteArrayView text, qsizetype from)
    {
        const void* at = std::memchr(text.data() + from, '\n', size_t(text.size() - from));
        return at ? static_cast<const char*>(at) - text.data() : text.size();
    }

    pcre2_code* m_code;
    pcre2_match_data* m_match;
    pcre2_match_context* m_context;
};

/// Only those hits of another finder at whose ends no word goes on.
class WordFinder final : public Finder
{
public:
    explicit WordFinder(std::unique_ptr<Finder> finder) : m_finder(std::move(finder)) {}
    Found next(QByteArrayView text, qsizetype from) override
    {
        for (Found found = m_finder->next(text, from); found.begin >= 0; found = m_finder->next(text, behind(text, found.begin)))
            if (!(isWord(text, before(text, found.begin)) && isWord(text, found.begin))
                && !(isWord(text, before(text, found.end)) && isWord(text, found.end)))
                return found;
        return {};
    }

private:
    /// Where the character after that at `at` begins: no search may begin within one.
    static qsizetype behind(QByteArrayView text, qsizetype at)
    {
        do
            ++at;
        while (at < text.size() && (quint8(text[at]) & 0xc0) == 0x80);
        return at;
    }
    static qsizetype before(QByteArrayView text, qsizetype at)
    {
        do
            --at;
        while (at > 0 && (quint8(text[at]) & 0xc0) == 0x80);
        return at;
    }
    /// Whether the character that begins at this byte belongs to a word.
    static bool isWord(QByteArrayView text, qsizetype at)
    {
        if (at < 0 || at >= text.size())
            return false;
        const auto lead = quint8(text[at]);
        if (lead < 0x80)
            return std::isalnum(lead) || lead == '_';
        const QString character = QString::fromUtf8(text.sliced(at, std::min<qsizetype>(lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2, text.size() - at)));
        const auto code = character.toUcs4().value(0);
        return QChar::isLetterOrNumber(code) || QChar::isMark(code);
    }

    std::unique_ptr<Finder> m_finder;
};

/// What a hit across the end of a segment may hold on each side.
constexpr qsizetype kJointBytes = 4096;

/// Where one long line goes on from `left` to `right`: the part of it around the cut, within the line. `size` of it is `left`'s.
struct Joint
{
    QByteArray text;
    qsizetype size = 0;
};
Joint jointOf(QByteArrayView left, QByteArrayView right)
{
    left = left.last(std::min(left.size(), kJointBytes));
    right = right.first(std::min(right.size(), kJointBytes));
    if (const auto end = left.lastIndexOf('\n'); end >= 0)
        left = left.sliced(end + 1);
    if (const auto end = right.indexOf('\n'); end >= 0)
        right = right.first(end);
    // Not within a character.
    while (!left.isEmpty() && (quint8(left.front()) & 0xc0) == 0x80)
        left = left.sliced(1);
    while (!right.isEmpty() && quint8(right.back()) >= 0x80)
        right = right.chopped(1);
    return {left.toByteArray() + right.toByteArray(), left.size()};
}

} // namespace

base::Expected<std::unique_ptr<Finder>> finderOf(const Console::SearchQuery& query)
{
    const QByteArray pattern = query.pattern.toUtf8();
    const bool isAscii = std::all_of(pattern.begin(), pattern.end(), [](char c) { return quint8(c) < 0x80; });
    if (query.regex)
        return RegexFinder::make(pattern, false, query.ignoreCase, query.wholeWord);
    std::unique_ptr<Finder> finder;
    if (query.ignoreCase && !isAscii) {
        auto made = RegexFinder::make(pattern, true, true, false);
        if (!made)
            return made.error();
        finder = std::move(*made);
    } else if (query.ignoreCase) {
        finder = std::make_unique<IgnoreCaseFinder>(pattern);
    } else {
        finder = std::make_unique<LiteralFinder>(pattern);
    }
    if (query.wholeWord)
        finder = std::make_unique<WordFinder>(std::move(finder));
    return finder;
}

bool scan(Finder& finder, const LineStore& store, qint64 from, Deadline deadline,
    const std::function<qsizetype(const LineStore::SegmentText&, const Found&)>& found)
{
    for (int i = 0; i < store.segmentCount(); ++i) {
        const auto segment = store.segment(i);
        if (segment.lastLine <= from)
            continue;
        qsizetype searched = store.offsetOf(segment, from);
        for (qsizetype next = searched; next < segment.text.size();) {
            const Found one = finder.next(segment.text, next);
            if (one.begin < 0)
                break;
            searched = one.end;
            next = std::max(one.end, found(segment, one));
        }
        if (i + 1 < store.segmentCount() && !segment.text.isEmpty() && segment.text.back() != '\n') {
            const Joint joint = jointOf(segment.text, store.segment(i + 1).text);
            const qsizetype begin = segment.text.size() - joint.size;
            for (Found one = finder.next(joint.text, 0); one.begin >= 0;
                 one = one.end < joint.text.size() ? finder.next(joint.text, one.end) : Found())
                if (one.begin < joint.size && one.end > joint.size && begin + one.begin >= searched)
                    found(segment, {begin + one.begin, begin + one.end});
        }
        if (std::chrono::steady_clock::now() > deadline)
            return false;
    }
    return true;
}

Level Levels::at(qint64 line)
{
    for (; m_next <= line; ++m_next) {
        const bool isCommitted = m_next < m_store.committedCount();
        const Level own = isCommitted ? m_store.level(m_next) : detectLevel(m_store.tailLine(m_next).text);
        if (own != Level::None)
            m_level = own;
    }
    return m_level;
}

} // namespace ridealong::console
