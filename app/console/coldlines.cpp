// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The part of LineStore that compresses closed segments, and gives them back.
#include "base/compression.h"
#include "console/linedata.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

namespace ridealong::console {

namespace {

size_t wholePages(size_t bytes)
{
    static const auto page = size_t(::sysconf(_SC_PAGESIZE));
    return (bytes + page - 1) / page * page;
}

} // namespace

SegmentBody::SegmentBody(quint32 textBytes, quint32 runCount)
    : m_textBytes((textBytes + alignof(StyleRun) - 1) / alignof(StyleRun) * alignof(StyleRun)),
      m_size(wholePages(usedBytes(runCount)))
{
    void* mapped = ::mmap(nullptr, m_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
        throw std::bad_alloc();
    m_memory = static_cast<char*>(mapped);
#ifdef MADV_POPULATE_WRITE
    if (textBytes == kSegmentTextBytes) // of a flood: all pages at once cost half of one after the other
        ::madvise(m_memory, textBytes, MADV_POPULATE_WRITE);
#endif
}

SegmentBody::~SegmentBody() { ::munmap(m_memory, m_size); }

void SegmentBody::trim(quint32 runCount)
{
    const size_t used = wholePages(usedBytes(runCount));
    if (used < m_size)
        ::munmap(m_memory + used, m_size - used);
    m_size = used;
}

std::pair<quint32, quint32> LineStore::Data::sizesOf(int segment) const
{
    const qint64 end = segments.at(size_t(segment) + 1)->firstLine;
    return {start(end), firstRun(end)};
}

std::shared_ptr<const SegmentBody> LineStore::Data::bodyOf(int index, bool keep)
{
    Segment& segment = *segments.at(size_t(index));
    segment.readIn.store(epoch.load(std::memory_order_relaxed), std::memory_order_relaxed);
    if (auto body = segment.body.get())
        return body;
    const auto [size, runs] = sizesOf(index);
    const auto body = std::make_shared<SegmentBody>(size, runs);
    if (!base::decompress(segment.frame, body->text(), qsizetype(body->usedBytes(runs))))
        qFatal("output in memory is damaged"); // it never left the process
    if (keep && segment.body.setFirst(body)) {
        hotBytes.fetch_add(body->memoryBytes(), std::memory_order_relaxed);
        if (warmth)
            emit warmth->rose();
    }
    return body;
}

std::vector<LineStore::HotSegment> LineStore::hotSegments() const
{
    std::vector<HotSegment> hot;
    for (int i = 0; i + 1 < segmentCount(); ++i)
        if (const Segment& segment = *m_data->segments.at(size_t(i)); segment.body.get())
            hot.push_back({i, segment.readIn.load(std::memory_order_relaxed)});
    return hot;
}

void LineStore::cool(int index)
{
    if (index + 1 >= segmentCount())
        return; // still being written
    Segment& segment = *m_data->segments.at(size_t(index));
    const auto body = segment.body.get();
    if (!body)
        return;
    if (segment.frame.isNull()) {
        // Without what was reserved for text and not used, as bodyOf() wants it.
        const auto [size, runs] = m_data->sizesOf(index);
        const SegmentBody exact(size, runs);
        std::memcpy(exact.text(), body->text(), size);
        std::memcpy(exact.runs(), body->runs(), runs * sizeof(StyleRun));
        segment.frame = base::compressed(QByteArrayView(exact.text(), qsizetype(exact.usedBytes(runs))), base::Effort::Fast);
        if (segment.frame.isNull())
            return;
        m_data->coldBytes.fetch_add(segment.frame.size(), std::memory_order_relaxed);
    }
    m_data->hotBytes.fetch_sub(body->memoryBytes(), std::memory_order_relaxed);
    segment.body.set(nullptr);
}

void LineStore::beginEpoch() { Data::epoch.fetch_add(1, std::memory_order_relaxed); }

} // namespace ridealong::console
