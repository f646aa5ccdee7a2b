// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/networkwatch.h"

namespace ridealong::workspace {

/// The machine's network and sleep, watched for all backends. Apart from workspace.h: the interface sees that, and no network.
struct SystemNetwork
{
    explicit SystemNetwork(base::Clock& clock) : sleep(clock), watch(clock, sleep, *reachability) {}

    net::SystemSleepMeter sleep;
    std::unique_ptr<net::Reachability> reachability = net::makeSystemReachability();
    net::NetworkWatch watch;
};

} // namespace ridealong::workspace
