// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outletdialogue.h"

#include "xmpp/roomlist.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorKind;
using chat::RoomInfo;
using xmpp::Element;
using xmpp::Jid;
using xmpp::RoomList;

namespace {

QByteArray room(const QByteArray& name, const QByteArray& title = {})
{
    return "<item jid='" + name + "@muc.test'" + (title.isEmpty() ? QByteArray() : " name='" + title + "'") + "/>";
}

QByteArray mark(const QByteArray& last, int count = -1)
{
    return "<set xmlns='http://jabber.org/protocol/rsm'>" + (last.isEmpty() ? QByteArray() : "<last>" + last + "</last>")
        + (count < 0 ? QByteArray() : "<count>" + QByteArray::number(count) + "</count>") + "</set>";
}

QByteArray roomInfo(const QByteArray& fields, const QByteArray& title = {})
{
    return OutletDialogue::info("<identity category='conference' type='text' name='" + title
        + "'/><x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roominfo</value>"
          "</field>"
        + fields + "</x>");
}

QByteArray field(const QByteArray& name, const QByteArray& value)
{
    return "<field var='muc#roominfo_" + name + "'><value>" + value + "</value></field>";
}

/// A listing, and what came of it.
struct Listing : OutletDialogue
{
    RoomList list{outlet, xmpp.clock};
    QObject context;
    std::optional<base::Expected<QList<RoomInfo>>> got;

    void ask(const QString& filter = {}, int limit = 100)
    {
        got.reset();
        list.list(*Jid::parse(u"muc.test"), filter, limit).then(&context, [this](const base::Expected<QList<RoomInfo>>& rooms) { got = rooms; });
    }
    Element expectPage(const QByteArray& after = {})
    {
        return expectRequest("get", "muc.test",
            items("<set xmlns='http://jabber.org/protocol/rsm'><max>" + QByteArray::number(RoomList::kPageRooms) + "</max>"
                + (after.isEmpty() ? QByteArray() : "<after>" + after + "</after>") + "</set>"));
    }
    /// Answers the questions about single rooms with nothing of interest.
    void describeNothing(int count)
    {
        for (int i = 0; i < count; ++i)
            refuse(next(), "item-not-found");
    }
    bool isAnswered()
    {
        return QTest::qWaitFor([this] { return got.has_value(); });
    }
    QStringList names() const
    {
        QStringList all;
        for (const RoomInfo& info : got->valueOr({}))
            all += info.name;
        return all;
    }
};

} // namespace

class TestXmppRoomList : public QObject
{
    Q_OBJECT
private slots:
    void listsRoomsByTheirAddresses();
    void tellsTheFullestFirst();
    void goesOnFromPageToPage();
    void endsWhereAServiceGoesInACircle();
    void looksAtOnlySoManyRooms();
    void findsByAPartOfTheNameOrTitle_data();
    void findsByAPartOfTheNameOrTitle();
    void keepsToTheLimit_data();
    void keepsToTheLimit();
    void asksOnlyTheFirstWhatTheyAreLike();
    void waitsForNoRoomForEver();
    void believesAServiceAboutItsOwnRoomsOnly();
    void readsNumbersOfPeople_data();
    void readsNumbersOfPeople();
    void tellsWhyThereIsNoList();
};

void TestXmppRoomList::listsRoomsByTheirAddresses()
{
    Listing l;
    l.ask();
    l.answer(l.expectPage(), Listing::items(room("ops", "Operations") + room("dev", "dev")));
    l.answer(l.expectRequest("get", "ops@muc.test", Listing::info({})),
        roomInfo(field("occupants", "3") + field("description", "What is on fire"), "Operations room"));
    l.answer(l.expectRequest("get", "dev@muc.test", Listing::info({})),
        roomInfo(field("occupants", "1") + field("description", "d") + field("subject", "Release on Friday")));
    QVERIFY(l.isAnswered() && *l.got);
    const QList<RoomInfo> rooms = l.got->value();
    QCOMPARE(rooms.size(), 2);
    QCOMPARE(rooms[0].name, u"ops@muc.test"_s);
    QCOMPARE(rooms[0].title, u"Operations room"_s);
    QCOMPARE(rooms[0].topic, u"What is on fire"_s);
    QCOMPARE(rooms[0].members, 3);
    QCOMPARE(rooms[1].title, QString()); // it says nothing new
    QCOMPARE(rooms[1].topic, u"Release on Friday"_s);
}

void TestXmppRoomList::tellsTheFullestFirst()
{
    Listing l;
    l.ask();
    l.answer(l.expectPage(), Listing::items(room("a") + room("b") + room("c")));
    for (const QByteArray count : {"1", "9", "5"})
        l.answer(l.next(), roomInfo(field("occupants", count)));
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names(), QStringList({u"b@muc.test"_s, u"c@muc.test"_s, u"a@muc.test"_s}));
}

void TestXmppRoomList::goesOnFromPageToPage()
{
    Listing l;
    l.ask();
    l.answer(l.expectPage(), Listing::items(room("a") + room("b") + mark("b@muc.test", 3)));
    l.answer(l.expectPage("b@muc.test"), Listing::items(room("c") + mark("c@muc.test", 3)));
    l.describeNothing(3);
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names(), QStringList({u"a@muc.test"_s, u"b@muc.test"_s, u"c@muc.test"_s}));

    // A service that counts nothing is at its end when a page is empty, and one that fails on the way has told what it has.
    l.ask();
    l.answer(l.expectPage(), Listing::items(room("a") + mark("a")));
    l.answer(l.expectPage("a"), Listing::items(mark({})));
    l.describeNothing(1);
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names().size(), 1);
    l.ask();
    l.answer(l.expectPage(), Listing::items(room("a") + mark("a")));
    l.refuse(l.expectPage("a"), "item-not-found");
    l.describeNothing(1);
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names().size(), 1);
}

void TestXmppRoomList::endsWhereAServiceGoesInACircle()
{
    Listing l;
    l.ask();
    l.answer(l.expectPage(), Listing::items(room("a") + mark("a", 1000)));
    l.answer(l.expectPage("a"), Listing::items(room("a") + mark("a", 1000)));
    l.describeNothing(1);
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names(), QStringList({u"a@muc.test"_s}));

    l.ask(); // and where it gives one room a page, for ever
    for (int page = 0; page < RoomList::kMaxPages; ++page)
        l.answer(l.next(), Listing::items(room("r" + QByteArray::number(page)) + mark("m" + QByteArray::number(page))));
    l.describeNothing(RoomList::kMaxDescribed);
    QVERIFY(l.isAnswered());
}

void TestXmppRoomList::looksAtOnlySoManyRooms()
{
    for (const qsizetype over : {-1, 0, 1}) {
        Listing l;
        l.ask(u"r"_s, int(RoomList::kMaxRooms) + 10);
        constexpr int kPage = 1000;
        for (qsizetype i = 0; i < RoomList::kMaxRooms; i += kPage) {
            QByteArray page;
            const bool isLast = i + kPage == RoomList::kMaxRooms;
            for (qsizetype j = i; j < i + kPage + (isLast ? over : 0); ++j)
                page += room("r" + QByteArray::number(j));
            l.answer(l.next(), Listing::items(page + mark("z" + QByteArray::number(i))));
        }
        if (over < 0)
            l.answer(l.next(), Listing::items({}));
        l.describeNothing(RoomList::kMaxDescribed);
        QVERIFY(l.isAnswered());
        QCOMPARE(l.names().size(), RoomList::kMaxRooms + std::min<qsizetype>(over, 0));
    }
}

void TestXmppRoomList::findsByAPartOfTheNameOrTitle_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("found");
    QTest::newRow("all") << QString() << 2;
    QTest::newRow("spaces") << u"  "_s << 2;
    QTest::newRow("of the address") << u"OPS"_s << 1;
    QTest::newRow("of the title") << u"loy"_s << 1;
    QTest::newRow("nothing") << u"zzz"_s << 0;
}

void TestXmppRoomList::findsByAPartOfTheNameOrTitle()
{
    QFETCH(QString, filter);
    QFETCH(int, found);
    Listing l;
    l.ask(filter);
    l.answer(l.expectPage(), Listing::items(room("ops") + room("x", "Deploys")));
    l.describeNothing(found);
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names().size(), found);
}

void TestXmppRoomList::keepsToTheLimit_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("shown");
    QTest::newRow("below zero") << -1 << 0;
    QTest::newRow("zero") << 0 << 0;
    QTest::newRow("fewer") << 2 << 2;
    QTest::newRow("as many") << 3 << 3;
    QTest::newRow("more") << 4 << 3;
}

void TestXmppRoomList::keepsToTheLimit()
{
    QFETCH(int, limit);
    QFETCH(int, shown);
    Listing l;
    l.ask({}, limit);
    l.answer(l.expectPage(), Listing::items(room("a") + room("b") + room("c")));
    l.describeNothing(shown);
    QVERIFY(l.isAnswered() && *l.got);
    QCOMPARE(l.names().size(), shown);
}

void TestXmppRoomList::asksOnlyTheFirstWhatTheyAreLike()
{
    Listing l;
    l.ask({}, 1000);
    QByteArray all;
    for (qsizetype i = 0; i <= RoomList::kMaxDescribed; ++i)
        all += room("r" + QByteArray::number(i));
    l.answer(l.expectPage(), Listing::items(all));
    l.describeNothing(RoomList::kMaxDescribed);
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names().size(), RoomList::kMaxDescribed + 1);
    l.expectNothing();
}

void TestXmppRoomList::waitsForNoRoomForEver()
{
    Listing l;
    l.ask();
    l.answer(l.expectPage(), Listing::items(room("a") + room("b")));
    const Element first = l.next(), second = l.next();
    l.answer(second, roomInfo(field("occupants", "7")));
    l.xmpp.clock.advance(RoomList::kDescriptionPatience);
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names(), QStringList({u"b@muc.test"_s, u"a@muc.test"_s}));
    l.answer(first, roomInfo(field("occupants", "9"))); // too late: it harms nothing
}

void TestXmppRoomList::believesAServiceAboutItsOwnRoomsOnly()
{
    Listing l;
    l.ask();
    l.answer(l.expectPage(),
        Listing::items("<item jid='ops@evil.test'/><item jid='muc.test'/><item jid='a@muc.test/x'/><item/><item jid='b@muc.test' node='n'/>"));
    QVERIFY(l.isAnswered());
    QCOMPARE(l.names(), QStringList());
    l.expectNothing();
}

void TestXmppRoomList::readsNumbersOfPeople_data()
{
    QTest::addColumn<QByteArray>("title");
    QTest::addColumn<QByteArray>("occupants");
    QTest::addColumn<int>("members");
    QTest::addColumn<QString>("shown");
    QTest::newRow("behind the title") << QByteArray("Operations (3)") << QByteArray() << 3 << u"Operations"_s;
    QTest::newRow("with what the room is") << QByteArray("Operations (private, 3)") << QByteArray() << 3 << u"Operations"_s;
    QTest::newRow("a year") << QByteArray("Retreat (in 2024)") << QByteArray() << 0 << u"Retreat (in 2024)"_s;
    QTest::newRow("its own word counts more") << QByteArray("Operations (3)") << QByteArray("4") << 4 << u"Operations"_s;
    QTest::newRow("below zero") << QByteArray("Operations") << QByteArray("-4") << 0 << u"Operations"_s;
    QTest::newRow("no number") << QByteArray("Operations") << QByteArray("many") << 0 << u"Operations"_s;
    QTest::newRow("too large") << QByteArray("Operations") << QByteArray("99999999999") << 0 << u"Operations"_s;
}

void TestXmppRoomList::readsNumbersOfPeople()
{
    QFETCH(QByteArray, title);
    QFETCH(QByteArray, occupants);
    QFETCH(int, members);
    QFETCH(QString, shown);
    Listing l;
    l.ask();
    l.answer(l.expectPage(), Listing::items(room("a", title)));
    l.answer(l.next(), roomInfo(occupants.isEmpty() ? QByteArray() : field("occupants", occupants)));
    QVERIFY(l.isAnswered());
    QCOMPARE(l.got->value().first().members, members);
    QCOMPARE(l.got->value().first().title, shown);
}

void TestXmppRoomList::tellsWhyThereIsNoList()
{
    Listing l;
    l.ask();
    l.refuse(l.expectPage(), "forbidden");
    QVERIFY(l.isAnswered());
    QVERIFY(l.got->error().kind == ErrorKind::Denied);
    l.ask();
    l.answer(l.expectPage());
    QVERIFY(l.isAnswered());
    QVERIFY(l.got->error().kind == ErrorKind::Protocol);
    l.list.list({}, {}, 10).then(&l.context, [&l](const base::Expected<QList<RoomInfo>>& rooms) { l.got = rooms; });
    l.got.reset();
    QVERIFY(l.isAnswered());
    QVERIFY(l.got->error().kind == ErrorKind::Unsupported);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppRoomList)
#include "tst_xmpproomlist.moc"
