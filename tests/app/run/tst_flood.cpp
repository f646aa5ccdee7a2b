// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A script that prints 200 MB, from its process to the console's lines, with the event loop watched all the while.
#include "app/run/runnerfixture.h"
#include "base/watchdog.h"
#include "run/runfollower.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTestEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace ridealong;
using tests::Room;

namespace {

/// The host's files as a client reads them.
class FileFeed final : public chat::RunFeed
{
public:
    explicit FileFeed(Room& room) : m_room(room) {}

    base::Async<QByteArray> read(const base::RunId& run, qint64 offset, qint64 maxBytes) override
    {
        QFile file(m_room.host.outputPath(run));
        if (!file.open(QIODevice::ReadOnly) || !file.seek(offset))
            return base::Async<QByteArray>::ready(base::Error{base::ErrorKind::Storage, file.errorString(), 0});
        return base::Async<QByteArray>::ready(file.read(maxBytes));
    }
    base::Async<base::Done> cancel(const base::RunId&) override { return base::Async<base::Done>::ready(base::Done{}); }
    base::Async<base::Done> decide(const base::RunId&, bool) override { return base::Async<base::Done>::ready(base::Done{}); }

    /// Reports as a hub sends them on: numbered.
    void tell(chat::RunReport report)
    {
        report.revision = ++m_revision;
        emit reported(report);
    }

private:
    Room& m_room;
    qint64 m_revision = 0;
};

} // namespace

class TestFlood : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheEventLoopFree();
};

void TestFlood::keepsTheEventLoopFree()
{
    constexpr qint64 kBytes = 200'000'000;
    Room room;
    room.limits.outputBytes = kBytes / 2; // half of it goes through the console, the end too
    room.script(
        u"flood"_s, "#!/bin/sh\nyes '2026-11-24 INFO  the quick brown fox jumps over the lazy dog' | head -c " + QByteArray::number(kBytes) + '\n');
    room.begin();
    console::Console console;
    FileFeed feed(room);
    run::RunFollower follower(feed, console);
    int changes = 0;
    connect(&console, &console::Console::changed, this, [&](const console::ConsoleChange& change) {
        // As a view does for each frame.
        ++changes;
        if (const console::Run* run = console.find(change.run))
            (void)run->lines->rows(120);
    });
    QElapsedTimer whole;
    whole.start();
    const auto id = room.run(u"flood"_s);
    base::Watchdog watchdog;
    room.host.told = [&](const chat::RunReport& report) { feed.tell(report); };
    const auto isComplete = [&] {
        const console::Run* run = console.find(id);
        return room.isOver(id) && run && run->receivedBytes == room.report(id).outputBytes && run->lines->textBytes() > kBytes / 2;
    };
    // A real loop: QTRY_VERIFY sleeps between its passes, which the watchdog would take for work.
    QTimer look;
    connect(&look, &QTimer::timeout, this, [&] {
        if (isComplete())
            QTestEventLoop::instance().exitLoop();
    });
    look.start(20);
    QTestEventLoop::instance().enterLoop(120);
    QVERIFY(isComplete());
    const auto counters = watchdog.counters();
    qInfo("passes over 8 ms: %lld, longest %.1f ms, %d changes", counters.stalls, double(counters.longestNs) / 1e6, changes);
    // Never a time in itself, a busy machine has another one: of the whole, no single pass took more than a part. Parsing it
    // in the loop, or one piece of it too many, would.
    QVERIFY(counters.longestNs < whole.nsecsElapsed() / 10);
    QCOMPARE(console.find(id)->report.omittedAt, kBytes / 2);
    QVERIFY(console.find(id)->lines->lineCount() > 1'000'000);
}

QTEST_GUILESS_MAIN(TestFlood)
#include "tst_flood.moc"
