// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <ctime>
#include <limits>

namespace ridealong::bench {

/// Processor time of this thread: one core's work, whatever else the machine does.
inline qint64 processorNs()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}
inline double processorMs() { return double(processorNs()) / 1e6; }

/// Of one call: the best of some rounds.
template <typename Task> double microsecondsOf(int calls, Task task)
{
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < 5; ++round) {
        const qint64 begin = processorNs();
        for (int i = 0; i < calls; ++i)
            task();
        best = std::min(best, double(processorNs() - begin) / 1e3 / calls);
    }
    return best;
}

} // namespace ridealong::bench
