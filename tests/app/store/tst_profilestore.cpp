// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/mention.h"
#include "store/database.h"
#include "store/profilequeries.h"
#include "store/profileschema.h"
#include "store/profilestore.h"
#include "support/await.h"
#include "support/fakeclock.h"
#include "support/fulldisk.h"
#include "support/messages.h"
#include "support/storesearch.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::ConversationId;
using base::ErrorKind;
using base::MessageId;
using chat::Message;
using chat::MessageChanged;
using tests::await;

namespace {

const base::AccountId kAccount(u"local-1"_s);
const ConversationId kRoom(kAccount, u"ops/with a / in it"_s);
const ConversationId kOther(kAccount, u"help"_s);
const chat::Member kMe{base::UserId(u"me"_s), u"Me"_s, false, chat::Presence::Online};

Message message(int order, const QString& text = u"text"_s, const QString& sender = u"ana"_s, const ConversationId& where = kRoom)
{
    return tests::makeMessage(where, order, sender, text);
}

QList<qint64> orders(const QList<Message>& messages)
{
    QList<qint64> all;
    for (const Message& one : messages)
        all.append(one.order);
    return all;
}

} // namespace

class TestProfileStore : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_store.reset(); }
    void givesBackEveryPartOfAMessage();
    void replacesAMessageById();
    void replacesOurOwnByItsTransaction();
    void neverKeepsAMessageTwiceWhenBothIdsAreKnown();
    void dropsTheTransactionOfSomebodyElse();
    void keepsNothingOfADeletedMessagesText();
    void tellsOnlyWhatItReadsBack();
    void pagesInBothDirections();
    void pagesAThreadWithItsRoot();
    void countsTheThreadsOfAPage();
    void makesMessagesOfReactionsAndRemovals();
    void givesTheGapsOfAPage();
    void gapsShrinkGoOrAreLost();
    void aRepeatedGapChangeBringsNothingBack();
    void givesTheOpenGapsOfAnAccount();
    void aMessageThatComesAgainKeepsItsPlace();
    void everyMessageHasAnOrderOfItsOwn_data();
    void everyMessageHasAnOrderOfItsOwn();
    void anOrderIsFreeAfterAnUpgradeToo();
    void readingMakesNoConversation();
    void findsWordsNewestFirst();
    void findsByTimeAlthoughHistoryCameLater();
    void takesAnyTextAsASearch_data();
    void takesAnyTextAsASearch();
    void aFloodOfOneMillisecondHasRoom();
    void takesAnyTimeAServerMayClaim();
    void readMarkersOnlyMoveForward();
    void countsUnreadAndMentionsLikeANaiveRecount_data();
    void countsUnreadAndMentionsLikeANaiveRecount();
    void storesEventsGapsAndCursorTogetherOrNotAtAll();
    void keepsAccountsInTheirOrder();
    void removesAnAccountAndNothingElse();
    void givesBackDraftsOutboxCommandsAndUsages();
    void answersInTheOrderOfAsking();
    void aFullDiskIsToldForEachOfSeveralWrites();
    void plansThreadPagesWithoutSorting();

private:
    void commit(const QList<Message>& messages, const chat::Member& self = kMe, const QList<chat::Gap>& gaps = {})
    {
        chat::SyncBatch batch = tests::batchOf(messages);
        batch.gaps = gaps;
        const auto done = await(m_store->commit(kAccount, batch, self));
        QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    }
    chat::MessagePage page(const chat::MessageQuery& query) { return await(m_store->messages(query)).valueOr({}); }
    QList<Message> all(const ConversationId& where = kRoom) { return page({where, {}, 0, 0, 10'000}).messages; }
    QList<Message> found(const QString& text, const ConversationId& where = {}, int limit = 50)
    {
        const auto result = tests::searchAll(*m_store, text, where, limit);
        if (!result)
            QTest::qFail(qPrintable(text + u": "_s + result.error().detail), __FILE__, __LINE__);
        QList<Message> messages;
        for (const chat::SearchHit& hit : result.valueOr({}))
            messages.append(hit.message);
        return messages;
    }
    void reopen()
    {
        m_store.reset();
        m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"p.db"_s));
        QVERIFY(await(m_store->open()));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::ProfileStore> m_store;
};

void TestProfileStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    reopen();
    QVERIFY(await(m_store->saveAccount({kAccount, u"local"_s, u"Local"_s, u"me"_s, {}, {}})));
}

void TestProfileStore::givesBackEveryPartOfAMessage()
{
    Message whole = message(7, u"**text** with ümläuts, 日本語 and 🚀"_s);
    whole.transaction = base::TransactionId(u"txn"_s);
    whole.sender = kMe.user;
    whole.replyTo = MessageId(u"m3"_s);
    whole.run = base::RunId(u"run-1"_s);
    whole.reactions = {{u"👍"_s, {base::UserId(u"ana"_s), base::UserId(u"bo"_s)}}, {u"🎉"_s, {base::UserId(u"me"_s)}}};
    whole.edited = whole.fromBot = whole.system = whole.action = whole.notice = true;
    commit({whole});
    const auto got = await(m_store->message(kRoom, whole.id));
    QCOMPARE(got->size(), 1);
    QVERIFY(got->first() == whole);
    reopen();
    QVERIFY(await(m_store->message(kRoom, whole.id))->first() == whole);
    QVERIFY(await(m_store->message(kRoom, MessageId(u"nothing"_s)))->isEmpty());
}

void TestProfileStore::replacesAMessageById()
{
    commit({message(1, u"before"_s)});
    Message after = message(1, u"after"_s);
    after.edited = true;
    commit({after, after});
    QCOMPARE(all().size(), 1);
    QVERIFY(all().first() == after);
    QVERIFY(found(u"before"_s).isEmpty());
    QCOMPARE(found(u"after"_s).size(), 1);
}

void TestProfileStore::replacesOurOwnByItsTransaction()
{
    Message local = message(1, u"mine"_s, u"me"_s);
    local.id = MessageId(u"provisional"_s);
    local.transaction = base::TransactionId(u"txn"_s);
    local.run = base::RunId(u"run"_s);
    Message real = local;
    real.id = MessageId(u"m9"_s);
    real.order = 9;
    real.run = {};
    commit({local});
    commit({real});
    QCOMPARE(orders(all()), QList<qint64>{9});
    QCOMPARE(all().first().id, real.id);
    QCOMPARE(all().first().run, local.run); // what is known is not forgotten because a later word leaves it out
}

void TestProfileStore::neverKeepsAMessageTwiceWhenBothIdsAreKnown()
{
    Message local = message(1, u"mine"_s, u"me"_s);
    local.transaction = base::TransactionId(u"txn"_s);
    Message echo = message(2, u"mine"_s, u"me"_s); // came without the transaction at first
    commit({local, echo});
    QCOMPARE(all().size(), 2);
    echo.transaction = local.transaction;
    commit({echo});
    QCOMPARE(orders(all()), QList<qint64>{2});
    QCOMPARE(found(u"mine"_s).size(), 1);
}

void TestProfileStore::dropsTheTransactionOfSomebodyElse()
{
    Message mine = message(1, u"mine"_s, u"me"_s);
    mine.transaction = base::TransactionId(u"txn"_s);
    Message thief = message(2, u"I am the other one"_s, u"mallory"_s);
    thief.transaction = mine.transaction;
    commit({mine, thief});
    QCOMPARE(orders(all()), (QList<qint64>{1, 2}));
    QCOMPARE(all().first().transaction, mine.transaction);
    QCOMPARE(all().last().transaction, base::TransactionId());
    commit({mine, thief});
    QCOMPARE(all().first().text, u"mine"_s);
}

void TestProfileStore::keepsNothingOfADeletedMessagesText()
{
    commit({message(1, u"secret"_s)});
    Message gone = message(1, u"secret"_s);
    gone.deleted = true;
    commit({gone});
    QVERIFY(all().first().deleted);
    QVERIFY(all().first().text.isEmpty());
    QVERIFY(found(u"secret"_s).isEmpty());
}

void TestProfileStore::tellsOnlyWhatItReadsBack()
{
    // Halves of a pair, and characters that SQLite reads as U+FFFD.
    const Message odd = message(1, u"a"_s + QChar(0xd83d) + u"b"_s + QChar(0xffff) + QChar(0xfffe) + QChar(0xdc00) + u" \U0001F680"_s);
    const auto told = await(m_store->commit(kAccount, tests::batchOf({odd}), kMe));
    QVERIFY(told);
    const QString kept = u"a\uFFFDb\uFFFD\uFFFD\uFFFD \U0001F680"_s;
    QCOMPARE(std::get<chat::MessageChanged>(told->events.first()).message.text, kept);
    QCOMPARE(all().first().text, kept);
    // A name is found by what was asked for.
    Message named = message(2, u"text"_s);
    named.id = base::MessageId(u"x"_s + QChar(0xffff));
    commit({named});
    commit({named});
    QCOMPARE(await(m_store->message(kRoom, named.id)).valueOr({}).size(), 1);
    QCOMPARE(all().size(), 2);
    // Two names that are one when they are read are told as one.
    Message same = message(3, u"later"_s);
    same.id = base::MessageId(u"x\uFFFD"_s);
    const auto both = await(m_store->commit(kAccount, tests::batchOf({named, same}), kMe));
    QVERIFY(both);
    for (const chat::Event& event : both->events)
        QCOMPARE(std::get<chat::MessageChanged>(event).message.id, same.id);
    QCOMPARE(all().size(), 2);
}

void TestProfileStore::pagesInBothDirections()
{
    QList<Message> many;
    for (int i = 1; i <= 25; ++i)
        many.append(message(i));
    commit(many);
    auto newest = page({kRoom, {}, 0, 0, 10});
    QCOMPARE(orders(newest.messages), (QList<qint64>{16, 17, 18, 19, 20, 21, 22, 23, 24, 25}));
    QVERIFY(!newest.reachedEnd);
    auto older = page({kRoom, {}, 6, 0, 5}); // exactly what is left
    QCOMPARE(orders(older.messages), (QList<qint64>{1, 2, 3, 4, 5}));
    QVERIFY(older.reachedEnd);
    auto newer = page({kRoom, {}, 0, 20, 4});
    QCOMPARE(orders(newer.messages), (QList<qint64>{21, 22, 23, 24}));
    QVERIFY(!newer.reachedEnd);
    QVERIFY(page({kRoom, {}, 0, 20, 5}).reachedEnd);
    QVERIFY(page({kRoom, {}, 1, 0, 5}).messages.isEmpty());
    QVERIFY(page({kRoom, {}, 0, 25, 5}).reachedEnd);
    QCOMPARE(page({kRoom, {}, 0, 0, 0}).messages.size(), 1); // never "all" by mistake
    QCOMPARE(page({kRoom, {}, 0, 0, -1}).messages.size(), 1);
    QCOMPARE(*await(m_store->countAfter(kRoom, 20)), 5);
}

void TestProfileStore::pagesAThreadWithItsRoot()
{
    QList<Message> many{message(1, u"root"_s), message(2, u"beside"_s)};
    for (int i = 3; i <= 12; ++i) {
        many.append(message(i, u"reply"_s));
        many.last().thread = MessageId(u"m1"_s);
    }
    commit(many);
    QCOMPARE(orders(all()), (QList<qint64>{1, 2}));
    QCOMPARE(orders(page({kRoom, MessageId(u"m1"_s), 0, 0, 100}).messages), (QList<qint64>{1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
    QCOMPARE(orders(page({kRoom, MessageId(u"m1"_s), 0, 0, 3}).messages), (QList<qint64>{10, 11, 12}));
    QCOMPARE(orders(page({kRoom, MessageId(u"m1"_s), 5, 0, 3}).messages), (QList<qint64>{1, 3, 4}));
    QCOMPARE(orders(page({kRoom, MessageId(u"m1"_s), 0, 1, 2}).messages), (QList<qint64>{3, 4}));
}

void TestProfileStore::countsTheThreadsOfAPage()
{
    QList<Message> many{message(1), message(2), message(3)};
    for (int i = 4; i <= 8; ++i) {
        many.append(message(i));
        many.last().thread = MessageId(i % 2 ? u"m3"_s : u"m1"_s);
    }
    many.last().deleted = true; // 8, a reply to m1
    commit(many);
    const auto got = page({kRoom, {}, 0, 0, 100});
    QCOMPARE(got.threads.size(), 2);
    QVERIFY(got.threads[0] == (chat::ThreadSummary{MessageId(u"m1"_s), 2, message(6).timeMs}));
    QVERIFY(got.threads[1] == (chat::ThreadSummary{MessageId(u"m3"_s), 2, message(7).timeMs}));
    const auto threads = await(m_store->threads(kRoom, 10));
    QCOMPARE(threads->size(), 2);
    QCOMPARE(threads->first().root, MessageId(u"m3"_s)); // the last one active first
    QCOMPARE(await(m_store->threads(kRoom, 1))->size(), 1);
}

void TestProfileStore::makesMessagesOfReactionsAndRemovals()
{
    const Message first = message(1), second = message(2);
    commit({first, second});
    const base::UserId ana(u"ana"_s), bob(u"bob"_s);
    const auto change = [&](const chat::Event& event) {
        chat::SyncBatch batch;
        batch.events = {event};
        const auto stored = await(m_store->commit(kAccount, batch, kMe));
        return stored ? stored->events.first() : chat::Event();
    };
    const base::MessageId a = first.id;
    change(chat::ReactionsChanged{kRoom, a, ana, {u"👍"_s, u"🎉"_s}, {}});
    change(chat::ReactionsChanged{kRoom, a, ana, {u"👍"_s}, {}}); // again: once
    const auto told = change(chat::ReactionsChanged{kRoom, a, bob, {u"👍"_s}, {}});
    const QList<chat::Reaction> both{{u"👍"_s, {ana, bob}}, {u"🎉"_s, {ana}}};
    QVERIFY(std::holds_alternative<chat::MessageChanged>(told)); // whoever shows it gets the whole message
    QCOMPARE(std::get<chat::MessageChanged>(told).message.reactions, both);
    change(chat::ReactionsChanged{kRoom, a, ana, {}, {u"👍"_s, u"🎉"_s, u"never"_s}});
    QCOMPARE(page({kRoom, {}, 0, 0, 10}).messages.first().reactions, (QList<chat::Reaction>{{u"👍"_s, {bob}}}));
    change(chat::ReactionsChanged{kRoom, a, bob, {u"🎉"_s, u"🚀"_s}, {}, true});
    QCOMPARE(page({kRoom, {}, 0, 0, 10}).messages.first().reactions, (QList<chat::Reaction>{{u"🎉"_s, {bob}}, {u"🚀"_s, {bob}}}));
    QVERIFY(std::holds_alternative<chat::ReactionsChanged>(change(chat::ReactionsChanged{kRoom, base::MessageId(u"none"_s), bob, {u"👍"_s}, {}})));
    QVERIFY(std::get<chat::MessageChanged>(change(chat::MessageRemoved{kRoom, second.id})).message.deleted);
    QCOMPARE(page({kRoom, {}, 0, 0, 10}).messages.last().text, QString());
}

void TestProfileStore::givesTheGapsOfAPage()
{
    QList<Message> many;
    for (const int i : {1, 2, 10, 11, 20})
        many.append(message(i));
    commit(many, kMe, {{kRoom, 2, 10}, {kRoom, 11, 20}});
    commit({}, kMe, {{kRoom, 2, 10}}); // said twice
    QCOMPARE(page({kRoom, {}, 0, 0, 100}).gaps.size(), 2);
    QCOMPARE(page({kRoom, {}, 11, 0, 1}).gaps, (QList<chat::Gap>{{kRoom, 2, 10}})); // at the page's edge
    QVERIFY(page({kRoom, {}, 2, 0, 1}).gaps.isEmpty());
}

void TestProfileStore::gapsShrinkGoOrAreLost()
{
    commit({message(2), message(10), message(11), message(20)}, kMe, {{kRoom, 2, 10}, {kRoom, 11, 20}});
    chat::SyncBatch batch;
    batch.events.append(MessageChanged{message(8)});
    batch.gapChanges = {{{kRoom, 2, 10}, chat::Gap{kRoom, 2, 8}}, {{kRoom, 11, 20}, chat::Gap{kRoom, 11, 20, true}}};
    const auto stored = await(m_store->commit(kAccount, batch, kMe));
    QVERIFY(stored);
    QCOMPARE(stored->gapChanges, batch.gapChanges);
    reopen();
    QCOMPARE(page({kRoom, {}, 0, 0, 100}).gaps, (QList<chat::Gap>{{kRoom, 2, 8}, {kRoom, 11, 20, true}}));
    batch = {};
    batch.gapChanges = {{{kRoom, 2, 8}, {}}};
    QVERIFY(await(m_store->commit(kAccount, batch, kMe)));
    QCOMPARE(page({kRoom, {}, 0, 0, 100}).gaps, (QList<chat::Gap>{{kRoom, 11, 20, true}}));
}

void TestProfileStore::aRepeatedGapChangeBringsNothingBack()
{
    commit({message(2), message(10)}, kMe, {{kRoom, 2, 10}});
    chat::SyncBatch smaller;
    smaller.gapChanges = {{{kRoom, 2, 10}, chat::Gap{kRoom, 2, 8}}};
    chat::SyncBatch filled;
    filled.gapChanges = {{{kRoom, 2, 8}, {}}};
    QVERIFY(await(m_store->commit(kAccount, smaller, kMe)));
    QVERIFY(await(m_store->commit(kAccount, filled, kMe)));
    const auto again = await(m_store->commit(kAccount, smaller, kMe)); // a crash, and the replay of what was not noted as done
    QVERIFY(again);
    QVERIFY(again->gapChanges.isEmpty()); // and nobody is told
    QVERIFY(page({kRoom, {}, 0, 0, 100}).gaps.isEmpty());
}

void TestProfileStore::givesTheOpenGapsOfAnAccount()
{
    commit({message(2), message(10)}, kMe, {{kRoom, 2, 10}, {kOther, 0, 5}, {kRoom, 10, 12, true}});
    const auto gaps = await(m_store->openGaps(kAccount));
    QVERIFY(gaps);
    QCOMPARE(gaps->size(), 2);
    QVERIFY(gaps->contains({kRoom, 2, 10}));
    QVERIFY(gaps->contains({kOther, 0, 5}));
    QVERIFY(await(m_store->openGaps(base::AccountId(u"other"_s)))->isEmpty());
    QCOMPARE(page({kOther, {}, 0, 0, 10}).gaps.size(), 1); // though nothing is stored there
}

void TestProfileStore::aMessageThatComesAgainKeepsItsPlace()
{
    Message live = message(5'700, u"live"_s);
    commit({message(5'600), live, message(9'000)});
    Message history = live;
    history.order = 5'000; // told in whole seconds
    history.timeMs -= 700;
    history.text = u"from history"_s;
    chat::SyncBatch batch;
    batch.events.append(MessageChanged{history});
    const auto stored = await(m_store->commit(kAccount, batch, kMe));
    QVERIFY(stored);
    history.order = live.order;
    history.timeMs = live.timeMs;
    QCOMPARE(std::get<MessageChanged>(stored->events.first()).message, history);
    QCOMPARE(orders(all()), (QList<qint64>{5'600, 5'700, 9'000}));
    QCOMPARE(*await(m_store->orders(kRoom, {live.id, MessageId(u"nothing"_s)})), (QHash<MessageId, qint64>{{live.id, 5'700}}));
    history.order = 99'000; // a new version under a new number is the same message
    commit({history});
    QCOMPARE(orders(all()), (QList<qint64>{5'600, 5'700, 9'000}));
    QCOMPARE(await(m_store->oldest(kRoom)).valueOr(0), 5'600);
}

void TestProfileStore::everyMessageHasAnOrderOfItsOwn_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<int>("before"); // of dense ones that are there already
    QTest::newRow("all the same") << 7 << 0;
    QTest::newRow("among dense ones") << 7 << 50;
    QTest::newRow("none at all") << 0 << 3;
    QTest::newRow("less than none") << -5 << 3;
}

void TestProfileStore::everyMessageHasAnOrderOfItsOwn()
{
    QFETCH(int, order);
    QFETCH(int, before);
    QList<Message> all;
    for (int i = 1; i <= before; ++i)
        all.append(message(i));
    constexpr int kSame = 300;
    for (int i = 0; i < kSame; ++i) {
        all.append(message(1000 + i));
        all.last().order = order;
    }
    Message reply = message(2000);
    reply.thread = MessageId(u"m1000"_s);
    reply.order = order;
    all.append(reply);
    const auto stored = await(m_store->commit(kAccount, tests::batchOf(all), kMe));
    QVERIFY(stored);
    QSet<qint64> told;
    for (const chat::Event& event : stored->events) {
        const Message& one = std::get<MessageChanged>(event).message;
        told.insert(one.order);
        QCOMPARE(*await(m_store->orders(kRoom, {one.id})), (QHash<MessageId, qint64>{{one.id, one.order}})); // what is told is what is stored
    }
    QCOMPARE(told.size(), all.size());
    // So no page border falls between two of them.
    for (const int limit : {1, 7, 100}) {
        qsizetype seen = 0;
        qint64 edge = 0;
        for (bool end = false; !end;) {
            const auto got = page({kRoom, {}, edge, 0, limit});
            seen += got.messages.size();
            end = got.reachedEnd;
            edge = got.messages.first().order;
        }
        QCOMPARE(seen, all.size() - 1);
    }
    QCOMPARE(page({kRoom, MessageId(u"m1000"_s), 0, 0, 10}).messages.size(), 2);
    commit(all); // and all of it again
    QCOMPARE(this->all().size(), all.size() - 1);
}

void TestProfileStore::anOrderIsFreeAfterAnUpgradeToo()
{
    m_store.reset();
    const QString path = m_folder->filePath(u"old.db"_s);
    {
        store::Database old(path, store::profileMigrations().first(3));
        QVERIFY(old.open());
        QVERIFY(old.run(u"INSERT INTO conversations(account, key) VALUES (?, ?)"_s, {kRoom.account().text(), kRoom.key()}));
        QVERIFY(old.run(u"INSERT INTO messages VALUES (1, 1, 'm9', '', 'ana', 'Ana', 1, 9, 'old', '', '', '', '[]', 0)"_s));
    }
    m_store = std::make_unique<store::ProfileStore>(path);
    QVERIFY(await(m_store->open()));
    Message same = message(10);
    same.order = 9;
    commit({same});
    QCOMPARE(orders(all()), (QList<qint64>{9, 10}));
}

void TestProfileStore::readingMakesNoConversation()
{
    const ConversationId unknown(kAccount, u"unknown"_s);
    QVERIFY(page({unknown, {}, 0, 0, 10}).messages.isEmpty());
    QCOMPARE(await(m_store->readState(unknown))->unread, 0);
    QVERIFY(await(m_store->setReadUpTo(unknown, {}, 5)));
    QVERIFY(await(m_store->state(kAccount))->conversations.isEmpty());
}

void TestProfileStore::findsWordsNewestFirst()
{
    commit({message(1, u"Deploy of the gateway failed"_s), message(2, u"deploying again"_s), message(3, u"DEPLOY done, gateway up"_s),
        message(4, u"deploy elsewhere"_s, u"bo"_s, kOther)});
    QCOMPARE(orders(found(u"deploy"_s)), (QList<qint64>{4, 3, 2, 1}));
    QCOMPARE(orders(found(u"deploy"_s, kRoom)), (QList<qint64>{3, 2, 1}));
    QCOMPARE(found(u"deploy"_s, kOther).first().conversation, kOther);
    QCOMPARE(orders(found(u"gateway deploy"_s)), (QList<qint64>{3, 1})); // the last word may be unfinished, the others not
    QCOMPARE(orders(found(u"depl gateway"_s)), QList<qint64>());
    QCOMPARE(orders(found(u"gatew"_s)), (QList<qint64>{3, 1}));
    QCOMPARE(orders(found(u"deploy"_s, {}, 2)), (QList<qint64>{4, 3}));
}

void TestProfileStore::findsByTimeAlthoughHistoryCameLater()
{
    QList<Message> recent, old;
    for (int i = 100; i < 110; ++i)
        recent.append(message(i, u"word"_s));
    for (int i = 1; i < 50; ++i)
        old.append(message(i, u"word"_s));
    commit(recent);
    commit(old); // a gap that was filled
    QCOMPARE(orders(found(u"word"_s, {}, 5)), (QList<qint64>{109, 108, 107, 106, 105}));
    Message twin = message(200, u"word"_s);
    Message later = message(201, u"word"_s);
    later.timeMs = twin.timeMs;
    commit({later, twin}); // the same millisecond: the server's order decides
    QCOMPARE(orders(found(u"word"_s, {}, 3)), (QList<qint64>{201, 200, 109}));
}

void TestProfileStore::takesAnyTextAsASearch_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("hits");
    QTest::newRow("nothing") << u""_s << 0;
    QTest::newRow("space") << u"  \n"_s << 0;
    QTest::newRow("quote") << u"\""_s << 0;
    QTest::newRow("quoted") << u"\"alpha\" beta"_s << 1;
    QTest::newRow("open quote") << u"alpha \"beta"_s << 1;
    QTest::newRow("operators are words") << u"alpha AND beta"_s << 0;
    QTest::newRow("operator alone") << u"NOT"_s << 0;
    QTest::newRow("near") << u"NEAR(alpha beta, 2)"_s << 0;
    QTest::newRow("column") << u"text:alpha"_s << 0;
    QTest::newRow("punctuation") << u"alpha* ^beta -(+)"_s << 1;
    QTest::newRow("apostrophe") << u"alpha's'"_s << 0;
    QTest::newRow("percent") << u"%alpha% _beta"_s << 1;
    QTest::newRow("null character") << QString(u"alpha"_s + QChar(0) + u"beta"_s) << 1;
    QTest::newRow("emoji beside a word") << u"🚀 alpha"_s << 1;
    QTest::newRow("emoji alone") << u"🚀"_s << 0;
    QTest::newRow("half a surrogate") << QString(u"alpha "_s + QChar(0xd83d)) << 1;
    QTest::newRow("CJK") << u"日本"_s << 1;
    QTest::newRow("accent") << u"uber"_s << 1;
    QTest::newRow("combining") << QString::fromUtf8("u\xcc\x88"
                                                    "ber")
                               << 1;
    QTest::newRow("long") << QString(20'000, u'a') << 0;
    QTest::newRow("many words") << u"a b c "_s.repeated(500) << 0;
}

void TestProfileStore::takesAnyTextAsASearch()
{
    QFETCH(QString, text);
    QFETCH(int, hits);
    commit({message(1, u"alpha, beta! 日本語 über 🚀"_s)});
    QCOMPARE(found(text).size(), hits);
}

void TestProfileStore::aFloodOfOneMillisecondHasRoom()
{
    QList<Message> flood;
    const qsizetype count = store::kRowsPerMs * 2 + 10;
    for (int i = 1; i <= count; ++i) {
        flood.append(message(i, u"flood"_s));
        flood.last().timeMs = 1'700'000'000'000;
    }
    commit(flood);
    QCOMPARE(await(m_store->countAfter(kRoom, 0)).valueOr(-1), int(count));
    QCOMPARE(orders(found(u"flood"_s, {}, 2)), (QList<qint64>{count, count - 1}));
}

void TestProfileStore::takesAnyTimeAServerMayClaim()
{
    QList<Message> odd;
    int order = 0;
    for (const qint64 time :
        {std::numeric_limits<qint64>::min(), qint64(-1), qint64(0), std::numeric_limits<qint64>::max() - 1, std::numeric_limits<qint64>::max()}) {
        odd.append(message(++order, u"odd"_s));
        odd.last().timeMs = time;
    }
    commit(odd);
    QCOMPARE(orders(found(u"odd"_s)), (QList<qint64>{5, 4, 3, 2, 1}));
}

void TestProfileStore::readMarkersOnlyMoveForward()
{
    commit({message(1), message(2), message(3), message(4)});
    QVERIFY(await(m_store->setReadUpTo(kRoom, {}, 3)));
    QVERIFY(await(m_store->setReadUpTo(kRoom, {}, 1)));
    chat::SyncBatch late;
    late.events.append(chat::ReadMarkerMoved{kRoom, {}, 2});
    QVERIFY(await(m_store->commit(kAccount, late, kMe)));
    const auto read = await(m_store->readState(kRoom));
    QCOMPARE(read->readUpTo, 3);
    QCOMPARE(read->newest, 4);
    QCOMPARE(read->unread, 1);
}

void TestProfileStore::countsUnreadAndMentionsLikeANaiveRecount_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 8; ++seed)
        QTest::addRow("batches %llu", seed) << seed;
}

void TestProfileStore::countsUnreadAndMentionsLikeANaiveRecount()
{
    QFETCH(quint64, seed);
    tests::FakeRandom random(seed);
    const auto below = [&](int n) { return int(random.next() % quint64(n)); };
    QMap<MessageId, Message> known; // by id, as the server has them
    qint64 readUpTo = 0;
    int order = 0;
    QList<chat::SyncBatch> past;
    for (int round = 0; round < 40; ++round) {
        chat::SyncBatch batch;
        for (int i = below(12); i >= 0; --i) {
            Message one = known.isEmpty() || below(4) > 0 ? message(++order) : known.values()[below(int(known.size()))];
            one.text = below(3) == 0 ? u"hey @me, look"_s : below(2) ? u"some text"_s : u"some measure"_s;
            if (!known.contains(one.id)) {
                one.sender = base::UserId(below(4) == 0 ? u"me"_s : u"ana"_s);
                one.system = below(10) == 0;
                if (below(5) == 0)
                    one.thread = MessageId(u"m1"_s);
            }
            one.deleted = one.deleted || below(8) == 0;
            if (one.deleted)
                one.text.clear();
            known[one.id] = one;
            batch.events.append(MessageChanged{one});
        }
        if (below(4) == 0) {
            const qint64 moved = below(order + 1);
            readUpTo = std::max(readUpTo, moved);
            batch.events.append(chat::ReadMarkerMoved{kRoom, {}, moved});
        }
        QVERIFY(await(m_store->commit(kAccount, batch, kMe)));
        past.append(batch);
        if (below(3) == 0) { // the connection broke: everything since some point comes again
            for (qsizetype from = below(int(past.size())); from < past.size(); ++from)
                QVERIFY(await(m_store->commit(kAccount, past[from], kMe)));
        }
        if (below(10) == 0)
            reopen();

        int unread = 0;
        int mentions = 0;
        for (const Message& one : std::as_const(known)) {
            if (!one.thread.isEmpty() || one.order <= readUpTo || one.sender == kMe.user || one.system || one.deleted)
                continue;
            ++unread;
            mentions += chat::mentions(one.text, kMe);
        }
        const auto read = await(m_store->readState(kRoom));
        QCOMPARE(read->unread, unread);
        QCOMPARE(read->mentions, mentions);
        QCOMPARE(await(m_store->state(kAccount))->reads[kRoom].unread, unread);
    }
}

void TestProfileStore::storesEventsGapsAndCursorTogetherOrNotAtAll()
{
    chat::SyncBatch batch;
    batch.events.append(chat::ConversationChanged{{kRoom, u"#ops"_s, chat::ConversationKind::Room, u"Topic"_s, u"sandbox"_s, true}});
    batch.events.append(chat::MembersChanged{kRoom, {kMe, {base::UserId(u"runner"_s), u"runner"_s, true, chat::Presence::Online}}});
    batch.events.append(MessageChanged{message(1)});
    batch.gaps.append({kRoom, 1, 5});
    batch.cursor = QByteArray("\0cursor\xff", 8);
    {
        const tests::FullDisk full;
        const auto failed = await(m_store->commit(kAccount, batch, kMe));
        QVERIFY(!failed);
        QVERIFY(failed.error().kind == ErrorKind::Storage);
    }
    QVERIFY(await(m_store->state(kAccount))->conversations.isEmpty());
    QVERIFY(await(m_store->state(kAccount))->cursor.isEmpty());
    QVERIFY(await(m_store->commit(kAccount, batch, kMe))); // as if nothing had been
    reopen();
    const auto state = await(m_store->state(kAccount));
    QCOMPARE(state->cursor, batch.cursor);
    QCOMPARE(state->conversations.size(), 1);
    QCOMPARE(state->conversations.first().topic, u"Topic"_s);
    QCOMPARE(state->conversations.first().environment, u"sandbox"_s);
    QCOMPARE(state->members[kRoom].size(), 2);
    QVERIFY(state->members[kRoom][1].bot);
    QVERIFY(state->members[kRoom][1].presence == chat::Presence::Offline); // nobody is online in what was stored yesterday
    QCOMPARE(page({kRoom, {}, 0, 0, 10}).gaps.size(), 1);
}

void TestProfileStore::keepsAccountsInTheirOrder()
{
    const base::AccountId second(u"irc-2"_s);
    QVERIFY(await(m_store->saveAccount(
        {second, u"irc"_s, u"IRC"_s, u"me"_s, u"irc.example.org:6697"_s, {{u"tls"_s, true}, {u"bots"_s, QStringList{u"a"_s}}}})));
    QVERIFY(await(m_store->saveAccount({kAccount, u"local"_s, u"Renamed"_s, u"me"_s, {}, {}})));
    reopen();
    const auto accounts = await(m_store->accounts());
    QCOMPARE(accounts->size(), 2);
    QCOMPARE(accounts->at(0).name, u"Renamed"_s);
    QCOMPARE(accounts->at(1).options[u"tls"_s].toBool(), true);
    QCOMPARE(accounts->at(1).options[u"bots"_s].toStringList(), QStringList{u"a"_s});
}

void TestProfileStore::removesAnAccountAndNothingElse()
{
    const base::AccountId second(u"irc-2"_s);
    const ConversationId theirs(second, u"ops"_s);
    QVERIFY(await(m_store->saveAccount({second, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}})));
    commit({message(1, u"word"_s)}, kMe, {{kRoom, 1, 5}});
    chat::SyncBatch batch;
    batch.events.append(MessageChanged{message(1, u"word"_s, u"ana"_s, theirs)});
    QVERIFY(await(m_store->commit(second, batch, kMe)));
    QVERIFY(await(m_store->putDraft({base::DraftId(u"d"_s), kRoom, {}, chat::OutgoingKind::Text, u"unsent"_s, 1, 0, false})));
    QVERIFY(await(m_store->removeAccount(kAccount)));
    QCOMPARE(await(m_store->accounts())->size(), 1);
    QVERIFY(all().isEmpty());
    QCOMPARE(all(theirs).size(), 1);
    QCOMPARE(found(u"word"_s).size(), 1);
    QVERIFY(await(m_store->state(kAccount))->conversations.isEmpty());
    QCOMPARE(await(m_store->drafts())->size(), 1); // what somebody wrote is not a server's
    commit({message(2, u"word"_s)}); // a late batch finds no stale row numbers
    QCOMPARE(all().size(), 1);
}

void TestProfileStore::givesBackDraftsOutboxCommandsAndUsages()
{
    const chat::Draft draft{base::DraftId(u"d1"_s), kRoom, MessageId(u"m1"_s), chat::OutgoingKind::Command, u"runner go"_s, 123, 45, true};
    chat::OutboxItem waiting;
    waiting.transaction = base::TransactionId(u"t1"_s);
    waiting.conversation = kRoom;
    waiting.kind = chat::OutgoingKind::Command;
    waiting.text = u"runner go"_s;
    waiting.thread = MessageId(u"m1"_s);
    waiting.replyTo = MessageId(u"m2"_s);
    waiting.state = chat::OutboxState::Review;
    waiting.attempts = 3;
    waiting.createdAtMs = 1;
    waiting.position = 2;
    waiting.why = base::Error{ErrorKind::Offline, u"why"_s, 0};
    chat::OutboxItem plain = waiting;
    plain.transaction = base::TransactionId(u"t0"_s);
    plain.position = 1;
    plain.why.reset();
    chat::CommandSpec spec;
    spec.account = kAccount;
    spec.bot = base::UserId(u"runner"_s);
    spec.name = u"migrate start"_s;
    spec.prefix = u"runner "_s;
    spec.risk = chat::Risk::Danger;
    spec.arguments = {{u"streams"_s, u"help"_s, chat::ArgumentType::Integer, u"--streams"_s, true, false, {u"a"_s, u"b"_s}, u"4"_s, 1, std::nullopt}};
    spec.examples = {u"runner migrate start"_s};
    spec.dialog = true;
    spec.node = u"urn:x#migrate"_s;
    const store::StoredUsage usage{spec.bot, spec.name, QByteArray("{}\0x", 4)};
    QVERIFY(await(m_store->putDraft(draft)));
    QVERIFY(await(m_store->putOutbox(waiting)));
    QVERIFY(await(m_store->putOutbox(plain)));
    QVERIFY(await(m_store->putCommands(kAccount, spec.bot, {spec})));
    QVERIFY(await(m_store->putUsage(usage)));
    reopen();
    QVERIFY(*await(m_store->drafts()) == QList<chat::Draft>{draft});
    QVERIFY(*await(m_store->outbox()) == (QList<chat::OutboxItem>{plain, waiting}));
    QVERIFY(*await(m_store->commands()) == QList<chat::CommandSpec>{spec});
    QCOMPARE(await(m_store->usages())->first().usage, usage.usage);
    QVERIFY(await(m_store->putCommands(kAccount, spec.bot, {}))); // the bot unlearned it
    QVERIFY(await(m_store->commands())->isEmpty());
    QVERIFY(await(m_store->removeDraft(draft.id)));
    QVERIFY(await(m_store->removeOutbox(waiting.transaction)));
    QVERIFY(await(m_store->drafts())->isEmpty());
    QCOMPARE(await(m_store->outbox())->size(), 1);
}

void TestProfileStore::answersInTheOrderOfAsking()
{
    chat::OutboxItem one;
    one.conversation = kRoom;
    one.text = u"x"_s;
    QList<base::Async<QList<chat::OutboxItem>>> answers;
    for (int i = 0; i < 10; ++i) {
        one.transaction = base::TransactionId(QString::number(i));
        one.position = i;
        m_store->putOutbox(one).ignore();
        answers.append(m_store->outbox());
    }
    for (int i = 0; i < 10; ++i)
        QCOMPARE(await(answers[i])->size(), i + 1); // writes that wait together do not overtake a question
}

void TestProfileStore::aFullDiskIsToldForEachOfSeveralWrites()
{
    chat::OutboxItem one;
    one.conversation = kRoom;
    one.text = u"x"_s;
    QList<base::Async<base::Done>> answers;
    {
        const tests::FullDisk full;
        for (int i = 0; i < 10; ++i) {
            one.transaction = base::TransactionId(QString::number(i));
            answers.append(m_store->putOutbox(one));
        }
        for (const auto& answer : std::as_const(answers))
            QVERIFY(await(answer).error().kind == ErrorKind::Storage);
    }
    QVERIFY(await(m_store->outbox())->isEmpty());
    QVERIFY(await(m_store->putOutbox(one)));
}

void TestProfileStore::plansThreadPagesWithoutSorting()
{
    QList<Message> many;
    for (int i = 1; i <= 5000; ++i) {
        many.append(message(i));
        if (i > 1 && i % 2)
            many.last().thread = MessageId(u"m1"_s);
    }
    commit(many);
    m_store.reset();
    store::Database database(m_folder->filePath(u"p.db"_s), store::profileMigrations());
    QVERIFY(database.open());
    QVERIFY(database.run(u"ANALYZE"_s)); // whatever it knows of the data, the plan stands
    const auto plan = [&](const QString& sql) {
        QString text;
        const QVariantList values(sql.count(u'?'), 1);
        const auto done = database.each(u"EXPLAIN QUERY PLAN "_s + sql, values, [&](const store::Rows& row) { text += row.text(3) + u'\n'; });
        return done ? text : done.error().detail;
    };
    for (const bool inThread : {true, false})
        for (const bool forward : {true, false}) {
            const QString text = plan(store::pageQuery(inThread, forward));
            QVERIFY2(text.contains(u"messages_by_order"_s), qPrintable(text));
            QVERIFY2(!text.contains(u"TEMP B-TREE"_s) && !text.contains(u"SCAN messages"_s), qPrintable(text));
        }
    const QString counts = plan(store::threadCountsQuery());
    QVERIFY2(counts.contains(u"messages_by_order (conversation=? AND thread=?)"_s), qPrintable(counts));
    const QString replies = plan(store::latestRepliesQuery());
    QVERIFY2(replies.contains(u"messages_in_threads"_s) && !replies.contains(u"TEMP B-TREE"_s), qPrintable(replies));
    for (const bool withWords : {true, false}) {
        const QString search = plan(store::searchQuery(withWords));
        QVERIFY2(!search.contains(u"TEMP B-TREE"_s), qPrintable(search));
    }
}

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
