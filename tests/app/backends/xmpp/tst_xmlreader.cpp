// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/namespaces.h"
#include "xmpp/xmlreader.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::xmpp;

namespace {

const QByteArray kHeader = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
                           "xmlns:x='urn:x' from='chat.test' id='s1' version='1.0'>";

/// All that comes of the bytes, one word each, and the kind of the error.
QStringList read(const QByteArray& bytes, qsizetype piece = 1 << 20)
{
    QStringList all;
    XmlReader reader;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        reader.append(bytes.mid(at, piece));
        for (;;) {
            const auto event = reader.next();
            if (!event)
                return all << toString(event.error().kind);
            if (!*event)
                break;
            if (const auto* element = std::get_if<Element>(&**event))
                all << QString::fromUtf8(element->toXml(ns::kClient));
            else
                all << (std::holds_alternative<XmlReader::Opened>(**event) ? u"opened"_s : u"closed"_s);
        }
    }
    return all;
}

QStringList readStanza(const QByteArray& bytes) { return read(kHeader + bytes).mid(1); }

QByteArray nested(int depth) { return QByteArray("<a>").repeated(depth) + QByteArray("</a>").repeated(depth); }

} // namespace

class TestXmlReader : public QObject
{
    Q_OBJECT
private slots:
    void tellsTheStreamsAttributes();
    void readsStanzasInWhateverPieces();
    void knowsTheStreamsPrefixes();
    void saysWhetherSomethingIsLeft();
    void refusesWhatNoStreamMayHave_data();
    void refusesWhatNoStreamMayHave();
    void staysRefused();
    void limitsStanzas();
    void limitsWhatNeverEnds();
    void limitsDepth();
    void limitsAttributes();
    void limitsNamespaces();
    void takesALargeStanzaByteByByte();
    void readsDocumentsAlone();
};

void TestXmlReader::tellsTheStreamsAttributes()
{
    XmlReader reader;
    reader.append(kHeader);
    const auto event = *reader.next();
    const auto* opened = std::get_if<XmlReader::Opened>(&*event);
    QVERIFY(opened);
    QVERIFY(opened->header.is(u"stream", ns::kStream));
    QCOMPARE(opened->header.attribute(u"id"), u"s1"_s);
    QCOMPARE(opened->contentNamespace, ns::kClient.toString());
    QVERIFY(!*reader.next());
}

void TestXmlReader::readsStanzasInWhateverPieces()
{
    const QByteArray bytes
        = kHeader + " <message><body>1 &gt; 0 \xF0\x9F\x98\x80 <![CDATA[</body>]]]></body></message>\n<iq a=\"'>'\" b='/'/></stream:stream>\n";
    const QStringList expected{
        u"opened"_s, u"<message><body>1 &gt; 0 😀 &lt;/body&gt;]</body></message>"_s, u"<iq a='&apos;&gt;&apos;' b='/'/>"_s, u"closed"_s};
    for (const qsizetype piece : {1, 2, 3, 5, 7, 11, 100, 10'000})
        QCOMPARE(read(bytes, piece), expected);
}

void TestXmlReader::knowsTheStreamsPrefixes()
{
    QCOMPARE(readStanza("<stream:features><x:y/></stream:features>"),
        QStringList(u"<features xmlns='http://etherx.jabber.org/streams'><y xmlns='urn:x'/></features>"_s));
    QCOMPARE(readStanza("<z:a/>"), QStringList(u"Protocol"_s));
    QCOMPARE(readStanza("<a xmlns=''><b/></a>"), QStringList(u"<a xmlns=''><b/></a>"_s));
    // A stanza's own declarations end with it.
    QCOMPARE(readStanza("<z:a xmlns:z='urn:z'/><z:a/>"), QStringList({u"<a xmlns='urn:z'/>"_s, u"Protocol"_s}));
}

void TestXmlReader::saysWhetherSomethingIsLeft()
{
    XmlReader reader;
    QVERIFY(reader.isDrained());
    reader.append(kHeader + "<proceed/> \n");
    QVERIFY(reader.next());
    QVERIFY(!reader.isDrained());
    QVERIFY(reader.next());
    QVERIFY(reader.isDrained());
    reader.append(" ");
    QVERIFY(reader.isDrained());
    reader.append("<");
    QVERIFY(!reader.isDrained());
    QVERIFY(!*reader.next());
    QVERIFY(!reader.isDrained());
}

void TestXmlReader::refusesWhatNoStreamMayHave_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const QByteArray& bytes) { QTest::newRow(name) << bytes; };
    row("comment", kHeader + "<!-- a -->");
    row("comment in a stanza", kHeader + "<a><!-- a --></a>");
    row("instruction", kHeader + "<?a b?>");
    row("instruction in a stanza", kHeader + "<a><?a b?></a>");
    row("second declaration", "<?xml version='1.0'?>" + kHeader);
    row("declaration behind white space", " " + kHeader.mid(0, 21) + "<?xml version='1.0'?>");
    row("document type", "<!DOCTYPE a>" + kHeader);
    row("document type in a stanza", kHeader + "<a><!DOCTYPE a></a>");
    row("entity bomb",
        "<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>"
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'><a>&c;</a>");
    row("another entity", kHeader + "<a>&nbsp;</a>");
    row("another entity in an attribute", kHeader + "<a b='&nbsp;'/>");
    row("reference to ESC", kHeader + "<a>&#27;</a>");
    row("reference to a noncharacter", kHeader + "<a>&#xFFFE;</a>");
    row("reference to half a pair", kHeader + "<a>&#xD800;</a>");
    row("reference to NUL", kHeader + "<a b='&#0;'/>");
    row("reference beyond", kHeader + "<a b='&#x110000;'/>");
    row("ESC", kHeader + "<a>\x1b</a>");
    row("NUL", kHeader + QByteArray("<a>\0</a>", 8));
    row("noncharacter", kHeader + "<a>\xEF\xBF\xBE</a>");
    row("no UTF-8", kHeader + "<a>\xFF</a>");
    row("half of a character", kHeader + "<a>\xF0\x9F</a>");
    row("longer than it need be", kHeader + "<a>\xC0\xAF</a>");
    row("half a pair", kHeader + "<a>\xED\xA0\x80</a>");
    row("UTF-16", QByteArray("\xFF\xFE<\0s\0", 6));
    row("text between stanzas", kHeader + "<a/>hm<b/>");
    row("text before the stream", "hm" + kHeader);
    row("CDATA between stanzas", kHeader + "<![CDATA[a]]>");
    row("wrong end", kHeader + "<a><b></a></b>");
    row("attribute twice", kHeader + "<a b='1' b='2'/>");
    row("attribute twice by its namespace", kHeader + "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>");
    row("attribute without quotes", kHeader + "<a b=1/>");
    row("attribute without value", kHeader + "<a b/>");
    row("tag in an attribute", kHeader + "<a b='<'/>");
    row("no name", kHeader + "< a/>");
    row("no name at all", kHeader + "<>");
    row("name of a digit", kHeader + "<1/>");
    row("tag in a tag", kHeader + "<a<b/>");
    row("end of CDATA in text", kHeader + "<a>]]></a>");
    row("undeclared prefix", kHeader + "<a q:b='1'/>");
    row("element of the prefix xml", kHeader + "<xml:a/>");
    row("end before the beginning", "</stream:stream>");
    row("behind the end", kHeader + "</stream:stream><a/>");
    row("stream with an undeclared prefix", "<stream:stream xmlns='jabber:client'>");
    row("HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n");
}

void TestXmlReader::refusesWhatNoStreamMayHave()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype piece : {qsizetype(1), bytes.size()}) {
        QCOMPARE(read(bytes, piece).last(), u"Protocol"_s);
    }
}

void TestXmlReader::staysRefused()
{
    XmlReader reader;
    reader.append(kHeader + "<a><!-- --></a>");
    QVERIFY(reader.next());
    QVERIFY(!reader.next());
    reader.append("<a/>");
    QVERIFY(!reader.next());
}

void TestXmlReader::limitsStanzas()
{
    const auto stanza = [](qsizetype bytes) { return "<a>" + QByteArray(bytes - 7, 'x') + "</a>"; };
    const QByteArray largest = stanza(kMaxStanzaBytes);
    QCOMPARE(largest.size(), kMaxStanzaBytes);
    for (const qsizetype piece : {1000, 1 << 20}) {
        // Each is measured by itself, whatever stands between them.
        QCOMPARE(read(kHeader + largest + QByteArray(1000, ' ') + largest, piece).size(), 3);
        QCOMPARE(read(kHeader + stanza(kMaxStanzaBytes + 1), piece).mid(1), QStringList(u"Protocol"_s));
    }
    QCOMPARE(readStanza(stanza(7)), QStringList(u"<a/>"_s));
    QCOMPARE(read({}), QStringList());
    QCOMPARE(readStanza(QByteArray(kMaxStanzaBytes * 3, '\n') + "<a/>"), QStringList(u"<a/>"_s));
}

void TestXmlReader::limitsWhatNeverEnds()
{
    for (const QByteArray begin : {"<a b='", "<a ", "<a>", "<a><![CDATA[", "<a", "</"})
        QCOMPARE(readStanza(begin + QByteArray(kMaxStanzaBytes, 'x')), QStringList(u"Protocol"_s));
    QCOMPARE(read("<stream:stream " + QByteArray(kMaxStanzaBytes, ' ')), QStringList(u"Protocol"_s));
    QCOMPARE(read("<?xml " + QByteArray(kMaxStanzaBytes, ' ')), QStringList(u"Protocol"_s));
}

void TestXmlReader::limitsDepth()
{
    QVERIFY(readStanza(nested(kMaxDepth)).value(0).startsWith(u"<a><a>"_s));
    for (const int depth : {kMaxDepth + 1, 1000})
        QCOMPARE(readStanza(nested(depth)), QStringList(u"Protocol"_s));
    QVERIFY(parseElement(nested(kMaxDepth)));
    QVERIFY(!parseElement(nested(kMaxDepth + 1)));
}

void TestXmlReader::limitsAttributes()
{
    const auto with = [](int count) {
        QByteArray tag = "<a";
        for (int i = 0; i < count; ++i)
            tag += " a" + QByteArray::number(i) + "='1'";
        return tag + "/>";
    };
    QVERIFY(readStanza(with(kMaxAttributes)).value(0) != u"Protocol"_s);
    QCOMPARE(readStanza(with(kMaxAttributes + 1)), QStringList(u"Protocol"_s));
    QVERIFY(readStanza(with(kMaxAttributes) + with(kMaxAttributes)).value(1) != u"Protocol"_s);
}

void TestXmlReader::limitsNamespaces()
{
    const auto declaring = [](int count, int first) {
        QByteArray tag = "<a";
        for (int i = 0; i < count; ++i)
            tag += " xmlns:n" + QByteArray::number(first + i) + " = 'urn:n'";
        return tag + ">";
    };
    const auto inForce = [&](int count) {
        QByteArray stanza;
        int depth = 0;
        for (int left = count; left > 0; left -= kMaxAttributes, ++depth)
            stanza += declaring(std::min(left, kMaxAttributes), left);
        return stanza + QByteArray("</a>").repeated(depth);
    };
    QVERIFY(parseElement(inForce(kMaxDeclarations)));
    QVERIFY(!parseElement(inForce(kMaxDeclarations + 1)));
    QCOMPARE(readStanza(inForce(kMaxDeclarations)), QStringList(u"Protocol"_s)); // the stream has some, too
    // Those of elements that are closed do not count.
    const QByteArray child = declaring(kMaxAttributes, 0) + "</a>";
    QVERIFY(readStanza("<a>" + child.repeated(50) + "</a>").value(0) != u"Protocol"_s);
}

/// Were each byte to look at all before it, this would take minutes.
void TestXmlReader::takesALargeStanzaByteByByte()
{
    const QByteArray stanza = "<a b='" + QByteArray(kMaxStanzaBytes / 2 - 9, 'v') + "'>" + QByteArray(kMaxStanzaBytes / 2 - 3, 't') + "</a>";
    QCOMPARE(stanza.size(), kMaxStanzaBytes);
    QCOMPARE(read(kHeader + stanza.repeated(4), 1).size(), 5);
    const QByteArray many = QByteArray("<a>") + QByteArray("<b c='1'/>").repeated(26'000) + "</a>";
    QVERIFY(many.size() < kMaxStanzaBytes);
    QCOMPARE(read(kHeader + many, 1).size(), 2);
}

void TestXmlReader::readsDocumentsAlone()
{
    QVERIFY(parseElement("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>")->is(u"open", ns::kFraming));
    for (const QByteArray bad :
        {"", " ", "<a>", "</a>", "<a/><b/>", "<a/>b", "b<a/>", "<?xml version='1.0'?><a/>", "<!DOCTYPE a><a/>", "<s:a/>", "<a/>\xFF"})
        QCOMPARE(toString(parseElement(bad).error().kind), u"Protocol"_s);
    const QByteArray largest = "<a>" + QByteArray(kMaxStanzaBytes - 7, 'x') + "</a>";
    QVERIFY(parseElement(largest));
    QVERIFY(!parseElement("<a>x" + largest.mid(3)));
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmlReader)
#include "tst_xmlreader.moc"
