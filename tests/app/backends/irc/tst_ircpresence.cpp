// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Who is there, and whether we are.
#include "ircdialogue.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::Presence;

class IrcPresenceTest : public QObject
{
    Q_OBJECT
private:
    static void connectTo(IrcDialogue& irc, const QByteArray& support)
    {
        irc.start();
        irc.greet(kFullCaps);
        QTRY_VERIFY(irc.isConnected());
        irc.server.say(":irc.test 005 ana " + support + " :are supported");
    }
    static void open(IrcDialogue& irc, const char* nick)
    {
        QVERIFY(await(irc.backend->facets().rooms->openDirect(base::UserId(QString::fromUtf8(nick)))));
    }
    static std::optional<Presence> presenceOf(const IrcDialogue& irc, const char* nick)
    {
        for (const chat::Member& member : irc.members.value(irc.room(nick)))
            if (member.user == base::UserId(QString::fromUtf8(nick)))
                return member.presence;
        return std::nullopt;
    }
    /// Answers an ISON, with its label.
    static void answerIson(IrcDialogue& irc, const QByteArray& asked, const QByteArray& there)
    {
        const QByteArray sent = irc.server.next();
        QVERIFY2(sent.endsWith(asked), sent.constData());
        irc.server.say(sent.left(sent.indexOf(' ')) + " :irc.test 303 ana :" + there);
    }

private slots:
    void followsWhatTheServerWatches()
    {
        IrcDialogue irc;
        connectTo(irc, "MONITOR=30");
        open(irc, "bob");
        irc.server.expect("MONITOR + bob");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Offline); // nobody has seen him
        irc.server.say(":irc.test 730 ana :bob!b@host,stranger!s@host");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Online);
        irc.server.expect("WHO bob");
        irc.server.say(":irc.test 352 ana * b host irc.test bob G :0 Bob");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Away);
        irc.server.say(":bob!b@host AWAY");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Online);
        irc.server.say(":bob!b@host AWAY :lunch");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Away);
        irc.server.say(":irc.test 731 ana :bob");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Offline);
        irc.server.say(":bob!b@host PRIVMSG ana :I am here"); // who speaks is there
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Online);
        QVERIFY(!irc.members.contains(irc.room("stranger")));
        irc.server.expectNothing();
    }

    void watchesOnlyAsManyAsTheServerTakes()
    {
        IrcDialogue irc;
        connectTo(irc, "MONITOR=3");
        for (const char* nick : {"a", "b", "c", "d"})
            open(irc, nick);
        for (const char* nick : {"a", "b", "c"})
            irc.server.expect(QByteArray("MONITOR + ") + nick);
        irc.server.expectNothing();
    }

    void watchesAllAgainAfterABreak()
    {
        IrcDialogue irc;
        connectTo(irc, "MONITOR=30");
        for (const char* nick : {"amy", "bob"}) {
            open(irc, nick);
            irc.server.skip();
        }
        irc.server.hangUp();
        irc.clock.advance(5s);
        QTRY_COMPARE(irc.server.connections(), 2);
        irc.introduce();
        irc.offer("message-tags", "message-tags");
        irc.server.expect("CAP END");
        irc.server.say(":irc.test 001 ana :Welcome");
        irc.server.say(":irc.test 005 ana MONITOR=30 :are supported");
        irc.server.say(":irc.test 422 ana :No MOTD");
        irc.server.expect("MONITOR + amy,bob");
    }

    void asksNowAndAgainWhereNobodyWatches()
    {
        IrcDialogue irc;
        connectTo(irc, "NICKLEN=30");
        open(irc, "bob");
        answerIson(irc, "ISON bob", "");
        QCoreApplication::processEvents();
        QVERIFY(presenceOf(irc, "bob") == Presence::Offline);
        open(irc, "amy"); // within the minute nobody is asked for again
        irc.server.expectNothing();
        for (int i = 0; i < 6; ++i) {
            irc.server.say("PING :alive");
            irc.server.expect("PONG alive");
            irc.clock.advance(10s);
        }
        answerIson(irc, "ISON amy bob", "Bob");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Online);
        QVERIFY(presenceOf(irc, "amy") == Presence::Offline);
        // That somebody is away is told by the answer to a message.
        irc.server.say(":irc.test 301 ana bob :lunch");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Away);
        irc.server.say(":irc.test 401 ana bob :No such nick");
        QTRY_VERIFY(presenceOf(irc, "bob") == Presence::Offline);
    }

    void tellsThatWeAreAway()
    {
        IrcDialogue irc;
        irc.enter(kFullCaps);
        irc.server.say(":irc.test 005 ana AWAYLEN=10 :are supported");
        chat::AwayFacet* away = irc.backend->facets().away;
        QVERIFY(away);
        away->setAway({}); // we are not
        irc.server.expectNothing();
        away->setAway(u"at lunch, back soon"_s); // cut where the server would
        irc.server.expect("AWAY :at lunch,");
        QVERIFY(irc.backend->self().presence == Presence::Online); // the server has the word
        irc.server.say(":irc.test 306 ana :You have been marked as being away");
        QVERIFY(irc.backend->self().presence == Presence::Away);
        irc.clock.advance(1s);
        const auto isShownAway = [&irc] {
            const QList<chat::Member> members = irc.members.value(irc.room());
            return std::any_of(members.begin(), members.end(),
                [](const chat::Member& member) { return member.name == u"ana"_s && member.presence == Presence::Away; });
        };
        QTRY_VERIFY(isShownAway());
        away->setAway(u"ééééééé"_s); // of two bytes each
        irc.server.expect("AWAY ééééé");
        away->setAway({});
        irc.server.expect("AWAY");
        irc.server.say(":irc.test 305 ana :You are no longer marked as being away");
        QVERIFY(irc.backend->self().presence == Presence::Online);
    }

    void staysAwayOverABreak()
    {
        IrcDialogue irc;
        connectTo(irc, "AWAYLEN=200");
        irc.backend->facets().away->setAway(u"gone"_s);
        irc.server.expect("AWAY gone");
        irc.backend->facets().away->setAway({}); // before the server has confirmed it
        irc.server.expect("AWAY");
        irc.backend->facets().away->setAway(u"gone"_s);
        irc.server.expect("AWAY gone");
        irc.server.hangUp();
        irc.clock.advance(5s);
        QTRY_COMPARE(irc.server.connections(), 2);
        irc.greet(kFullCaps);
        irc.server.expect("AWAY gone");
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::IrcPresenceTest)
#include "tst_ircpresence.moc"
