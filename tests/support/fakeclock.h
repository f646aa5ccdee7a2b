// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/random.h"

#include <QPointer>

#include <algorithm>
#include <vector>

namespace ridealong::tests {

/// Time that stands still until the test moves it.
class FakeClock final : public base::Clock
{
public:
    qint64 nowMs() const override { return m_nowMs; }
    std::chrono::nanoseconds monotonic() const override { return std::chrono::milliseconds(m_nowMs - kStartMs); }
    void after(std::chrono::milliseconds delay, QObject* context, std::function<void()> callback) override
    {
        m_timers.push_back({m_nowMs + delay.count(), m_serial++, context, std::move(callback)});
    }

    /// Moves on and calls what falls due, in order of time; timers set by callbacks included.
    void advance(std::chrono::milliseconds by)
    {
        const qint64 target = m_nowMs + by.count();
        for (;;) {
            auto next = std::min_element(m_timers.begin(), m_timers.end(),
                [](const Timer& a, const Timer& b) { return std::pair(a.atMs, a.serial) < std::pair(b.atMs, b.serial); });
            if (next == m_timers.end() || next->atMs > target)
                break;
            const Timer timer = std::move(*next);
            m_timers.erase(next);
            m_nowMs = std::max(m_nowMs, timer.atMs);
            if (timer.context)
                timer.callback();
        }
        m_nowMs = target;
    }
    int pending() const { return int(m_timers.size()); }

private:
    static constexpr qint64 kStartMs = 1'700'000'000'000;
    struct Timer
    {
        qint64 atMs;
        qint64 serial;
        QPointer<QObject> context;
        std::function<void()> callback;
    };
    qint64 m_nowMs = kStartMs;
    qint64 m_serial = 0;
    std::vector<Timer> m_timers;
};

/// The same numbers in every run.
class FakeRandom final : public base::Random
{
public:
    explicit FakeRandom(quint64 seed = 1) : m_state(seed) {}
    quint64 next() override
    {
        // splitmix64
        quint64 z = (m_state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }

private:
    quint64 m_state;
};

} // namespace ridealong::tests
