// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <chrono>
#include <functional>

namespace ridealong::base {

/// The only source of time in app/. Tests pass tests/support/fakeclock.h and never sleep.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall-clock time, milliseconds since 1970 UTC. May jump.
    virtual qint64 nowMs() const = 0;
    /// Never goes back; only differences mean anything.
    virtual std::chrono::nanoseconds monotonic() const = 0;
    /// Calls `callback` once in `context`'s thread (the caller's), unless `context` dies first. Destroy `context` to cancel.
    virtual void after(std::chrono::milliseconds delay, QObject* context, std::function<void()> callback) = 0;
};

class SystemClock final : public Clock
{
public:
    qint64 nowMs() const override;
    std::chrono::nanoseconds monotonic() const override;
    void after(std::chrono::milliseconds delay, QObject* context, std::function<void()> callback) override;
};

} // namespace ridealong::base
