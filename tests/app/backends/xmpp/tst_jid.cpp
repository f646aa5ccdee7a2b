// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/jid.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using xmpp::Jid;

namespace {

QString read(const QString& text)
{
    const auto jid = Jid::parse(text);
    return jid ? jid->toString() : toString(jid.error().kind);
}

} // namespace

class TestJid : public QObject
{
    Q_OBJECT
private slots:
    void hasThreeParts();
    void isPrepared_data();
    void isPrepared();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void countsBytes();
};

void TestJid::hasThreeParts()
{
    const Jid jid = *Jid::parse(u"ana@chat.test/desk@work/2"_s);
    QCOMPARE(jid.node(), u"ana"_s);
    QCOMPARE(jid.domain(), u"chat.test"_s);
    QCOMPARE(jid.resource(), u"desk@work/2"_s);
    QVERIFY(!jid.isBare());
    QCOMPARE(jid.bare().toString(), u"ana@chat.test"_s);
    QVERIFY(jid.bare().isBare());
    QVERIFY(*jid.bare().withResource(u"desk@work/2") == jid);
    QVERIFY(!jid.withResource(u""));
    QCOMPARE(qHash(*Jid::parse(u"ANA@Chat.Test/desk@work/2"_s)), qHash(jid));

    QVERIFY(Jid().isEmpty());
    QCOMPARE(Jid().toString(), QString());
    QVERIFY(Jid::parse(u"chat.test"_s)->node().isEmpty());
    QVERIFY(*Jid::of(u"Ana", u"chat.test") == jid.bare());
}

void TestJid::isPrepared_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("prepared");
    const auto row = [](const char* name, const QString& text, const QString& prepared) { QTest::newRow(name) << text << prepared; };
    row("case", u"Juliet@Example.COM/Balcony"_s, u"juliet@example.com/Balcony"_s);
    row("other letters", u"ΠΑΥΛΟΣ@example.com"_s, u"παυλοσ@example.com"_s);
    row("wide letters", u"ａｎａ@example.com"_s, u"ana@example.com"_s);
    row("composed", u"e\u0301ve@example.com/e\u0301"_s, u"\u00E9ve@example.com/\u00E9"_s);
    row("a name may have these", u"a!#$%*+-=?^_`{|}~b@example.com"_s, u"a!#$%*+-=?^_`{|}~b@example.com"_s);
    row("last dot", u"a@example.com./r"_s, u"a@example.com/r"_s);
    row("one label", u"a@localhost"_s, u"a@localhost"_s);
    row("underscore", u"a@chat_room.test"_s, u"a@chat_room.test"_s);
    row("international domain", u"a@BÜCHER.example"_s, u"a@bücher.example"_s);
    row("the same in ASCII", u"a@xn--bcher-kva.example"_s, u"a@bücher.example"_s);
    row("an address", u"a@127.0.0.1"_s, u"a@127.0.0.1"_s);
    row("a longer address", u"a@[0:0::1]/r"_s, u"a@[::1]/r"_s);
    row("spaces of a resource", u"room@muc.test/two\u00A0words\u3000more"_s, u"room@muc.test/two words more"_s);
    row("symbols of a resource", u"room@muc.test/♚ 😀"_s, u"room@muc.test/♚ 😀"_s);
    row("resource with a slash at its end", u"a@b/c/"_s, u"a@b/c/"_s);
    row("two at signs", u"a@b/c@d"_s, u"a@b/c@d"_s);
}

void TestJid::isPrepared()
{
    QFETCH(QString, text);
    QFETCH(QString, prepared);
    QCOMPARE(read(text), prepared);
    QCOMPARE(read(prepared), prepared);
}

void TestJid::refusesWhatIsNone_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const QString& text) { QTest::newRow(name) << text; };
    row("nothing", {});
    row("no domain", u"juliet@"_s);
    row("no node", u"@example.com"_s);
    row("neither", u"@"_s);
    row("resource alone", u"/foobar"_s);
    row("no resource", u"juliet@example.com/"_s);
    row("space", u"foo bar@example.com"_s);
    for (const QChar c : u"\"&':<>"_s)
        QTest::newRow(qPrintable(u"with "_s + c)) << u"a%1b@example.com"_s.arg(c);
    row("two at signs", u"a@b@example.com"_s);
    row("chess king", u"♚@example.com"_s);
    row("smile", u"😀@example.com"_s);
    row("control", u"a\u0007@example.com"_s);
    row("control in resource", u"a@example.com/b\u0007"_s);
    row("new line in resource", u"a@example.com/b\nc"_s);
    row("half a pair in node", QString(QChar(0xD800)) + u"@example.com"_s);
    row("half a pair in resource", u"a@example.com/"_s + QChar(0xD800));
    row("half a pair in domain", u"a@"_s + QChar(0xD800));
    row("noncharacter", u"a@example.com/\uFFFE"_s);
    row("two dots", u"a@example..com"_s);
    row("dots alone", u"a@.."_s);
    row("one dot", u"a@."_s);
    row("domain with a space", u"a@exam ple.com"_s);
    row("domain with an angle", u"a@exam<ple.com"_s);
    row("no address", u"a@[::x]"_s);
    row("empty brackets", u"a@[]"_s);
    row("one bracket", u"a@["_s);
    row("address of a place", u"a@[fe80::1%eth0]"_s);
    row("NUL", u"a@b"_s + QChar(u'\0'));
}

void TestJid::refusesWhatIsNone()
{
    QFETCH(QString, text);
    QCOMPARE(read(text), u"Invalid"_s);
}

void TestJid::countsBytes()
{
    const auto of
        = [](qsizetype node, qsizetype resource) { return Jid::of(QString(node, u'n'), u"example.com", QString(resource, u'é')).hasValue(); };
    QVERIFY(of(1, 1));
    QVERIFY(of(Jid::kMaxPartBytes, 1));
    QVERIFY(!of(Jid::kMaxPartBytes + 1, 1));
    QVERIFY(of(1, Jid::kMaxPartBytes / 2));
    QVERIFY(!of(1, Jid::kMaxPartBytes / 2 + 1));
    QVERIFY(Jid::of({}, QString(63, u'd') + u".example"_s));
    QVERIFY(!Jid::of({}, QString(64, u'd') + u".example"_s)); // DNS
    QVERIFY(!Jid::parse(QString(1 << 20, u'a')));
    QVERIFY(!Jid::parse(u"a@b/"_s + QString(1 << 20, QChar(0xFDFA)))); // each would become eighteen
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestJid)
#include "tst_jid.moc"
