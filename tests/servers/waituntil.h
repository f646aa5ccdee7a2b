// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

#include <functional>

namespace ridealong::tests {

/// Lets the event loop go on until `condition` holds. False: it did not within `patience`. It is asked after every event and every
/// ten milliseconds, for what it looks at may be a file or another process.
inline bool waitUntil(const std::function<bool()>& condition, int patienceMs = 20'000)
{
    const QDeadlineTimer deadline(patienceMs);
    QTimer tick;
    tick.start(10);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

} // namespace ridealong::tests
