// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "people.h"

#include "xmpp/capabilities.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using xmpp::Capabilities;
using xmpp::DiscoInfo;
using xmpp::Element;

namespace {

const QByteArray kInfoNs = "xmlns='http://jabber.org/protocol/disco#info'";
const QByteArray kItemsNs = "xmlns='http://jabber.org/protocol/disco#items'";
// XEP-0115 §5.2.
const QByteArray kExodusVer = "QgayPKawpkPSDYmwT/WM94uAlu0=";
const QByteArray kExodus = "<identity category='client' name='Exodus 0.9.1' type='pc'/><feature var='http://jabber.org/protocol/caps'/>"
                           "<feature var='http://jabber.org/protocol/muc'/><feature var='http://jabber.org/protocol/disco#info'/>"
                           "<feature var='http://jabber.org/protocol/disco#items'/>";
// §5.3.
const QByteArray kPsiVer = "q07IKJEyjvHSyhy//CH0CxmKi8w=";
const QByteArray kPsi = "<identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>"
                        "<identity xml:lang='el' category='client' name='Ψ 0.11' type='pc'/><feature var='http://jabber.org/protocol/caps'/>"
                        "<feature var='http://jabber.org/protocol/disco#info'/><feature var='http://jabber.org/protocol/disco#items'/>"
                        "<feature var='http://jabber.org/protocol/muc'/><x xmlns='jabber:x:data' type='result'>"
                        "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>"
                        "<field var='ip_version' type='text-multi'><value>ipv4</value><value>ipv6</value></field>"
                        "<field var='os'><value>Mac</value></field><field var='os_version'><value>10.5.1</value></field>"
                        "<field var='software'><value>Psi</value></field><field var='software_version'><value>0.11</value></field></x>";
const auto kFeature = u"http://jabber.org/protocol/muc";

QByteArray query(const QByteArray& content, const QByteArray& node = {})
{
    return "<query " + kInfoNs + (node.isEmpty() ? QByteArray() : " node='" + node + "'") + ">" + content + "</query>";
}
std::optional<DiscoInfo> infoOf(const QByteArray& content) { return xmpp::readDiscoInfo(ScriptedStream::read(query(content))); }
QByteArray presence(const QByteArray& from, const QByteArray& ver = kExodusVer, const QByteArray& hash = "sha-1")
{
    return "<presence from='" + from + "'><c xmlns='http://jabber.org/protocol/caps' hash='" + hash + "' node='https://code.test' ver='" + ver
        + "'/></presence>";
}

struct Listener : Desk
{
    Capabilities capabilities{outlet};
    QStringList learned;

    Listener()
    {
        QObject::connect(&capabilities, &Capabilities::learned, &capabilities, [this](const xmpp::Jid& client) { learned << client.toString(); });
        for (const QStringView xmlns : {xmpp::ns::kDiscoInfo, xmpp::ns::kDiscoItems})
            xmpp.session->serve(xmlns, [this](const Element& request) { capabilities.answer(request); });
    }
    void hear(const QByteArray& xml) { capabilities.handle(ScriptedStream::read(xml)); }
    QByteArray expectQuestion(const QByteArray& to, const QByteArray& ver = kExodusVer)
    {
        return expectRequest("<iq type='get' to='" + to + "'>" + query({}, "https://code.test#" + ver) + "</iq>");
    }
    std::optional<bool> speaks(const QString& client, QStringView feature = kFeature) const { return capabilities.speaks(jid(client), feature); }
    void ask(const QByteArray& child, const QByteArray& type = "get")
    {
        say("<iq type='" + type + "' id='q' from='bob@chat.test/x'>" + child + "</iq>");
    }
};

} // namespace

class TestXmppCapabilities : public QObject
{
    Q_OBJECT
private slots:
    void hashesAsTheSpecificationDoes();
    void ordersFieldsByTheirNamesAndOctets();
    void hashesBySha256();
    void takesNothingThatSaysTheSameTwice_data();
    void takesNothingThatSaysTheSameTwice();
    void hashesNothingThatCanBeReadOtherwise_data();
    void hashesNothingThatCanBeReadOtherwise();
    void takesSoMuchAndNoMore_data();
    void takesSoMuchAndNoMore();
    void tellsWhatItIsAndCan();
    void tellsThatItHasNoParts();
    void refusesOtherNodes();
    void asksOneOfEachVersion();
    void believesNoFalseHash();
    void asksTheNextWhenOneDoesNotAnswer();
    void believesNoAnswerOfSomebodyElse();
    void asksNobodyWithoutAHash_data();
    void asksNobodyWithoutAHash();
    void forgetsWhoGoes();
    void forgetsAllOnANewStream();
    void asksSoManyAtATime();
    void listsSoManyClientsAndNoMore();
};

void TestXmppCapabilities::hashesAsTheSpecificationDoes()
{
    QCOMPARE(xmpp::capabilityHash(*infoOf(kExodus)), QString::fromLatin1(kExodusVer));
    QCOMPARE(xmpp::capabilityHash(*infoOf(kPsi)), QString::fromLatin1(kPsiVer));
    const QByteArray again = toElement(*infoOf(kPsi)).toXml();
    QCOMPARE(xmpp::capabilityHash(*xmpp::readDiscoInfo(ScriptedStream::read(again))), QString::fromLatin1(kPsiVer));
    const auto withNoForm = infoOf(kExodus + "<x xmlns='jabber:x:data' type='result'><field var='os'><value>Mac</value></field></x>");
    QCOMPARE(xmpp::capabilityHash(*withNoForm), QString::fromLatin1(kExodusVer)); // a form without a type does not count
}

void TestXmppCapabilities::ordersFieldsByTheirNamesAndOctets()
{
    const auto hash
        = [](const QString& text) { return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1).toBase64()); };
    const DiscoInfo info{{{u"client-x"_s, u"pc"_s, {}, {}}, {u"client"_s, u"pc"_s, {}, {}}},
        {u"\U0001F600"_s, u"\uFF01"_s}, // the other way round in UTF-16
        {{u"urn:form"_s, {{u"os-version"_s, {u"2"_s, u"10"_s}}, {u"os"_s, {u"Mac"_s}}}}}};
    QCOMPARE(xmpp::capabilityHash(info), hash(u"client/pc//<client-x/pc//<\uFF01<\U0001F600<urn:form<os<Mac<os-version<10<2<"_s));
}

void TestXmppCapabilities::hashesBySha256()
{
    QCOMPARE(xmpp::capabilityHash(*infoOf("<identity category='client' type='pc'/>"), *xmpp::hashNamed(u"sha-256")),
        QString::fromLatin1(QCryptographicHash::hash("client/pc//<", QCryptographicHash::Sha256).toBase64()));
    QVERIFY(!xmpp::hashNamed(u"md5"));
    QVERIFY(!xmpp::hashNamed(u""));
}

void TestXmppCapabilities::takesNothingThatSaysTheSameTwice_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray type = "<field var='FORM_TYPE' type='hidden'><value>urn:f</value></field>";
    const QByteArray form = "<x xmlns='jabber:x:data'>" + type + "</x>";
    QTest::newRow("no identity") << QByteArray("<feature var='a'/>");
    QTest::newRow("an identity") << QByteArray("<identity category='client' type='pc'/>" + kExodus + "<identity category='client' type='pc'/>");
    QTest::newRow("a feature") << kExodus + "<feature var='http://jabber.org/protocol/muc'/>";
    QTest::newRow("a form") << kExodus + form + form;
    QTest::newRow("a type") << kExodus + "<x xmlns='jabber:x:data'>" + type + type + "</x>";
    QTest::newRow("two types") << kExodus
            + "<x xmlns='jabber:x:data'><field var='FORM_TYPE' type='hidden'><value>urn:f</value><value>urn:g</value></field></x>";
}

void TestXmppCapabilities::takesNothingThatSaysTheSameTwice()
{
    QFETCH(QByteArray, content);
    QVERIFY(!infoOf(content));
}

void TestXmppCapabilities::hashesNothingThatCanBeReadOtherwise_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray identity = "<identity category='client' type='pc'/>";
    const auto form = [&identity](const QByteArray& type, const QByteArray& name, const QByteArray& value) {
        return identity + "<x xmlns='jabber:x:data'><field var='FORM_TYPE' type='hidden'><value>" + type + "</value></field><field var='" + name
            + "'><value>" + value + "</value></field></x>";
    };
    QTest::newRow("a feature that is two") << identity + "<feature var='a&lt;b'/>";
    QTest::newRow("a name that is a feature") << QByteArray("<identity category='client' type='pc' name='x&lt;urn:a'/>");
    QTest::newRow("a type that is a language") << QByteArray("<identity category='client' type='pc/en'/>");
    QTest::newRow("a type of a form") << form("a&lt;b", "c", "d");
    QTest::newRow("a field") << form("a", "b&lt;c", "d");
    QTest::newRow("a value") << form("a", "b", "c&lt;d");
}

void TestXmppCapabilities::hashesNothingThatCanBeReadOtherwise()
{
    QFETCH(QByteArray, content);
    QVERIFY(infoOf(content));
    QCOMPARE(xmpp::capabilityHash(*infoOf(content)), QString());
}

void TestXmppCapabilities::takesSoMuchAndNoMore_data()
{
    QTest::addColumn<QByteArray>("atLimit");
    QTest::addColumn<QByteArray>("more");
    const auto many = [](size_t count, auto make) {
        QByteArray all;
        for (size_t i = 0; i < count; ++i)
            all += make(QByteArray::number(qulonglong(i)));
        return all;
    };
    const auto identity = [](const QByteArray& i) { return "<identity category='client' type='" + i + "'/>"; };
    const auto feature = [](const QByteArray& i) { return "<feature var='" + i + "'/>"; };
    const QByteArray type = "<field var='FORM_TYPE' type='hidden'><value>urn:f</value></field>";
    const auto form
        = [](const QByteArray& i) { return "<x xmlns='jabber:x:data'><field var='FORM_TYPE' type='hidden'><value>" + i + "</value></field></x>"; };
    const auto field = [](const QByteArray& i) { return "<field var='f" + i + "'/>"; };
    const auto value = [](const QByteArray& i) { return "<value>" + i + "</value>"; };
    const auto inForm = [&type](const QByteArray& fields) { return kExodus + "<x xmlns='jabber:x:data'>" + type + fields + "</x>"; };
    QTest::newRow("identities") << many(DiscoInfo::kMaxIdentities, identity) << many(DiscoInfo::kMaxIdentities + 1, identity);
    QTest::newRow("features") << identity("pc") + many(DiscoInfo::kMaxFeatures, feature)
                              << identity("pc") + many(DiscoInfo::kMaxFeatures + 1, feature);
    QTest::newRow("forms") << kExodus + many(DiscoInfo::kMaxForms, form) << kExodus + many(DiscoInfo::kMaxForms + 1, form);
    QTest::newRow("fields") << inForm(many(DiscoInfo::kMaxFields - 1, field)) << inForm(many(DiscoInfo::kMaxFields, field)); // and the type
    QTest::newRow("values") << inForm("<field var='a'>" + many(DiscoInfo::kMaxValues, value) + "</field>")
                            << inForm("<field var='a'>" + many(DiscoInfo::kMaxValues + 1, value) + "</field>");
    QTest::newRow("characters") << identity("pc") + feature(QByteArray(DiscoInfo::kMaxChars, 'x'))
                                << identity("pc") + feature(QByteArray(DiscoInfo::kMaxChars + 1, 'x'));
}

void TestXmppCapabilities::takesSoMuchAndNoMore()
{
    QFETCH(QByteArray, atLimit);
    QFETCH(QByteArray, more);
    QVERIFY(infoOf(atLimit));
    QVERIFY(!infoOf(more));
}

void TestXmppCapabilities::tellsWhatItIsAndCan()
{
    Listener listener;
    const Element c = Capabilities::ownElement();
    const QByteArray node = (c.attribute(u"node") + u'#' + c.attribute(u"ver")).toUtf8();
    for (const QByteArray& asked : {QByteArray(), node}) {
        listener.ask(query({}, asked));
        const Element answer = listener.next();
        QCOMPARE(answer.attribute(u"type"), u"result"_s);
        QCOMPARE(answer.attribute(u"to"), u"bob@chat.test/x"_s);
        const Element* told = answer.find(u"query", xmpp::ns::kDiscoInfo);
        QVERIFY(told);
        QCOMPARE(told->attribute(u"node").toUtf8(), asked);
        const auto info = xmpp::readDiscoInfo(*told);
        QVERIFY(info);
        QCOMPARE(xmpp::capabilityHash(*info), c.attribute(u"ver")); // as others check it
        QCOMPARE(info->identities.size(), 1);
        QCOMPARE(info->identities[0].name, u"Ridealong"_s);
        for (const QStringView feature : {u"http://jabber.org/protocol/caps", u"http://jabber.org/protocol/disco#info", u"urn:xmpp:ping",
                 u"urn:xmpp:receipts", u"urn:xmpp:reactions:0", u"urn:ridealong:0", u"urn:ridealong:pair:0", u"urn:xmpp:bookmarks:1+notify",
                 u"urn:xmpp:mds:displayed:0+notify", u"urn:xmpp:avatar:metadata+notify"})
            QVERIFY2(info->features.contains(feature), qPrintable(feature.toString()));
    }
}

void TestXmppCapabilities::tellsThatItHasNoParts()
{
    Listener listener;
    listener.ask("<query " + kItemsNs + "/>");
    listener.expect("<iq type='result' id='q' to='bob@chat.test/x'><query " + kItemsNs + "/></iq>");
    listener.ask("<query " + kItemsNs + " node='http://jabber.org/protocol/commands'/>");
    listener.expect("<iq type='result' id='q' to='bob@chat.test/x'><query " + kItemsNs + " node='http://jabber.org/protocol/commands'/></iq>");
}

void TestXmppCapabilities::refusesOtherNodes()
{
    Listener listener;
    listener.ask(query({}, "https://code.test#" + kExodusVer));
    listener.expectRefusal("bob@chat.test/x", "item-not-found");
    listener.ask("<query " + kItemsNs + " node='x'/>");
    listener.expectRefusal("bob@chat.test/x", "item-not-found");
    listener.ask(query({}), "set");
    listener.expectRefusal("bob@chat.test/x", "bad-request", "modify");
}

void TestXmppCapabilities::asksOneOfEachVersion()
{
    Listener listener;
    listener.hear(presence("bob@chat.test/a"));
    listener.hear(presence("bob@chat.test/b"));
    QVERIFY(!listener.speaks(u"bob@chat.test/a"_s));
    const QByteArray id = listener.expectQuestion("bob@chat.test/a");
    listener.expectNothing();
    listener.answer(id, query(kExodus), "bob@chat.test/a");
    QCOMPARE(listener.learned, QStringList({u"bob@chat.test/a"_s}));
    for (const QString& client : {u"bob@chat.test/a"_s, u"bob@chat.test/b"_s}) {
        QCOMPARE(listener.speaks(client), std::optional(true));
        QCOMPARE(listener.speaks(client, u"urn:xmpp:ping"), std::optional(false));
    }
    listener.hear(presence("eve@evil.test/c")); // nobody has to be asked any more
    QCOMPARE(listener.speaks(u"eve@evil.test/c"_s), std::optional(true));
    listener.expectNothing();
}

void TestXmppCapabilities::believesNoFalseHash()
{
    Listener listener;
    listener.hear(presence("eve@evil.test/a"));
    listener.hear(presence("bob@chat.test/a"));
    listener.answer(listener.expectQuestion("eve@evil.test/a"), query(kExodus + "<feature var='urn:xmpp:ping'/>"), "eve@evil.test/a");
    QVERIFY(!listener.speaks(u"eve@evil.test/a"_s));
    listener.answer(listener.expectQuestion("bob@chat.test/a"), query(kExodus), "bob@chat.test/a"); // an honest one is asked then
    QCOMPARE(listener.speaks(u"bob@chat.test/a"_s, u"urn:xmpp:ping"), std::optional(false));
    QCOMPARE(listener.learned, QStringList({u"bob@chat.test/a"_s}));
}

void TestXmppCapabilities::asksTheNextWhenOneDoesNotAnswer()
{
    Listener listener;
    listener.hear(presence("bob@chat.test/a"));
    listener.hear(presence("bob@chat.test/b"));
    listener.refuse(listener.expectQuestion("bob@chat.test/a"), "service-unavailable", "bob@chat.test/a");
    listener.answer(listener.expectQuestion("bob@chat.test/b"), "<x xmlns='urn:x'/>", "bob@chat.test/b");
    listener.expectNothing();
    QVERIFY(!listener.speaks(u"bob@chat.test/a"_s));
}

void TestXmppCapabilities::believesNoAnswerOfSomebodyElse()
{
    Listener listener;
    listener.hear(presence("bob@chat.test/a"));
    listener.answer(listener.expectQuestion("bob@chat.test/a"), query(kExodus), "bob@chat.test/b");
    QVERIFY(!listener.speaks(u"bob@chat.test/a"_s));
}

void TestXmppCapabilities::asksNobodyWithoutAHash_data()
{
    QTest::addColumn<QByteArray>("stanza");
    const QByteArray tooLong(Capabilities::kMaxVersionChars + 1, 'x');
    QTest::newRow("none") << QByteArray("<presence from='bob@chat.test/a'/>");
    QTest::newRow("of the old kind") << presence("bob@chat.test/a", "1.2", "");
    QTest::newRow("an unknown one") << presence("bob@chat.test/a", "1.2", "md5");
    QTest::newRow("an empty one") << presence("bob@chat.test/a", "");
    QTest::newRow("a long one") << presence("bob@chat.test/a", tooLong);
    QTest::newRow("of who goes") << QByteArray(
        "<presence type='unavailable' from='bob@chat.test/a'><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='v'/></presence>");
    QTest::newRow("of nobody") << presence("@", "x");
    QTest::newRow("in a message") << QByteArray(
        "<message from='bob@chat.test/a'><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='v'/></message>");
}

void TestXmppCapabilities::asksNobodyWithoutAHash()
{
    QFETCH(QByteArray, stanza);
    Listener listener;
    listener.hear(stanza);
    listener.expectNothing();
    QVERIFY(!listener.speaks(u"bob@chat.test/a"_s));
    listener.hear(presence("bob@chat.test/a", QByteArray(Capabilities::kMaxVersionChars, 'x')));
    (void)listener.expectQuestion("bob@chat.test/a", QByteArray(Capabilities::kMaxVersionChars, 'x'));
}

void TestXmppCapabilities::forgetsWhoGoes()
{
    Listener listener;
    listener.hear(presence("bob@chat.test/a"));
    listener.answer(listener.expectQuestion("bob@chat.test/a"), query(kExodus), "bob@chat.test/a");
    listener.hear("<presence from='bob@chat.test/a'><show>away</show></presence>"); // a change without it changes nothing
    QCOMPARE(listener.speaks(u"bob@chat.test/a"_s), std::optional(true));
    listener.hear("<presence from='bob@chat.test/a' type='unavailable'/>");
    QVERIFY(!listener.speaks(u"bob@chat.test/a"_s));
}

void TestXmppCapabilities::forgetsAllOnANewStream()
{
    Listener listener;
    listener.hear(presence("bob@chat.test/a"));
    const QByteArray id = listener.expectQuestion("bob@chat.test/a");
    listener.capabilities.reset();
    listener.answer(id, query(kExodus), "bob@chat.test/a");
    QVERIFY(listener.learned.isEmpty());
    listener.hear(presence("bob@chat.test/a"));
    listener.answer(listener.expectQuestion("bob@chat.test/a"), query(kExodus), "bob@chat.test/a");
    listener.capabilities.reset();
    QVERIFY(!listener.speaks(u"bob@chat.test/a"_s));
    listener.hear(presence("bob@chat.test/a"));
    QCOMPARE(listener.speaks(u"bob@chat.test/a"_s), std::optional(true)); // a version stays what it is
    listener.expectNothing();
}

void TestXmppCapabilities::asksSoManyAtATime()
{
    Listener listener;
    const qsizetype all = Capabilities::kMaxOpen + Capabilities::kMaxWaiting;
    for (qsizetype i = 0; i <= all; ++i) // one too many
        listener.hear(presence("room@muc.test/" + QByteArray::number(i), "v" + QByteArray::number(i)));
    qsizetype asked = 0;
    QList<QByteArray> open;
    for (; asked < Capabilities::kMaxOpen; ++asked)
        open << listener.next().attribute(u"id").toUtf8();
    listener.expectNothing();
    for (; asked < all; ++asked) {
        listener.refuse(open.takeFirst(), "item-not-found", "room@muc.test/" + QByteArray::number(asked - Capabilities::kMaxOpen));
        open << listener.next().attribute(u"id").toUtf8();
    }
    listener.refuse(open.first(), "item-not-found", "room@muc.test/" + QByteArray::number(all - Capabilities::kMaxOpen));
    listener.expectNothing();
}

void TestXmppCapabilities::listsSoManyClientsAndNoMore()
{
    Listener listener;
    listener.hear(presence("bob@chat.test/a"));
    listener.answer(listener.expectQuestion("bob@chat.test/a"), query(kExodus), "bob@chat.test/a");
    Element stanza = ScriptedStream::read(presence("bob@chat.test/a"));
    for (qsizetype i = 1; i <= Capabilities::kMaxClients; ++i) {
        stanza.setAttribute(u"from", u"room@muc.test/%1"_s.arg(i));
        listener.capabilities.handle(stanza);
    }
    QVERIFY(listener.speaks(u"room@muc.test/%1"_s.arg(Capabilities::kMaxClients - 1)));
    QVERIFY(!listener.speaks(u"room@muc.test/%1"_s.arg(Capabilities::kMaxClients)));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppCapabilities)
#include "tst_xmppcapabilities.moc"
