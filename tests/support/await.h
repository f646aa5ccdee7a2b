// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace ridealong::tests {

/// The answer, while the event loop goes on. Of one that does not come within `patience`: Timeout.
template <typename T> base::Expected<T> await(const base::Async<T>& async, int patienceMs = 10'000)
{
    std::unique_ptr<base::Expected<T>> answer;
    QObject context;
    async.then(&context, [&answer](const base::Expected<T>& got) { answer = std::make_unique<base::Expected<T>>(got); });
    // Not processEvents' own time limit: with one it never waits, and takes a processor from whoever is to answer.
    const QDeadlineTimer deadline(patienceMs);
    QTimer::singleShot(patienceMs, &context, [] {}); // to wake up
    while (!answer && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    if (answer)
        return std::move(*answer);
    return base::Error{base::ErrorKind::Timeout, QStringLiteral("no answer"), 0};
}

} // namespace ridealong::tests
