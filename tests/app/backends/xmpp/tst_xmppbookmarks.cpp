// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "people.h"
#include "pepstanzas.h"

#include "xmpp/bookmarks.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Bookmark;
using xmpp::Bookmarks;

namespace {

const QByteArray kNode = "urn:xmpp:bookmarks:1";
const xmpp::Jid kOps = jid(u"ops@muc.test"_s);
const QByteArray kExtensions = "<extensions><notify xmlns='urn:other'>always</notify></extensions>";

QByteArray conference(const QByteArray& attributes, const QByteArray& content = {})
{
    return "<conference xmlns='urn:xmpp:bookmarks:1' " + attributes + ">" + content + "</conference>";
}

struct Shelf : Desk
{
    Bookmarks bookmarks{outlet, self()};
    QStringList told; ///< fetched, and rooms that changed

    Shelf()
    {
        QObject::connect(&bookmarks, &Bookmarks::fetched, &bookmarks,
            [this](const base::Status& status) { told << (status ? u"fetched"_s : u"fetched: "_s + toString(status.error().kind)); });
        QObject::connect(&bookmarks, &Bookmarks::changed, &bookmarks, [this](const xmpp::Jid& room) { told << room.toString(); });
    }
    void begin(const QByteArray& items = pepItem("ops@muc.test", conference("name='Operations' autojoin='true'", "<nick>Ana</nick>" + kExtensions)))
    {
        bookmarks.begin();
        answer(expectRequest(pepQuestion(kNode)), pepItems(kNode, items));
        QCOMPARE(told, QStringList({u"fetched"_s}));
        told.clear();
    }
    bool hear(const QByteArray& xml) { return bookmarks.handle(ScriptedStream::read(xml)); }
};

} // namespace

class TestXmppBookmarks : public QObject
{
    Q_OBJECT
private slots:
    void knowsRoomsAsTheServerListsThem();
    void takesOnlyRooms_data();
    void takesOnlyRooms();
    void tellsThatTheyCouldNotBeFetched();
    void keepsWhatItKnewUntilTheNewListIsThere();
    void addsARoom();
    void keepsWhatOtherClientsNoted();
    void tellsWhyTheServerDidNot();
    void removesARoom();
    void followsOtherClients();
    void keepsTheNewestOfTwo();
    void ignoresForgedChanges_data();
    void ignoresForgedChanges();
    void refusesWhatIsNoRoom();
    void knowsSoManyRoomsAndNoMore();
    void refusesWhatIsTooLong();
};

void TestXmppBookmarks::knowsRoomsAsTheServerListsThem()
{
    Shelf shelf;
    shelf.begin(pepItem("Ops@muc.test", conference("name='Operations' autojoin='true'", "<nick>Ana</nick><password>s3same</password>" + kExtensions))
        + pepItem("dev@muc.test", conference("autojoin='1'")) + pepItem("qa@muc.test", conference("autojoin='yes'")));
    QCOMPARE(shelf.bookmarks.all().size(), 3);
    Bookmark wanted{.room = kOps, .name = u"Operations"_s, .nick = u"Ana"_s, .password = u"s3same"_s, .autojoin = true};
    const Bookmark* ops = shelf.bookmarks.find(kOps);
    QVERIFY(ops && ops->extensions.has(u"notify", u"urn:other"));
    wanted.extensions = ops->extensions;
    QVERIFY(*ops == wanted);
    QVERIFY(shelf.bookmarks.find(jid(u"dev@muc.test"_s))->autojoin);
    QVERIFY(!shelf.bookmarks.find(jid(u"qa@muc.test"_s))->autojoin);
}

void TestXmppBookmarks::takesOnlyRooms_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::newRow("nothing") << QByteArray("<item id='ops@muc.test'/>");
    QTest::newRow("something else") << pepItem("ops@muc.test", "<conference xmlns='storage:bookmarks'/>");
    QTest::newRow("somebody in a room") << pepItem("ops@muc.test/bob", conference("autojoin='true'"));
    QTest::newRow("a service") << pepItem("muc.test", conference("autojoin='true'"));
    QTest::newRow("no address") << pepItem("@", conference("autojoin='true'"));
}

void TestXmppBookmarks::takesOnlyRooms()
{
    QFETCH(QByteArray, item);
    Shelf shelf;
    shelf.begin(item);
    QVERIFY(shelf.bookmarks.all().isEmpty());
    QVERIFY(shelf.hear(pepEvent(kNode, item)));
    QVERIFY(shelf.bookmarks.all().isEmpty() && shelf.told.isEmpty());
}

void TestXmppBookmarks::tellsThatTheyCouldNotBeFetched()
{
    Shelf shelf;
    shelf.bookmarks.begin();
    shelf.refuse(shelf.expectRequest(pepQuestion(kNode)), "service-unavailable");
    QCOMPARE(shelf.told, QStringList({u"fetched: Unsupported"_s}));
    QVERIFY(!shelf.bookmarks.isFetched());
}

void TestXmppBookmarks::keepsWhatItKnewUntilTheNewListIsThere()
{
    Shelf shelf;
    shelf.begin();
    shelf.bookmarks.begin();
    QVERIFY(shelf.bookmarks.find(kOps) && !shelf.bookmarks.isFetched());
    shelf.refuse(shelf.expectRequest(pepQuestion(kNode)), "item-not-found"); // there is no such node
    QVERIFY(shelf.bookmarks.isFetched() && shelf.bookmarks.all().isEmpty());
}

void TestXmppBookmarks::addsARoom()
{
    Shelf shelf;
    QVERIFY(answerOf(shelf.bookmarks.set({.room = kOps})).error().kind == ErrorKind::Offline);
    shelf.begin({});
    const Bookmark wanted{.room = kOps, .name = u"Operations"_s, .nick = u"Ana"_s, .password = u"s3same"_s, .autojoin = true};
    auto done = shelf.bookmarks.set(wanted);
    const QByteArray payload = conference("name='Operations' autojoin='true'", "<nick>Ana</nick><password>s3same</password>");
    const QByteArray id = shelf.expectRequest(pepPublication(kNode, "ops@muc.test", payload));
    QVERIFY(!shelf.bookmarks.find(kOps)); // the server does not have it yet
    shelf.answer(id);
    QVERIFY(answerOf(done));
    QVERIFY(*shelf.bookmarks.find(kOps) == wanted);
    QVERIFY(shelf.hear(pepEvent(kNode, pepItem("ops@muc.test", payload)))); // told to all our clients, this one too
    QCOMPARE(shelf.told, QStringList({u"ops@muc.test"_s}));
    done = shelf.bookmarks.set({.room = jid(u"dev@muc.test"_s)});
    (void)shelf.expectRequest(pepPublication(kNode, "dev@muc.test", conference("autojoin='false'")));
}

void TestXmppBookmarks::keepsWhatOtherClientsNoted()
{
    Shelf shelf;
    shelf.begin();
    const auto done = shelf.bookmarks.set({.room = kOps, .name = u"Ops"_s, .autojoin = false});
    shelf.answer(shelf.expectRequest(pepPublication(kNode, "ops@muc.test", conference("name='Ops' autojoin='false'", kExtensions))));
    QVERIFY(answerOf(done));
    QVERIFY(shelf.bookmarks.find(kOps)->extensions.has(u"notify", u"urn:other"));
}

void TestXmppBookmarks::tellsWhyTheServerDidNot()
{
    Shelf shelf;
    shelf.begin();
    const auto set = shelf.bookmarks.set({.room = kOps, .name = u"Ops"_s});
    shelf.refuse(shelf.next().attribute(u"id").toUtf8(), "forbidden");
    QVERIFY(answerOf(set).error().kind == ErrorKind::Denied);
    const auto removed = shelf.bookmarks.remove(kOps);
    shelf.refuse(shelf.next().attribute(u"id").toUtf8(), "forbidden");
    QVERIFY(answerOf(removed).error().kind == ErrorKind::Denied);
    QCOMPARE(shelf.bookmarks.find(kOps)->name, u"Operations"_s);
    QVERIFY(shelf.told.isEmpty());
}

void TestXmppBookmarks::removesARoom()
{
    Shelf shelf;
    shelf.begin();
    const auto done = shelf.bookmarks.remove(kOps);
    shelf.answer(shelf.expectRequest(pepRetraction(kNode, "ops@muc.test")));
    QVERIFY(answerOf(done));
    QVERIFY(!shelf.bookmarks.find(kOps));
    QVERIFY(shelf.hear(pepEvent(kNode, "<retract id='ops@muc.test'/>")));
    QCOMPARE(shelf.told, QStringList({u"ops@muc.test"_s}));
}

void TestXmppBookmarks::followsOtherClients()
{
    Shelf shelf;
    shelf.begin();
    QVERIFY(shelf.hear(pepEvent(kNode, pepItem("dev@muc.test", conference("autojoin='true'")))));
    QVERIFY(shelf.hear(pepEvent(kNode, pepItem("ops@muc.test", conference("autojoin='false'")))));
    QVERIFY(!shelf.bookmarks.find(kOps)->autojoin && shelf.bookmarks.find(kOps)->extensions.isNull());
    QVERIFY(shelf.hear(pepEvent(kNode, "<retract id='ops@muc.test'/>")));
    QCOMPARE(shelf.bookmarks.all().size(), 1);
    QVERIFY(shelf.hear(
        "<message from='ana@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'><purge node='" + kNode + "'/></event></message>"));
    QVERIFY(shelf.bookmarks.all().isEmpty());
    QCOMPARE(shelf.told, QStringList({u"dev@muc.test"_s, u"ops@muc.test"_s, u"ops@muc.test"_s, u"dev@muc.test"_s}));
}

void TestXmppBookmarks::keepsTheNewestOfTwo()
{
    Shelf shelf;
    shelf.bookmarks.begin();
    // The list, and a change behind it, in one breath.
    shelf.answer(shelf.expectRequest(pepQuestion(kNode)), pepItems(kNode, pepItem("ops@muc.test", conference("name='old'"))));
    QVERIFY(shelf.hear(pepEvent(kNode, pepItem("ops@muc.test", conference("name='new'")))));
    QCoreApplication::processEvents();
    QCOMPARE(shelf.bookmarks.find(kOps)->name, u"new"_s);
    const auto done = shelf.bookmarks.set({.room = kOps, .name = u"ours"_s});
    shelf.answer(shelf.next().attribute(u"id").toUtf8());
    QVERIFY(shelf.hear(pepEvent(kNode, pepItem("ops@muc.test", conference("name='theirs'")))));
    QVERIFY(answerOf(done));
    QCOMPARE(shelf.bookmarks.find(kOps)->name, u"theirs"_s);
}

void TestXmppBookmarks::ignoresForgedChanges_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::newRow("a stranger") << QByteArray("eve@evil.test");
    QTest::newRow("a contact") << QByteArray("bob@chat.test");
    QTest::newRow("another client of ours") << QByteArray("ana@chat.test/phone");
    QTest::newRow("a room") << QByteArray("ops@muc.test");
}

void TestXmppBookmarks::ignoresForgedChanges()
{
    QFETCH(QByteArray, from);
    Shelf shelf;
    shelf.begin();
    QVERIFY(!shelf.hear(pepEvent(kNode, pepItem("trap@muc.test", conference("autojoin='true'")), from)));
    QVERIFY(!shelf.hear(pepEvent(kNode, "<retract id='ops@muc.test'/>", from)));
    QCOMPARE(shelf.bookmarks.all().size(), 1);
    QVERIFY(shelf.told.isEmpty());
}

void TestXmppBookmarks::refusesWhatIsNoRoom()
{
    Shelf shelf;
    shelf.begin();
    for (const xmpp::Jid& wrong : {xmpp::Jid(), jid(u"muc.test"_s), jid(u"ops@muc.test/bob"_s)}) {
        QVERIFY(answerOf(shelf.bookmarks.set({.room = wrong})).error().kind == ErrorKind::Invalid);
        QVERIFY(answerOf(shelf.bookmarks.remove(wrong)).error().kind == ErrorKind::Invalid);
    }
    shelf.expectNothing();
}

void TestXmppBookmarks::knowsSoManyRoomsAndNoMore()
{
    Shelf shelf;
    shelf.begin({});
    for (qsizetype i = 0; i <= Bookmarks::kMaxBookmarks; ++i)
        (void)shelf.hear(pepEvent(kNode, pepItem("r" + QByteArray::number(i) + "@muc.test", conference("autojoin='false'"))));
    QCOMPARE(shelf.bookmarks.all().size(), Bookmarks::kMaxBookmarks);
    QCOMPARE(shelf.told.size(), Bookmarks::kMaxBookmarks);
    (void)shelf.hear(pepEvent(kNode, pepItem("r0@muc.test", conference("autojoin='true'")))); // those that are known may change
    QVERIFY(shelf.bookmarks.find(jid(u"r0@muc.test"_s))->autojoin);
}

void TestXmppBookmarks::refusesWhatIsTooLong()
{
    Shelf shelf;
    const QByteArray name(Bookmarks::kMaxNameChars + 1, 'x'), secret(Bookmarks::kMaxSecretChars, 'x');
    shelf.begin(pepItem("a@muc.test", conference("name='" + name + "'", "<nick>" + secret + "</nick><password>" + secret + "</password>"))
        + pepItem("b@muc.test", conference("name='b'", "<nick>" + secret + "x</nick><password>" + secret + "x</password>")));
    const Bookmark *a = shelf.bookmarks.find(jid(u"a@muc.test"_s)), *b = shelf.bookmarks.find(jid(u"b@muc.test"_s));
    QCOMPARE(a->name.size(), Bookmarks::kMaxNameChars);
    QVERIFY(a->nick.size() == Bookmarks::kMaxSecretChars && a->password.size() == Bookmarks::kMaxSecretChars);
    QVERIFY(b->nick.isEmpty() && b->password.isEmpty());
    const QString tooLong(Bookmarks::kMaxSecretChars + 1, u'x');
    QVERIFY(answerOf(shelf.bookmarks.set({.room = kOps, .name = QString(Bookmarks::kMaxNameChars + 1, u'x')})).error().kind == ErrorKind::Invalid);
    QVERIFY(answerOf(shelf.bookmarks.set({.room = kOps, .nick = tooLong})).error().kind == ErrorKind::Invalid);
    QVERIFY(answerOf(shelf.bookmarks.set({.room = kOps, .password = tooLong})).error().kind == ErrorKind::Invalid);
    shelf.expectNothing();
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppBookmarks)
#include "tst_xmppbookmarks.moc"
