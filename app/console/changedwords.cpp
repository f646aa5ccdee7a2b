// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Which words differ: of two lines, and of two commands.
#include "console/linepairs.h"

#include <QHash>

#include <algorithm>

namespace ridealong::console {
namespace {

constexpr MatchLimits kWordLimits{.steps = 100'000, .edits = 200};

/// Words that count, with a number for each: equal words have equal ones.
struct NumberedWords
{
    std::vector<Word> words;
    std::vector<quint32> ids;
    bool isCut = false; ///< there are more
};

NumberedWords numbered(QByteArrayView line, const Disregard& disregard, QHash<QByteArrayView, quint32>& ids)
{
    NumberedWords result;
    const auto words = wordsOf(line, kMaxMarkedWords + 1);
    result.isCut = words.size() > kMaxMarkedWords;
    const auto isNumber = [&](size_t i) { return i < words.size() && words[i].kind == Word::Kind::Number; };
    for (size_t i = 0; i < words.size(); ++i) {
        const Word& word = words[i];
        // Columns are filled around numbers.
        const bool isLoose = disregard.whitespace || (disregard.numbers && (isNumber(i + 1) || (i > 0 && isNumber(i - 1))));
        if (word.kind == Word::Kind::Space && isLoose)
            continue;
        QByteArrayView text = line.sliced(word.byte, word.length);
        if (disregard.numbers && word.kind == Word::Kind::Number)
            text = "\x01";
        auto& id = ids[text];
        if (id == 0)
            id = quint32(ids.size());
        result.words.push_back(word);
        result.ids.push_back(id - 1);
    }
    return result;
}

/// Words next to each other, or parted by one space, are marked as one, without the whitespace around them.
std::vector<Comparison::Mark> joined(QByteArrayView line, const std::vector<Word>& words, const std::vector<bool>& isKept)
{
    std::vector<Comparison::Mark> marks;
    for (size_t i = 0; i < words.size(); ++i) {
        if (isKept[i])
            continue;
        const int begin = words[i].byte;
        const int end = begin + words[i].length;
        const int last = marks.empty() ? -1 : marks.back().byte + marks.back().length;
        if (last >= 0 && (begin == last || (begin == last + 1 && line[last] == ' ')))
            marks.back().length = quint16(end - marks.back().byte);
        else
            marks.push_back({quint16(begin), quint16(end - begin)});
    }
    for (auto& mark : marks) {
        const auto text = line.sliced(mark.byte, mark.length);
        const auto word = text.trimmed();
        if (!word.isEmpty())
            mark = {quint16(mark.byte + (word.data() - text.data())), quint16(word.size())};
    }
    return marks;
}

bool isInsideCharacter(QByteArrayView text, qsizetype at) { return at < text.size() && (quint8(text[at]) & 0xc0) == 0x80; }

/// One mark from the first byte that differs to the last.
LineMarks roughly(QByteArrayView left, QByteArrayView right)
{
    qsizetype begin = 0;
    const qsizetype shorter = std::min(left.size(), right.size());
    while (begin < shorter && left[begin] == right[begin])
        ++begin;
    while (begin > 0 && (isInsideCharacter(left, begin) || isInsideCharacter(right, begin)))
        --begin;
    qsizetype end = 0; // from the back
    while (end < shorter - begin && left[left.size() - 1 - end] == right[right.size() - 1 - end])
        ++end;
    while (end > 0 && (isInsideCharacter(left, left.size() - end) || isInsideCharacter(right, right.size() - end)))
        --end;
    const auto mark = [&](QByteArrayView text, std::vector<Comparison::Mark>& to) {
        if (text.size() - end > begin)
            to.push_back({quint16(begin), quint16(text.size() - end - begin)});
    };
    LineMarks marks;
    mark(left, marks.left);
    mark(right, marks.right);
    marks.steps = left.size() + right.size();
    return marks;
}

} // namespace

LineMarks changedWords(QByteArrayView left, QByteArrayView right, const Disregard& disregard)
{
    QHash<QByteArrayView, quint32> ids;
    const auto lefts = numbered(left, disregard, ids);
    const auto rights = numbered(right, disregard, ids);
    if (lefts.isCut || rights.isCut)
        return roughly(left, right);
    const auto match = matchSequences(lefts.ids, rights.ids, kWordLimits);
    std::vector<bool> leftKept(lefts.words.size());
    std::vector<bool> rightKept(rights.words.size());
    for (size_t i = 0; i < leftKept.size(); ++i) {
        const int partner = match.rightOf[i];
        leftKept[i] = partner >= 0;
        if (partner >= 0)
            rightKept[size_t(partner)] = true;
    }
    LineMarks marks;
    marks.left = joined(left, lefts.words, leftKept);
    marks.right = joined(right, rights.words, rightKept);
    const qint64 edits = std::count(leftKept.begin(), leftKept.end(), false) + std::count(rightKept.begin(), rightKept.end(), false);
    marks.steps = qint64(leftKept.size() + rightKept.size()) * (1 + edits / 4);
    return marks;
}

namespace {

struct Span
{
    int begin = 0;
    int end = 0;
};

std::vector<Span> commandWords(const QString& text)
{
    std::vector<Span> words;
    int at = 0;
    const int size = int(text.size());
    while (at < size) {
        while (at < size && text[at].isSpace())
            ++at;
        const int begin = at;
        const bool isLast = words.size() + 1 == kMaxComparedWords;
        while (at < size && (isLast || !text[at].isSpace()))
            ++at;
        if (at > begin)
            words.push_back({begin, at});
    }
    return words;
}

} // namespace

QList<WordChange> compareCommands(const QString& before, const QString& after)
{
    const auto befores = commandWords(before);
    const auto afters = commandWords(after);
    QHash<QStringView, quint32> ids;
    const auto idsOf = [&ids](const QString& text, const std::vector<Span>& words) {
        std::vector<quint32> result;
        for (const Span& word : words) {
            auto& id = ids[QStringView(text).sliced(word.begin, word.end - word.begin)];
            if (id == 0)
                id = quint32(ids.size());
            result.push_back(id - 1);
        }
        return result;
    };
    const auto left = idsOf(before, befores);
    const auto match = matchSequences(left, idsOf(after, afters));

    QList<WordChange> changes;
    size_t i = 0;
    size_t j = 0;
    // Where a stretch [from, to) of words stands; of an empty one, where its words would be.
    const auto spanOf = [](const std::vector<Span>& words, size_t from, size_t to, const QString& text) {
        if (from < to)
            return Span{words[from].begin, words[to - 1].end};
        const int at = from < words.size() ? words[from].begin : int(text.size());
        return Span{at, at};
    };
    const auto tellUpTo = [&](size_t leftTo, size_t rightTo) {
        if (i == leftTo && j == rightTo)
            return;
        const Span was = spanOf(befores, i, leftTo, before);
        const Span is = spanOf(afters, j, rightTo, after);
        changes.append({was.begin, was.end - was.begin, is.begin, is.end - is.begin});
    };
    for (size_t at = 0; at < befores.size(); ++at) {
        if (match.rightOf[at] < 0)
            continue;
        tellUpTo(at, size_t(match.rightOf[at]));
        i = at + 1;
        j = size_t(match.rightOf[at]) + 1;
    }
    tellUpTo(befores.size(), afters.size());
    return changes;
}

} // namespace ridealong::console
