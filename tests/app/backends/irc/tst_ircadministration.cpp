// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ircdialogue.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::MemberRank;

namespace {

/// Ana is in #ops with Bob, on a server with all the usual prefixes; what she asks is answered by the test.
struct Channel : IrcDialogue
{
    explicit Channel(const QByteArray& modes = {}, const QByteArray& prefixes = "(qaohv)~&@%+")
    {
        enter({});
        server.say(":irc.test 005 ana PREFIX=" + prefixes + " :are supported");
        server.say(":irc.test MODE #ops -o bob");
        if (!modes.isEmpty())
            server.say(":irc.test MODE #ops " + modes);
        server.skip();
    }
    chat::RoomAdminFacet& facet() { return *backend->facets().administration; }
    MemberRank rankOf(const base::UserId& user) { return facet().ranks(room()).value(user, MemberRank::Ordinary); }
    void take(const base::Async<base::Done>& async)
    {
        result.reset();
        async.then(&context, [this](const base::Status& status) { result = status; });
    }
    /// The line that goes out, and then all that the server says in answer.
    void answer(const QByteArray& line, const QByteArrayList& says = {})
    {
        server.expect(line);
        const QByteArray token = server.expectPrefix("PING ");
        for (const QByteArray& said : says)
            server.say(said);
        server.say(":irc.test PONG irc.test :" + (token.startsWith(':') ? token.mid(1) : token));
    }
    bool isDone()
    {
        return QTest::qWaitFor([this] { return result.has_value(); }) && *result;
    }
    bool fails(ErrorKind kind)
    {
        return QTest::qWaitFor([this] { return result.has_value(); }) && !*result && result->error().kind == kind;
    }
    QByteArray powersOverBob()
    {
        const chat::MemberPowers powers = facet().powersOver(room(), bob);
        QStringList words;
        for (const MemberRank rank : powers.ranks)
            words += toString(rank);
        return (powers.kick ? "kick " : "") + words.join(u' ').toUtf8();
    }

    const base::UserId bob{u"bob"_s};
    QObject context;
    std::optional<base::Status> result;
};

} // namespace

class TestIrcAdministration : public QObject
{
    Q_OBJECT
private slots:
    void knowsRanks_data();
    void knowsRanks();
    void knowsWhatMayBeDone_data();
    void knowsWhatMayBeDone();
    void offersOnlyRanksThatTheServerHas();
    void mayNothingWhereItIsNot();
    void kicks();
    void bansTheHostAndKicks();
    void bansTheNickWhereNoHostIsTold();
    void listsBansAndTakesThemBack();
    void givesAndTakesRanks_data();
    void givesAndTakesRanks();
    void invites();
    void changesNickAndTopic();
    void knowsItsOwnChangeByTheLabel();
    void tellsWhyItIsRefused_data();
    void tellsWhyItIsRefused();
    void takesNoRefusalOfOthers();
    void sendsNothingThatWouldBeTwoLines();
    void tellsWhenTheConnectionIsGone();
};

void TestIrcAdministration::knowsRanks_data()
{
    QTest::addColumn<QByteArray>("modes");
    QTest::addColumn<MemberRank>("rank");
    QTest::newRow("nothing") << QByteArray() << MemberRank::Ordinary;
    QTest::newRow("voice") << QByteArray("+v bob") << MemberRank::Member;
    QTest::newRow("half") << QByteArray("+h bob") << MemberRank::Moderator;
    QTest::newRow("operator with a voice") << QByteArray("+vo bob bob") << MemberRank::Moderator;
    QTest::newRow("protected") << QByteArray("+oa bob bob") << MemberRank::Admin;
    QTest::newRow("founder") << QByteArray("+q bob") << MemberRank::Owner;
}

void TestIrcAdministration::knowsRanks()
{
    QFETCH(QByteArray, modes);
    QFETCH(MemberRank, rank);
    Channel c(modes);
    QTRY_VERIFY(c.rankOf(c.bob) == rank);
}

void TestIrcAdministration::knowsWhatMayBeDone_data()
{
    QTest::addColumn<QByteArray>("modes");
    QTest::addColumn<bool>("ban");
    QTest::addColumn<QByteArray>("powers");
    QTest::newRow("nobody special") << QByteArray() << false << QByteArray();
    QTest::newRow("voice") << QByteArray("+v ana") << false << QByteArray();
    QTest::newRow("half-operator") << QByteArray("+h ana") << true << QByteArray("kick member");
    QTest::newRow("half-operator and another") << QByteArray("+hh ana bob") << true << QByteArray();
    QTest::newRow("operator") << QByteArray("+o ana") << true << QByteArray("kick member moderator");
    QTest::newRow("operator and another") << QByteArray("+oo ana bob") << true << QByteArray("kick ordinary member");
    QTest::newRow("operator and somebody above") << QByteArray("+oq ana bob") << true << QByteArray();
    QTest::newRow("founder") << QByteArray("+q ana") << true << QByteArray("kick member moderator admin owner");
}

void TestIrcAdministration::knowsWhatMayBeDone()
{
    QFETCH(QByteArray, modes);
    QFETCH(bool, ban);
    QFETCH(QByteArray, powers);
    Channel c(modes);
    QTRY_COMPARE(c.facet().powers(c.room()).ban, ban);
    QCOMPARE(c.powersOverBob().trimmed(), powers);
    QVERIFY(c.facet().powersOver(c.room(), base::UserId(u"ana"_s)) == chat::MemberPowers());
    QVERIFY(c.facet().powersOver(c.room(), base::UserId(u"nobody"_s)) == chat::MemberPowers());
}

void TestIrcAdministration::offersOnlyRanksThatTheServerHas()
{
    Channel c("+o ana", "(ov)@+");
    QTRY_COMPARE(c.powersOverBob(), QByteArray("kick member moderator"));
    c.take(c.facet().setRank(c.room(), c.bob, MemberRank::Owner, {}));
    QVERIFY(c.fails(ErrorKind::Unsupported));
    c.take(c.facet().setRank(c.room(), c.bob, MemberRank::Visitor, {}));
    QVERIFY(c.fails(ErrorKind::Unsupported));
}

void TestIrcAdministration::mayNothingWhereItIsNot()
{
    Channel c("+o ana");
    for (const auto& id : {c.room("#dev"), c.room("bob"), base::ConversationId(base::AccountId(u"other"_s), u"#ops"_s)}) {
        QVERIFY(c.facet().powers(id) == chat::RoomPowers());
        QVERIFY(c.facet().powersOver(id, c.bob) == chat::MemberPowers());
        c.take(c.facet().kick(id, c.bob, {}));
        QVERIFY(c.fails(ErrorKind::NotFound));
        c.take(c.facet().setTopic(id, {}));
        QVERIFY(c.fails(ErrorKind::NotFound));
    }
    c.take(c.facet().ban(c.room(), base::UserId(u"nobody"_s), {}));
    QVERIFY(c.fails(ErrorKind::NotFound));
}

void TestIrcAdministration::kicks()
{
    Channel c("+o ana");
    c.take(c.facet().kick(c.room(), c.bob, u"too loud"_s));
    c.answer("KICK #ops bob :too loud", {":ana!a@h KICK #ops bob :too loud"});
    QVERIFY(c.isDone());
    c.clock.advance(std::chrono::seconds(1)); // members are told a moment later
    QTRY_COMPARE(c.members[c.room()].size(), 1);
}

void TestIrcAdministration::bansTheHostAndKicks()
{
    Channel c("+o ana");
    c.take(c.facet().ban(c.room(), c.bob, u"spam"_s));
    c.answer("USERHOST bob", {":irc.test 302 ana :carol=+c@other.test bob*=-b@bad.test"});
    c.answer("MODE #ops +b *!*@bad.test", {":ana!a@h MODE #ops +b *!*@bad.test"});
    c.answer("KICK #ops bob spam", {":ana!a@h KICK #ops bob :spam"});
    QVERIFY(c.isDone());
}

void TestIrcAdministration::bansTheNickWhereNoHostIsTold()
{
    Channel c("+o ana");
    c.take(c.facet().ban(c.room(), c.bob, {}));
    c.answer("USERHOST bob", {":irc.test 302 ana :"});
    c.answer("MODE #ops +b bob!*@*", {":irc.test 478 ana #ops b :Channel ban list is full"});
    QVERIFY(c.fails(ErrorKind::Denied)); // and nobody is kicked
    c.server.expectNothing();
}

void TestIrcAdministration::listsBansAndTakesThemBack()
{
    Channel c("+o ana");
    std::optional<base::Expected<QList<chat::Ban>>> got;
    c.facet().bans(c.room()).then(&c.context, [&got](const base::Expected<QList<chat::Ban>>& bans) { got = bans; });
    c.answer("MODE #ops +b",
        {":irc.test 367 ana #ops *!*@bad.test ana!a@h 1700000000", ":irc.test 367 ana #dev x!*@* ana", ":irc.test 367 ana #ops y!*@*",
            ":irc.test 368 ana #ops :End"});
    QTRY_VERIFY(got && *got);
    QCOMPARE(got->value(), QList<chat::Ban>({{u"*!*@bad.test"_s, u"ana"_s, {}}, {u"y!*@*"_s, {}, {}}}));
    c.take(c.facet().unban(c.room(), u"*!*@bad.test"_s));
    c.answer("MODE #ops -b *!*@bad.test", {":ana!a@h MODE #ops -b *!*@bad.test"});
    QVERIFY(c.isDone());
}

void TestIrcAdministration::givesAndTakesRanks_data()
{
    QTest::addColumn<QByteArray>("has");
    QTest::addColumn<MemberRank>("rank");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("voice") << QByteArray() << MemberRank::Member << QByteArray("MODE #ops +v bob");
    QTest::newRow("operator") << QByteArray("+v bob") << MemberRank::Moderator << QByteArray("MODE #ops +o bob");
    QTest::newRow("only a voice") << QByteArray("+vo bob bob") << MemberRank::Member << QByteArray("MODE #ops -o bob");
    QTest::newRow("a voice instead") << QByteArray("+o bob") << MemberRank::Member << QByteArray("MODE #ops +v-o bob bob");
    QTest::newRow("nothing of all") << QByteArray("+vho bob bob bob") << MemberRank::Ordinary << QByteArray("MODE #ops -ohv bob bob bob");
    QTest::newRow("founder") << QByteArray("+o bob") << MemberRank::Owner << QByteArray("MODE #ops +q bob");
    QTest::newRow("as it is") << QByteArray("+o bob") << MemberRank::Moderator << QByteArray();
}

void TestIrcAdministration::givesAndTakesRanks()
{
    QFETCH(QByteArray, has);
    QFETCH(MemberRank, rank);
    QFETCH(QByteArray, line);
    Channel c("+q ana");
    if (!has.isEmpty())
        c.server.say(":irc.test MODE #ops " + has);
    c.take(c.facet().setRank(c.room(), c.bob, rank, {}));
    if (!line.isEmpty())
        c.answer(line, {":ana!a@h " + line});
    QVERIFY(c.isDone());
    QVERIFY(c.rankOf(c.bob) == rank);
}

void TestIrcAdministration::invites()
{
    Channel c;
    c.take(c.facet().invite(c.room(), u" carol "_s, {}));
    c.answer("INVITE carol #ops", {":irc.test 341 ana carol #ops"});
    QVERIFY(c.isDone());
}

void TestIrcAdministration::changesNickAndTopic()
{
    Channel c;
    c.take(c.facet().setTopic(c.room(), u"On\nfire"_s));
    c.answer("TOPIC #ops :On fire", {":ana!a@h TOPIC #ops :On fire"});
    QVERIFY(c.isDone());
    c.take(c.facet().setNick(c.room(), u"ana2"_s));
    c.answer("NICK ana2", {":ana!a@h NICK ana2"});
    QVERIFY(c.isDone());
    QTRY_COMPARE(c.backend->self().name, u"ana2"_s);
}

/// As InspIRCd 3 says it, and the old nick is not taken back though it is free now.
void TestIrcAdministration::knowsItsOwnChangeByTheLabel()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    const auto changed = irc.backend->facets().administration->setNick(irc.room(), u"ana2"_s);
    const auto asked = irc::parseLine(irc.server.next());
    QVERIFY(asked && asked->command == "NICK" && asked->parameter(0) == u"ana2");
    irc.server.say("@label=" + asked->tag("label").toUtf8() + " :ana2!ana@host NICK :ana2");
    QVERIFY(await(changed));
    QCOMPARE(irc.backend->self().name, u"ana2"_s);
    (void)irc.backend->facets().administration->setTopic(irc.room(), u"x"_s);
    QCOMPARE(irc::parseLine(irc.server.next())->command, QByteArray("TOPIC"));
}

void TestIrcAdministration::tellsWhyItIsRefused_data()
{
    QTest::addColumn<bool>("isNick");
    QTest::addColumn<QByteArray>("says");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("not an operator") << false << QByteArray("482 ana #ops :You're not channel operator") << ErrorKind::Denied;
    QTest::newRow("not in") << false << QByteArray("442 ana #ops :You're not on that channel") << ErrorKind::NotFound;
    QTest::newRow("no such channel") << false << QByteArray("403 ana #OPS :No such channel") << ErrorKind::NotFound;
    QTest::newRow("in words") << false << QByteArray("FAIL TOPIC TOO_LONG #ops :Too long") << ErrorKind::Denied;
    QTest::newRow("no such command") << false << QByteArray("421 ana TOPIC :Unknown command") << ErrorKind::Unsupported;
    QTest::newRow("the nick is taken") << true << QByteArray("433 ana carol :Nickname is already in use") << ErrorKind::Denied;
    QTest::newRow("no nick") << true << QByteArray("432 ana carol :Erroneous nickname") << ErrorKind::Invalid;
    QTest::newRow("too often") << true << QByteArray("438 ana carol :Nick change too fast") << ErrorKind::RateLimited;
}

void TestIrcAdministration::tellsWhyItIsRefused()
{
    QFETCH(bool, isNick);
    QFETCH(QByteArray, says);
    QFETCH(ErrorKind, kind);
    Channel c;
    c.take(isNick ? c.facet().setNick(c.room(), u"carol"_s) : c.facet().setTopic(c.room(), u"x"_s));
    c.answer(isNick ? "NICK carol" : "TOPIC #ops x", {":irc.test " + says});
    QVERIFY(c.fails(kind));
}

void TestIrcAdministration::takesNoRefusalOfOthers()
{
    Channel c;
    c.take(c.facet().setTopic(c.room(), u"x"_s));
    c.answer("TOPIC #ops x", {":irc.test 482 ana #dev :You're not channel operator", ":irc.test 401 ana carol :No such nick"});
    QVERIFY(c.isDone());
}

void TestIrcAdministration::sendsNothingThatWouldBeTwoLines()
{
    Channel c("+o ana");
    for (const QString& word : {QString(), u"a b"_s, u"a\r\nQUIT"_s, u":a"_s, u"a,b"_s, QString(201, u'a')}) {
        c.take(c.facet().setNick(c.room(), word));
        QVERIFY2(c.fails(ErrorKind::Invalid), qPrintable(word));
        c.take(c.facet().invite(c.room(), word, {}));
        QVERIFY2(c.fails(ErrorKind::Invalid), qPrintable(word));
        c.take(c.facet().unban(c.room(), word));
        QVERIFY2(c.fails(ErrorKind::Invalid), qPrintable(word));
    }
    c.take(c.facet().kick(c.room(), c.bob, u"a\r\nQUIT"_s));
    c.answer("KICK #ops bob :a  QUIT");
    QVERIFY(c.isDone());
}

void TestIrcAdministration::tellsWhenTheConnectionIsGone()
{
    Channel c("+o ana");
    c.take(c.facet().kick(c.room(), c.bob, {}));
    c.server.expect("KICK #ops bob");
    c.server.hangUp();
    QVERIFY(c.fails(ErrorKind::Offline));
    c.take(c.facet().setNick(c.room(), u"ana2"_s));
    QVERIFY(c.fails(ErrorKind::Offline));
    QVERIFY(c.facet().powers(c.room()) == chat::RoomPowers());
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestIrcAdministration)
#include "tst_ircadministration.moc"
