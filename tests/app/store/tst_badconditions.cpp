// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A disk that fills up in the middle of a batch, a process that is killed in the middle of one. The program starts itself
// again as the one that is killed.
#include "store/profilestore.h"
#include "support/await.h"
#include "support/fulldisk.h"
#include "support/storesearch.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace ridealong;
using tests::await;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
const base::ConversationId kRoom(kAccount, u"#ops"_s);
const chat::Member kMe{base::UserId(u"me"_s), u"Me"_s, false, chat::Presence::Online};
constexpr int kEach = 50;

/// The batch with that number: messages, a gap that the next one closes, and the cursor.
chat::SyncBatch batch(int number, int count = kEach, qsizetype length = 40)
{
    chat::SyncBatch made;
    for (int i = 1; i <= count; ++i) {
        chat::Message message;
        message.order = (number - 1) * qint64(count) + i;
        message.id = base::MessageId(u"m%1"_s.arg(message.order));
        message.conversation = kRoom;
        message.sender = base::UserId(u"ana"_s);
        message.timeMs = 1'700'000'000'000 + message.order;
        message.text = u"batch%1 "_s.arg(number) + QString(length, u'x');
        made.events.append(chat::MessageChanged{message});
    }
    made.gaps = {{kRoom, number, number + 1}};
    if (number > 1)
        made.gapChanges = {{{kRoom, number - 1, number}, {}}};
    made.cursor = QByteArray::number(number);
    return made;
}

/// Commits one batch after the other, says so after each, until it is killed.
int writeUntilKilled(const QString& path)
{
    store::ProfileStore store(path);
    if (!await(store.open()))
        return 1;
    const auto state = await(store.state(kAccount));
    for (int number = state->cursor.toInt() + 1;; ++number) {
        if (!await(store.commit(kAccount, batch(number), kMe)))
            return 1;
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
}

} // namespace

class TestBadConditions : public QObject
{
    Q_OBJECT
private slots:
    void aKilledProcessLeavesWholeBatches();
    void aDiskThatFillsUpInTheMiddleLeavesNothingOfTheBatch();
};

void TestBadConditions::aKilledProcessLeavesWholeBatches()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"p.db"_s);
    {
        store::ProfileStore store(path);
        QVERIFY(await(store.open()));
        QVERIFY(await(store.saveAccount({kAccount, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}})));
    }
    int last = 0;
    for (int round = 0; round < 8; ++round) {
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(), {u"--write"_s, path});
        int told = 0;
        // Killed at another moment each time: right after an answer, when the next transaction is already running.
        while (told < last + 1 + round * 2) {
            QVERIFY(writer.waitForReadyRead(30'000));
            while (writer.canReadLine())
                told = writer.readLine().trimmed().toInt();
        }
        writer.kill();
        QVERIFY(writer.waitForFinished());

        store::ProfileStore store(path);
        const auto opened = await(store.open());
        QVERIFY(opened);
        QVERIFY(opened->keptAside.isEmpty()); // it was checked, for the end was no clean one
        const int stored = await(store.state(kAccount))->cursor.toInt();
        QVERIFY(stored >= told); // what was answered is there
        QCOMPARE(await(store.countAfter(kRoom, 0)).valueOr(-1), stored * kEach); // and no half of what was not
        QCOMPARE(await(store.openGaps(kAccount)).valueOr({}), (QList<chat::Gap>{{kRoom, stored, stored + 1}}));
        QCOMPARE(tests::searchAll(store, u"batch%1"_s.arg(stored), kRoom, 1000)->size(), kEach);
        QVERIFY(await(store.commit(kAccount, batch(stored), kMe))); // the server says it again
        QCOMPARE(await(store.countAfter(kRoom, 0)).valueOr(-1), stored * kEach);
        QCOMPARE(tests::searchAll(store, u"batch%1"_s.arg(stored), kRoom, 1000)->size(), kEach);
        last = stored;
    }
}

void TestBadConditions::aDiskThatFillsUpInTheMiddleLeavesNothingOfTheBatch()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"p.db"_s);
    store::ProfileStore store(path);
    QVERIFY(await(store.open()));
    QVERIFY(await(store.saveAccount({kAccount, u"irc"_s, u"IRC"_s, u"me"_s, {}, {}})));
    QVERIFY(await(store.commit(kAccount, batch(1), kMe)));
    // More than SQLite keeps in memory, so it writes before the end; there is room for some of that.
    const chat::SyncBatch large = batch(2, kEach * 100, 2000);
    {
        const tests::FullDisk full(rlim_t(QFileInfo(path + u"-wal"_s).size()) + 2'000'000);
        const auto failed = await(store.commit(kAccount, large, kMe), 60'000);
        QVERIFY(!failed);
        QVERIFY(failed.error().kind == base::ErrorKind::Storage);
        QCOMPARE(await(store.countAfter(kRoom, 0)).valueOr(-1), kEach); // what is there can still be read
        QCOMPARE(await(store.state(kAccount))->cursor, QByteArray("1"));
    }
    const auto stored = await(store.commit(kAccount, large, kMe), 60'000);
    QVERIFY(stored);
    QCOMPARE(stored->events.size(), large.events.size());
    QCOMPARE(await(store.countAfter(kRoom, 0)).valueOr(-1), kEach + kEach * 100);
    QCOMPARE(await(store.state(kAccount))->cursor, QByteArray("2"));
    QCOMPARE(tests::searchAll(store, u"batch2"_s, kRoom, 3)->size(), 3);
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == "--write"_L1)
        return writeUntilKilled(application.arguments().value(2));
    TestBadConditions test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_badconditions.moc"
