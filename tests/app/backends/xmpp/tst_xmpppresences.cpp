// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "people.h"

#include "xmpp/capabilities.h"
#include "xmpp/presences.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using chat::Presence;
using xmpp::ClientPresence;
using xmpp::Presences;
using Show = ClientPresence::Show;

namespace {

const xmpp::Jid kBob = jid(u"bob@chat.test"_s);

QByteArray presence(const QByteArray& from, const QByteArray& content = {}, const QByteArray& type = {})
{
    return "<presence from='" + from + "'" + (type.isEmpty() ? QByteArray() : " type='" + type + "'") + ">" + content + "</presence>";
}

struct Room : Desk
{
    Presences presences{outlet, xmpp.settings.account, [](const xmpp::Jid& bare) { return bare.node().startsWith(u"bob"); }};
    QStringList changed;
    QByteArray caps = xmpp::Capabilities::ownElement().toXml();

    Room()
    {
        QObject::connect(&presences, &Presences::changed, &presences, [this](const xmpp::Jid& bare) { changed << bare.toString(); });
        presences.begin(self());
        expect("<presence>" + caps + "</presence>");
    }
    bool hear(const QByteArray& xml) { return presences.handle(ScriptedStream::read(xml)); }
    QStringList resources(const xmpp::Jid& bare = kBob) const
    {
        QStringList all;
        for (const ClientPresence& client : presences.clients(bare))
            all << client.resource;
        return all;
    }
};

} // namespace

class TestXmppPresences : public QObject
{
    Q_OBJECT
private slots:
    void seesWhoComesAndGoes();
    void knowsHowSomebodyIsThere_data();
    void knowsHowSomebodyIsThere();
    void countsTheClientThatIsMostThere();
    void takesABareAddressForAllItsClients();
    void takesAnErrorForAbsence();
    void seesOwnOtherClients();
    void ignoresStrangers_data();
    void ignoresStrangers();
    void forgetsAllOnANewStream();
    void tellsThatItIsAway();
    void tellsThatItIsAwayOnTheNextStream();
    void tellsRooms();
    void listsSoManyPeopleAndNoMore();
    void listsSoManyClientsOfOneAndNoMore();
    void cutsWhatIsTooLong();
};

void TestXmppPresences::seesWhoComesAndGoes()
{
    Room room;
    QVERIFY(room.presences.presence(kBob) == Presence::Offline);
    QVERIFY(room.hear(presence("bob@chat.test/a")));
    QVERIFY(room.presences.presence(kBob) == Presence::Online);
    QVERIFY(room.hear(presence("bob@chat.test/a"))); // nothing new
    QCOMPARE(room.changed, QStringList({u"bob@chat.test"_s}));
    QVERIFY(room.hear(presence("bob@chat.test/b", {}, "unavailable"))); // never was there
    QVERIFY(room.hear(presence("bob@chat.test/a", "<status>bye</status>", "unavailable")));
    QVERIFY(room.presences.presence(kBob) == Presence::Offline);
    QVERIFY(room.hear(presence("bob@chat.test/a", {}, "unavailable")));
    QCOMPARE(room.changed, QStringList({u"bob@chat.test"_s, u"bob@chat.test"_s}));
}

void TestXmppPresences::knowsHowSomebodyIsThere_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("show");
    QTest::addColumn<int>("priority");
    QTest::addColumn<bool>("isAway");
    QTest::newRow("there") << QByteArray() << int(Show::Online) << 0 << false;
    QTest::newRow("wants to talk") << QByteArray("<show>chat</show><priority>5</priority>") << int(Show::Chat) << 5 << false;
    QTest::newRow("away") << QByteArray("<show>away</show><priority>-1</priority>") << int(Show::Away) << -1 << true;
    QTest::newRow("away for long") << QByteArray("<show>xa</show><priority>127</priority>") << int(Show::ExtendedAway) << 127 << true;
    QTest::newRow("busy") << QByteArray("<show>dnd</show><priority>-128</priority>") << int(Show::DoNotDisturb) << -128 << true;
    QTest::newRow("nonsense") << QByteArray("<show>AWAY</show><priority>high</priority>") << int(Show::Online) << 0 << false;
    QTest::newRow("too high") << QByteArray("<priority>128</priority>") << int(Show::Online) << 127 << false;
    QTest::newRow("too low") << QByteArray("<priority>-129</priority>") << int(Show::Online) << -128 << false;
}

void TestXmppPresences::knowsHowSomebodyIsThere()
{
    QFETCH(QByteArray, content);
    QFETCH(int, show);
    QFETCH(int, priority);
    QFETCH(bool, isAway);
    Room room;
    QVERIFY(room.hear(presence("bob@chat.test/a", content + "<status>in a meeting</status>")));
    const ClientPresence wanted{u"a"_s, Show(show), u"in a meeting"_s, priority};
    QVERIFY(room.presences.clients(kBob) == QList{wanted});
    QVERIFY(room.presences.presence(kBob) == (isAway ? Presence::Away : Presence::Online));
    QCOMPARE(room.presences.status(kBob), u"in a meeting"_s);
}

void TestXmppPresences::countsTheClientThatIsMostThere()
{
    Room room;
    (void)room.hear(presence("bob@chat.test/phone", "<show>away</show><priority>50</priority><status>phone</status>"));
    (void)room.hear(presence("bob@chat.test/tablet", "<show>xa</show><priority>50</priority>"));
    QVERIFY(room.presences.presence(kBob) == Presence::Away);
    (void)room.hear(presence("bob@chat.test/desk", "<status>desk</status>"));
    (void)room.hear(presence("bob@chat.test/lab", "<priority>1</priority><status>lab</status>"));
    (void)room.hear(presence("bob@chat.test/lab2", "<priority>1</priority><show>chat</show>"));
    QCOMPARE(room.resources(), QStringList({u"lab2"_s, u"lab"_s, u"desk"_s, u"phone"_s, u"tablet"_s}));
    QVERIFY(room.presences.presence(kBob) == Presence::Online);
    (void)room.hear(presence("bob@chat.test/lab2", "<priority>1</priority><show>dnd</show>"));
    QCOMPARE(room.presences.status(kBob), u"lab"_s);
    (void)room.hear(presence("bob@chat.test/lab", {}, "unavailable"));
    QCOMPARE(room.presences.status(kBob), u"desk"_s);
}

void TestXmppPresences::takesABareAddressForAllItsClients()
{
    Room room;
    (void)room.hear(presence("bob@chat.test/a"));
    (void)room.hear(presence("bob@chat.test/b"));
    QVERIFY(room.hear(presence("bob@chat.test", {}, "unavailable")));
    QVERIFY(room.presences.presence(kBob) == Presence::Offline);
    QVERIFY(room.hear(presence("bob@chat.test"))); // a gateway's contacts have no clients
    QCOMPARE(room.resources(), QStringList({QString()}));
}

void TestXmppPresences::takesAnErrorForAbsence()
{
    Room room;
    (void)room.hear(presence("bob@chat.test/a"));
    QVERIFY(room.hear(presence("bob@chat.test", "<error type='cancel'/>", "error")));
    QVERIFY(room.presences.presence(kBob) == Presence::Offline);
}

void TestXmppPresences::seesOwnOtherClients()
{
    Room room;
    QVERIFY(room.hear(presence("ana@chat.test/desk"))); // this one
    QVERIFY(room.presences.clients(jid(u"ana@chat.test"_s)).isEmpty());
    QVERIFY(room.hear(presence("ana@chat.test/phone")));
    QCOMPARE(room.resources(jid(u"ana@chat.test"_s)), QStringList({u"phone"_s}));
}

void TestXmppPresences::ignoresStrangers_data()
{
    QTest::addColumn<QByteArray>("stanza");
    QTest::newRow("a stranger") << presence("eve@evil.test/x");
    QTest::newRow("a room") << here("ops@muc.test/bob");
    QTest::newRow("somebody in a room by a contact's name") << presence("ops@muc.test/bob@chat.test");
    QTest::newRow("nobody") << presence("@");
    QTest::newRow("no sender") << QByteArray("<presence/>");
    QTest::newRow("a request") << presence("bob@chat.test", {}, "subscribe");
    QTest::newRow("a probe") << presence("bob@chat.test/x", {}, "probe");
    QTest::newRow("a message") << QByteArray("<message from='bob@chat.test/x'/>");
}

void TestXmppPresences::ignoresStrangers()
{
    QFETCH(QByteArray, stanza);
    Room room;
    QVERIFY(!room.hear(stanza));
    QVERIFY(room.changed.isEmpty() && room.resources().isEmpty());
}

void TestXmppPresences::forgetsAllOnANewStream()
{
    Room room;
    int cleared = 0;
    connect(&room.presences, &Presences::cleared, this, [&] { ++cleared; });
    (void)room.hear(presence("bob@chat.test/a"));
    room.presences.begin(jid(u"ana@chat.test/other"_s));
    room.expect("<presence>" + room.caps + "</presence>");
    QCOMPARE(cleared, 1);
    QVERIFY(room.presences.presence(kBob) == Presence::Offline);
    QVERIFY(room.hear(presence("ana@chat.test/desk"))); // is another client now
    QCOMPARE(room.resources(jid(u"ana@chat.test"_s)), QStringList({u"desk"_s}));
}

void TestXmppPresences::tellsThatItIsAway()
{
    Room room;
    int told = 0;
    connect(&room.presences, &Presences::ownChanged, this, [&] { ++told; });
    room.presences.setAway(u"lunch"_s);
    room.expect("<presence><show>away</show><status>lunch</status>" + room.caps + "</presence>");
    room.presences.setAway(u"lunch"_s);
    room.expectNothing();
    QCOMPARE(told, 1);
    QCOMPARE(room.presences.awayReason(), u"lunch"_s);
    room.presences.setAway({});
    room.expect("<presence>" + room.caps + "</presence>");
    QCOMPARE(told, 2);
}

void TestXmppPresences::tellsThatItIsAwayOnTheNextStream()
{
    Room room;
    const auto send = std::exchange(room.outlet.send, {});
    bool isThere = false;
    xmpp::Outlet outlet = room.outlet;
    outlet.send = [&](const xmpp::Element& stanza) { return isThere ? send(stanza) : base::Status(base::Error{base::ErrorKind::Offline, {}, 0}); };
    Presences presences(outlet, room.self(), [](const xmpp::Jid&) { return false; });
    presences.setAway(u"lunch"_s);
    room.expectNothing();
    isThere = true;
    presences.begin(room.self());
    room.expect("<presence><show>away</show><status>lunch</status>" + room.caps + "</presence>");
}

void TestXmppPresences::tellsRooms()
{
    Room room;
    room.presences.setAway(u"lunch"_s);
    QCOMPARE(room.presences.own(jid(u"ops@muc.test/ana"_s)).toXml(xmpp::ns::kClient),
        ScriptedStream::read("<presence to='ops@muc.test/ana'><show>away</show><status>lunch</status>" + room.caps + "</presence>")
            .toXml(xmpp::ns::kClient));
}

void TestXmppPresences::listsSoManyPeopleAndNoMore()
{
    Room room;
    xmpp::Element stanza = ScriptedStream::read(presence("bob@chat.test/a"));
    for (qsizetype i = 0; i <= Presences::kMaxPeople; ++i) {
        stanza.setAttribute(u"from", u"bob%1@chat.test/a"_s.arg(i));
        QVERIFY(room.presences.handle(stanza));
    }
    QCOMPARE(room.changed.size(), Presences::kMaxPeople);
    QVERIFY(room.presences.presence(jid(u"bob%1@chat.test"_s.arg(Presences::kMaxPeople - 1))) == Presence::Online);
    QVERIFY(room.presences.presence(jid(u"bob%1@chat.test"_s.arg(Presences::kMaxPeople))) == Presence::Offline);
    (void)room.hear(presence("bob0@chat.test/b")); // who is there may have more
    QCOMPARE(room.resources(jid(u"bob0@chat.test"_s)).size(), 2);
}

void TestXmppPresences::listsSoManyClientsOfOneAndNoMore()
{
    Room room;
    for (qsizetype i = 0; i <= Presences::kMaxClientsOfOne; ++i)
        (void)room.hear(presence("bob@chat.test/" + QByteArray::number(i)));
    QCOMPARE(room.resources().size(), Presences::kMaxClientsOfOne);
    (void)room.hear(presence("bob@chat.test/0", "<show>away</show>")); // those who are there may change
    QCOMPARE(room.resources().last(), u"0"_s);
}

void TestXmppPresences::cutsWhatIsTooLong()
{
    Room room;
    (void)room.hear(presence("bob@chat.test/a", "<status>" + QByteArray(Presences::kMaxStatusChars, 'x') + "</status>"));
    QCOMPARE(room.presences.status(kBob).size(), Presences::kMaxStatusChars);
    (void)room.hear(presence("bob@chat.test/a", "<status>" + QByteArray(Presences::kMaxStatusChars + 1, 'x') + "</status>"));
    QCOMPARE(room.presences.status(kBob).size(), Presences::kMaxStatusChars);
    room.presences.setAway(QString(Presences::kMaxStatusChars + 1, u'x'));
    QCOMPARE(room.next().textOf(u"status", xmpp::ns::kClient).size(), Presences::kMaxStatusChars);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppPresences)
#include "tst_xmpppresences.moc"
