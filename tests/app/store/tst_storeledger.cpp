// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profilestore.h"
#include "store/storedrun.h"
#include "support/await.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using base::ConversationId;
using chat::LedgerOrder;
using chat::LedgerQuery;
using chat::RunState;
using tests::await;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
const ConversationId kOps(kAccount, u"#ops"_s);
const ConversationId kProd(kAccount, u"#prod"_s);

/// The run of that number: one a minute, that takes as many seconds.
chat::RunRecord run(int number, const QString& kind = u"deploy"_s, RunState state = RunState::Succeeded)
{
    chat::RunRecord made;
    made.kind = kind;
    chat::RunReport& report = made.report;
    report.run = base::RunId(u"r%1"_s.arg(number));
    report.conversation = kOps;
    report.bot = base::UserId(u"hubot"_s);
    report.sender = base::UserId(u"ana"_s);
    report.senderName = u"Ana"_s;
    report.command = kind + u" number %1"_s.arg(number);
    report.state = state;
    report.startedAtMs = number * 60'000LL;
    report.endedAtMs = chat::isFinal(state) ? report.startedAtMs + number * 1000LL : 0;
    return made;
}

} // namespace

class TestStoreLedger : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::ProfileStore> m_store;

    void put(const QList<chat::RunRecord>& records)
    {
        for (const chat::RunRecord& record : records)
            QVERIFY(await(m_store->putRun({record, {}, {}}, 0)));
    }
    QStringList ids(const LedgerQuery& query)
    {
        QStringList found;
        const auto records = await(m_store->ledger(query));
        for (const chat::RunRecord& record : records.valueOr({}))
            found += record.report.run.text();
        return found;
    }
    QList<chat::CommandRecord> commands(const LedgerQuery& query = {}) { return await(m_store->commandLedger(query)).valueOr({}); }

private slots:
    void init()
    {
        m_store.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<store::ProfileStore>(m_folder->filePath(u"p.db"_s));
        QVERIFY(await(m_store->open()));
    }

    void aRunWhoseBotKeepsItsWordsIsThereToo()
    {
        put({run(1)}); // nothing is kept with it
        QCOMPARE(ids({}), QStringList(u"r1"_s));
        QVERIFY(await(m_store->runs(kAccount, 0, 10))->isEmpty());
    }

    void pagesHaveEachRunOnce()
    {
        QList<chat::RunRecord> records{run(1), run(2), run(3), run(4), run(5)};
        for (chat::RunRecord& record : records)
            record.report.startedAtMs = 60'000; // all at once: nothing but the key tells them apart
        put(records);
        for (const bool ascending : {false, true})
            for (const auto order : {LedgerOrder::Started, LedgerOrder::Sender, LedgerOrder::State}) {
                QStringList all;
                for (int offset = 0; offset < 6; offset += 2)
                    all += ids({.limit = 2, .offset = offset, .order = order, .ascending = ascending});
                QCOMPARE(all.size(), 5);
                QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), 5);
            }
        QVERIFY(ids({.limit = 2, .offset = 5}).isEmpty());
        QCOMPARE(ids({.limit = 0}).size(), 1); // a question of nothing asks for one
    }

    void sortsByWhatIsAskedFor()
    {
        auto first = run(1, u"Zeta"_s);
        first.report.senderName = u"ben"_s;
        first.report.exitCode = 3;
        auto second = run(2, u"alpha"_s, RunState::Running);
        second.report.conversation = kProd;
        second.report.environment = u"production"_s;
        auto third = run(3, u"beta"_s, RunState::Failed);
        third.report.senderName = u"Cyd"_s;
        third.report.exitCode = 1;
        put({first, second, third});
        QCOMPARE(ids({}), QStringList({u"r3"_s, u"r2"_s, u"r1"_s}));
        QCOMPARE(ids({.ascending = true}), QStringList({u"r1"_s, u"r2"_s, u"r3"_s}));
        QCOMPARE(ids({.order = LedgerOrder::Command, .ascending = true}), QStringList({u"r2"_s, u"r3"_s, u"r1"_s}));
        QCOMPARE(ids({.order = LedgerOrder::Sender, .ascending = true}), QStringList({u"r2"_s, u"r1"_s, u"r3"_s}));
        QCOMPARE(ids({.order = LedgerOrder::Duration}), QStringList({u"r3"_s, u"r1"_s, u"r2"_s})); // an open one has none
        QCOMPARE(ids({.order = LedgerOrder::ExitCode}), QStringList({u"r1"_s, u"r3"_s, u"r2"_s}));
        QCOMPARE(ids({.order = LedgerOrder::Conversation}).first(), u"r2"_s);
        QCOMPARE(ids({.order = LedgerOrder::Environment}).first(), u"r2"_s);
        QCOMPARE(ids({.order = LedgerOrder::State, .ascending = true}).first(), u"r3"_s);
    }

    void asksForOneCommandOnly()
    {
        auto other = run(3);
        other.report.bot = base::UserId(u"errbot"_s);
        put({run(1), run(2, u"deploy staging"_s), other});
        QCOMPARE(ids({.account = kAccount, .bot = base::UserId(u"hubot"_s), .kind = u"deploy"_s}), QStringList(u"r1"_s));
        QCOMPARE(ids({.text = u"staging"_s}), QStringList(u"r2"_s));
        QCOMPARE(ids({.text = u"errb"_s}), QStringList(u"r3"_s));
        QVERIFY(ids({.text = u"%"_s}).isEmpty()); // no pattern
    }

    void aSummaryCountsWhatTheFilterLeaves()
    {
        auto elsewhere = run(4, u"deploy"_s, RunState::Failed);
        elsewhere.report.conversation = kProd;
        elsewhere.report.senderName = u"Ben"_s;
        put({run(1), run(2), run(3), elsewhere, run(5, u"deploy"_s, RunState::NoReply), run(6, u"backup"_s)});
        const auto all = commands();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all[0].kind, u"backup"_s);
        const chat::CommandRecord& deploy = all[1];
        QCOMPARE(deploy.runs, 5);
        QCOMPARE(deploy.ended, 4);
        QCOMPARE(deploy.succeeded, 3);
        QCOMPARE(deploy.successPercent(), 75);
        QCOMPARE(deploy.typicalMs, 2000);
        QVERIFY(deploy.lastState == RunState::NoReply);
        QCOMPARE(deploy.lastCommand, u"deploy number 5"_s);
        QCOMPARE(commands({.conversation = kOps})[1].ended, 3);
        const auto failed = commands({.failedOnly = true});
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed[0].runs, 2);
        QCOMPARE(failed[0].typicalMs, 0);
        const auto of = commands({.text = u"Ben"_s});
        QCOMPARE(of.size(), 1);
        QCOMPARE(of[0].lastBy, u"Ben"_s);
        QCOMPARE(of[0].runs, 1);
        QCOMPARE(commands({.sinceMs = 6 * 60'000LL}).size(), 1);
        QVERIFY(commands({.sinceMs = 7 * 60'000LL}).isEmpty());
    }

    void whatIsTypicalIsOfTheNewestSuccesses()
    {
        QList<chat::RunRecord> records;
        for (int i = 1; i <= 10; ++i) {
            records.append(run(i));
            records.last().report.endedAtMs = records.last().report.startedAtMs + 1'000'000;
        }
        for (int i = 11; i <= 111; ++i) { // as many as are looked at
            records.append(run(i));
            records.last().report.endedAtMs = records.last().report.startedAtMs + 500;
        }
        put(records);
        QCOMPARE(commands()[0].typicalMs, 500);
        QCOMPARE(commands({.untilMs = 11 * 60'000LL})[0].typicalMs, 1'000'000);
    }

    void aShareIsRoundedDownAndUnknownWithoutAnEnd()
    {
        chat::CommandRecord record;
        QVERIFY(!record.successPercent());
        record.ended = 1000;
        record.succeeded = 999;
        QCOMPARE(record.successPercent(), 99); // only a clean record is a hundred
        record.succeeded = 1000;
        QCOMPARE(record.successPercent(), 100);
        record.succeeded = 0;
        QCOMPARE(record.successPercent(), 0);
    }
};

QTEST_GUILESS_MAIN(TestStoreLedger)
#include "tst_storeledger.moc"
