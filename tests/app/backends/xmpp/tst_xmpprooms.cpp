// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "roomstanzas.h"

#include "xmpp/rooms.h"

Q_DECLARE_METATYPE(ridealong::xmpp::Departure::Why)

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::SystemEvent;
using xmpp::Affiliation;
using xmpp::Departure;
using xmpp::Room;
using xmpp::RoomChange;
using xmpp::Rooms;
using What = RoomChange::What;
using Why = Departure::Why;

namespace {

const xmpp::Jid kOps = jid(u"ops@muc.test"_s);

/// What the rooms make of stanzas.
struct Listener
{
    Rooms rooms{jid(u"ana@chat.test/desk"_s)};
    QList<RoomChange> changes; ///< of the last stanza

    /// The changes in short: "joined listed".
    QByteArray hear(const QByteArray& xml)
    {
        static const char* const kNames[] = {"joined", "listed", "left", "members", "topic", "nick", "note"};
        changes = rooms.handle(ScriptedStream::read(xml));
        QByteArrayList names;
        for (const RoomChange& change : changes) {
            QByteArray name = kNames[int(change.what)];
            if (change.note)
                name += "(" + toText(*change.note).toUtf8() + ")";
            names << name;
        }
        return names.join(' ');
    }
    /// In the room with bob and its owner.
    void enter()
    {
        QVERIFY(rooms.enter(kOps, u"ana"_s));
        QCOMPARE(hear(here("ops@muc.test/bob", {}, "affiliation='member' role='participant'")), "");
        QCOMPARE(hear(here("ops@muc.test/Olga", {}, "affiliation='owner' role='moderator' jid='olga@chat.test/x'")), "");
        QCOMPARE(hear(here("ops@muc.test/ana", {"100", "110"}, "affiliation='none' role='participant' jid='ana@chat.test/desk'")), "joined listed");
        QCOMPARE(hear(subject("ops@muc.test/Olga", "Deploys")), "topic");
    }
    QStringList nicks() const
    {
        QStringList all = rooms.find(kOps) ? rooms.find(kOps)->members.keys() : QStringList();
        all.sort();
        return all;
    }
};

} // namespace

class TestXmppRooms : public QObject
{
    Q_OBJECT
private slots:
    void isInWhenItsOwnPresenceComes();
    void tellsWhoIsThere();
    void takesTheNickThatTheServiceGives();
    void knowsANickThatAnOlderServicePrepared();
    void tellsARoomThatIsNew();
    void listensToNoRoomThatItDidNotAsk();
    void listensToNobodyElse_data();
    void listensToNobodyElse();
    void believesNoForgedSelf();
    void isNotPutOutBySomebodyOfItsNick();
    void seesComingsAndGoings();
    void tellsWhyItIsOut_data();
    void tellsWhyItIsOut();
    void tellsWhoWasPutOut();
    void keepsWhoIsRenamed();
    void isRenamedItself();
    void tellsATopicOnlyWhenItIsNew();
    void tellsWhatTheRoomIsLike_data();
    void tellsWhatTheRoomIsLike();
    void believesOccupantIdsThatTheRoomAnnounces();
    void startsAnewWhenItEntersAgain();
    void forgetsAllOnANewStream();
    void refusesWhatIsNoRoom();
    void hasSoManyRoomsAndNoMore();
    void listsSoManyMembersAndNoMore();
    void cutsWhatIsTooLong();
};

void TestXmppRooms::isInWhenItsOwnPresenceComes()
{
    Listener listener;
    listener.enter();
    const Room* room = listener.rooms.find(kOps);
    QVERIFY(room->listed);
    QCOMPARE(room->nick, u"ana"_s);
    QCOMPARE(room->topic, u"Deploys"_s);
    QCOMPARE(room->topicBy, u"Olga"_s);
    QCOMPARE(listener.nicks(), QStringList({u"Olga"_s, u"ana"_s, u"bob"_s}));
    QVERIFY(room->members[u"Olga"_s].affiliation == Affiliation::Owner);
    QVERIFY(room->members[u"Olga"_s].role == xmpp::Role::Moderator);
    QCOMPARE(room->members[u"Olga"_s].jid, jid(u"olga@chat.test/x"_s));
    QVERIFY(room->members[u"bob"_s].jid.isEmpty());
    QCOMPARE(listener.rooms.all(), QList{kOps});
}

void TestXmppRooms::tellsWhoIsThere()
{
    Listener listener;
    listener.enter();
    const auto presence = [&](const QByteArray& show) {
        return listener.hear("<presence from='ops@muc.test/bob' to='ana@chat.test/desk'><show>" + show
            + "</show><x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' role='participant'/></x></presence>");
    };
    QCOMPARE(presence("away"), "members");
    QCOMPARE(presence("away"), "");
    const auto members = listener.rooms.members(kOps);
    QCOMPARE(members.size(), 3);
    QCOMPARE(members[0].user.text(), u"ana@chat.test"_s); // we are the same in all rooms, as the sender of what we say
    QCOMPARE(members[2].user.text(), u"ops@muc.test/bob"_s);
    QCOMPARE(members[2].name, u"bob"_s);
    QVERIFY(members[2].presence == chat::Presence::Away && members[1].presence == chat::Presence::Online);
    QCOMPARE(presence("chat"), "members");
    QVERIFY(listener.rooms.members(kOps)[2].presence == chat::Presence::Online);
    QVERIFY(listener.rooms.members(jid(u"other@muc.test"_s)).isEmpty());
}

void TestXmppRooms::takesTheNickThatTheServiceGives()
{
    Listener listener;
    QVERIFY(listener.rooms.enter(kOps, u"ana"_s));
    QCOMPARE(listener.hear(here("ops@muc.test/Ana Lund", {"210", "110"})), "joined listed");
    QCOMPARE(listener.rooms.find(kOps)->nick, u"Ana Lund"_s);
}

void TestXmppRooms::knowsANickThatAnOlderServicePrepared()
{
    Listener listener;
    QVERIFY(listener.rooms.enter(kOps, u"ﬁona"_s));
    QCOMPARE(listener.hear(here("ops@muc.test/fiona", {"110"})), "joined listed");
    QCOMPARE(listener.rooms.find(kOps)->nick, u"fiona"_s);
}

void TestXmppRooms::tellsARoomThatIsNew()
{
    Listener listener;
    QVERIFY(listener.rooms.enter(kOps, u"ana"_s));
    QCOMPARE(listener.hear(here("ops@muc.test/ana", {"201", "110"}, "affiliation='owner' role='moderator'")), "joined listed");
    QVERIFY(listener.changes[0].created);
    QVERIFY(!listener.changes[1].created);
}

void TestXmppRooms::listensToNoRoomThatItDidNotAsk()
{
    Listener listener;
    QCOMPARE(listener.hear(here("ops@muc.test/ana", {"110"})), "");
    QCOMPARE(listener.hear(subject("ops@muc.test/bob", "x")), "");
    QVERIFY(!listener.rooms.find(kOps));
    QVERIFY(listener.rooms.all().isEmpty());
}

void TestXmppRooms::listensToNobodyElse_data()
{
    QTest::addColumn<QByteArray>("stanza");
    QTest::newRow("another room") << here("dev@muc.test/bob");
    QTest::newRow("another service") << gone("ops@evil.test/ana", {"110", "307"});
    QTest::newRow("somebody by name") << subject("eve@evil.test/ops@muc.test", "x");
    QTest::newRow("the room without a nick") << here("ops@muc.test");
    QTest::newRow("no sender") << QByteArray("<presence><x xmlns='http://jabber.org/protocol/muc#user'/></presence>");
    QTest::newRow("no address") << here("@ops");
    QTest::newRow("not of a room") << QByteArray("<presence from='ops@muc.test/bob' type='unavailable'/>");
    QTest::newRow("an error") << QByteArray(
        "<presence from='ops@muc.test/bob' type='error'><x xmlns='http://jabber.org/protocol/muc#user'/></presence>");
    QTest::newRow("a private message") << QByteArray("<message type='chat' from='ops@muc.test/bob'><subject>x</subject></message>");
    QTest::newRow("a message with a subject") << QByteArray(
        "<message type='groupchat' from='ops@muc.test/bob'><subject>x</subject><body>y</body></message>");
    QTest::newRow("a member on the configuration") << QByteArray(
        "<message type='groupchat' from='ops@muc.test/bob'><x xmlns='http://jabber.org/protocol/muc#user'><status code='172'/></x></message>");
    QTest::newRow("no code") << QByteArray(
        "<message type='groupchat' from='ops@muc.test'><x xmlns='http://jabber.org/protocol/muc#user'><status code='1721'/></x></message>");
}

void TestXmppRooms::listensToNobodyElse()
{
    QFETCH(QByteArray, stanza);
    Listener listener;
    listener.enter();
    QCOMPARE(listener.hear(stanza), "");
    QCOMPARE(listener.nicks(), QStringList({u"Olga"_s, u"ana"_s, u"bob"_s}));
    QCOMPARE(listener.rooms.find(kOps)->topic, u"Deploys"_s);
    QCOMPARE(listener.rooms.all().size(), 1);
}

void TestXmppRooms::believesNoForgedSelf()
{
    Listener listener;
    QVERIFY(listener.rooms.enter(kOps, u"ana"_s));
    QCOMPARE(listener.hear(here("ops@muc.test/eve", {"110"})), "");
    QCOMPARE(listener.hear(here("ops@muc.test/eve", {"110", "210"})), ""); // a member that came without
    QCOMPARE(listener.hear(here("ops@muc.test/mal", {"110", "210"}, "affiliation='none' role='participant' jid='mal@evil.test/x'")), "");
    QVERIFY(!listener.rooms.find(kOps)->listed);
    QCOMPARE(listener.hear(here("ops@muc.test/ana", {"110"})), "joined listed");
    QCOMPARE(listener.hear(here("ops@muc.test/eve", {"110"}, "affiliation='member' role='participant'")), "members");
    QCOMPARE(listener.rooms.find(kOps)->nick, u"ana"_s);
    QCOMPARE(listener.hear(gone("ops@muc.test/eve", {"110"})), "members");
    QVERIFY(listener.rooms.find(kOps));
}

void TestXmppRooms::isNotPutOutBySomebodyOfItsNick()
{
    Listener listener;
    QVERIFY(listener.rooms.enter(kOps, u"ana"_s));
    (void)listener.hear(here("ops@muc.test/ana"));
    QCOMPARE(listener.hear(gone("ops@muc.test/ana")), ""); // who had it goes, and makes room for us
    QCOMPARE(listener.hear(here("ops@muc.test/ana", {"110"})), "joined listed");
}

void TestXmppRooms::seesComingsAndGoings()
{
    Listener listener;
    listener.enter();
    QCOMPARE(listener.hear(here("ops@muc.test/carl")), "members");
    QCOMPARE(listener.hear(here("ops@muc.test/carl", {}, "affiliation='admin' role='moderator'")), "members");
    QVERIFY(listener.rooms.find(kOps)->members[u"carl"_s].affiliation == Affiliation::Admin);
    QCOMPARE(listener.hear(gone("ops@muc.test/carl")), "members");
    QCOMPARE(listener.hear(gone("ops@muc.test/carl")), "");
    QCOMPARE(listener.nicks(), QStringList({u"Olga"_s, u"ana"_s, u"bob"_s}));
}

void TestXmppRooms::tellsWhyItIsOut_data()
{
    QTest::addColumn<QByteArray>("stanza");
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<Why>("why");
    QTest::addColumn<QString>("reason");
    const QByteArray why = "<actor nick='Olga'/><reason>too loud</reason>";
    QTest::newRow("by itself") << gone("ops@muc.test/ana", {"110"}) << QByteArray("left") << Why::Own << QString();
    QTest::newRow("by itself, without the code") << gone("ops@muc.test/ana") << QByteArray("left") << Why::Own << QString();
    QTest::newRow("kicked") << gone("ops@muc.test/ana", {"307", "110"}, why) << QByteArray("left(kicked ana: too loud)") << Why::Kicked
                            << u"too loud"_s;
    QTest::newRow("banned") << gone("ops@muc.test/ana", {"301", "110"}, why, {}, "affiliation='outcast' role='none'")
                            << QByteArray("left(kicked ana: too loud)") << Why::Banned << u"too loud"_s;
    QTest::newRow("no member any more") << gone("ops@muc.test/ana", {"321", "110"}) << QByteArray("left(kicked ana)") << Why::AffiliationLost
                                        << QString();
    QTest::newRow("for members now") << gone("ops@muc.test/ana", {"322", "110"}) << QByteArray("left(kicked ana)") << Why::MembersOnly << QString();
    QTest::newRow("the service ends") << gone("ops@muc.test/ana", {"332", "110"}) << QByteArray("left") << Why::Shutdown << QString();
    QTest::newRow("it could not be reached") << gone("ops@muc.test/ana", {"307", "333", "110"}, "<reason>Remote server timeout</reason>")
                                             << QByteArray("left") << Why::Error << u"Remote server timeout"_s;
    QTest::newRow("destroyed") << gone("ops@muc.test/ana", {"110"}, {}, "<destroy jid='ops2@muc.test'><reason>moved</reason></destroy>")
                               << QByteArray("left") << Why::Destroyed << u"moved"_s;
}

void TestXmppRooms::tellsWhyItIsOut()
{
    QFETCH(QByteArray, stanza);
    QFETCH(QByteArray, told);
    QFETCH(Why, why);
    QFETCH(QString, reason);
    Listener listener;
    listener.enter();
    QCOMPARE(listener.hear(stanza), told);
    const RoomChange& left = listener.changes.front();
    QVERIFY(left.departure->why == why);
    QCOMPARE(left.departure->reason, reason);
    QCOMPARE(left.departure->alternate, why == Why::Destroyed ? jid(u"ops2@muc.test"_s) : xmpp::Jid());
    QCOMPARE(left.by, stanza.contains("actor") ? u"Olga"_s : QString());
    QVERIFY(!listener.rooms.find(kOps));
    QCOMPARE(listener.hear(stanza), "");
}

void TestXmppRooms::tellsWhoWasPutOut()
{
    Listener listener;
    listener.enter();
    QCOMPARE(listener.hear(gone("ops@muc.test/bob", {"307"}, "<actor nick='Olga' jid='olga@chat.test'/><reason>spam</reason>")),
        "members note(kicked bob: spam)");
    QCOMPARE(listener.changes[1].by, u"Olga"_s);
    (void)listener.hear(here("ops@muc.test/Bob: B"));
    QCOMPARE(listener.hear(gone("ops@muc.test/Bob: B", {"301"}, "<actor jid='olga@chat.test'/>")), "members note(kicked Bob:\u00a0B)");
    QCOMPARE(listener.changes[1].by, u"olga@chat.test"_s);
}

void TestXmppRooms::keepsWhoIsRenamed()
{
    Listener listener;
    listener.enter();
    QCOMPARE(listener.hear(gone("ops@muc.test/bob", {"303"}, {}, {}, "affiliation='member' role='participant' nick='robert'")), "members");
    QCOMPARE(listener.nicks(), QStringList({u"Olga"_s, u"ana"_s, u"robert"_s}));
    QVERIFY(listener.rooms.find(kOps)->members[u"robert"_s].affiliation == Affiliation::Member);
    QCOMPARE(listener.hear(here("ops@muc.test/robert", {}, "affiliation='member' role='participant'")), "");
    QCOMPARE(listener.hear(gone("ops@muc.test/nobody", {"303"}, {}, {}, "nick='x'")), "");
    QCOMPARE(listener.hear(gone("ops@muc.test/robert", {"303"})), "members"); // without a new nick it is a going
}

void TestXmppRooms::isRenamedItself()
{
    Listener listener;
    listener.enter();
    QCOMPARE(listener.hear(gone("ops@muc.test/ana", {"303", "110"}, {}, {}, "affiliation='none' role='participant' nick='Ana Lund'")),
        "nick(renamed Ana\u00a0Lund) members");
    QCOMPARE(listener.rooms.find(kOps)->nick, u"Ana Lund"_s);
    (void)listener.hear(here("ops@muc.test/Ana Lund", {"110"}));
    QCOMPARE(listener.nicks(), QStringList({u"Ana Lund"_s, u"Olga"_s, u"bob"_s}));
    QCOMPARE(listener.hear(gone("ops@muc.test/Ana Lund", {"110"})), "left");
}

void TestXmppRooms::tellsATopicOnlyWhenItIsNew()
{
    Listener listener;
    listener.enter();
    QCOMPARE(listener.hear(subject("ops@muc.test/bob", "Deploys and rollbacks")), "topic(topic: Deploys and rollbacks)");
    QCOMPARE(listener.changes[0].by, u"bob"_s);
    QCOMPARE(listener.rooms.find(kOps)->topicBy, u"bob"_s);
    QCOMPARE(listener.hear(subject("ops@muc.test/bob", "Deploys and rollbacks")), "topic");
    QCOMPARE(listener.hear(subject("ops@muc.test", "")), "topic(topic)");
    QCOMPARE(listener.rooms.find(kOps)->topic, QString());
}

void TestXmppRooms::tellsWhatTheRoomIsLike_data()
{
    QTest::addColumn<QByteArrayList>("codes");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("configured") << QByteArrayList{"104"} << QByteArray("note");
    QTest::newRow("logged") << QByteArrayList{"104", "170"} << QByteArray("note(mode +logged)");
    QTest::newRow("not logged") << QByteArrayList{"171"} << QByteArray("note(mode -logged)");
    QTest::newRow("shows addresses") << QByteArrayList{"172"} << QByteArray("note(mode +addresses)");
    QTest::newRow("hides addresses") << QByteArrayList{"173"} << QByteArray("note(mode -addresses)");
    QTest::newRow("anonymous") << QByteArrayList{"174"} << QByteArray("note(mode +anonymous)");
    QTest::newRow("something else") << QByteArrayList{"999"} << QByteArray("");
}

void TestXmppRooms::tellsWhatTheRoomIsLike()
{
    QFETCH(QByteArrayList, codes);
    QFETCH(QByteArray, told);
    Listener listener;
    listener.enter();
    QCOMPARE(listener.hear("<message type='groupchat' from='ops@muc.test' to='ana@chat.test/desk'><x xmlns='http://jabber.org/protocol/muc#user'>"
                 + statusCodes(codes) + "</x></message>"),
        told);
}

void TestXmppRooms::believesOccupantIdsThatTheRoomAnnounces()
{
    Listener listener;
    listener.enter();
    (void)listener.hear(
        here("ops@muc.test/bob", {}, "affiliation='none' role='participant'", "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='b0b'/>"));
    QCOMPARE(listener.rooms.occupantId(kOps, u"bob"_s), QString()); // bob may have written it himself
    listener.rooms.setAnnouncesOccupantIds(kOps, true);
    QCOMPARE(listener.rooms.occupantId(kOps, u"bob"_s), u"b0b"_s);
    const auto members = listener.rooms.members(kOps);
    QVERIFY(std::ranges::any_of(members, [](const auto& member) { return member.user == xmpp::occupantIdentity(kOps, u"b0b"_s, u"bob"_s); }));
    QCOMPARE(listener.rooms.occupantId(kOps, u"carl"_s), QString());
    QCOMPARE(listener.rooms.occupantId(jid(u"dev@muc.test"_s), u"bob"_s), QString());
    (void)listener.hear(gone("ops@muc.test/bob", {"303"}, {}, {}, "nick='robert'"));
    QCOMPARE(listener.rooms.occupantId(kOps, u"robert"_s), u"b0b"_s);
}

void TestXmppRooms::startsAnewWhenItEntersAgain()
{
    Listener listener;
    listener.enter();
    QVERIFY(listener.rooms.enter(kOps, u"ana"_s));
    QVERIFY(!listener.rooms.find(kOps)->listed);
    QVERIFY(listener.nicks().isEmpty());
    QCOMPARE(listener.hear(subject("ops@muc.test/bob", "early")), "");
    QCOMPARE(listener.hear(here("ops@muc.test/ana", {"110"})), "joined listed");
}

void TestXmppRooms::forgetsAllOnANewStream()
{
    Listener listener;
    listener.enter();
    listener.rooms.clear();
    QVERIFY(listener.rooms.all().isEmpty());
    listener.enter();
    listener.rooms.forget(kOps);
    QCOMPARE(listener.hear(here("ops@muc.test/carl")), "");
}

void TestXmppRooms::refusesWhatIsNoRoom()
{
    Rooms rooms(jid(u"ana@chat.test"_s));
    for (const auto& status : {rooms.enter({}, u"ana"_s), rooms.enter(jid(u"ops@muc.test/x"_s), u"ana"_s), rooms.enter(kOps, {}),
             rooms.enter(kOps, u"a\nb"_s), rooms.enter(kOps, QString(1024, u'x'))}) {
        QVERIFY(!status);
        QVERIFY(status.error().kind == ErrorKind::Invalid);
    }
    QVERIFY(rooms.enter(kOps, QString(1023, u'x')));
}

void TestXmppRooms::hasSoManyRoomsAndNoMore()
{
    Rooms rooms(jid(u"ana@chat.test"_s));
    const auto room = [](int i) { return jid(u"r%1@muc.test"_s.arg(i)); };
    for (int i = 0; i < xmpp::kMaxRooms; ++i)
        QVERIFY(rooms.enter(room(i), u"ana"_s));
    const auto status = rooms.enter(room(xmpp::kMaxRooms), u"ana"_s);
    QVERIFY(!status && status.error().kind == ErrorKind::RateLimited);
    QVERIFY(rooms.enter(room(0), u"ana"_s)); // again
    rooms.forget(room(0));
    QVERIFY(rooms.enter(room(xmpp::kMaxRooms), u"ana"_s));
}

void TestXmppRooms::listsSoManyMembersAndNoMore()
{
    Listener listener;
    QVERIFY(listener.rooms.enter(kOps, u"ana"_s));
    xmpp::Element presence = ScriptedStream::read(here("ops@muc.test/x"));
    for (int i = 0; i <= xmpp::kMaxMembers; ++i) {
        presence.setAttribute(u"from", u"ops@muc.test/m%1"_s.arg(i));
        (void)listener.rooms.handle(presence);
    }
    QCOMPARE(listener.rooms.find(kOps)->members.size(), xmpp::kMaxMembers);
    QCOMPARE(listener.hear(here("ops@muc.test/ana", {"110"})), "joined listed"); // all the same
    QCOMPARE(listener.hear(here("ops@muc.test/late")), "");
}

void TestXmppRooms::cutsWhatIsTooLong()
{
    Listener listener;
    listener.enter();
    (void)listener.hear(subject("ops@muc.test/bob", QByteArray(xmpp::kMaxTopicChars, 'x')));
    QCOMPARE(listener.rooms.find(kOps)->topic.size(), xmpp::kMaxTopicChars);
    (void)listener.hear(subject("ops@muc.test/bob", QByteArray(xmpp::kMaxTopicChars + 1, 'x')));
    QCOMPARE(listener.rooms.find(kOps)->topic.size(), xmpp::kMaxTopicChars);
    (void)listener.hear(gone("ops@muc.test/ana", {"307", "110"}, "<reason>" + QByteArray(xmpp::kMaxReasonChars + 1, 'y') + "</reason>"));
    QCOMPARE(listener.changes[0].departure->reason.size(), xmpp::kMaxReasonChars);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppRooms)
#include "tst_xmpprooms.moc"
