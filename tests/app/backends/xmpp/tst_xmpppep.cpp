// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "people.h"
#include "pepstanzas.h"

#include "xmpp/pep.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Element;
using xmpp::Pep;
using xmpp::PepItem;

namespace {

const QByteArray kNode = "urn:test:notes";
const auto kNodeName = u"urn:test:notes";
const QByteArray kNote = "<note xmlns='urn:test'/>";
const QByteArray kOtherwise = "<precondition-not-met xmlns='http://jabber.org/protocol/pubsub#errors'/>";

struct Notes : Desk
{
    Pep pep{outlet};
    QStringList told;

    Pep::ItemsHandler itemsHandler()
    {
        return [this](const base::Expected<QList<PepItem>>& items) {
            QStringList ids;
            for (const PepItem& item : items.valueOr({}))
                ids << item.id;
            told << (items ? u"items: "_s + ids.join(u' ') : toString(items.error().kind));
        };
    }
    Pep::Handler handler()
    {
        return [this](const base::Status& status) { told << (status ? u"done"_s : toString(status.error().kind)); };
    }
    void publish() { pep.publish(kNodeName, {u"1"_s, ScriptedStream::read(kNote)}, handler()); }
    QByteArray expectCreation()
    {
        return expectRequest(
            "<iq type='set'>" + pubSub("<create node='" + kNode + "'/><configure>" + pepForm("node_config") + "</configure>") + "</iq>");
    }
    QByteArray expectPlainPublication()
    {
        return expectRequest("<iq type='set'>" + pubSub("<publish node='" + kNode + "'><item id='1'>" + kNote + "</item></publish>") + "</iq>");
    }
    QByteArray expectConfiguration()
    {
        return expectRequest(
            "<iq type='set'>" + pubSub("<configure node='" + kNode + "'>" + pepForm("node_config") + "</configure>", "#owner") + "</iq>");
    }
};

} // namespace

class TestXmppPep : public QObject
{
    Q_OBJECT
private slots:
    void fetchesWhatIsThere();
    void findsNothingWhereThereIsNoNode();
    void fetchesOneThingOfSomebody();
    void publishesForItselfAlone();
    void makesANodeThatIsOtherwiseAsItShouldBe();
    void makesANodeWhereItsOptionsAreNotKnownOtherwise();
    void makesTheNodeThatIsThere();
    void publishesNothingIntoANodeThatItCouldNotMake();
    void triesThatOnce();
    void tellsWhyItCouldNotPublish();
    void retracts();
    void dropsAnswersOfAnEarlierStream();
    void readsWhatChanged();
    void readsNothingElse_data();
    void readsNothingElse();
    void believesItsOwnServerAloneAboutItsOwn_data();
    void believesItsOwnServerAloneAboutItsOwn();
    void takesSoManyThingsAndNoMore();
    void takesNoNameThatIsTooLong();
};

void TestXmppPep::fetchesWhatIsThere()
{
    Notes notes;
    notes.pep.fetch(kNodeName, notes.itemsHandler());
    notes.answer(notes.expectRequest(pepQuestion(kNode)), pepItems(kNode, pepItem("1", kNote) + pepItem("2", kNote) + "<item/>"));
    QCOMPARE(notes.told, QStringList({u"items: 1 2"_s}));
}

void TestXmppPep::findsNothingWhereThereIsNoNode()
{
    Notes notes;
    notes.pep.fetch(kNodeName, notes.itemsHandler());
    notes.refuse(notes.expectRequest(pepQuestion(kNode)), "item-not-found", "ana@chat.test");
    notes.pep.fetch(kNodeName, notes.itemsHandler());
    notes.answer(notes.expectRequest(pepQuestion(kNode)));
    notes.pep.fetch(kNodeName, notes.itemsHandler());
    notes.refuse(notes.expectRequest(pepQuestion(kNode)), "forbidden");
    QCOMPARE(notes.told, QStringList({u"items: "_s, u"items: "_s, u"Denied"_s}));
}

void TestXmppPep::fetchesOneThingOfSomebody()
{
    Notes notes;
    notes.pep.fetch(kNodeName, jid(u"bob@chat.test"_s), u"7"_s, notes.itemsHandler());
    const QByteArray id = notes.expectRequest("<iq type='get' to='bob@chat.test'>" + pepItems(kNode, "<item id='7'/>") + "</iq>");
    notes.answer(id, pepItems(kNode, pepItem("8", kNote)), "eve@evil.test");
    notes.answer(id, pepItems(kNode, pepItem("7", kNote)), "bob@chat.test");
    QCOMPARE(notes.told, QStringList({u"items: 7"_s}));
}

void TestXmppPep::publishesForItselfAlone()
{
    Notes notes;
    notes.publish();
    notes.answer(notes.expectRequest(pepPublication(kNode, "1", kNote)));
    QCOMPARE(notes.told, QStringList({u"done"_s}));
}

void TestXmppPep::makesANodeThatIsOtherwiseAsItShouldBe()
{
    Notes notes;
    notes.publish();
    notes.refuse(notes.expectRequest(pepPublication(kNode, "1", kNote)), "conflict", {}, kOtherwise);
    notes.answer(notes.expectConfiguration());
    QVERIFY(notes.told.isEmpty());
    notes.answer(notes.expectRequest(pepPublication(kNode, "1", kNote)));
    QCOMPARE(notes.told, QStringList({u"done"_s}));
}

// As ejabberd 23.01: "Unknown field 'pubsub#max_items'".
void TestXmppPep::makesANodeWhereItsOptionsAreNotKnownOtherwise()
{
    Notes notes;
    notes.publish();
    notes.refuse(notes.expectRequest(pepPublication(kNode, "1", kNote)), "resource-constraint");
    notes.answer(notes.expectCreation());
    QVERIFY(notes.told.isEmpty());
    const QByteArray id = notes.expectPlainPublication();
    notes.refuse(id, "resource-constraint"); // once: it may be a quota
    QCOMPARE(notes.told, QStringList({u"RateLimited"_s}));
    notes.expectNothing();
}

void TestXmppPep::makesTheNodeThatIsThere()
{
    Notes notes;
    notes.publish();
    notes.refuse(notes.expectRequest(pepPublication(kNode, "1", kNote)), "resource-constraint");
    notes.refuse(notes.expectCreation(), "conflict");
    notes.answer(notes.expectConfiguration());
    notes.answer(notes.expectPlainPublication());
    QCOMPARE(notes.told, QStringList({u"done"_s}));
}

/// Without its options it would be for everybody to read.
void TestXmppPep::publishesNothingIntoANodeThatItCouldNotMake()
{
    Notes notes;
    notes.publish();
    notes.refuse(notes.expectRequest(pepPublication(kNode, "1", kNote)), "resource-constraint");
    notes.refuse(notes.expectCreation(), "conflict");
    notes.refuse(notes.expectConfiguration(), "forbidden");
    QCOMPARE(notes.told, QStringList({u"Denied"_s}));
    notes.expectNothing();
}

void TestXmppPep::triesThatOnce()
{
    Notes notes;
    notes.publish();
    notes.refuse(notes.expectRequest(pepPublication(kNode, "1", kNote)), "conflict", {}, kOtherwise);
    notes.answer(notes.expectConfiguration());
    notes.refuse(notes.expectRequest(pepPublication(kNode, "1", kNote)), "conflict", {}, kOtherwise);
    QCOMPARE(notes.told, QStringList({u"Denied"_s}));
    notes.expectNothing();
}

void TestXmppPep::tellsWhyItCouldNotPublish()
{
    Notes notes;
    notes.publish();
    notes.refuse(notes.expectRequest(pepPublication(kNode, "1", kNote)), "service-unavailable");
    notes.publish();
    notes.refuse(notes.expectRequest(pepPublication(kNode, "1", kNote)), "conflict", {}, kOtherwise);
    notes.refuse(notes.expectConfiguration(), "forbidden");
    QCOMPARE(notes.told, QStringList({u"Unsupported"_s, u"Denied"_s}));
    notes.expectNothing();
}

void TestXmppPep::retracts()
{
    Notes notes;
    notes.pep.retract(kNodeName, u"1"_s, notes.handler());
    notes.answer(notes.expectRequest(pepRetraction(kNode, "1")));
    notes.pep.retract(kNodeName, u"1"_s, notes.handler());
    notes.refuse(notes.expectRequest(pepRetraction(kNode, "1")), "item-not-found");
    QCOMPARE(notes.told, QStringList({u"done"_s, u"NotFound"_s}));
}

void TestXmppPep::dropsAnswersOfAnEarlierStream()
{
    Notes notes;
    notes.pep.fetch(kNodeName, notes.itemsHandler());
    notes.publish();
    const QByteArray fetch = notes.next().attribute(u"id").toUtf8(), publish = notes.next().attribute(u"id").toUtf8();
    notes.pep.reset();
    notes.answer(fetch, pepItems(kNode, {}));
    notes.refuse(publish, "conflict", {}, kOtherwise);
    QVERIFY(notes.told.isEmpty());
    notes.expectNothing();
}

void TestXmppPep::readsWhatChanged()
{
    const auto event = xmpp::readPepEvent(
        ScriptedStream::read(pepEvent(kNode, pepItem("1", kNote) + "<item id='2'/>" + "<retract id='3'/><retract/>", "bob@chat.test")));
    QVERIFY(event);
    QCOMPARE(event->from, jid(u"bob@chat.test"_s));
    QCOMPARE(event->node, kNodeName);
    QCOMPARE(event->items.size(), 2);
    QVERIFY(event->items[0].payload.is(u"note", u"urn:test"));
    QVERIFY(event->items[1].payload.isNull());
    QCOMPARE(event->retracted, QStringList({u"3"_s}));
    QVERIFY(!event->isEmptied);
    for (const QByteArray what : {"purge", "delete"}) {
        const auto emptied
            = xmpp::readPepEvent(ScriptedStream::read("<message from='bob@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'><" + what
                + " node='" + kNode + "'/></event></message>"));
        QVERIFY(emptied && emptied->isEmptied && emptied->node == kNodeName);
    }
}

void TestXmppPep::readsNothingElse_data()
{
    QTest::addColumn<QByteArray>("stanza");
    QTest::newRow("nothing") << QByteArray("<message from='bob@chat.test'/>");
    QTest::newRow("nothing in it") << QByteArray("<message from='bob@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'/></message>");
    QTest::newRow("nobody") << pepEvent(kNode, {}, "@");
    QTest::newRow("no address") << pepEvent(kNode, {}, "");
    QTest::newRow("an error") << QByteArray("<message type='error' from='bob@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
                                            "<items node='n'/></event></message>");
    QTest::newRow("a presence") << QByteArray(
        "<presence from='bob@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='n'/></event></presence>");
}

void TestXmppPep::readsNothingElse()
{
    QFETCH(QByteArray, stanza);
    QVERIFY(!xmpp::readPepEvent(ScriptedStream::read(stanza)));
}

void TestXmppPep::believesItsOwnServerAloneAboutItsOwn_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<bool>("isBelieved");
    QTest::newRow("our account") << QByteArray("ana@chat.test") << true;
    QTest::newRow("our account, written otherwise") << QByteArray("Ana@CHAT.test") << true;
    QTest::newRow("a client of ours") << QByteArray("ana@chat.test/phone") << false;
    QTest::newRow("a contact") << QByteArray("bob@chat.test") << false;
    QTest::newRow("a stranger") << QByteArray("ana@evil.test") << false;
    QTest::newRow("the server") << QByteArray("chat.test") << false;
    QTest::newRow("somebody in a room") << QByteArray("ops@muc.test/ana@chat.test") << false;
}

void TestXmppPep::believesItsOwnServerAloneAboutItsOwn()
{
    QFETCH(QByteArray, from);
    QFETCH(bool, isBelieved);
    const Element message = ScriptedStream::read(pepEvent(kNode, pepItem("1", kNote), from));
    QCOMPARE(xmpp::readOwnPepEvent(message, jid(u"ana@chat.test/desk"_s), kNodeName).has_value(), isBelieved);
    QVERIFY(!xmpp::readOwnPepEvent(message, jid(u"ana@chat.test/desk"_s), u"urn:test:other"));
}

void TestXmppPep::takesSoManyThingsAndNoMore()
{
    QByteArray items, retracted;
    for (qsizetype i = 0; i <= Pep::kMaxItems; ++i) {
        items += "<item id='" + QByteArray::number(i) + "'/>";
        retracted += "<retract id='" + QByteArray::number(i) + "'/>";
    }
    const auto event = xmpp::readPepEvent(ScriptedStream::read(pepEvent(kNode, items + retracted)));
    QCOMPARE(event->items.size(), Pep::kMaxItems);
    QCOMPARE(event->retracted.size(), Pep::kMaxItems);
}

void TestXmppPep::takesNoNameThatIsTooLong()
{
    const QByteArray longest(Pep::kMaxItemIdChars, 'x');
    const auto event = xmpp::readPepEvent(ScriptedStream::read(pepEvent(kNode, pepItem(longest, kNote) + pepItem(longest + "x", kNote))));
    QCOMPARE(event->items.size(), 1);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppPep)
#include "tst_xmpppep.moc"
