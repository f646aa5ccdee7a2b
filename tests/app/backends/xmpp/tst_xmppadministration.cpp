// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outletdialogue.h"
#include "roomstanzas.h"

#include "xmpp/invitation.h"
#include "xmpp/roomadministration.h"

Q_DECLARE_METATYPE(ridealong::base::ErrorKind)

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using xmpp::Affiliated;
using xmpp::Affiliation;
using xmpp::Element;
using xmpp::Invitation;
using xmpp::Role;
using xmpp::RoomAdministration;

namespace {

const xmpp::Jid kOps = jid(u"ops@muc.test"_s);

QByteArray admin(const QByteArray& item) { return "<query xmlns='http://jabber.org/protocol/muc#admin'>" + item + "</query>"; }
QByteArray owner(const QByteArray& content) { return "<query xmlns='http://jabber.org/protocol/muc#owner'>" + content + "</query>"; }

/// A room that the test speaks for, and what became of what was asked of it.
struct Order : OutletDialogue
{
    RoomAdministration rooms{outlet, xmpp.clock, xmpp.random};
    QObject context;
    std::vector<base::Status> answers;

    Order()
    {
        QObject::connect(xmpp.session.get(), &xmpp::Session::received, &context, [this](const Element& stanza) { handled = rooms.handle(stanza); });
    }
    void take(const base::Async<base::Done>& async)
    {
        async.then(&context, [this](const base::Status& status) { answers.push_back(status); });
    }
    bool isAnswered(size_t count = 1)
    {
        return QTest::qWaitFor([&] { return answers.size() == count; });
    }
    bool succeeds() { return isAnswered() && answers.front(); }
    bool fails(ErrorKind kind) { return isAnswered() && !answers.front() && answers.front().error().kind == kind; }
    bool handled = false;
};

} // namespace

class TestXmppAdministration : public QObject
{
    Q_OBJECT
private slots:
    void changesRolesAndAffiliations_data();
    void changesRolesAndAffiliations();
    void tellsWhyTheRoomRefuses_data();
    void tellsWhyTheRoomRefuses();
    void asksNothingThatMakesNoSense();
    void listsThoseOfAnAffiliation();
    void listsOnlySoMany();
    void takesBackMessagesOfOthers();
    void destroysARoom();
    void bringsAndTakesTheConfiguration();
    void invitesThroughTheRoom();
    void invitesDirectly();
    void changesTheNick();
    void changesTheSubject();
    void tellsWhyANickOrSubjectIsRefused_data();
    void tellsWhyANickOrSubjectIsRefused();
    void believesOnlyTheRoom_data();
    void believesOnlyTheRoom();
    void waitsForNoRoomForEver();
    void tellsWhenTheConnectionIsGone();
    void keepsOnlySoManyWaiting();
    void readsInvitations_data();
    void readsInvitations();
    void readsNoOtherInvitations_data();
    void readsNoOtherInvitations();
    void readsOnlySoMuchOfAnInvitation();
};

// ---- questions ----

void TestXmppAdministration::changesRolesAndAffiliations_data()
{
    using Ask = std::function<base::Async<base::Done>(RoomAdministration&)>;
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<QByteArray>("item");
    const auto row = [](const char* name, const Ask& ask, const QByteArray& item) { QTest::newRow(name) << ask << item; };
    const xmpp::Jid ben = jid(u"ben@chat.test/desk"_s);
    row(
        "kick", [](auto& r) { return r.kick(kOps, u"ben & co"_s, u"too <loud>"_s); },
        "<item nick='ben &amp; co' role='none'><reason>too &lt;loud&gt;</reason></item>");
    row(
        "take the voice", [](auto& r) { return r.setRole(kOps, u"ben"_s, Role::Visitor, {}); }, "<item nick='ben' role='visitor'/>");
    row(
        "make moderator", [](auto& r) { return r.setRole(kOps, u"ben"_s, Role::Moderator, {}); }, "<item nick='ben' role='moderator'/>");
    row(
        "ban", [ben](auto& r) { return r.setAffiliation(kOps, ben, Affiliation::Outcast, u"spam"_s); },
        "<item jid='ben@chat.test' affiliation='outcast'><reason>spam</reason></item>");
    row(
        "let in again", [ben](auto& r) { return r.setAffiliation(kOps, ben, Affiliation::None, {}); },
        "<item jid='ben@chat.test' affiliation='none'/>");
    row(
        "make member by nick", [](auto& r) { return r.setAffiliationOfNick(kOps, u"ben"_s, Affiliation::Member, {}); },
        "<item nick='ben' affiliation='member'/>");
    row(
        "make owner", [ben](auto& r) { return r.setAffiliation(kOps, ben, Affiliation::Owner, {}); },
        "<item jid='ben@chat.test' affiliation='owner'/>");
    row(
        "a long reason", [](auto& r) { return r.kick(kOps, u"ben"_s, QString(xmpp::kMaxReasonChars + 1, u'x')); },
        "<item nick='ben' role='none'><reason>" + QByteArray(xmpp::kMaxReasonChars, 'x') + "</reason></item>");
}

void TestXmppAdministration::changesRolesAndAffiliations()
{
    using Ask = std::function<base::Async<base::Done>(RoomAdministration&)>;
    QFETCH(Ask, ask);
    QFETCH(QByteArray, item);
    Order o;
    o.take(ask(o.rooms));
    const Element asked = o.expectRequest("set", "ops@muc.test", admin(item));
    QVERIFY(o.answers.empty());
    o.answer(asked);
    QVERIFY(o.succeeds());
}

void TestXmppAdministration::tellsWhyTheRoomRefuses_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("not ours to do") << QByteArray("forbidden") << ErrorKind::Denied;
    QTest::newRow("above us") << QByteArray("not-allowed") << ErrorKind::Denied;
    QTest::newRow("the last owner") << QByteArray("conflict") << ErrorKind::Denied;
    QTest::newRow("as if by a password") << QByteArray("not-authorized") << ErrorKind::Denied;
    QTest::newRow("nobody there") << QByteArray("item-not-found") << ErrorKind::NotFound;
    QTest::newRow("no such thing") << QByteArray("service-unavailable") << ErrorKind::Unsupported;
}

void TestXmppAdministration::tellsWhyTheRoomRefuses()
{
    QFETCH(QByteArray, condition);
    QFETCH(ErrorKind, kind);
    Order o;
    o.take(o.rooms.kick(kOps, u"ben"_s, {}));
    o.refuse(o.next(), condition);
    QVERIFY(o.fails(kind));
}

void TestXmppAdministration::asksNothingThatMakesNoSense()
{
    Order o;
    const xmpp::Jid service = jid(u"muc.test"_s), occupant = jid(u"ops@muc.test/ana"_s), ben = jid(u"ben@chat.test"_s);
    o.take(o.rooms.kick(service, u"ben"_s, {}));
    o.take(o.rooms.kick(occupant, u"ben"_s, {}));
    o.take(o.rooms.setAffiliation(kOps, {}, Affiliation::Outcast, {}));
    o.take(o.rooms.invite(kOps, {}, {}));
    o.take(o.rooms.invite(service, ben, {}));
    o.take(o.rooms.inviteDirectly(kOps, {}, {}, {}));
    o.take(o.rooms.setNick(kOps, {}));
    o.take(o.rooms.setSubject(service, u"x"_s));
    o.take(o.rooms.moderate(kOps, {}, {}));
    o.take(o.rooms.configure(kOps, ScriptedStream::read("<x xmlns='jabber:x:data' type='form'/>")));
    o.take(o.rooms.configure(kOps, {}));
    QVERIFY(o.isAnswered(11));
    for (const base::Status& answer : o.answers)
        QVERIFY(!answer && answer.error().kind == ErrorKind::Invalid);
    o.expectNothing();
}

void TestXmppAdministration::listsThoseOfAnAffiliation()
{
    Order o;
    std::optional<base::Expected<QList<Affiliated>>> got;
    const auto ask = [&] {
        got.reset();
        o.rooms.affiliations(kOps, Affiliation::Outcast).then(&o.context, [&got](const base::Expected<QList<Affiliated>>& list) { got = list; });
        return o.expectRequest("get", "ops@muc.test", admin("<item affiliation='outcast'/>"));
    };
    o.answer(ask(),
        admin("<item affiliation='outcast' jid='eve@evil.test'><reason>spam</reason></item><item affiliation='outcast' jid='@'/>"
              "<item affiliation='owner' jid='ana@chat.test/desk' nick='ana'/><item affiliation='emperor' jid='ben@chat.test'/>"));
    QTRY_VERIFY(got && *got);
    QCOMPARE(got->value(),
        QList<Affiliated>({{jid(u"eve@evil.test"_s), Affiliation::Outcast, {}, u"spam"_s},
            {jid(u"ana@chat.test"_s), Affiliation::Owner, u"ana"_s, {}}, {jid(u"ben@chat.test"_s), Affiliation::None, {}, {}}}));
    o.refuse(ask(), "forbidden");
    QTRY_VERIFY(got && got->error().kind == ErrorKind::Denied);
    o.answer(ask());
    QTRY_VERIFY(got && got->error().kind == ErrorKind::Protocol);
}

void TestXmppAdministration::listsOnlySoMany()
{
    for (const qsizetype over : {0, 1}) {
        Order o;
        std::optional<base::Expected<QList<Affiliated>>> got;
        o.rooms.affiliations(kOps, Affiliation::Member).then(&o.context, [&got](const base::Expected<QList<Affiliated>>& list) { got = list; });
        o.answer(o.next(), admin(QByteArray("<item affiliation='member' jid='a@b'/>").repeated(RoomAdministration::kMaxListed + over)));
        QTRY_VERIFY(got && *got);
        QCOMPARE(got->value().size(), RoomAdministration::kMaxListed);
    }
}

void TestXmppAdministration::takesBackMessagesOfOthers()
{
    Order o;
    o.take(o.rooms.moderate(kOps, u"s1"_s, u"spam"_s));
    o.answer(o.expectRequest("set", "ops@muc.test",
        "<moderate xmlns='urn:xmpp:message-moderate:1' id='s1'><retract xmlns='urn:xmpp:message-retract:1'/><reason>spam</reason></moderate>"));
    QVERIFY(o.succeeds());
    o.take(o.rooms.moderate(kOps, u"s1"_s, u"spam"_s, true));
    o.answer(o.expectRequest("set", "ops@muc.test",
        "<apply-to xmlns='urn:xmpp:fasten:0' id='s1'><moderate xmlns='urn:xmpp:message-moderate:0'><retract xmlns='urn:xmpp:message-retract:0'/>"
        "<reason>spam</reason></moderate></apply-to>"));
    QVERIFY(o.isAnswered(2));
}

void TestXmppAdministration::destroysARoom()
{
    Order o;
    o.take(o.rooms.destroy(kOps, u"over"_s, jid(u"dev@muc.test"_s)));
    o.answer(o.expectRequest("set", "ops@muc.test", owner("<destroy jid='dev@muc.test'><reason>over</reason></destroy>")));
    QVERIFY(o.succeeds());
    o.take(o.rooms.destroy(kOps, {}, {}));
    o.refuse(o.expectRequest("set", "ops@muc.test", owner("<destroy/>")), "forbidden");
    QVERIFY(o.isAnswered(2) && o.answers[1].error().kind == ErrorKind::Denied);
}

void TestXmppAdministration::bringsAndTakesTheConfiguration()
{
    Order o;
    std::optional<base::Expected<Element>> got;
    const auto ask = [&] {
        got.reset();
        o.rooms.configuration(kOps).then(&o.context, [&got](const base::Expected<Element>& form) { got = form; });
        return o.expectRequest("get", "ops@muc.test", owner({}));
    };
    const QByteArray form = "<x xmlns='jabber:x:data' type='form'><field var='muc#roomconfig_roomname'><value>Operations</value></field></x>";
    o.answer(ask(), owner(form));
    QTRY_VERIFY(got && *got);
    QCOMPARE(got->value(), ScriptedStream::read(form));
    o.answer(ask(), owner({}));
    QTRY_VERIFY(got && got->error().kind == ErrorKind::Protocol);
    o.refuse(ask(), "forbidden");
    QTRY_VERIFY(got && got->error().kind == ErrorKind::Denied);

    const QByteArray filled = "<x xmlns='jabber:x:data' type='submit'><field var='muc#roomconfig_roomname'><value>Ops</value></field></x>";
    o.take(o.rooms.configure(kOps, ScriptedStream::read(filled)));
    o.answer(o.expectRequest("set", "ops@muc.test", owner(filled)));
    QVERIFY(o.succeeds());
}

// ---- what nobody answers, and what the room says to all ----

void TestXmppAdministration::invitesThroughTheRoom()
{
    Order o;
    o.take(o.rooms.invite(kOps, jid(u"ben@chat.test"_s), u"come"_s));
    o.xmpp.server.expect("<message to='ops@muc.test'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='ben@chat.test'><reason>come</reason>"
                         "</invite></x></message>");
    QVERIFY(o.succeeds());
}

void TestXmppAdministration::invitesDirectly()
{
    Order o;
    o.take(o.rooms.inviteDirectly(kOps, jid(u"ben@chat.test"_s), u"come"_s, u"s3cret"_s));
    o.xmpp.server.expect("<message to='ben@chat.test'><x xmlns='jabber:x:conference' jid='ops@muc.test' reason='come' password='s3cret'/></message>");
    QVERIFY(o.succeeds());
    o.take(o.rooms.inviteDirectly(kOps, jid(u"ben@chat.test"_s), {}, {}));
    QCOMPARE(o.next().find(u"x", xmpp::ns::kDirectInvitation)->attributes().size(), 1);
}

void TestXmppAdministration::changesTheNick()
{
    Order o;
    o.take(o.rooms.setNick(kOps, u"ana2"_s));
    const Element sent = o.next();
    QCOMPARE(sent.attribute(u"to"), u"ops@muc.test/ana2"_s);
    QVERIFY(sent.is(u"presence", xmpp::ns::kClient) && sent.children().empty());
    o.xmpp.server.say(gone("ops@muc.test/ana", {"303", "110"}, {}, {}, "affiliation='none' role='participant' nick='ana2'"));
    QCoreApplication::processEvents();
    QVERIFY(o.answers.empty());
    o.xmpp.server.say(here("ops@muc.test/ana2", {"110"}));
    QVERIFY(o.succeeds());
    QVERIFY(!o.handled); // it is news for others, too
}

void TestXmppAdministration::changesTheSubject()
{
    Order o;
    o.take(o.rooms.setSubject(kOps, u"On <fire>"_s));
    const Element sent = o.next();
    const QByteArray id = sent.attribute(u"id").toUtf8();
    QCOMPARE(sent.toXml(),
        ScriptedStream::read("<message to='ops@muc.test' type='groupchat' id='" + id + "'><subject>On &lt;fire&gt;</subject></message>").toXml());
    o.xmpp.server.say(subject("ops@muc.test/ben", "Something else"));
    QCoreApplication::processEvents();
    QVERIFY(o.answers.empty());
    o.xmpp.server.say(subject("ops@muc.test/ana", "On &lt;fire&gt;"));
    QVERIFY(o.succeeds());
    QVERIFY(!o.handled);
    o.take(o.rooms.setSubject(kOps, {}));
    const QByteArray second = o.next().attribute(u"id").toUtf8(); // a room may cut or trim it: then the id tells
    o.xmpp.server.say("<message from='ops@muc.test/ana' type='groupchat' id='" + second + "'><subject> </subject></message>");
    QVERIFY(o.isAnswered(2) && o.answers[1]);
}

void TestXmppAdministration::tellsWhyANickOrSubjectIsRefused_data()
{
    QTest::addColumn<bool>("isNick");
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("the nick is taken") << true << QByteArray("conflict") << ErrorKind::Denied;
    QTest::newRow("nicks are locked") << true << QByteArray("not-acceptable") << ErrorKind::Denied;
    QTest::newRow("not ours to say") << false << QByteArray("forbidden") << ErrorKind::Denied;
    QTest::newRow("not in") << false << QByteArray("not-acceptable") << ErrorKind::Denied;
}

void TestXmppAdministration::tellsWhyANickOrSubjectIsRefused()
{
    QFETCH(bool, isNick);
    QFETCH(QByteArray, condition);
    QFETCH(ErrorKind, kind);
    Order o;
    o.take(isNick ? o.rooms.setNick(kOps, u"ben"_s) : o.rooms.setSubject(kOps, u"x"_s));
    const QByteArray id = o.next().attribute(u"id").toUtf8(), name = isNick ? "presence" : "message";
    o.xmpp.server.say("<" + name + " type='error' from='ops@muc.test" + (isNick ? "/ben" : "") + "' id='" + id + "'><error type='cancel'><"
        + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></" + name + ">");
    QVERIFY(o.handled);
    QVERIFY(o.fails(kind));
}

void TestXmppAdministration::believesOnlyTheRoom_data()
{
    QTest::addColumn<QByteArray>("stanza");
    const QByteArray error = "<error type='cancel'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    QTest::newRow("another room's error") << "<message type='error' from='dev@muc.test' id='ID'>" + error + "</message>";
    QTest::newRow("another id") << "<message type='error' from='ops@muc.test' id='guess'>" + error + "</message>";
    QTest::newRow("another kind") << "<presence type='error' from='ops@muc.test' id='ID'>" + error + "</presence>";
    QTest::newRow("another room's subject") << QByteArray("<message type='groupchat' from='dev@muc.test/a' id='ID'><subject>x</subject></message>");
    QTest::newRow("with a body") << QByteArray(
        "<message type='groupchat' from='ops@muc.test/a' id='no'><subject>x</subject><body>x</body></message>");
    QTest::newRow("a private message") << QByteArray("<message type='chat' from='ops@muc.test/a' id='ID'><subject>x</subject></message>");
    QTest::newRow("nobody's") << QByteArray("<message type='groupchat' id='ID'><subject>x</subject></message>");
}

void TestXmppAdministration::believesOnlyTheRoom()
{
    QFETCH(QByteArray, stanza);
    Order o;
    o.take(o.rooms.setSubject(kOps, u"x"_s));
    o.xmpp.server.say(stanza.replace("'ID'", "'" + o.next().attribute(u"id").toUtf8() + "'"));
    QCoreApplication::processEvents();
    QVERIFY(o.answers.empty());
    QVERIFY(!o.handled);
}

void TestXmppAdministration::waitsForNoRoomForEver()
{
    Order o;
    o.take(o.rooms.setNick(kOps, u"ana2"_s));
    o.xmpp.clock.advance(RoomAdministration::kPatience - 1ms);
    QVERIFY(o.answers.empty());
    o.xmpp.clock.advance(1ms);
    QVERIFY(o.fails(ErrorKind::Timeout));
}

void TestXmppAdministration::tellsWhenTheConnectionIsGone()
{
    Order o;
    o.take(o.rooms.setSubject(kOps, u"x"_s));
    o.rooms.reset();
    QVERIFY(o.fails(ErrorKind::Offline));
    o.xmpp.server.hangUp();
    o.take(o.rooms.setSubject(kOps, u"x"_s));
    o.take(o.rooms.kick(kOps, u"ben"_s, {}));
    o.take(o.rooms.invite(kOps, jid(u"ben@chat.test"_s), {}));
    QVERIFY(o.isAnswered(4));
    for (const base::Status& answer : o.answers)
        QVERIFY(!answer && answer.error().kind == ErrorKind::Offline);
}

void TestXmppAdministration::keepsOnlySoManyWaiting()
{
    Order o;
    for (qsizetype i = 0; i < RoomAdministration::kMaxWaiting; ++i)
        o.take(o.rooms.setSubject(kOps, QString::number(i)));
    QCoreApplication::processEvents();
    QVERIFY(o.answers.empty());
    o.take(o.rooms.setSubject(kOps, u"one more"_s));
    QVERIFY(o.fails(ErrorKind::RateLimited));
}

// ---- invitations ----

void TestXmppAdministration::readsInvitations_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<Invitation>("read");
    QTest::newRow("as Prosody sends them") << QByteArray(
        "<message to='bob@chat.test' from='ops@muc.test'><x xmlns='http://jabber.org/protocol/muc#user'><invite from='ops@muc.test/alice'>"
        "<reason>come</reason></invite></x><body>ops@muc.test/alice invited you</body><x xmlns='jabber:x:conference' jid='ops@muc.test'>come</x>"
        "</message>") << Invitation{kOps, jid(u"ops@muc.test/alice"_s), u"come"_s, {}, false};
    QTest::newRow("as ejabberd sends them") << QByteArray(
        "<message to='bob@chat.test' from='ops@muc.test'><x xmlns='http://jabber.org/protocol/muc#user'><invite from='alice@chat.test/raw'>"
        "<reason>come</reason></invite><password>s3cret</password></x><x reason='come' jid='ops@muc.test' xmlns='jabber:x:conference'/></message>")
                                            << Invitation{kOps, jid(u"alice@chat.test/raw"_s), u"come"_s, u"s3cret"_s, false};
    QTest::newRow("direct") << QByteArray(
        "<message from='ben@chat.test/desk'><x xmlns='jabber:x:conference' jid='ops@muc.test' password='p'/></message>")
                            << Invitation{kOps, jid(u"ben@chat.test/desk"_s), {}, u"p"_s, true};
    QTest::newRow("by nobody") << QByteArray(
        "<message from='ops@muc.test' type='normal'><x xmlns='http://jabber.org/protocol/muc#user'><invite/></x></message>")
                               << Invitation{kOps, {}, {}, {}, false};
}

void TestXmppAdministration::readsInvitations()
{
    QFETCH(QByteArray, message);
    QFETCH(Invitation, read);
    const auto invitation = xmpp::readInvitation(ScriptedStream::read(message));
    QVERIFY(invitation);
    QVERIFY(*invitation == read);
}

void TestXmppAdministration::readsNoOtherInvitations_data()
{
    QTest::addColumn<QByteArray>("message");
    const QByteArray invite = "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='eve@evil.test'/></x>",
                     direct = "<x xmlns='jabber:x:conference' jid='ops@muc.test'/>";
    QTest::newRow("none") << QByteArray("<message from='ops@muc.test'><body>come</body></message>");
    QTest::newRow("somebody in the room who speaks for it") << "<message from='ops@muc.test/eve' type='chat'>" + invite + direct + "</message>";
    QTest::newRow("a service") << "<message from='muc.test'>" + invite + "</message>";
    QTest::newRow("from nobody") << "<message>" + direct + "</message>";
    QTest::newRow("an error") << "<message from='ops@muc.test' type='error'>" + invite + "</message>";
    QTest::newRow("said to all") << "<message from='ops@muc.test' type='groupchat'>" + invite + "</message>";
    QTest::newRow("no message") << "<presence from='ops@muc.test'>" + invite + "</presence>";
    QTest::newRow("a decline") << QByteArray(
        "<message from='ops@muc.test'><x xmlns='http://jabber.org/protocol/muc#user'><decline from='a@b'/></x></message>");
    for (const QByteArray& room : {"", "muc.test", "ops@muc.test/ana", "@", "a b@muc.test"})
        QTest::addRow("into '%s'", room.constData()) << "<message from='ben@chat.test'><x xmlns='jabber:x:conference' jid='" + room + "'/></message>";
}

void TestXmppAdministration::readsNoOtherInvitations()
{
    QFETCH(QByteArray, message);
    QVERIFY(!xmpp::readInvitation(ScriptedStream::read(message)));
}

void TestXmppAdministration::readsOnlySoMuchOfAnInvitation()
{
    for (const qsizetype over : {0, 1}) {
        const QByteArray reason(xmpp::kMaxReasonChars + over, 'r'), password(Invitation::kMaxPasswordChars + over, 'p');
        const auto read
            = xmpp::readInvitation(ScriptedStream::read("<message from='ben@chat.test'><x xmlns='jabber:x:conference' jid='ops@muc.test' reason='"
                + reason + "' password='" + password + "'/></message>"));
        QVERIFY(read);
        QCOMPARE(read->reason.size(), xmpp::kMaxReasonChars);
        QCOMPARE(read->password.size(), over ? 0 : Invitation::kMaxPasswordChars); // half a password is none
    }
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppAdministration)
#include "tst_xmppadministration.moc"
