// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <utility>

namespace ridealong::timelineview {

/// A place in the text of a row.
struct TextSpot
{
    int row = -1;
    int position = 0;

    bool operator==(const TextSpot&) const = default;
    friend bool operator<(const TextSpot& a, const TextSpot& b) { return a.row == b.row ? a.position < b.position : a.row < b.row; }
};

/// What the mouse has marked, over any number of rows. It moves along as rows come and go above it.
class TextSelection
{
public:
    bool isEmpty() const { return m_from.row < 0 || m_from == m_to; }
    TextSpot first() const { return std::min(m_from, m_to); }
    TextSpot last() const { return std::max(m_from, m_to); }

    void clear() { m_from = m_to = {}; }
    void start(TextSpot at) { m_from = m_to = at; }
    void extendTo(TextSpot at) { m_to = at; }

    /// The marked part of a row's text of `length`; empty when from == to.
    std::pair<int, int> within(int row, int length) const
    {
        const TextSpot a = first();
        const TextSpot b = last();
        if (isEmpty() || row < a.row || row > b.row)
            return {0, 0};
        return {row == a.row ? std::min(a.position, length) : 0, row == b.row ? std::min(b.position, length) : length};
    }

    void rowsInserted(int at, int count)
    {
        for (TextSpot* spot : {&m_from, &m_to})
            if (spot->row >= at)
                spot->row += count;
    }
    void rowsRemoved(int at, int count)
    {
        for (TextSpot* spot : {&m_from, &m_to})
            if (spot->row >= at && spot->row < at + count)
                return clear();
        for (TextSpot* spot : {&m_from, &m_to})
            if (spot->row >= at)
                spot->row -= count;
    }

private:
    TextSpot m_from;
    TextSpot m_to;
};

} // namespace ridealong::timelineview
