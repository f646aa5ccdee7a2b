// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The whole client without a window, on real IRC servers, beside real bots, over a line that breaks.
#include "servers/bots.h"
#include "servers/countingclient.h"
#include "servers/faultproxy.h"
#include "servers/inspircd.h"
#include "servers/ngircd.h"
#include "support/headlessclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace ridealong::tests;

namespace {

constexpr int kPatienceMs = 60'000;

/// Both servers are met in the same way.
struct Place
{
    std::unique_ptr<TestServer> server;
    quint16 plain = 0;
    quint16 tls = 0;
};

Place makePlace(const Certificates& certificates, const QString& kind)
{
    Place place;
    if (kind == "InspIRCd"_L1) {
        InspIrcd::Options options;
        options.channels = {{u"#ops"_s, u"Deploys"_s, 50}, {u"#bots"_s, {}, 0}};
        auto server = std::make_unique<InspIrcd>(certificates, options);
        place.plain = server->plainPort();
        place.tls = server->tlsPort();
        place.server = std::move(server);
    } else {
        auto server = std::make_unique<NgIrcd>(certificates);
        place.plain = server->plainPort();
        place.tls = server->tlsPort();
        place.server = std::move(server);
    }
    return place;
}

QString addIrc(HeadlessClient& client, const QString& nick, quint16 port, QJsonObject options)
{
    options[u"proxy"_s] = u"direct"_s;
    return client
        .ask(u"account.add"_s,
            {{u"backend"_s, u"irc"_s}, {u"name"_s, u"IRC"_s}, {u"user"_s, nick}, {u"server"_s, u"127.0.0.1:%1"_s.arg(port)},
                {u"options"_s, options}})[u"account"_s]
        .toString();
}

bool waitConnected(HeadlessClient& client)
{
    return !client
                .waitFor(
                    u"connection"_s, [](const auto& e) { return e[u"state"_s] == u"connected"_s; }, kPatienceMs)
                .isEmpty();
}

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
        Place place = makePlace(certificates, kind);
        if (!place.server->missing().isEmpty())
            QSKIP(qPrintable(place.server->missing()));
        QVERIFY2(place.server->start(), qPrintable(place.server->error()));
        CountingClient counter(place.plain, u"#ops"_s);
        QVERIFY2(counter.start(), qPrintable(counter.error()));

        QTemporaryDir folder;
        HeadlessClient ana(folder.filePath(u"ana"_s));
        ana.start();
        // The certificate is checked: without the authority nothing is said to the server.
        const QString distrusting = addIrc(ana, u"eve"_s, place.tls, {});
        const auto refused = ana.waitFor(
            u"connection"_s, [](const auto& e) { return e[u"state"_s] == u"failed"_s; }, kPatienceMs);
        QVERIFY2(refused[u"detail"_s].toString().contains(u"certificate"_s, Qt::CaseInsensitive) || !refused[u"detail"_s].toString().isEmpty(),
            "no reason given");
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

    void talksWithRealBots_data() { joinsAndTalks_data(); }
    void talksWithRealBots()
    {
        QFETCH(QString, kind);
        const Certificates certificates;
        Place place = makePlace(certificates, kind);
        if (!place.server->missing().isEmpty())
            QSKIP(qPrintable(place.server->missing()));
        QVERIFY2(place.server->start(), qPrintable(place.server->error()));
        HubotBot hubot({place.plain, u"#bots"_s});
        ErrbotBot errbot({place.plain, u"#bots"_s});
        for (TestServer* bot : {static_cast<TestServer*>(&hubot), static_cast<TestServer*>(&errbot)}) {
            if (!bot->missing().isEmpty())
                QSKIP(qPrintable(bot->missing()));
            QVERIFY2(bot->start(), qPrintable(bot->error()));
        }
        QTemporaryDir folder;
        HeadlessClient ana(folder.filePath(u"ana"_s));
        ana.start();
        const QString account
            = addIrc(ana, u"ana"_s, place.plain, {{u"tls"_s, false}, {u"channels"_s, u"#bots"_s}, {u"bots"_s, QJsonArray{u"hubot"_s, u"errbot"_s}}});
        QVERIFY(waitConnected(ana));
        const QString room = ana.room(account, u"#bots"_s);
        QVERIFY(!room.isEmpty());
        const auto hears = [&](const QString& command, const QString& bot, const QString& part) {
            ana.forgetEvents();
            const QString txn = ana.ask(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, command}})[u"txn"_s].toString();
            return !ana.waitFor(
                           u"message"_s, [&](const auto& e) { return e[u"sender"_s] == bot && e[u"text"_s].toString().contains(part); }, kPatienceMs)
                        .isEmpty();
        };
        QVERIFY(hears(u"!say one two"_s, u"errbot"_s, u"one two"_s));
        QVERIFY(hears(u"hubot echo three four"_s, u"hubot"_s, u"three four"_s));
    }

    /// Sends while the line breaks at random bytes, stalls, and the process is killed; counted by a client of another make.
    void losesAndDoublesNothing_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("fault");
        for (const char* kind : {"InspIRCd", "ngIRCd"})
            for (const char* fault : {"cut", "stall", "kill"})
                QTest::addRow("%s, %s", kind, fault) << QString::fromLatin1(kind) << QString::fromLatin1(fault);
    }
    void losesAndDoublesNothing()
    {
        QFETCH(QString, kind);
        QFETCH(QString, fault);
        const int sends = qEnvironmentVariableIntValue("RIDEALONG_SENDS") > 0 ? qEnvironmentVariableIntValue("RIDEALONG_SENDS") : 200;
        const int faultEvery = 40;
        constexpr int kFewestFaults = 4;
        const Certificates certificates;
        Place place = makePlace(certificates, kind);
        if (!place.server->missing().isEmpty())
            QSKIP(qPrintable(place.server->missing()));
        QVERIFY2(place.server->start(), qPrintable(place.server->error()));
        CountingClient counter(place.plain, u"#ops"_s);
        QVERIFY2(counter.start(), qPrintable(counter.error()));
        FaultProxy proxy(place.plain, 7);
        QTemporaryDir folder;
        HeadlessClient ana(folder.filePath(u"ana"_s));
        ana.start();
        const QString account = addIrc(ana, u"ana"_s, proxy.port(), {{u"tls"_s, false}, {u"channels"_s, u"#ops"_s}});
        QVERIFY(waitConnected(ana));
        const QString room = ana.room(account, u"#ops"_s);
        QVERIFY(!room.isEmpty());

        QRandomGenerator random(7);
        QStringList accepted; // stored in the outbox, in order
        int faults = 0;
        for (int i = 0; i < sends; ++i) {
            const QString text = u"message %1"_s.arg(i);
            const int id = ana.post(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, text}});
            if (i % faultEvery == faultEvery - 1) {
                ++faults;
                if (fault == "cut"_L1) {
                    proxy.cutAtRandom(random.bounded(2) ? Way::ToServer : Way::ToClient, 1, 400);
                } else if (fault == "stall"_L1) {
                    proxy.stall(random.bounded(2) ? Way::ToServer : Way::ToClient);
                    ana.ask(u"outbox"_s); // meanwhile it sends into the stalled line
                    proxy.cut();
                    proxy.pass();
                } else {
                    ana.killHard();
                    ana.start();
                    continue; // nobody was told that this one is accepted
                }
            }
            if (QTest::qWaitFor([&] { return ana.replies().contains(id) || !ana.isRunning(); }, kPatienceMs)
                && ana.replies().value(id)[u"ok"_s].toBool())
                accepted += text;
        }
        QVERIFY(faults >= std::min(kFewestFaults, sends / faultEvery));
        // Every send ends in a state that can be seen: sent, or kept with its reason.
        QHash<QString, QString> kept;
        const bool settled = QTest::qWaitFor(
            [&] {
                kept.clear();
                bool moving = false;
                for (const QJsonValue& item : ana.ask(u"outbox"_s)[u"items"_s].toArray()) {
                    const QString state = item[u"state"_s].toString();
                    moving = moving || (state != "failed"_L1 && state != "review"_L1);
                    kept.insert(item[u"text"_s].toString(), state);
                }
                return !moving;
            },
            5 * kPatienceMs);
        QVERIFY2(settled, "the outbox does not come to rest");
        QTRY_VERIFY_WITH_TIMEOUT(counter.textsOf(u"ana"_s).size() + counter.textsOf(u"ana_"_s).size() + kept.size() >= accepted.size(), kPatienceMs);

        QStringList seen;
        for (const CountingClient::Seen& message : counter.seen())
            if (message.nick.startsWith(u"ana"_s))
                seen += message.text;
        QStringList lost, doubled;
        for (const QString& text : accepted) {
            if (seen.count(text) > 1)
                doubled += text;
            if (seen.count(text) == 0 && !kept.contains(text))
                lost += text;
        }
        QVERIFY2(lost.isEmpty(), qPrintable(u"lost: "_s + lost.join(u", "_s)));
        QVERIFY2(doubled.isEmpty(), qPrintable(u"doubled: "_s + doubled.join(u", "_s)));
        qsizetype last = -1;
        for (const QString& text : std::as_const(seen)) {
            const qsizetype at = accepted.indexOf(text);
            QVERIFY2(at < 0 || at > last, qPrintable(u"out of order: "_s + text));
            last = std::max(last, at);
        }
        qInfo() << accepted.size() << "accepted," << seen.size() << "seen by the other client," << kept.size() << "kept for their author," << faults
                << "faults";
        QVERIFY(seen.size() > accepted.size() / 2); // it is about sending, after all
    }
};

QTEST_GUILESS_MAIN(TestIrcServers)
#include "tst_ircservers.moc"
