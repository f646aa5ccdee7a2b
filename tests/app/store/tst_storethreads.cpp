// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profilestore.h"
#include "support/await.h"
#include "support/messages.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using base::ConversationId;
using base::MessageId;
using chat::Message;
using tests::await;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
const ConversationId kOps(kAccount, u"#ops"_s);
const ConversationId kHelp(kAccount, u"#help"_s);
const chat::Member kMe{base::UserId(u"me"_s), u"Me"_s, false, chat::Presence::Online};

Message message(int order, int thread = 0, const QString& sender = u"ana"_s, const ConversationId& where = kOps)
{
    Message made = tests::makeMessage(where, order, sender, u"text of %1"_s.arg(order));
    if (thread)
        made.thread = MessageId(u"m%1"_s.arg(thread));
    return made;
}

} // namespace

class TestStoreThreads : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_store.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"p.db"_s));
        QVERIFY(await(m_store->open()));
        QVERIFY(await(m_store->saveAccount({kAccount, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}})));
    }

    void tellsWhatAListShows()
    {
        commit({message(1), message(2, 1, u"ben"_s), message(3, 1, u"me"_s)});
        const auto all = threads(kOps);
        QCOMPARE(all.size(), 1);
        QCOMPARE(all[0].root.text, u"text of 1"_s);
        QCOMPARE(all[0].conversation, kOps);
        QCOMPARE(all[0].replies, 2);
        QCOMPARE(all[0].unread, 1); // ours is not
        QCOMPARE(all[0].lastSender, u"me"_s);
        QVERIFY(all[0].lastIsMine);
        QCOMPARE(all[0].lastAtMs, message(3).timeMs);
    }

    void unreadComesFirstThenTheLatest()
    {
        commit({message(1), message(2), message(3), message(4, 1), message(5, 2), message(6, 3), message(7, 2)});
        QCOMPARE(roots(kOps), (QStringList{u"m2"_s, u"m3"_s, u"m1"_s}));
        QVERIFY(await(m_store->setReadUpTo(kOps, MessageId(u"m2"_s), 7)));
        QCOMPARE(roots(kOps), (QStringList{u"m3"_s, u"m1"_s, u"m2"_s}));
        commit({message(8, 2)});
        QCOMPARE(roots(kOps).first(), u"m2"_s); // and it comes back with the next reply
        QCOMPARE(threads(kOps).first().unread, 1);
    }

    void aThreadThatWasNeverOpenedIsReadWithItsConversation()
    {
        commit({message(1), message(2, 1), message(3, 1)});
        QCOMPARE(threads(kOps).first().unread, 2);
        QVERIFY(await(m_store->setReadUpTo(kOps, {}, 2)));
        QCOMPARE(threads(kOps).first().unread, 1);
        QVERIFY(await(m_store->setReadUpTo(kOps, MessageId(u"m1"_s), 1))); // opened, and not read to its end: its own marker counts
        QCOMPARE(threads(kOps).first().unread, 2);
    }

    void ofAllConversationsOrOfOne()
    {
        commit({message(1), message(2, 1), message(3, 0, u"ana"_s, kHelp), message(4, 3, u"ana"_s, kHelp)});
        QCOMPARE(roots({}), (QStringList{u"m3"_s, u"m1"_s}));
        QCOMPARE(threads({})[0].conversation, kHelp);
        QCOMPARE(roots(kOps), QStringList{u"m1"_s});
        QCOMPARE(roots({kAccount, u"#nowhere"_s}), QStringList());
        QCOMPARE(threads({}, 1).size(), 1);
        QCOMPARE(threads({}, 1)[0].root.id.text(), u"m3"_s);
        QVERIFY(await(m_store->removeAccount(kAccount)));
        QVERIFY(threads({}).isEmpty());
    }

    void manyConversationsShareOneWalk()
    {
        constexpr int kRooms = 100, kEach = 200; // the walk's 20,000
        QList<Message> messages{message(1), message(2), message(3, 1)};
        for (int i = 0; i < kEach; ++i)
            messages.append(message(4 + i, 2));
        for (int i = 1; i < kRooms; ++i)
            messages.append(message(1000 + i, 0, u"ana"_s, {kAccount, u"#room%1"_s.arg(i)}));
        commit(messages);
        QCOMPARE(roots(kOps), (QStringList{u"m2"_s, u"m1"_s}));
        QCOMPARE(roots({}), QStringList{u"m2"_s}); // the other one is further back than the share of its conversation
    }

    void deletedRepliesDoNotCount()
    {
        auto gone = message(3, 1);
        commit({message(1), message(2, 1), gone});
        gone.deleted = true;
        commit({gone});
        QCOMPARE(threads(kOps)[0].replies, 1);
        QCOMPARE(threads(kOps)[0].unread, 1);
        QCOMPARE(threads(kOps)[0].lastAtMs, message(2).timeMs);
        auto last = message(2, 1);
        last.deleted = true;
        commit({last});
        QVERIFY(threads(kOps).isEmpty());
    }

    void aRootThatIsNotStoredHasItsId()
    {
        commit({message(5, 1)});
        QCOMPARE(threads(kOps)[0].root.id.text(), u"m1"_s);
        QVERIFY(threads(kOps)[0].root.sender.isEmpty());
    }

private:
    void commit(const QList<Message>& messages) { QVERIFY(await(m_store->commit(kAccount, tests::batchOf(messages), kMe))); }
    QList<chat::ThreadOverview> threads(const ConversationId& where, int limit = 100)
    {
        const auto found = await(m_store->threadOverviews(where, limit));
        if (!found)
            QTest::qFail(qPrintable(found.error().detail), __FILE__, __LINE__);
        return found.valueOr({});
    }
    QStringList roots(const ConversationId& where)
    {
        QStringList ids;
        for (const auto& thread : threads(where))
            ids << thread.root.id.text();
        return ids;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::ProfileStore> m_store;
};

QTEST_GUILESS_MAIN(TestStoreThreads)
#include "tst_storethreads.moc"
