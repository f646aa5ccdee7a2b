// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/sequencematch.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace ridealong::console {
namespace {

struct Range
{
    int leftBegin = 0, leftEnd = 0;
    int rightBegin = 0, rightEnd = 0;
    bool isEmpty() const { return leftBegin >= leftEnd || rightBegin >= rightEnd; }
};

struct Point
{
    int left = 0;
    int right = 0;
    bool isExact = true; ///< on a shortest path
};

class Matcher
{
public:
    Matcher(std::span<const quint32> left, std::span<const quint32> right, const MatchLimits& limits)
        : m_left(left),
          m_right(right),
          m_limits(limits),
          m_offset(int(right.size()) + 2),
          m_forward(left.size() + right.size() + 5),
          m_backward(m_forward.size()),
          m_seen(left.size() + right.size())
    {
        m_result.rightOf.assign(left.size(), -1);
    }

    SequenceMatch match()
    {
        m_open.push_back({0, int(m_left.size()), 0, int(m_right.size())});
        while (!m_open.empty()) {
            Range range = m_open.back();
            m_open.pop_back();
            trim(range);
            if (!range.isEmpty())
                divide(range);
        }
        return std::move(m_result);
    }

private:
    void pair(int left, int right) { m_result.rightOf[size_t(left)] = right; }
    bool isEqual(int left, int right) const { return m_left[size_t(left)] == m_right[size_t(right)]; }

    void trim(Range& range)
    {
        while (!range.isEmpty() && isEqual(range.leftBegin, range.rightBegin))
            pair(range.leftBegin++, range.rightBegin++);
        while (!range.isEmpty() && isEqual(range.leftEnd - 1, range.rightEnd - 1))
            pair(--range.leftEnd, --range.rightEnd);
    }

    void divide(const Range& range)
    {
        const auto middle = split(range);
        if (middle && middle->isExact) {
            open(range, *middle);
            return;
        }
        m_result.isCoarse = true;
        if (anchor(range) || !middle)
            return;
        open(range, *middle);
    }

    void open(const Range& range, const Point& at)
    {
        const bool isCorner
            = (at.left == range.leftBegin && at.right == range.rightBegin) || (at.left == range.leftEnd && at.right == range.rightEnd);
        if (isCorner)
            return;
        m_open.push_back({range.leftBegin, at.left, range.rightBegin, at.right});
        m_open.push_back({at.left, range.leftEnd, at.right, range.rightEnd});
    }

    /// Where shortest paths from both ends meet; when that is too far, the point which one of them reached. None: too many steps.
    /// A diagonal is left − right; paths of one length go over every second of them.
    std::optional<Point> split(const Range& range)
    {
        const int lowest = range.leftBegin - range.rightEnd;
        const int highest = range.leftEnd - range.rightBegin;
        const int from = range.leftBegin - range.rightBegin;
        const int to = range.leftEnd - range.rightEnd;
        const bool isOdd = (from - to) & 1;
        Reach forward{from, from};
        Reach backward{to, to};
        ahead(from) = range.leftBegin;
        behind(to) = range.leftEnd;
        for (int edits = 1;; ++edits) {
            widen(forward, lowest, highest, m_forward, -1);
            for (int k = forward.high; k >= forward.low; k -= 2) {
                int left = ahead(k - 1) >= ahead(k + 1) ? ahead(k - 1) + 1 : ahead(k + 1);
                const int begin = left;
                while (left < range.leftEnd && left - k < range.rightEnd && isEqual(left, left - k))
                    ++left;
                m_steps += 1 + left - begin;
                ahead(k) = left;
                if (isOdd && backward.has(k) && behind(k) <= left)
                    return Point{left, left - k, true};
                if (m_steps > m_limits.steps)
                    return std::nullopt;
            }
            widen(backward, lowest, highest, m_backward, std::numeric_limits<int>::max());
            for (int k = backward.high; k >= backward.low; k -= 2) {
                int left = behind(k - 1) < behind(k + 1) ? behind(k - 1) : behind(k + 1) - 1;
                const int begin = left;
                while (left > range.leftBegin && left - k > range.rightBegin && isEqual(left - 1, left - k - 1))
                    --left;
                m_steps += 1 + begin - left;
                behind(k) = left;
                if (!isOdd && forward.has(k) && left <= ahead(k))
                    return Point{left, left - k, true};
                if (m_steps > m_limits.steps)
                    return std::nullopt;
            }
            if (edits >= m_limits.edits)
                return furthest(range, forward, backward);
        }
    }

    struct Reach
    {
        int low = 0, high = 0;
        bool has(int diagonal) const { return diagonal >= low && diagonal <= high; }
    };
    int& ahead(int diagonal) { return m_forward[size_t(diagonal + m_offset)]; }
    int& behind(int diagonal) { return m_backward[size_t(diagonal + m_offset)]; }

    /// One more diagonal on each side; at the edge of the range one less, so that paths stay inside.
    void widen(Reach& reach, int lowest, int highest, std::vector<int>& values, int never) const
    {
        if (reach.low > lowest)
            values[size_t(--reach.low - 1 + m_offset)] = never;
        else
            ++reach.low;
        if (reach.high < highest)
            values[size_t(++reach.high + 1 + m_offset)] = never;
        else
            --reach.high;
    }

    Point furthest(const Range& range, const Reach& forward, const Reach& backward)
    {
        Point front{range.leftBegin, range.rightBegin, false};
        for (int k = forward.high; k >= forward.low; k -= 2) {
            int left = std::min(ahead(k), range.leftEnd);
            if (left - k > range.rightEnd)
                left = range.rightEnd + k;
            if (left + left - k > front.left + front.right && left >= range.leftBegin && left - k >= range.rightBegin)
                front = {left, left - k, false};
        }
        Point rear{range.leftEnd, range.rightEnd, false};
        for (int k = backward.high; k >= backward.low; k -= 2) {
            int left = std::max(behind(k), range.leftBegin);
            if (left - k < range.rightBegin)
                left = range.rightBegin + k;
            if (left + left - k < rear.left + rear.right && left <= range.leftEnd && left - k <= range.rightEnd)
                rear = {left, left - k, false};
        }
        const int gained = front.left + front.right - range.leftBegin - range.rightBegin;
        return range.leftEnd + range.rightEnd - rear.left - rear.right < gained ? front : rear;
    }

    /// Matches what occurs once on both sides and in the same order, as many as can be; opens what lies between. False: there is none.
    bool anchor(const Range& range)
    {
        m_anchorSteps += range.leftEnd - range.leftBegin + range.rightEnd - range.rightBegin;
        if (m_anchorSteps > m_limits.steps)
            return false;
        for (int i = range.leftBegin; i < range.leftEnd; ++i)
            ++m_seen[m_left[size_t(i)]].left;
        for (int i = range.rightBegin; i < range.rightEnd; ++i) {
            auto& seen = m_seen[m_right[size_t(i)]];
            ++seen.right;
            seen.at = i;
        }
        std::vector<Point> unique;
        for (int i = range.leftBegin; i < range.leftEnd; ++i)
            if (const auto& seen = m_seen[m_left[size_t(i)]]; seen.left == 1 && seen.right == 1)
                unique.push_back({i, seen.at});
        for (int i = range.leftBegin; i < range.leftEnd; ++i)
            m_seen[m_left[size_t(i)]] = {};
        for (int i = range.rightBegin; i < range.rightEnd; ++i)
            m_seen[m_right[size_t(i)]] = {};
        Range gap = range;
        for (const Point& at : ascending(unique)) {
            pair(at.left, at.right);
            m_open.push_back({gap.leftBegin, at.left, gap.rightBegin, at.right});
            gap.leftBegin = at.left + 1;
            gap.rightBegin = at.right + 1;
        }
        if (!unique.empty())
            m_open.push_back(gap);
        return !unique.empty();
    }

    /// The longest rising subsequence (by patience sorting).
    static std::vector<Point> ascending(const std::vector<Point>& points)
    {
        std::vector<size_t> tops; // of each pile, the index of its last point
        std::vector<size_t> before(points.size());
        for (size_t i = 0; i < points.size(); ++i) {
            const auto pile
                = std::lower_bound(tops.begin(), tops.end(), points[i].right, [&](size_t top, int right) { return points[top].right < right; });
            before[i] = pile == tops.begin() ? points.size() : *std::prev(pile);
            if (pile == tops.end())
                tops.push_back(i);
            else
                *pile = i;
        }
        std::vector<Point> found(tops.size());
        size_t at = tops.empty() ? points.size() : tops.back();
        for (size_t i = tops.size(); i-- > 0; at = before[at])
            found[i] = points[at];
        return found;
    }

    struct Seen
    {
        int left = 0, right = 0; ///< how often
        int at = 0; ///< last on the right
    };

    std::span<const quint32> m_left;
    std::span<const quint32> m_right;
    MatchLimits m_limits;
    int m_offset;
    std::vector<int> m_forward; ///< by diagonal: how far on the left a path from the beginning came
    std::vector<int> m_backward; ///< and one from the end
    std::vector<Seen> m_seen; ///< by id, empty between uses
    std::vector<Range> m_open;
    qint64 m_steps = 0;
    qint64 m_anchorSteps = 0;
    SequenceMatch m_result;
};

} // namespace

SequenceMatch matchSequences(std::span<const quint32> left, std::span<const quint32> right, const MatchLimits& limits)
{
    return Matcher(left, right, limits).match();
}

} // namespace ridealong::console
