// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"

#include <chrono>

namespace ridealong::net {

/// How long to wait before the next attempt: doubling up to a longest one, with jitter, so that clients which lost their
/// server in the same moment do not all come back in the same moment.
class Backoff
{
public:
    Backoff(base::Random& random, std::chrono::milliseconds first, std::chrono::milliseconds longest);

    /// Between half and the whole of the current step.
    std::chrono::milliseconds next();
    /// After a success, or when the network came back.
    void reset() { m_step = m_first; }

private:
    base::Random& m_random;
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_longest;
    std::chrono::milliseconds m_step;
};

} // namespace ridealong::net
