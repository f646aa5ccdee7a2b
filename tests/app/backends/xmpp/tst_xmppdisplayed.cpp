// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "people.h"
#include "pepstanzas.h"

#include "xmpp/displayedsync.h"
#include "xmpp/knownmessages.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using xmpp::DisplayedMark;
using xmpp::DisplayedSync;

namespace {

const QByteArray kNode = "urn:xmpp:mds:displayed:0";
const xmpp::Jid kAna = jid(u"ana@chat.test"_s), kBob = jid(u"bob@chat.test"_s), kOps = jid(u"ops@muc.test"_s);

QByteArray displayed(const QByteArray& by, const QByteArray& id)
{
    return "<displayed xmlns='urn:xmpp:mds:displayed:0'><stanza-id xmlns='urn:xmpp:sid:0' by='" + by + "' id='" + id + "'/></displayed>";
}
QByteArray item(const QByteArray& conversation, const QByteArray& by, const QByteArray& id) { return pepItem(conversation, displayed(by, id)); }
DisplayedMark bobs(const QString& id) { return {kBob, kAna, id}; }

struct Reader : Desk
{
    DisplayedSync sync{outlet, self(), xmpp.clock};
    QStringList told; ///< fetched, and marks that changed

    Reader()
    {
        QObject::connect(&sync, &DisplayedSync::fetched, &sync,
            [this](const base::Status& status) { told << (status ? u"fetched"_s : u"fetched: "_s + toString(status.error().kind)); });
        QObject::connect(&sync, &DisplayedSync::changed, &sync,
            [this](const DisplayedMark& mark) { told << mark.conversation.toString() + u' ' + mark.archiveId; });
    }
    void begin(const QByteArray& items = {})
    {
        sync.begin();
        answer(expectRequest(pepQuestion(kNode)), pepItems(kNode, items));
        QCOMPARE(told, QStringList({u"fetched"_s}));
        told.clear();
    }
    bool hear(const QByteArray& xml) { return sync.handle(ScriptedStream::read(xml)); }
    QString known(const xmpp::Jid& conversation) const { return sync.find(conversation) ? sync.find(conversation)->archiveId : QString(); }
    QByteArray expectMark(const QByteArray& conversation, const QByteArray& by, const QByteArray& id)
    {
        return expectRequest(pepPublication(kNode, conversation, displayed(by, id)));
    }
    void pass(std::chrono::milliseconds time)
    {
        xmpp.clock.advance(time);
        xmpp.server.mumble();
    }
};

} // namespace

class TestXmppDisplayed : public QObject
{
    Q_OBJECT
private slots:
    void knowsWhatWasReadElsewhere();
    void takesNoMarkThatMakesNoSense_data();
    void takesNoMarkThatMakesNoSense();
    void tellsThatTheyCouldNotBeFetched();
    void tellsAtOnceWhatWasRead();
    void tellsOnlyTheLastOfMany();
    void tellsNothingTwice();
    void tellsNothingThatTheServerHas();
    void pausesForEachConversationAlone();
    void tellsAgainWhatTheServerDidNotTake();
    void tellsNothingBeforeItKnowsTheServersMarks();
    void forgetsWhatWaitedOnANewStream();
    void followsOtherClients();
    void ignoresForgedMarks_data();
    void ignoresForgedMarks();
    void knowsSoManyConversationsAndNoMore();
};

void TestXmppDisplayed::knowsWhatWasReadElsewhere()
{
    Reader reader;
    reader.begin(
        item("bob@chat.test", "ana@chat.test", "7") + item("ops@muc.test", "ops@muc.test", "a-b") + item("ops@muc.test/bob", "ana@chat.test", "9"));
    QCOMPARE(reader.sync.all().size(), 3);
    QVERIFY(*reader.sync.find(kBob) == bobs(u"7"_s));
    QVERIFY((*reader.sync.find(kOps) == DisplayedMark{kOps, kOps, u"a-b"_s}));
    QCOMPARE(reader.known(jid(u"ops@muc.test/bob"_s)), u"9"_s);
    QVERIFY(!reader.sync.find(jid(u"carl@chat.test"_s)));
}

void TestXmppDisplayed::takesNoMarkThatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("wrong");
    QTest::newRow("nothing") << QByteArray("<item id='bob@chat.test'/>");
    QTest::newRow("something else") << pepItem("bob@chat.test", "<displayed xmlns='urn:xmpp:chat-markers:0' id='7'/>");
    QTest::newRow("no id") << pepItem("bob@chat.test", "<displayed xmlns='urn:xmpp:mds:displayed:0'/>");
    QTest::newRow("an empty id") << item("bob@chat.test", "ana@chat.test", "");
    QTest::newRow("a long id") << item("bob@chat.test", "ana@chat.test", QByteArray(xmpp::kMaxIdChars + 1, 'x'));
    QTest::newRow("no archive") << item("bob@chat.test", "", "7");
    QTest::newRow("somebody else's archive") << item("bob@chat.test", "eve@evil.test", "7");
    QTest::newRow("another room's archive") << item("ops@muc.test", "dev@muc.test", "7");
    QTest::newRow("no conversation") << item("@", "ana@chat.test", "7");
}

void TestXmppDisplayed::takesNoMarkThatMakesNoSense()
{
    QFETCH(QByteArray, wrong);
    Reader reader;
    reader.begin(wrong);
    QVERIFY(reader.sync.all().isEmpty());
    QVERIFY(reader.hear(pepEvent(kNode, wrong)));
    QVERIFY(reader.sync.all().isEmpty() && reader.told.isEmpty());
    QVERIFY(reader.hear(pepEvent(kNode, item("bob@chat.test", "ana@chat.test", QByteArray(xmpp::kMaxIdChars, 'x')))));
    QCOMPARE(reader.told.size(), 1);
}

void TestXmppDisplayed::tellsThatTheyCouldNotBeFetched()
{
    Reader reader;
    reader.sync.begin();
    reader.refuse(reader.expectRequest(pepQuestion(kNode)), "service-unavailable");
    QCOMPARE(reader.told, QStringList({u"fetched: Unsupported"_s}));
    reader.sync.display(bobs(u"7"_s));
    reader.expectNothing();
}

void TestXmppDisplayed::tellsAtOnceWhatWasRead()
{
    Reader reader;
    reader.begin();
    reader.sync.display(bobs(u"7"_s));
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "7");
    reader.sync.display({kOps, kOps, u"a-b"_s});
    (void)reader.expectMark("ops@muc.test", "ops@muc.test", "a-b");
    reader.sync.display({kOps, jid(u"dev@muc.test"_s), u"a-c"_s}); // not the room's
    reader.pass(DisplayedSync::kPause);
    reader.expectNothing();
}

void TestXmppDisplayed::tellsOnlyTheLastOfMany()
{
    Reader reader;
    reader.begin();
    for (const QString& id : {u"1"_s, u"2"_s, u"3"_s})
        reader.sync.display(bobs(id));
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "1");
    reader.pass(DisplayedSync::kPause - 1ms);
    reader.expectNothing();
    reader.pass(1ms);
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "3");
    reader.sync.display(bobs(u"4"_s)); // the pause begins anew with each
    reader.pass(DisplayedSync::kPause - 1ms);
    reader.expectNothing();
    reader.pass(1ms);
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "4");
    reader.pass(DisplayedSync::kPause);
    reader.sync.display(bobs(u"5"_s));
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "5");
}

void TestXmppDisplayed::tellsNothingTwice()
{
    Reader reader;
    reader.begin();
    reader.sync.display(bobs(u"1"_s));
    reader.answer(reader.expectMark("bob@chat.test", "ana@chat.test", "1"));
    QVERIFY(reader.hear(pepEvent(kNode, item("bob@chat.test", "ana@chat.test", "1")))); // to all our clients, this one too
    QVERIFY(reader.told.isEmpty());
    reader.sync.display(bobs(u"2"_s));
    reader.sync.display(bobs(u"1"_s)); // and back, within the pause
    reader.pass(DisplayedSync::kPause);
    reader.sync.display(bobs(u"1"_s));
    reader.expectNothing();
}

void TestXmppDisplayed::tellsNothingThatTheServerHas()
{
    Reader reader;
    reader.begin(item("bob@chat.test", "ana@chat.test", "7"));
    reader.sync.display(bobs(u"7"_s));
    reader.expectNothing();
}

void TestXmppDisplayed::pausesForEachConversationAlone()
{
    Reader reader;
    reader.begin();
    reader.sync.display(bobs(u"1"_s));
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "1");
    reader.pass(1s);
    reader.sync.display({kOps, kOps, u"a"_s});
    (void)reader.expectMark("ops@muc.test", "ops@muc.test", "a");
    reader.sync.display(bobs(u"2"_s));
    reader.sync.display({kOps, kOps, u"b"_s});
    reader.pass(1s);
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "2");
    reader.expectNothing();
    reader.pass(1s);
    (void)reader.expectMark("ops@muc.test", "ops@muc.test", "b");
}

void TestXmppDisplayed::tellsAgainWhatTheServerDidNotTake()
{
    Reader reader;
    reader.begin();
    reader.sync.display(bobs(u"1"_s));
    reader.refuse(reader.expectMark("bob@chat.test", "ana@chat.test", "1"), "policy-violation");
    reader.pass(DisplayedSync::kPause);
    reader.sync.display(bobs(u"1"_s));
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "1");
}

void TestXmppDisplayed::tellsNothingBeforeItKnowsTheServersMarks()
{
    Reader reader;
    reader.sync.display(bobs(u"1"_s));
    reader.sync.begin();
    const QByteArray id = reader.expectRequest(pepQuestion(kNode));
    reader.sync.display(bobs(u"1"_s));
    reader.expectNothing();
    reader.answer(id, pepItems(kNode, item("bob@chat.test", "ana@chat.test", "7")));
    QCOMPARE(reader.known(kBob), u"7"_s);
    reader.expectNothing();
}

void TestXmppDisplayed::forgetsWhatWaitedOnANewStream()
{
    Reader reader;
    reader.begin();
    reader.sync.display(bobs(u"1"_s));
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "1");
    reader.sync.display(bobs(u"2"_s));
    reader.pass(1s);
    reader.begin(item("bob@chat.test", "ana@chat.test", "7"));
    reader.sync.display(bobs(u"8"_s));
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "8");
    reader.sync.display(bobs(u"9"_s));
    reader.pass(1s); // the pause of the stream before is nobody's
    reader.expectNothing();
    reader.pass(1s);
    (void)reader.expectMark("bob@chat.test", "ana@chat.test", "9");
}

void TestXmppDisplayed::followsOtherClients()
{
    Reader reader;
    reader.begin(item("bob@chat.test", "ana@chat.test", "1"));
    QVERIFY(reader.hear(pepEvent(kNode, item("bob@chat.test", "ana@chat.test", "2"))));
    QVERIFY(reader.hear(pepEvent(kNode, item("ops@muc.test", "ops@muc.test", "a"))));
    QCOMPARE(reader.told, QStringList({u"bob@chat.test 2"_s, u"ops@muc.test a"_s}));
    QVERIFY(reader.hear(pepEvent(kNode, "<retract id='bob@chat.test'/>")));
    QVERIFY(reader.known(kBob).isEmpty());
    QVERIFY(reader.hear(
        "<message from='ana@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'><delete node='" + kNode + "'/></event></message>"));
    QVERIFY(reader.sync.all().isEmpty());
    QCOMPARE(reader.told.size(), 2); // nothing becomes unread
}

void TestXmppDisplayed::ignoresForgedMarks_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::newRow("a stranger") << QByteArray("eve@evil.test");
    QTest::newRow("whom we talk with") << QByteArray("bob@chat.test");
    QTest::newRow("another client of ours") << QByteArray("ana@chat.test/phone");
    QTest::newRow("the room") << QByteArray("ops@muc.test");
}

void TestXmppDisplayed::ignoresForgedMarks()
{
    QFETCH(QByteArray, from);
    Reader reader;
    reader.begin(item("bob@chat.test", "ana@chat.test", "1"));
    QVERIFY(!reader.hear(pepEvent(kNode, item("bob@chat.test", "ana@chat.test", "2") + item("ops@muc.test", "ops@muc.test", "a"), from)));
    QVERIFY(!reader.hear(pepEvent(kNode, "<retract id='bob@chat.test'/>", from)));
    QCOMPARE(reader.known(kBob), u"1"_s);
    QVERIFY(reader.told.isEmpty());
}

void TestXmppDisplayed::knowsSoManyConversationsAndNoMore()
{
    Reader reader;
    reader.begin();
    for (qsizetype i = 0; i <= DisplayedSync::kMaxConversations; ++i)
        (void)reader.hear(pepEvent(kNode, item("u" + QByteArray::number(i) + "@chat.test", "ana@chat.test", "1")));
    QCOMPARE(reader.sync.all().size(), DisplayedSync::kMaxConversations);
    QCOMPARE(reader.told.size(), DisplayedSync::kMaxConversations + 1); // told it is all the same
    (void)reader.hear(pepEvent(kNode, item("u0@chat.test", "ana@chat.test", "2")));
    QCOMPARE(reader.known(jid(u"u0@chat.test"_s)), u"2"_s);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppDisplayed)
#include "tst_xmppdisplayed.moc"
