// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The whole client without a window, on real XMPP servers, also over a line that breaks.
#include "faultsuite.h"
#include "servers/countingxmppclient.h"
#include "servers/ejabberd.h"
#include "servers/prosody.h"

#include <QFile>
#include <QJsonDocument>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace ridealong::tests;

class TestXmppClients : public QObject
{
    Q_OBJECT
private slots:
    void losesAndDoublesNothing_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("resumes");
        QTest::addColumn<QString>("fault");
        for (const char* kind : {"Prosody", "ejabberd"})
            for (const bool resumes : {true, false})
                for (const char* fault : {"cut", "stall", "kill", "server"})
                    QTest::addRow("%s%s, %s", kind, resumes ? "" : " without resumption", fault)
                        << QString::fromLatin1(kind) << resumes << QString::fromLatin1(fault);
    }
    void losesAndDoublesNothing()
    {
        QFETCH(QString, kind);
        QFETCH(bool, resumes);
        QFETCH(QString, fault);
        const Certificates certificates;
        const std::unique_ptr<XmppServer> server = makeServer(certificates, kind, {.resumption = resumes});
        NEED(*server);
        START(*server);
        QVERIFY2(server->makeRoom(u"ops"_s), qPrintable(server->error()));
        for (const char* user : {"ana", "counter"})
            QVERIFY2(server->addUser(QLatin1String(user), m_password), qPrintable(server->error()));
        CountingXmppClient counter(XmppSeat(*server, u"counter"_s, m_password));
        NEED(counter);
        START(counter);
        const auto add = [this, &server](HeadlessClient& client, quint16 port) { return addAccount(client, *server, port); };
        const auto back = [this](HeadlessClient& client, const QString& account) {
            client.start(); // its secrets were in memory only
            const QJsonObject secret{{u"account"_s, account}, {u"password"_s, m_password}};
            (void)QTest::qWaitFor([&] { return client.ask(u"account.update"_s, secret)[u"ok"_s].toBool(); }, 60'000);
        };
        FaultSuite({*server, server->startTlsPort(), counter, true, add, back, u"ops"_s}).losesAndDoublesNothing(fault);
    }

    /// Rooms drop people silently: nothing tells us until we speak (XEP-0410).
    void goesInAgainWhenTheRoomHasForgottenUs()
    {
        const Certificates certificates;
        Prosody server(certificates, {});
        NEED(server);
        START(server);
        QVERIFY2(server.makeRoom(u"ops"_s) && server.addUser(u"ana"_s, m_password), qPrintable(server.error()));
        QTemporaryDir folder;
        HeadlessClient ana(folder.filePath(u"ana"_s));
        ana.start();
        const QString account = addAccount(ana, server, server.startTlsPort());
        const QString room = ana.room(account, u"ops"_s);
        QVERIFY(!room.isEmpty());
        QVERIFY(isSent(ana, room, u"before"_s));
        QVERIFY2(server.forgetOccupants(u"ops"_s), qPrintable(server.error()));
        QVERIFY(isSent(ana, room, u"after"_s));
        QVERIFY(
            std::ranges::any_of(ana.events(), [](const QJsonObject& event) { return event[u"detail"_s].toString().contains("not-acceptable"_L1); }));
        QTRY_COMPARE_WITH_TIMEOUT(ana.texts(room), QStringList({u"before"_s, u"after"_s}), 60'000);
    }

    void carriesAFileUpAndDown_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("Prosody") << u"Prosody"_s;
        QTest::newRow("ejabberd") << u"ejabberd"_s;
    }
    void carriesAFileUpAndDown()
    {
        QFETCH(QString, kind);
        const Certificates certificates;
        const std::unique_ptr<XmppServer> server = makeServer(certificates, kind, {});
        NEED(*server);
        START(*server);
        QVERIFY2(server->makeRoom(u"ops"_s) && server->addUser(u"ana"_s, m_password), qPrintable(server->error()));
        QTemporaryDir folder;
        HeadlessClient ana(folder.filePath(u"ana"_s));
        ana.start();
        const QString room = ana.room(addAccount(ana, *server, server->startTlsPort()), u"ops"_s);
        QVERIFY(!room.isEmpty());
        const QString path = folder.filePath(u"what went out.log"_s), back = folder.filePath(u"back.log"_s);
        const QByteArray bytes = QByteArray("host 7 is quiet\n").repeated(20'000);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        QVERIFY(isSent(ana, room, u"the log"_s, {path}));
        QString message;
        QTRY_VERIFY_WITH_TIMEOUT(
            !(message = ana.ask(u"timeline"_s, {{u"conversation"_s, room}})[u"messages"_s][0][u"id"_s].toString()).isEmpty(), 60'000);
        const auto saved = ana.ask(u"file.save"_s, {{u"conversation"_s, room}, {u"message"_s, message}, {u"path"_s, back}});
        QVERIFY2(saved[u"ok"_s].toBool(), QJsonDocument(saved).toJson().constData());
        QFile again(back);
        QVERIFY(again.open(QIODevice::ReadOnly));
        QVERIFY(again.readAll() == bytes);
    }

private:
    static std::unique_ptr<XmppServer> makeServer(const Certificates& certificates, const QString& kind, const XmppOptions& options)
    {
        if (kind == "Prosody"_L1)
            return std::make_unique<Prosody>(certificates, options);
        return std::make_unique<Ejabberd>(certificates, options);
    }
    static bool isSent(HeadlessClient& client, const QString& room, const QString& text, const QStringList& files = {})
    {
        const QJsonValue transaction
            = client.ask(u"send"_s, {{u"conversation"_s, room}, {u"text"_s, text}, {u"files"_s, QJsonArray::fromStringList(files)}})[u"txn"_s];
        const auto isIt = [&](const QJsonObject& event) { return event[u"txn"_s] == transaction && event[u"state"_s] == u"sent"_s; };
        return !client.waitFor(u"outbox"_s, isIt, 60'000).isEmpty();
    }

    QString addAccount(HeadlessClient& client, const XmppServer& server, quint16 port) const
    {
        return client
            .ask(u"account.add"_s,
                {{u"backend"_s, u"xmpp"_s}, {u"name"_s, u"XMPP"_s}, {u"user"_s, u"ana@"_s + QLatin1String(XmppServer::kDomain)},
                    {u"password"_s, m_password}, {u"server"_s, u"127.0.0.1:%1"_s.arg(port)},
                    {u"options"_s,
                        QJsonObject{{u"caFile"_s, server.caFile()}, {u"proxy"_s, u"direct"_s},
                            {u"rooms"_s, u"ops@"_s + QLatin1String(XmppServer::kRooms)}}}})[u"account"_s]
            .toString();
    }

    const QString m_password = u"xmpp-secret"_s;
};

QTEST_GUILESS_MAIN(TestXmppClients)
#include "tst_xmppclients.moc"
