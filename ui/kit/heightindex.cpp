// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/virtualview.h"

namespace ridealong::kit {

void HeightIndex::reset(int count, int height)
{
    m_heights.assign(size_t(std::max(0, count)), height);
    m_tree.clear();
}

void HeightIndex::insert(int at, int count, int height)
{
    m_heights.insert(m_heights.begin() + at, size_t(count), height);
    m_tree.clear();
}

void HeightIndex::remove(int at, int count)
{
    m_heights.erase(m_heights.begin() + at, m_heights.begin() + at + count);
    m_tree.clear();
}

void HeightIndex::set(int at, int height)
{
    const int change = height - m_heights[size_t(at)];
    if (change == 0)
        return;
    m_heights[size_t(at)] = height;
    if (m_tree.empty())
        return;
    for (size_t i = size_t(at) + 1; i < m_tree.size(); i += i & (~i + 1))
        m_tree[i] += change;
}

void HeightIndex::rebuild() const
{
    if (!m_tree.empty())
        return;
    m_tree.assign(m_heights.size() + 1, 0);
    for (size_t i = 1; i < m_tree.size(); ++i) {
        m_tree[i] += m_heights[i - 1];
        const size_t parent = i + (i & (~i + 1));
        if (parent < m_tree.size())
            m_tree[parent] += m_tree[i];
    }
}

qint64 HeightIndex::total() const { return top(count()); }

qint64 HeightIndex::top(int at) const
{
    rebuild();
    qint64 sum = 0;
    for (size_t i = size_t(at); i > 0; i &= i - 1)
        sum += m_tree[i];
    return sum;
}

int HeightIndex::itemAt(qint64 y) const
{
    if (m_heights.empty())
        return -1;
    rebuild();
    size_t step = 1;
    while (step * 2 < m_tree.size())
        step *= 2;
    size_t at = 0;
    qint64 left = std::max<qint64>(0, y);
    for (; step > 0; step /= 2) {
        if (at + step < m_tree.size() && m_tree[at + step] <= left) {
            at += step;
            left -= m_tree[at];
        }
    }
    return int(std::min(at, m_heights.size() - 1));
}

} // namespace ridealong::kit
