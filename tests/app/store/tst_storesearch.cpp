// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is searched for among stored messages: filters, pages, and that an answer never looks at all of them at once.
#include "store/database.h"
#include "store/profilequeries.h"
#include "store/profileschema.h"
#include "support/messages.h"
#include "support/storesearch.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace ridealong;
using namespace Qt::StringLiterals;
using base::ConversationId;
using base::MessageId;
using chat::Message;
using tests::await;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
const ConversationId kOps(kAccount, u"#ops"_s);
const ConversationId kOpsOld(kAccount, u"#ops-archive"_s);
const ConversationId kAna(kAccount, u"ana"_s);
const chat::Member kMe{base::UserId(u"me"_s), u"Me"_s, false, chat::Presence::Online};
const qint64 kDayMs = 24 * 3600 * 1000LL;

qint64 noonOf(const QDate& day) { return day.startOfDay(QTimeZone::systemTimeZone()).toMSecsSinceEpoch() + kDayMs / 2; }

Message message(int order, const QString& text, const QString& sender = u"ana"_s, const ConversationId& where = kOps, qint64 timeMs = 0)
{
    Message made = tests::makeMessage(where, order, sender, text);
    if (sender == u"ana"_s)
        made.senderName = u"Ana María"_s;
    if (timeMs)
        made.timeMs = timeMs;
    return made;
}

} // namespace

class TestStoreSearch : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void filtersBySender();
    void filtersByConversation();
    void filtersByDay();
    void filtersByLink();
    void filtersByFile();
    void filtersWithoutAWord();
    void findsPhrasesOnlyAsTheyStand();
    void findsWordsThatIndianVowelSignsCut();
    void aBeginningOfManyWordsMissesNone();
    void pagesMissAndRepeatNothing();
    void anAnswerLooksAtALimitedNumber();
    void aRareLinkIsFoundFarBack();
    void whatCameInAFloodIsMadeSearchableInPieces();
    void followsEditsRenamesAndRemovals();
    void keepsWhatAnOlderProfileHad();
    void aPlaceThatIsNotThereIsTold();

private:
    void commit(const QList<Message>& messages) { QVERIFY(await(m_store->commit(kAccount, tests::batchOf(messages), kMe), 60'000)); }
    void name(const ConversationId& id, const QString& text)
    {
        chat::SyncBatch batch;
        batch.events.append(chat::ConversationChanged{{id, text}});
        QVERIFY(await(m_store->commit(kAccount, batch, kMe)));
    }
    QList<int> found(const QString& typed, int limit = 1000)
    {
        const auto hits = tests::searchAll(*m_store, typed, {}, limit);
        if (!hits)
            QTest::qFail(qPrintable(typed + u": "_s + hits.error().detail), __FILE__, __LINE__);
        QList<int> orders;
        for (const chat::SearchHit& hit : hits.valueOr({}))
            orders.append(int(hit.message.order));
        return orders;
    }
    chat::SearchPage page(const QString& typed, qint64 from = 0, int limit = 50)
    {
        const auto answer = await(m_store->search(chat::parseSearch(typed, {2026, 11, 28}), from, limit), 60'000);
        if (!answer)
            QTest::qFail(qPrintable(answer.error().detail), __FILE__, __LINE__);
        return answer.valueOr({});
    }
    QString path() const { return m_folder->filePath(u"p.db"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::ProfileStore> m_store;
};

void TestStoreSearch::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<store::ProfileStore>(path());
    QVERIFY(await(m_store->open()));
    QVERIFY(await(m_store->saveAccount({kAccount, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}})));
}

void TestStoreSearch::filtersBySender()
{
    commit({message(1, u"deploy"_s), message(2, u"deploy"_s, u"ben"_s), message(3, u"ana said deploy"_s, u"ben"_s)});
    QCOMPARE(found(u"deploy from:ana"_s), QList<int>{1}); // who it is from, not who it is about
    QCOMPARE(found(u"deploy from:maria"_s), QList<int>{1}); // the name as well as the id
    QCOMPARE(found(u"from:\"ana maria\" deploy"_s), QList<int>{1});
    QCOMPARE(found(u"from:\"maria ana\" deploy"_s), QList<int>());
    QCOMPARE(found(u"from:ana from:ben deploy"_s), (QList<int>{3, 2, 1})); // any of them
    QCOMPARE(found(u"from:nobody deploy"_s), QList<int>());
}

void TestStoreSearch::filtersByConversation()
{
    commit({message(1, u"deploy"_s), message(2, u"deploy"_s, u"ana"_s, kOpsOld), message(3, u"deploy"_s, u"ana"_s, kAna)});
    QCOMPARE(found(u"in:ops deploy"_s), QList<int>{1}); // called so, not only beginning so
    QCOMPARE(found(u"in:#OPS deploy"_s), QList<int>{1});
    QCOMPARE(found(u"in:op deploy"_s), (QList<int>{2, 1}));
    QCOMPARE(found(u"in:ana in:ops deploy"_s), (QList<int>{3, 1}));
    QCOMPARE(found(u"deploy"_s), (QList<int>{3, 2, 1}));
    name(kAna, u"Ana María"_s);
    QCOMPARE(found(u"in:\"ana maría\""_s), QList<int>{3});
    const auto one = tests::searchAll(*m_store, u"deploy"_s, kOpsOld);
    QCOMPARE(one->size(), 1); // not typed, but asked for by the conversation itself
    QCOMPARE(one->first().message.conversation, kOpsOld);
    QCOMPARE(tests::searchAll(*m_store, u"deploy"_s, {kAccount, u"#nowhere"_s})->size(), 0);
}

void TestStoreSearch::filtersByDay()
{
    const QDate day(2026, 11, 10);
    for (int i = -2; i <= 2; ++i)
        commit({message(i + 3, u"deploy"_s, u"ana"_s, kOps, noonOf(day.addDays(i)))});
    QCOMPARE(found(u"deploy before:2026-11-10"_s), (QList<int>{2, 1}));
    QCOMPARE(found(u"deploy after:2026-11-10"_s), (QList<int>{5, 4, 3}));
    QCOMPARE(found(u"deploy on:2026-11-10"_s), QList<int>{3});
    QCOMPARE(found(u"on:2026-11-10"_s), QList<int>{3});
    QCOMPARE(found(u"after:2026-11-11 before:2026-11-11"_s), QList<int>());
    // Exactly at midnight: the day that begins.
    const qint64 midnight = day.addDays(20).startOfDay(QTimeZone::systemTimeZone()).toMSecsSinceEpoch();
    commit({message(20, u"edge"_s, u"ana"_s, kOps, midnight - 1), message(21, u"edge"_s, u"ana"_s, kOps, midnight)});
    QCOMPARE(found(u"edge before:2026-11-30"_s), QList<int>{20});
    QCOMPARE(found(u"edge after:2026-11-30"_s), QList<int>{21});
}

void TestStoreSearch::filtersByLink()
{
    commit({message(1, u"see https://ci.example/7"_s), message(2, u"https is a protocol"_s), message(3, u"no link"_s)});
    QCOMPARE(found(u"has:link"_s), QList<int>{1});
    QCOMPARE(found(u"has:link see"_s), QList<int>{1});
    QCOMPARE(found(u"has:link protocol"_s), QList<int>());
}

void TestStoreSearch::filtersByFile()
{
    chat::Attachment file;
    file.id = base::FileId(u"f1"_s);
    file.name = u"disk.png"_s;
    Message withFile = message(1, {});
    withFile.attachments = {file};
    Message withBoth = message(2, u"the report"_s);
    withBoth.attachments = {file};
    commit({withFile, withBoth, message(3, u"no file, only a report"_s)});
    QCOMPARE(found(u"has:file"_s), (QList<int>{2, 1}));
    QCOMPARE(found(u"has:file report"_s), QList<int>{2});
    const auto hits = tests::searchAll(*m_store, u"has:file from:ana"_s);
    QVERIFY2(hits && hits->last().snippet.contains(u"disk.png"_s), "a message without words is shown by its file");
}

void TestStoreSearch::filtersWithoutAWord()
{
    commit({message(1, u"one"_s), message(2, u"two"_s, u"ben"_s), message(3, u"🚀"_s)});
    QCOMPARE(found(u"from:ana"_s), (QList<int>{3, 1})); // what has no words is found by who said it
    QCOMPARE(found(u"in:ops"_s), (QList<int>{3, 2, 1}));
    QVERIFY(page(u"misunderstood:"_s).hits.isEmpty());
    QCOMPARE(page(u""_s).next, 0);
}

void TestStoreSearch::findsPhrasesOnlyAsTheyStand()
{
    commit({message(1, u"restart the gateway"_s), message(2, u"the restart of gateway"_s), message(3, u"build-42 is done"_s),
        message(4, u"42 build"_s)});
    QCOMPARE(found(u"\"restart the\""_s), QList<int>{1});
    QCOMPARE(found(u"restart the "_s), (QList<int>{2, 1}));
    QCOMPARE(found(u"\"restart the gat"_s), QList<int>{1}); // unfinished
    QCOMPARE(found(u"\"restart the gat\""_s), QList<int>());
    QCOMPARE(found(u"build-42"_s), QList<int>{3});
    QCOMPARE(found(u"build-4"_s), QList<int>{3});
}

void TestStoreSearch::findsWordsThatIndianVowelSignsCut()
{
    commit({message(1, u"हिन्दी में लिखा"_s), message(2, u"कुछ और"_s)});
    QCOMPARE(found(u"हिन्दी "_s), QList<int>{1});
    QCOMPARE(found(u"हिन्"_s), QList<int>{1});
    QCOMPARE(found(u"लिखा"_s), QList<int>{1});
}

void TestStoreSearch::aBeginningOfManyWordsMissesNone()
{
    QList<Message> many;
    for (int i = 1; i <= 300; ++i) // more different words than one question looks up
        many.append(message(i, i % 3 == 0 ? u"other things"_s : u"ticket%1 open"_s.arg(i)));
    commit(many);
    QCOMPARE(found(u"ticket"_s).size(), 200);
    QCOMPARE(found(u"open tick"_s).size(), 200);
    QCOMPARE(found(u"ticket29"_s), (QList<int>{299, 298, 296, 295, 293, 292, 290, 29}));
    QCOMPARE(found(u"tickets"_s), QList<int>());
}

void TestStoreSearch::pagesMissAndRepeatNothing()
{
    QList<Message> many;
    for (int i = 1; i <= 500; ++i) {
        many.append(message(i, u"word"_s));
        many.last().timeMs = 1'700'000'000'000 + i / 7; // several in one millisecond
    }
    commit(many);
    for (const int limit : {1, 7, 50, 499, 500, 501}) {
        QList<QString> seen;
        qint64 from = 0;
        int pages = 0;
        do {
            const auto answer = page(u"word"_s, from, limit);
            QVERIFY(answer.hits.size() <= limit);
            QVERIFY(answer.next == 0 || from == 0 || answer.next < from);
            for (const auto& hit : answer.hits)
                seen.append(hit.message.id.text());
            from = answer.next;
            QVERIFY(++pages <= 502);
        } while (from != 0);
        QCOMPARE(seen.size(), 500);
        QCOMPARE(QSet<QString>(seen.cbegin(), seen.cend()).size(), 500);
    }
}

void TestStoreSearch::anAnswerLooksAtALimitedNumber()
{
    QList<Message> many;
    for (int i = 1; i <= 10'000; ++i)
        many.append(message(i, i == 1 ? u"https see https://ci.example"_s : u"https"_s)); // candidates, but no links
    commit(many);
    QList<chat::SearchPage> pages;
    qint64 from = 0;
    do {
        pages.append(page(u"has:link"_s, from));
        from = pages.last().next;
    } while (from != 0 && pages.size() < 50);
    const auto searched = std::count_if(pages.cbegin(), pages.cend(), [](const auto& one) { return !one.preparing; });
    QVERIFY2(searched >= 3 && searched <= 5, qPrintable(QString::number(searched))); // in pieces, and yet to the end
    QCOMPARE(pages.last().hits.size(), 1);
    QCOMPARE(pages.last().hits.first().message.order, 1);
}

void TestStoreSearch::aRareLinkIsFoundFarBack()
{
    QList<Message> many{message(1, u"see https://ci.example/"_s)};
    for (int i = 2; i <= 9000; ++i)
        many.append(message(i, u"chatter"_s));
    commit(many);
    while (page(u"x"_s).preparing) {}
    QCOMPARE(page(u"has:link"_s).hits.size(), 1); // by one question: the index knows who has a link's words
}

void TestStoreSearch::whatCameInAFloodIsMadeSearchableInPieces()
{
    QList<Message> many;
    for (int i = 1; i <= 8000; ++i)
        many.append(message(i, u"flood"_s));
    commit(many); // too many at once to be indexed between two questions
    int preparing = 0;
    qint64 from = 0;
    chat::SearchPage last;
    do {
        last = page(u"flood"_s, from, 10);
        preparing += last.preparing;
        QVERIFY(!last.preparing || last.hits.isEmpty());
        from = last.next;
    } while (last.preparing);
    QVERIFY2(preparing >= 2 && preparing <= 4, qPrintable(QString::number(preparing)));
    QCOMPARE(last.hits.size(), 10);
    QCOMPARE(last.hits.first().message.order, 8000); // the newest, not those that were indexed first
    QCOMPARE(page(u"flood"_s, 0, 10).preparing, false);
}

void TestStoreSearch::followsEditsRenamesAndRemovals()
{
    commit({message(1, u"secret word"_s), message(2, u"other word"_s)});
    QCOMPARE(found(u"word from:ana"_s), (QList<int>{2, 1}));
    Message edited = message(1, u"changed word"_s, u"ben"_s);
    edited.edited = true;
    commit({edited});
    QCOMPARE(found(u"secret"_s), QList<int>());
    QCOMPARE(found(u"changed from:ben"_s), QList<int>{1});
    QCOMPARE(found(u"word from:ana"_s), QList<int>{2});
    Message removed = message(2, u"other word"_s);
    removed.deleted = true;
    commit({removed});
    QCOMPARE(found(u"other"_s), QList<int>());
    QCOMPARE(found(u"from:ana"_s), QList<int>()); // what was taken back is no hit, whoever wrote it
    QVERIFY(await(m_store->removeAccount(kAccount)));
    QCOMPARE(found(u"word"_s), QList<int>());
    m_store.reset();
    store::Database database(path(), store::profileMigrations());
    QVERIFY(database.open());
    QVERIFY(database.run(u"INSERT INTO messages_text(messages_text) VALUES ('integrity-check')"_s)); // nothing stale is left in the index
}

void TestStoreSearch::keepsWhatAnOlderProfileHad()
{
    m_store.reset();
    QFile::remove(path());
    {
        const auto all = store::profileMigrations();
        store::Database old(path(), all.mid(0, 5)); // before who and where were in the index
        QVERIFY(old.open());
        QVERIFY(old.run(u"INSERT INTO conversations(id, account, key, name) VALUES (1, 'irc-1', '#ops', '#ops')"_s));
        for (int i = 1; i <= 3; ++i)
            QVERIFY(old.run(u"INSERT INTO messages VALUES (?, 1, ?, '', 'ana', 'Ana', ?, ?, 'old words', '', '', '', '', 0)"_s,
                {store::firstRowOf(i), u"m%1"_s.arg(i), i, i}));
        QVERIFY(old.run(u"INSERT INTO messages_text(rowid, text) SELECT rowid, text FROM messages"_s));
        QVERIFY(old.run(u"DELETE FROM unindexed"_s));
    }
    m_store = std::make_unique<store::ProfileStore>(path());
    QVERIFY(await(m_store->open()));
    QCOMPARE(found(u"words from:ana in:ops"_s), (QList<int>{3, 2, 1}));
}

void TestStoreSearch::aPlaceThatIsNotThereIsTold()
{
    commit({message(1, u"deploy"_s)});
    const auto none = page(u"in:nowhere deploy"_s);
    QVERIFY(none.hits.isEmpty());
    QCOMPARE(none.unknownPlaces, QStringList{u"nowhere"_s});
    const auto some = page(u"in:nowhere in:ops deploy"_s);
    QCOMPARE(some.hits.size(), 1);
    QCOMPARE(some.unknownPlaces, QStringList{u"nowhere"_s});
}

QTEST_GUILESS_MAIN(TestStoreSearch)
#include "tst_storesearch.moc"
