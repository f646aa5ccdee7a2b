// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "model/timelinemodel.h"
#include "support/messages.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::batchOf;
using tests::Stored;

namespace {

const base::ConversationId kRoom(base::AccountId(u"local"_s), u"ops"_s);
const chat::Member kMe{.user = base::UserId(u"me"_s), .name = u"Me"_s};
constexpr qint64 kNoon = tests::kFirstMs;

chat::Message message(qint64 order, const QString& sender, const QString& text, qint64 timeMs = 0)
{
    auto made = tests::makeMessage(kRoom, order, sender, text);
    if (timeMs)
        made.timeMs = timeMs;
    return made;
}

/// The timeline drawn as text: one line a row.
QString drawn(const model::TimelineModel& timeline)
{
    QStringList lines;
    for (int i = 0; i < timeline.rowCount(); ++i) {
        const auto& row = timeline.row(i);
        switch (row.kind) {
        case model::TimelineRow::Kind::Day: lines += u"day"_s; break;
        case model::TimelineRow::Kind::Unread: lines += u"new"_s; break;
        case model::TimelineRow::Kind::Gap: lines += u"gap"_s; break;
        case model::TimelineRow::Kind::Message:
            lines += (row.continuesGroup ? u"  "_s : row.message.senderName + u": "_s) + row.message.text + (row.pending ? u" …"_s : QString())
                + (row.replies ? u" [%1]"_s.arg(row.replies) : QString());
        }
    }
    return lines.join(u'\n');
}

} // namespace

class TestTimelineModel : public QObject
{
    Q_OBJECT

private slots:
    void groupsBySenderAndTime();
    void drawsDayUnreadAndGapLines();
    void gapsChangeAndGo();
    void gapsStandAtTheEndsToo();
    void aGapTellsItsStateAndTimes();
    void takesAMessageUnderItsRealNameOnlyOnce();
    void actionsAndNoticesStandAlone();
    void asksForOlderAgainWhenThereIsSomebodyToAsk();
    void keepsWhatCameWhileAPageWasOnItsWay();
    void mergesEchoBeforeReply();
    void mergesReplyBeforeEcho();
    void keepsPendingInSendingOrderBehindTheRest();
    void showsEditsInPlace();
    void countsRepliesAtTheRoot();
    void loadsOlderAboveWithoutTouchingWhatIsBelow();
    void letsGoOfTheFarSide();
    void ignoresMessagesBeyondAWindowThatDoesNotReachTheEnd();
    void randomEditsGiveTheSameRowsAsAFreshModel();
};

#define LOADED(timeline, stored)                                                                                                                     \
    model::TimelineModel timeline(kRoom, {}, kMe, stored);                                                                                           \
    QAbstractItemModelTester tester(&timeline);                                                                                                      \
    timeline.loadNewest();                                                                                                                           \
    QTRY_VERIFY(!timeline.isLoading())

void TestTimelineModel::groupsBySenderAndTime()
{
    LOADED(timeline,
        (Stored{{message(1, u"Ana"_s, u"a"_s), message(2, u"Ana"_s, u"b"_s), message(3, u"Ben"_s, u"c"_s),
            message(4, u"Ben"_s, u"d"_s, kNoon + 600'000)}}));
    QCOMPARE(drawn(timeline), u"day\nAna: a\n  b\nBen: c\nBen: d"_s);
}

void TestTimelineModel::drawsDayUnreadAndGapLines()
{
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s), message(5, u"me"_s, u"b"_s), message(9, u"Ana"_s, u"c"_s, kNoon + 86'400'000)}}));
    timeline.setUnreadAfter(2);
    chat::SyncBatch gap;
    gap.gaps.append({kRoom, 1, 5});
    timeline.apply(gap);
    QCOMPARE(drawn(timeline), u"day\nAna: a\ngap\nme: b\nday\nnew\nAna: c"_s);
}

void TestTimelineModel::gapsChangeAndGo()
{
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s), message(20, u"Ben"_s, u"z"_s)}}));
    chat::SyncBatch change;
    change.gaps.append({kRoom, 1, 20});
    timeline.apply(change);
    QCOMPARE(drawn(timeline), u"day\nAna: a\ngap\nBen: z"_s);
    change = batchOf({message(15, u"Ben"_s, u"y"_s)});
    change.gapChanges = {{{kRoom, 1, 20}, chat::Gap{kRoom, 1, 15}}};
    timeline.apply(change);
    QCOMPARE(drawn(timeline), u"day\nAna: a\ngap\nBen: y\n  z"_s);
    change = {};
    change.gapChanges = {{{kRoom, 1, 15}, chat::Gap{kRoom, 1, 15, true}}};
    timeline.apply(change);
    QVERIFY(timeline.row(2).gap.lost);
    change.gapChanges = {{{kRoom, 1, 15, true}, {}}};
    timeline.apply(change);
    QCOMPARE(drawn(timeline), u"day\nAna: a\nBen: y\n  z"_s);
    QVERIFY(!timeline.hasGaps());
}

void TestTimelineModel::gapsStandAtTheEndsToo()
{
    LOADED(timeline, (Stored{{message(10, u"Ana"_s, u"a"_s)}}));
    chat::SyncBatch gaps;
    gaps.gaps = {{kRoom, 0, 5}, {kRoom, 10, 30}, {base::ConversationId(base::AccountId(u"local"_s), u"other"_s), 0, 10}};
    timeline.apply(gaps);
    QCOMPARE(drawn(timeline), u"day\ngap\nAna: a\ngap"_s);
    timeline.apply(batchOf({message(40, u"Ana"_s, u"b"_s)}));
    QCOMPARE(drawn(timeline), u"day\ngap\nAna: a\ngap\nAna: b"_s);
}

void TestTimelineModel::aGapTellsItsStateAndTimes()
{
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s), message(20, u"Ben"_s, u"z"_s)}}));
    chat::GapState state = chat::GapState::Open;
    timeline.setGapStates([&](const chat::Gap&) { return state; });
    chat::SyncBatch gaps;
    gaps.gaps = {{kRoom, 1, 20}};
    timeline.apply(gaps);
    QCOMPARE(timeline.row(2).gapState, chat::GapState::Open);
    QCOMPARE(timeline.row(2).gapFromMs, timeline.row(1).message.timeMs);
    QCOMPARE(timeline.row(2).timeMs, timeline.row(3).message.timeMs);
    QSignalSpy changed(&timeline, &QAbstractItemModel::dataChanged);
    state = chat::GapState::Loading;
    timeline.refreshGap({kRoom, 1, 20});
    QCOMPARE(timeline.row(2).gapState, chat::GapState::Loading);
    QCOMPARE(changed.size(), 1);
    timeline.refreshGap({kRoom, 1, 20});
    timeline.refreshGap({kRoom, 1, 21});
    QCOMPARE(changed.size(), 1);
}

void TestTimelineModel::takesAMessageUnderItsRealNameOnlyOnce()
{
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s)}}));
    auto provisional = message(2, u"me"_s, u"mine"_s);
    provisional.transaction = base::TransactionId(u"t1"_s);
    timeline.apply(batchOf({provisional, message(3, u"Ben"_s, u"b"_s)}));
    auto real = provisional;
    real.id = base::MessageId(u"real"_s);
    real.order = 4;
    timeline.apply(batchOf({real}));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nBen: b\nme: mine"_s);
    auto thief = message(5, u"Mallory"_s, u"not yours"_s);
    thief.transaction = real.transaction;
    timeline.apply(batchOf({thief}));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nBen: b\nme: mine\nMallory: not yours"_s);
}

void TestTimelineModel::actionsAndNoticesStandAlone()
{
    auto action = message(2, u"Ana"_s, u"waves"_s);
    action.action = true;
    auto notice = message(4, u"Ana"_s, u"n1"_s);
    auto second = message(5, u"Ana"_s, u"n2"_s);
    notice.notice = second.notice = true;
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s), action, message(3, u"Ana"_s, u"b"_s), notice, second}}));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nAna: waves\nAna: b\nAna: n1\n  n2"_s);
    QVERIFY(timeline.data(timeline.index(2), Qt::DisplayRole).toString().startsWith("Ana waves"_L1));
}

void TestTimelineModel::asksForOlderAgainWhenThereIsSomebodyToAsk()
{
    auto stored = std::make_shared<Stored>(Stored{{message(5, u"Ana"_s, u"b"_s)}});
    LOADED(timeline, [stored](const chat::MessageQuery& query) { return (*stored)(query); });
    QVERIFY(!timeline.hasOlder());
    stored->messages.prepend(message(2, u"Ana"_s, u"a"_s));
    timeline.loadOlder();
    QCOMPARE(drawn(timeline), u"day\nAna: b"_s);
    timeline.expectOlder();
    QVERIFY(timeline.hasOlder());
    timeline.loadOlder();
    QTRY_COMPARE(drawn(timeline), u"day\nAna: a\n  b"_s);
    QVERIFY(!timeline.hasOlder());
}

void TestTimelineModel::keepsWhatCameWhileAPageWasOnItsWay()
{
    // The page was read before the message was stored, and comes after it.
    std::vector<base::Promise<chat::MessagePage>> asked;
    model::TimelineModel timeline(kRoom, {}, kMe, [&](const chat::MessageQuery&) {
        asked.emplace_back();
        return asked.back().async();
    });
    timeline.loadNewest();
    timeline.apply(batchOf({message(2, u"Ben"_s, u"b"_s)}));
    asked.back().answer(chat::MessagePage{{message(1, u"Ana"_s, u"a"_s)}, {}, {}, true});
    QTRY_COMPARE(drawn(timeline), u"day\nAna: a\nBen: b"_s);
    timeline.loadAround(1);
    timeline.apply(batchOf({message(3, u"Ana"_s, u"c"_s)}));
    asked.back().answer(chat::MessagePage{{message(1, u"Ana"_s, u"a"_s)}, {}, {}, true});
    QTRY_COMPARE(asked.size(), size_t(3));
    asked.back().answer(chat::MessagePage{{message(2, u"Ben"_s, u"b"_s)}, {}, {}, true});
    QTRY_COMPARE(drawn(timeline), u"day\nAna: a\nBen: b\nAna: c"_s);
}

static chat::OutboxItem outgoing(const QString& transaction, const QString& text, chat::OutboxState state)
{
    chat::OutboxItem item;
    item.transaction = base::TransactionId(transaction);
    item.conversation = kRoom;
    item.text = text;
    item.state = state;
    item.createdAtMs = kNoon + 5000;
    return item;
}

void TestTimelineModel::mergesEchoBeforeReply()
{
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s)}}));
    timeline.apply(outgoing(u"t1"_s, u"hi"_s, chat::OutboxState::InFlight));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nMe: hi …"_s);
    auto echo = message(2, u"me"_s, u"hi"_s);
    echo.transaction = base::TransactionId(u"t1"_s);
    timeline.apply(batchOf({echo}));
    timeline.apply(outgoing(u"t1"_s, u"hi"_s, chat::OutboxState::Sent));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nme: hi"_s);
}

void TestTimelineModel::mergesReplyBeforeEcho()
{
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s)}}));
    timeline.apply(outgoing(u"t1"_s, u"hi"_s, chat::OutboxState::InFlight));
    timeline.apply(outgoing(u"t1"_s, u"hi"_s, chat::OutboxState::Sent));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nMe: hi …"_s); // it does not vanish in between
    auto echo = message(2, u"me"_s, u"hi"_s);
    echo.transaction = base::TransactionId(u"t1"_s);
    timeline.apply(batchOf({echo}));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nme: hi"_s);
}

void TestTimelineModel::keepsPendingInSendingOrderBehindTheRest()
{
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s)}}));
    timeline.apply(outgoing(u"t1"_s, u"one"_s, chat::OutboxState::Queued));
    timeline.apply(outgoing(u"t2"_s, u"two"_s, chat::OutboxState::Queued));
    timeline.apply(batchOf({message(2, u"Ben"_s, u"b"_s)}));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nBen: b\nMe: one …\n  two …"_s);
    timeline.discard(base::TransactionId(u"t1"_s));
    QCOMPARE(drawn(timeline), u"day\nAna: a\nBen: b\nMe: two …"_s);
}

void TestTimelineModel::showsEditsInPlace()
{
    LOADED(timeline, (Stored{{message(1, u"Ana"_s, u"a"_s), message(2, u"Ben"_s, u"b"_s)}}));
    QSignalSpy inserted(&timeline, &QAbstractItemModel::rowsInserted);
    auto edit = message(1, u"Ana"_s, u"A"_s);
    edit.edited = true;
    timeline.apply(batchOf({edit}));
    QCOMPARE(drawn(timeline), u"day\nAna: A\nBen: b"_s);
    QCOMPARE(inserted.count(), 0);
}

void TestTimelineModel::countsRepliesAtTheRoot()
{
    auto stored = std::make_shared<Stored>();
    stored->messages = {message(1, u"Ana"_s, u"a"_s)};
    LOADED(timeline, ([stored](const chat::MessageQuery& query) { return (*stored)(query); }));
    auto reply = message(2, u"Ben"_s, u"re"_s);
    reply.thread = base::MessageId(u"m1"_s);
    stored->messages.append(reply);
    timeline.apply(batchOf({reply}));
    QTRY_COMPARE(drawn(timeline), u"day\nAna: a [1]"_s);
    timeline.apply(batchOf({reply})); // replayed: still one
    QTRY_COMPARE(drawn(timeline), u"day\nAna: a [1]"_s);
}

void TestTimelineModel::loadsOlderAboveWithoutTouchingWhatIsBelow()
{
    Stored stored;
    for (int i = 1; i <= 500; ++i)
        stored.messages.append(message(i, i % 7 ? u"Ana"_s : u"Ben"_s, QString::number(i)));
    LOADED(timeline, stored);
    QVERIFY(timeline.hasOlder());
    const QString before = timeline.row(timeline.rowCount() - 1).message.text;
    QSignalSpy inserted(&timeline, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&timeline, &QAbstractItemModel::rowsRemoved);
    timeline.loadOlder();
    QTRY_VERIFY(!timeline.isLoading());
    QCOMPARE(inserted.count(), 1);
    QVERIFY(inserted[0][1].toInt() <= 1); // only the day line may stay above
    QCOMPARE(removed.count(), 0);
    QCOMPARE(timeline.row(timeline.rowCount() - 1).message.text, before);
    timeline.loadOlder();
    QTRY_VERIFY(!timeline.isLoading());
    QVERIFY(!timeline.hasOlder());
    QCOMPARE(timeline.row(1).message.text, u"1"_s);
}

void TestTimelineModel::letsGoOfTheFarSide()
{
    Stored stored;
    for (int i = 1; i <= model::TimelineModel::kMaxRows + 1000; ++i)
        stored.messages.append(message(i, u"Ana"_s, QString::number(i)));
    LOADED(timeline, stored);
    while (timeline.hasOlder()) {
        timeline.loadOlder();
        QTRY_VERIFY(!timeline.isLoading());
    }
    QVERIFY(timeline.hasNewer());
    QVERIFY(timeline.rowCount() <= model::TimelineModel::kMaxRows + 10);
    while (timeline.hasNewer()) {
        timeline.loadNewer();
        QTRY_VERIFY(!timeline.isLoading());
    }
    QCOMPARE(timeline.row(timeline.rowCount() - 1).message.order, qint64(stored.messages.size()));
}

void TestTimelineModel::ignoresMessagesBeyondAWindowThatDoesNotReachTheEnd()
{
    Stored stored;
    for (int i = 1; i <= 600; ++i)
        stored.messages.append(message(i, u"Ana"_s, QString::number(i)));
    model::TimelineModel timeline(kRoom, {}, kMe, stored);
    timeline.loadAround(200);
    QTRY_VERIFY(!timeline.isLoading() && timeline.rowCount() > 0);
    QVERIFY(timeline.hasNewer());
    const int rows = timeline.rowCount();
    timeline.apply(batchOf({message(601, u"Ben"_s, u"late"_s)}));
    QCOMPARE(timeline.rowCount(), rows);
}

void TestTimelineModel::randomEditsGiveTheSameRowsAsAFreshModel()
{
    QRandomGenerator random(7);
    auto stored = std::make_shared<Stored>();
    const auto source = [stored](const chat::MessageQuery& query) { return (*stored)(query); };
    stored->messages = {message(1000, u"Ana"_s, u"first"_s)};
    LOADED(timeline, source);
    qint64 order = 1000;
    for (int step = 0; step < 150; ++step) {
        chat::SyncBatch b;
        for (int i = random.bounded(4); i >= 0; --i) {
            const bool edit = random.bounded(3) == 0;
            order += edit ? 0 : 1;
            const qsizetype at = random.bounded(stored->messages.size());
            chat::Message m = edit ? stored->messages[at] : message(order, random.bounded(2) ? u"Ana"_s : u"Ben"_s, {}, kNoon + order * 60'000);
            m.text = QString::number(random.generate());
            if (edit)
                stored->messages[at] = m;
            else
                stored->messages.append(m);
            b.events.append(chat::MessageChanged{m});
        }
        timeline.apply(b);
    }
    model::TimelineModel fresh(kRoom, {}, kMe, source);
    fresh.loadNewest();
    QTRY_VERIFY(!fresh.isLoading());
    while (fresh.hasOlder()) {
        fresh.loadOlder();
        QTRY_VERIFY(!fresh.isLoading());
    }
    QCOMPARE(drawn(timeline), drawn(fresh));
}

QTEST_GUILESS_MAIN(TestTimelineModel)
#include "tst_timelinemodel.moc"
