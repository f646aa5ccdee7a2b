// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The whole client without a window, on real IRC servers, beside real bots, over a line that breaks.
#include "faultsuite.h"
#include "ircplaces.h"
#include "servers/bots.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace ridealong::tests;

namespace {

constexpr int kPatienceMs = kIrcPatienceMs;

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
        QTRY_COMPARE_WITH_TIMEOUT(ana.texts(room), (QStringList{u"hello é 😀"_s, u"again"_s}), kPatienceMs); // the other client may be quicker
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
        const Certificates certificates;
        IrcPlace place = makeIrcPlace(certificates, kind);
        NEED(place);
        START(place);
        CountingClient counter(place.others, u"#ops"_s);
        NEED(counter);
        START(counter);
        const auto add = [&place](HeadlessClient& client, quint16 port) {
            QJsonObject options = place.options;
            options[u"tls"_s] = false;
            options[u"channels"_s] = u"#ops"_s;
            return addIrc(client, u"ana"_s, port, options, place.more);
        };
        const auto back = [&place](HeadlessClient& client, const QString& account) { comeBack(client, account, place.more); };
        FaultSuite({*place.server, place.plain, counter, !place.behind, add, back, u"#ops"_s}).losesAndDoublesNothing(fault);
    }
};

QTEST_GUILESS_MAIN(TestIrcServers)
#include "tst_ircservers.moc"
