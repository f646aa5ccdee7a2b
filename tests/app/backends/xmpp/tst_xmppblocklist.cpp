// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "people.h"

#include "xmpp/blocklist.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Blocklist;
using xmpp::Jid;

namespace {

const Jid kEve = jid(u"eve@evil.test"_s);

QByteArray list(const QByteArray& name, const QByteArrayList& jids)
{
    QByteArray items;
    for (const QByteArray& each : jids)
        items += "<item jid='" + each + "'/>";
    return "<" + name + " xmlns='urn:xmpp:blocking'>" + items + "</" + name + ">";
}

struct Wall : Desk
{
    Blocklist blocklist{outlet, self()};
    QStringList told;

    Wall()
    {
        QObject::connect(&blocklist, &Blocklist::fetched, &blocklist,
            [this](const base::Status& status) { told << (status ? u"fetched"_s : u"fetched: "_s + toString(status.error().kind)); });
        QObject::connect(&blocklist, &Blocklist::changed, &blocklist, [this] { told << u"changed"_s; });
        xmpp.session->serve(xmpp::ns::kBlocking, [this](const xmpp::Element& request) { blocklist.answer(request); });
    }
    void begin(const QByteArrayList& jids)
    {
        blocklist.begin();
        answer(expectRequest("<iq type='get'>" + list("blocklist", {}) + "</iq>"), list("blocklist", jids));
        QCOMPARE(told, QStringList({u"fetched"_s}));
        told.clear();
    }
    /// A push.
    void push(const QByteArray& what, const QByteArray& from = {}, const QByteArray& type = "set")
    {
        say("<iq type='" + type + "' id='q'" + (from.isEmpty() ? QByteArray() : " from='" + from + "'") + ">" + what + "</iq>");
    }
    bool isBlocked(const QString& who) const { return blocklist.isBlocked(jid(who)); }
};

} // namespace

class TestXmppBlocklist : public QObject
{
    Q_OBJECT
private slots:
    void knowsWhomTheServerBlocks();
    void tellsThatItCouldNotBeFetched();
    void blocksAndUnblocks();
    void tellsWhyTheServerDidNot();
    void neverUnblocksEverybody();
    void followsOtherClients();
    void ignoresForgedChanges_data();
    void ignoresForgedChanges();
    void refusesChangesThatMakeNoSense_data();
    void refusesChangesThatMakeNoSense();
    void listsSoManyAndNoMore();
};

void TestXmppBlocklist::knowsWhomTheServerBlocks()
{
    Wall wall;
    QVERIFY(!wall.isBlocked(u"eve@evil.test"_s));
    wall.begin({"Eve@evil.test", "mal@chat.test/phone", "spam.test", "half.test/bot", "@"});
    QCOMPARE(wall.blocklist.all().size(), 4);
    for (const QString& who : {u"eve@evil.test"_s, u"eve@evil.test/x"_s, u"mal@chat.test/phone"_s, u"spam.test"_s, u"any@spam.test/x"_s,
             u"any@half.test/bot"_s, u"half.test/bot"_s})
        QVERIFY2(wall.isBlocked(who), qPrintable(who));
    for (const QString& who : {u"bob@evil.test"_s, u"mal@chat.test"_s, u"mal@chat.test/desk"_s, u"sub.spam.test"_s, u"any@half.test/x"_s})
        QVERIFY2(!wall.isBlocked(who), qPrintable(who));
    QVERIFY(!wall.blocklist.isBlocked(Jid()));
}

void TestXmppBlocklist::tellsThatItCouldNotBeFetched()
{
    Wall wall;
    wall.blocklist.begin();
    wall.refuse(wall.next().attribute(u"id").toUtf8(), "service-unavailable");
    QCOMPARE(wall.told, QStringList({u"fetched: Unsupported"_s}));
    QVERIFY(!wall.blocklist.isFetched());
}

void TestXmppBlocklist::blocksAndUnblocks()
{
    Wall wall;
    wall.begin({});
    auto done = wall.blocklist.block({kEve, jid(u"spam.test"_s)});
    wall.answer(wall.expectRequest("<iq type='set'>" + list("block", {"eve@evil.test", "spam.test"}) + "</iq>"));
    QVERIFY(answerOf(done));
    QVERIFY(!wall.isBlocked(u"eve@evil.test"_s)); // the server tells it to all our clients, this one too
    wall.push(list("block", {"eve@evil.test", "spam.test"}));
    wall.expect("<iq type='result' id='q'/>");
    QVERIFY(wall.isBlocked(u"eve@evil.test"_s));
    done = wall.blocklist.unblock({kEve});
    wall.answer(wall.expectRequest("<iq type='set'>" + list("unblock", {"eve@evil.test"}) + "</iq>"));
    QVERIFY(answerOf(done));
    QCOMPARE(wall.told, QStringList({u"changed"_s}));
}

void TestXmppBlocklist::tellsWhyTheServerDidNot()
{
    Wall wall;
    wall.begin({});
    const auto done = wall.blocklist.block({kEve});
    wall.refuse(wall.next().attribute(u"id").toUtf8(), "forbidden");
    QVERIFY(answerOf(done).error().kind == ErrorKind::Denied);
}

void TestXmppBlocklist::neverUnblocksEverybody()
{
    Wall wall;
    wall.begin({"eve@evil.test"});
    for (const QList<Jid>& wrong : {QList<Jid>(), QList<Jid>{Jid()}, QList<Jid>{kEve, Jid()}}) {
        QVERIFY(answerOf(wall.blocklist.unblock(wrong)).error().kind == ErrorKind::Invalid);
        QVERIFY(answerOf(wall.blocklist.block(wrong)).error().kind == ErrorKind::Invalid);
    }
    wall.expectNothing();
}

void TestXmppBlocklist::followsOtherClients()
{
    Wall wall;
    wall.begin({"eve@evil.test"});
    wall.push(list("block", {"mal@evil.test"}), "ana@chat.test");
    wall.expect("<iq type='result' id='q' to='ana@chat.test'/>");
    wall.push(list("unblock", {"eve@evil.test"}));
    wall.expect("<iq type='result' id='q'/>");
    QVERIFY(wall.isBlocked(u"mal@evil.test"_s) && !wall.isBlocked(u"eve@evil.test"_s));
    wall.push(list("unblock", {"@"})); // nobody, which is not everybody
    wall.expect("<iq type='result' id='q'/>");
    QVERIFY(wall.isBlocked(u"mal@evil.test"_s));
    wall.push(list("unblock", {}));
    wall.expect("<iq type='result' id='q'/>");
    QVERIFY(wall.blocklist.all().isEmpty());
}

void TestXmppBlocklist::ignoresForgedChanges_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::newRow("who is blocked") << QByteArray("eve@evil.test/x");
    QTest::newRow("a contact") << QByteArray("bob@chat.test");
    QTest::newRow("the server") << QByteArray("chat.test");
    QTest::newRow("another client of ours") << QByteArray("ana@chat.test/phone");
}

void TestXmppBlocklist::ignoresForgedChanges()
{
    QFETCH(QByteArray, from);
    Wall wall;
    wall.begin({"eve@evil.test"});
    for (const QByteArray& what : {list("unblock", {"eve@evil.test"}), list("unblock", {}), list("block", {"bob@chat.test"})}) {
        wall.push(what, from);
        wall.expectRefusal(from, "service-unavailable");
    }
    QCOMPARE(wall.blocklist.all(), QSet<Jid>{kEve});
    QVERIFY(wall.told.isEmpty());
}

void TestXmppBlocklist::refusesChangesThatMakeNoSense_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("nobody") << list("block", {}) << QByteArray("set");
    QTest::newRow("no address") << list("block", {"@"}) << QByteArray("set");
    QTest::newRow("a list") << list("blocklist", {"mal@evil.test"}) << QByteArray("set");
    QTest::newRow("a question") << list("unblock", {}) << QByteArray("get");
}

void TestXmppBlocklist::refusesChangesThatMakeNoSense()
{
    QFETCH(QByteArray, what);
    QFETCH(QByteArray, type);
    Wall wall;
    wall.begin({"eve@evil.test"});
    wall.push(what, {}, type);
    wall.expectRefusal({}, "bad-request", "modify");
    QCOMPARE(wall.blocklist.all(), QSet<Jid>{kEve});
}

void TestXmppBlocklist::listsSoManyAndNoMore()
{
    Wall wall;
    wall.begin({});
    constexpr qsizetype kAtOnce = 1000;
    for (qsizetype i = 0; i < Blocklist::kMaxBlocked; i += kAtOnce) {
        QByteArrayList jids;
        for (qsizetype each = i; each < i + kAtOnce; ++each)
            jids << "u" + QByteArray::number(each) + "@evil.test";
        wall.push(list("block", jids));
    }
    QCOMPARE(wall.blocklist.all().size(), Blocklist::kMaxBlocked);
    wall.push(list("block", {"eve@evil.test"}));
    QCOMPARE(wall.blocklist.all().size(), Blocklist::kMaxBlocked);
    QVERIFY(!wall.isBlocked(u"eve@evil.test"_s));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppBlocklist)
#include "tst_xmppblocklist.moc"
