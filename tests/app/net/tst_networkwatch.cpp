// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/networkwatch.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace std::chrono_literals;

namespace {

struct FakeSleep final : net::SleepMeter
{
    std::chrono::nanoseconds slept() const override { return time; }
    std::chrono::nanoseconds time{1h};
};

class FakeReachability final : public net::Reachability
{
public:
    bool isOnline() const override { return m_online; }
    void setOnline(bool online)
    {
        m_online = online;
        emit onlineChanged();
    }

private:
    bool m_online = true;
};

} // namespace

class TestNetworkWatch : public QObject
{
    Q_OBJECT
private slots:
    void tellsOfLossAndReturn()
    {
        tests::FakeClock clock;
        const FakeSleep sleep;
        FakeReachability network;
        const net::NetworkWatch watch(clock, sleep, network);
        QSignalSpy lost(&watch, &net::NetworkWatch::lost);
        QSignalSpy restored(&watch, &net::NetworkWatch::restored);
        network.setOnline(true); // no news
        QVERIFY(lost.isEmpty() && restored.isEmpty());
        network.setOnline(false);
        network.setOnline(false);
        emit network.networkChanged(); // to none
        QCOMPARE(lost.size(), 1);
        QVERIFY(restored.isEmpty() && !watch.isOnline());
        network.setOnline(true);
        QCOMPARE(restored.size(), 1);
        emit network.networkChanged();
        QCOMPARE(restored.size(), 2);
        QCOMPARE(lost.size(), 1);
    }

    void tellsOnceThatTheMachineSlept()
    {
        tests::FakeClock clock;
        FakeSleep sleep;
        const FakeReachability network;
        const net::NetworkWatch watch(clock, sleep, network);
        QSignalSpy woke(&watch, &net::NetworkWatch::woke);
        clock.advance(1h); // awake
        sleep.time += net::NetworkWatch::kShortestSleep - 1ms;
        clock.advance(net::NetworkWatch::kLook);
        QVERIFY(woke.isEmpty());
        sleep.time += net::NetworkWatch::kShortestSleep;
        clock.advance(net::NetworkWatch::kLook);
        clock.advance(1h);
        QCOMPARE(woke.size(), 1);
    }

    void measuresTheSystemsSleep()
    {
        const base::SystemClock clock;
        const net::SystemSleepMeter sleep(clock);
        QVERIFY(sleep.slept() >= 0s);
        QVERIFY(sleep.slept() - sleep.slept() < net::NetworkWatch::kShortestSleep);
    }

    void asksTheSystem()
    {
        const auto network = net::makeSystemReachability();
        tests::FakeClock clock;
        const FakeSleep sleep;
        const net::NetworkWatch watch(clock, sleep, *network);
        QCOMPARE(watch.isOnline(), network->isOnline());
    }
};

QTEST_GUILESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
