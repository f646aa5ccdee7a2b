// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/runfollower.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::RunId;

namespace {

/// Runs and their output, told and read as a test likes.
class FakeRunFeed final : public chat::RunFeed
{
public:
    base::Async<QByteArray> read(const RunId& run, qint64 offset, qint64 maxBytes) override
    {
        ++reads;
        biggest = std::max(biggest, maxBytes);
        if (offline)
            return base::Async<QByteArray>::ready(base::Error{base::ErrorKind::Offline, {}, 0});
        return base::Async<QByteArray>::ready(output[run].mid(offset, maxBytes + overfill));
    }
    base::Async<base::Done> cancel(const RunId&) override { return base::Async<base::Done>::ready(base::Done{}); }
    base::Async<base::Done> decide(const RunId&, bool) override { return base::Async<base::Done>::ready(base::Done{}); }

    void tell(const RunId& run, qint64 bytes, chat::RunState state = chat::RunState::Running)
    {
        chat::RunReport report;
        report.run = run;
        report.state = state;
        report.outputBytes = bytes;
        report.revision = ++revision;
        emit reported(report);
    }

    QHash<RunId, QByteArray> output;
    bool offline = false;
    qint64 overfill = 0;
    int reads = 0;
    qint64 biggest = 0, revision = 0;
};

QByteArray numberedLines(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += "line " + QByteArray::number(i) + '\n';
    return text;
}

} // namespace

class TestRunFollower : public QObject
{
    Q_OBJECT
private slots:
    void readsAllThatIsTold();
    void readsNoMoreThanIsTold();
    void goesOnAfterAnInterruption();
    void isNotConfusedByLateReports();
    void followsManyRuns();
    void takesNoMoreThanItAskedFor();
};

static qint64 linesOf(const console::Console& console, const RunId& id)
{
    const console::Run* run = console.find(id);
    return run && run->lines ? run->lines->lineCount() : -1;
}
static qint64 received(const console::Console& console, const RunId& id)
{
    const console::Run* run = console.find(id);
    return run ? run->receivedBytes : -1;
}

void TestRunFollower::readsAllThatIsTold()
{
    console::Console console;
    FakeRunFeed feed;
    const run::RunFollower follower(feed, console);
    const RunId id(u"a"_s);
    feed.output[id] = numberedLines(200'000);
    feed.tell(id, feed.output[id].size(), chat::RunState::Succeeded);
    QTRY_COMPARE(received(console, id), feed.output[id].size());
    QTRY_VERIFY(linesOf(console, id) >= 200'000);
    const auto line = console.find(id)->lines->line(100'000);
    QCOMPARE(QByteArray(line.text.data(), line.text.size()), QByteArray("line 100000"));
    QVERIFY(feed.biggest <= chat::RunFeed::kMaxReadBytes);
}

void TestRunFollower::readsNoMoreThanIsTold()
{
    console::Console console;
    FakeRunFeed feed;
    const run::RunFollower follower(feed, console);
    const RunId id(u"a"_s);
    feed.output[id] = "one\ntwo\nhalf";
    feed.tell(id, 4);
    QTRY_COMPARE(received(console, id), 4);
    feed.tell(id, 4);
    feed.tell(id, 8);
    QTRY_COMPARE(received(console, id), 8);
    QCOMPARE(feed.reads, 2);
}

void TestRunFollower::goesOnAfterAnInterruption()
{
    console::Console console;
    FakeRunFeed feed;
    const run::RunFollower follower(feed, console);
    const RunId id(u"a"_s), other(u"b"_s);
    feed.output[id] = numberedLines(1000);
    feed.offline = true;
    feed.tell(id, feed.output[id].size(), chat::RunState::Failed);
    QTRY_COMPARE(feed.reads, 1);
    QCOMPARE(received(console, id), 0);
    feed.offline = false;
    feed.tell(other, 0); // the run itself is over: nothing more is told of it
    QTRY_COMPARE(received(console, id), feed.output[id].size());
}

void TestRunFollower::isNotConfusedByLateReports()
{
    console::Console console;
    FakeRunFeed feed;
    const run::RunFollower follower(feed, console);
    const RunId id(u"a"_s);
    feed.output[id] = "0123456789";
    feed.tell(id, 10);
    feed.revision = 0;
    feed.tell(id, 5); // older
    feed.tell(id, -3);
    QTRY_COMPARE(received(console, id), 10);
}

void TestRunFollower::followsManyRuns()
{
    console::Console console;
    FakeRunFeed feed;
    const run::RunFollower follower(feed, console);
    for (int i = 0; i < 200; ++i) {
        const RunId id(QString::number(i));
        feed.output[id] = numberedLines(i);
        feed.tell(id, feed.output[id].size());
    }
    for (int i = 0; i < 200; ++i) {
        const RunId id(QString::number(i));
        QTRY_COMPARE(received(console, id), feed.output[id].size());
    }
}

void TestRunFollower::takesNoMoreThanItAskedFor()
{
    console::Console console;
    FakeRunFeed feed;
    feed.overfill = 100;
    const run::RunFollower follower(feed, console);
    const RunId id(u"a"_s);
    feed.output[id] = numberedLines(100);
    feed.tell(id, 7);
    feed.tell(id, 14);
    QTRY_COMPARE(received(console, id), 14);
}

QTEST_GUILESS_MAIN(TestRunFollower)
#include "tst_runfollower.moc"
