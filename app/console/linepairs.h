// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/compare.h"
#include "console/snapshotlines.h"

namespace ridealong::console {

/// Turns what is left between equal lines into rows: which removed line became which added one, and which words of it changed.
class LinePairs
{
public:
    LinePairs(Comparison& result, const SnapshotLines& left, const SnapshotLines& right, const Disregard& disregard, qint64 steps)
        : m_result(result),
          m_left(left),
          m_right(right),
          m_disregard(disregard),
          m_steps(steps)
    {}

    /// Lines [leftBegin, leftEnd) became [rightBegin, rightEnd).
    void add(int leftBegin, int leftEnd, int rightBegin, int rightEnd);

private:
    using Bag = std::vector<size_t>; ///< of words, ordered
    struct Pair
    {
        int left = 0;
        int right = 0;
    };
    static Bag bagOf(const Line& line);
    static double likeness(const Bag& left, const Bag& right);
    std::vector<Bag> bagsOf(const SnapshotLines& lines, int begin, int end);
    std::vector<Pair> bestPairs(int leftBegin, int leftEnd, int rightBegin, int rightEnd);
    std::vector<Pair> pairsInOrder(int leftBegin, int leftEnd, int rightBegin, int rightEnd);
    void addChanged(const Pair& pair);
    void addOnly(Comparison::Kind kind, int line);

    Comparison& m_result;
    const SnapshotLines& m_left;
    const SnapshotLines& m_right;
    Disregard m_disregard;
    qint64 m_steps; ///< left
};

/// Bytes of each of two lines that differ, a word at least.
struct LineMarks
{
    std::vector<Comparison::Mark> left;
    std::vector<Comparison::Mark> right;
    qint64 steps = 0; ///< what it took
};
inline constexpr int kMaxMarkedWords = 500; ///< of a line; with more of them all between the first difference and the last is marked
LineMarks changedWords(QByteArrayView left, QByteArrayView right, const Disregard& disregard);

} // namespace ridealong::console
