// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/countingclient.h"
#include "servers/faultproxy.h"
#include "servers/needserver.h"
#include "support/headlessclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>

namespace ridealong::tests {

/// Where the fault suite runs: a server, a client of another make in the room, and an account that goes there through a line that breaks.
struct FaultPlace
{
    TestServer& server; ///< the one that is killed
    quint16 port = 0; ///< of the server, behind the line
    CountingClient& counter; ///< in the room, by a line of its own
    bool counterFollows = true; ///< it is on the server that is killed, and must be back before we are
    /// Adds the account through the line's port, in the room from its start; answers with its id.
    std::function<QString(HeadlessClient&, quint16 port)> add;
    std::function<void(HeadlessClient&, const QString& account)> comeBack; ///< after our process was killed
    QString room; ///< as the sidebar names it
};

/// Sends while the line breaks at random bytes ("cut"), stalls ("stall"), our process is killed ("kill") or the server is ("server"); counted
/// by a client of another make. RIDEALONG_SENDS says how many (QTEST_FUNCTION_TIMEOUT must then allow for it). Call it from a test function.
class FaultSuite
{
public:
    explicit FaultSuite(FaultPlace place) : m_place(std::move(place)) {}
    void losesAndDoublesNothing(const QString& fault);

private:
    static constexpr int kPatienceMs = 60'000;
    /// What became of every message: by the other client, the outbox and the sender's own timeline.
    struct Account
    {
        QHash<QString, int> seen; ///< by the other client, and how often
        QHash<QString, QString> kept; ///< in the outbox, for its author, and in which state
        QSet<QString> sent; ///< in the sender's timeline
    };

    void killServer(FaultProxy& proxy);
    QString notSeen(HeadlessClient& client);
    static QHash<QString, QString> kept(HeadlessClient& client);
    static bool catchesUp(HeadlessClient& client, qsizetype behind);
    static QSet<QString> sentOf(HeadlessClient& client, const QString& room);
    static void checkAccount(const QStringList& accepted, const CountingClient& counter, Account& found, int mayDieWithTheServer);

    FaultPlace m_place;
};

inline void FaultSuite::losesAndDoublesNothing(const QString& fault)
{
    const int sends = qEnvironmentVariableIntValue("RIDEALONG_SENDS") > 0 ? qEnvironmentVariableIntValue("RIDEALONG_SENDS") : 200;
    const int faultEvery = 40;
    constexpr int kAtOnce = 5; // handed in before the first of them is answered
    constexpr int kFewestFaults = 4;
    using namespace Qt::StringLiterals;
    CountingClient& counter = m_place.counter;
    FaultProxy proxy(m_place.port, 7);
    QTemporaryDir folder;
    HeadlessClient ana(folder.filePath(u"ana"_s));
    ana.start();
    const QString account = m_place.add(ana, proxy.port());
    const auto isConnected = [](const QJsonObject& event) { return event[u"state"_s] == u"connected"_s; };
    QVERIFY(!ana.waitFor(u"connection"_s, isConnected, kPatienceMs).isEmpty());
    const QString room = ana.room(account, m_place.room);
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
                killServer(proxy);
                if (QTest::currentTestFailed())
                    return;
            } else {
                ana.killHard();
                hear(0); // those whose answer came; of the others nobody knows whether they are accepted
                m_place.comeBack(ana, account);
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
    const bool isSeen
        = QTest::qWaitFor([&] { return counter.textsOf(u"ana"_s).contains(u"end"_s) || counter.textsOf(u"ana_"_s).contains(u"end"_s); }, kPatienceMs);
    QVERIFY2(isSeen, qPrintable(notSeen(ana)));
    found.sent = sentOf(ana, room);
    // Nobody but the server and us knows of a message that it took and died with: one a fault at the most, as one is on its way at a time.
    checkAccount(accepted, counter, found, fault == "server"_L1 ? faults : 0);
    qInfo() << accepted.size() << "accepted," << found.seen.size() << "seen by the other client," << found.kept.size() << "kept for their author,"
            << faults << "faults";
    if (found.seen.size() <= accepted.size() / 2)
        for (const QJsonObject& event : ana.events())
            if (!event[u"detail"_s].toString().isEmpty())
                qWarning() << event;
    QVERIFY(found.seen.size() > accepted.size() / 2); // it is about sending, after all
}

/// What everybody knew when the last message did not come.
inline QString FaultSuite::notSeen(HeadlessClient& client)
{
    using namespace Qt::StringLiterals;
    const CountingClient& counter = m_place.counter;
    QStringList words{u"the other client, in the room %1, came in %2 times and saw %3:"_s.arg(counter.isInRoom())
                          .arg(counter.joinings())
                          .arg(counter.seen().size())};
    for (const CountingClient::Seen& seen : counter.seen().last(std::min<qsizetype>(3, counter.seen().size())))
        words += u"%1: %2"_s.arg(seen.nick, seen.text);
    words += u"ours:"_s;
    const auto states = kept(client);
    for (auto state = states.cbegin(); state != states.cend(); ++state)
        words += u"%1 is %2"_s.arg(state.key(), state.value());
    const QList<QJsonObject> events = client.events();
    for (const QJsonObject& event : events.last(std::min<qsizetype>(5, events.size())))
        words += QString::fromUtf8(QJsonDocument(event).toJson(QJsonDocument::Compact).left(300));
    return words.join(u'\n');
}

/// SIGKILL, and a new one on the same port. The other client is there before we are: what is said from then on is seen.
inline void FaultSuite::killServer(FaultProxy& proxy)
{
    const int joinings = m_place.counter.joinings();
    proxy.refuse();
    m_place.server.kill();
    QVERIFY2(m_place.server.start(), qPrintable(m_place.server.error()));
    if (m_place.counterFollows)
        QTRY_VERIFY_WITH_TIMEOUT(m_place.counter.joinings() > joinings, kPatienceMs);
    proxy.pass();
}

/// What is in the outbox, and in which state.
inline QHash<QString, QString> FaultSuite::kept(HeadlessClient& client)
{
    using namespace Qt::StringLiterals;
    QHash<QString, QString> states;
    for (const QJsonValue& item : client.ask(u"outbox"_s)[u"items"_s].toArray())
        states.insert(item[u"text"_s].toString(), item[u"state"_s].toString());
    return states;
}

/// Waits until at most `behind` sends have not ended in a state that can be seen: sent, or kept with its reason. False: nothing moves any more.
inline bool FaultSuite::catchesUp(HeadlessClient& client, qsizetype behind)
{
    using namespace Qt::StringLiterals;
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

inline QSet<QString> FaultSuite::sentOf(HeadlessClient& client, const QString& room)
{
    QSet<QString> all;
    for (const QString& text : client.texts(room, 20'000))
        all.insert(text);
    return all;
}

inline void FaultSuite::checkAccount(const QStringList& accepted, const CountingClient& counter, Account& found, int mayDieWithTheServer)
{
    using namespace Qt::StringLiterals;
    QHash<QString, qsizetype> places;
    for (qsizetype i = 0; i < accepted.size(); ++i)
        places.insert(accepted[i], i);
    qsizetype last = -1;
    const QList<CountingClient::Seen>& seen = counter.seen();
    for (qsizetype i = 0; i < seen.size(); ++i) {
        const CountingClient::Seen& message = seen[i];
        if (!message.nick.startsWith(u"ana"_s))
            continue;
        if (++found.seen[message.text] > 1) {
            QStringList before;
            for (qsizetype earlier = std::max<qsizetype>(0, i - 5); earlier < i; ++earlier)
                before += seen[earlier].nick + u": "_s + seen[earlier].text;
            QFAIL(qPrintable(
                u"doubled: %1, behind %2; the other client came in %3 times"_s.arg(message.text, before.join(u", "_s)).arg(counter.joinings())));
        }
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

} // namespace ridealong::tests
