// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "palette/score.h"

#include <QChar>

#include <array>

namespace ridealong::palette {
namespace {

enum class Class { White, NonWord, Delimiter, Lower, Upper, Letter, Digit };

Class classOf(char16_t c)
{
    if (c < 128) {
        if (c >= 'a' && c <= 'z')
            return Class::Lower;
        if (c >= 'A' && c <= 'Z')
            return Class::Upper;
        if (c >= '0' && c <= '9')
            return Class::Digit;
        if (c == ' ' || c == '\t')
            return Class::White;
        return c == '/' || c == ',' || c == ':' || c == ';' || c == '|' ? Class::Delimiter : Class::NonWord;
    }
    if (QChar::isLower(c))
        return Class::Lower;
    if (QChar::isUpper(c))
        return Class::Upper;
    if (QChar::isDigit(c))
        return Class::Digit;
    if (QChar::isLetter(c) || QChar::isSurrogate(c))
        return Class::Letter;
    return QChar::isSpace(c) ? Class::White : Class::NonWord;
}

int bonusFor(Class before, Class now)
{
    if (now > Class::Delimiter) { // a word's character
        if (before == Class::White)
            return kBonusBoundaryWhite;
        if (before == Class::Delimiter)
            return kBonusBoundaryDelimiter;
        if (before == Class::NonWord)
            return kBonusBoundary;
    }
    if ((before == Class::Lower && now == Class::Upper) || (before != Class::Digit && now == Class::Digit))
        return kBonusCamel;
    if (now == Class::NonWord || now == Class::Delimiter)
        return kBonusNonWord;
    return now == Class::White ? kBonusBoundaryWhite : 0;
}

constexpr int kNever = -10'000;

int greedy(const Subject& subject, std::span<const char16_t> pattern, std::span<const char16_t> text, std::vector<int>* positions)
{
    // The first way to match, then shortened from its end, as fzf's v1 does.
    size_t matched = 0;
    size_t end = 0;
    for (; end < text.size() && matched < pattern.size(); ++end)
        matched += text[end] == pattern[matched];
    if (matched < pattern.size())
        return -1;
    size_t begin = end;
    while (matched > 0)
        matched -= text[--begin] == pattern[matched - 1];
    int score = 0;
    int run = 0;
    int firstBonus = 0;
    bool gap = false;
    for (size_t i = begin; i < end && matched < pattern.size(); ++i) {
        if (text[i] == pattern[matched]) {
            int bonus = subject.bonus[i];
            if (run == 0)
                firstBonus = bonus;
            else
                bonus = std::max({bonus, firstBonus, kBonusConsecutive});
            score += kScoreMatch + (matched == 0 ? bonus * kBonusFirstFactor : bonus);
            ++run;
            gap = false;
            ++matched;
            if (positions)
                positions->push_back(int(i));
        } else {
            score += gap ? kScoreGapExtension : kScoreGapStart;
            gap = true;
            run = 0;
        }
    }
    return std::max(0, score);
}

} // namespace

void bonusesOf(std::span<const char16_t> text, quint8* bonus)
{
    Class before = Class::White;
    for (size_t i = 0; i < text.size(); ++i) {
        const Class now = classOf(text[i]);
        bonus[i] = quint8(bonusFor(before, now));
        before = now;
    }
}

int exactScore(const quint8* bonus, size_t at, size_t size)
{
    int score = 0;
    const int first = bonus[at];
    for (size_t i = 0; i < size; ++i)
        score += kScoreMatch + (i == 0 ? first * kBonusFirstFactor : std::max({int(bonus[at + i]), first, kBonusConsecutive}));
    return score;
}

int fuzzyScore(const Subject& subject, std::span<const char16_t> pattern, bool caseSensitive, std::vector<int>* positions)
{
    const auto text = caseSensitive ? subject.cased : subject.folded;
    const int length = int(text.size());
    const int size = int(pattern.size());
    if (size == 0)
        return 0;
    if (size > length)
        return -1;
    if (length > kMaxExactLength || size > kMaxPattern)
        return greedy(subject, pattern, text, positions);

    // Is it a subsequence at all, and where does each character come first?
    std::array<int, kMaxPattern> first;
    int at = 0;
    for (int k = 0; k < size; ++k) {
        while (at < length && text[size_t(at)] != pattern[size_t(k)])
            ++at;
        if (at == length)
            return -1;
        first[size_t(k)] = at++;
    }
    int last = length - 1;
    while (text[size_t(last)] != pattern[size_t(size - 1)])
        --last;
    if (size == 1) {
        // The first letter typed matches the most items: no matrices for it.
        int best = first[0];
        for (int i = first[0] + 1; i <= last; ++i)
            if (text[size_t(i)] == pattern[0] && subject.bonus[i] > subject.bonus[best])
                best = i;
        if (positions)
            positions->push_back(best);
        return kScoreMatch + subject.bonus[best] * kBonusFirstFactor;
    }

    // ending[i]: best score with pattern[k] matched at i; best[i]: best with pattern[0..k] matched up to i, gaps behind included.
    // run[i]: the bonus that the run of consecutive matches ending at i began with; 0 length is never read.
    struct Row
    {
        std::array<qint16, kMaxExactLength> ending;
        std::array<qint16, kMaxExactLength> best;
        std::array<quint8, kMaxExactLength> runBonus;
    };
    static thread_local std::array<Row, 2> rows;
    static thread_local std::vector<quint8> followed; // for the way back: 1 the match before was adjacent
    if (positions)
        followed.assign(size_t(size) * size_t(length), 0);
    static thread_local std::vector<qint16> allEnding;
    if (positions)
        allEnding.assign(size_t(size) * size_t(length), kNever);

    for (int k = 0; k < size; ++k) {
        Row& now = rows[size_t(k & 1)];
        const Row& before = rows[size_t(~k & 1)];
        const char16_t wanted = pattern[size_t(k)];
        int gap = kNever; // the best that ended before i
        int lastEnding = kNever; // the one that ended at i - 1
        const int begin = first[size_t(k)];
        for (int i = begin; i <= last; ++i) {
            int ending = kNever;
            quint8 runBonus = 0;
            if (text[size_t(i)] == wanted) {
                const int bonus = subject.bonus[i];
                if (k == 0) {
                    ending = kScoreMatch + bonus * kBonusFirstFactor;
                    runBonus = quint8(bonus);
                } else {
                    const int previous = i - 1;
                    if (previous >= first[size_t(k) - 1]) {
                        // After a gap (or the best so far), or right behind the match before.
                        ending = before.best[size_t(previous)] + kScoreMatch + bonus;
                        runBonus = quint8(bonus);
                        if (const int run = before.ending[size_t(previous)]; run > kNever) {
                            const int start = std::max<int>(before.runBonus[size_t(previous)], bonus >= kBonusBoundary ? bonus : 0);
                            const int consecutive = run + kScoreMatch + std::max({bonus, start, kBonusConsecutive});
                            if (consecutive >= ending) {
                                ending = consecutive;
                                runBonus = quint8(start);
                                if (positions)
                                    followed[size_t(k) * size_t(length) + size_t(i)] = 1;
                            }
                        }
                    }
                }
            }
            now.ending[size_t(i)] = qint16(std::max(ending, kNever));
            now.runBonus[size_t(i)] = runBonus;
            gap = std::max(gap + kScoreGapExtension, lastEnding + kScoreGapStart);
            lastEnding = ending;
            now.best[size_t(i)] = qint16(std::max({ending, gap, kNever}));
            if (positions)
                allEnding[size_t(k) * size_t(length) + size_t(i)] = now.ending[size_t(i)];
        }
    }

    const Row& final = rows[size_t((size - 1) & 1)];
    int score = kNever;
    int end = 0;
    for (int i = first[size_t(size) - 1]; i <= last; ++i) {
        if (final.ending[size_t(i)] > score) {
            score = final.ending[size_t(i)];
            end = i;
        }
    }
    if (positions) {
        // Back from the end: adjacent where that was better, else the place before whose score less the gap is best.
        std::vector<int> backwards;
        for (int k = size - 1, i = end; k >= 0; --k) {
            backwards.push_back(i);
            if (k == 0)
                break;
            if (followed[size_t(k) * size_t(length) + size_t(i)]) {
                --i;
                continue;
            }
            int bestAt = i - 1;
            int bestScore = kNever * 2;
            for (int j = i - 1; j >= first[size_t(k) - 1]; --j) {
                const int ending = allEnding[size_t(k - 1) * size_t(length) + size_t(j)];
                const int skipped = i - 1 - j;
                const int total = ending + (skipped ? kScoreGapStart + (skipped - 1) * kScoreGapExtension : 0);
                if (ending > kNever && total > bestScore) {
                    bestScore = total;
                    bestAt = j;
                }
            }
            i = bestAt;
        }
        positions->insert(positions->end(), backwards.rbegin(), backwards.rend());
    }
    return std::max(0, score);
}

} // namespace ridealong::palette
