// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Everything that is shown is what is stored: a timeline that was open all the time, and one opened afterwards, are the same.
#include "model/timelinemodel.h"
#include "support/await.h"
#include "support/fakebackend.h"
#include "support/fakeclock.h"
#include "support/fakehistory.h"
#include "sync/accountsync.h"
#include "sync/gapfiller.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace std::chrono_literals;
using tests::await;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
const base::ConversationId kRoom(kAccount, u"#ops"_s);
constexpr qint64 kStart = 1'700'000'000'000;

/// One that was said, as the server knows it: with milliseconds live, with whole seconds in its history.
chat::Message said(int number, qint64 timeMs, bool coarse = false)
{
    chat::Message made;
    made.id = base::MessageId(u"m%1"_s.arg(number));
    made.conversation = kRoom;
    made.sender = base::UserId(number % 5 == 0 ? u"me"_s : u"ana"_s);
    made.senderName = made.sender.text();
    made.timeMs = coarse ? timeMs / 1000 * 1000 : timeMs;
    made.order = made.timeMs * 1024;
    made.text = u"text %1"_s.arg(number);
    return made;
}

QStringList drawn(const model::TimelineModel& timeline)
{
    QStringList lines;
    for (int i = 0; i < timeline.rowCount(); ++i) {
        const auto& row = timeline.row(i);
        lines
            += u"%1 %2 %3 %4 %5"_s.arg(int(row.kind)).arg(row.message.id.text()).arg(row.message.order).arg(row.message.timeMs).arg(row.message.text)
            + (row.continuesGroup ? u" +"_s : QString())
            + (row.kind == model::TimelineRow::Kind::Gap ? QString::number(row.gap.beforeOrder) : QString());
    }
    return lines;
}

} // namespace

class TestMerging : public QObject
{
    Q_OBJECT
private slots:
    void whatIsShownIsWhatIsStored_data();
    void whatIsShownIsWhatIsStored();
};

void TestMerging::whatIsShownIsWhatIsStored_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 12; ++seed)
        QTest::addRow("%d", seed) << seed;
}

void TestMerging::whatIsShownIsWhatIsStored()
{
    QFETCH(int, seed);
    tests::FakeRandom random{quint64(seed)};
    const auto below = [&](int limit) { return int(random.next() % quint64(limit)); };
    const QTemporaryDir folder;
    store::ProfileStore store(folder.filePath(u"p.db"_s));
    QVERIFY(await(store.open()));
    QVERIFY(await(store.saveAccount({kAccount, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}})));
    tests::FakeBackend backend;
    tests::FakeHistory history;
    tests::FakeClock clock;
    backend.history = &history;
    sync::AccountSync sync(kAccount, backend, store);
    sync::GapFiller filler(kAccount, backend, store, clock);
    const auto source = [&store](const chat::MessageQuery& query) { return store.messages(query); };
    model::TimelineModel open(kRoom, {}, backend.me, source);
    connect(&sync, &sync::AccountSync::committed, this, [&](const chat::SyncBatch& batch) {
        filler.noteCommitted(batch);
        open.apply(batch);
    });
    connect(&filler, &sync::GapFiller::committed, &open, qOverload<const chat::SyncBatch&>(&model::TimelineModel::apply));
    QVERIFY(await(sync.start()));
    backend.setConnected(true);
    open.loadNewest();

    QList<chat::Message> heard; // as the server's history has it
    std::vector<std::pair<int, qint64>> all;
    qint64 now = kStart;
    qint64 newest = 0;
    for (int step = 0; step < 60; ++step) {
        chat::SyncBatch batch;
        const bool away = below(6) == 0;
        const int count = 1 + below(8);
        for (int i = 0; i < count; ++i) {
            now += below(4) == 0 ? 0 : below(900); // many in one millisecond, many in one second
            const int number = int(all.size());
            all.emplace_back(number, now);
            heard.append(said(number, now, true));
            if (!away)
                batch.events.append(chat::MessageChanged{said(number, now)});
        }
        if (!all.empty() && below(3) == 0) // the server says some of it again, more coarsely, in its own order
            for (int i = below(5); i >= 0; --i) {
                const auto& [number, time] = all[size_t(below(int(all.size())))];
                chat::Message again = said(number, time, true);
                if (below(3) == 0) {
                    again.text += u" edited"_s;
                    again.edited = true;
                }
                batch.events.append(chat::MessageChanged{again});
            }
        now += 1;
        if (away) {
            batch.gaps.append({kRoom, newest, (now + 1000) / 1000 * 1000 * 1024});
            now = (now + 2000) / 1000 * 1000;
        }
        newest = now * 1024;
        backend.push(batch);
        if (below(3) == 0)
            (void)await(store.oldest(kRoom));
    }
    history.server = heard;
    history.pageSize = 7;
    for (int pause = 0; pause < 200 && !await(store.openGaps(kAccount)).valueOr({}).isEmpty(); ++pause) {
        clock.advance(2s);
        for (int i = 0; i < 6; ++i)
            (void)await(store.oldest(kRoom));
    }
    QVERIFY(await(store.openGaps(kAccount)).valueOr({{}}).isEmpty());
    QTRY_VERIFY(!open.isLoading());
    model::TimelineModel fresh(kRoom, {}, backend.me, source);
    fresh.loadNewest();
    QTRY_VERIFY(!fresh.isLoading());
    while (fresh.hasOlder()) {
        fresh.loadOlder();
        QTRY_VERIFY(!fresh.isLoading());
    }
    QCOMPARE(drawn(open), drawn(fresh));
    QCOMPARE(await(store.countAfter(kRoom, 0)).valueOr(-1), int(all.size())); // each once
}

QTEST_GUILESS_MAIN(TestMerging)
#include "tst_merging.moc"
