// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"

#include <QObject>

#include <memory>

namespace ridealong::net {

/// Whether the machine has a network, as the system tells.
class Reachability : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    virtual bool isOnline() const = 0;

signals:
    void onlineChanged();
    void networkChanged(); ///< another one (a cable instead of the wireless)
};

/// By QNetworkInformation. Where that has no plugin that works, the machine counts as online and nothing is ever told.
std::unique_ptr<Reachability> makeSystemReachability();

/// How long the machine has slept.
class SleepMeter
{
public:
    virtual ~SleepMeter() = default;
    /// Grows by the time slept; only differences mean anything.
    virtual std::chrono::nanoseconds slept() const = 0;
};

/// By the kernel's clocks: one stands still during sleep, the other does not. Where there are none, by the wall clock; setting that
/// forward looks like sleep then.
class SystemSleepMeter final : public SleepMeter
{
public:
    explicit SystemSleepMeter(const base::Clock& clock) : m_clock(clock) {}
    std::chrono::nanoseconds slept() const override;

private:
    const base::Clock& m_clock;
};

/// Tells when a connection is worth another attempt, or another look: the network is back, or the machine slept and what
/// looks connected may be long dead.
class NetworkWatch final : public QObject
{
    Q_OBJECT
public:
    /// How often it looks whether the machine slept; so late is woke() at most.
    static constexpr std::chrono::seconds kLook{5};
    /// The clocks are not read at one instant; servers and routers forget nobody so soon.
    static constexpr std::chrono::seconds kShortestSleep{5};

    NetworkWatch(base::Clock& clock, const SleepMeter& sleep, const Reachability& reachability);

    bool isOnline() const { return m_online; }

signals:
    void restored(); ///< there is a network again, or another one
    void lost();
    void woke();

private:
    void look();

    base::Clock& m_clock;
    const SleepMeter& m_sleep;
    const Reachability& m_reachability;
    std::chrono::nanoseconds m_slept;
    bool m_online;
};

} // namespace ridealong::net
