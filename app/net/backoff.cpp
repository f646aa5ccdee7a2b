// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/backoff.h"

#include <algorithm>

namespace ridealong::net {

Backoff::Backoff(base::Random& random, std::chrono::milliseconds first, std::chrono::milliseconds longest)
    : m_random(random),
      m_first(first),
      m_longest(longest),
      m_step(first)
{}

std::chrono::milliseconds Backoff::next()
{
    const auto half = m_step / 2;
    const auto spread = quint64((m_step - half).count()) + 1;
    const auto delay = half + std::chrono::milliseconds(qint64(m_random.next() % spread));
    m_step = std::min(m_step * 2, m_longest);
    return delay;
}

} // namespace ridealong::net
