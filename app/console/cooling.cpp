// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/cooling.h"

#include <algorithm>

namespace ridealong::console {

namespace {

constexpr int kRestMs = 2000; ///< so long nothing came, and nothing compressed was read
constexpr qint64 kPieceBytes = 16 << 20; ///< compressed at a time: a twentieth of a second

qint64 hotBytes(const Cooling::Stores& stores)
{
    qint64 bytes = 0;
    for (const auto& store : stores)
        bytes += store->hotBytes();
    return bytes;
}

/// Compresses those read longest ago, of the oldest runs first. Gives how many bytes are left to do; all of them: it can do nothing.
qint64 coolDown(const Cooling::Stores& stores, qint64 bytes, const std::atomic<bool>& stop)
{
    struct Candidate
    {
        LineStore* store;
        LineStore::HotSegment segment;
    };
    std::vector<Candidate> candidates;
    for (const auto& store : stores)
        for (const LineStore::HotSegment& segment : store->hotSegments())
            candidates.push_back({store.get(), segment});
    std::ranges::stable_sort(candidates, {}, [](const Candidate& one) { return one.segment.readIn; });
    for (const Candidate& one : candidates) {
        if (bytes <= 0 || stop.load(std::memory_order_relaxed))
            break;
        const qint64 before = one.store->hotBytes();
        one.store->cool(one.segment.index);
        bytes -= before - one.store->hotBytes();
    }
    return bytes;
}

} // namespace

Cooling::Cooling(qint64 budget, std::function<Stores()> stores)
    : m_budget(budget),
      m_stores(std::move(stores)),
      m_worker(QStringLiteral("console cold"))
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &Cooling::begin);
    connect(m_warmth.get(), &Warmth::rose, this, &Cooling::disturbed);
}

Cooling::~Cooling() { m_stop.store(true, std::memory_order_relaxed); }

void Cooling::disturbed() { m_rest.start(); }

void Cooling::begin()
{
    Stores stores = m_stores();
    const qint64 excess = hotBytes(stores) - m_budget;
    if (excess <= 0)
        return;
    LineStore::beginEpoch();
    const qint64 bytes = std::min(excess, kPieceBytes);
    m_worker.run([stores = std::move(stores), bytes, stop = &m_stop]() -> base::Expected<qint64> { return coolDown(stores, bytes, *stop); })
        .then(this, [this, bytes](const base::Expected<qint64>& left) {
            if (left.valueOr(bytes) < bytes && !m_rest.isActive()) // else there is something better to do
                begin();
        });
}

} // namespace ridealong::console
