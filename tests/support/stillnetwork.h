// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/networkwatch.h"

namespace ridealong::tests {

/// A machine that is always online and never sleeps; a test may say otherwise through `watch`'s signals.
struct StillNetwork
{
    explicit StillNetwork(base::Clock& clock) : watch(clock, sleep, reachability) {}

    class NoSleep final : public net::SleepMeter
    {
    public:
        std::chrono::nanoseconds slept() const override { return {}; }
    } sleep;
    class AlwaysOnline final : public net::Reachability
    {
    public:
        bool isOnline() const override { return true; }
    } reachability;
    net::NetworkWatch watch;
};

} // namespace ridealong::tests
