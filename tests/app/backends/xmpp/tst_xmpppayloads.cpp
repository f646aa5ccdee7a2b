// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "messagereading.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using xmpp::Reading;
using Room = MessageReading;

class TestXmppPayloads : public QObject
{
    Q_OBJECT
private slots:
    void readsFiles_data();
    void readsFiles();
    void readsPayloads();
    void limitsPayloads();
    void readsFrames();
};

void TestXmppPayloads::readsFiles_data()
{
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("text");
    const QByteArray url = "https://upload.chat.test/1/a%20plan.PNG", oob = "<x xmlns='jabber:x:oob'><url>" + url + "</url></x>";
    QTest::newRow("told beside its address") << Room::body(url) + oob << u"a plan.PNG"_s << QString();
    QTest::newRow("told alone") << oob << u"a plan.PNG"_s << QString();
    QTest::newRow("with words") << Room::body("see here") + oob << u"a plan.PNG"_s << u"see here"_s;
    QTest::newRow("told twice") << oob + oob << u"a plan.PNG"_s << QString();
    QTest::newRow("an address alone") << Room::body(url) << u"a plan.PNG"_s << QString();
    QTest::newRow("an address of a page") << Room::body("https://a.test/page") << QString() << u"https://a.test/page"_s;
    QTest::newRow("an address among words") << Room::body("https://a.test/x.png there") << QString() << u"https://a.test/x.png there"_s;
    QTest::newRow("no web address") << Room::body("x") + "<x xmlns='jabber:x:oob'><url>file:///etc/passwd</url></x>" << QString() << u"x"_s;
    QTest::newRow("with a password") << Room::body("x") + "<x xmlns='jabber:x:oob'><url>https://a:b@c.test/x.png</url></x>" << QString() << u"x"_s;
    QTest::newRow("another folder") << Room::body("x") + "<x xmlns='jabber:x:oob'><url>https://c.test/..%2F..%2F.bashrc</url></x>" << u"bashrc"_s
                                    << u"x"_s;
}

void TestXmppPayloads::readsFiles()
{
    QFETCH(QByteArray, inside);
    Room room;
    const chat::Message message = room.message(Room::fromBob("m", inside));
    QStringList names;
    for (const chat::Attachment& file : message.attachments)
        names << file.name;
    QTEST(names.join(u'|'), "names");
    QTEST(message.text, "text");
}

void TestXmppPayloads::readsPayloads()
{
    Room room;
    const Reading reading = room.read(Room::inRoom("bob", "m",
        "<body>*bold* - x</body><ride xmlns='urn:ridealong:0' thread='root' run='run-1'><markdown>**bold** \\- "
        "x</markdown><envelope>AAEC</envelope></ride>"));
    const chat::Message message = reading.get<chat::MessageChanged>()->message;
    QCOMPARE(message.text, u"**bold** \\- x"_s);
    QCOMPARE(message.thread.text(), u"root"_s);
    QCOMPARE(message.run.text(), u"run-1"_s);
    QCOMPARE(reading.envelope, QByteArray("\0\1\2", 3));
    // Nobody shows others one text and us another.
    const QByteArray differs = "<body>hello</body><ride xmlns='urn:ridealong:0'><markdown>rm -rf</markdown></ride>";
    QCOMPARE(room.message(Room::inRoom("bob", "m2", differs)).text, u"hello"_s);
}

void TestXmppPayloads::limitsPayloads()
{
    Room room;
    const auto envelope = [&room](qsizetype bytes) {
        return room
            .read(Room::inRoom(
                "bob", "m", "<body>x</body><ride xmlns='urn:ridealong:0'><envelope>" + QByteArray(bytes, 'e').toBase64() + "</envelope></ride>"))
            .envelope.size();
    };
    QCOMPARE(envelope(0), 0);
    QCOMPARE(envelope(xmpp::kMaxEnvelopeBytes), xmpp::kMaxEnvelopeBytes);
    QCOMPARE(envelope(xmpp::kMaxEnvelopeBytes + 1), 0);
    const Reading broken = room.read(Room::inRoom("bob", "m", "<body>x</body><ride xmlns='urn:ridealong:0'><envelope>!</envelope></ride>"));
    QVERIFY(broken.envelope.isEmpty());
    QVERIFY(broken.get<chat::MessageChanged>());
    const auto text = [&room](qsizetype chars) { // no stanza is so large, so it does not come as one
        xmpp::Element message = ScriptedStream::read("<message from='bob@chat.test'/>");
        message.append(xmpp::Element(u"body", xmpp::ns::kClient).withText(QString(chars, u'x')));
        const Reading reading = room.reader.read(message);
        return reading.get<chat::MessageChanged>() ? reading.get<chat::MessageChanged>()->message.text.size() : 0;
    };
    QCOMPARE(text(0), 0);
    QCOMPARE(text(xmpp::kMaxTextChars), xmpp::kMaxTextChars);
    QCOMPARE(text(xmpp::kMaxTextChars + 1), xmpp::kMaxTextChars);
    QCOMPARE(text(xmpp::kMaxTextChars - 1), xmpp::kMaxTextChars - 1);
}

void TestXmppPayloads::readsFrames()
{
    Room room;
    const auto frame = [&room](const QByteArray& text) {
        const Reading reading = room.read("<message from='bob@chat.test/phone' type='chat'><frame xmlns='urn:ridealong:pair:0'>" + text
            + "</frame><no-store xmlns='urn:xmpp:hints'/></message>");
        return reading.get<xmpp::Frame>() ? reading.get<xmpp::Frame>()->bytes.size() : -1;
    };
    QCOMPARE(frame("AAEC"), 3);
    QCOMPARE(frame(QByteArray(xmpp::kMaxFrameBytes, 'f').toBase64()), xmpp::kMaxFrameBytes);
    QCOMPARE(frame(QByteArray(xmpp::kMaxFrameBytes + 1, 'f').toBase64()), -1);
    QCOMPARE(frame({}), -1);
    QCOMPARE(frame("!"), -1);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppPayloads)
#include "tst_xmpppayloads.moc"
