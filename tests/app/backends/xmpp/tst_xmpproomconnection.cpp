// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A room over several connections.
#include "roomdoor.h"

namespace ridealong::tests {

using namespace std::chrono_literals;
using xmpp::RoomEntry;
using State = RoomEntry::State;

class TestXmppRoomConnection : public QObject
{
    Q_OBJECT
private slots:
    void tellsOfFeaturesThatItKnew();
    void asksNothingWithoutAConnection();
    void triesAgainWithTheConnection();
};

void TestXmppRoomConnection::tellsOfFeaturesThatItKnew()
{
    Door door;
    int told = 0;
    connect(&door.entry, &RoomEntry::featuresChanged, this, [&] { ++told; });
    const QByteArray ids = "<feature var='urn:xmpp:occupant-id:0'/>", an4 = "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='an4'/>";
    for (int stream = 1; stream <= 2; ++stream) { // a service may let us in before it answers
        door.rooms.clear();
        door.entry.enter();
        (void)door.expectKnock("ana");
        door.xmpp.server.say(here("ops@muc.test/ana", {"110"}, "affiliation='none' role='participant'", an4));
        QVERIFY(door.entry.state() == State::In);
        QCOMPARE(door.rooms.occupantId(kOps, QStringLiteral("ana")), QString());
        door.sayFeatures(ids);
        QCOMPARE(door.rooms.occupantId(kOps, QStringLiteral("ana")), QStringLiteral("an4"));
        QCOMPARE(told, stream);
    }
}

void TestXmppRoomConnection::asksNothingWithoutAConnection()
{
    Door door;
    door.enter();
    door.entry.pause();
    door.entry.look();
    door.pass(600s);
    door.expectNoQuestion();
    QVERIFY(door.entry.state() == State::In);
    door.entry.resume();
    door.pass(300s);
    (void)door.expectPing();
}

void TestXmppRoomConnection::triesAgainWithTheConnection()
{
    Door door;
    door.entry.enter();
    door.refuse(door.expectKnock("ana"), "remote-server-timeout");
    door.entry.pause();
    door.entry.look();
    door.pass(600s);
    door.expectNoQuestion();
    door.entry.resume();
    (void)door.expectKnock("ana");
    door.entry.pause();
    door.pass(600s);
    QVERIFY(door.entry.state() == State::Entering);
    door.entry.resume();
    door.pass(RoomEntry::kEntryPatience);
    QVERIFY(door.entry.state() == State::Waiting);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppRoomConnection)
#include "tst_xmpproomconnection.moc"
