// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/needserver.h"
#include "servers/bots.h"
#include "servers/countingclient.h"
#include "servers/faultproxy.h"
#include "servers/gnomekeyring.h"
#include "servers/inspircd.h"
#include "servers/ngircd.h"
#include "servers/rawirc.h"
#include "servers/soju.h"
#include "servers/waituntil.h"

#include <QJsonDocument>
#include <QTest>

using namespace ridealong::tests;
using namespace Qt::StringLiterals;

/// What stands beside the client in a room or on its machine: bots, a second client, a bouncer, a keyring.
class TestCompanions : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();

    void hubotAnswersOnBothServers_data() { servers(); }
    void hubotAnswersOnBothServers();
    void hubotAnswersInEveryShape();
    void hubotAsksBeforeItRunsACommand();
    void hubotListsItsCommandsInTheClassicWay();
    void hubotNamesTheMessageItAnswers();
    void hubotLogsInOverTls();
    void hubotComesBackAfterACut();
    void errbotAnswersOnBothServers_data() { servers(); }
    void errbotAnswersOnBothServers();
    void errbotGivesATableWithItsWords();
    void counterSeesEachMessageOnce_data() { servers(); }
    void counterSeesEachMessageOnce();
    void counterComesBackAfterAKill();
    void sojuKeepsHistoryAndReadMarkers();
    void keyringKeepsASecretOverARestart();

private:
    void servers();
    quint16 portOf(const QString& server) const { return server == QStringLiteral("inspircd") ? m_inspIrcd->plainPort() : m_ngIrcd->plainPort(); }
    /// A person in the channel; `capabilities` are asked for.
    void enter(RawIrc& irc, quint16 port, const QByteArray& nick = "alice", const QByteArray& capabilities = {});

    std::unique_ptr<Certificates> m_certificates;
    std::unique_ptr<InspIrcd> m_inspIrcd;
    std::unique_ptr<NgIrcd> m_ngIrcd;
};

void TestCompanions::initTestCase()
{
    m_certificates = std::make_unique<Certificates>();
    m_inspIrcd = std::make_unique<InspIrcd>(*m_certificates, InspIrcd::Options{.channels = {{.name = QStringLiteral("#past"), .historyLines = 50}}});
    m_ngIrcd = std::make_unique<NgIrcd>(*m_certificates);
    NEED(*m_inspIrcd);
    NEED(*m_ngIrcd);
    START(*m_inspIrcd);
    START(*m_ngIrcd);
}

void TestCompanions::cleanupTestCase()
{
    m_inspIrcd.reset();
    m_ngIrcd.reset();
}

void TestCompanions::servers()
{
    QTest::addColumn<QString>("server");
    QTest::newRow("InspIRCd") << QStringLiteral("inspircd");
    QTest::newRow("ngIRCd") << QStringLiteral("ngircd");
}

void TestCompanions::enter(RawIrc& irc, quint16 port, const QByteArray& nick, const QByteArray& capabilities)
{
    QVERIFY2(irc.connectPlain(port), qPrintable(irc.error()));
    if (!capabilities.isEmpty()) {
        irc.say("CAP REQ :" + capabilities);
        irc.say("CAP END");
    }
    QVERIFY2(irc.registerAs(nick) && irc.join("#ops"), qPrintable(irc.error()));
}

void TestCompanions::hubotAnswersOnBothServers()
{
    QFETCH(QString, server);
    HubotBot bot({.port = portOf(server)});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, portOf(server));
    alice.say("PRIVMSG #ops :hubot echo grüße");
    QVERIFY2(alice.expect("PRIVMSG #ops :").endsWith(":grüße"), qPrintable(alice.error() + QString::fromUtf8(bot.log().right(2000))));
    alice.say("PRIVMSG hubot :echo in private");
    QVERIFY2(alice.expect("PRIVMSG alice :").endsWith(":in private"), qPrintable(alice.error()));
}

void TestCompanions::hubotAnswersInEveryShape()
{
    HubotBot bot({.port = m_inspIrcd->plainPort()});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, m_inspIrcd->plainPort());
    alice.say("PRIVMSG #ops :hubot ansi");
    QVERIFY(alice.expect("PRIVMSG").endsWith(":\x1b[1mBuild\x1b[0m \x1b[32mOK\x1b[0m"));
    alice.say("PRIVMSG #ops :hubot json");
    QVERIFY(!alice.expect(":  \"service\": \"api\",").isEmpty());
    alice.say("PRIVMSG #ops :hubot table");
    QVERIFY(!alice.expect(":web-2  down   --").isEmpty());
    alice.say("PRIVMSG #ops :hubot deploy staging");
    for (const char* percent : {"20%", "40%", "60%", "80%", "100%"})
        QVERIFY2(alice.expect("deploying staging").contains(percent), qPrintable(alice.error()));
    QVERIFY(!alice.expect(":alice: done").isEmpty());
    alice.say("PRIVMSG #ops :hubot slow 20");
    QVERIFY(!alice.expect(":alice: slow is done").isEmpty());
    alice.say("PRIVMSG #ops :hubot crash");
    QVERIFY2(!alice.expect(":Error: crashed as asked").isEmpty(), qPrintable(alice.error()));
    alice.say("PRIVMSG #ops :hubot wide");
    QByteArray wide;
    while (wide.size() < 200 * 9 - 1) {
        const QByteArray line = alice.expect("PRIVMSG #ops :");
        QVERIFY2(!line.isEmpty() && line.size() <= 510, qPrintable(alice.error()));
        wide += line.mid(line.indexOf(" :") + 2);
    }
    QCOMPARE(wide, QByteArray("wide € ").repeated(200).trimmed());
    alice.say("PRIVMSG #ops :hubot echo still here");
    QVERIFY(!alice.expect(":still here").isEmpty());
}

void TestCompanions::hubotAsksBeforeItRunsACommand()
{
    HubotBot bot({.port = m_inspIrcd->plainPort()});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, m_inspIrcd->plainPort());
    alice.say("PRIVMSG #ops :hubot help");
    QVERIFY2(!alice.expect("deploy.run - Deploy a service").isEmpty(), qPrintable(alice.error()));
    alice.say("PRIVMSG #ops :hubot deploy.run --env staging --version 1.2");
    QVERIFY(!alice.expect("Preview: deploy.run --env staging").isEmpty());
    QVERIFY(!alice.expect("Run it? (yes/no)").isEmpty());
    alice.say("PRIVMSG #ops :hubot yes");
    QVERIFY2(!alice.expect("deployed 1.2 to staging").isEmpty(), qPrintable(alice.error()));
}

void TestCompanions::hubotListsItsCommandsInTheClassicWay()
{
    HubotBot bot({.port = m_inspIrcd->plainPort()}, {.classicHelp = true});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, m_inspIrcd->plainPort());
    alice.say("PRIVMSG #ops :hubot help");
    QVERIFY2(!alice.expect(":hubot deploy <env> - progress in 5 steps").isEmpty(), qPrintable(alice.error()));
}

void TestCompanions::hubotNamesTheMessageItAnswers()
{
    HubotBot bot({.port = m_inspIrcd->plainPort()});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, m_inspIrcd->plainPort(), "alice", "message-tags echo-message");
    alice.say("PRIVMSG #ops :hubot echo tagged");
    const QByteArray own = alice.expect(":hubot echo tagged");
    const QByteArray id = own.mid(own.indexOf("msgid=") + 6).split(';').first().split(' ').first();
    QVERIFY2(alice.expect(":tagged").contains("+draft/reply=" + id), qPrintable(alice.error()));
}

void TestCompanions::hubotLogsInOverTls()
{
    InspIrcd server(*m_certificates, {.name = QStringLiteral("inspircd-accounts"), .withAtheme = true});
    NEED(server);
    START(server);
    QVERIFY2(server.registerAccount("robo", "s3cret"), qPrintable(server.error()));
    HubotBot bot({.port = server.tlsPort()},
        {.environment = {{QStringLiteral("HUBOT_IRC_TLS"), QStringLiteral("1")}, {QStringLiteral("HUBOT_IRC_TLS_CA"), m_certificates->caFile()},
             {QStringLiteral("HUBOT_IRC_SASL_USER"), QStringLiteral("robo")},
             {QStringLiteral("HUBOT_IRC_SASL_PASSWORD"), QStringLiteral("s3cret")}}});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, server.plainPort());
    alice.say("WHOIS hubot");
    QVERIFY2(alice.expect(" 330 ").contains(" robo "), qPrintable(alice.error()));
}

void TestCompanions::hubotComesBackAfterACut()
{
    FaultProxy proxy(m_ngIrcd->plainPort());
    HubotBot bot({.port = proxy.port()});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, m_ngIrcd->plainPort());
    proxy.cut();
    QVERIFY(!alice.expect("QUIT").isEmpty());
    QVERIFY2(!alice.expect("JOIN").isEmpty(), qPrintable(alice.error()));
    alice.say("PRIVMSG #ops :hubot echo back again");
    QVERIFY2(!alice.expect(":back again").isEmpty(), qPrintable(alice.error()));
}

void TestCompanions::errbotAnswersOnBothServers()
{
    QFETCH(QString, server);
    ErrbotBot bot({.port = portOf(server)});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, portOf(server));
    alice.say("PRIVMSG #ops :!say hello");
    QVERIFY2(alice.expect("PRIVMSG #ops").contains(":hello"), qPrintable(alice.error()));
    alice.say("PRIVMSG #ops :!deploy --version 7 staging");
    for (const char* percent : {"20%", "40%", "60%", "80%", "100%"})
        QVERIFY2(alice.expect("deploying 7 to staging").contains(percent), qPrintable(alice.error()));
    QVERIFY(!alice.expect(":done").isEmpty());
    alice.say("PRIVMSG #ops :!nosuch");
    QVERIFY(!alice.expect("not found").isEmpty());
}

void TestCompanions::errbotGivesATableWithItsWords()
{
    ErrbotBot bot({.port = m_inspIrcd->plainPort()}, {.runEvents = true});
    NEED(bot);
    START(bot);
    RawIrc alice;
    enter(alice, m_inspIrcd->plainPort(), "alice", "message-tags");
    alice.say("PRIVMSG #ops :!hosts");
    const QByteArray line = alice.expect("PRIVMSG #ops");
    const QByteArray tag = "+ridealong.dev/run=";
    QVERIFY2(line.contains(":web-1 up, web-2 down") && line.contains(tag), qPrintable(alice.error() + QString::fromUtf8(bot.log().right(2000))));
    const QByteArray event = line.mid(line.indexOf(tag) + tag.size()).split(' ').first().split(';').first();
    const QJsonDocument read = QJsonDocument::fromJson(QByteArray::fromBase64(event, QByteArray::Base64UrlEncoding));
    const QJsonValue table = read["data"_L1]["bundle"_L1]["application/vnd.dataresource+json"_L1];
    QCOMPARE(table["schema"_L1]["fields"_L1][1]["name"_L1].toString(), u"state"_s);
    QCOMPARE(table["data"_L1][1][0].toString(), u"web-2"_s);
}

void TestCompanions::counterSeesEachMessageOnce()
{
    QFETCH(QString, server);
    CountingClient counter(portOf(server), QStringLiteral("#ops"));
    NEED(counter);
    START(counter);
    RawIrc alice;
    enter(alice, portOf(server));
    QStringList said;
    for (int i = 0; i < 500; ++i) {
        said += QStringLiteral("message %1 ü").arg(i);
        alice.say("PRIVMSG #ops :" + said.last().toUtf8());
    }
    alice.say("PRIVMSG #ops :\xff is no UTF-8");
    said += QStringLiteral("\uFFFD is no UTF-8");
    QTRY_COMPARE_WITH_TIMEOUT(counter.textsOf(QStringLiteral("alice")).size(), said.size(), 20'000);
    QCOMPARE(counter.textsOf(QStringLiteral("alice")), said);
}

void TestCompanions::counterComesBackAfterAKill()
{
    InspIrcd server(*m_certificates, {.name = QStringLiteral("inspircd-killed")});
    CountingClient counter(server.plainPort(), QStringLiteral("#ops"));
    NEED(server);
    NEED(counter);
    START(server);
    START(counter);
    server.kill();
    QTRY_VERIFY(!counter.isInRoom());
    START(server);
    QTRY_VERIFY_WITH_TIMEOUT(counter.isInRoom(), 20'000);
    RawIrc alice;
    enter(alice, server.plainPort());
    alice.say("PRIVMSG #ops :after the restart");
    QTRY_COMPARE(counter.textsOf(QStringLiteral("alice")), QStringList{QStringLiteral("after the restart")});
}

void TestCompanions::sojuKeepsHistoryAndReadMarkers()
{
    Soju soju(m_inspIrcd->plainPort());
    NEED(soju);
    START(soju);
    RawIrc alice;
    QVERIFY(alice.connectPlain(soju.port()));
    alice.say("CAP LS 302");
    const QByteArray capabilities = alice.expect(" LS ");
    QVERIFY2(capabilities.contains("draft/chathistory"), capabilities.constData());
    alice.say("CAP REQ :batch server-time message-tags draft/chathistory draft/read-marker");
    alice.say(QByteArray("PASS ") + Soju::kPassword);
    alice.say("NICK alice");
    alice.say(QByteArray("USER ") + Soju::kUser + '/' + Soju::kNetwork + " 0 * :alice");
    alice.say("CAP END");
    QVERIFY2(!alice.expect(" 001 ").isEmpty(), qPrintable(alice.error()));
    QVERIFY(alice.join("#kept"));

    RawIrc bob;
    QVERIFY(bob.connectPlain(m_inspIrcd->plainPort()) && bob.registerAs("bob") && bob.join("#kept"));
    bob.say("PRIVMSG #kept :number one");
    bob.say("PRIVMSG #kept :number two");
    QVERIFY2(!alice.expect(":number two").isEmpty(), qPrintable(alice.error()));
    QVERIFY2(soju.restart(), qPrintable(soju.error())); // what it keeps, it keeps on disk

    RawIrc again;
    QVERIFY(again.connectPlain(soju.port()));
    again.say("CAP LS 302");
    again.say("CAP REQ :batch server-time message-tags draft/chathistory draft/read-marker");
    again.say(QByteArray("PASS ") + Soju::kPassword);
    again.say("NICK alice");
    again.say(QByteArray("USER ") + Soju::kUser + '/' + Soju::kNetwork + " 0 * :alice");
    again.say("CAP END");
    QVERIFY2(!again.expect(" 001 ").isEmpty(), qPrintable(again.error()));
    again.say("CHATHISTORY LATEST #kept * 10");
    const QByteArray batch = again.expect("BATCH +");
    QVERIFY2(batch.contains("chathistory"), qPrintable(again.error()));
    QVERIFY(!again.expect(":number one").isEmpty());
    QVERIFY(!again.expect(":number two").isEmpty());
    again.say("CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2099-01-01T00:00:00.000Z 10");
    QVERIFY2(!again.expect("CHATHISTORY TARGETS #kept").isEmpty(), qPrintable(again.error()));
    again.say("MARKREAD #kept timestamp=2026-01-01T00:00:00.000Z");
    QVERIFY2(!again.expect("MARKREAD #kept timestamp=2026-01-01T00:00:00.000Z").isEmpty(), qPrintable(again.error()));
}

void TestCompanions::keyringKeepsASecretOverARestart()
{
    GnomeKeyring keyring;
    NEED(keyring);
    START(keyring);
    const auto secretTool = [&keyring](const QStringList& arguments, const QByteArray& input) {
        QProcess tool;
        tool.setProcessEnvironment(keyring.environment());
        tool.start(QStringLiteral("secret-tool"), arguments);
        tool.write(input);
        tool.closeWriteChannel();
        return waitUntil([&tool] { return tool.state() == QProcess::NotRunning; }) && tool.exitCode() == 0
            ? tool.readAllStandardOutput()
            : QByteArray("failed: ") + tool.readAllStandardError();
    };
    const QStringList attributes{QStringLiteral("service"), QStringLiteral("chat"), QStringLiteral("account"), QStringLiteral("alice")};
    QCOMPARE(secretTool(QStringList{QStringLiteral("store"), QStringLiteral("--label=test")} + attributes, "pässword"), QByteArray());
    QCOMPARE(secretTool(QStringList{QStringLiteral("lookup")} + attributes, {}), QByteArray("pässword"));
    QVERIFY2(keyring.restart(), qPrintable(keyring.error()));
    QCOMPARE(secretTool(QStringList{QStringLiteral("lookup")} + attributes, {}), QByteArray("pässword"));
}

QTEST_GUILESS_MAIN(TestCompanions)
#include "tst_companions.moc"
