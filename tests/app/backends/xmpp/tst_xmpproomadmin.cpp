// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outletdialogue.h"
#include "roomstanzas.h"

#include "chat/commanddialog.h"
#include "xmpp/roomrights.h"
#include "xmpp/xmpproomadmin.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::MemberRank;
using xmpp::Affiliation;
using xmpp::Element;
using xmpp::RankSteps;
using xmpp::Role;
using xmpp::RoomMember;

namespace {

const xmpp::Jid kOps = jid(u"ops@muc.test"_s);
const base::ConversationId kHere{base::AccountId(u"a"_s), u"ops@muc.test"_s};

QByteArray as(const QByteArray& affiliation, const QByteArray& role) { return "affiliation='" + affiliation + "' role='" + role + "'"; }

constexpr auto kForm = "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='form'><title>Room</title>"
                       "<field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
                       "<field var='muc#roomconfig_roomname' type='text-single'><value>ops</value></field></x></query>";
const QByteArray kAskForm = "<query xmlns='http://jabber.org/protocol/muc#owner'/>";

/// A dialogue, and what it said.
struct Talk
{
    explicit Talk(std::unique_ptr<chat::CommandDialog> begun) : dialog(std::move(begun))
    {
        QObject::connect(dialog.get(), &chat::CommandDialog::stage, dialog.get(), [this](const chat::CommandStage& next) { stages += next; });
        QObject::connect(dialog.get(), &chat::CommandDialog::failed, dialog.get(), [this](const base::Error& why) { told += toString(why.kind); });
        QObject::connect(dialog.get(), &chat::CommandDialog::ended, dialog.get(), [this] { told += u"ended"_s; });
    }
    std::unique_ptr<chat::CommandDialog> dialog;
    QList<chat::CommandStage> stages;
    QStringList told;
};

/// Ana is in #ops, with these and Ben.
struct Place : OutletDialogue
{
    explicit Place(const QByteArray& anas = as("owner", "moderator"), const QByteArray& bens = as("none", "participant"))
    {
        QObject::connect(xmpp.session.get(), &xmpp::Session::received, &administration, [this](const Element& stanza) {
            if (!administration.handle(stanza))
                (void)rooms.handle(stanza);
        });
        [&] { QVERIFY(rooms.enter(kOps, u"ana"_s)); }();
        xmpp.server.say(here("ops@muc.test/ben", {}, bens));
        xmpp.server.say(here("ops@muc.test/ana", {"110"}, anas));
    }
    MemberRank rankOf(const base::UserId& user) const { return facet.ranks(kHere).value(user, MemberRank::Ordinary); }
    void take(const base::Async<base::Done>& async)
    {
        result.reset();
        async.then(&administration, [this](const base::Status& status) { result = status; });
    }
    bool isDone()
    {
        return QTest::qWaitFor([this] { return result.has_value(); }) && *result;
    }
    bool fails(ErrorKind kind)
    {
        return QTest::qWaitFor([this] { return result.has_value(); }) && !*result && result->error().kind == kind;
    }
    static QByteArray change(const QByteArray& item) { return "<query xmlns='http://jabber.org/protocol/muc#admin'>" + item + "</query>"; }

    xmpp::RoomFeatures features;
    xmpp::RoomAdministration administration{outlet, xmpp.clock, xmpp.random};
    xmpp::Rooms rooms{xmpp.settings.account};
    xmpp::XmppRoomAdmin facet{administration, rooms, xmpp.settings.account,
        {[](const base::ConversationId& id) { return xmpp::Jid::parse(id.key()).valueOr({}); }, [this](const xmpp::Jid&) { return features; },
            [](const xmpp::Jid&) { return u"s3cret"_s; }}};
    const base::UserId ana{u"ana@chat.test"_s}, ben{u"ops@muc.test/ben"_s};
    std::optional<base::Status> result;
};

} // namespace

/// What we may do in a room, and how it is done.
class TestXmppRoomAdmin : public QObject
{
    Q_OBJECT
private slots:
    void knowsRanks_data();
    void knowsRanks();
    void knowsWhatMayBeDoneWithWhom_data();
    void knowsWhatMayBeDoneWithWhom();
    void knowsWhatMayBeDoneInARoom_data();
    void knowsWhatMayBeDoneInARoom();
    void mayNothingWhereItIsNot();
    void stepsFromRankToRank_data();
    void stepsFromRankToRank();
    void everyRankIsReached();
    void kicksAndBans();
    void bansByNickWhereAddressesAreHidden();
    void listsWhoIsBanned();
    void givesRanksInTwoSteps();
    void stopsBehindAStepThatIsRefused();
    void invitesAsTheRoomNeedsIt();
    void findsMembersByTheirLastingIds();
    void ownersConfigureByTheRoomsForm();
    void aFormThatIsRefusedStands();
    void tellsWhyThereIsNoForm();
};

void TestXmppRoomAdmin::knowsRanks_data()
{
    QTest::addColumn<Affiliation>("affiliation");
    QTest::addColumn<Role>("role");
    QTest::addColumn<MemberRank>("rank");
    QTest::newRow("visitor") << Affiliation::None << Role::Visitor << MemberRank::Visitor;
    QTest::newRow("a member without a voice") << Affiliation::Member << Role::Visitor << MemberRank::Visitor;
    QTest::newRow("participant") << Affiliation::None << Role::Participant << MemberRank::Ordinary;
    QTest::newRow("member") << Affiliation::Member << Role::Participant << MemberRank::Member;
    QTest::newRow("moderator") << Affiliation::Member << Role::Moderator << MemberRank::Moderator;
    QTest::newRow("admin") << Affiliation::Admin << Role::Moderator << MemberRank::Admin;
    QTest::newRow("owner, whatever the role") << Affiliation::Owner << Role::Participant << MemberRank::Owner;
}

void TestXmppRoomAdmin::knowsRanks()
{
    QFETCH(Affiliation, affiliation);
    QFETCH(Role, role);
    QFETCH(MemberRank, rank);
    QVERIFY(xmpp::rankOf({.affiliation = affiliation, .role = role}) == rank);
}

void TestXmppRoomAdmin::knowsWhatMayBeDoneWithWhom_data()
{
    QTest::addColumn<QByteArray>("ana");
    QTest::addColumn<QByteArray>("ben");
    QTest::addColumn<bool>("kick");
    QTest::addColumn<bool>("ban");
    QTest::addColumn<QByteArray>("ranks");
    const QByteArray participant = as("none", "participant"), moderator = as("none", "moderator"), admin = as("admin", "moderator"),
                     owner = as("owner", "moderator");
    const auto row = [](const char* name, const QByteArray& ana, const QByteArray& ben, bool kick, bool ban, const QByteArray& ranks) {
        QTest::newRow(name) << ana << ben << kick << ban << ranks;
    };
    row("a participant", participant, participant, false, false, "");
    row("a moderator and a participant", moderator, participant, true, false, "visitor");
    row("a moderator and a visitor", moderator, as("none", "visitor"), true, false, "ordinary");
    row("a moderator and another", moderator, moderator, true, false, "");
    row("a moderator and an admin", moderator, admin, false, false, "");
    row("an admin and a participant", admin, participant, true, true, "visitor member moderator");
    row("an admin and a member", admin, as("member", "participant"), true, true, "visitor ordinary moderator");
    row("an admin and a moderator", admin, moderator, true, true, "visitor ordinary member");
    row("an admin and another", admin, admin, false, false, "");
    row("an admin and an owner", admin, owner, false, false, "");
    row("an owner and a participant", owner, participant, true, true, "visitor member moderator admin owner");
    row("an owner and an admin", owner, admin, true, true, "visitor ordinary member moderator owner");
    row("an owner and another", owner, owner, true, true, "visitor ordinary member moderator admin");
}

void TestXmppRoomAdmin::knowsWhatMayBeDoneWithWhom()
{
    QFETCH(QByteArray, ana);
    QFETCH(QByteArray, ben);
    QFETCH(bool, kick);
    QFETCH(bool, ban);
    QFETCH(QByteArray, ranks);
    Place p(ana, ben);
    const chat::MemberPowers powers = p.facet.powersOver(kHere, p.ben);
    QCOMPARE(powers.kick, kick);
    QCOMPARE(powers.ban, ban);
    QStringList words;
    for (const MemberRank rank : powers.ranks)
        words += toString(rank);
    QCOMPARE(words.join(u' ').toUtf8(), ranks);
    QVERIFY(p.facet.powersOver(kHere, p.ana) == chat::MemberPowers()); // never over ourselves
    QVERIFY(p.facet.powersOver(kHere, base::UserId(u"ops@muc.test/nobody"_s)) == chat::MemberPowers());
}

void TestXmppRoomAdmin::knowsWhatMayBeDoneInARoom_data()
{
    QTest::addColumn<QByteArray>("ana");
    QTest::addColumn<bool>("membersOnly");
    QTest::addColumn<bool>("moderatorsSetSubject");
    QTest::addColumn<chat::RoomPowers>("powers");
    QTest::newRow("visitor") << as("none", "visitor") << false << false << chat::RoomPowers{false, true, false, false};
    QTest::newRow("participant") << as("none", "participant") << false << false << chat::RoomPowers{true, true, true, false};
    QTest::newRow("participant where moderators set it") << as("none", "participant") << false << true << chat::RoomPowers{false, true, true, false};
    QTest::newRow("member of a closed room") << as("member", "participant") << true << false << chat::RoomPowers{true, true, false, false};
    QTest::newRow("moderator") << as("none", "moderator") << false << true << chat::RoomPowers{true, true, true, false};
    QTest::newRow("owner") << as("owner", "moderator") << false << false << chat::RoomPowers{true, true, true, true, true};
    QTest::newRow("admin of a closed room") << as("admin", "moderator") << true << true << chat::RoomPowers{true, true, true, true};
}

void TestXmppRoomAdmin::knowsWhatMayBeDoneInARoom()
{
    QFETCH(QByteArray, ana);
    QFETCH(bool, membersOnly);
    QFETCH(bool, moderatorsSetSubject);
    QFETCH(chat::RoomPowers, powers);
    Place p(ana);
    p.features.membersOnly = membersOnly;
    p.features.onlyModeratorsSetSubject = moderatorsSetSubject;
    QVERIFY(p.facet.powers(kHere) == powers);
}

void TestXmppRoomAdmin::mayNothingWhereItIsNot()
{
    Place p;
    const base::ConversationId elsewhere(kHere.account(), u"dev@muc.test"_s), direct(kHere.account(), QString());
    for (const auto& id : {elsewhere, direct}) {
        QVERIFY(p.facet.powers(id) == chat::RoomPowers());
        QVERIFY(p.facet.powersOver(id, p.ben) == chat::MemberPowers());
        p.take(p.facet.setTopic(id, u"x"_s));
        QVERIFY(p.fails(ErrorKind::NotFound));
    }
    p.take(p.facet.kick(kHere, base::UserId(u"nobody"_s), {}));
    QVERIFY(p.fails(ErrorKind::NotFound));
    p.expectNothing();
}

void TestXmppRoomAdmin::stepsFromRankToRank_data()
{
    QTest::addColumn<Affiliation>("affiliation");
    QTest::addColumn<Role>("role");
    QTest::addColumn<MemberRank>("to");
    QTest::addColumn<RankSteps>("steps");
    QTest::newRow("take the voice of a member") << Affiliation::Member << Role::Participant << MemberRank::Visitor << RankSteps{{}, Role::Visitor};
    QTest::newRow("give it back") << Affiliation::None << Role::Visitor << MemberRank::Ordinary << RankSteps{{}, Role::Participant};
    QTest::newRow("make member") << Affiliation::None << Role::Participant << MemberRank::Member << RankSteps{Affiliation::Member, {}};
    QTest::newRow("make moderator") << Affiliation::Member << Role::Participant << MemberRank::Moderator << RankSteps{{}, Role::Moderator};
    QTest::newRow("moderator no more") << Affiliation::None << Role::Moderator << MemberRank::Ordinary << RankSteps{{}, Role::Participant};
    QTest::newRow("make admin") << Affiliation::None << Role::Participant << MemberRank::Admin << RankSteps{Affiliation::Admin, {}};
    QTest::newRow("owner to admin") << Affiliation::Owner << Role::Moderator << MemberRank::Admin << RankSteps{Affiliation::Admin, {}};
    QTest::newRow("admin to moderator") << Affiliation::Admin << Role::Moderator << MemberRank::Moderator
                                        << RankSteps{Affiliation::None, Role::Moderator};
    QTest::newRow("admin to member") << Affiliation::Admin << Role::Moderator << MemberRank::Member
                                     << RankSteps{Affiliation::Member, Role::Participant};
    QTest::newRow("nothing to do") << Affiliation::Owner << Role::Moderator << MemberRank::Owner << RankSteps{};
}

void TestXmppRoomAdmin::stepsFromRankToRank()
{
    QFETCH(Affiliation, affiliation);
    QFETCH(Role, role);
    QFETCH(MemberRank, to);
    QFETCH(RankSteps, steps);
    QVERIFY(xmpp::stepsTo(to, {.affiliation = affiliation, .role = role}) == steps);
}

/// Whoever has any role and affiliation has the rank after the steps to it.
void TestXmppRoomAdmin::everyRankIsReached()
{
    for (const Affiliation affiliation : {Affiliation::None, Affiliation::Member, Affiliation::Admin, Affiliation::Owner})
        for (const Role role : {Role::Visitor, Role::Participant, Role::Moderator})
            for (const MemberRank rank :
                {MemberRank::Visitor, MemberRank::Ordinary, MemberRank::Member, MemberRank::Moderator, MemberRank::Admin, MemberRank::Owner}) {
                RoomMember member{.affiliation = affiliation, .role = role};
                const RankSteps steps = xmpp::stepsTo(rank, member);
                member.affiliation = steps.affiliation.value_or(member.affiliation);
                member.role = steps.role.value_or(member.role);
                QVERIFY(xmpp::rankOf(member) == rank);
            }
}

void TestXmppRoomAdmin::kicksAndBans()
{
    Place p(as("owner", "moderator"), as("none", "participant") + " jid='ben@chat.test/desk'");
    p.take(p.facet.kick(kHere, p.ben, u"too loud"_s));
    p.answer(p.expectRequest("set", "ops@muc.test", Place::change("<item nick='ben' role='none'><reason>too loud</reason></item>")));
    QVERIFY(p.isDone());
    p.take(p.facet.ban(kHere, p.ben, {}));
    p.answer(p.expectRequest("set", "ops@muc.test", Place::change("<item jid='ben@chat.test' affiliation='outcast'/>")));
    QVERIFY(p.isDone());
    p.take(p.facet.unban(kHere, u"ben@chat.test"_s));
    p.answer(p.expectRequest("set", "ops@muc.test", Place::change("<item jid='ben@chat.test' affiliation='none'/>")));
    QVERIFY(p.isDone());
    p.take(p.facet.unban(kHere, u"@"_s));
    QVERIFY(p.fails(ErrorKind::Invalid));
}

void TestXmppRoomAdmin::bansByNickWhereAddressesAreHidden()
{
    Place p;
    p.take(p.facet.ban(kHere, p.ben, u"spam"_s));
    p.refuse(
        p.expectRequest("set", "ops@muc.test", Place::change("<item nick='ben' affiliation='outcast'><reason>spam</reason></item>")), "forbidden");
    QVERIFY(p.fails(ErrorKind::Denied));
}

void TestXmppRoomAdmin::listsWhoIsBanned()
{
    Place p;
    std::optional<base::Expected<QList<chat::Ban>>> got;
    p.facet.bans(kHere).then(&p.administration, [&got](const base::Expected<QList<chat::Ban>>& bans) { got = bans; });
    p.answer(p.next(), Place::change("<item affiliation='outcast' jid='eve@evil.test'><reason>spam</reason></item>"));
    QTRY_VERIFY(got && *got);
    QCOMPARE(got->value(), QList<chat::Ban>({{u"eve@evil.test"_s, {}, u"spam"_s}}));
}

void TestXmppRoomAdmin::givesRanksInTwoSteps()
{
    Place p(as("owner", "moderator"), as("admin", "moderator") + " jid='ben@chat.test/desk'");
    p.take(p.facet.setRank(kHere, p.ben, MemberRank::Moderator, u"r"_s));
    p.answer(p.expectRequest("set", "ops@muc.test", Place::change("<item jid='ben@chat.test' affiliation='none'><reason>r</reason></item>")));
    p.answer(p.expectRequest("set", "ops@muc.test", Place::change("<item nick='ben' role='moderator'><reason>r</reason></item>")));
    QVERIFY(p.isDone());
    p.take(p.facet.setRank(kHere, p.ben, MemberRank::Admin, {}));
    QVERIFY(p.isDone()); // as it is
    p.expectNothing();
}

void TestXmppRoomAdmin::stopsBehindAStepThatIsRefused()
{
    Place p(as("owner", "moderator"), as("owner", "moderator") + " jid='ben@chat.test/desk'");
    p.take(p.facet.setRank(kHere, p.ben, MemberRank::Ordinary, {}));
    p.refuse(p.next(), "conflict");
    QVERIFY(p.fails(ErrorKind::Denied));
    p.expectNothing();
}

void TestXmppRoomAdmin::invitesAsTheRoomNeedsIt()
{
    Place p;
    p.take(p.facet.invite(kHere, u" carol "_s, u"come"_s));
    p.xmpp.server.expect(
        "<message to='carol@chat.test'><x xmlns='jabber:x:conference' jid='ops@muc.test' reason='come' password='s3cret'/></message>");
    QVERIFY(p.isDone());
    p.features.membersOnly = true;
    p.take(p.facet.invite(kHere, u"carol@other.test/desk"_s, {}));
    QCOMPARE(p.next().attribute(u"to"), u"ops@muc.test"_s);
    QVERIFY(p.isDone());
    for (const QString& nobody : {QString(), u"@"_s, u"@chat.test"_s, u"a b"_s}) {
        p.take(p.facet.invite(kHere, nobody, {}));
        QVERIFY2(p.fails(ErrorKind::Invalid), qPrintable(nobody));
    }
}

void TestXmppRoomAdmin::findsMembersByTheirLastingIds()
{
    Place p;
    p.rooms.setAnnouncesOccupantIds(kOps, true);
    p.xmpp.server.say(here("ops@muc.test/carol", {}, as("member", "participant"), "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='o1'/>"));
    for (const chat::Member& member : p.rooms.members(kOps))
        if (member.name == "carol"_L1)
            QVERIFY(p.rankOf(member.user) == MemberRank::Member);
    QVERIFY(p.rankOf(p.ana) == MemberRank::Owner);
}

void TestXmppRoomAdmin::ownersConfigureByTheRoomsForm()
{
    Place p;
    Talk talk(p.facet.configure(kHere));
    p.answer(p.expectRequest("get", "ops@muc.test", kAskForm), kForm);
    QTRY_COMPARE(talk.stages.size(), 1);
    QCOMPARE(talk.stages[0].form.title, u"Room"_s);
    QVERIFY(talk.stages[0].actions == chat::CommandAction::Complete);
    talk.dialog->go(chat::CommandAction::Complete, {{u"muc#roomconfig_roomname"_s, {u"Operations"_s}}});
    talk.dialog->go(chat::CommandAction::Complete, {}); // once is enough
    const Element set = p.next();
    const Element* form = set.find(u"query", xmpp::ns::kMucOwner)->find(u"x", xmpp::ns::kDataForm);
    QCOMPARE(form->attribute(u"type"), u"submit"_s);
    QVERIFY(form->toXml().contains("<field var='muc#roomconfig_roomname'><value>Operations</value></field>"));
    QVERIFY(form->toXml().contains("http://jabber.org/protocol/muc#roomconfig"));
    p.answer(set);
    QTRY_COMPARE(talk.told, QStringList{u"ended"_s});
    QVERIFY(talk.stages.last().isOver);
    p.expectNothing();
}

void TestXmppRoomAdmin::aFormThatIsRefusedStands()
{
    Place p;
    Talk talk(p.facet.configure(kHere));
    p.answer(p.expectRequest("get", "ops@muc.test", kAskForm), kForm);
    QTRY_COMPARE(talk.stages.size(), 1);
    talk.dialog->go(chat::CommandAction::Complete, {});
    p.refuse(p.next(), "not-acceptable");
    QTRY_COMPARE(talk.told.size(), 1);
    talk.dialog->go(chat::CommandAction::Complete, {});
    p.answer(p.next());
    QTRY_COMPARE(talk.told.last(), u"ended"_s);
    // Whoever gives up changes nothing, and tells the room nothing.
    Talk other(p.facet.configure(kHere));
    p.answer(p.expectRequest("get", "ops@muc.test", kAskForm), kForm);
    QTRY_COMPARE(other.stages.size(), 1);
    other.dialog->cancel();
    other.dialog->cancel();
    QCOMPARE(other.told, QStringList{u"ended"_s});
    p.expectNothing();
}

void TestXmppRoomAdmin::tellsWhyThereIsNoForm()
{
    Place p;
    Talk denied(p.facet.configure(kHere));
    p.refuse(p.expectRequest("get", "ops@muc.test", kAskForm), "forbidden");
    QTRY_COMPARE(denied.told, QStringList({u"Denied"_s, u"ended"_s}));
    Talk empty(p.facet.configure(kHere));
    p.answer(p.expectRequest("get", "ops@muc.test", kAskForm), kAskForm);
    QTRY_COMPARE(empty.told, QStringList({u"Protocol"_s, u"ended"_s}));
    QVERIFY(!p.facet.configure({kHere.account(), u"elsewhere@muc.test"_s}));
    // It may be closed before the answer is there.
    auto closed = p.facet.configure(kHere);
    const Element asked = p.next();
    closed.reset();
    p.answer(asked, kForm);
    p.expectNothing();
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppRoomAdmin)
#include "tst_xmpproomadmin.moc"
