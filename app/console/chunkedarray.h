// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <vector>

namespace ridealong::console {

/// An array that grows without moving: one writer appends while readers read what was published to them by some other
/// atomic (a count stored with release after the elements were written). Elements begin uninitialised.
template <typename T, int kLog2> class ChunkedArray
{
public:
    static constexpr size_t kChunk = size_t(1) << kLog2;

    const T& at(size_t index) const { return m_table.load(std::memory_order_acquire)[index >> kLog2][index & (kChunk - 1)]; }

    /// Writer only. Makes room up to `index`.
    T& forWriting(size_t index)
    {
        while (index >> kLog2 >= m_chunks.size())
            grow();
        return m_chunks[index >> kLog2].get()[index & (kChunk - 1)];
    }

    /// Writer only: what chunks and tables take.
    qint64 memoryBytes() const { return qint64(m_chunks.size() * kChunk * sizeof(T)) + m_tableBytes; }

private:
    void grow()
    {
        if (m_chunks.size() == m_capacity) {
            // Readers may still look into the old table: it stays until the end (all old tables together are no larger than the newest).
            m_capacity = m_capacity ? m_capacity * 2 : 4;
            auto table = std::make_unique<T*[]>(m_capacity);
            for (size_t i = 0; i < m_chunks.size(); ++i)
                table[i] = m_chunks[i].get();
            m_table.store(table.get(), std::memory_order_release);
            m_tables.push_back(std::move(table));
            m_tableBytes += qint64(m_capacity * sizeof(T*));
        }
        m_chunks.emplace_back(new T[kChunk]);
        m_tables.back()[m_chunks.size() - 1] = m_chunks.back().get();
    }

    std::atomic<T**> m_table{nullptr};
    std::vector<std::unique_ptr<T*[]>> m_tables;
    std::vector<std::unique_ptr<T[]>> m_chunks;
    size_t m_capacity = 0;
    qint64 m_tableBytes = 0;
};

} // namespace ridealong::console
