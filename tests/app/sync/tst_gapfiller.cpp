// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "support/await.h"
#include "support/fakebackend.h"
#include "support/fakeclock.h"
#include "support/fakehistory.h"
#include "support/fulldisk.h"
#include "support/messages.h"
#include "sync/gapfiller.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace std::chrono_literals;
using chat::Gap;
using chat::GapState;
using tests::await;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
const base::ConversationId kRoom(kAccount, u"#ops"_s);
const base::ConversationId kOther(kAccount, u"#help"_s);

chat::Message message(int order, const base::ConversationId& where = kRoom)
{
    chat::Message made;
    made.id = base::MessageId(u"m%1"_s.arg(order));
    made.conversation = where;
    made.sender = base::UserId(u"ana"_s);
    made.order = order;
    made.timeMs = 1'700'000'000'000 + order;
    made.text = u"text"_s;
    return made;
}

QList<chat::Message> messages(int first, int last, const base::ConversationId& where = kRoom)
{
    QList<chat::Message> made;
    for (int order = first; order <= last; ++order)
        made.append(message(order, where));
    return made;
}

} // namespace

class TestGapFiller : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void fillsAtOnceWhatIsInView();
    void fillsAStoredGapInTheBackground();
    void asksOnePageInAPauseTheNewestFirst();
    void asksPageAfterPageWhereNobodyCounts();
    void waitsWhileMessagesComeInButNotForEver();
    void findsEveryMessageOfALongAbsence();
    void saysThatAGapIsLostWhenTheServerBeginsBehindIt();
    void closesAGapThatHasNothingBeforeIt();
    void seesTheOverlapThoughHistoryTellsTimesCoarsely();
    void findsAllOfOneSecond();
    void takesNothingThatWasNotAskedFor();
    void aPageWithoutNewsIsAnErrorAndNoLoop();
    void keepsTheGapAfterAnErrorAndTriesAgainLater();
    void aFullDiskLeavesTheGap();
    void asksNothingWithoutHistoryOrConnection();
    void tellsTheStateOfAGap();
    void loadsWhatIsOlderThanEverythingStored();
    void loadsOlderOnceWhenTheServerRepeatsItself();
    void reachesWhatIsStoredWithoutAsking();
    void reachesIntoAGapAndLeavesOneOnEachSide();
    void reachesBehindTheBeginning();
    void makesDoWithWhatIsStoredWhereTheServerFindsNothingByTime();

private:
    void commit(const QList<chat::Message>& all, const QList<Gap>& gaps = {})
    {
        chat::SyncBatch batch = tests::batchOf(all);
        batch.gaps = gaps;
        const auto stored = await(m_store->commit(kAccount, batch, m_backend->me));
        QVERIFY(stored);
        m_filler->noteCommitted(*stored);
    }
    /// Everything that waits on the store's worker, and what it sets off.
    void settle()
    {
        for (int i = 0; i < 6; ++i)
            (void)await(m_store->oldest(kRoom));
    }
    chat::MessagePage stored() { return await(m_store->messages({kRoom, {}, 0, 0, 10'000})).valueOr({}); }
    QList<qint64> orders()
    {
        QList<qint64> all;
        for (const chat::Message& one : stored().messages)
            all.append(one.order);
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::ProfileStore> m_store;
    std::unique_ptr<tests::FakeBackend> m_backend;
    std::unique_ptr<tests::FakeHistory> m_history;
    std::unique_ptr<tests::FakeClock> m_clock;
    std::unique_ptr<sync::GapFiller> m_filler;
};

void TestGapFiller::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"p.db"_s));
    QVERIFY(await(m_store->open()));
    QVERIFY(await(m_store->saveAccount({kAccount, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}})));
    m_history = std::make_unique<tests::FakeHistory>();
    m_backend = std::make_unique<tests::FakeBackend>();
    m_backend->history = m_history.get();
    m_clock = std::make_unique<tests::FakeClock>();
    m_filler = std::make_unique<sync::GapFiller>(kAccount, *m_backend, *m_store, *m_clock);
    m_backend->setConnected(true);
}

void TestGapFiller::cleanup()
{
    m_filler.reset();
    m_backend.reset();
    m_store.reset();
}

void TestGapFiller::fillsAtOnceWhatIsInView()
{
    const Gap gap{kRoom, 3, 8};
    commit(messages(1, 3) + messages(8, 9), {gap});
    m_history->server = messages(1, 9);
    QSignalSpy committed(m_filler.get(), &sync::GapFiller::committed);
    m_filler->fill(gap);
    QTRY_COMPARE(committed.size(), 1);
    QCOMPARE(m_history->asked, (QList<qint64>{9})); // the edge too: others may stand there with it
    QCOMPARE(orders(), (QList<qint64>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
    QVERIFY(stored().gaps.isEmpty());
    const auto batch = committed.first().first().value<chat::SyncBatch>();
    QCOMPARE(batch.gapChanges, (QList<chat::GapChange>{{gap, {}}})); // one transaction: messages and what became of the gap
    QCOMPARE(batch.events.size(), 8);
}

void TestGapFiller::fillsAStoredGapInTheBackground()
{
    commit(messages(1, 3) + messages(8, 9), {{kRoom, 3, 8}});
    m_filler = std::make_unique<sync::GapFiller>(kAccount, *m_backend, *m_store, *m_clock); // the next start
    m_history->server = messages(1, 9);
    m_filler->start();
    settle();
    QVERIFY(m_history->asked.isEmpty());
    m_clock->advance(sync::kBusyPause);
    QTRY_VERIFY(stored().gaps.isEmpty());
    QCOMPARE(orders().size(), 9);
}

void TestGapFiller::asksOnePageInAPauseTheNewestFirst()
{
    commit(messages(1, 2) + messages(50, 51) + messages(100, 101), {{kRoom, 2, 50}, {kRoom, 51, 100}});
    m_clock->advance(sync::kBusyPause);
    QCOMPARE(m_history->asked, (QList<qint64>{101}));
    m_clock->advance(60s);
    QCOMPARE(m_history->asked.size(), 1); // one on its way is enough
    m_history->answer(chat::HistoryPage{messages(90, 99), false});
    settle();
    QCOMPARE(m_history->asked.size(), 1);
    m_clock->advance(sync::kBusyPause - 1ms);
    QCOMPARE(m_history->asked.size(), 1);
    m_clock->advance(1ms);
    QCOMPARE(m_history->asked, (QList<qint64>{101, 91})); // the rest of the newer one
    m_filler->fill({kRoom, 2, 50}); // somebody scrolled there
    m_history->answer(chat::HistoryPage{messages(80, 89), false});
    QTRY_COMPARE(m_history->asked, (QList<qint64>{101, 91, 51})); // without a pause
}

void TestGapFiller::asksPageAfterPageWhereNobodyCounts()
{
    m_history->pauseBetween = 0ms;
    commit(messages(1, 2) + messages(100, 101), {{kRoom, 2, 100}});
    m_clock->advance(sync::kBusyPause); // something came in just now
    QCOMPARE(m_history->asked, (QList<qint64>{101}));
    m_history->answer(chat::HistoryPage{messages(90, 99), false});
    settle();
    m_clock->advance(0ms);
    QCOMPARE(m_history->asked, (QList<qint64>{101, 91}));
    commit(messages(102, 102));
    m_history->answer(chat::HistoryPage{messages(80, 90), false});
    settle();
    m_clock->advance(sync::kBusyPause - 1ms);
    QCOMPARE(m_history->asked, (QList<qint64>{101, 91}));
    m_clock->advance(1ms);
    QCOMPARE(m_history->asked, (QList<qint64>{101, 91, 81}));
}

void TestGapFiller::waitsWhileMessagesComeInButNotForEver()
{
    commit(messages(1, 2) + messages(50, 51), {{kRoom, 2, 50}});
    int next = 52;
    for (int pause = 0; pause < sync::kMaxPostponements; ++pause) {
        commit(messages(next, next));
        ++next;
        m_clock->advance(sync::kBusyPause);
        QVERIFY(m_history->asked.isEmpty());
    }
    commit(messages(next, next));
    m_clock->advance(sync::kBusyPause);
    QCOMPARE(m_history->asked, (QList<qint64>{51}));
}

void TestGapFiller::findsEveryMessageOfALongAbsence()
{
    constexpr int kMissed = 10'000;
    commit(messages(1, 1) + messages(kMissed + 2, kMissed + 2), {{kRoom, 1, kMissed + 2}});
    m_history->server = messages(1, kMissed + 2);
    m_history->pageSize = 100; // less than what is asked for
    for (int page = 0; page < kMissed / 99 + 1 && !await(m_store->openGaps(kAccount))->isEmpty(); ++page) {
        m_clock->advance(sync::kBusyPause);
        settle();
    }
    QVERIFY(await(m_store->openGaps(kAccount))->isEmpty());
    QCOMPARE(await(m_store->countAfter(kRoom, 0)).valueOr(0), kMissed + 2);
}

void TestGapFiller::saysThatAGapIsLostWhenTheServerBeginsBehindIt()
{
    const Gap gap{kRoom, 2, 50};
    commit(messages(1, 2) + messages(50, 51), {gap});
    m_filler->fill(gap);
    m_history->answer(chat::HistoryPage{messages(45, 49), true});
    QTRY_COMPARE(stored().gaps, (QList<Gap>{{kRoom, 2, 45, true}}));
    m_clock->advance(1h);
    m_filler->fill({kRoom, 2, 45, true});
    settle();
    QCOMPARE(m_history->asked.size(), 1); // never again
    QCOMPARE(m_filler->state({kRoom, 2, 45, true}), GapState::Unavailable);
}

void TestGapFiller::closesAGapThatHasNothingBeforeIt()
{
    const Gap gap{kRoom, 0, 50};
    commit(messages(50, 51), {gap});
    m_filler->fill(gap);
    m_history->answer(chat::HistoryPage{messages(45, 49), true});
    QTRY_VERIFY(stored().gaps.isEmpty());
    QCOMPARE(orders().size(), 7);
}

void TestGapFiller::seesTheOverlapThoughHistoryTellsTimesCoarsely()
{
    // The order is made of the time; live it was told in milliseconds, in history in seconds rounded up.
    const Gap gap{kRoom, 1'300, 9'000};
    commit({message(1'300), message(9'000)}, {gap});
    m_filler->fill(gap);
    chat::Message again = message(1'300);
    again.order = 2'000;
    again.timeMs += 700;
    m_history->answer(chat::HistoryPage{{again, message(5'000)}, false});
    QTRY_VERIFY(stored().gaps.isEmpty());
    QCOMPARE(orders(), (QList<qint64>{1'300, 5'000, 9'000})); // and it stays where it was
}

void TestGapFiller::findsAllOfOneSecond()
{
    // Live in milliseconds, history in whole seconds, and the page ends in the middle of one.
    const Gap gap{kRoom, 1'150, 9'000};
    commit({message(1'150), message(9'000)}, {gap});
    QList<chat::Message> all{message(1'150)};
    for (int i = 0; i < 9; ++i) {
        all.append(message(1'200 + i));
        all.append(message(5'000 + i));
    }
    std::sort(all.begin(), all.end(), [](const chat::Message& a, const chat::Message& b) { return a.order < b.order; });
    for (chat::Message& one : all)
        one.order = one.order / 1000 * 1000;
    m_history->server = all;
    m_history->pageSize = 12;
    for (int page = 0; page < 10 && !stored().gaps.isEmpty(); ++page) {
        m_clock->advance(sync::kBusyPause);
        settle();
    }
    QVERIFY(stored().gaps.isEmpty());
    QCOMPARE(orders().size(), 20);
}

void TestGapFiller::takesNothingThatWasNotAskedFor()
{
    const Gap gap{kRoom, 2, 50};
    commit(messages(1, 2) + messages(50, 51), {gap});
    m_filler->fill(gap);
    m_history->answer(chat::HistoryPage{{message(20, kOther), message(49), message(60)}, false});
    QTRY_COMPARE(stored().gaps, (QList<Gap>{{kRoom, 2, 49}}));
    QCOMPARE(orders(), (QList<qint64>{1, 2, 49, 50, 51}));
    QCOMPARE(await(m_store->countAfter(kOther, 0)).valueOr(-1), 0);
}

void TestGapFiller::aPageWithoutNewsIsAnErrorAndNoLoop()
{
    const Gap gap{kRoom, 2, 50};
    commit(messages(1, 2) + messages(50, 51), {gap});
    m_history->server.emplace();
    m_filler->fill(gap);
    m_history->server.reset();
    settle();
    QCOMPARE(stored().gaps, (QList<Gap>{{kRoom, 2, 50, true}})); // an empty page that says it is the start: lost

    const Gap other{kRoom, 51, 90};
    commit(messages(90, 91), {other});
    m_filler->fill(other);
    m_history->answer(chat::HistoryPage{});
    QTRY_COMPARE(m_filler->state(other), GapState::Failed);
    settle();
    QCOMPARE(m_history->asked.size(), 2);
}

void TestGapFiller::keepsTheGapAfterAnErrorAndTriesAgainLater()
{
    const Gap gap{kRoom, 2, 50};
    commit(messages(1, 2) + messages(50, 51), {gap});
    std::chrono::milliseconds wait = sync::kFirstRetry;
    m_clock->advance(sync::kBusyPause);
    for (int i = 0; i < 8; ++i) {
        m_history->answer(base::Error{base::ErrorKind::Timeout, u"said the test"_s, 0});
        QTRY_COMPARE(m_filler->state(gap), GapState::Failed);
        QCOMPARE(m_history->asked.size(), i + 1);
        m_clock->advance(wait - 1ms);
        QCOMPARE(m_history->asked.size(), i + 1);
        m_clock->advance(1ms);
        QCOMPARE(m_history->asked.size(), i + 2);
        QCOMPARE(m_filler->state(gap), GapState::Loading);
        wait = std::min<std::chrono::milliseconds>(wait * 2, sync::kLastRetry);
    }
    m_history->answer(base::Error{base::ErrorKind::RateLimited, {}, 1'000'000});
    QTRY_COMPARE(m_filler->state(gap), GapState::Failed);
    m_clock->advance(999s);
    QCOMPARE(m_history->asked.size(), 9); // the server said when
    m_filler->fill(gap); // the user does not wait
    QCOMPARE(m_history->asked.size(), 10);
    m_history->answer(chat::HistoryPage{messages(2, 49), false});
    QTRY_VERIFY(stored().gaps.isEmpty());
}

void TestGapFiller::aFullDiskLeavesTheGap()
{
    const Gap gap{kRoom, 2, 50};
    commit(messages(1, 2) + messages(50, 51), {gap});
    m_filler->fill(gap);
    QSignalSpy committed(m_filler.get(), &sync::GapFiller::committed);
    {
        const tests::FullDisk full;
        m_history->answer(chat::HistoryPage{messages(2, 49), false});
        QTRY_COMPARE(m_filler->state(gap), GapState::Failed);
    }
    QCOMPARE(committed.size(), 0); // nothing is shown that is not stored
    QCOMPARE(stored().gaps, (QList<Gap>{gap}));
    QCOMPARE(orders().size(), 4);
}

void TestGapFiller::asksNothingWithoutHistoryOrConnection()
{
    const Gap gap{kRoom, 2, 50};
    m_backend->history = nullptr;
    commit(messages(1, 2) + messages(50, 51), {gap});
    m_filler->fill(gap);
    m_clock->advance(1h);
    QCOMPARE(m_filler->state(gap), GapState::Unavailable);
    QVERIFY(!m_filler->mayHaveOlder(kRoom));
    m_backend->setConnected(false);
    m_backend->history = m_history.get();
    m_clock->advance(1h);
    QVERIFY(m_history->asked.isEmpty());
    QCOMPARE(m_filler->state(gap), GapState::Unavailable);
    QVERIFY(!await(m_filler->loadOlder(kRoom)));
    QSignalSpy told(m_filler.get(), &sync::GapFiller::stateChanged);
    m_backend->setConnected(true);
    QVERIFY(!told.isEmpty());
    QCOMPARE(m_history->asked.size(), 1); // it was wanted already
    QCOMPARE(stored().gaps, (QList<Gap>{gap}));
}

void TestGapFiller::tellsTheStateOfAGap()
{
    const Gap gap{kRoom, 2, 50};
    commit(messages(1, 2) + messages(50, 51), {gap});
    QSignalSpy told(m_filler.get(), &sync::GapFiller::stateChanged);
    QCOMPARE(m_filler->state(gap), GapState::Open);
    m_filler->fill(gap);
    QCOMPARE(m_filler->state(gap), GapState::Loading);
    m_backend->setConnected(false); // and nobody answers any more
    m_history->waiting.clear();
    QTRY_COMPARE(m_filler->state(gap), GapState::Unavailable);
    QVERIFY(told.size() >= 2);
}

void TestGapFiller::loadsWhatIsOlderThanEverythingStored()
{
    commit(messages(500, 501));
    m_history->server = messages(1, 501);
    QSignalSpy committed(m_filler.get(), &sync::GapFiller::committed);
    QVERIFY(m_filler->mayHaveOlder(kRoom));
    QCOMPARE(await(m_filler->loadOlder(kRoom)).valueOr(false), true);
    QCOMPARE(committed.size(), 1);
    QCOMPARE(orders().first(), 301);
    QCOMPARE(await(m_filler->loadOlder(kRoom)).valueOr(false), true);
    QCOMPARE(await(m_filler->loadOlder(kRoom)).valueOr(true), false);
    QCOMPARE(orders().size(), 501);
    QVERIFY(!m_filler->mayHaveOlder(kRoom));
    m_backend->setConnected(false);
    m_backend->setConnected(true);
    QVERIFY(m_filler->mayHaveOlder(kRoom)); // who knows
}

void TestGapFiller::loadsOlderOnceWhenTheServerRepeatsItself()
{
    commit(messages(500, 501));
    const auto first = m_filler->loadOlder(kRoom);
    QTRY_COMPARE(m_history->waiting.size(), size_t(1));
    chat::Message again = message(500);
    again.order = 499; // told more coarsely
    m_history->answer(chat::HistoryPage{{again}, false});
    QCOMPARE(await(first).valueOr(true), false);
    QVERIFY(!m_filler->mayHaveOlder(kRoom));
    QCOMPARE(orders(), (QList<qint64>{500, 501}));
}

void TestGapFiller::reachesWhatIsStoredWithoutAsking()
{
    commit(messages(1, 9));
    const auto at = [this](int order) { return await(m_filler->reach(kRoom, message(order).timeMs)).valueOr(base::MessageId(u"failed"_s)); };
    m_history->server = messages(1, 9);
    QCOMPARE(at(4), message(4).id);
    QCOMPARE(at(10), base::MessageId()); // nothing was said since
    QVERIFY(m_history->askedFrom.isEmpty());
    m_history->server->clear(); // before all that is stored the server may have something; it has not
    QCOMPARE(at(0), message(1).id);
    QCOMPARE(m_history->askedFrom.size(), 1);
}

void TestGapFiller::reachesIntoAGapAndLeavesOneOnEachSide()
{
    commit(messages(1, 2) + messages(500, 501), {{kRoom, 2, 500}});
    m_history->server = messages(1, 501);
    m_history->pageSize = 10;
    QCOMPARE(await(m_filler->reach(kRoom, message(100).timeMs)).valueOr({}), message(100).id);
    QCOMPARE(stored().gaps, (QList<Gap>{{kRoom, 2, 100}, {kRoom, 109, 500}}));
    QCOMPARE(orders().size(), 14);
    // The page reaches what is known behind the gap: only the one before it is left.
    QCOMPARE(await(m_filler->reach(kRoom, message(495).timeMs)).valueOr({}), message(495).id);
    QCOMPARE(stored().gaps, (QList<Gap>{{kRoom, 2, 100}, {kRoom, 109, 495}}));
    QCOMPARE(m_history->askedFrom.size(), 2);
}

void TestGapFiller::reachesBehindTheBeginning()
{
    commit(messages(150, 151));
    m_history->server = messages(1, 151);
    m_history->pageSize = 10;
    QCOMPARE(await(m_filler->reach(kRoom, message(50).timeMs)).valueOr({}), message(50).id);
    QCOMPARE(stored().gaps, (QList<Gap>{{kRoom, 59, 150}}));
    m_history->pageSize = 1'000;
    m_filler->fill({kRoom, 59, 150});
    QTRY_VERIFY(stored().gaps.isEmpty());
    QCOMPARE(orders().size(), 151); // its page reached below the place that was jumped to, too
}

void TestGapFiller::makesDoWithWhatIsStoredWhereTheServerFindsNothingByTime()
{
    commit(messages(1, 2) + messages(500, 501), {{kRoom, 2, 500}});
    m_history->findsByTime = false;
    QCOMPARE(await(m_filler->reach(kRoom, message(100).timeMs)).valueOr({}), message(500).id);
    QCOMPARE(stored().gaps, (QList<Gap>{{kRoom, 2, 500}}));
}

QTEST_GUILESS_MAIN(TestGapFiller)
#include "tst_gapfiller.moc"
