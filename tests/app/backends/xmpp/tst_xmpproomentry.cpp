// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "roomdoor.h"

Q_DECLARE_METATYPE(ridealong::base::ErrorKind)
Q_DECLARE_METATYPE(ridealong::xmpp::RoomEntry::State)

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using xmpp::Element;
using xmpp::RoomEntry;
using State = RoomEntry::State;

class TestXmppRoomEntry : public QObject
{
    Q_OBJECT
private slots:
    void goesInWithoutHistory();
    void learnsWhatTheRoomIsLike();
    void saysThePassword();
    void triesOtherNicks();
    void triesOnlySoManyNicks();
    void saysWhyItWasRefused_data();
    void saysWhyItWasRefused();
    void believesNoRefusalOfOthers_data();
    void believesNoRefusalOfOthers();
    void waitsLongerEachTime();
    void doesNotWaitForAnAnswerForEver();
    void unlocksARoomThatIsNew();
    void leavesARoomThatItCannotUnlock();
    void unlocksAgainWhatNobodyAnswered();
    void leaves();
    void leavesBeforeItIsIn();
    void asksWhetherItIsStillIn_data();
    void asksWhetherItIsStillIn();
    void goesInAgainWhenItIsNotIn();
    void asksAtOnceAfterSleep();
    void asksAsTheNickItHas();
    void staysOutWhenPutOut();
    void comesBackWhenTheServiceDoes();
    void asksAgainWhenTheRoomWasConfigured();
};

void TestXmppRoomEntry::goesInWithoutHistory()
{
    Door door;
    door.entry.enter();
    QVERIFY(door.entry.state() == State::Entering);
    (void)door.expectKnock("ana");
    door.xmpp.server.say(here("ops@muc.test/bob"));
    QVERIFY(door.entry.state() == State::Entering);
    door.xmpp.server.say(here("ops@muc.test/ana", {"100", "110"}));
    QVERIFY(door.entry.state() == State::In);
    QCOMPARE(door.changes, 2);
    door.xmpp.server.expectNothing();
}

void TestXmppRoomEntry::learnsWhatTheRoomIsLike()
{
    Door door;
    int told = 0;
    connect(&door.entry, &RoomEntry::featuresChanged, this, [&] { ++told; });
    door.entry.enter();
    (void)door.expectKnock("ana");
    door.sayFeatures(
        "<feature var='urn:xmpp:mam:2'/><feature var='urn:xmpp:mam:2#extended'/><feature var='urn:xmpp:occupant-id:0'/>"
        "<feature var='http://jabber.org/protocol/muc#stable_id'/><feature var='muc_passwordprotected'/>"
        "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roominfo</value>"
        "</field><field var='muc#roominfo_description'><value>Deploys</value></field></x>");
    QCOMPARE(told, 1);
    const xmpp::RoomFeatures wanted{.name = u"Operations"_s,
        .description = u"Deploys"_s,
        .archive = true,
        .extendedArchive = true,
        .stableIds = true,
        .occupantIds = true,
        .passwordProtected = true};
    QVERIFY(door.entry.features() == wanted);
    door.xmpp.server.say(
        here("ops@muc.test/ana", {"110"}, "affiliation='none' role='participant'", "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='an4'/>"));
    QCOMPARE(door.rooms.occupantId(kOps, u"ana"_s), u"an4"_s);
    QVERIFY(!xmpp::readRoomFeatures(ScriptedStream::read(
        "<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='account' type='registered'/></query></iq>")));
    QVERIFY(!xmpp::readRoomFeatures(ScriptedStream::read("<iq type='result'/>")));
}

void TestXmppRoomEntry::saysThePassword()
{
    Door door(u"s3same"_s);
    door.entry.enter();
    const QByteArray id = door.expectKnock("ana", "<password>s3same</password>");
    door.refuse(id, "not-authorized");
    QVERIFY(door.entry.state() == State::Out);
    door.entry.setPassword(u"open"_s);
    door.entry.enter();
    (void)door.expectKnock("ana", "<password>open</password>");
}

void TestXmppRoomEntry::triesOtherNicks()
{
    Door door;
    door.entry.enter();
    door.refuse(door.expectKnock("ana"), "conflict");
    door.refuse(door.expectKnock("ana_"), "conflict", "ops@muc.test/ana_");
    (void)door.expectKnock("ana__");
    door.xmpp.server.say(here("ops@muc.test/ana__", {"110"}));
    QVERIFY(door.entry.state() == State::In);
    QCOMPARE(door.rooms.find(kOps)->nick, u"ana__"_s);
}

void TestXmppRoomEntry::triesOnlySoManyNicks()
{
    Door door;
    door.entry.enter();
    for (int i = 0; i < RoomEntry::kMaxNicks; ++i)
        door.refuse(door.expectKnock("ana" + QByteArray(i, '_')), "conflict");
    QVERIFY(door.entry.state() == State::Out);
    QVERIFY(door.entry.error().kind == ErrorKind::Denied);
    door.xmpp.server.expectNothing();
    door.entry.enter();
    (void)door.expectKnock("ana"); // from the beginning
}

void TestXmppRoomEntry::saysWhyItWasRefused_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<State>("state");
    QTest::newRow("a password") << QByteArray("not-authorized") << ErrorKind::Auth << State::Out;
    QTest::newRow("members only") << QByteArray("registration-required") << ErrorKind::Denied << State::Out;
    QTest::newRow("banned") << QByteArray("forbidden") << ErrorKind::Denied << State::Out;
    QTest::newRow("no such room") << QByteArray("item-not-found") << ErrorKind::NotFound << State::Out;
    QTest::newRow("rooms cannot be made") << QByteArray("not-allowed") << ErrorKind::Denied << State::Out;
    QTest::newRow("a reserved nick") << QByteArray("not-acceptable") << ErrorKind::Denied << State::Out;
    QTest::newRow("full") << QByteArray("service-unavailable") << ErrorKind::RateLimited << State::Waiting;
    QTest::newRow("the server is away") << QByteArray("remote-server-not-found") << ErrorKind::Offline << State::Waiting;
    QTest::newRow("the server is slow") << QByteArray("remote-server-timeout") << ErrorKind::Timeout << State::Waiting;
}

void TestXmppRoomEntry::saysWhyItWasRefused()
{
    QFETCH(QByteArray, condition);
    QFETCH(ErrorKind, kind);
    QFETCH(State, state);
    Door door;
    door.entry.enter();
    door.refuse(door.expectKnock("ana"), condition);
    QVERIFY(door.entry.state() == state);
    QVERIFY(door.entry.error().kind == kind);
    QCOMPARE(door.entry.error().detail, QString::fromLatin1(condition));
    QVERIFY(!door.rooms.find(kOps));
}

void TestXmppRoomEntry::believesNoRefusalOfOthers_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<bool>("ourId");
    QTest::newRow("somebody else") << QByteArray("eve@evil.test/x") << true;
    QTest::newRow("another room") << QByteArray("dev@muc.test/ana") << true;
    QTest::newRow("another presence") << QByteArray("ops@muc.test/ana") << false;
}

void TestXmppRoomEntry::believesNoRefusalOfOthers()
{
    QFETCH(QByteArray, from);
    QFETCH(bool, ourId);
    Door door;
    door.entry.enter();
    const QByteArray id = door.expectKnock("ana");
    door.refuse(ourId ? id : "other", "forbidden", from);
    QVERIFY(door.entry.state() == State::Entering);
}

void TestXmppRoomEntry::waitsLongerEachTime()
{
    Door door;
    door.entry.enter();
    door.refuse(door.expectKnock("ana"), "remote-server-timeout");
    door.pass(RoomEntry::kFirstPause);
    door.refuse(door.expectKnock("ana"), "remote-server-timeout");
    door.pass(4s);
    door.refuse(door.expectKnock("ana"), "service-unavailable");
    door.xmpp.server.skip();
    door.pass(58s); // a full room is not asked more often
    QVERIFY(door.entry.state() == State::Waiting);
    door.xmpp.server.skip();
    door.pass(2s);
    (void)door.expectKnock("ana");
}

void TestXmppRoomEntry::doesNotWaitForAnAnswerForEver()
{
    Door door;
    door.entry.enter();
    (void)door.expectKnock("ana");
    door.pass(58s);
    QVERIFY(door.entry.state() == State::Entering);
    door.pass(2s);
    QVERIFY(door.entry.state() == State::Waiting);
    QVERIFY(door.entry.error().kind == ErrorKind::Timeout);
}

void TestXmppRoomEntry::unlocksARoomThatIsNew()
{
    Door door;
    door.entry.enter();
    (void)door.expectKnock("ana");
    door.xmpp.server.say(here("ops@muc.test/ana", {"201", "110"}, "affiliation='owner' role='moderator'"));
    QVERIFY(door.entry.state() == State::Entering);
    const QByteArray id = door.next().attribute(u"id").toUtf8();
    door.xmpp.server.say("<iq type='result' from='ops@muc.test' id='" + id + "'/>");
    QVERIFY(door.entry.state() == State::In);
    QVERIFY(door.next().has(u"query", xmpp::ns::kDiscoInfo));
}

void TestXmppRoomEntry::leavesARoomThatItCannotUnlock()
{
    Door door;
    door.entry.enter();
    (void)door.expectKnock("ana");
    door.xmpp.server.say(here("ops@muc.test/ana", {"201", "110"}));
    const Element form = door.next();
    QCOMPARE(form.find(u"query", xmpp::ns::kMucOwner)->find(u"x", xmpp::ns::kDataForm)->attribute(u"type"), u"submit"_s);
    door.xmpp.server.say("<iq type='error' from='ops@muc.test' id='" + form.attribute(u"id").toUtf8()
        + "'><error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    door.xmpp.server.expect("<presence to='ops@muc.test/ana' type='unavailable'/>");
    QVERIFY(door.entry.state() == State::Out);
    QVERIFY(door.entry.error().kind == ErrorKind::Denied);
}

void TestXmppRoomEntry::unlocksAgainWhatNobodyAnswered()
{
    Door door;
    door.entry.enter();
    (void)door.expectKnock("ana");
    door.xmpp.server.say(here("ops@muc.test/ana", {"201", "110"}));
    const QByteArray id = door.next().attribute(u"id").toUtf8();
    door.xmpp.server.say("<iq type='error' from='ops@muc.test' id='" + id
        + "'><error type='wait'><remote-server-timeout xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    QVERIFY(door.entry.state() == State::Waiting);
    door.pass(2s);
    (void)door.expectKnock("ana");
    door.xmpp.server.say(here("ops@muc.test/ana", {"110"})); // no 201 any more
    QVERIFY(door.next().has(u"query", xmpp::ns::kMucOwner));
}

void TestXmppRoomEntry::leaves()
{
    Door door;
    door.enter();
    door.entry.leave();
    door.xmpp.server.expect("<presence to='ops@muc.test/ana' type='unavailable'/>");
    QVERIFY(door.entry.state() == State::Out);
    QCOMPARE(door.changes, 3);
    door.xmpp.server.say(gone("ops@muc.test/ana", {"110"}));
    QVERIFY(!door.rooms.find(kOps));
    QCOMPARE(door.changes, 3);
    QVERIFY(!door.entry.departure());
}

void TestXmppRoomEntry::leavesBeforeItIsIn()
{
    Door door;
    door.entry.enter();
    (void)door.expectKnock("ana");
    door.entry.leave();
    door.xmpp.server.expect("<presence to='ops@muc.test/ana' type='unavailable'/>");
    door.xmpp.server.say(here("ops@muc.test/ana", {"110"})); // what was under way
    QVERIFY(door.entry.state() == State::Out);
    door.pass(120s);
    QVERIFY(door.entry.state() == State::Out);
}

void TestXmppRoomEntry::asksWhetherItIsStillIn_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<bool>("asksAgainSoon");
    QTest::newRow("yes") << QByteArray() << false;
    QTest::newRow("a client without pings") << QByteArray("service-unavailable") << false;
    QTest::newRow("another without pings") << QByteArray("feature-not-implemented") << false;
    QTest::newRow("a nick that just changed") << QByteArray("item-not-found") << true;
    QTest::newRow("no server") << QByteArray("remote-server-not-found") << true;
    QTest::newRow("a slow server") << QByteArray("remote-server-timeout") << true;
}

void TestXmppRoomEntry::asksWhetherItIsStillIn()
{
    QFETCH(QByteArray, condition);
    QFETCH(bool, asksAgainSoon);
    Door door;
    door.enter();
    door.pass(298s);
    door.xmpp.server.skip();
    door.pass(2s);
    door.answerPing(door.expectPing(), condition);
    QVERIFY(door.entry.state() == State::In);
    door.xmpp.server.skip();
    door.pass(60s);
    if (asksAgainSoon)
        (void)door.expectPing();
    else
        door.expectNoQuestion();
    QVERIFY(door.entry.state() == State::In);
    QCOMPARE(door.changes, 2);
}

void TestXmppRoomEntry::goesInAgainWhenItIsNotIn()
{
    Door door;
    door.enter();
    door.entry.look();
    door.answerPing(door.expectPing(), "not-acceptable");
    QVERIFY(door.entry.state() == State::Waiting);
    QVERIFY(!door.rooms.find(kOps));
    door.pass(2s);
    (void)door.expectKnock("ana");
    door.xmpp.server.say(here("ops@muc.test/ana", {"110"}));
    QVERIFY(door.entry.state() == State::In);
}

void TestXmppRoomEntry::asksAtOnceAfterSleep()
{
    Door door;
    door.entry.look();
    door.xmpp.server.expectNothing(); // it is nowhere
    door.entry.enter();
    door.refuse(door.expectKnock("ana"), "remote-server-timeout");
    door.entry.look();
    (void)door.expectKnock("ana");
    door.xmpp.server.say(here("ops@muc.test/ana", {"110"}));
    door.entry.look();
    (void)door.expectPing();
}

void TestXmppRoomEntry::asksAsTheNickItHas()
{
    Door door;
    door.enter();
    door.xmpp.server.say(gone("ops@muc.test/ana", {"303", "110"}, {}, {}, "nick='lund'"));
    door.entry.look();
    (void)door.expectPing(u"ops@muc.test/lund"_s);
}

void TestXmppRoomEntry::staysOutWhenPutOut()
{
    Door door;
    door.enter();
    door.xmpp.server.say(gone("ops@muc.test/ana", {"307", "110"}, "<reason>too loud</reason>"));
    QVERIFY(door.entry.state() == State::Out);
    QVERIFY(door.entry.error().kind == ErrorKind::Denied);
    QCOMPARE(door.entry.error().detail, u"too loud"_s);
    QVERIFY(door.entry.departure()->why == xmpp::Departure::Why::Kicked);
    door.entry.enter();
    QVERIFY(!door.entry.departure());
}

void TestXmppRoomEntry::comesBackWhenTheServiceDoes()
{
    Door door;
    door.enter();
    door.xmpp.server.say(gone("ops@muc.test/ana", {"332", "110"}));
    QVERIFY(door.entry.state() == State::Waiting);
    door.pass(2s);
    (void)door.expectKnock("ana");
}

void TestXmppRoomEntry::asksAgainWhenTheRoomWasConfigured()
{
    Door door;
    door.enter();
    door.xmpp.server.say("<message type='groupchat' from='ops@muc.test' to='ana@chat.test/desk'><x xmlns='http://jabber.org/protocol/muc#user'>"
                         "<status code='104'/></x></message>");
    QVERIFY(door.next().has(u"query", xmpp::ns::kDiscoInfo));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppRoomEntry)
#include "tst_xmpproomentry.moc"
