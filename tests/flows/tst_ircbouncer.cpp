// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Long absences: a server that keeps history (soju, before an InspIRCd) gives all of it back.
#include "ircplaces.h"
#include "servers/rawirc.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace ridealong::tests;

class TestIrcBouncer : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_place = {}; }

    void givesBackEverythingThatWasMissed_data();
    void givesBackEverythingThatWasMissed();
    void showsToOneMachineWhatTheOtherSaid();

private:
    QString add(HeadlessClient& client);
    /// Says it all in #ops, as fast as the server reads.
    static bool say(RawIrc& irc, const QStringList& texts);

    std::unique_ptr<Certificates> m_certificates;
    IrcPlace m_place;
};

void TestIrcBouncer::init()
{
    m_certificates = std::make_unique<Certificates>();
    m_place = makeIrcPlace(*m_certificates, u"soju"_s);
    NEED(m_place);
    START(m_place);
}

QString TestIrcBouncer::add(HeadlessClient& client)
{
    QJsonObject options = m_place.options;
    options[u"tls"_s] = false;
    return addIrc(client, u"ana"_s, m_place.plain, options, m_place.more);
}

bool TestIrcBouncer::say(RawIrc& irc, const QStringList& texts)
{
    constexpr qsizetype kAtOnce = 200; // well within the server's receive queue
    for (qsizetype at = 0; at < texts.size(); at += kAtOnce) {
        QByteArray lines;
        for (const QString& text : texts.mid(at, kAtOnce))
            lines += "PRIVMSG #ops :" + text.toUtf8() + "\r\n";
        irc.sayRaw(lines + "PING :" + QByteArray::number(at) + "\r\n");
        if (irc.expect("PONG").isEmpty())
            return false;
    }
    return true;
}

/// RIDEALONG_MISSED says how many (QTEST_FUNCTION_TIMEOUT must then allow for it).
void TestIrcBouncer::givesBackEverythingThatWasMissed_data()
{
    QTest::addColumn<bool>("killed");
    QTest::newRow("disconnected") << false;
    QTest::newRow("process killed") << true;
}

void TestIrcBouncer::givesBackEverythingThatWasMissed()
{
    QFETCH(bool, killed);
    const int wanted = qEnvironmentVariableIntValue("RIDEALONG_MISSED");
    const int missed = wanted > 0 ? wanted : 2000;
    RawIrc bob;
    QVERIFY(bob.connectPlain(m_place.others) && bob.registerAs("bob") && bob.join("#ops"));
    QTemporaryDir folder;
    HeadlessClient ana(folder.filePath(u"ana"_s));
    ana.start();
    const QString account = add(ana);
    QVERIFY(waitConnected(ana));
    const QString room = ana.room(account, u"#ops"_s);
    QVERIFY(!room.isEmpty());
    QStringList expected{u"before"_s};
    QVERIFY(say(bob, expected));
    QTRY_COMPARE_WITH_TIMEOUT(ana.texts(room), expected, kIrcPatienceMs);

    if (killed)
        ana.killHard();
    else
        QVERIFY(ana.ask(u"account.disconnect"_s, {{u"account"_s, account}})[u"ok"_s].toBool());
    for (int i = 0; i < missed; ++i)
        expected.append(u"missed %1"_s.arg(i));
    QVERIFY2(say(bob, expected.mid(1)), qPrintable(bob.error()));

    QElapsedTimer time;
    time.start();
    ana.forgetEvents();
    if (killed)
        comeBack(ana, account, m_place.more);
    else
        QVERIFY(ana.ask(u"account.connect"_s, {{u"account"_s, account}})[u"ok"_s].toBool());
    QVERIFY(waitConnected(ana));
    QVERIFY(say(bob, {u"after"_s}));
    expected.append(u"after"_s);
    const auto filled = ana.waitFor(
        u"gap"_s, [](const QJsonObject& e) { return e[u"filled"_s].toBool() || e[u"lost"_s].toBool(); }, 10 * kIrcPatienceMs);
    QVERIFY2(filled[u"filled"_s].toBool(), "the gap is not filled");
    QTRY_COMPARE_WITH_TIMEOUT(ana.texts(room, missed + 100).size(), expected.size(), kIrcPatienceMs);
    QCOMPARE(ana.texts(room, missed + 100), expected);
    QVERIFY(ana.ask(u"timeline"_s, {{u"conversation"_s, room}, {u"limit"_s, missed + 100}})[u"gaps"_s].toArray().isEmpty());
    qInfo() << missed << "missed messages were there after" << time.elapsed() << "ms";
}

/// One person at two machines, on one connection to the server: each sees what the other said, once, and as their own.
void TestIrcBouncer::showsToOneMachineWhatTheOtherSaid()
{
    QTemporaryDir folder;
    HeadlessClient desk(folder.filePath(u"desk"_s)), laptop(folder.filePath(u"laptop"_s));
    QStringList rooms;
    for (HeadlessClient* client : {&desk, &laptop}) {
        client->start();
        const QString account = add(*client);
        QVERIFY(waitConnected(*client));
        rooms.append(client->room(account, u"#ops"_s));
    }
    desk.ask(u"send"_s, {{u"conversation"_s, rooms[0]}, {u"text"_s, u"from the desk"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(laptop.texts(rooms[1]), QStringList(u"from the desk"_s), kIrcPatienceMs);
    laptop.ask(u"send"_s, {{u"conversation"_s, rooms[1]}, {u"text"_s, u"from the laptop"_s}});
    const QStringList both{u"from the desk"_s, u"from the laptop"_s};
    QTRY_COMPARE_WITH_TIMEOUT(desk.texts(rooms[0]), both, kIrcPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(laptop.texts(rooms[1]), both, kIrcPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(desk.ask(u"outbox"_s)[u"items"_s].toArray().isEmpty(), kIrcPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(laptop.ask(u"outbox"_s)[u"items"_s].toArray().isEmpty(), kIrcPatienceMs);
}

QTEST_GUILESS_MAIN(TestIrcBouncer)
#include "tst_ircbouncer.moc"
