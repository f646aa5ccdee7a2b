// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "messagereading.h"
#include "xmpp/messagewriter.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::MessageId;
using base::TransactionId;
using xmpp::Destination;
using xmpp::Element;
using Room = MessageReading;

namespace {

const Destination kOps{*xmpp::Jid::parse(u"ops@conference.chat.test"), true, true};
const Destination kBob{*xmpp::Jid::parse(u"bob@chat.test"), false, false};
const base::ConversationId kOpsId(base::AccountId(u"work"_s), u"ops@conference.chat.test"_s);
const base::ConversationId kBobId(base::AccountId(u"work"_s), u"bob@chat.test"_s);

chat::Outgoing saying(const QString& text, const base::ConversationId& where = kOpsId)
{
    chat::Outgoing outgoing;
    outgoing.transaction = TransactionId(u"txn"_s);
    outgoing.conversation = where;
    outgoing.text = text;
    return outgoing;
}

chat::Attachment fileAt(const QString& address)
{
    chat::Attachment file;
    file.id = base::FileId(address);
    return file;
}

chat::Message messageOf(const base::ConversationId& conversation, const MessageId& id)
{
    chat::Message message;
    message.conversation = conversation;
    message.id = id;
    return message;
}

/// What the room makes of it for all: from our nick, with its archive's id.
chat::Message echoOf(Room& room, Element message)
{
    message.setAttribute(u"from", u"ops@conference.chat.test/ana"_s);
    message.append(Element(u"occupant-id", xmpp::ns::kOccupantId).with(u"id", u"own-occupant"_s));
    message.append(Element(u"stanza-id", xmpp::ns::kStanzaIds).with(u"by", u"ops@conference.chat.test"_s).with(u"id", u"archive-own"_s));
    const xmpp::Reading reading = room.reader.read(ScriptedStream::read(message.toXml(xmpp::ns::kClient)));
    return reading.get<chat::MessageChanged>() ? reading.get<chat::MessageChanged>()->message : chat::Message();
}

} // namespace

class TestXmppWriting : public QObject
{
    Q_OBJECT
private slots:
    void saysATextInARoom();
    void saysATextToSomebody();
    void comesBackAsItWasSaid_data();
    void comesBackAsItWasSaid();
    void leavesOutWhatXmlCannotCarry();
    void repliesWithAQuotation();
    void quotesLittle();
    void namesThreads();
    void sendsFiles();
    void refusesWhatIsEmptyOrTooLarge();
    void editsByTheOriginalName();
    void removes();
    void reactsWithTheWholeSet();
    void knowsNoNameOfWhatItHasForgotten();
    void tellsTypingMarkersAndReceipts();
    void sendsFramesThatNobodyKeeps();
};

void TestXmppWriting::saysATextInARoom()
{
    Room room;
    const xmpp::MessageWriter writer(room.reader.known());
    QCOMPARE(writer.message(kOps, saying(u"all **well**"_s))->toXml(xmpp::ns::kClient),
        QByteArray(
            "<message to='ops@conference.chat.test' type='groupchat' id='txn'><origin-id xmlns='urn:xmpp:sid:0' id='txn'/><body>all *well*</body>"
            "<ride xmlns='urn:ridealong:0' txn='txn'/><active xmlns='http://jabber.org/protocol/chatstates'/></message>"));
}

void TestXmppWriting::saysATextToSomebody()
{
    Room room;
    const Element message = *xmpp::MessageWriter(room.reader.known()).message(kBob, saying(u"hi"_s, kBobId));
    QCOMPARE(message.attribute(u"type"), u"chat"_s);
    QVERIFY(message.has(u"request", xmpp::ns::kReceipts) && message.has(u"markable", xmpp::ns::kMarkers));
}

void TestXmppWriting::comesBackAsItWasSaid_data()
{
    QTest::addColumn<QString>("text");
    for (const auto& text : {u"plain"_s, u"**bold** _it_ ~~no~~ `code`"_s, u"- a\n- b"_s, u"2 \\* 3"_s, u"# heading"_s, u"[a](https://b.test)"_s,
             u"```cpp\nint a;\n```\nso"_s, u"> said\n\nanswer"_s, u"a < b && c > d ' \" \r\n 😀"_s.replace(u"\r"_s, QString()),
             u"| a | b |\n|---|---|"_s, u"word**inner**word"_s, u"    code"_s})
        QTest::newRow(qPrintable(text.left(20).simplified())) << text;
}

void TestXmppWriting::comesBackAsItWasSaid()
{
    QFETCH(QString, text);
    Room room;
    const chat::Message echo = echoOf(room, *xmpp::MessageWriter(room.reader.known()).message(kOps, saying(text)));
    QCOMPARE(echo.text, text);
    QCOMPARE(echo.transaction.text(), u"txn"_s);
}

void TestXmppWriting::leavesOutWhatXmlCannotCarry()
{
    Room room;
    const xmpp::MessageWriter writer(room.reader.known());
    const QString text = u"a\u001B[31mb\u0000c\uFFFEd\r\ne\tf"_s;
    QCOMPARE(echoOf(room, *writer.message(kOps, saying(text))).text, u"a[31mbcd\ne\tf"_s);
    QVERIFY(!writer.message(kOps, saying(u"\u001B\u0007"_s)));
    QVERIFY(!writer.message(kOps, saying(QString(QChar(0xD800)))));
}

void TestXmppWriting::repliesWithAQuotation()
{
    Room room;
    QVERIFY(room.message(Room::inRoom("bob", "m1", "<body>😀 lunch?</body>")).id);
    chat::Outgoing outgoing = saying(u"yes"_s);
    outgoing.replyTo = MessageId(u"archive-m1"_s);
    const Element message
        = *xmpp::MessageWriter(room.reader.known()).message(kOps, outgoing, xmpp::Quoted{u"ops@conference.chat.test/bob"_s, u"😀 lunch?"_s});
    QCOMPARE(message.textOf(u"body", xmpp::ns::kClient), u"> 😀 lunch?\nyes"_s);
    QVERIFY(message.toXml().contains("<reply xmlns='urn:xmpp:reply:0' id='archive-m1' to='ops@conference.chat.test/bob'/>"));
    QVERIFY(message.toXml().contains("start='0' end='11'"));
    const chat::Message echo = echoOf(room, message);
    QCOMPARE(echo.text, u"yes"_s);
    QCOMPARE(echo.replyTo.text(), u"archive-m1"_s);
    // In a direct chat the name is the sender's.
    QVERIFY(room.message(Room::fromBob("d1", "<body>lunch?</body>")).id);
    outgoing = saying(u"yes"_s, kBobId);
    outgoing.replyTo = MessageId(u"archive-d1"_s);
    QVERIFY(xmpp::MessageWriter(room.reader.known()).message(kBob, outgoing)->toXml().contains("<reply xmlns='urn:xmpp:reply:0' id='d1'/>"));
}

void TestXmppWriting::quotesLittle()
{
    Room room;
    chat::Outgoing outgoing = saying(u"yes"_s);
    outgoing.replyTo = MessageId(u"a"_s);
    const auto body = [&](const QString& quoted) {
        return xmpp::MessageWriter(room.reader.known()).message(kOps, outgoing, xmpp::Quoted{u"x"_s, quoted})->textOf(u"body", xmpp::ns::kClient);
    };
    QCOMPARE(body(u"a\nb\nc\nd"_s), u"> a\n> b\n> c\nyes"_s);
    QCOMPARE(body(QString(1000, u'x')).size(), 300 + 3 + 3);
    QCOMPARE(body({}), u"> \nyes"_s);
}

void TestXmppWriting::namesThreads()
{
    Room room;
    chat::Outgoing outgoing = saying(u"on it"_s);
    outgoing.thread = MessageId(u"root"_s);
    const Element message = *xmpp::MessageWriter(room.reader.known()).message(kOps, outgoing);
    QCOMPARE(message.textOf(u"thread", xmpp::ns::kClient), u"root"_s);
    QCOMPARE(echoOf(room, message).thread.text(), u"root"_s);
}

void TestXmppWriting::sendsFiles()
{
    Room room;
    const xmpp::MessageWriter writer(room.reader.known());
    chat::Outgoing outgoing = saying({});
    outgoing.attachments = {fileAt(u"https://upload.chat.test/1/a%20b.png"_s)};
    const Element alone = *writer.message(kOps, outgoing);
    QCOMPARE(alone.textOf(u"body", xmpp::ns::kClient), u"https://upload.chat.test/1/a%20b.png"_s);
    QCOMPARE(alone.find(u"x", xmpp::ns::kOutOfBand)->textOf(u"url", xmpp::ns::kOutOfBand), u"https://upload.chat.test/1/a%20b.png"_s);
    const chat::Message echo = echoOf(room, alone);
    QCOMPARE(echo.attachments.size(), 1);
    QCOMPARE(echo.attachments.first().name, u"a b.png"_s);
    QVERIFY(echo.text.isEmpty());
    outgoing.text = u"see **these**"_s;
    outgoing.attachments.append(fileAt(u"https://upload.chat.test/2/x.log"_s));
    const Element both = *writer.message(kOps, outgoing);
    QCOMPARE(both.textOf(u"body", xmpp::ns::kClient), u"see *these*\nhttps://upload.chat.test/1/a%20b.png\nhttps://upload.chat.test/2/x.log"_s);
    QCOMPARE(echoOf(room, both).text, u"see **these**"_s);
    QCOMPARE(echoOf(room, both).attachments.size(), 2);
    outgoing.replyTo = MessageId(u"a"_s);
    const Element reply = *writer.message(kOps, outgoing, xmpp::Quoted{u"x"_s, u"😀"_s});
    QCOMPARE(echoOf(room, reply).text, u"see **these**"_s);
    QCOMPARE(echoOf(room, reply).attachments.size(), 2);
}

void TestXmppWriting::refusesWhatIsEmptyOrTooLarge()
{
    Room room;
    const xmpp::MessageWriter writer(room.reader.known());
    for (const QString& text : {QString(), u" \n"_s})
        QVERIFY(writer.message(kOps, saying(text)).error().kind == ErrorKind::Invalid);
    const qsizetype frame = writer.message(kOps, saying(u"x"_s))->toXml(xmpp::ns::kClient).size() - 1;
    QVERIFY(writer.message(kOps, saying(QString(xmpp::kMaxBodyBytes - frame, u'x'))));
    QVERIFY(!writer.message(kOps, saying(QString(xmpp::kMaxBodyBytes - frame + 1, u'x'))));
}

void TestXmppWriting::editsByTheOriginalName()
{
    Room room;
    const xmpp::MessageWriter writer(room.reader.known());
    const chat::Message echo = echoOf(room, *writer.message(kOps, saying(u"helo"_s)));
    const Element edit = *writer.edit(kOps, echo, TransactionId(u"txn2"_s), u"**hello**"_s);
    QCOMPARE(edit.find(u"replace", xmpp::ns::kCorrection)->attribute(u"id"), u"txn"_s);
    const chat::Message edited = echoOf(room, edit);
    QCOMPARE(edited.id, echo.id);
    QCOMPARE(edited.text, u"**hello**"_s);
    QVERIFY(edited.edited);
    // What no archive has named carries the name in itself.
    const chat::Message own = messageOf(kBobId, xmpp::unarchivedId(base::UserId(u"ana@chat.test"_s), u"txn3"_s));
    QCOMPARE(writer.edit(kBob, own, TransactionId(u"t"_s), u"x"_s)->find(u"replace", xmpp::ns::kCorrection)->attribute(u"id"), u"txn3"_s);
    QVERIFY(writer.edit(kBob, own, TransactionId(u"t"_s), {}).error().kind == ErrorKind::Invalid);
}

void TestXmppWriting::removes()
{
    Room room;
    const xmpp::MessageWriter writer(room.reader.known());
    const chat::Message echo = echoOf(room, *writer.message(kOps, saying(u"secret"_s)));
    Element remove = *writer.remove(kOps, echo, TransactionId(u"txn2"_s));
    QCOMPARE(remove.find(u"retract", xmpp::ns::kRetraction)->attribute(u"id"), u"archive-own"_s);
    QVERIFY(remove.has(u"store", xmpp::ns::kHints));
    remove.setAttribute(u"from", u"ops@conference.chat.test/ana"_s);
    remove.append(Element(u"occupant-id", xmpp::ns::kOccupantId).with(u"id", u"own-occupant"_s));
    QCOMPARE(room.reader.read(remove).get<chat::MessageRemoved>()->message, echo.id);
}

void TestXmppWriting::reactsWithTheWholeSet()
{
    Room room;
    const xmpp::MessageWriter writer(room.reader.known());
    const MessageId message(u"archive-1"_s);
    QCOMPARE(writer.react(kOps, kOpsId, message, TransactionId(u"t"_s), {u"👍"_s, u"🎉"_s})->toXml(xmpp::ns::kClient),
        QByteArray("<message to='ops@conference.chat.test' type='groupchat' id='t'><origin-id xmlns='urn:xmpp:sid:0' id='t'/>"
                   "<reactions xmlns='urn:xmpp:reactions:0' id='archive-1'><reaction>👍</reaction><reaction>🎉</reaction></reactions><store "
                   "xmlns='urn:xmpp:hints'/></message>"));
    const auto count = [&](qsizetype wanted) {
        const Element reaction = *writer.react(kOps, kOpsId, message, TransactionId(u"t"_s), QStringList(wanted, u"x"_s));
        return qsizetype(reaction.find(u"reactions", xmpp::ns::kReactions)->children().size());
    };
    QCOMPARE(count(0), 0);
    QCOMPARE(count(xmpp::kMaxReactionsOfOne), xmpp::kMaxReactionsOfOne);
    QCOMPARE(count(xmpp::kMaxReactionsOfOne + 1), xmpp::kMaxReactionsOfOne);
}

void TestXmppWriting::knowsNoNameOfWhatItHasForgotten()
{
    Room room;
    const xmpp::MessageWriter writer(room.reader.known());
    const MessageId old(u"archive-old"_s);
    QVERIFY(writer.edit(kOps, messageOf(kOpsId, old), TransactionId(u"t"_s), u"x"_s).error().kind == ErrorKind::NotFound);
    QVERIFY(writer.remove(kBob, messageOf(kBobId, old), TransactionId(u"t"_s)).error().kind == ErrorKind::NotFound);
    QVERIFY(writer.react(kBob, kBobId, old, TransactionId(u"t"_s), {}).error().kind == ErrorKind::NotFound);
    QVERIFY(writer.displayed(kBob, kBobId, old).error().kind == ErrorKind::NotFound);
    QVERIFY(writer.remove(kOps, messageOf(kOpsId, old), TransactionId(u"t"_s)));
    // Ours of another run: it is called what we called it when it was sent.
    chat::Message ours = messageOf(kBobId, old);
    ours.transaction = TransactionId(u"txn9"_s);
    QCOMPARE(writer.edit(kBob, ours, TransactionId(u"t"_s), u"x"_s)->find(u"replace", xmpp::ns::kCorrection)->attribute(u"id"), u"txn9"_s);
    QCOMPARE(writer.remove(kBob, ours, TransactionId(u"t"_s))->find(u"retract", xmpp::ns::kRetraction)->attribute(u"id"), u"txn9"_s);
}

void TestXmppWriting::tellsTypingMarkersAndReceipts()
{
    Room room;
    using xmpp::MessageWriter;
    QCOMPARE(MessageWriter::typing(kBob, true).toXml(xmpp::ns::kClient),
        QByteArray("<message to='bob@chat.test' type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/><no-store "
                   "xmlns='urn:xmpp:hints'/></message>"));
    QVERIFY(MessageWriter::typing(kOps, false).has(u"paused", xmpp::ns::kChatStates));
    QCOMPARE(MessageWriter::received(kBob, u"m1"_s).find(u"received", xmpp::ns::kReceipts)->attribute(u"id"), u"m1"_s);
    QVERIFY(room.message(Room::fromBob("m1", "<body>x</body>")).id);
    const Element displayed = *MessageWriter(room.reader.known()).displayed(kBob, kBobId, MessageId(u"archive-m1"_s));
    QCOMPARE(displayed.find(u"displayed", xmpp::ns::kMarkers)->attribute(u"id"), u"m1"_s);
}

void TestXmppWriting::sendsFramesThatNobodyKeeps()
{
    const xmpp::Jid phone = *xmpp::Jid::parse(u"bob@chat.test/phone");
    const Element frame = *xmpp::MessageWriter::frame(phone, QByteArray(xmpp::kMaxFrameBytes, 'f'));
    QVERIFY(frame.has(u"no-store", xmpp::ns::kHints) && frame.has(u"no-copy", xmpp::ns::kHints));
    QCOMPARE(frame.attribute(u"to"), u"bob@chat.test/phone"_s);
    QVERIFY(!xmpp::MessageWriter::frame(phone, QByteArray(xmpp::kMaxFrameBytes + 1, 'f')));
    QVERIFY(!xmpp::MessageWriter::frame(phone, {}));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppWriting)
#include "tst_xmppwriting.moc"
