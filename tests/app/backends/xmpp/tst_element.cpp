// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/element.h"

#include "xmpp/namespaces.h"
#include "xmpp/xmlreader.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::xmpp;

namespace {

Element read(const QByteArray& bytes)
{
    const auto element = parseElement(bytes);
    if (!element)
        qFatal("%s: %s", bytes.constData(), qPrintable(element.error().detail));
    return *element;
}

} // namespace

class TestElement : public QObject
{
    Q_OBJECT
private slots:
    void isBuiltInFewWords();
    void findsByNameAndNamespace();
    void keepsTextAndChildrenInOrder();
    void inheritsTheDefaultNamespace();
    void escapes();
    void leavesOutWhatXmlCannotCarry();
    void writesAttributesOfOtherNamespaces();
    void isReadAgainAsTheSame_data();
    void isReadAgainAsTheSame();
};

void TestElement::isBuiltInFewWords()
{
    const Element iq = Element(u"iq", ns::kClient)
                           .with(u"type", u"set"_s)
                           .with(u"id", u"1"_s)
                           .with(Element(u"bind", ns::kBind).with(Element(u"resource", ns::kBind).withText(u"desk"_s)));
    QCOMPARE(iq.toXml(ns::kClient),
        QByteArray("<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>desk</resource></bind></iq>"));
    QVERIFY(Element().isNull());
    QVERIFY(!iq.isNull());
    QVERIFY(read(iq.toXml()) == iq);
}

void TestElement::findsByNameAndNamespace()
{
    const Element message = read("<message xmlns='jabber:client' type='chat' xml:lang='de'><body>one</body><body xmlns='urn:x'>two</body>"
                                 "<body>three</body></message>");
    QVERIFY(message.is(u"message", ns::kClient));
    QVERIFY(!message.is(u"message", u"jabber:server"));
    QCOMPARE(message.attribute(u"type"), u"chat"_s);
    QCOMPARE(message.attribute(u"lang"), QString());
    QCOMPARE(message.attribute(u"lang", ns::kXml), u"de"_s);
    QVERIFY(message.hasAttribute(u"type"));
    QVERIFY(!message.hasAttribute(u"to"));
    QCOMPARE(message.textOf(u"body", ns::kClient), u"one"_s);
    QCOMPARE(message.textOf(u"body", u"urn:x"), u"two"_s);
    QCOMPARE(message.textOf(u"body", u"urn:y"), QString());
    QVERIFY(!message.find(u"subject", ns::kClient));
    QVERIFY(!message.find(u"", u"")); // text has no name
    QCOMPARE(message.children().size(), size_t(3));
    QCOMPARE(message.children(u"body", ns::kClient).size(), size_t(2));
    Element changed = message;
    changed.setAttribute(u"type", u"groupchat"_s);
    QCOMPARE(changed.attribute(u"type"), u"groupchat"_s);
    QCOMPARE(changed.attributes().size(), 2);
    QVERIFY(!(changed == message));
}

void TestElement::keepsTextAndChildrenInOrder()
{
    const QByteArray bytes = "<p xmlns='urn:x'>one <b>two</b> three<![CDATA[<&]]> <i/></p>";
    const Element p = read(bytes);
    QCOMPARE(p.text(), u"one  three<& "_s);
    QCOMPARE(p.toXml(), QByteArray("<p xmlns='urn:x'>one <b>two</b> three&lt;&amp; <i/></p>"));
}

void TestElement::inheritsTheDefaultNamespace()
{
    const Element none = Element(u"a", u"").with(Element(u"b", u"urn:x").with(Element(u"c", u"").with(Element(u"d", u""))));
    QCOMPARE(none.toXml(), QByteArray("<a><b xmlns='urn:x'><c xmlns=''><d/></c></b></a>"));
    QCOMPARE(none.toXml(u"urn:x"), QByteArray("<a xmlns=''><b xmlns='urn:x'><c xmlns=''><d/></c></b></a>"));
    QVERIFY(read(none.toXml()) == none);
    QCOMPARE(read("<s:features xmlns:s='http://etherx.jabber.org/streams'><x xmlns='urn:x'/></s:features>").toXml(ns::kClient),
        QByteArray("<features xmlns='http://etherx.jabber.org/streams'><x xmlns='urn:x'/></features>"));
}

void TestElement::escapes()
{
    const Element a = Element(u"a", u"").with(u"v", u"<'\"&>\t\n\r"_s).withText(u"<'\"&>]]>\t\n\r"_s);
    QCOMPARE(a.toXml(), QByteArray("<a v='&lt;&apos;\"&amp;&gt;&#9;&#10;&#13;'>&lt;'\"&amp;&gt;]]&gt;\t\n&#13;</a>"));
    QVERIFY(read(a.toXml()) == a);
}

void TestElement::leavesOutWhatXmlCannotCarry()
{
    QString all = u"a"_s;
    for (char16_t c = 0; c < 0x20; ++c)
        all += QChar(c);
    all += QChar(0xFFFE);
    all += QChar(0xFFFF);
    all += QChar(0xD83D); // half of a pair
    all += u"b😀"_s;
    all += QChar(0xDE00); // and the other half
    const Element a = Element(u"a", u"").with(u"v", all).withText(all);
    QCOMPARE(a.toXml(), QByteArray("<a v='a&#9;&#10;&#13;b😀'>a\t\n&#13;b😀</a>"));
    QCOMPARE(read(a.toXml()).text(), u"a\t\n\rb😀"_s);
}

void TestElement::writesAttributesOfOtherNamespaces()
{
    const Element a = read("<a xmlns:x='urn:x' xmlns:y='urn:y' x:k='1' y:k='2' k='3' xml:lang='en'/>");
    QCOMPARE(a.toXml(), QByteArray("<a xmlns:n1='urn:x' n1:k='1' xmlns:n2='urn:y' n2:k='2' k='3' xml:lang='en'/>"));
    QVERIFY(read(a.toXml()) == a);
}

void TestElement::isReadAgainAsTheSame_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const QByteArray& bytes) { QTest::newRow(bytes.left(40).constData()) << bytes; };
    row("<a/>");
    row("<a></a>");
    row("<a \n b = '1' >\r\n</a >");
    row("<a>&lt;&amp;&apos;&quot;&gt;&#x41;&#13;&#10;</a>");
    row("<x:a xmlns:x='urn:x' x:b='1'><x:c xmlns:x='urn:y'/><x:d/></x:a>");
    row("<a xmlns='urn:x'><b xmlns=''/><c/></a>");
    row("<a><![CDATA[]]]]><![CDATA[>]]></a>");
    row("<a b='é😀&#x1F600;'>日本\xC2\x85</a>");
    row("  <a/>\n");
}

void TestElement::isReadAgainAsTheSame()
{
    QFETCH(QByteArray, bytes);
    const Element element = read(bytes);
    QVERIFY(read(element.toXml()) == element);
    QCOMPARE(read(element.toXml()).toXml(), element.toXml());
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestElement)
#include "tst_element.moc"
