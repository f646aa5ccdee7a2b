// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ircdialogue.h"

#include "irc/connection.h"
#include "irc/conversations.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::SendOutcome;
using chat::VerifyOutcome;

/// What was missed, and what became of what was sent.
class TestIrcHistory : public QObject
{
    Q_OBJECT
private slots:
    void comesBackIntoItsChannels();
    void tellsAGapWhereTheServerKeepsNothing();
    void tellsNoGapWhenTheReplayReachesBack();
    void tellsAGapBeforeAReplayThatDoesNot();
    void asksForWhatWasMissed();
    void placesWhatComesMeanwhileBehindTheHistory();
    void holdsNothingBackForever();
    void leavesAGapWhenMoreWasMissedThanAPage();
    void pagesBackwards();
    void keepsMomentsWholeAcrossPages();
    void looksBeyondPagesOfComingsAndGoings();
    void findsWhatWasSaidByTime();
    void placesACoarseReplayBehindWhatIsKnown();
    void findsAMessageOfItsOwnInTheReplay();
    void knowsThatAMessageDidNotArrive();
    void cannotTellWithoutHistory();
    void looksThroughTheHistoryForAMessage();
    void waitsWhileItsDeadConnectionHoldsTheNick();
    void keepsPlacesInTheCursor();
    void takesNothingFromABrokenCursor();

private:
    static void hearKnown(IrcDialogue& irc)
    {
        irc.server.say("@msgid=known;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :known");
        QTRY_COMPARE(irc.messages.size(), 1);
    }
    /// In #ops, one message there, then cut off; and back, up to the joining.
    static void cutAndComeBack(IrcDialogue& irc, const char* caps)
    {
        hearKnown(irc);
        comeBack(irc, caps);
    }
    static void comeBack(IrcDialogue& irc, const char* caps)
    {
        irc.server.hangUp();
        QTRY_VERIFY(irc.backend->status().state == chat::ConnectionState::Waiting);
        irc.messages.clear();
        irc.clock.advance(60s);
        QTRY_VERIFY(irc.backend->status().state == chat::ConnectionState::Connecting);
        QTRY_VERIFY(irc.server.isConnected());
        irc.greet(caps);
        if (QByteArray(caps).contains("chathistory")) { // who wrote to us directly
            const auto targets = irc::parseLine(irc.server.next());
            QVERIFY(targets && targets->parameter(0) == u"TARGETS");
            irc.server.say("@label=" + targets->tag("label").toUtf8() + " :irc.test BATCH +t draft/chathistory-targets");
            irc.server.say(":irc.test BATCH -t");
        }
        irc.server.expect("JOIN #ops");
    }
    /// The server lets us in again, and `meanwhile` is said before it has told who is there.
    static void rejoin(IrcDialogue& irc, const QByteArray& meanwhile = {})
    {
        irc.server.say(":ana!ana@host JOIN #ops");
        if (!meanwhile.isEmpty())
            irc.server.say(meanwhile);
        irc.server.say(":irc.test 353 ana = #ops :@bob ana");
        irc.server.say(":irc.test 366 ana #ops :End of names");
        irc.server.expect("WHO #ops");
    }
    static QList<QByteArray> page(int count)
    {
        QList<QByteArray> lines;
        for (int i = 0; i < count; ++i)
            lines.append("@msgid=h" + QByteArray::number(i) + ";time=2023-11-14T22:13:4" + QByteArray::number(i / 20) + "."
                + QByteArray::number(100 + i % 20) + "Z :bob!b@host PRIVMSG #ops :h" + QByteArray::number(i));
        return lines;
    }
};

void TestIrcHistory::comesBackIntoItsChannels()
{
    IrcDialogue irc;
    irc.enter({});
    comeBack(irc, "");
    QVERIFY(!irc.isConnected()); // not before it is caught up with
    irc.letIn("#ops");
    QTRY_VERIFY(irc.isConnected());
}

void TestIrcHistory::tellsAGapWhereTheServerKeepsNothing()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    cutAndComeBack(irc, kFullCaps);
    irc.letIn("#ops");
    QTRY_VERIFY(irc.isConnected());
    QCOMPARE(irc.gaps.size(), 1);
    QVERIFY(irc.gaps.first().lost);
    QCOMPARE(irc::timeOf(irc.gaps.first().afterOrder), qint64(1'700'000'001'000));
    QCOMPARE(irc::timeOf(irc.gaps.first().beforeOrder), irc.clock.nowMs());
}

void TestIrcHistory::tellsNoGapWhenTheReplayReachesBack()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    cutAndComeBack(irc, kFullCaps);
    irc.letIn("#ops",
        ":irc.test BATCH +c chathistory #ops\n"
        "@batch=c;msgid=known;time=2023-11-14T22:13:21Z :bob!b@host PRIVMSG #ops :known\n"
        "@batch=c;msgid=new;time=2023-11-14T22:13:41Z :bob!b@host PRIVMSG #ops :new\n"
        ":irc.test BATCH -c");
    QTRY_VERIFY(irc.isConnected());
    QVERIFY(irc.gaps.isEmpty());
    QCOMPARE(irc.messages.size(), 2);
    QCOMPARE(irc.last().text, u"new"_s);
}

void TestIrcHistory::tellsAGapBeforeAReplayThatDoesNot()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    cutAndComeBack(irc, kFullCaps);
    irc.letIn("#ops",
        ":irc.test BATCH +c chathistory #ops\n"
        "@batch=c;msgid=new;time=2023-11-14T22:13:41Z :bob!b@host PRIVMSG #ops :new\n"
        ":irc.test BATCH -c");
    QTRY_COMPARE(irc.gaps.size(), 1);
    QVERIFY(irc.gaps.first().lost);
    QTRY_COMPARE(irc.messages.size(), 1);
    QCOMPARE(irc.gaps.first().beforeOrder, irc.messages.first().order);
}

void TestIrcHistory::asksForWhatWasMissed()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    cutAndComeBack(irc, kHistoryCaps);
    rejoin(irc);
    QByteArray asked;
    irc.answerHistory({"@msgid=known;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :known",
                          "@msgid=new;time=2023-11-14T22:13:41.000Z :bob!b@host PRIVMSG #ops :new"},
        &asked);
    QCOMPARE(asked, QByteArray("CHATHISTORY LATEST #ops timestamp=2023-11-14T22:13:20.000Z 100"));
    QTRY_VERIFY(irc.isConnected());
    QVERIFY(irc.gaps.isEmpty());
    QCOMPARE(irc.messages.size(), 2);
}

/// All within one millisecond: the history, what comes live before it is answered (the end of which the history has, too), and a
/// reaction to it.
void TestIrcHistory::placesWhatComesMeanwhileBehindTheHistory()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    cutAndComeBack(irc, kHistoryCaps);
    const auto said
        = [](const char* text) { return QByteArray("@msgid=") + text + ";time=2023-11-14T22:13:41.000Z :bob!b@host PRIVMSG #ops :" + text; };
    rejoin(irc, said("three"));
    irc.server.say(said("four"));
    irc.server.say("@msgid=r;time=2023-11-14T22:13:41.000Z;+draft/reply=four;+draft/react=👍 :bob!b@host TAGMSG #ops");
    QVERIFY(irc.messages.isEmpty());
    irc.answerHistory({said("one"), said("two"), said("three")});
    QTRY_VERIFY(irc.isConnected());
    QMap<qint64, QString> byPlace; // the first place that a message was told
    QSet<QString> known;
    bool reacted = false;
    for (const chat::Event& event : irc.events) {
        if (const auto* message = std::get_if<chat::MessageChanged>(&event); message && !known.contains(message->message.text)) {
            known.insert(message->message.text);
            byPlace.insert(message->message.order, message->message.text);
        }
        if (const auto* change = std::get_if<chat::ReactionsChanged>(&event)) {
            QVERIFY(known.contains(change->message.text()));
            reacted = true;
        }
    }
    QCOMPARE(byPlace.values(), QStringList({u"known"_s, u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
    QVERIFY(reacted);
}

/// A history that is not answered, and more than may wait for it.
void TestIrcHistory::holdsNothingBackForever()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    cutAndComeBack(irc, kHistoryCaps);
    rejoin(irc, "@msgid=0 :bob!b@host PRIVMSG #ops :0");
    QVERIFY(irc.messages.isEmpty());
    irc.clock.advance(irc::Connection::kJoinPatience);
    QTRY_COMPARE(irc.messages.size(), 1);

    comeBack(irc, kHistoryCaps);
    irc.server.say(":ana!ana@host JOIN #ops");
    for (int i = 1; i <= irc::Connection::kMaxHeld; ++i)
        irc.server.say("@msgid=" + QByteArray::number(i) + " :bob!b@host PRIVMSG #ops :" + QByteArray::number(i));
    QVERIFY(irc.messages.isEmpty());
    irc.server.say("@msgid=last :bob!b@host PRIVMSG #ops :last");
    QTRY_COMPARE(irc.messages.size(), irc::Connection::kMaxHeld + 1);
    QCOMPARE(irc.messages.first().text, u"1"_s);
    QCOMPARE(irc.last().text, u"last"_s);
}

void TestIrcHistory::leavesAGapWhenMoreWasMissedThanAPage()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    cutAndComeBack(irc, kHistoryCaps);
    rejoin(irc);
    irc.answerHistory(page(100));
    QTRY_VERIFY(irc.isConnected());
    QCOMPARE(irc.gaps.size(), 1);
    QVERIFY(!irc.gaps.first().lost);
    QCOMPARE(irc.gaps.first().beforeOrder, irc.messages.first().order);
    QCOMPARE(irc.messages.size(), 99); // the first moment of a cut page may not be whole: it comes with the page before
}

void TestIrcHistory::pagesBackwards()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    auto* history = irc.backend->facets().history;
    QVERIFY(history);
    auto asking = history->before(irc.room(), irc::orderAt(1'700'000'030'000) + 5, 4);
    QByteArray asked;
    irc.answerHistory({"@msgid=0;time=2023-11-14T22:13:20.000Z :bob!b@host PRIVMSG #ops :perhaps not all of its moment",
                          "@msgid=1;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :1",
                          "@msgid=2;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :2",
                          "@msgid=3;time=2023-11-14T22:14:00.000Z :bob!b@host PRIVMSG #ops :not before"},
        &asked);
    QCOMPARE(asked, QByteArray("CHATHISTORY BEFORE #ops timestamp=2023-11-14T22:13:50.001Z 4"));
    auto page = await(asking);
    QVERIFY(page);
    QCOMPARE(page->messages.size(), 2);
    QVERIFY(page->messages[0].order < page->messages[1].order);
    QVERIFY(!page->reachedStart);
    QVERIFY(irc.messages.isEmpty()); // for who asked, not for everybody
    asking = history->before(irc.room(), page->messages[0].order, 3);
    irc.answerHistory({});
    page = await(asking);
    QVERIFY(page && page->reachedStart && page->messages.isEmpty());
}

/// Five messages within one millisecond, and a page that ends in the middle of them: their places are counted from the first.
void TestIrcHistory::keepsMomentsWholeAcrossPages()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    const auto line = [](const char* second, int n) {
        const QByteArray number = QByteArray::number(n);
        return "@msgid=" + number + ";time=2023-11-14T22:13:" + second + ".000Z :bob!b@host PRIVMSG #ops :" + number;
    };
    auto* history = irc.backend->facets().history;
    auto asking = history->before(irc.room(), 0, 5);
    irc.answerHistory({line("21", 3), line("21", 4), line("21", 5), line("22", 6), line("22", 7)});
    auto page = await(asking);
    QVERIFY(page && !page->reachedStart);
    QCOMPARE(page->messages.size(), 2);
    const qint64 before = page->messages.first().order;
    QList<chat::Message> all = page->messages;
    asking = history->before(irc.room(), before, 5);
    irc.answerHistory({line("21", 2), line("21", 3), line("21", 4), line("21", 5), line("22", 6)}); // again cut, and one moment only
    QByteArray asked;
    irc.answerHistory({line("20", 0), line("21", 1), line("21", 2), line("21", 3), line("21", 4), line("21", 5), line("22", 6)}, &asked);
    QVERIFY2(asked.endsWith(" 100"), asked.constData()); // as much as the server gives
    page = await(asking);
    QVERIFY(page && page->reachedStart);
    QCOMPARE(page->messages.size(), 6);
    all = page->messages + all;
    for (qsizetype i = 1; i < all.size(); ++i)
        QVERIFY(all[i].order > all[i - 1].order);
}

void TestIrcHistory::looksBeyondPagesOfComingsAndGoings()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    auto asking = irc.backend->facets().history->before(irc.room(), 0, 2);
    irc.answerHistory({"@time=2023-11-14T22:13:23.000Z :bob!b@host JOIN #ops", "@time=2023-11-14T22:13:24.000Z :bob!b@host QUIT :x"});
    QByteArray asked;
    irc.answerHistory({"@msgid=1;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :1"}, &asked);
    QCOMPARE(asked, QByteArray("CHATHISTORY BEFORE #ops timestamp=2023-11-14T22:13:23.000Z 2"));
    const auto page = await(asking);
    QVERIFY(page && page->reachedStart);
    QCOMPARE(page->messages.size(), 1);
}

void TestIrcHistory::findsWhatWasSaidByTime()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    auto asking = irc.backend->facets().history->from(irc.room(), 1'700'000'001'000, 50);
    QByteArray asked;
    irc.answerHistory(
        {"@msgid=1;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :1", "@msgid=2;time=2023-11-14T22:13:22.000Z :bob!b@host PRIVMSG #ops :2"},
        &asked);
    QCOMPARE(asked, QByteArray("CHATHISTORY AFTER #ops timestamp=2023-11-14T22:13:20.999Z 50"));
    const auto page = await(asking);
    QVERIFY(page);
    QCOMPARE(page->messages.size(), 2);
    QVERIFY(page->messages[0].order < page->messages[1].order && page->messages[0].text == u"1"_s);
    QVERIFY(irc.messages.isEmpty());
}

/// InspIRCd cuts the times of what it replays to whole seconds.
void TestIrcHistory::placesACoarseReplayBehindWhatIsKnown()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    irc.server.say("@msgid=known;time=2023-11-14T22:13:21.900Z :bob!b@host PRIVMSG #ops :known");
    QTRY_COMPARE(irc.messages.size(), 1);
    const qint64 known = irc.last().order;
    comeBack(irc, kFullCaps);
    irc.letIn("#ops",
        ":irc.test BATCH +h chathistory #ops\n"
        "@batch=h;msgid=old;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :old\n"
        "@batch=h;msgid=known;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :known\n"
        "@batch=h;msgid=new;time=2023-11-14T22:13:21.000Z :bob!b@host PRIVMSG #ops :new\n"
        ":irc.test BATCH -h\n");
    QTRY_VERIFY(irc.isConnected());
    QCOMPARE(irc.messages.size(), 3);
    QVERIFY(irc.messages[0].order < known);
    QCOMPARE(irc.messages[1].order, known);
    QVERIFY(irc.messages[2].order > known);
}

void TestIrcHistory::findsAMessageOfItsOwnInTheReplay()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    hearKnown(irc);
    const auto outgoing = irc.outgoing(u"did it?"_s);
    auto sent = irc.backend->send(outgoing);
    irc.server.next();
    comeBack(irc, kFullCaps);
    QCOMPARE(await(sent)->outcome, SendOutcome::Unknown);
    irc.letIn("#ops",
        ":irc.test BATCH +c chathistory #ops\n"
        "@batch=c;msgid=known;time=2023-11-14T22:13:21Z :bob!b@host PRIVMSG #ops :known\n"
        "@batch=c;msgid=mine;time=2023-11-14T22:13:22Z;+ridealong.dev/txn="
            + outgoing.transaction.text().toUtf8()
            + " :ana!ana@host PRIVMSG #ops :did it?\n"
              ":irc.test BATCH -c");
    QTRY_VERIFY(irc.isConnected());
    const auto verified = await(irc.backend->verify(irc.room(), outgoing.transaction));
    QVERIFY(verified);
    QCOMPARE(verified->outcome, VerifyOutcome::Found);
    QCOMPARE(verified->id, base::MessageId(u"mine"_s));
}

void TestIrcHistory::knowsThatAMessageDidNotArrive()
{
    IrcDialogue irc;
    irc.enter(kFullCaps);
    hearKnown(irc);
    const auto outgoing = irc.outgoing(u"did it?"_s);
    auto sent = irc.backend->send(outgoing);
    irc.server.next();
    comeBack(irc, kFullCaps);
    irc.letIn("#ops",
        ":irc.test BATCH +c chathistory #ops\n"
        "@batch=c;msgid=known;time=2023-11-14T22:13:21Z :bob!b@host PRIVMSG #ops :known\n"
        ":irc.test BATCH -c");
    QTRY_VERIFY(irc.isConnected());
    QCOMPARE(await(irc.backend->verify(irc.room(), outgoing.transaction))->outcome, VerifyOutcome::Absent);
}

void TestIrcHistory::cannotTellWithoutHistory()
{
    IrcDialogue irc;
    irc.enter({});
    const auto outgoing = irc.outgoing(u"did it?"_s);
    auto sent = irc.backend->send(outgoing);
    irc.server.next();
    comeBack(irc, "");
    irc.letIn("#ops");
    QTRY_VERIFY(irc.isConnected());
    QCOMPARE(await(irc.backend->verify(irc.room(), outgoing.transaction))->outcome, VerifyOutcome::CannotTell);
}

void TestIrcHistory::looksThroughTheHistoryForAMessage()
{
    IrcDialogue irc;
    irc.enter(kHistoryCaps);
    const auto outgoing = irc.outgoing(u"did it?"_s);
    auto verifying = irc.backend->verify(irc.room(), outgoing.transaction);
    irc.answerHistory(page(100));
    irc.answerHistory({"@msgid=mine;time=2023-11-14T22:13:22.000Z;+ridealong.dev/txn=" + outgoing.transaction.text().toUtf8()
        + " :ana!ana@host PRIVMSG #ops :did it?"});
    QCOMPARE(await(verifying)->outcome, VerifyOutcome::Found);
    verifying = irc.backend->verify(irc.room(), base::newTransactionId(irc.random));
    irc.answerHistory({});
    QCOMPARE(await(verifying)->outcome, VerifyOutcome::Absent);
}

void TestIrcHistory::waitsWhileItsDeadConnectionHoldsTheNick()
{
    IrcDialogue irc;
    irc.start();
    irc.introduce();
    irc.server.say(":irc.test 433 * ana :Nickname is already in use");
    irc.server.expect("NICK ana_");
    irc.welcome("ana_");
    QTRY_VERIFY(irc.isConnected());
    const auto transaction = base::newTransactionId(irc.random);
    // Its lines may still be read by the server: nothing can be said yet.
    QVERIFY(!await(irc.backend->verify(irc.room(), transaction)));
    irc.server.say(":ana_!ana@host NICK :ana");
    QTRY_COMPARE(irc.backend->self().name, u"ana"_s);
    QVERIFY(await(irc.backend->verify(irc.room(), transaction)));
}

void TestIrcHistory::keepsPlacesInTheCursor()
{
    irc::Conversations before{base::AccountId(u"irc"_s)};
    auto* room = before.open(u"#ops"_s, u"#Ops"_s, chat::ConversationKind::Room);
    room->joined = true;
    room->lastOrder = irc::orderAt(1'700'000'000'000) + 7;
    room->lastId = u"id"_s;
    room->topic = u"Deploys"_s;
    room->channelKey = u"secret"_s;
    before.open(u"bob"_s, u"Bob"_s, chat::ConversationKind::Direct);
    irc::Conversations after{base::AccountId(u"irc"_s)};
    after.restore(before.cursor());
    QCOMPARE(after.all().size(), 2);
    QCOMPARE(after.find(u"#ops"_s)->name, u"#Ops"_s);
    QCOMPARE(after.find(u"#ops"_s)->lastOrder, room->lastOrder);
    QCOMPARE(after.find(u"#ops"_s)->lastId, u"id"_s);
    QVERIFY(after.find(u"#ops"_s)->joined);
    QVERIFY(after.find(u"#ops"_s)->channelKey.isEmpty()); // no secret in a cursor
    QVERIFY(!before.cursor().contains("secret"));
    QVERIFY(after.find(u"bob"_s)->kind == chat::ConversationKind::Direct);
}

void TestIrcHistory::takesNothingFromABrokenCursor()
{
    irc::Conversations conversations{base::AccountId(u"irc"_s)};
    conversations.open(u"#ops"_s, u"#ops"_s, chat::ConversationKind::Room);
    const QByteArray good = conversations.cursor();
    for (qsizetype cut = 0; cut < good.size(); ++cut) {
        conversations.restore(good.left(cut));
        QVERIFY(conversations.all().size() <= 1);
    }
    conversations.restore("no cursor of ours");
    QVERIFY(conversations.all().isEmpty());
    conversations.restore(QByteArray(irc::Conversations::kMaxCursorBytes + 1, '\xa1'));
    QVERIFY(conversations.all().isEmpty());
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestIrcHistory)
#include "tst_irchistory.moc"
