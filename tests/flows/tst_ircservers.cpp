// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The whole client without a window, on real IRC servers, beside real bots, over a line that breaks.
#include "ircplaces.h"
#include "servers/bots.h"
#include "servers/countingclient.h"
#include "servers/faultproxy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace ridealong::tests;

namespace {

constexpr int kPatienceMs = kIrcPatienceMs;

/// What became of every message: by the other client, the outbox and the sender's own timeline.
struct Account
{
    QHash<QString, int> seen; ///< by the other client, and how often
    QHash<QString, QString> kept; ///< in the outbox, for its author, and in which state
    QSet<QString> sent; ///< in the sender's timeline
};

} // namespace

class TestIrcServers : public QObject
{
    Q_OBJECT
private slots:
    void joinsAndTalks_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("InspIRCd") << u"InspIRCd"_s;
        QTest::newRow("ngIRCd") << u"ngIRCd"_s;
    }
    void joinsAndTalks()
    {
        QFETCH(QString, kind);
        const Certificates certificates;
        QVERIFY2(certificates.areMade(), qPrintable(certificates.error()));
        IrcPlace place = makeIrcPlace(certificates, kind);
        NEED(place);
        START(place);
        CountingClient counter(place.plain, u"#ops"_s);
        NEED(counter);
        START(counter);

        QTemporaryDir folder;
        HeadlessClient ana(folder.filePath(u"ana"_s));
        ana.start();
        // The certificate is checked: without the authority nothing is said to the server.
        const QString distrusting = addIrc(ana, u"eve"_s, place.tls, {});
        const auto refused = ana.waitFor(
            u"connection"_s, [](const auto& e) { return e[u"state"_s] == u"failed"_s; }, kPatienceMs);
        QVERIFY2(refused[u"detail"_s].toString().contains(u"certificate"_s, Qt::CaseInsensitive), qPrintable(refused[u"detail"_s].toString()));
        QVERIFY(ana.ask(u"account.disconnect"_s, {{u"account"_s, distrusting}})[u"ok"_s].toBool());
        ana.forgetEvents();

        const QString account = addIrc(ana, u"ana"_s, place.tls, {{u"caFile"_s, certificates.caFile()}});
        QVERIFY(waitConnected(ana));
        const auto joined = ana.ask(u"conversation.join"_s, {{u"account"_s, account}, {u"name"_s, u"#ops"_s}});
        QVERIFY2(joined[u"ok"_s].toBool(), qPrintable(joined[u"error"_s].toObject()[u"detail"_s].toString()));
        const QString room = joined[u"conversation"_s].toString();
        const auto txn = ana.ask(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, u"hello é 😀"_s}})[u"txn"_s].toString();
        const auto sent = ana.waitFor(
            u"outbox"_s, [&](const auto& e) { return e[u"txn"_s] == txn && e[u"state"_s] == u"sent"_s; }, kPatienceMs);
        if (sent.isEmpty())
            for (const QJsonObject& event : ana.events())
                qWarning().noquote() << QJsonDocument(event).toJson(QJsonDocument::Compact);
        QVERIFY(!sent.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(counter.textsOf(u"ana"_s), QStringList(u"hello é 😀"_s), kPatienceMs);
        QCOMPARE(ana.texts(room), QStringList(u"hello é 😀"_s));
        QCOMPARE(ana.quit(), 0);

        // Another day: it is in its room by itself, and what was said is there.
        ana.start();
        QVERIFY(!ana.waitFor(
                        u"connection"_s, [&](const auto& e) { return e[u"account"_s] == account && e[u"state"_s] == u"connected"_s; }, kPatienceMs)
                     .isEmpty());
        ana.ask(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, u"again"_s}});
        QTRY_COMPARE_WITH_TIMEOUT(counter.textsOf(u"ana"_s).size(), 2, kPatienceMs);
        QCOMPARE(ana.texts(room), (QStringList{u"hello é 😀"_s, u"again"_s}));
    }

    void talksWithRealBots_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("bot");
        for (const char* kind : {"InspIRCd", "ngIRCd"})
            for (const char* bot : {"hubot", "errbot"})
                QTest::addRow("%s, %s", kind, bot) << QString::fromLatin1(kind) << QString::fromLatin1(bot);
    }
    void talksWithRealBots()
    {
        QFETCH(QString, kind);
        QFETCH(QString, bot);
        const Certificates certificates;
        IrcPlace place = makeIrcPlace(certificates, kind);
        NEED(place);
        START(place);
        const bool isHubot = bot == "hubot"_L1;
        const BotPlace at{place.plain, u"#bots"_s};
        const auto running = isHubot ? std::unique_ptr<TestServer>(std::make_unique<HubotBot>(at)) : std::make_unique<ErrbotBot>(at);
        NEED(*running);
        START(*running);
        QTemporaryDir folder;
        HeadlessClient ana(folder.filePath(u"ana"_s));
        ana.start();
        const QString account = addIrc(ana, u"ana"_s, place.plain, {{u"tls"_s, false}, {u"channels"_s, u"#bots"_s}, {u"bots"_s, QJsonArray{bot}}});
        QVERIFY(waitConnected(ana));
        const QString room = ana.room(account, u"#bots"_s);
        QVERIFY(!room.isEmpty());
        ana.ask(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, isHubot ? u"hubot echo three four"_s : u"!say three four"_s}});
        QVERIFY(!ana.waitFor(
                        u"message"_s, [&](const auto& e) { return e[u"sender"_s] == bot && e[u"text"_s].toString().contains(u"three four"_s); },
                        kPatienceMs)
                     .isEmpty());
    }

    /// Sends while the line breaks at random bytes, stalls, our process is killed, or the server is; counted by a client of another
    /// make. RIDEALONG_SENDS says how many (QTEST_FUNCTION_TIMEOUT must then allow for it).
    void losesAndDoublesNothing_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("fault");
        for (const char* kind : {"InspIRCd", "ngIRCd", "soju"})
            for (const char* fault : {"cut", "stall", "kill", "server"})
                QTest::addRow("%s, %s", kind, fault) << QString::fromLatin1(kind) << QString::fromLatin1(fault);
    }
    void losesAndDoublesNothing()
    {
        QFETCH(QString, kind);
        QFETCH(QString, fault);
        const int sends = qEnvironmentVariableIntValue("RIDEALONG_SENDS") > 0 ? qEnvironmentVariableIntValue("RIDEALONG_SENDS") : 200;
        const int faultEvery = 40;
        constexpr int kAtOnce = 5; // handed in before the first of them is answered
        constexpr int kFewestFaults = 4;
        const Certificates certificates;
        IrcPlace place = makeIrcPlace(certificates, kind);
        NEED(place);
        START(place);
        CountingClient counter(place.others, u"#ops"_s);
        NEED(counter);
        START(counter);
        FaultProxy proxy(place.plain, 7);
        QTemporaryDir folder;
        HeadlessClient ana(folder.filePath(u"ana"_s));
        ana.start();
        QJsonObject options = place.options;
        options[u"tls"_s] = false;
        options[u"channels"_s] = u"#ops"_s;
        const QString account = addIrc(ana, u"ana"_s, proxy.port(), options, place.more);
        QVERIFY(waitConnected(ana));
        const QString room = ana.room(account, u"#ops"_s);
        QVERIFY(!room.isEmpty());

        QRandomGenerator random(7);
        QStringList accepted; // stored in the outbox, in order
        QList<std::pair<int, QString>> asked; // and nobody said yet whether it is
        const auto hear = [&](int patienceMs) {
            for (const auto& [id, text] : std::exchange(asked, {}))
                if (QTest::qWaitFor([&, id = id] { return ana.replies().contains(id) || !ana.isRunning(); }, patienceMs)
                    && ana.replies().value(id)[u"ok"_s].toBool())
                    accepted += text;
        };
        int faults = 0;
        for (int i = 0; i < sends; ++i) {
            const QString text = u"message %1"_s.arg(i);
            asked.append({ana.post(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, text}}), text});
            if (i % faultEvery == faultEvery - 1) {
                ++faults;
                if (fault == "cut"_L1) {
                    proxy.cutAtRandom(random.bounded(2) ? Way::ToServer : Way::ToClient, 1, 400);
                } else if (fault == "stall"_L1) {
                    proxy.stall(random.bounded(2) ? Way::ToServer : Way::ToClient);
                    ana.ask(u"outbox"_s); // meanwhile it sends into the stalled line
                    proxy.cut();
                    proxy.pass();
                } else if (fault == "server"_L1) {
                    // Somewhere in one of the next lines; when all are sent already, at rest.
                    const qint64 mark = proxy.bytesPassed(Way::ToServer) + random.bounded(200);
                    (void)QTest::qWaitFor([&] { return proxy.bytesPassed(Way::ToServer) >= mark; }, 500);
                    killServer(place, proxy, counter);
                    if (QTest::currentTestFailed())
                        return;
                } else {
                    ana.killHard();
                    hear(0); // those whose answer came; of the others nobody knows whether they are accepted
                    comeBack(ana, account, place.more);
                }
            }
            if (asked.size() >= kAtOnce || i == sends - 1)
                hear(kPatienceMs);
            // Handing in is quicker than sending: without this all faults of a long run would fall into its beginning.
            if (i % faultEvery == faultEvery - 1)
                QVERIFY2(catchesUp(ana, faultEvery), "the outbox does not move");
        }
        QVERIFY(faults >= std::min(kFewestFaults, sends / faultEvery));
        QVERIFY2(catchesUp(ana, 0), "the outbox does not come to rest");
        Account found;
        found.kept = kept(ana);
        proxy.pass();
        ana.ask(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, u"end"_s}}); // whoever sees it has seen all before it
        QTRY_VERIFY_WITH_TIMEOUT(counter.textsOf(u"ana"_s).contains(u"end"_s) || counter.textsOf(u"ana_"_s).contains(u"end"_s), kPatienceMs);
        found.sent = sentOf(ana, room);
        // Nobody but the server and us knows of a message that it took and died with: one a fault at the most, as one is on its way at a time.
        checkAccount(accepted, counter, found, fault == "server"_L1 ? faults : 0);
        qInfo() << accepted.size() << "accepted," << found.seen.size() << "seen by the other client," << found.kept.size() << "kept for their author,"
                << faults << "faults";
        QVERIFY(found.seen.size() > accepted.size() / 2); // it is about sending, after all
    }

private:
    /// SIGKILL, and a new one on the same port. The other client is there before we are: what is said from then on is seen.
    void killServer(IrcPlace& place, FaultProxy& proxy, const CountingClient& counter)
    {
        const int joinings = counter.joinings();
        proxy.refuse();
        place.server->kill();
        QVERIFY2(place.server->start(), qPrintable(place.error()));
        if (!place.behind)
            QTRY_VERIFY_WITH_TIMEOUT(counter.joinings() > joinings, kPatienceMs);
        proxy.pass();
    }

    /// What is in the outbox, and in which state.
    static QHash<QString, QString> kept(HeadlessClient& client)
    {
        QHash<QString, QString> states;
        for (const QJsonValue& item : client.ask(u"outbox"_s)[u"items"_s].toArray())
            states.insert(item[u"text"_s].toString(), item[u"state"_s].toString());
        return states;
    }

    /// Waits until at most `behind` sends have not ended in a state that can be seen: sent, or kept with its reason. False: nothing moves any more.
    static bool catchesUp(HeadlessClient& client, qsizetype behind)
    {
        const auto moving = [&client] {
            const QHash<QString, QString> states = kept(client);
            return std::ranges::count_if(states, [](const QString& state) { return state != "failed"_L1 && state != "review"_L1; });
        };
        for (auto left = moving(); left > behind;) {
            const auto before = left;
            if (!QTest::qWaitFor([&] { return (left = moving()) < before; }, 2 * kPatienceMs))
                return false;
        }
        return true;
    }

    static QSet<QString> sentOf(HeadlessClient& client, const QString& room)
    {
        QSet<QString> all;
        for (const QString& text : client.texts(room, 20'000))
            all.insert(text);
        return all;
    }

    static void checkAccount(const QStringList& accepted, const CountingClient& counter, Account& found, int mayDieWithTheServer)
    {
        QHash<QString, qsizetype> places;
        for (qsizetype i = 0; i < accepted.size(); ++i)
            places.insert(accepted[i], i);
        qsizetype last = -1;
        for (const CountingClient::Seen& message : counter.seen()) {
            if (!message.nick.startsWith(u"ana"_s))
                continue;
            QVERIFY2(++found.seen[message.text] == 1, qPrintable(u"doubled: "_s + message.text));
            const qsizetype at = places.value(message.text, -1);
            QVERIFY2(at < 0 || at > last, qPrintable(u"out of order: "_s + message.text));
            last = std::max(last, at);
        }
        QStringList lost, died;
        for (const QString& text : accepted)
            if (!found.seen.contains(text) && !found.kept.contains(text))
                (found.sent.contains(text) ? died : lost).append(text);
        QVERIFY2(lost.isEmpty(), qPrintable(u"lost: "_s + lost.join(u", "_s)));
        QVERIFY2(died.size() <= mayDieWithTheServer, qPrintable(u"taken by the server and seen by nobody: "_s + died.join(u", "_s)));
        if (!died.isEmpty())
            qInfo() << died.size() << "taken by a server that died with them; in the sender's timeline";
    }
};

QTEST_GUILESS_MAIN(TestIrcServers)
#include "tst_ircservers.moc"
