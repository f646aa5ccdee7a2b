// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ircdialogue.h"

#include "chat/systemevent.h"
#include "irc/ircfacets.h"
#include "irc/outbound.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using chat::SendOutcome;
using chat::VerifyOutcome;

class TestIrcMessages : public QObject
{
    Q_OBJECT
private slots:
    void takesTheLabelledEchoForAReceipt();
    void takesThePongBehindAMessageForAReceipt();
    void matchesAnEchoWithoutTags();
    void tellsARefusal();
    void answersUnknownWhenTheConnectionBreaksBeforeTheReceipt();
    void answersNotSentForWhatNeverLeft();
    void answersNotSentBeyondTheLongestQueue();
    void sendsALongTextInLinesThatComeBackAsOne();
    void sendsAMultiLineBatchWhereTheServerTakesIt();
    void refusesWhatIsTooLongOrEmpty();
    void readsMessagesOfOthers();
    void keepsTheOrderWhenTheServersClockGoesBack();
    void doesNotBelieveAClockOfTheFuture();
    void opensADirectConversationForWhoWritesToUs();
    void showsABotsPrivateAnswerInItsChannel();
    void tellsKicksAndTopicsAndNoComingsAndGoings();
    void followsMembersThroughEverything();
    void tellsAFloodOfJoinsOnce();
    void passesReactionsOn();
    void endsTypingByItself();
    void carriesFramesInTags();
    void answersVersionOnce();
    void leavesAndIsRefused();
};

void TestIrcMessages::takesTheLabelledEchoForAReceipt()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    const auto outgoing = irc.outgoing(u"hello"_s);
    auto sent = irc.backend->send(outgoing);
    const QByteArray line = irc.server.next();
    const QByteArray txn = outgoing.transaction.text().toUtf8();
    QVERIFY2(line.contains("+ridealong.dev/txn=" + txn) && line.endsWith(" PRIVMSG #ops hello"), line.constData());
    const QByteArray label = line.mid(line.indexOf("label=") + 6).split(' ').first().split(';').first();
    irc.server.say("@label=" + label + ";msgid=m1;time=2023-11-14T22:13:21.500Z;+ridealong.dev/txn=" + txn + " :ana!ana@host PRIVMSG #ops :hello");
    const auto result = await(sent);
    QVERIFY(result);
    QCOMPARE(result->outcome, SendOutcome::Accepted);
    QCOMPARE(result->id, base::MessageId(u"m1"_s));
    QTRY_COMPARE(irc.messages.size(), 1);
    QCOMPARE(irc.last().transaction, outgoing.transaction);
    QCOMPARE(irc.last().sender, irc.backend->self().user);
    QCOMPARE(irc.last().order, result->order);
}

void TestIrcMessages::takesThePongBehindAMessageForAReceipt()
{
    IrcDialogue irc;
    irc.enter({});
    auto sent = irc.backend->send(irc.outgoing(u"hello"_s));
    irc.server.expect("PRIVMSG #ops hello");
    const QByteArray token = irc.server.expectPrefix("PING :");
    QVERIFY(irc.messages.isEmpty());
    irc.server.say(":irc.test PONG irc.test :" + token);
    QCOMPARE(await(sent)->outcome, SendOutcome::Accepted);
    QTRY_COMPARE(irc.messages.size(), 1); // nobody echoes: the message is ours to make
    QCOMPARE(irc.last().text, u"hello"_s);
}

void TestIrcMessages::matchesAnEchoWithoutTags()
{
    IrcDialogue irc;
    irc.enter("echo-message");
    const auto outgoing = irc.outgoing(u"hello"_s);
    auto sent = irc.backend->send(outgoing);
    irc.server.expect("PRIVMSG #ops hello");
    const QByteArray token = irc.server.expectPrefix("PING :");
    irc.server.say(":ana!ana@host PRIVMSG #ops :hello");
    irc.server.say(":irc.test PONG irc.test :" + token);
    const auto result = await(sent);
    QTRY_COMPARE(irc.messages.size(), 1);
    QCOMPARE(irc.last().transaction, outgoing.transaction);
    QCOMPARE(irc.last().id, result->id);
}

void TestIrcMessages::tellsARefusal()
{
    IrcDialogue irc;
    irc.enter({});
    auto sent = irc.backend->send(irc.outgoing(u"hello"_s));
    irc.server.expect("PRIVMSG #ops hello");
    const QByteArray token = irc.server.expectPrefix("PING :");
    irc.server.say(":irc.test 404 ana #ops :Cannot send to channel (+m)");
    irc.server.say(":irc.test PONG irc.test :" + token);
    const auto result = await(sent);
    QCOMPARE(result->outcome, SendOutcome::Rejected);
    QCOMPARE(result->detail, u"Cannot send to channel (+m)"_s);
    QVERIFY(irc.messages.isEmpty());
}

void TestIrcMessages::answersUnknownWhenTheConnectionBreaksBeforeTheReceipt()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    const auto outgoing = irc.outgoing(u"hello"_s);
    auto sent = irc.backend->send(outgoing);
    irc.server.next();
    irc.server.hangUp();
    QCOMPARE(await(sent)->outcome, SendOutcome::Unknown);
}

void TestIrcMessages::answersNotSentForWhatNeverLeft()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    QList<base::Async<chat::SendResult>> sends;
    for (int i = 0; i < irc::SendQueue::kLargestWindow + 5; ++i)
        sends.append(irc.backend->send(irc.outgoing(QString::number(i))));
    QCOMPARE(await(irc.backend->send({base::newTransactionId(irc.random), irc.room("#elsewhere"), u"x"_s, {}, {}}))->outcome, SendOutcome::Rejected);
    irc.server.hangUp();
    QCOMPARE(await(sends.first())->outcome, SendOutcome::Unknown);
    QCOMPARE(await(sends.last())->outcome, SendOutcome::NotSent);
    QCOMPARE(await(irc.backend->send(irc.outgoing(u"offline"_s)))->outcome, SendOutcome::NotSent);
}

void TestIrcMessages::answersNotSentBeyondTheLongestQueue()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    constexpr qsizetype kTooMany = 200;
    qsizetype unsent = 0, written = 0;
    for (qsizetype i = 0; i < irc::SendQueue::kMaxWaiting + kTooMany; ++i)
        irc.backend->send(irc.outgoing(u"x"_s)).then(irc.backend.get(), [&](const base::Expected<chat::SendResult>& result) {
            unsent += result && result->outcome == SendOutcome::NotSent;
        });
    irc.server.say("PING :end");
    while (irc.server.next() != "PONG end")
        ++written;
    QTRY_COMPARE(unsent, kTooMany - written);
    QVERIFY(unsent > 0);
}

void TestIrcMessages::sendsALongTextInLinesThatComeBackAsOne()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    const QString text = u"```\nfirst line\n\n    indented "_s + u"word "_s.repeated(150) + u"\n"_s + u"é"_s.repeated(700) + u"\n```"_s;
    const auto outgoing = irc.outgoing(text);
    auto sent = irc.backend->send(outgoing);
    int number = 0;
    bool done = false;
    while (!done && number < 40) {
        const QByteArray line = irc.server.next();
        const QByteArray body = line.mid(line.indexOf(' ') + 1);
        QVERIFY2(body.startsWith("PRIVMSG #ops "), line.constData());
        QVERIFY(QByteArray(":ana!ana@host ").size() + body.size() <= irc::kMaxLineBytes);
        const auto parsed = irc::parseLine(line);
        QVERIFY(parsed);
        const QString part = parsed->tag(irc::kPartTag);
        ++number;
        QCOMPARE(part.section(u'/', 1, 1).toInt(), number);
        done = part.section(u'/', 2, 2).toInt() == number;
        // The server's echo, with an id of its own for each line.
        irc::Line echo = *parsed;
        echo.source = u"ana!ana@host"_s;
        echo.tags.push_back({"msgid", u"p%1"_s.arg(number)});
        const auto bytes = irc::serialize(echo);
        QVERIFY(bytes);
        irc.server.say(*bytes);
    }
    QVERIFY(number > 5);
    const auto result = await(sent);
    QCOMPARE(result->outcome, SendOutcome::Accepted);
    QCOMPARE(result->id, base::MessageId(u"p1"_s));
    QTRY_COMPARE(irc.last().text, text);
    QCOMPARE(irc.last().id, base::MessageId(u"p1"_s));
    // A reply to one of its lines is a reply to it.
    irc.server.say("@msgid=r1;+draft/reply=p3 :bob!b@host PRIVMSG #ops :nice");
    QTRY_COMPARE(irc.last().replyTo, base::MessageId(u"p1"_s));
}

void TestIrcMessages::sendsAMultiLineBatchWhereTheServerTakesIt()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    const auto outgoing = irc.outgoing(u"one\ntwo"_s);
    auto sent = irc.backend->send(outgoing);
    const auto open = irc::parseLine(irc.server.next());
    QVERIFY(open && open->command == "BATCH");
    QCOMPARE(open->parameter(1), u"draft/multiline"_s);
    const QString reference = open->parameter(0).mid(1);
    irc.server.expect("@batch=" + reference.toUtf8() + " PRIVMSG #ops one");
    irc.server.expect("@batch=" + reference.toUtf8() + " PRIVMSG #ops two");
    irc.server.expect("BATCH -" + reference.toUtf8());
    const QByteArray label = open->tag("label").toUtf8(), txn = outgoing.transaction.text().toUtf8();
    irc.server.say("@label=" + label + ";msgid=ml1;+ridealong.dev/txn=" + txn + " :ana!ana@host BATCH +9 draft/multiline #ops");
    irc.server.say("@batch=9 :ana!ana@host PRIVMSG #ops :one");
    irc.server.say("@batch=9 :ana!ana@host PRIVMSG #ops :two");
    irc.server.say(":irc.test BATCH -9");
    const auto result = await(sent);
    QCOMPARE(result->outcome, SendOutcome::Accepted);
    QCOMPARE(result->id, base::MessageId(u"ml1"_s));
    QTRY_COMPARE(irc.last().text, u"one\ntwo"_s);
}

void TestIrcMessages::refusesWhatIsTooLongOrEmpty()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    QCOMPARE(await(irc.backend->send(irc.outgoing(QString(irc::kMaxMessageBytes + 1, u'x'))))->outcome, SendOutcome::Rejected);
    QCOMPARE(await(irc.backend->send(irc.outgoing(u"x\n"_s.repeated(irc::kMaxMessageLines + 1))))->outcome, SendOutcome::Rejected);
    QCOMPARE(await(irc.backend->send(irc.outgoing(u" \n "_s)))->outcome, SendOutcome::Rejected);
    irc.server.expectNothing();
}

void TestIrcMessages::readsMessagesOfOthers()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say("@time=2023-11-14T22:13:21.500Z;msgid=a;bot :hubot!h@host NOTICE #OPS :\x02"
                   "done\x02 in 3 s");
    QTRY_COMPARE(irc.messages.size(), 1);
    QCOMPARE(irc.last().conversation, irc.room());
    QCOMPARE(irc.last().senderName, u"hubot"_s);
    QCOMPARE(irc.last().text, u"**done** in 3 s"_s);
    QVERIFY(irc.last().notice && irc.last().fromBot && !irc.last().action);
    QVERIFY(irc.last().transaction.isEmpty());
    irc.server.say("@+ridealong.dev/txn=stolen :bob!b@host PRIVMSG #ops :\x01"
                   "ACTION waves\x01");
    QTRY_COMPARE(irc.messages.size(), 2);
    QVERIFY(irc.last().action);
    QCOMPARE(irc.last().text, u"waves"_s);
    QVERIFY(irc.last().transaction.isEmpty()); // nobody else's word makes a message ours
}

void TestIrcMessages::keepsTheOrderWhenTheServersClockGoesBack()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say("@time=2023-11-14T22:13:21.500Z :bob!b@host PRIVMSG #ops :1");
    irc.server.say("@time=2023-11-14T22:13:21.400Z :bob!b@host PRIVMSG #ops :2");
    irc.server.say("@time=2023-11-14T22:13:21.400Z :bob!b@host PRIVMSG #ops :3");
    irc.server.say("@time=2023-11-14T20:00:00.000Z :bob!b@host PRIVMSG #ops :0"); // played back by a bouncer
    QTRY_COMPARE(irc.messages.size(), 4);
    std::sort(irc.messages.begin(), irc.messages.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
    QString order;
    for (const auto& message : irc.messages)
        order += message.text;
    QCOMPARE(order, u"0123"_s);
}

void TestIrcMessages::doesNotBelieveAClockOfTheFuture()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say("@time=2099-01-01T00:00:00.000Z :bob!b@host PRIVMSG #ops :far");
    irc.server.say("@time=not-a-time :bob!b@host PRIVMSG #ops :odd");
    QTRY_COMPARE(irc.messages.size(), 2);
    QVERIFY(irc.messages[0].timeMs <= irc.clock.nowMs() + irc::kMaxClockLeadMs);
    QVERIFY(irc.messages[1].timeMs <= irc.clock.nowMs() + irc::kMaxClockLeadMs);
    QVERIFY(irc.messages[1].order > irc.messages[0].order);
}

void TestIrcMessages::opensADirectConversationForWhoWritesToUs()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say(":Bob!b@host PRIVMSG ana :psst");
    QTRY_COMPARE(irc.messages.size(), 1);
    QCOMPARE(irc.last().conversation, irc.room("bob"));
    QCOMPARE(irc.conversations.value(irc.room("bob")).name, u"Bob"_s);
    QVERIFY(irc.conversations.value(irc.room("bob")).kind == chat::ConversationKind::Direct);
}

void TestIrcMessages::showsABotsPrivateAnswerInItsChannel()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say("@+channel-context=#ops :hubot!h@host NOTICE ana :only you see this");
    irc.server.say("@+channel-context=#unknown :hubot!h@host NOTICE ana :elsewhere");
    irc.server.say(":bob!b@host PRIVMSG @#ops :operators");
    QTRY_COMPARE(irc.messages.size(), 3);
    QCOMPARE(irc.messages[0].conversation, irc.room());
    QCOMPARE(irc.messages[1].conversation, irc.room("hubot"));
    QCOMPARE(irc.messages[2].conversation, irc.room());
}

void TestIrcMessages::tellsKicksAndTopicsAndNoComingsAndGoings()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say(":carl!c@host JOIN #ops");
    irc.server.say(":carl!c@host QUIT :bye");
    irc.server.say(":bob!b@host TOPIC #ops :Deploys here");
    irc.server.say(":bob!b@host KICK #ops ana :too loud");
    QTRY_COMPARE(irc.messages.size(), 2);
    QVERIFY(irc.messages[0].system && irc.messages[1].system);
    QCOMPARE(chat::systemEventFromText(irc.messages[0].text), (chat::SystemEvent{chat::SystemEvent::Kind::TopicChanged, {}, u"Deploys here"_s}));
    QCOMPARE(chat::systemEventFromText(irc.messages[1].text), (chat::SystemEvent{chat::SystemEvent::Kind::Kicked, u"ana"_s, u"too loud"_s}));
    QCOMPARE(irc.conversations.value(irc.room()).topic, u"Deploys here"_s);
    QVERIFY(!irc.conversations.value(irc.room()).joined);
    QCOMPARE(await(irc.backend->send(irc.outgoing(u"why?"_s)))->outcome, SendOutcome::Rejected);
}

void TestIrcMessages::followsMembersThroughEverything()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say(":carl!c@host JOIN #ops");
    irc.server.say(":carl!c@host NICK Carlo");
    irc.server.say(":Carlo!c@host AWAY :lunch");
    irc.server.say(":irc.test 352 ana #ops h host irc.test bob HB :0 Bob the bot");
    irc.clock.advance(irc::Connection::kMembersPause);
    QTRY_COMPARE(irc.members.value(irc.room()).size(), 3);
    const auto people = irc.members.value(irc.room());
    QCOMPARE(people[0].name, u"ana"_s);
    QCOMPARE(people[1].name, u"bob"_s);
    QVERIFY(people[1].bot);
    QCOMPARE(people[2].name, u"Carlo"_s);
    QVERIFY(people[2].presence == chat::Presence::Away);
    irc.server.say(":irc.test BATCH +n netsplit hub.test leaf.test");
    irc.server.say("@batch=n :Carlo!c@host QUIT :hub.test leaf.test");
    irc.server.say("@batch=n :bob!b@host QUIT :hub.test leaf.test");
    irc.server.say(":irc.test BATCH -n");
    irc.clock.advance(irc::Connection::kMembersPause);
    QTRY_COMPARE(irc.members.value(irc.room()).size(), 1);
    QCOMPARE(irc.messages.size(), 1);
    QVERIFY(chat::systemEventFromText(irc.last().text)->kind == chat::SystemEvent::Kind::NetSplit);
}

void TestIrcMessages::tellsAFloodOfJoinsOnce()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.clock.advance(1s);
    QTRY_VERIFY(irc.members.contains(irc.room()));
    irc.events.clear();
    for (int i = 0; i < 5000; ++i)
        irc.server.say(":n" + QByteArray::number(i) + "!u@host JOIN #ops");
    irc.clock.advance(irc::Connection::kMembersPause);
    QTRY_COMPARE(irc.members.value(irc.room()).size(), 5002);
    QCOMPARE(irc.events.size(), 1);
}

void TestIrcMessages::passesReactionsOn()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say("@msgid=m1 :bob!b@host PRIVMSG #ops :deploy?");
    QTRY_COMPARE(irc.messages.size(), 1);
    irc.events.clear();
    irc.server.say("@+draft/react=👍;+draft/reply=m1 :bob!b@host TAGMSG #ops");
    QTRY_COMPARE(irc.events.size(), 1);
    const auto* change = std::get_if<chat::ReactionsChanged>(&irc.events.first());
    QVERIFY(change);
    QCOMPARE(change->message, base::MessageId(u"m1"_s));
    QCOMPARE(change->added, QStringList(u"👍"_s));
    auto done = irc.backend->facets().reactions->setReactions(irc.room(), base::MessageId(u"m1"_s), {u"🎉"_s, u"👀"_s}, {u"👀"_s, u"✅"_s});
    const QByteArray removal = irc.server.next(), addition = irc.server.next();
    QVERIFY2(removal.contains("+draft/unreact=🎉;") && removal.contains("+draft/reply=m1") && removal.endsWith(" TAGMSG #ops"), removal.constData());
    QVERIFY2(addition.contains("+draft/react=✅;"), addition.constData());
    for (const QByteArray& line : {removal, addition})
        irc.server.say("@" + line.mid(1, line.indexOf(' ') - 1) + " :ana!ana@host TAGMSG #ops");
    QVERIFY(await(done));
    QTRY_COMPARE(irc.events.size(), 3);
}

void TestIrcMessages::endsTypingByItself()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    QList<chat::Typing> told;
    connect(
        irc.backend->facets().presence, &chat::PresenceFacet::typing, irc.backend.get(), [&](const chat::Typing& typing) { told.append(typing); });
    irc.server.say("@+typing=active :bob!b@host TAGMSG #ops");
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(told.first().active);
    irc.clock.advance(5s);
    irc.server.say("@+typing=active :bob!b@host TAGMSG #ops");
    irc.clock.advance(5s);
    QCOMPARE(told.size(), 1);
    irc.clock.advance(2s);
    QCOMPARE(told.size(), 2);
    QVERIFY(!told.last().active);
    for (int i = 0; i < 10; ++i)
        irc.backend->facets().presence->setTyping(irc.room(), true);
    QVERIFY(irc.server.next().contains("+typing=active"));
    irc.server.expectNothing(); // once in three seconds
}

void TestIrcMessages::carriesFramesInTags()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    const auto link = irc.backend->facets().links->open(irc.room(), base::UserId(u"bob"_s));
    link->send(QByteArray(link->maxFrameBytes() + 1, 'x'));
    irc.server.expectNothing();
    const QByteArray frame(link->maxFrameBytes(), '\xff');
    link->send(frame);
    const auto sent = irc::parseLine(irc.server.next());
    QVERIFY(sent && sent->command == "TAGMSG");
    QCOMPARE(sent->parameter(0), u"bob"_s);
    QCOMPARE(QByteArray::fromBase64(sent->tag(irc::kFrameTag).toLatin1(), QByteArray::Base64UrlEncoding), frame);
    QSignalSpy received(link.get(), &chat::EphemeralLink::received), offered(irc.backend->facets().links, &chat::LinkFacet::offered);
    irc.server.say("@+ridealong.dev/p=cG9uZw;+ridealong.dev/c=#ops :bob!b@host TAGMSG ana");
    irc.server.say("@+ridealong.dev/p=cG9uZw;+ridealong.dev/c=#ops :carl!b@host TAGMSG ana");
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(received.first().first().toByteArray(), QByteArray("pong"));
    QTRY_COMPARE(offered.size(), 1);
    for (int i = 0; i < 20; ++i) // over the budget: dropped, never queued
        link->send("x");
    int frames = 0;
    QCoreApplication::processEvents();
    irc.server.say("PING :end");
    while (irc.server.next() != "PONG end" && frames < 20)
        ++frames;
    QVERIFY(frames <= int(irc::IrcLink::kBurst));
}

void TestIrcMessages::answersVersionOnce()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    for (int i = 0; i < 3; ++i)
        irc.server.say(":bob!b@host PRIVMSG ana :\x01VERSION\x01");
    irc.server.expectPrefix("NOTICE bob :\x01VERSION Ridealong");
    irc.server.expectNothing();
    QVERIFY(irc.messages.isEmpty());
}

void TestIrcMessages::leavesAndIsRefused()
{
    IrcDialogue irc;
    irc.enter({});
    QVERIFY(await(irc.backend->facets().rooms->leave(irc.room())));
    irc.server.expect("PART #ops");
    irc.server.say(":ana!ana@host PART #ops");
    QTRY_VERIFY(!irc.conversations.value(irc.room()).joined);
    auto joining = irc.backend->facets().rooms->join(u"#secret wrong"_s);
    irc.server.expect("JOIN #secret wrong");
    const QByteArray token = irc.server.expectPrefix("PING :");
    irc.server.say(":irc.test 475 ana #secret :Cannot join channel (+k)");
    irc.server.say(":irc.test PONG irc.test :" + token);
    const auto refused = await(joining);
    QVERIFY(!refused);
    QCOMPARE(refused.error().detail, u"Cannot join channel (+k)"_s);
    QVERIFY(!await(irc.backend->facets().rooms->join(u"two, names"_s)));
    irc.server.expectNothing();
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestIrcMessages)
#include "tst_ircmessages.moc"
