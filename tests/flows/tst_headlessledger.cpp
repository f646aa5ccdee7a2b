// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The ledger of a real process: what was run is asked of it, over a restart.
#include "support/headlessclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::HeadlessClient;

class TestHeadlessLedger : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<HeadlessClient> m_client;
    QString m_account;
    QString m_ops;

    QJsonArray runs(QJsonObject fields = {}) { return m_client->ask(u"ledger"_s, std::move(fields))[u"runs"_s].toArray(); }
    QJsonArray commands(QJsonObject fields = {}) { return m_client->ask(u"ledger.commands"_s, std::move(fields))[u"commands"_s].toArray(); }
    void runToItsEnd(const QString& text)
    {
        const QString run = m_client->ask(u"run"_s, {{u"conversation"_s, m_ops}, {u"text"_s, text}})[u"run"_s].toString();
        QVERIFY(!run.isEmpty());
        static const QStringList kEnds{u"succeeded"_s, u"failed"_s, u"error"_s};
        QVERIFY(
            !m_client
                 ->waitFor(u"run"_s, [&](const QJsonObject& event) { return event[u"run"_s] == run && kEnds.contains(event[u"state"_s].toString()); })
                 .isEmpty());
    }

private slots:
    void initTestCase()
    {
        m_client = std::make_unique<HeadlessClient>(m_folder.filePath(u"profile"_s));
        m_client->start();
        m_account = m_client->addLocal(u"ana"_s, m_folder.filePath(u"hub.sock"_s));
        m_ops = m_client->room(m_account, u"#ops"_s);
        QVERIFY(!m_ops.isEmpty());
        QTRY_VERIFY(m_client->ask(u"palette.refresh"_s, {{u"conversation"_s, m_ops}})[u"count"_s].toInt() > 6);
    }
    void cleanupTestCase() { QCOMPARE(m_client->quit(), 0); }

    void nothingWasRunAtFirst()
    {
        QVERIFY(runs().isEmpty());
        QVERIFY(commands().isEmpty());
        const QString csv = m_client->ask(u"ledger"_s, {{u"csv"_s, true}})[u"csv"_s].toString();
        QVERIFY(csv.startsWith(u"started,ended,"_s) && csv.endsWith(u"\r\n"_s));
    }

    void whatEndedIsInIt()
    {
        runToItsEnd(u"host"_s);
        runToItsEnd(u"host"_s);
        runToItsEnd(u"check / --free 100"_s); // fails: no disk is that empty
        QTRY_COMPARE(runs().size(), 3);
        const QJsonObject newest = runs()[0].toObject();
        QCOMPARE(newest[u"command"_s].toString(), u"check / --free 100"_s);
        QCOMPARE(newest[u"sender"_s].toString(), u"ana"_s);
        QCOMPARE(newest[u"conversation"_s].toString(), m_ops);
        QVERIFY2(newest[u"exitCode"_s].toInt() != 0, QJsonDocument(newest).toJson().constData());
        QVERIFY(newest.contains(u"durationMs"_s));
        QCOMPARE(runs({{u"failedOnly"_s, true}}).size(), 1);
        QCOMPARE(runs({{u"text"_s, u"host"_s}}).size(), 2);
        QCOMPARE(runs({{u"limit"_s, 2}, {u"offset"_s, 2}}).size(), 1);
        QCOMPARE(runs({{u"order"_s, u"command"_s}, {u"ascending"_s, true}})[0].toObject()[u"command"_s].toString(), u"check / --free 100"_s);
        QVERIFY(runs({{u"conversation"_s, m_account + u"/elsewhere"_s}}).isEmpty());
        QCOMPARE(m_client->ask(u"ledger"_s, {{u"csv"_s, true}})[u"csv"_s].toString().count(u"\r\n"_s), 4);
    }

    void aCommandHasItsRecord()
    {
        const QJsonArray known = commands({{u"text"_s, u"host"_s}});
        QCOMPARE(known.size(), 1);
        const QJsonObject host = known[0].toObject();
        QCOMPARE(host[u"runs"_s].toInt(), 2);
        QCOMPARE(host[u"succeeded"_s].toInt(), 2);
        QCOMPARE(host[u"lastBy"_s].toString(), u"ana"_s);
        QVERIFY(host.contains(u"typicalMs"_s));
        QCOMPARE(runs({{u"account"_s, host[u"account"_s]}, {u"bot"_s, host[u"bot"_s]}, {u"kind"_s, host[u"kind"_s]}}).size(), 2);
        const QString csv = m_client->ask(u"ledger.commands"_s, {{u"csv"_s, true}})[u"csv"_s].toString();
        QCOMPARE(csv.count(u"\r\n"_s), 1 + commands().size());
    }

    void anUnknownOrderIsAnError()
    {
        for (const QString& what : {u"ledger"_s, u"ledger.commands"_s})
            QCOMPARE(m_client->ask(what, {{u"order"_s, u"sideways"_s}})[u"error"_s][u"kind"_s].toString(), u"Invalid"_s);
    }

    void itIsThereAfterARestart()
    {
        QCOMPARE(m_client->quit(), 0);
        m_client->start();
        QTRY_COMPARE(runs().size(), 3);
        QCOMPARE(commands().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestHeadlessLedger)
#include "tst_headlessledger.moc"
