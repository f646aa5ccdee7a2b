// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/networkwatch.h"

#include <QNetworkInformation>

#include <ctime>

namespace ridealong::net {
namespace {

class SystemReachability final : public Reachability
{
public:
    SystemReachability()
    {
        if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
            return;
        m_information = QNetworkInformation::instance();
        connect(m_information, &QNetworkInformation::reachabilityChanged, this, &Reachability::onlineChanged);
        connect(m_information, &QNetworkInformation::transportMediumChanged, this, &Reachability::networkChanged);
    }

    bool isOnline() const override
    {
        // A chat server may be in the local network, or behind a captive portal that lets it through: only "no network at all" is offline.
        return !m_information || m_information->reachability() != QNetworkInformation::Reachability::Disconnected;
    }

private:
    QNetworkInformation* m_information = nullptr;
};

#ifdef CLOCK_BOOTTIME
std::chrono::nanoseconds read(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}
#endif

} // namespace

std::unique_ptr<Reachability> makeSystemReachability() { return std::make_unique<SystemReachability>(); }

std::chrono::nanoseconds SystemSleepMeter::slept() const
{
#ifdef CLOCK_BOOTTIME
    return read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC);
#else
    return std::chrono::milliseconds(m_clock.nowMs()) - m_clock.monotonic();
#endif
}

NetworkWatch::NetworkWatch(base::Clock& clock, const SleepMeter& sleep, const Reachability& reachability)
    : m_clock(clock),
      m_sleep(sleep),
      m_reachability(reachability),
      m_slept(sleep.slept()),
      m_online(reachability.isOnline())
{
    connect(&reachability, &Reachability::onlineChanged, this, [this] {
        if (std::exchange(m_online, m_reachability.isOnline()) == m_online)
            return;
        if (m_online)
            emit restored();
        else
            emit lost();
    });
    connect(&reachability, &Reachability::networkChanged, this, [this] {
        if (m_online)
            emit restored();
    });
    m_clock.after(kLook, this, [this] { look(); });
}

void NetworkWatch::look()
{
    m_clock.after(kLook, this, [this] { look(); });
    const auto slept = m_sleep.slept();
    if (slept - std::exchange(m_slept, slept) >= kShortestSleep)
        emit woke();
}

} // namespace ridealong::net
