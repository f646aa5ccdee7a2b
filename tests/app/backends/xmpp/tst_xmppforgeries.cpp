// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What other clients have believed and should not have (CVE-2017-5589 and its kin). Eve is in the room and on another server.
#include "messagereading.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using Room = MessageReading;

class TestXmppForgeries : public QObject
{
    Q_OBJECT
private slots:
    void carbonsAreFromOurAccountAlone_data();
    void carbonsAreFromOurAccountAlone();
    void carbonsTellOnlyWhatIsOurs_data();
    void carbonsTellOnlyWhatIsOurs();
    void archivesSpeakOnlyWhenAsked();
    void archivesTellOnlyWhatTheyMayKnow();
    void stanzaIdsAreFromTheArchiveAlone();
    void nobodyTakesAnothersIdWithoutAnArchive();
    void delaysAreFromTheServerAlone();
    void nobodyCorrectsAnother();
    void nobodyCorrectsUnderANickThatWasAnothers();
    void nobodyTakesBackAnothersMessage();
    void nobodyModeratesButTheRoom();
    void nobodyEchoesOurTransaction();
    void nobodyIsUsByName();
    void receiptsAreFromWhoGotTheMessage();
    void privateMessagesAreFromRoomsWeAreIn();
    void nobodyInARoomRejectsForIt();
    void reactionsAreOfWhoSentThem();
    void roomsOfOthersInviteInTheirOwnNameAlone();
    void nobodyInvitesInOurName();
};

void TestXmppForgeries::carbonsAreFromOurAccountAlone_data()
{
    QTest::addColumn<QByteArray>("from");
    for (const char* from : {"eve@evil.test", "eve@evil.test/ana@chat.test", "chat.test", "ana@chat.test/desk", "ana@chat.test/phone",
             "bob@chat.test", "", "ana@chat.test.evil.test"})
        QTest::newRow(from) << QByteArray(from);
}

void TestXmppForgeries::carbonsAreFromOurAccountAlone()
{
    QFETCH(QByteArray, from);
    Room room;
    const QByteArray sent = "<message xmlns='jabber:client' from='ana@chat.test/phone' to='bob@chat.test' type='chat'><body>I quit</body></message>";
    const QByteArray received
        = "<message xmlns='jabber:client' from='bob@chat.test/phone' to='ana@chat.test' type='chat'><body>You are fired</body></message>";
    QVERIFY(room.isSilent(Room::carbon("sent", sent, from)));
    QVERIFY(room.isSilent(Room::carbon("received", received, from)));
    QVERIFY(!room.isSilent(Room::carbon("received", received, "ANA@chat.test")));
}

void TestXmppForgeries::carbonsTellOnlyWhatIsOurs_data()
{
    QTest::addColumn<QByteArray>("xml");
    const auto inner = [](const char* from, const char* to, const char* type) {
        return QByteArray("<message xmlns='jabber:client' from='") + from + "' to='" + to + "' type='" + type + "'><body>x</body></message>";
    };
    QTest::newRow("sent by another") << Room::carbon("sent", inner("eve@evil.test", "bob@chat.test", "chat"));
    QTest::newRow("received by another") << Room::carbon("received", inner("eve@evil.test", "bob@chat.test", "chat"));
    QTest::newRow("of a room") << Room::carbon("received", inner("ops@conference.chat.test/bob", "ana@chat.test", "groupchat"));
    QTest::newRow("an error") << Room::carbon("received", inner("bob@chat.test", "ana@chat.test", "error"));
    QTest::newRow("a result inside") << Room::carbon("received",
        "<message xmlns='jabber:client' from='ana@chat.test' to='ana@chat.test'><result xmlns='urn:xmpp:mam:2' id='1'/><body>x</body></message>");
    QTest::newRow("a carbon inside") << Room::carbon(
        "received", Room::carbon("received", inner("bob@chat.test", "ana@chat.test", "chat"), "eve@evil.test"));
    QTest::newRow("nothing inside") << Room::carbon("received", {});
}

void TestXmppForgeries::carbonsTellOnlyWhatIsOurs()
{
    QFETCH(QByteArray, xml);
    Room room;
    QVERIFY(room.isSilent(xml));
}

void TestXmppForgeries::archivesSpeakOnlyWhenAsked()
{
    Room room;
    for (const char* from : {"eve@evil.test", "ana@chat.test", "ops@conference.chat.test"})
        QVERIFY(room.isSilent(QByteArray("<message from='") + from
            + "'><body>x</body><result xmlns='urn:xmpp:mam:2' queryid='1' id='9'><forwarded xmlns='urn:xmpp:forward:0'>"
              "<message xmlns='jabber:client' from='bob@chat.test' to='ana@chat.test'><body>You are "
              "fired</body></message></forwarded></result></message>"));
}

void TestXmppForgeries::archivesTellOnlyWhatTheyMayKnow()
{
    Room room;
    const QByteArray fromBob = "<message from='bob@chat.test/phone' to='ana@chat.test' type='chat' id='m'><body>x</body></message>";
    const QByteArray inOps = "<message from='ops@conference.chat.test/bob' type='groupchat' id='m'><body>x</body></message>";
    const auto isSilent = [&room](const char* archive, const QByteArray& xml) { return room.archived(archive, "1", xml).what.index() == 0; };
    QVERIFY(!isSilent("ana@chat.test", fromBob));
    QVERIFY(!isSilent("ops@conference.chat.test", inOps));
    QVERIFY(isSilent("ops@conference.chat.test", fromBob));
    QVERIFY(isSilent("other@conference.chat.test", inOps));
    QVERIFY(isSilent("ana@chat.test", inOps));
    QVERIFY(isSilent("ana@chat.test", "<message from='bob@chat.test' to='cleo@chat.test'><body>x</body></message>"));
}

void TestXmppForgeries::stanzaIdsAreFromTheArchiveAlone()
{
    Room room;
    const auto id = [&room](const QByteArray& by) {
        return room
            .message("<message from='eve@evil.test' type='chat' id='m'><stanza-id xmlns='urn:xmpp:sid:0' by='" + by
                + "' id='known'/><body>x</body></message>")
            .id.text();
    };
    QCOMPARE(id("ana@chat.test"), u"known"_s);
    for (const char* by : {"eve@evil.test", "chat.test", "ana@chat.test/desk", "ops@conference.chat.test", ""})
        QVERIFY(id(by) != u"known"_s);
    // In a room our own archive is not the one.
    QCOMPARE(room.message("<message from='ops@conference.chat.test/eve' type='groupchat' id='m'><stanza-id xmlns='urn:xmpp:sid:0' by='ana@chat.test' "
                          "id='known'/>"
                          "<stanza-id xmlns='urn:xmpp:sid:0' by='ops@conference.chat.test' id='right'/><body>x</body></message>")
                 .id.text(),
        u"right"_s);
}

void TestXmppForgeries::nobodyTakesAnothersIdWithoutAnArchive()
{
    Room room;
    room.ops.hasArchive = false;
    const chat::Message bobs = room.message(Room::inRoom("bob", "m1", "<body>yes</body>"));
    const chat::Message eves = room.message(Room::inRoom("eve", "m1", "<body>no</body>"));
    QVERIFY(bobs.id != eves.id);
    // And a reply to that name is one to Bob's.
    QCOMPARE(room.message(Room::inRoom("cleo", "m2", "<body>why?</body><reply xmlns='urn:xmpp:reply:0' id='m1'/>")).replyTo, bobs.id);
}

void TestXmppForgeries::delaysAreFromTheServerAlone()
{
    Room room;
    for (const QByteArray from : {"eve@evil.test", "evil.test", "bob@chat.test", "chat.test/x", "ops@conference.chat.test/eve", ""}) {
        const QByteArray delay = "<body>x</body><delay xmlns='urn:xmpp:delay' from='" + from + "' stamp='2020-01-01T00:00:00Z'/>";
        QCOMPARE(room.message(Room::inRoom("eve", "m", delay)).timeMs, room.clock.nowMs());
        QCOMPARE(room.message(Room::fromBob("m", delay)).timeMs, room.clock.nowMs());
    }
    // No room tells when something was said in private.
    QCOMPARE(
        room.message(Room::fromBob("m", "<body>x</body><delay xmlns='urn:xmpp:delay' from='ops@conference.chat.test' stamp='2020-01-01T00:00:00Z'/>"))
            .timeMs,
        room.clock.nowMs());
}

void TestXmppForgeries::nobodyCorrectsAnother()
{
    Room room;
    const chat::Message bobs = room.message(Room::inRoom("bob", "m1", "<body>yes</body>"));
    const QByteArray no = "<body>no</body><replace id='m1' xmlns='urn:xmpp:message-correct:0'/>";
    QVERIFY(room.message(Room::inRoom("eve", "m2", no)).id != bobs.id);
    QVERIFY(room.message(Room::inRoom("bob", "m3", no, "eve-occupant")).id != bobs.id); // under Bob's nick
    const QByteArray byArchive = "<body>no</body><replace id='archive-m1' xmlns='urn:xmpp:message-correct:0'/>";
    QVERIFY(room.message(Room::inRoom("eve", "m4", byArchive)).id != bobs.id);
    const chat::Message direct = room.message(Room::fromBob("d1", "<body>yes</body>"));
    const QByteArray eves = "<message from='eve@evil.test' to='ana@chat.test' type='chat' id='d2'><body>no</body><replace id='d1' "
                            "xmlns='urn:xmpp:message-correct:0'/></message>";
    QVERIFY(room.message(eves).id != direct.id);
    // Nor does the other side of a chat correct us.
    const chat::Message ours = room.message(Room::carbon(
        "sent", "<message xmlns='jabber:client' from='ana@chat.test/p' to='bob@chat.test' type='chat' id='t1'><body>yes</body></message>"));
    QVERIFY(room.message(Room::fromBob("d3", "<body>no</body><replace id='t1' xmlns='urn:xmpp:message-correct:0'/>")).id != ours.id);
}

void TestXmppForgeries::nobodyCorrectsUnderANickThatWasAnothers()
{
    Room room(Room::ejabberdRoom());
    const chat::Message bobs = room.message(Room::inRoom("bob", "m1", "<body>yes</body>"));
    QVERIFY(room.message(Room::inRoom("bob", "m2", "<body>no</body><replace id='m1' xmlns='urn:xmpp:message-correct:0'/>")).id != bobs.id);
    QVERIFY(room.isSilent(Room::inRoom("bob", "m3", "<retract id='archive-m1' xmlns='urn:xmpp:message-retract:1'/>")));
}

void TestXmppForgeries::nobodyTakesBackAnothersMessage()
{
    Room room;
    QVERIFY(room.message(Room::inRoom("bob", "m1", "<body>yes</body>")).id);
    for (const QByteArray id : {"archive-m1", "m1"}) {
        QVERIFY(room.isSilent(Room::inRoom("eve", "m2", "<retract id='" + id + "' xmlns='urn:xmpp:message-retract:1'/>")));
        QVERIFY(room.isSilent(Room::inRoom("bob", "m3", "<retract id='" + id + "' xmlns='urn:xmpp:message-retract:1'/>", "eve-occupant")));
    }
    QVERIFY(room.message(Room::fromBob("d1", "<body>yes</body>")).id);
    for (const QByteArray id : {"archive-d1", "d1"})
        QVERIFY(room.isSilent("<message from='eve@evil.test' type='chat'><retract id='" + id + "' xmlns='urn:xmpp:message-retract:1'/></message>"));
}

void TestXmppForgeries::nobodyModeratesButTheRoom()
{
    Room room;
    QVERIFY(room.message(Room::inRoom("bob", "m1", "<body>yes</body>")).id);
    const QByteArray moderated = "<retract id='archive-m1' xmlns='urn:xmpp:message-retract:1'><moderated xmlns='urn:xmpp:message-moderate:1' "
                                 "by='ops@conference.chat.test/cleo'/></retract>";
    QVERIFY(room.isSilent(Room::inRoom("eve", "m2", moderated)));
    QVERIFY(room.isSilent("<message from='ops@conference.chat.test/eve' type='chat'>" + moderated + "</message>"));
    QVERIFY(room.isSilent("<message from='other@conference.chat.test' type='groupchat'>" + moderated + "</message>"));
    QVERIFY(room.isSilent("<message from='ops@conference.chat.test' type='chat'>" + moderated + "</message>"));
}

void TestXmppForgeries::nobodyEchoesOurTransaction()
{
    Room room;
    const QByteArray ours = "<origin-id xmlns='urn:xmpp:sid:0' id='txn'/><ride xmlns='urn:ridealong:0' txn='txn'/><body>x</body>";
    QVERIFY(room.message(Room::inRoom("eve", "txn", ours)).transaction.isEmpty());
    QVERIFY(room.message(Room::inRoom("ana", "txn", ours, "eve-occupant")).transaction.isEmpty());
    QVERIFY(room.message(Room::fromBob("txn", ours)).transaction.isEmpty());
    QVERIFY(room.read(Room::inRoom("ana", "txn", ours, "eve-occupant")).transaction.isEmpty());
    // A room that has occupant ids, and a message without one.
    QVERIFY(room.message("<message from='ops@conference.chat.test/ana' type='groupchat' id='txn'>" + ours + "</message>").transaction.isEmpty());
}

void TestXmppForgeries::nobodyIsUsByName()
{
    const xmpp::Jid ops = *xmpp::Jid::parse(u"ops@conference.chat.test");
    for (const QString& name : {u"ana@chat.test"_s, u":"_s, u"ana"_s, QString()}) {
        QVERIFY(xmpp::occupantIdentity(ops, name, u"ana@chat.test"_s).text() != u"ana@chat.test"_s);
        QVERIFY(!xmpp::occupantIdentity(ops, {}, name).text().startsWith(u':'));
    }
    QVERIFY(xmpp::occupantIdentity(ops, u"x"_s, u"bob"_s) != xmpp::occupantIdentity(ops, {}, u"x"_s));
}

void TestXmppForgeries::receiptsAreFromWhoGotTheMessage()
{
    Room room;
    QVERIFY(room.message(Room::carbon("sent",
                             "<message xmlns='jabber:client' from='ana@chat.test/p' to='bob@chat.test' type='chat' id='t1'><body>x</body></message>"))
                .id);
    QVERIFY(room.message(Room::fromBob("m1", "<body>y</body>")).id);
    for (const QByteArray tag :
        {"received xmlns='urn:xmpp:receipts'", "received xmlns='urn:xmpp:chat-markers:0'", "displayed xmlns='urn:xmpp:chat-markers:0'"}) {
        QVERIFY(room.isSilent("<message from='eve@evil.test' type='chat'><" + tag + " id='t1'/></message>"));
        QVERIFY(room.isSilent(Room::fromBob("r", "<" + tag + " id='m1'/>"))); // Bob has read his own: says nothing of us
        QVERIFY(room.isSilent(Room::fromBob("r", "<" + tag + " id='unknown'/>")));
        QVERIFY(!room.isSilent(Room::fromBob("r", "<" + tag + " id='t1'/>")));
    }
}

void TestXmppForgeries::privateMessagesAreFromRoomsWeAreIn()
{
    Room room;
    const QByteArray inside = "<x xmlns='http://jabber.org/protocol/muc#user'/><body>the password?</body>";
    QVERIFY(room.isSilent("<message from='eve@evil.test/bob' type='chat'>" + inside + "</message>"));
    QVERIFY(room.isSilent("<message from='ops@evil.test/bob' type='chat'>" + inside + "</message>"));
    // It never is a message to the room, nor one of the account behind the nick.
    const chat::Message message = room.message("<message from='ops@conference.chat.test/bob@chat.test' type='chat'>" + inside + "</message>");
    QCOMPARE(message.conversation.key(), u"ops@conference.chat.test/bob@chat.test"_s);
    QCOMPARE(message.sender.text(), u"ops@conference.chat.test/bob@chat.test"_s);
}

void TestXmppForgeries::nobodyInARoomRejectsForIt()
{
    Room room;
    const QByteArray error = "<error type='cancel'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    const auto conversation = [&](const QByteArray& from) {
        const xmpp::Reading reading = room.read("<message type='error' from='" + from + "' id='txn'>" + error + "</message>");
        const auto* rejection = reading.get<xmpp::Rejection>();
        return rejection ? rejection->conversation.key() : QString();
    };
    QCOMPARE(conversation("ops@conference.chat.test"), u"ops@conference.chat.test"_s);
    QCOMPARE(conversation("ops@conference.chat.test/eve"), u"ops@conference.chat.test/eve"_s);
    QCOMPARE(conversation("eve@evil.test"), u"eve@evil.test"_s);
}

void TestXmppForgeries::reactionsAreOfWhoSentThem()
{
    Room room;
    QVERIFY(room.message(Room::fromBob("d1", "<body>x</body>")).id);
    const QByteArray reactions = "<reactions id='d1' xmlns='urn:xmpp:reactions:0'><reaction>👍</reaction></reactions>";
    QVERIFY(room.isSilent("<message from='eve@evil.test' type='chat'>" + reactions + "</message>"));
    const xmpp::Reading reading = room.read(
        Room::inRoom("bob", "r", "<reactions id='archive-1' xmlns='urn:xmpp:reactions:0'><reaction>👍</reaction></reactions>", "eve-occupant"));
    QCOMPARE(
        reading.get<chat::ReactionsChanged>()->user, xmpp::occupantIdentity(*xmpp::Jid::parse(u"ops@conference.chat.test"), u"eve-occupant"_s, {}));
}

void TestXmppForgeries::roomsOfOthersInviteInTheirOwnNameAlone()
{
    const auto through = [](const QByteArray& room) {
        return "<message from='" + room
            + "' to='ana@chat.test'><x xmlns='http://jabber.org/protocol/muc#user'><invite from='bob@chat.test/phone'>"
              "<reason>quick</reason></invite></x></message>";
    };
    Room room;
    const chat::Message foreign = room.message(through("trap@rooms.evil.test"));
    QCOMPARE(foreign.conversation.key(), u"rooms.evil.test"_s); // not Bob's
    QCOMPARE(foreign.sender.text(), u"rooms.evil.test"_s);
    QCOMPARE(foreign.text, u"invited trap@rooms.evil.test: bob@chat.test/phone quick"_s);
    QCOMPARE(room.message(through("trap@chat.test.evil.test")).conversation.key(), u"chat.test.evil.test"_s);
    QCOMPARE(room.message(through("trap@evilchat.test")).conversation.key(), u"evilchat.test"_s);
    // Our server answers for its own rooms.
    const chat::Message own = room.message(through("dev@conference.chat.test"));
    QCOMPARE(own.conversation.key(), u"bob@chat.test"_s);
    QCOMPARE(own.text, u"invited dev@conference.chat.test: quick"_s);
    // Somebody in a room, in private, is not the room.
    QVERIFY(room.isSilent(through("ops@conference.chat.test/eve")));
    QVERIFY(room.isSilent(through("dev@conference.chat.test/eve")));
}

void TestXmppForgeries::nobodyInvitesInOurName()
{
    const auto through = [](const QByteArray& room) {
        return "<message from='" + room + "'><x xmlns='http://jabber.org/protocol/muc#user'><invite from='ana@chat.test/phone'/></x></message>";
    };
    Room room;
    QVERIFY(room.isSilent("<message from='ana@chat.test/phone' to='bob@chat.test'><x xmlns='jabber:x:conference' jid='dev@rooms.test'/></message>"));
    QVERIFY(room.isSilent(through("dev@conference.chat.test")));
    QCOMPARE(room.message(through("trap@rooms.evil.test")).conversation.key(), u"rooms.evil.test"_s);
    QVERIFY(room.isSilent("<message from='eve@evil.test'><x xmlns='jabber:x:conference' jid='ops@conference.chat.test'/></message>")); // we are in
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppForgeries)
#include "tst_xmppforgeries.moc"
