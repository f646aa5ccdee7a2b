// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "roomstanzas.h"
#include "xmppdialogue.h"

#include "xmpp/roomentry.h"

Q_DECLARE_METATYPE(ridealong::base::ErrorKind)
Q_DECLARE_METATYPE(ridealong::xmpp::RoomEntry::State)

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using xmpp::Element;
using xmpp::RoomEntry;
using State = RoomEntry::State;

namespace {

const xmpp::Jid kOps = jid(u"ops@muc.test"_s);

/// A session, and one room that the test speaks for, too.
struct Door
{
    XmppDialogue xmpp;
    xmpp::Rooms rooms{xmpp.settings.account};
    xmpp::Outlet outlet{[this](const Element& stanza) {
                            const auto sent = xmpp.session->send(stanza);
                            return sent ? base::Status(base::Done()) : base::Status(sent.error());
                        },
        [this](const Element& iq, xmpp::Requests::Handler handler) { xmpp.session->request(iq, std::move(handler)); }};
    RoomEntry entry;
    int changes = 0;
    QByteArray featuresId;

    explicit Door(const QString& password = {}) : entry({kOps, u"ana"_s, password}, rooms, outlet, xmpp.clock, xmpp.random)
    {
        xmpp.enterPlainly();
        QObject::connect(&entry, &RoomEntry::changed, &entry, [this] { ++changes; });
        QObject::connect(xmpp.session.get(), &xmpp::Session::received, &entry, [this](const Element& stanza) {
            if (!entry.handle(stanza))
                for (const xmpp::RoomChange& change : rooms.handle(stanza))
                    entry.handle(change);
        });
    }
    /// What goes out but pings of the session's own.
    Element next()
    {
        for (;;) {
            Element element = xmpp.server.next();
            if (!element.has(u"ping", xmpp::ns::kPing) || !element.attribute(u"to").isEmpty())
                return element;
        }
    }
    /// The client asks what the room is like, then to be let in; the id of that.
    QByteArray expectKnock(const QByteArray& nick, const QByteArray& more = {})
    {
        const Element question = next();
        [&] { QVERIFY(question.has(u"query", xmpp::ns::kDiscoInfo)); }();
        featuresId = question.attribute(u"id").toUtf8();
        const Element knock = next();
        const QByteArray id = knock.attribute(u"id").toUtf8();
        const Element wanted = ScriptedStream::read("<presence to='ops@muc.test/" + nick + "' id='" + id
            + "'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/>" + more + "</x></presence>");
        [&] { QCOMPARE(knock.toXml(), wanted.toXml()); }();
        return id;
    }
    void refuse(const QByteArray& id, const QByteArray& condition, const QByteArray& from = "ops@muc.test/ana")
    {
        xmpp.server.say("<presence type='error' id='" + id + "' to='ana@chat.test/desk' from='" + from
            + "'><x xmlns='http://jabber.org/protocol/muc'/><error type='cancel' by='ops@muc.test'><" + condition
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");
    }
    void sayFeatures(const QByteArray& features)
    {
        xmpp.server.say("<iq type='result' from='ops@muc.test' id='" + featuresId
            + "'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='conference' type='text' name='Operations'/>"
              "<feature var='http://jabber.org/protocol/muc'/>"
            + features + "</query></iq>");
    }
    void enter()
    {
        entry.enter();
        (void)expectKnock("ana");
        xmpp.server.say(here("ops@muc.test/ana", {"100", "110"}));
        QVERIFY(entry.state() == State::In);
    }
    /// Time in which the server lets hear of itself.
    void pass(std::chrono::seconds time)
    {
        for (auto left = time; left > 0s; left -= 2s) {
            xmpp.clock.advance(2s);
            xmpp.server.mumble();
        }
    }
    /// The question whether we are still in: its id.
    QByteArray expectPing(const QString& to = u"ops@muc.test/ana"_s)
    {
        const Element ping = next();
        [&] {
            QVERIFY(ping.has(u"ping", xmpp::ns::kPing));
            QCOMPARE(ping.attribute(u"to"), to);
        }();
        return ping.attribute(u"id").toUtf8();
    }
    void expectNoQuestion()
    {
        (void)xmpp.sendMessage("end");
        QCOMPARE(next().attribute(u"id"), u"end"_s);
    }
    void answerPing(const QByteArray& id, const QByteArray& condition)
    {
        if (condition.isEmpty())
            return xmpp.server.say("<iq type='result' from='ops@muc.test/ana' id='" + id + "'/>");
        xmpp.server.say("<iq type='error' from='ops@muc.test/ana' id='" + id + "'><error type='cancel'><" + condition
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    }
};

} // namespace

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
    void tellsOfFeaturesThatItKnew();
    void asksNothingWithoutAConnection();
    void triesAgainWithTheConnection();
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

void TestXmppRoomEntry::tellsOfFeaturesThatItKnew()
{
    Door door;
    int told = 0;
    connect(&door.entry, &RoomEntry::featuresChanged, this, [&] { ++told; });
    const QByteArray ids = "<feature var='urn:xmpp:occupant-id:0'/>", an4 = "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='an4'/>";
    for (int stream = 1; stream <= 2; ++stream) { // a service may let us in before it answers
        door.rooms.clear();
        door.entry.enter();
        (void)door.expectKnock("ana");
        door.xmpp.server.say(here("ops@muc.test/ana", {"110"}, "affiliation='none' role='participant'", an4));
        QVERIFY(door.entry.state() == State::In);
        QCOMPARE(door.rooms.occupantId(kOps, u"ana"_s), QString());
        door.sayFeatures(ids);
        QCOMPARE(door.rooms.occupantId(kOps, u"ana"_s), u"an4"_s);
        QCOMPARE(told, stream);
    }
}

void TestXmppRoomEntry::asksNothingWithoutAConnection()
{
    Door door;
    door.enter();
    door.entry.pause();
    door.entry.look();
    door.pass(600s);
    door.expectNoQuestion();
    QVERIFY(door.entry.state() == State::In);
    door.entry.resume();
    door.pass(300s);
    (void)door.expectPing();
}

void TestXmppRoomEntry::triesAgainWithTheConnection()
{
    Door door;
    door.entry.enter();
    door.refuse(door.expectKnock("ana"), "remote-server-timeout");
    door.entry.pause();
    door.entry.look();
    door.pass(600s);
    door.expectNoQuestion();
    door.entry.resume();
    (void)door.expectKnock("ana");
    door.entry.pause();
    door.pass(600s);
    QVERIFY(door.entry.state() == State::Entering);
    door.entry.resume();
    door.pass(RoomEntry::kEntryPatience);
    QVERIFY(door.entry.state() == State::Waiting);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppRoomEntry)
#include "tst_xmpproomentry.moc"
