// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"

#include <algorithm>

namespace ridealong::net {

/// `burst` at once, then `perSecond` sustained.
class TokenBucket
{
public:
    TokenBucket(base::Clock& clock, double perSecond, double burst)
        : m_clock(clock),
          m_perSecond(perSecond),
          m_burst(burst),
          m_tokens(burst),
          m_at(clock.monotonic())
    {}

    /// Takes one token, or says that there is none.
    bool take()
    {
        const auto now = m_clock.monotonic();
        m_tokens = std::min(m_burst, m_tokens + m_perSecond * std::chrono::duration<double>(now - m_at).count());
        m_at = now;
        if (m_tokens < 1)
            return false;
        m_tokens -= 1;
        return true;
    }

private:
    base::Clock& m_clock;
    double m_perSecond;
    double m_burst;
    double m_tokens;
    std::chrono::nanoseconds m_at;
};

} // namespace ridealong::net
