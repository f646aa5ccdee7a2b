// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/needserver.h"
#include "servers/bots.h"
#include "servers/countingxmppclient.h"
#include "servers/ejabberd.h"
#include "servers/faultproxy.h"
#include "servers/prosody.h"
#include "servers/rawxmpp.h"

#include <QTest>

using namespace ridealong::tests;

namespace {

constexpr char kRoom[] = "ops@conference.chat.test";

} // namespace

/// What stands beside the client in a room of an XMPP server: bots and a second client. Each function runs once for each server.
class TestXmppCompanions : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();

    void errbotAnswers_data() { servers(); }
    void errbotAnswers();
    void hubotAnswersInEveryShape_data() { servers(); }
    void hubotAnswersInEveryShape();
    void hubotNamesTheMessageItAnswers_data() { servers(); }
    void hubotNamesTheMessageItAnswers();
    void hubotComesBackAfterACut_data() { servers(); }
    void hubotComesBackAfterACut();
    void hubotGivesUpOnAWrongPassword_data() { servers(); }
    void hubotGivesUpOnAWrongPassword();
    void counterSeesEachMessageOnce_data() { servers(); }
    void counterSeesEachMessageOnce();
    void counterComesBackAfterAKill_data() { servers(); }
    void counterComesBackAfterAKill();

private:
    static void servers();
    XmppServer& server() const { return QByteArray(QTest::currentDataTag()) == "Prosody" ? *m_prosody : *m_ejabberd; }
    static XmppSeat seat(const XmppServer& server, const QString& name) { return {server, name, QStringLiteral("pw-") + name}; }
    bool enter(RawXmpp& xmpp) const
    {
        return xmpp.signIn(server().startTlsPort(), m_certificates->caFile(), "alice", "pw-alice") && xmpp.join(kRoom, "alice");
    }

    std::unique_ptr<Certificates> m_certificates;
    std::unique_ptr<XmppServer> m_prosody;
    std::unique_ptr<XmppServer> m_ejabberd;
};

void TestXmppCompanions::initTestCase()
{
    m_certificates = std::make_unique<Certificates>();
    m_prosody = std::make_unique<Prosody>(*m_certificates);
    m_ejabberd = std::make_unique<Ejabberd>(*m_certificates);
    for (XmppServer* each : {m_prosody.get(), m_ejabberd.get()}) {
        if (!each->missing().isEmpty())
            continue;
        START(*each);
        for (const char* name : {"alice", "errbot", "hubot", "counter"})
            QVERIFY2(each->addUser(QLatin1String(name), QStringLiteral("pw-") + QLatin1String(name)), qPrintable(each->error()));
        QVERIFY2(each->makeRoom(QStringLiteral("ops")), qPrintable(each->error()));
    }
}

void TestXmppCompanions::cleanupTestCase()
{
    m_prosody.reset();
    m_ejabberd.reset();
}

void TestXmppCompanions::servers()
{
    QTest::addColumn<bool>("isProsody");
    QTest::newRow("Prosody") << true;
    QTest::newRow("ejabberd") << false;
}

void TestXmppCompanions::errbotAnswers()
{
    NEED(server());
    ErrbotBot bot(seat(server(), QStringLiteral("errbot")));
    NEED(bot);
    START(bot);
    RawXmpp alice;
    QVERIFY2(enter(alice), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "!say hello", "e1");
    QVERIFY2(alice.expect("<body>hello").contains("ops@conference.chat.test/errbot"),
        qPrintable(alice.error() + QString::fromUtf8(bot.log().right(2000))));
    alice.sayInRoom(kRoom, "!deploy --version 7 staging", "e2");
    for (const char* percent : {"20%", "40%", "60%", "80%", "100%"})
        QVERIFY2(alice.expect("deploying 7 to staging").contains(percent), qPrintable(alice.error()));
    QVERIFY(!alice.expect(">done").isEmpty());
    alice.sayInRoom(kRoom, "!nosuch", "e3");
    QVERIFY2(!alice.expect("not found").isEmpty(), qPrintable(alice.error()));
}

void TestXmppCompanions::hubotAnswersInEveryShape()
{
    NEED(server());
    HubotBot bot(seat(server(), QStringLiteral("hubot")));
    NEED(bot);
    START(bot);
    RawXmpp alice;
    QVERIFY2(enter(alice), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "hubot echo grüße &lt;b&gt;", "h1");
    QVERIFY2(!alice.expect("<body>grüße &lt;b").isEmpty(), qPrintable(alice.error() + QString::fromUtf8(bot.log().right(2000))));
    alice.say("<message type='chat' to='hubot@chat.test' id='h2'><body>echo in private</body></message>");
    QVERIFY2(alice.expect("<body>in private").contains("hubot@chat.test/hubot"), qPrintable(alice.error()));
    alice.say("<message type='chat' to='ops@conference.chat.test/hubot' id='h3'><body>echo whispered</body></message>");
    QVERIFY2(alice.expect("<body>whispered").contains("ops@conference.chat.test/hubot"), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "hubot ansi", "h4");
    QVERIFY2(!alice.expect("<body>Build OK</body>").isEmpty(), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "hubot json", "h5");
    QVERIFY2(alice.expect("service").contains("\n  "), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "hubot table", "h6");
    QVERIFY(!alice.expect("web-2  down   --").isEmpty());
    alice.sayInRoom(kRoom, "hubot deploy staging", "h7");
    for (const char* percent : {"20%", "40%", "60%", "80%", "100%"})
        QVERIFY2(alice.expect("deploying staging").contains(percent), qPrintable(alice.error()));
    QVERIFY(!alice.expect("alice: done").isEmpty());
    alice.sayInRoom(kRoom, "hubot crash", "h8");
    QVERIFY2(!alice.expect("Error: crashed as asked").isEmpty(), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "hubot echo still here", "h9");
    QVERIFY(!alice.expect("<body>still here").isEmpty());
}

void TestXmppCompanions::hubotNamesTheMessageItAnswers()
{
    NEED(server());
    HubotBot bot(seat(server(), QStringLiteral("hubot")));
    NEED(bot);
    START(bot);
    RawXmpp alice;
    QVERIFY2(enter(alice), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "hubot echo tagged", "t1");
    const QByteArray own = alice.expect("hubot echo tagged").replace('"', '\'');
    const QByteArray stanzaId = own.mid(own.indexOf("<stanza-id"));
    const QByteArray id = stanzaId.mid(stanzaId.indexOf(" id='") + 5).split('\'').first();
    const QByteArray answer = alice.expect("<body>tagged").replace('"', '\'');
    QVERIFY2(answer.contains("urn:xmpp:reply:0") && answer.contains("id='" + id + "'"),
        qPrintable(QString::fromUtf8(own + answer) + alice.error() + QString::fromUtf8(bot.log().right(1000))));
}

void TestXmppCompanions::hubotComesBackAfterACut()
{
    NEED(server());
    FaultProxy proxy(server().startTlsPort());
    XmppSeat through = seat(server(), QStringLiteral("hubot"));
    through.port = proxy.port();
    HubotBot bot(through);
    NEED(bot);
    START(bot);
    RawXmpp alice;
    QVERIFY2(enter(alice), qPrintable(alice.error()));
    alice.take();
    proxy.cut();
    QVERIFY2(!alice.expect("ops@conference.chat.test/hubot").isEmpty(), qPrintable(alice.error()));
    // The server may keep the dead session for a while; the bot is back when it hears us.
    QVERIFY2(QTest::qWaitFor(
                 [&alice] {
                     alice.sayInRoom(kRoom, "hubot echo back again", "b1");
                     return !alice.expect("<body>back again", 500).isEmpty();
                 },
                 20'000),
        qPrintable(alice.error() + QString::fromUtf8(bot.log().right(1000))));
}

void TestXmppCompanions::hubotGivesUpOnAWrongPassword()
{
    NEED(server());
    HubotBot bot(XmppSeat(server(), QStringLiteral("hubot"), QStringLiteral("wrong")));
    NEED(bot);
    QVERIFY(!bot.start());
    QVERIFY2(
        bot.error().contains(QLatin1String("ended with 1")) && bot.log().contains("refused the account: not-authorized"), qPrintable(bot.error()));
}

void TestXmppCompanions::counterSeesEachMessageOnce()
{
    NEED(server());
    CountingXmppClient counter(seat(server(), QStringLiteral("counter")));
    NEED(counter);
    RawXmpp alice;
    QVERIFY2(enter(alice), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "said before it came", "before");
    QVERIFY(!alice.expect("said before").isEmpty());
    START(counter);
    QStringList said;
    for (int i = 0; i < 300; ++i) {
        said += QStringLiteral("message %1 ü").arg(i);
        alice.sayInRoom(kRoom, said.last().toUtf8(), "c" + QByteArray::number(i));
    }
    QTRY_COMPARE_WITH_TIMEOUT(counter.textsOf(QStringLiteral("alice")).size(), said.size(), 20'000);
    QCOMPARE(counter.textsOf(QStringLiteral("alice")), said);
}

void TestXmppCompanions::counterComesBackAfterAKill()
{
    NEED(server());
    CountingXmppClient counter(seat(server(), QStringLiteral("counter")));
    NEED(counter);
    START(counter);
    server().kill();
    QTRY_VERIFY(!counter.isInRoom());
    START(server());
    QTRY_VERIFY_WITH_TIMEOUT(counter.isInRoom(), 20'000);
    RawXmpp alice;
    QVERIFY2(enter(alice), qPrintable(alice.error()));
    alice.sayInRoom(kRoom, "after the restart", "r1");
    QTRY_COMPARE(counter.textsOf(QStringLiteral("alice")), QStringList{QStringLiteral("after the restart")});
}

QTEST_GUILESS_MAIN(TestXmppCompanions)
#include "tst_xmppcompanions.moc"
