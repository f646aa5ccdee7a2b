// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/sendqueue.h"

#include <QTest>

namespace ridealong::tests {

using namespace std::chrono_literals;
using irc::Priority;
using irc::SendQueue;

class TestSendQueue : public QObject
{
    Q_OBJECT
private slots:
    void neverHasMoreUnderWayThanTheWindow();
    void opensWhileAnswersComePromptly();
    void shrinksWhenTheServerBeginsToWait();
    void staysWithinTheBytesOfASmallReceiveQueue();
    void letsOneLongLineGo();
    void sendsChatBeforeFrames();
    void takesBackOnlyWhatIsNotWritten();
    void saysWhenNobodyWillAnswer();
};

/// A server that reads so many lines and says so; what it has not read is counted.
struct Server
{
    QList<QByteArray> received;
    SendQueue queue{[this](const QByteArray& line) { received.append(line); }};
};

void TestSendQueue::neverHasMoreUnderWayThanTheWindow()
{
    Server server;
    for (int i = 0; i < 100; ++i)
        server.queue.add("x", Priority::Chat, true, 0s);
    QCOMPARE(server.received.size(), qsizetype(SendQueue::kFirstWindow));
    QCOMPARE(server.queue.waiting(), qsizetype(100 - SendQueue::kFirstWindow));
}

void TestSendQueue::opensWhileAnswersComePromptly()
{
    Server server;
    std::vector<SendQueue::Ticket> tickets;
    for (int i = 0; i < 500; ++i)
        tickets.push_back(server.queue.add(QByteArray::number(i), Priority::Chat, true, 0s));
    size_t answered = 0;
    int rounds = 0;
    while (answered < tickets.size() && ++rounds < 100) {
        const auto now = std::chrono::milliseconds(rounds * 20);
        server.queue.acknowledged(tickets[answered++], now);
    }
    while (answered < tickets.size())
        server.queue.acknowledged(tickets[answered++], 3s);
    QCOMPARE(server.received.size(), qsizetype(500));
    QCOMPARE(server.queue.window(), SendQueue::kLargestWindow);
    for (int i = 0; i < 500; ++i)
        QCOMPARE(server.received[i], QByteArray::number(i));
}

void TestSendQueue::shrinksWhenTheServerBeginsToWait()
{
    Server server;
    std::deque<SendQueue::Ticket> open;
    auto now = 0ms;
    const auto add = [&] { open.push_back(server.queue.add("x", Priority::Chat, true, now)); };
    for (int i = 0; i < 200; ++i)
        add();
    for (int i = 0; i < 60; ++i) {
        now += 1ms;
        server.queue.acknowledged(open.front(), now);
        open.pop_front();
    }
    QVERIFY(server.queue.window() > SendQueue::kFirstWindow);
    for (int i = 0; i < 60; ++i) { // one a second, as InspIRCd does when ten came at once
        now += 1s;
        server.queue.acknowledged(open.front(), now);
        open.pop_front();
    }
    QCOMPARE(server.queue.window(), SendQueue::kFirstWindow);
}

void TestSendQueue::staysWithinTheBytesOfASmallReceiveQueue()
{
    Server server;
    for (int i = 0; i < 100; ++i)
        server.queue.add(QByteArray(1000, 'x'), Priority::Chat, true, 0s);
    QCOMPARE(server.received.size(), SendQueue::kLargestWindowBytes / 1002);
}

void TestSendQueue::letsOneLongLineGo()
{
    Server server;
    server.queue.add(QByteArray(8000, 'x'), Priority::Chat, true, 0s);
    server.queue.add("y", Priority::Chat, true, 0s);
    QCOMPARE(server.received.size(), 1);
}

void TestSendQueue::sendsChatBeforeFrames()
{
    Server server;
    std::vector<SendQueue::Ticket> first;
    for (int i = 0; i < SendQueue::kFirstWindow; ++i)
        first.push_back(server.queue.add("first", Priority::Chat, true, 0s));
    server.queue.add("frame", Priority::Frame, true, 0s);
    server.queue.add("chat", Priority::Chat, true, 0s);
    server.queue.acknowledged(first.front(), 1ms);
    QCOMPARE(server.received[SendQueue::kFirstWindow], QByteArray("chat"));
}

void TestSendQueue::takesBackOnlyWhatIsNotWritten()
{
    Server server;
    const auto written = server.queue.add("written", Priority::Chat, true, 0s);
    for (int i = 1; i < SendQueue::kFirstWindow; ++i)
        server.queue.add("x", Priority::Chat, true, 0s);
    const auto waiting = server.queue.add("waiting", Priority::Chat, true, 0s);
    QVERIFY(server.queue.isWritten(written));
    QVERIFY(!server.queue.isWritten(waiting));
    QVERIFY(!server.queue.remove(written));
    QVERIFY(server.queue.remove(waiting));
    QCOMPARE(server.queue.waiting(), 0);
}

void TestSendQueue::saysWhenNobodyWillAnswer()
{
    Server server;
    for (int i = 0; i < SendQueue::kFirstWindow; ++i)
        server.queue.add("x", Priority::Chat, false, 0s);
    QVERIFY(!server.queue.isStuck());
    server.queue.add("y", Priority::Chat, false, 0s);
    QVERIFY(server.queue.isStuck());
    const auto ping = server.queue.nextTicket();
    QCOMPARE(server.queue.addNow("PING", 0s), ping);
    QVERIFY(!server.queue.isStuck());
    server.queue.acknowledged(ping, 1ms);
    QCOMPARE(server.received.last(), QByteArray("y"));
}

} // namespace ridealong::tests

QTEST_APPLESS_MAIN(ridealong::tests::TestSendQueue)
#include "tst_sendqueue.moc"
