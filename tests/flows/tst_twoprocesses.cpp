// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Two people on one hub, each a process of its own; and what happens when one of them is killed.
#include "support/localpair.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::HeadlessClient;

class TestTwoProcesses : public QObject
{
    Q_OBJECT

private:
    using Pair = tests::LocalPair;

    /// Everything acknowledged is there, once, in order; nothing else is there twice.
    static void checkExactlyOnce(const QStringList& texts, const QStringList& acknowledged)
    {
        QHash<QString, int> counts;
        for (const QString& text : texts)
            ++counts[text];
        QStringList lost, doubled;
        for (const QString& text : acknowledged)
            if (!counts.contains(text))
                lost += text;
        for (auto it = counts.cbegin(); it != counts.cend(); ++it)
            if (it.value() > 1)
                doubled += it.key();
        QVERIFY2(lost.isEmpty(), qPrintable(u"lost: "_s + lost.join(u", "_s)));
        QVERIFY2(doubled.isEmpty(), qPrintable(u"doubled: "_s + doubled.join(u", "_s)));
        qsizetype last = -1;
        for (const QString& text : acknowledged) {
            const qsizetype at = texts.indexOf(text);
            QVERIFY2(at > last, qPrintable(u"out of order: "_s + text));
            last = at;
        }
    }

    /// Texts whose `send` was answered ok, in order of sending.
    static QStringList acknowledgedOf(const HeadlessClient& client, const QList<std::pair<int, QString>>& sent)
    {
        QStringList all;
        for (const auto& [id, text] : sent)
            if (client.replies().value(id)[u"ok"_s].toBool())
                all += text;
        return all;
    }

private slots:
    void theyChat()
    {
        Pair pair;
        pair.ana.ask(u"send"_s, {{u"conversation"_s, pair.anaOps}, {u"text"_s, u"hello ben"_s}});
        QVERIFY(
            !pair.ben.waitFor(u"message"_s, [](const auto& e) { return e[u"text"_s] == u"hello ben"_s && e[u"sender"_s] == u"ana"_s; }).isEmpty());
        pair.ben.ask(u"send"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"hello ana"_s}});
        QVERIFY(
            !pair.ana.waitFor(u"message"_s, [](const auto& e) { return e[u"text"_s] == u"hello ana"_s && e[u"sender"_s] == u"ben"_s; }).isEmpty());
        QTRY_COMPARE(pair.ana.texts(pair.anaOps), pair.ben.texts(pair.benOps));
        QJsonObject ops;
        QTRY_VERIFY([&] {
            for (const QJsonValue& value : pair.ben.ask(u"conversation.list"_s)[u"conversations"_s].toArray())
                if (value[u"conversation"_s] == pair.benOps)
                    ops = value.toObject();
            return ops[u"unread"_s].toInt() == 1 && ops[u"mentions"_s].toInt() == 1; // "hello ben" names ben
        }());
    }

    void everybodySeesEverybodysRuns()
    {
        Pair pair;
        const QString run = pair.ben.ask(u"run"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"runner host"_s}})[u"run"_s].toString();
        QVERIFY(!run.isEmpty());
        const auto succeeded = [&](const QJsonObject& e) { return e[u"run"_s] == run && e[u"state"_s] == u"succeeded"_s; };
        const QJsonObject end = pair.ana.waitFor(u"run"_s, succeeded);
        QVERIFY2(!end.isEmpty(), QJsonDocument(pair.ana.ask(u"console"_s)).toJson().constData());
        QVERIFY(!pair.ben.waitFor(u"run"_s, succeeded).isEmpty());
        const auto lines = [&](HeadlessClient& client) {
            return client.ask(u"console.lines"_s, {{u"run"_s, run}, {u"from"_s, 0}, {u"count"_s, 100}})[u"lines"_s].toArray();
        };
        QTRY_VERIFY(lines(pair.ana).size() > 3);
        QTRY_COMPARE(lines(pair.ben), lines(pair.ana));
    }

    void theHubIsKilledAndStartedAgain()
    {
        Pair pair;
        pair.ana.ask(u"send"_s, {{u"conversation"_s, pair.anaOps}, {u"text"_s, u"before"_s}});
        QVERIFY(!pair.ben.waitFor(u"message"_s, [](const auto& e) { return e[u"text"_s] == u"before"_s; }).isEmpty());
        pair.ana.killHard();
        // Ben takes over or waits; either way what he writes now arrives.
        pair.ben.ask(u"send"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"between"_s}});
        pair.ana.start();
        pair.ana.ask(u"send"_s, {{u"conversation"_s, pair.anaOps}, {u"text"_s, u"after"_s}});
        QTRY_VERIFY_WITH_TIMEOUT(pair.ana.texts(pair.anaOps).contains(u"between"_s) && pair.ben.texts(pair.benOps).contains(u"after"_s), 30'000);
        QTRY_COMPARE(pair.ana.texts(pair.anaOps), pair.ben.texts(pair.benOps));
        QCOMPARE(pair.ana.texts(pair.anaOps).count(u"before"_s), 1);
    }

    /// What was put aside or waits to be sent is on the disk as soon as it was acknowledged.
    void draftsAndTheOutboxOutliveAKill()
    {
        Pair pair;
        QVERIFY(pair.ben.ask(u"network"_s, {{u"online"_s, false}})[u"ok"_s].toBool());
        QVERIFY(!pair.ben.ask(u"draft.add"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"half a thought"_s}})[u"draft"_s].toString().isEmpty());
        QVERIFY(!pair.ben.ask(u"send"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"written offline"_s}})[u"txn"_s].toString().isEmpty());
        pair.ben.killHard();
        pair.ben.start();
        const QJsonArray drafts = pair.ben.ask(u"draft.list"_s)[u"drafts"_s].toArray();
        QCOMPARE(drafts.size(), 1);
        QCOMPARE(drafts[0][u"text"_s], u"half a thought"_s);
        QTRY_COMPARE(pair.ana.texts(pair.anaOps), QStringList{u"written offline"_s});
        QTRY_COMPARE(pair.ben.texts(pair.benOps), QStringList{u"written offline"_s});
    }

    void killsAmongAThousandSends_data()
    {
        QTest::addColumn<QString>("victims");
        QTest::newRow("the hub's process") << u"ana"_s;
        QTest::newRow("the other process") << u"ben"_s;
        QTest::newRow("either") << u"ana ben"_s;
    }

    /// Both write; one of the victims is killed at random moments and started again. What `send` acknowledged arrives exactly once.
    void killsAmongAThousandSends()
    {
        QFETCH(QString, victims);
        constexpr int kEach = 500, kKills = 12, kAhead = 8;
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo() << "seed" << seed;
        QRandomGenerator random(seed);
        Pair pair;
        QList<HeadlessClient*> mayDie;
        if (victims.contains(u"ana"_s))
            mayDie += &pair.ana;
        if (victims.contains(u"ben"_s))
            mayDie += &pair.ben;
        QSet<int> moments;
        while (moments.size() < kKills)
            moments.insert(int(random.bounded(1, kEach)));
        QList<std::pair<int, QString>> anaSent, benSent;
        QHash<const HeadlessClient*, QSet<int>> lost; // asked of a process that was killed before it answered
        int kills = 0;
        for (int i = 0; i < kEach; ++i) {
            const QString anaText = u"ana %1"_s.arg(i), benText = u"ben %1"_s.arg(i);
            anaSent.append({pair.ana.post(u"send"_s, {{u"conversation"_s, pair.anaOps}, {u"text"_s, anaText}}), anaText});
            benSent.append({pair.ben.post(u"send"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, benText}}), benText});
            // No faster than it is acknowledged, or nearly all of it would still lie in the pipe when the first is killed. Before a
            // kill nobody waits, so that it finds sends at every stage.
            const bool nearAKill = std::any_of(moments.cbegin(), moments.cend(), [i](int moment) { return moment >= i && moment < i + kAhead; });
            for (const auto& [client, sent] : {std::pair(&pair.ana, &anaSent), std::pair(&pair.ben, &benSent)})
                if (const qsizetype early = sent->size() - 1 - random.bounded(kAhead); early >= 0 && !nearAKill)
                    QVERIFY(QTest::qWaitFor(
                        [&, id = sent->at(early).first] { return client->replies().contains(id) || lost[client].contains(id); }, 30'000));
            if (moments.contains(i)) {
                QTest::qWait(int(random.bounded(20))); // where in reading, storing or sending it is then, is what is random here
                HeadlessClient* victim = mayDie[random.bounded(mayDie.size())];
                victim->killHard();
                for (const auto& [id, text] : std::as_const(victim == &pair.ana ? anaSent : benSent))
                    if (!victim->replies().contains(id))
                        lost[victim].insert(id);
                victim->start();
                ++kills;
            }
        }
        QCOMPARE(kills, kKills);
        // Answered by the store after everything that was asked of it before.
        QVERIFY(pair.ana.ask(u"timeline"_s, {{u"conversation"_s, pair.anaOps}})[u"ok"_s].toBool());
        QVERIFY(pair.ben.ask(u"timeline"_s, {{u"conversation"_s, pair.benOps}})[u"ok"_s].toBool());
        const QStringList anaAcknowledged = acknowledgedOf(pair.ana, anaSent);
        const QStringList benAcknowledged = acknowledgedOf(pair.ben, benSent);
        for (const auto& [client, sent, acknowledged] :
            {std::tuple(&pair.ana, anaSent, anaAcknowledged), std::tuple(&pair.ben, benSent, benAcknowledged)}) {
            if (!mayDie.contains(client))
                QCOMPARE(acknowledged.size(), kEach); // nobody killed this one: every single send is acknowledged
            else
                QVERIFY(acknowledged.size() >= kEach - kKills * 2 * kAhead); // else the kills would not be in the middle of anything
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            pair.ana.ask(u"outbox"_s)[u"items"_s].toArray().isEmpty() && pair.ben.ask(u"outbox"_s)[u"items"_s].toArray().isEmpty(), 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(pair.ana.texts(pair.anaOps).size(), pair.ben.texts(pair.benOps).size(), 30'000);
        const QStringList texts = pair.ana.texts(pair.anaOps);
        QCOMPARE(pair.ben.texts(pair.benOps), texts);
        checkExactlyOnce(texts, anaAcknowledged);
        checkExactlyOnce(texts, benAcknowledged);
        qInfo() << kills << "kills; acknowledged" << anaAcknowledged.size() << "+" << benAcknowledged.size() << "of 1000; in the room"
                << texts.size();
    }
};

QTEST_GUILESS_MAIN(TestTwoProcesses)
#include "tst_twoprocesses.moc"
