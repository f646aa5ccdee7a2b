// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "people.h"

#include "xmpp/roster.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using xmpp::Contact;
using xmpp::Roster;
using Subscription = Contact::Subscription;

namespace {

const xmpp::Jid kBob = jid(u"bob@chat.test"_s);

QByteArray query(const QByteArray& items) { return "<query xmlns='jabber:iq:roster'>" + items + "</query>"; }

struct Book : Desk
{
    Roster roster{outlet, self()};
    QStringList told; ///< fetched, requests, and addresses that changed

    Book()
    {
        QObject::connect(&roster, &Roster::fetched, &roster,
            [this](const base::Status& status) { told << (status ? u"fetched"_s : u"fetched: "_s + toString(status.error().kind)); });
        QObject::connect(&roster, &Roster::changed, &roster, [this](const xmpp::Jid& jid) { told << jid.toString(); });
        QObject::connect(&roster, &Roster::requestsChanged, &roster, [this] { told << u"requests"_s; });
        xmpp.session->serve(xmpp::ns::kRoster, [this](const xmpp::Element& request) { roster.answer(request); });
    }
    void begin(const QByteArray& items)
    {
        roster.begin();
        answer(expectRequest("<iq type='get'>" + query({}) + "</iq>"), query(items));
        QCOMPARE(told, QStringList({u"fetched"_s}));
        told.clear();
    }
    /// A push.
    void push(const QByteArray& items, const QByteArray& from = {}, const QByteArray& type = "set")
    {
        say("<iq type='" + type + "' id='q'" + (from.isEmpty() ? QByteArray() : " from='" + from + "'") + ">" + query(items) + "</iq>");
    }
    bool hear(const QByteArray& xml) { return roster.handle(ScriptedStream::read(xml)); }
    bool hearRequest(const QByteArray& from, const QByteArray& text = {})
    {
        return hear("<presence type='subscribe' from='" + from + "'><status>" + text + "</status></presence>");
    }
};

} // namespace

class TestXmppRoster : public QObject
{
    Q_OBJECT
private slots:
    void knowsContactsAsTheServerListsThem();
    void tellsThatItCouldNotBeFetched();
    void keepsWhatItKnewUntilTheNewListIsThere();
    void followsItsChanges();
    void ignoresForgedChanges_data();
    void ignoresForgedChanges();
    void refusesChangesThatMakeNoSense_data();
    void refusesChangesThatMakeNoSense();
    void addsRenamesAndRemoves();
    void tellsWhyTheServerDidNot();
    void asksToSeeSomebody();
    void collectsWhoAsksToSeeUs();
    void acceptsAndDeclines();
    void acceptsAgainWhoSeesUsAlready();
    void dropsRequestsThatAreOver();
    void leavesOtherStanzasAlone_data();
    void leavesOtherStanzasAlone();
    void listsSoManyContactsAndNoMore();
    void keepsSoManyGroupsAndNoMore();
    void keepsSoManyRequestsAndNoMore();
    void cutsWhatIsTooLong();
    void refusesWhatIsNoContact();
};

void TestXmppRoster::knowsContactsAsTheServerListsThem()
{
    Book book;
    QVERIFY(!book.roster.isFetched());
    book.begin("<item jid='bob@chat.test' name='Bob' subscription='both'><group>Ops</group><group>Ops</group><group>Deploys</group></item>"
               "<item jid='Carl@chat.test' ask='subscribe' subscription='none'/><item jid='dora@chat.test' subscription='from'/>"
               "<item jid='@' name='nobody'/><item jid='gone@chat.test' subscription='remove'/>");
    QVERIFY(book.roster.isFetched());
    QCOMPARE(book.roster.contacts().size(), 3);
    const Contact bob{kBob, u"Bob"_s, {u"Ops"_s, u"Deploys"_s}, Subscription::Both, false};
    QVERIFY(*book.roster.find(kBob) == bob);
    QVERIFY(bob.isSeen() && bob.seesUs());
    const Contact* carl = book.roster.find(jid(u"carl@chat.test"_s));
    QVERIFY(carl && carl->isAsked && !carl->isSeen() && !carl->seesUs());
    QVERIFY(book.roster.find(jid(u"dora@chat.test"_s))->seesUs());
    QVERIFY(!book.roster.find(jid(u"eve@chat.test"_s)));
}

void TestXmppRoster::tellsThatItCouldNotBeFetched()
{
    Book book;
    book.roster.begin();
    book.refuse(book.expectRequest("<iq type='get'>" + query({}) + "</iq>"), "service-unavailable");
    QCOMPARE(book.told, QStringList({u"fetched: Unsupported"_s}));
    QVERIFY(!book.roster.isFetched());
}

void TestXmppRoster::keepsWhatItKnewUntilTheNewListIsThere()
{
    Book book;
    book.begin("<item jid='bob@chat.test'/>");
    book.roster.begin();
    QVERIFY(book.roster.find(kBob) && !book.roster.isFetched());
    const QByteArray old = book.next().attribute(u"id").toUtf8();
    book.roster.begin(); // once more: the first answer is nobody's
    book.answer(old, query("<item jid='carl@chat.test'/>"));
    QVERIFY(book.told.isEmpty());
    book.answer(book.next().attribute(u"id").toUtf8(), query({}));
    QVERIFY(book.roster.contacts().isEmpty());
}

void TestXmppRoster::followsItsChanges()
{
    Book book;
    book.begin({});
    book.push("<item jid='bob@chat.test' name='Bob' subscription='none'/>"); // as Prosody
    book.expect("<iq type='result' id='q'/>");
    book.push("<item jid='bob@chat.test' name='Robert' subscription='to'/>", "ana@chat.test"); // as ejabberd
    book.expect("<iq type='result' id='q' to='ana@chat.test'/>");
    QCOMPARE(book.roster.find(kBob)->name, u"Robert"_s);
    QVERIFY(book.roster.find(kBob)->isSeen());
    book.push("<item jid='bob@chat.test' subscription='remove'/>");
    book.expect("<iq type='result' id='q'/>");
    QVERIFY(!book.roster.find(kBob));
    QCOMPARE(book.told, QStringList({u"bob@chat.test"_s, u"bob@chat.test"_s, u"bob@chat.test"_s}));
}

void TestXmppRoster::ignoresForgedChanges_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::newRow("a stranger") << QByteArray("eve@evil.test/x");
    QTest::newRow("a contact") << QByteArray("bob@chat.test");
    QTest::newRow("somebody of our server") << QByteArray("eve@chat.test");
    QTest::newRow("the server") << QByteArray("chat.test");
    QTest::newRow("another client of ours") << QByteArray("ana@chat.test/phone");
    QTest::newRow("a room that looks like us") << QByteArray("ops@muc.test/ana@chat.test");
    QTest::newRow("no address") << QByteArray("@");
}

void TestXmppRoster::ignoresForgedChanges()
{
    QFETCH(QByteArray, from);
    Book book;
    book.begin("<item jid='bob@chat.test' subscription='both'/>");
    for (const QByteArray item : {"<item jid='eve@evil.test' subscription='both'/>", "<item jid='bob@chat.test' subscription='remove'/>"}) {
        book.push(item, from);
        book.expectRefusal(from, "service-unavailable");
    }
    QCOMPARE(book.roster.contacts().size(), 1);
    QVERIFY(book.told.isEmpty());
}

void TestXmppRoster::refusesChangesThatMakeNoSense_data()
{
    QTest::addColumn<QByteArray>("items");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("none") << QByteArray() << QByteArray("set");
    QTest::newRow("two") << QByteArray("<item jid='a@chat.test'/><item jid='b@chat.test'/>") << QByteArray("set");
    QTest::newRow("nobody") << QByteArray("<item jid='@'/>") << QByteArray("set");
    QTest::newRow("a question") << QByteArray("<item jid='a@chat.test'/>") << QByteArray("get");
}

void TestXmppRoster::refusesChangesThatMakeNoSense()
{
    QFETCH(QByteArray, items);
    QFETCH(QByteArray, type);
    Book book;
    book.begin({});
    book.push(items, {}, type);
    book.expectRefusal({}, "bad-request", "modify");
    QVERIFY(book.roster.contacts().isEmpty() && book.told.isEmpty());
}

void TestXmppRoster::addsRenamesAndRemoves()
{
    Book book;
    book.begin({});
    auto done = book.roster.set(kBob, u"Bob"_s, {u"Ops"_s, QString()});
    book.answer(book.expectRequest("<iq type='set'>" + query("<item jid='bob@chat.test' name='Bob'><group>Ops</group></item>") + "</iq>"));
    QVERIFY(answerOf(done));
    QVERIFY(!book.roster.find(kBob)); // the server has not told it yet
    done = book.roster.set(kBob, {});
    book.answer(book.expectRequest("<iq type='set'>" + query("<item jid='bob@chat.test'/>") + "</iq>"));
    QVERIFY(answerOf(done));
    done = book.roster.remove(kBob);
    book.answer(book.expectRequest("<iq type='set'>" + query("<item jid='bob@chat.test' subscription='remove'/>") + "</iq>"));
    QVERIFY(answerOf(done));
}

void TestXmppRoster::tellsWhyTheServerDidNot()
{
    Book book;
    book.begin({});
    const auto done = book.roster.set(kBob, u"Bob"_s);
    book.refuse(book.next().attribute(u"id").toUtf8(), "not-allowed");
    QVERIFY(answerOf(done).error().kind == ErrorKind::Denied);
}

void TestXmppRoster::asksToSeeSomebody()
{
    Book book;
    book.begin({});
    QVERIFY(book.roster.subscribe(kBob, u"It is me"_s));
    book.expect("<presence type='subscribe' to='bob@chat.test'><status>It is me</status></presence>");
    QVERIFY(book.roster.unsubscribe(kBob));
    book.expect("<presence type='unsubscribe' to='bob@chat.test'/>");
    book.push("<item jid='bob@chat.test' ask='subscribe' subscription='none'/>");
    book.expect("<iq type='result' id='q'/>");
    QVERIFY(book.roster.find(kBob)->isAsked);
    QVERIFY(book.hear("<presence type='subscribed' from='bob@chat.test'/>")); // told by the list alone
    QVERIFY(!book.roster.find(kBob)->isSeen());
}

void TestXmppRoster::collectsWhoAsksToSeeUs()
{
    Book book;
    book.begin("<item jid='bob@chat.test' subscription='to'/>");
    QVERIFY(book.hearRequest("bob@chat.test", "hi"));
    QVERIFY(book.hearRequest("eve@evil.test/x"));
    QVERIFY(book.hearRequest("bob@chat.test", "hi")); // as servers do with every presence of ours
    QCOMPARE(book.told, QStringList({u"requests"_s, u"requests"_s}));
    QVERIFY(book.hearRequest("bob@chat.test", "please"));
    const QList<xmpp::ContactRequest> wanted{{kBob, u"please"_s}, {jid(u"eve@evil.test"_s), {}}};
    QVERIFY(book.roster.requests() == wanted);
    book.expectNothing();
}

void TestXmppRoster::acceptsAndDeclines()
{
    Book book;
    book.begin({});
    (void)book.hearRequest("bob@chat.test");
    (void)book.hearRequest("eve@evil.test");
    QVERIFY(book.roster.accept(kBob));
    book.expect("<presence type='subscribed' to='bob@chat.test'/>");
    QVERIFY(book.roster.decline(jid(u"eve@evil.test"_s)));
    book.expect("<presence type='unsubscribed' to='eve@evil.test'/>");
    QVERIFY(book.roster.requests().isEmpty());
    (void)book.hearRequest("bob@chat.test");
    book.xmpp.session->quit();
    QVERIFY(!book.roster.accept(kBob)); // not sent, so not accepted
    QCOMPARE(book.roster.requests().size(), 1);
}

void TestXmppRoster::acceptsAgainWhoSeesUsAlready()
{
    Book book;
    book.begin("<item jid='bob@chat.test' subscription='from'/>");
    QVERIFY(book.hearRequest("bob@chat.test"));
    book.expect("<presence type='subscribed' to='bob@chat.test'/>");
    QVERIFY(book.roster.requests().isEmpty());
}

void TestXmppRoster::dropsRequestsThatAreOver()
{
    Book book;
    book.begin({});
    (void)book.hearRequest("bob@chat.test");
    (void)book.hearRequest("eve@evil.test");
    book.push("<item jid='bob@chat.test' subscription='from'/>"); // another client of ours accepted
    QVERIFY(book.hear("<presence type='unsubscribe' from='eve@evil.test'/>"));
    QVERIFY(book.roster.requests().isEmpty());
    (void)book.hearRequest("bob@chat.test/x");
    (void)book.hearRequest("carl@chat.test");
    book.roster.begin();
    QVERIFY(book.roster.requests().isEmpty());
}

void TestXmppRoster::leavesOtherStanzasAlone_data()
{
    QTest::addColumn<QByteArray>("stanza");
    QTest::addColumn<bool>("isOurs");
    QTest::newRow("a presence") << QByteArray("<presence from='bob@chat.test/x'/>") << false;
    QTest::newRow("who goes") << QByteArray("<presence type='unavailable' from='bob@chat.test/x'/>") << false;
    QTest::newRow("a message") << QByteArray("<message type='subscribe' from='bob@chat.test/x'/>") << false;
    QTest::newRow("nobody asks") << QByteArray("<presence type='subscribe' from='@'/>") << true;
    QTest::newRow("we ask ourselves") << QByteArray("<presence type='subscribe' from='ana@chat.test'/>") << true;
}

void TestXmppRoster::leavesOtherStanzasAlone()
{
    QFETCH(QByteArray, stanza);
    QFETCH(bool, isOurs);
    Book book;
    book.begin({});
    QCOMPARE(book.hear(stanza), isOurs);
    QVERIFY(book.told.isEmpty() && book.roster.requests().isEmpty());
}

void TestXmppRoster::listsSoManyContactsAndNoMore()
{
    Book book;
    xmpp::Element all(u"query", xmpp::ns::kRoster);
    for (qsizetype i = 0; i <= Roster::kMaxContacts; ++i)
        all.append(xmpp::Element(u"item", xmpp::ns::kRoster).with(u"jid", u"u%1@chat.test"_s.arg(i)));
    xmpp::Outlet outlet = book.outlet;
    outlet.request = [&all](const xmpp::Element&, const xmpp::Requests::Handler& handler) {
        handler({xmpp::Element(u"iq", xmpp::ns::kClient).with(all), std::nullopt});
    };
    Roster roster(outlet, book.self());
    roster.begin();
    QCOMPARE(roster.contacts().size(), Roster::kMaxContacts);
    QVERIFY(roster.find(jid(u"u%1@chat.test"_s.arg(Roster::kMaxContacts - 1))));
}

void TestXmppRoster::keepsSoManyGroupsAndNoMore()
{
    Book book;
    QByteArray groups;
    for (qsizetype i = 0; i <= Roster::kMaxGroups; ++i)
        groups += "<group>" + QByteArray::number(i) + "</group>";
    book.begin("<item jid='bob@chat.test'>" + groups + "</item>");
    QCOMPARE(book.roster.find(kBob)->groups.size(), Roster::kMaxGroups);
    QStringList names = book.roster.find(kBob)->groups;
    const auto fine = book.roster.set(kBob, {}, names);
    book.answer(book.next().attribute(u"id").toUtf8());
    QVERIFY(answerOf(fine));
    names << u"more"_s;
    QVERIFY(answerOf(book.roster.set(kBob, {}, names)).error().kind == ErrorKind::Invalid);
}

void TestXmppRoster::keepsSoManyRequestsAndNoMore()
{
    Book book;
    book.begin({});
    for (qsizetype i = 0; i <= Roster::kMaxRequests; ++i)
        (void)book.hearRequest("u" + QByteArray::number(i) + "@evil.test");
    QCOMPARE(book.roster.requests().size(), Roster::kMaxRequests);
    QCOMPARE(book.roster.requests().last().from, jid(u"u%1@evil.test"_s.arg(Roster::kMaxRequests - 1)));
}

void TestXmppRoster::cutsWhatIsTooLong()
{
    Book book;
    const QByteArray name(Roster::kMaxNameChars, 'x'), text(Roster::kMaxTextChars, 'x');
    book.begin("<item jid='bob@chat.test' name='" + name + "y'><group>" + name + "y</group></item>");
    QCOMPARE(book.roster.find(kBob)->name, QString::fromLatin1(name));
    QCOMPARE(book.roster.find(kBob)->groups, QStringList({QString::fromLatin1(name)}));
    (void)book.hearRequest("eve@evil.test", text + "y");
    QCOMPARE(book.roster.requests()[0].text, QString::fromLatin1(text));
    QVERIFY(answerOf(book.roster.set(kBob, QString(Roster::kMaxNameChars + 1, u'x'))).error().kind == ErrorKind::Invalid);
    QVERIFY(answerOf(book.roster.set(kBob, {}, {QString(Roster::kMaxNameChars + 1, u'x')})).error().kind == ErrorKind::Invalid);
    const auto fine = book.roster.set(kBob, QString(Roster::kMaxNameChars, u'x'), {QString(Roster::kMaxNameChars, u'x')});
    book.answer(book.next().attribute(u"id").toUtf8());
    QVERIFY(answerOf(fine));
}

void TestXmppRoster::refusesWhatIsNoContact()
{
    Book book;
    for (const xmpp::Jid& wrong : {xmpp::Jid(), jid(u"bob@chat.test/x"_s)}) {
        QVERIFY(answerOf(book.roster.set(wrong, u"x"_s)).error().kind == ErrorKind::Invalid);
        QVERIFY(answerOf(book.roster.remove(wrong)).error().kind == ErrorKind::Invalid);
        QVERIFY(!book.roster.subscribe(wrong) && !book.roster.unsubscribe(wrong) && !book.roster.accept(wrong) && !book.roster.decline(wrong));
    }
    book.expectNothing();
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppRoster)
#include "tst_xmpproster.moc"
