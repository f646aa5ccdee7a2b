// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "support/await.h"
#include "support/fakebackend.h"
#include "support/fulldisk.h"
#include "sync/accountsync.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using tests::await;

namespace {

const base::AccountId kAccount(u"local-1"_s);
const base::ConversationId kRoom(kAccount, u"ops"_s);

/// `count` messages from `first` on, and the cursor that says that they came.
chat::SyncBatch batch(int first, int count)
{
    chat::SyncBatch made;
    for (int i = first; i < first + count; ++i) {
        chat::Message message;
        message.id = base::MessageId(u"m%1"_s.arg(i));
        message.conversation = kRoom;
        message.sender = base::UserId(u"ana"_s);
        message.order = message.timeMs = i;
        message.text = u"text"_s;
        made.events.append(chat::MessageChanged{message});
    }
    made.cursor = QByteArray::number(first + count - 1);
    return made;
}

} // namespace

class TestAccountSync : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void startsFromTheStoredCursor();
    void handsOnInOrderWhatIsStored();
    void storesAFloodInFewTransactions();
    void handsNothingOnWhenTheStoreFails();
    void takesNothingWhileStopped();
    void doesNotStartAfterAStop();
    void aFailureOfAnEarlierRunDoesNotStopThisOne();
    void handsOnWhatAnEarlierRunStored();
    void startsOverWhenTooMuchWaits();

private:
    qint64 storedCursor() { return await(m_store->state(kAccount))->cursor.toLongLong(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::ProfileStore> m_store;
    std::unique_ptr<tests::FakeBackend> m_backend;
    std::unique_ptr<sync::AccountSync> m_sync;
};

void TestAccountSync::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"p.db"_s));
    QVERIFY(await(m_store->open()));
    QVERIFY(await(m_store->saveAccount({kAccount, u"local"_s, u"Local"_s, u"me"_s, {}, {}})));
    m_backend = std::make_unique<tests::FakeBackend>();
    m_sync = std::make_unique<sync::AccountSync>(kAccount, *m_backend, *m_store);
}

void TestAccountSync::cleanup()
{
    m_sync.reset();
    m_backend.reset();
    m_store.reset();
}

void TestAccountSync::startsFromTheStoredCursor()
{
    QVERIFY(await(m_store->commit(kAccount, batch(1, 3), m_backend->me)));
    const auto state = await(m_sync->start());
    QVERIFY(state);
    QCOMPARE(state->conversations.size(), 1);
    QCOMPARE(m_backend->starts, QList<QByteArray>{"3"});
}

void TestAccountSync::handsOnInOrderWhatIsStored()
{
    QVERIFY(await(m_sync->start()));
    QList<qint64> orders;
    connect(m_sync.get(), &sync::AccountSync::committed, this, [&](const chat::SyncBatch& stored) {
        for (const chat::Event& event : stored.events)
            orders.append(std::get<chat::MessageChanged>(event).message.order);
    });
    for (int i = 0; i < 50; ++i)
        m_backend->push(batch(i * 3 + 1, 3));
    QVERIFY(orders.isEmpty()); // stored first
    QTRY_COMPARE(orders.size(), 150);
    QVERIFY(std::is_sorted(orders.begin(), orders.end()));
    QCOMPARE(storedCursor(), 150);
}

void TestAccountSync::storesAFloodInFewTransactions()
{
    QVERIFY(await(m_sync->start()));
    QSignalSpy committed(m_sync.get(), &sync::AccountSync::committed);
    for (int i = 0; i < sync::kMaxEventsAtOnce + 1; ++i)
        m_backend->push(batch(i + 1, 1));
    QTRY_COMPARE(storedCursor(), sync::kMaxEventsAtOnce + 1);
    // The first alone, then all that piled up behind it, in slices; the last slice of a transaction has its cursor.
    QTRY_COMPARE(committed.size(), 1 + sync::kMaxEventsAtOnce / sync::kMaxEventsTold);
    int transactions = 0;
    for (const auto& arguments : committed) {
        const auto slice = arguments.first().value<chat::SyncBatch>();
        QVERIFY(slice.events.size() <= sync::kMaxEventsTold);
        transactions += !slice.cursor.isEmpty();
    }
    QCOMPARE(transactions, 2);
}

void TestAccountSync::handsNothingOnWhenTheStoreFails()
{
    QVERIFY(await(m_sync->start()));
    QSignalSpy committed(m_sync.get(), &sync::AccountSync::committed);
    QSignalSpy failed(m_sync.get(), &sync::AccountSync::failed);
    {
        const tests::FullDisk full;
        m_backend->push(batch(1, 3));
        m_backend->push(batch(4, 3));
        QTRY_COMPARE(failed.size(), 1);
    }
    QCOMPARE(committed.size(), 0);
    QCOMPARE(m_backend->stops, 1);
    QVERIFY(await(m_sync->start())); // there is room again
    QCOMPARE(m_backend->starts.last(), QByteArray());
    m_backend->push(batch(1, 6));
    QTRY_COMPARE(committed.size(), 1);
    QCOMPARE(storedCursor(), 6);
}

void TestAccountSync::takesNothingWhileStopped()
{
    m_backend->push(batch(1, 3));
    QVERIFY(await(m_sync->start()));
    m_sync->stop();
    m_backend->push(batch(1, 3));
    QCOMPARE(storedCursor(), 0);
}

void TestAccountSync::doesNotStartAfterAStop()
{
    const auto starting = m_sync->start();
    m_sync->stop();
    QVERIFY(await(starting)); // what is stored is worth knowing all the same
    QVERIFY(m_backend->starts.isEmpty());
    const auto first = m_sync->start();
    const auto second = m_sync->start();
    QVERIFY(await(first));
    QVERIFY(await(second));
    QCOMPARE(m_backend->starts.size(), 1);
}

void TestAccountSync::aFailureOfAnEarlierRunDoesNotStopThisOne()
{
    QVERIFY(await(m_sync->start()));
    QSignalSpy failed(m_sync.get(), &sync::AccountSync::failed);
    base::Async<store::AccountState> again = [&] {
        const tests::FullDisk full;
        m_backend->push(batch(1, 3)); // its commit will fail
        (void)await(m_store->outbox()); // and has, though nobody here has heard of it: answers come from the event loop
        m_sync->stop();
        return m_sync->start();
    }();
    QVERIFY(await(again));
    const int stops = m_backend->stops;
    QCoreApplication::processEvents();
    m_backend->push(batch(1, 3));
    QTRY_COMPARE(storedCursor(), 3);
    QCOMPARE(m_backend->stops, stops);
    QVERIFY(failed.size() <= 1);
}

void TestAccountSync::handsOnWhatAnEarlierRunStored()
{
    QVERIFY(await(m_sync->start()));
    QSignalSpy committed(m_sync.get(), &sync::AccountSync::committed);
    m_backend->push(batch(1, 3));
    m_sync->stop();
    QVERIFY(await(m_sync->start()));
    QCOMPARE(m_backend->starts.last(), QByteArray("3")); // so nobody will send it again
    QTRY_COMPARE(committed.size(), 1);
}

void TestAccountSync::startsOverWhenTooMuchWaits()
{
    QVERIFY(await(m_sync->start()));
    int sent = 0;
    const int total = int(sync::kMaxEventsWaiting) + 5000;
    constexpr int kEach = 1000;
    while (sent < total) { // the store gets no chance: nothing runs the event loop
        m_backend->push(batch(sent + 1, kEach));
        sent += kEach;
    }
    QTRY_COMPARE(m_backend->starts.size(), 2);
    QCOMPARE(m_backend->stops, 1);
    int next = m_backend->starts.last().toInt();
    QVERIFY(next > 0);
    QVERIFY(next < int(sync::kMaxEventsAtOnce) + 1);
    m_backend->push(batch(next + 1, 10));
    QTRY_COMPARE(storedCursor(), next + 10);
    QCOMPARE(*await(m_store->countAfter(kRoom, 0)), next + 10); // nothing lost in between, nothing of the dropped kept
}

QTEST_GUILESS_MAIN(TestAccountSync)
#include "tst_accountsync.moc"
