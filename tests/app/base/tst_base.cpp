// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/filelock.h"
#include "base/ids.h"
#include "base/watchdog.h"
#include "support/fakeclock.h"

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace std::chrono_literals;
using base::ConversationId;

class TestBase : public QObject
{
    Q_OBJECT
private slots:
    void anIdIsEmptyUntilItIsGiven();
    void aConversationIdReadsBackWhateverItsKeyHolds();
    void aConversationIdRefusesWhatHasNoAccount();
    void transactionsAreLongAndNeverTheSame();
    void theSystemClockCallsInTime();
    void theSystemClockForgetsADeadContext();
    void aLockIsHeldByOne();
    void aLockDiesWithItsProcess();
    void tellsWhenALockCannotBe();
    void theWatchdogCountsALongPass_data();
    void theWatchdogCountsALongPass();
    void theWatchdogIgnoresWaiting();
};

void TestBase::anIdIsEmptyUntilItIsGiven()
{
    QVERIFY(base::UserId().isEmpty());
    QVERIFY(!base::UserId());
    QVERIFY(bool(base::UserId(u"ana"_s)));
    QVERIFY(base::UserId() == base::UserId(u""_s)); // never set and set to nothing are the same
    QCOMPARE(qHash(base::UserId()), qHash(base::UserId(u""_s)));
    QVERIFY(base::UserId(u"a"_s) < base::UserId(u"b"_s));
    QVERIFY(!(base::UserId(u"a"_s) == base::UserId(u"A"_s)));
}

void TestBase::aConversationIdReadsBackWhateverItsKeyHolds()
{
    for (const QString& key : {u"ops"_s, u""_s, u"/"_s, u"a/b/c"_s, u"#ops @x:server"_s, u"日本🚀"_s}) {
        const ConversationId id(base::AccountId(u"local-1"_s), key);
        QVERIFY(ConversationId::fromText(id.text()) == id);
        QCOMPARE(qHash(ConversationId::fromText(id.text())), qHash(id));
    }
}

void TestBase::aConversationIdRefusesWhatHasNoAccount()
{
    for (const QString& text : {u""_s, u"ops"_s, u"/ops"_s, u"/"_s})
        QVERIFY(ConversationId::fromText(text).isEmpty());
}

void TestBase::transactionsAreLongAndNeverTheSame()
{
    base::SystemRandom random;
    QSet<QString> seen;
    for (int i = 0; i < 10'000; ++i) {
        const QString text = base::newTransactionId(random).text();
        QCOMPARE(text.size(), 22);
        for (const QChar c : text)
            QVERIFY(c.isDigit() || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'-' || c == u'_');
        seen.insert(text);
    }
    QCOMPARE(seen.size(), 10'000);
    tests::FakeRandom one(7), two(7);
    QCOMPARE(base::randomToken(one), base::randomToken(two));
}

void TestBase::theSystemClockCallsInTime()
{
    base::SystemClock clock;
    const auto begin = clock.monotonic();
    QVERIFY(clock.nowMs() > 1'600'000'000'000);
    int calls = 0;
    clock.after(5ms, this, [&] { ++calls; });
    QCOMPARE(calls, 0);
    QTRY_COMPARE(calls, 1);
    QVERIFY(clock.monotonic() - begin >= 4ms);
}

void TestBase::theSystemClockForgetsADeadContext()
{
    base::SystemClock clock;
    bool called = false, later = false;
    {
        QObject context;
        clock.after(0ms, &context, [&] { called = true; });
    }
    clock.after(2ms, this, [&] { later = true; });
    QTRY_VERIFY(later);
    QVERIFY(!called);
}

void TestBase::aLockIsHeldByOne()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"lock"_s);
    base::FileLock first(path), second(path);
    QVERIFY(first.acquire());
    QVERIFY(first.acquire()); // it has it already
    QVERIFY(first.isHeld());
    QVERIFY(second.acquire().error().kind == base::ErrorKind::Denied);
    QVERIFY(!second.isHeld());
    first.release();
    QVERIFY(!first.isHeld());
    QVERIFY(second.acquire());
}

void TestBase::aLockDiesWithItsProcess()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"lock"_s);
    int ready[2];
    QCOMPARE(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        base::FileLock lock(path);
        const char held = lock.acquire() ? 'y' : 'n';
        (void)!::write(ready[1], &held, 1);
        ::pause(); // until it is killed
        ::_exit(0);
    }
    char held = 0;
    QCOMPARE(::read(ready[0], &held, 1), 1);
    ::close(ready[0]);
    ::close(ready[1]);
    QCOMPARE(held, 'y');
    base::FileLock lock(path);
    QVERIFY(lock.acquire().error().kind == base::ErrorKind::Denied);
    ::kill(child, SIGKILL);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QVERIFY(lock.acquire());
}

void TestBase::tellsWhenALockCannotBe()
{
    const QTemporaryDir folder;
    base::FileLock lock(folder.filePath(u"no such folder/lock"_s));
    QVERIFY(lock.acquire().error().kind == base::ErrorKind::Storage);
}

void TestBase::theWatchdogCountsALongPass_data()
{
    QTest::addColumn<bool>("isPosted");
    QTest::newRow("posted") << true;
    QTest::newRow("of a timer") << false;
}

/// In a loop that waits, as a program's does: what is done on waking is the pass.
void TestBase::theWatchdogCountsALongPass()
{
    QFETCH(bool, isPosted);
    if (!isPosted && !QAbstractEventDispatcher::instance()->inherits("QEventDispatcherGlib"))
        QSKIP("Qt runs without GLib here, and says nothing of what timers and sockets set off");
    base::Watchdog watchdog;
    base::SystemClock clock;
    QEventLoop loop;
    const auto work = [] {
        QElapsedTimer busy;
        busy.start();
        while (busy.nsecsElapsed() <= 2 * base::Watchdog::kStallNs) {}
    };
    isPosted ? void(QMetaObject::invokeMethod(this, work, Qt::QueuedConnection)) : clock.after(5ms, this, work);
    clock.after(60ms, this, [&] { loop.quit(); });
    loop.exec();
    QVERIFY(watchdog.counters().stalls >= 1);
    QVERIFY(watchdog.counters().longestNs >= 2 * base::Watchdog::kStallNs);
    watchdog.reset();
    QCOMPARE(watchdog.counters().stalls, 0);
}

void TestBase::theWatchdogIgnoresWaiting()
{
    base::SystemClock clock;
    bool ignored = false;
    // Were waiting counted, the longest pass would be nearly all of the time, in every attempt. A machine that is busy with
    // others may stretch a pass of one attempt, not of each.
    for (int attempt = 0; attempt < 10 && !ignored; ++attempt) {
        base::Watchdog watchdog;
        bool done = false;
        QElapsedTimer whole;
        whole.start();
        clock.after(60ms, this, [&] { done = true; });
        while (!done)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        ignored = watchdog.counters().longestNs < whole.nsecsElapsed() / 2;
    }
    QVERIFY(ignored);
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
