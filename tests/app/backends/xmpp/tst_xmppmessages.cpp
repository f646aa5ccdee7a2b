// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "messagereading.h"

#include "chat/systemevent.h"

#include "xmpp/fallback.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Reading;
using Room = MessageReading;

class TestXmppMessages : public QObject
{
    Q_OBJECT
private slots:
    void readsARoomMessageOfProsody();
    void readsARoomMessageOfEjabberd();
    void readsADirectMessage();
    void knowsItsOwnEcho();
    void knowsItsOwnNickOnlySinceItIsOurs();
    void readsWhatOtherClientsOfOursSent();
    void readsPrivateMessagesOfARoomApart();
    void namesWhatNoArchiveNames();
    void believesOnlyArchivesThatAre();
    void takesTimeFromTheServer_data();
    void takesTimeFromTheServer();
    void repliesWithoutTheQuotation();
    void keepsTheQuotationOfWhatIsNotKnown();
    void ignoresRangesThatMakeNoSense_data();
    void ignoresRangesThatMakeNoSense();
    void corrects();
    void letsACorrectionOfTheUnknownStandForItself();
    void takesBack();
    void doesNotBringBackWhatWasChanged();
    void letsModeratorsRemove();
    void tellsTheWholeSetOfReactions();
    void takesSoManyReactions();
    void tellsInvitations();
    void tellsReceipts();
    void tellsTyping();
    void limitsNamesAndIds();
    void tellsRejections();
    void hasNothingToSayOf_data();
    void hasNothingToSayOf();
};

void TestXmppMessages::readsARoomMessageOfProsody()
{
    Room room;
    const Reading reading = room.read(Room::inRoom("bob", "m1", "<body>all *well*</body>"));
    QVERIFY(reading.get<chat::MessageChanged>());
    const chat::Message message = reading.get<chat::MessageChanged>()->message;
    QCOMPARE(message.conversation.key(), u"ops@conference.chat.test"_s);
    QCOMPARE(message.id.text(), u"archive-m1"_s);
    QCOMPARE(message.senderName, u"bob"_s);
    QCOMPARE(message.sender, xmpp::occupantIdentity(*xmpp::Jid::parse(u"ops@conference.chat.test"), u"bob-occupant"_s, u"bob"_s));
    QCOMPARE(message.text, u"all **well**"_s);
    QCOMPARE(message.timeMs, room.clock.nowMs());
    QVERIFY(message.transaction.isEmpty());
    QCOMPARE(reading.archiveId, u"archive-m1"_s);
    QVERIFY(room.message(Room::inRoom("bob", "m2", "<body>/me waves</body>")).action);
    QVERIFY(room.message(Room::inRoom("robert", "m3", "<body>x</body>", "bob-occupant")).sender == message.sender);
}

void TestXmppMessages::readsARoomMessageOfEjabberd()
{
    Room room(Room::ejabberdRoom());
    const chat::Message message
        = room.message("<message to='ana@chat.test/desk' from='ops@conference.chat.test/bob' type='groupchat' xml:lang='en' id='m1'>"
                       "<archived by='ops@conference.chat.test' id='1700000000123456' xmlns='urn:xmpp:mam:tmp'/>"
                       "<stanza-id by='ops@conference.chat.test' id='1700000000123456' xmlns='urn:xmpp:sid:0'/>"
                       "<origin-id id='m1' xmlns='urn:xmpp:sid:0'/><body>all well</body></message>");
    QCOMPARE(message.id.text(), u"1700000000123456"_s);
    QCOMPARE(message.sender.text(), u"ops@conference.chat.test/bob"_s);
    QCOMPARE(message.text, u"all well"_s);
}

void TestXmppMessages::readsADirectMessage()
{
    Room room;
    const Reading reading = room.read(Room::fromBob("m1", "<body>hi</body><request xmlns='urn:xmpp:receipts'/>"));
    const chat::Message message = reading.get<chat::MessageChanged>()->message;
    QCOMPARE(message.conversation.key(), u"bob@chat.test"_s);
    QCOMPARE(message.sender.text(), u"bob@chat.test"_s);
    QCOMPARE(message.id.text(), u"archive-m1"_s);
    QCOMPARE(reading.receiptWanted, u"m1"_s);
    QVERIFY(!message.notice);
    QVERIFY(room.message("<message from='chat.test' type='headline' id='h'><body>maintenance at nine</body></message>").notice);
    QCOMPARE(room.message("<message from='bob@chat.test' id='n'><body>a normal one</body></message>").text, u"a normal one"_s);
    QCOMPARE(room.message("<message from='bob@chat.test'><body xml:lang='de'>ja</body><body>yes</body></message>").text, u"yes"_s);
}

void TestXmppMessages::knowsItsOwnEcho()
{
    Room room;
    const chat::Message message
        = room.message(Room::inRoom("ana", "txn-1", "<origin-id xmlns='urn:xmpp:sid:0' id='txn-1'/><body>x</body>", "own-occupant"));
    QCOMPARE(message.transaction.text(), u"txn-1"_s);
    QCOMPARE(message.sender.text(), u"ana@chat.test"_s);
    QCOMPARE(message.senderName, u"ana"_s);
    QCOMPARE(room.message(Room::inRoom("ana", "txn-2", "<body>x</body>", "own-occupant")).transaction.text(), u"txn-2"_s);
    QCOMPARE(room.message(Room::inRoom("ana", "txn-3", "<body>x</body><ride xmlns='urn:ridealong:0' txn='t3'/>", "own-occupant")).transaction.text(),
        u"t3"_s);
    room.ops.hasStableIds = false;
    QVERIFY(room.message(Room::inRoom("ana", "changed", "<body>x</body>", "own-occupant")).transaction.isEmpty());
}

void TestXmppMessages::knowsItsOwnNickOnlySinceItIsOurs()
{
    Room room(Room::ejabberdRoom());
    room.ops.nickSinceMs = 5'000;
    const QByteArray said = "<message from='ops@conference.chat.test/ana' type='groupchat' id='txn'><body>x</body></message>";
    QCOMPARE(room.message(said).transaction.text(), u"txn"_s);
    const Reading before = room.archived("ops@conference.chat.test", "1", said, 4'999),
                  since = room.archived("ops@conference.chat.test", "2", said, 5'000);
    QVERIFY(before.get<chat::MessageChanged>()->message.transaction.isEmpty());
    QCOMPARE(before.get<chat::MessageChanged>()->message.sender.text(), u"ops@conference.chat.test/ana"_s);
    QCOMPARE(since.get<chat::MessageChanged>()->message.transaction.text(), u"txn"_s);
}

void TestXmppMessages::readsWhatOtherClientsOfOursSent()
{
    Room room;
    const chat::Message sent = room.message(Room::carbon("sent",
        "<message xmlns='jabber:client' from='ana@chat.test/phone' to='bob@chat.test' type='chat' id='t1'>"
        "<stanza-id xmlns='urn:xmpp:sid:0' by='ana@chat.test' id='a1'/><body>on my way</body></message>"));
    QCOMPARE(sent.conversation.key(), u"bob@chat.test"_s);
    QCOMPARE(sent.sender.text(), u"ana@chat.test"_s);
    QCOMPARE(sent.transaction.text(), u"t1"_s);
    // Our server does not tell what it calls what we send ourselves, so what is ours goes by our own name, from wherever it comes.
    QCOMPARE(sent.id, xmpp::unarchivedId(sent.sender, u"t1"_s));
    const chat::Message received = room.message(Room::carbon("received",
        "<message xmlns='jabber:client' from='bob@chat.test/phone' to='ana@chat.test/phone' type='chat' id='t1'><body>good</body></message>"));
    QCOMPARE(received.sender.text(), u"bob@chat.test"_s);
    QVERIFY(received.transaction.isEmpty());
}

void TestXmppMessages::readsPrivateMessagesOfARoomApart()
{
    Room room;
    const chat::Message message = room.message("<message from='ops@conference.chat.test/bob' to='ana@chat.test/desk' type='chat' id='p'>"
                                               "<x xmlns='http://jabber.org/protocol/muc#user'/><body>psst</body></message>");
    QCOMPARE(message.conversation.key(), u"ops@conference.chat.test/bob"_s);
    QCOMPARE(message.sender.text(), u"ops@conference.chat.test/bob"_s);
    QCOMPARE(message.senderName, u"bob"_s);
    QVERIFY(room.isSilent("<message from='ops@conference.chat.test' type='chat'><body>not from anybody</body></message>"));
}

void TestXmppMessages::namesWhatNoArchiveNames()
{
    Room room;
    room.ops.hasArchive = false;
    const chat::Message bobs = room.message(Room::inRoom("bob", "m1", "<body>x</body>"));
    QCOMPARE(bobs.id, xmpp::unarchivedId(bobs.sender, u"m1"_s));
    QCOMPARE(xmpp::stanzaIdOf(bobs.id), u"m1"_s);
    QVERIFY(room.message(Room::inRoom("eve", "m1", "<body>x</body>")).id != bobs.id);
    const QByteArray nameless = "<message from='bob@chat.test'><body>x</body></message>";
    QVERIFY(!room.message(nameless).id.isEmpty());
    QCOMPARE(room.message(nameless).id, room.message(nameless).id);
}

void TestXmppMessages::believesOnlyArchivesThatAre()
{
    Room room;
    room.reader.context().hasArchive = false;
    const Reading reading = room.read(Room::fromBob("m1", "<body>x</body>"));
    QVERIFY(reading.archiveId.isEmpty());
    QCOMPARE(xmpp::stanzaIdOf(reading.get<chat::MessageChanged>()->message.id), u"m1"_s);
}

void TestXmppMessages::takesTimeFromTheServer_data()
{
    QTest::addColumn<QByteArray>("delay");
    QTest::addColumn<qint64>("timeMs");
    const auto delay
        = [](const QByteArray& from, const QByteArray& stamp) { return "<delay xmlns='urn:xmpp:delay' from='" + from + "' stamp='" + stamp + "'/>"; };
    const qint64 now = 1'700'000'000'000;
    QTest::newRow("none") << QByteArray() << now;
    QTest::newRow("the room's") << delay("ops@conference.chat.test", "2023-11-14T22:00:00.500Z") << qint64(1'699'999'200'500);
    QTest::newRow("our server's") << delay("chat.test", "2023-11-14T22:00:00Z") << qint64(1'699'999'200'000);
    QTest::newRow("with an offset") << delay("chat.test", "2023-11-14T23:00:00+01:00") << qint64(1'699'999'200'000);
    QTest::newRow("nonsense") << delay("chat.test", "yesterday") << now;
    QTest::newRow("before all time") << delay("chat.test", "1969-01-01T00:00:00Z") << now;
    QTest::newRow("from the future") << delay("chat.test", "2999-01-01T00:00:00Z") << now + xmpp::kMaxClockLeadMs;
    QTest::newRow("the second is the server's") << delay("eve@evil.test", "2020-01-01T00:00:00Z") + delay("chat.test", "2023-11-14T22:00:00Z")
                                                << qint64(1'699'999'200'000);
}

void TestXmppMessages::takesTimeFromTheServer()
{
    QFETCH(QByteArray, delay);
    Room room;
    QTEST(room.message(Room::inRoom("bob", "m1", "<body>x</body>" + delay)).timeMs, "timeMs");
}

void TestXmppMessages::repliesWithoutTheQuotation()
{
    Room room;
    QVERIFY(room.message(Room::fromBob("m1", "<body>lunch?</body>")).id);
    const chat::Message reply = room.message(Room::fromBob("m2",
        "<body>&gt; 😀 lunch?\nyes 🍕</body><reply xmlns='urn:xmpp:reply:0' to='bob@chat.test' id='m1'/>"
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='11'/></fallback>"));
    QCOMPARE(reply.text, u"yes 🍕"_s);
    QCOMPARE(reply.replyTo.text(), u"archive-m1"_s);
    // A room's archive has given the name: what was said before we came is named alike.
    QCOMPARE(room.message(Room::inRoom("bob", "m3", "<body>x</body><reply xmlns='urn:xmpp:reply:0' id='long ago'/>")).replyTo.text(), u"long ago"_s);
}

void TestXmppMessages::keepsTheQuotationOfWhatIsNotKnown()
{
    Room room;
    const chat::Message reply = room.message(Room::fromBob("m2",
        "<body>&gt; lunch?\nyes</body><reply xmlns='urn:xmpp:reply:0' to='bob@chat.test' id='m1'/>"
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='9'/></fallback>"));
    QCOMPARE(reply.text, u"> lunch?\n\nyes"_s);
    QVERIFY(reply.replyTo.isEmpty());
}

void TestXmppMessages::ignoresRangesThatMakeNoSense_data()
{
    QTest::addColumn<QByteArray>("ranges");
    QTest::addColumn<QString>("text");
    const auto range = [](const char* from, const char* end) { return QByteArray("<body start='") + from + "' end='" + end + "'/>"; };
    QTest::newRow("to the end") << range("1", "3") << u"a"_s;
    QTest::newRow("one behind the end") << range("1", "4") << u"abc"_s;
    QTest::newRow("nothing") << range("1", "1") << u"abc"_s;
    QTest::newRow("turned round") << range("2", "1") << u"abc"_s;
    QTest::newRow("negative") << range("-1", "2") << u"abc"_s;
    QTest::newRow("huge") << range("0", "99999999999999999999") << u"abc"_s;
    QTest::newRow("no numbers") << range("a", "b") << u"abc"_s;
    QTest::newRow("half") << QByteArray("<body start='1'/>") << u"abc"_s;
    QTest::newRow("overlapping") << range("0", "2") + range("1", "2") << u"c"_s;
    QTest::newRow("as many as are looked at") << range("0", "1").repeated(xmpp::kMaxFallbackRanges) << u"bc"_s;
    QTest::newRow("one more") << range("0", "1").repeated(xmpp::kMaxFallbackRanges + 1) << u"abc"_s;
}

void TestXmppMessages::ignoresRangesThatMakeNoSense()
{
    QFETCH(QByteArray, ranges);
    Room room;
    QTEST(room.message(Room::inRoom("bob", "m",
                           "<body>abc</body><reply xmlns='urn:xmpp:reply:0' id='x'/><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
                               + ranges + "</fallback>"))
              .text,
        "text");
}

void TestXmppMessages::corrects()
{
    Room room;
    QVERIFY(room.message(Room::inRoom("bob", "m1", "<body>helo</body>")).id);
    const chat::Message corrected
        = room.message(Room::inRoom("robert", "m2", "<body>hello</body><replace id='m1' xmlns='urn:xmpp:message-correct:0'/>", "bob-occupant"));
    QCOMPARE(corrected.id.text(), u"archive-m1"_s);
    QCOMPARE(corrected.text, u"hello"_s);
    QVERIFY(corrected.edited);
    // The next one names the original again, and reactions stay.
    QVERIFY(room.read(Room::inRoom("cleo", "r", "<reactions id='archive-m1' xmlns='urn:xmpp:reactions:0'><reaction>👍</reaction></reactions>"))
                .get<chat::ReactionsChanged>());
    const chat::Message again = room.message(Room::inRoom("bob", "m3", "<body>hello!</body><replace id='m1' xmlns='urn:xmpp:message-correct:0'/>"));
    QCOMPARE(again.id.text(), u"archive-m1"_s);
    QCOMPARE(again.reactions.size(), 1);
    const Reading own = room.read(Room::inRoom("ana", "t1", "<body>x</body>", "own-occupant"));
    const Reading ownEdit
        = room.read(Room::inRoom("ana", "t2", "<body>y</body><replace id='t1' xmlns='urn:xmpp:message-correct:0'/>", "own-occupant"));
    QCOMPARE(ownEdit.get<chat::MessageChanged>()->message.id, own.get<chat::MessageChanged>()->message.id);
    QVERIFY(ownEdit.get<chat::MessageChanged>()->message.transaction.isEmpty());
    QCOMPARE(ownEdit.transaction.text(), u"t2"_s);
}

void TestXmppMessages::letsACorrectionOfTheUnknownStandForItself()
{
    Room room;
    const chat::Message message = room.message(Room::fromBob("m2", "<body>hello</body><replace id='m1' xmlns='urn:xmpp:message-correct:0'/>"));
    QCOMPARE(message.id.text(), u"archive-m2"_s);
    QVERIFY(message.edited);
}

void TestXmppMessages::takesBack()
{
    Room room;
    QVERIFY(room.message(Room::inRoom("bob", "m1", "<body>secret</body>")).id);
    const Reading room1
        = room.read(Room::inRoom("bob", "m2", "<retract id='archive-m1' xmlns='urn:xmpp:message-retract:1'/><body>took it back</body>"));
    QCOMPARE(room1.get<chat::MessageRemoved>()->message.text(), u"archive-m1"_s);
    QVERIFY(room.message(Room::fromBob("d1", "<body>secret</body>")).id);
    const Reading direct
        = room.read(Room::fromBob("d2", "<apply-to id='d1' xmlns='urn:xmpp:fasten:0'><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>"));
    QCOMPARE(direct.get<chat::MessageRemoved>()->message.text(), u"archive-d1"_s);
    const Reading kept = room.archived("ops@conference.chat.test", "gone",
        "<message from='ops@conference.chat.test/bob' type='groupchat' id='g'><retracted stamp='2023-11-14T22:00:00Z' "
        "xmlns='urn:xmpp:message-retract:1'/></message>");
    QVERIFY(kept.get<chat::MessageChanged>()->message.deleted);
}

void TestXmppMessages::doesNotBringBackWhatWasChanged()
{
    Room room;
    const QByteArray said = Room::inRoom("bob", "m1", "<body>helo</body>");
    QVERIFY(room.message(said).id);
    QVERIFY(room.message(Room::inRoom("bob", "m2", "<body>hello</body><replace id='m1' xmlns='urn:xmpp:message-correct:0'/>")).id);
    QCOMPARE(room.archived("ops@conference.chat.test", "archive-m1", said).what.index(), 0u);
}

void TestXmppMessages::letsModeratorsRemove()
{
    Room room;
    const auto removed = [&room](const QByteArray& inside) {
        const Reading reading = room.read("<message type='groupchat' from='ops@conference.chat.test' id='r'>" + inside + "</message>");
        const auto* gone = reading.get<chat::MessageRemoved>();
        return gone ? gone->message.text() : QString();
    };
    QCOMPARE(removed("<retract id='a1' xmlns='urn:xmpp:message-retract:1'><moderated by='ops@conference.chat.test/cleo' "
                     "xmlns='urn:xmpp:message-moderate:1'/></retract>"),
        u"a1"_s);
    QCOMPARE(removed("<apply-to id='a2' xmlns='urn:xmpp:fasten:0'><moderated by='ops@conference.chat.test/cleo' xmlns='urn:xmpp:message-moderate:0'>"
                     "<retract xmlns='urn:xmpp:message-retract:0'/></moderated></apply-to>"),
        u"a2"_s);
    QCOMPARE(removed("<retract id='a3' xmlns='urn:xmpp:message-retract:1'/>"), QString());
}

void TestXmppMessages::tellsTheWholeSetOfReactions()
{
    Room room;
    const auto react = [&room](const QByteArray& emojis) {
        const Reading reading = room.read(
            Room::inRoom("bob", "r", "<reactions id='a1' xmlns='urn:xmpp:reactions:0'>" + emojis + "</reactions><store xmlns='urn:xmpp:hints'/>"));
        const auto* changed = reading.get<chat::ReactionsChanged>();
        return changed && changed->whole ? changed->added.join(u'+') : u"nothing"_s;
    };
    QCOMPARE(react("<reaction>👍</reaction><reaction>🎉</reaction><reaction>👍</reaction>"), u"👍+🎉"_s);
    QCOMPARE(react("<reaction>🎉</reaction><reaction>👎</reaction>"), u"🎉+👎"_s);
    QCOMPARE(react("<reaction>🎉</reaction><reaction>👎</reaction>"), u"nothing"_s);
    // An older page of the archive does not know better.
    QCOMPARE(
        room.archived("ops@conference.chat.test", "0", Room::inRoom("bob", "r", "<reactions id='a1' xmlns='urn:xmpp:reactions:0'/>")).what.index(),
        0u);
    QCOMPARE(react({}), QString());
    QCOMPARE(react({}), u"nothing"_s);
}

void TestXmppMessages::tellsInvitations()
{
    Room room;
    const QByteArray xml
        = Room::fromBob("i1", "<body>come</body><x xmlns='jabber:x:conference' jid='dev@rooms.test' reason='we deploy' password='s3cret'/>");
    const Reading reading = room.read(xml);
    const chat::Message told = reading.get<chat::MessageChanged>()->message;
    QVERIFY(told.system);
    QCOMPARE(told.conversation.key(), u"bob@chat.test"_s);
    QCOMPARE(told.id.text(), u"archive-i1"_s);
    const auto event = chat::systemEventFromText(told.text);
    QVERIFY(event && event->kind == chat::SystemEvent::Kind::Invited);
    QCOMPARE(event->subject, u"dev@rooms.test"_s);
    QCOMPARE(event->detail, u"we deploy"_s);
    QCOMPARE(reading.invitation->password, u"s3cret"_s);
    // The archive tells the same again: one message.
    QCOMPARE(room.archived("ana@chat.test", "archive-i1", xml).get<chat::MessageChanged>()->message.id, told.id);
}

void TestXmppMessages::takesSoManyReactions()
{
    QByteArray many;
    for (int i = 0; i <= xmpp::kMaxReactionsOfOne; ++i)
        many += "<reaction>" + QByteArray::number(i) + "</reaction>";
    Room room;
    const Reading reading = room.read(Room::inRoom("bob", "r", "<reactions id='a1' xmlns='urn:xmpp:reactions:0'>" + many + "</reactions>"));
    QCOMPARE(reading.get<chat::ReactionsChanged>()->added.size(), xmpp::kMaxReactionsOfOne);
    const QByteArray longest(xmpp::kMaxEmojiChars, 'x');
    const Reading sizes = room.read(Room::inRoom("cleo", "r",
        "<reactions id='a1' xmlns='urn:xmpp:reactions:0'><reaction/><reaction> </reaction><reaction>" + longest + "</reaction><reaction>" + longest
            + "x</reaction></reactions>"));
    QCOMPARE(sizes.get<chat::ReactionsChanged>()->added, QStringList(QString::fromLatin1(longest)));
}

void TestXmppMessages::tellsReceipts()
{
    Room room;
    QVERIFY(
        room.message(Room::carbon("sent",
                         "<message xmlns='jabber:client' from='ana@chat.test/phone' to='bob@chat.test' type='chat' id='t1'><body>x</body></message>"))
            .id);
    const Reading got = room.read(Room::fromBob("r1", "<received xmlns='urn:xmpp:receipts' id='t1'/>"));
    QVERIFY(got.get<xmpp::Receipt>());
    QVERIFY(got.get<xmpp::Receipt>()->kind == xmpp::Receipt::Kind::Received);
    QCOMPARE(xmpp::stanzaIdOf(got.get<xmpp::Receipt>()->message), u"t1"_s);
    const Reading shown = room.read(Room::fromBob("r2", "<displayed xmlns='urn:xmpp:chat-markers:0' id='t1'/>"));
    QVERIFY(shown.get<xmpp::Receipt>()->kind == xmpp::Receipt::Kind::Displayed);
    // Our phone has shown what Bob said.
    QVERIFY(room.message(Room::fromBob("m1", "<body>y</body><markable xmlns='urn:xmpp:chat-markers:0'/>")).id);
    const Reading own = room.read(Room::carbon("sent",
        "<message xmlns='jabber:client' from='ana@chat.test/phone' to='bob@chat.test' type='chat'><displayed xmlns='urn:xmpp:chat-markers:0' "
        "id='m1'/></message>"));
    QVERIFY(own.get<xmpp::Receipt>()->isOwn);
    QCOMPARE(own.get<xmpp::Receipt>()->message.text(), u"archive-m1"_s);
}

void TestXmppMessages::tellsTyping()
{
    Room room;
    const auto state = [&room](const QByteArray& inside) {
        const Reading reading
            = room.read("<message from='ops@conference.chat.test/bob' type='groupchat'><occupant-id xmlns='urn:xmpp:occupant-id:0' id='b'/>" + inside
                + "</message>");
        const auto* typing = reading.get<chat::Typing>();
        return !typing ? -1 : int(typing->active);
    };
    QCOMPARE(state("<composing xmlns='http://jabber.org/protocol/chatstates'/>"), 1);
    QCOMPARE(state("<paused xmlns='http://jabber.org/protocol/chatstates'/>"), 0);
    QCOMPARE(state("<composing xmlns='http://jabber.org/protocol/chatstates'/><delay xmlns='urn:xmpp:delay' from='chat.test' "
                   "stamp='2023-11-14T22:00:00Z'/>"),
        -1);
    QVERIFY(room.isSilent(Room::inRoom("ana", "t", "<composing xmlns='http://jabber.org/protocol/chatstates'/>", "own-occupant")));
}

void TestXmppMessages::limitsNamesAndIds()
{
    Room room;
    for (const qsizetype chars : {xmpp::kMaxNameChars, xmpp::kMaxNameChars + 1})
        QCOMPARE(room.message(Room::inRoom(QByteArray(chars, 'n'), "m", "<body>x</body>")).senderName.size(), xmpp::kMaxNameChars);
    QCOMPARE(room.message(Room::inRoom("n", "m", "<body>x</body>")).senderName, u"n"_s);
    const auto idChars = [&room](qsizetype chars) {
        return xmpp::stanzaIdOf(room.message("<message from='bob@chat.test' id='" + QByteArray(chars, 'i') + "'><body>x</body></message>").id).size();
    };
    QCOMPARE(idChars(xmpp::kMaxIdChars), xmpp::kMaxIdChars);
    QCOMPARE(idChars(xmpp::kMaxIdChars + 1), 23); // made up
    QCOMPARE(idChars(0), 23);
}

void TestXmppMessages::tellsRejections()
{
    Room room;
    const Reading reading
        = room.read("<message type='error' from='ops@conference.chat.test' to='ana@chat.test/desk' id='txn'><body>x</body><error type='auth'>"
                    "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>visitors may not "
                    "speak</text></error></message>");
    const auto* rejection = reading.get<xmpp::Rejection>();
    QVERIFY(rejection);
    QCOMPARE(rejection->conversation.key(), u"ops@conference.chat.test"_s);
    QCOMPARE(rejection->transaction.text(), u"txn"_s);
    QVERIFY(rejection->error.kind == ErrorKind::Denied);
    QCOMPARE(rejection->error.detail, u"forbidden: visitors may not speak"_s);
    const Reading direct = room.read("<message type='error' from='nobody@chat.test' id='t2'><error type='cancel'><service-unavailable "
                                     "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
    QCOMPARE(direct.get<xmpp::Rejection>()->conversation.key(), u"nobody@chat.test"_s);
    QVERIFY(room.isSilent("<message type='error' from='ops@conference.chat.test'><error/></message>"));
}

void TestXmppMessages::hasNothingToSayOf_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("a subject") << Room::inRoom("bob", "m", "<subject>Deploys</subject>");
    QTest::newRow("an empty body") << Room::fromBob("m", "<body/>");
    QTest::newRow("blanks") << Room::fromBob("m", "<body> \n </body>");
    QTest::newRow("nothing") << QByteArray("<message from='bob@chat.test'/>");
    QTest::newRow("an event") << QByteArray(
        "<message from='bob@chat.test' type='headline'><event xmlns='http://jabber.org/protocol/pubsub#event'/></message>");
    QTest::newRow("a presence") << QByteArray("<presence from='bob@chat.test'><body>x</body></presence>");
    QTest::newRow("a reaction to nothing") << Room::fromBob(
        "m", "<reactions id='' xmlns='urn:xmpp:reactions:0'><reaction>x</reaction></reactions><body>x</body>");
    QTest::newRow("a broken address") << QByteArray("<message from='@'><body>x</body></message>");
    QTest::newRow("a room that we are not in") << QByteArray(
        "<message from='other@conference.chat.test/bob' type='groupchat'><body>x</body></message>");
}

void TestXmppMessages::hasNothingToSayOf()
{
    QFETCH(QByteArray, xml);
    Room room;
    QVERIFY(room.isSilent(xml));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppMessages)
#include "tst_xmppmessages.moc"
