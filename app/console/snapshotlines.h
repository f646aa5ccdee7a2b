// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

#include <vector>

namespace ridealong::console {

/// The lines of a store as they are now: what may still be rewritten is copied, so that a line read twice is the same. One thread.
class SnapshotLines
{
public:
    explicit SnapshotLines(const LineStore& store) : m_store(store), m_committed(store.committedCount())
    {
        const qint64 count = store.lineCount();
        for (qint64 index = m_committed; index < count; ++index)
            m_tail.push_back(store.tailLine(index));
        // A tail line that is gone was committed meanwhile.
        if (store.committedCount() > m_committed) {
            m_committed = store.committedCount();
            m_tail.clear();
        }
    }

    qint64 count() const { return m_committed + qint64(m_tail.size()); }
    /// Valid as long as this and the answer are. Of none: an empty one.
    Line line(qint64 index) const
    {
        if (index < m_committed)
            return m_store.line(index);
        if (index >= count())
            return {};
        const auto& tail = m_tail[size_t(index - m_committed)];
        Line line;
        line.text = tail.text;
        line.runs = tail.runs;
        line.columns = tail.columns;
        line.flags = tail.flags;
        return line;
    }
    const LineStore& store() const { return m_store; }

private:
    const LineStore& m_store;
    qint64 m_committed;
    std::vector<LineStore::TailLine> m_tail;
};

} // namespace ridealong::console
