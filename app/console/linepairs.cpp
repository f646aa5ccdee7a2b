// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/linepairs.h"

#include <QHash>

#include <algorithm>

namespace ridealong::console {
namespace {

/// Above, lines are compared with the ones across only.
constexpr int kMaxPairedLines = 40;
constexpr int kBagBytes = 1'024; ///< how much of a line says what it is like
constexpr size_t kBagWords = 64;
constexpr double kLike = 0.4; ///< share of words in common from which on a line is said to be changed, not another
constexpr int kMarkSteps = 4; ///< what marking costs a byte

} // namespace

LinePairs::Bag LinePairs::bagOf(const Line& line)
{
    Bag bag;
    const auto text = line.text.first(std::min<qsizetype>(line.text.size(), kBagBytes));
    for (const Word& word : wordsOf(text, 4 * kBagWords)) {
        if (word.kind != Word::Kind::Text && word.kind != Word::Kind::Number)
            continue;
        bag.push_back(qHashBits(text.data() + word.byte, size_t(word.length)));
        if (bag.size() == kBagWords)
            break;
    }
    std::sort(bag.begin(), bag.end());
    return bag;
}

double LinePairs::likeness(const Bag& left, const Bag& right)
{
    if (left.empty() && right.empty())
        return 0;
    size_t common = 0;
    for (size_t i = 0, j = 0; i < left.size() && j < right.size();) {
        if (left[i] == right[j]) {
            ++common;
            ++i;
            ++j;
        } else if (left[i] < right[j]) {
            ++i;
        } else {
            ++j;
        }
    }
    return 2.0 * double(common) / double(left.size() + right.size());
}

std::vector<LinePairs::Bag> LinePairs::bagsOf(const SnapshotLines& lines, int begin, int end)
{
    std::vector<Bag> bags;
    bags.reserve(size_t(end - begin));
    for (int i = begin; i < end; ++i) {
        const Line line = lines.line(i);
        m_steps -= std::min<qint64>(line.text.size(), kBagBytes);
        bags.push_back(bagOf(line));
    }
    return bags;
}

/// The pairs, none crossing another, that are most alike all together.
std::vector<LinePairs::Pair> LinePairs::bestPairs(int leftBegin, int leftEnd, int rightBegin, int rightEnd)
{
    const auto lefts = bagsOf(m_left, leftBegin, leftEnd);
    const auto rights = bagsOf(m_right, rightBegin, rightEnd);
    const size_t rows = lefts.size();
    const size_t columns = rights.size();
    std::vector<double> alike(rows * columns);
    std::vector<double> best((rows + 1) * (columns + 1)); // of what follows
    const auto at = [columns](size_t i, size_t j) { return i * (columns + 1) + j; };
    for (size_t i = rows; i-- > 0;) {
        for (size_t j = columns; j-- > 0;) {
            double& like = alike[i * columns + j];
            like = likeness(lefts[i], rights[j]);
            m_steps -= qint64(lefts[i].size() + rights[j].size());
            const double paired = like >= kLike ? like + best[at(i + 1, j + 1)] : 0;
            best[at(i, j)] = std::max({paired, best[at(i + 1, j)], best[at(i, j + 1)]});
        }
    }
    std::vector<Pair> pairs;
    for (size_t i = 0, j = 0; i < rows && j < columns;) {
        const double like = alike[i * columns + j];
        if (like >= kLike && best[at(i, j)] <= like + best[at(i + 1, j + 1)])
            pairs.push_back({leftBegin + int(i++), rightBegin + int(j++)});
        else if (best[at(i + 1, j)] >= best[at(i, j + 1)])
            ++i;
        else
            ++j;
    }
    return pairs;
}

std::vector<LinePairs::Pair> LinePairs::pairsInOrder(int leftBegin, int leftEnd, int rightBegin, int rightEnd)
{
    std::vector<Pair> pairs;
    const int count = std::min(leftEnd - leftBegin, rightEnd - rightBegin);
    for (int i = 0; i < count && m_steps > 0; ++i) {
        const Line left = m_left.line(leftBegin + i);
        const Line right = m_right.line(rightBegin + i);
        m_steps -= std::min<qint64>(left.text.size(), kBagBytes) + std::min<qint64>(right.text.size(), kBagBytes);
        if (likeness(bagOf(left), bagOf(right)) >= kLike)
            pairs.push_back({leftBegin + i, rightBegin + i});
    }
    return pairs;
}

void LinePairs::addOnly(Comparison::Kind kind, int line)
{
    const bool isLeft = kind == Comparison::Kind::Removed;
    m_result.rows.push_back({.left = isLeft ? line : -1, .right = isLeft ? -1 : line, .kind = kind});
    ++(isLeft ? m_result.removed : m_result.added);
}

void LinePairs::addChanged(const Pair& pair)
{
    Comparison::Row row{.left = pair.left, .right = pair.right, .firstMark = quint32(m_result.marks.size()), .kind = Comparison::Kind::Changed};
    const Line left = m_left.line(pair.left);
    const Line right = m_right.line(pair.right);
    LineMarks marks;
    if (m_steps > 0) {
        marks = changedWords(left.text, right.text, m_disregard);
        m_steps -= marks.steps + kMarkSteps * (left.text.size() + right.text.size());
    } else {
        m_result.isCoarse = true;
        if (!left.text.isEmpty())
            marks.left.push_back({0, quint16(left.text.size())});
        if (!right.text.isEmpty())
            marks.right.push_back({0, quint16(right.text.size())});
    }
    row.leftMarks = quint16(marks.left.size());
    row.rightMarks = quint16(marks.right.size());
    m_result.marks.insert(m_result.marks.end(), marks.left.begin(), marks.left.end());
    m_result.marks.insert(m_result.marks.end(), marks.right.begin(), marks.right.end());
    m_result.rows.push_back(row);
    ++m_result.changed;
}

void LinePairs::add(int leftBegin, int leftEnd, int rightBegin, int rightEnd)
{
    const int lefts = leftEnd - leftBegin;
    const int rights = rightEnd - rightBegin;
    std::vector<Pair> pairs;
    if (lefts == 1 && rights == 1)
        pairs.push_back({leftBegin, rightBegin}); // one line for one line: to be seen side by side, whatever became of it
    else if (lefts > 0 && rights > 0 && m_steps > 0)
        pairs = std::max(lefts, rights) <= kMaxPairedLines ? bestPairs(leftBegin, leftEnd, rightBegin, rightEnd)
                                                           : pairsInOrder(leftBegin, leftEnd, rightBegin, rightEnd);
    if (m_steps <= 0 && lefts > 0 && rights > 0)
        m_result.isCoarse = true;
    int left = leftBegin;
    int right = rightBegin;
    const auto addUpTo = [&](int leftTo, int rightTo) {
        while (left < leftTo)
            addOnly(Comparison::Kind::Removed, left++);
        while (right < rightTo)
            addOnly(Comparison::Kind::Added, right++);
    };
    for (const Pair& pair : pairs) {
        addUpTo(pair.left, pair.right);
        addChanged(pair);
        ++left;
        ++right;
    }
    addUpTo(leftEnd, rightEnd);
}

} // namespace ridealong::console
