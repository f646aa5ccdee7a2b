// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/isupport.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::irc;

namespace {

Isupport of(const QString& tokens)
{
    Isupport isupport;
    isupport.take(tokens.split(u' '));
    return isupport;
}

} // namespace

class IsupportTest : public QObject
{
    Q_OBJECT

private slots:
    void silenceMeansTheRfc()
    {
        const Isupport none;
        QVERIFY(none.isChannel(u"#a"_s) && none.isChannel(u"&a"_s) && !none.isChannel(u"+a"_s) && !none.isChannel(QString()));
        QCOMPARE(none.prefixModes(), u"ov"_s);
        QCOMPARE(none.prefixes(), u"@+"_s);
        QCOMPARE(none.caseMapping(), CaseMapping::Rfc1459);
        QCOMPARE(none.modeKind(u'b'), 'A');
        QCOMPARE(none.modeKind(u'k'), 'B');
        QCOMPARE(none.modeKind(u'l'), 'C');
        QCOMPARE(none.modeKind(u'n'), 'D');
        QCOMPARE(none.modeKind(u'o'), 'P');
        QCOMPARE(none.modeKind(u'Z'), '\0');
        QCOMPARE(none.nickLength(), 9);
        QCOMPARE(none.lineBytes(), 510);
        QCOMPARE(none.historyLimit(), 100);
        QCOMPARE(none.statusMessagePrefixes(), QString());
        QVERIFY(!none.deniesClientTag(u"typing"_s));
    }

    void takesWhatARealServerSays()
    {
        const Isupport server = of(
            u"BOT=B CASEMAPPING=ascii CHANMODES=b,k,Hl,MPRimnprst CHANNELLEN=64 CHANTYPES=# LINELEN=512 NETWORK=TestNet NICKLEN=30 PREFIX=(qaohv)~&@%+ STATUSMSG=@+ WHOX"_s);
        QCOMPARE(server.network(), u"TestNet"_s);
        QCOMPARE(server.nickLength(), 30);
        QCOMPARE(server.prefixModes(), u"qaohv"_s);
        QCOMPARE(server.prefixes(), u"~&@%+"_s);
        QCOMPARE(server.statusMessagePrefixes(), u"@+"_s);
        QCOMPARE(server.modeKind(u'H'), 'C');
        QCOMPARE(server.modeKind(u'h'), 'P');
        QCOMPARE(server.modeKind(u'e'), '\0'); // no longer the default list
        QVERIFY(server.has(u"WHOX"_s) && server.value(u"WHOX"_s).isEmpty() && !server.has(u"MONITOR"_s));
        QVERIFY(!server.isChannel(u"&a"_s));
        QCOMPARE(server.fold(u"A[]"_s), u"a[]"_s);
    }

    void laterLinesAddReplaceAndTakeBack()
    {
        Isupport server = of(u"NICKLEN=30 PREFIX=(o)@ CHANTYPES=#"_s);
        server.take({u"NICKLEN=31"_s, u"-PREFIX"_s, u"-NEVERSAID"_s, u"-CHANTYPES=#"_s, u"EXCEPTS"_s});
        QCOMPARE(server.nickLength(), 31);
        QCOMPARE(server.prefixes(), u"@+"_s);
        QVERIFY(server.isChannel(u"&a"_s));
        QVERIFY(server.has(u"EXCEPTS"_s));
    }

    void valuesAreUnescaped()
    {
        QCOMPARE(of(uR"(NETWORK=Test\x20Net\x3D\x5C)"_s).network(), u"Test Net=\\"_s);
        QCOMPARE(of(uR"(NETWORK=\x5Cx20)"_s).network(), uR"(\x20)"_s); // once
        for (const QString& kept : {uR"(\x)"_s, uR"(\x2)"_s, uR"(\xZZ)"_s, uR"(\x00)"_s, uR"(\x0d)"_s, uR"(\x0A)"_s, uR"(\)"_s, uR"(\y20)"_s})
            QCOMPARE(of(u"NETWORK="_s + kept).network(), kept);
    }

    void hostileValuesDoNoHarm()
    {
        QCOMPARE(of(u"PREFIX="_s).prefixes(), QString()); // the server says that there are none
        QCOMPARE(of(u"PREFIX=ov@+"_s).prefixes(), u"@+"_s);
        QCOMPARE(of(u"PREFIX=(ov"_s).prefixes(), u"@+"_s);
        QCOMPARE(of(u"PREFIX=()"_s).prefixes(), QString());
        QCOMPARE(of(u"PREFIX=(ohv)@%"_s).prefixModes(), u"oh"_s);
        QCOMPARE(of(u"PREFIX=(oovv)@@++"_s).prefixModes(), u"ov"_s);
        QCOMPARE(of(u"PREFIX=(ov)@@"_s).prefixModes(), u"o"_s);
        QString many;
        for (int i = 0; i < kMaxPrefixes + 1; ++i)
            many += QChar(0x100 + i);
        QCOMPARE(of(u"PREFIX=("_s + many + u')' + many).prefixes().size(), kMaxPrefixes);
        QCOMPARE(of(u"CHANMODES=,,,,,x"_s).modeKind(u'x'), '\0');
        QCOMPARE(of(u"CHANMODES=a,b,c,d,e,f"_s).modeKind(u'e'), '\0');
        QCOMPARE(of(u"CHANMODES=x,x,x,x"_s).modeKind(u'x'), 'A');
        QCOMPARE(of(u"CHANMODES=o,,,"_s).modeKind(u'o'), 'P');
        QVERIFY(!of(u"CHANTYPES="_s).isChannel(u"#a"_s));
        Isupport odd;
        odd.take({QString(), u"="_s, u"-"_s, u"=x"_s, u"-=x"_s, u"are supported by this server"_s});
        QVERIFY(!odd.has(QString()) && !odd.has(u"are supported by this server"_s));
    }

    void numbersStayInTheirRange()
    {
        for (const QString& bad : {u""_s, u"0"_s, u"-1"_s, u"abc"_s, u"1e3"_s, u"99999999999999999999"_s, u"513"_s})
            QCOMPARE(of(u"NICKLEN="_s + bad).nickLength(), 9);
        QCOMPARE(of(u"NICKLEN=1"_s).nickLength(), 1);
        QCOMPARE(of(u"NICKLEN=512"_s).nickLength(), 512);
        QCOMPARE(of(u"LINELEN=2048"_s).lineBytes(), 2046);
        QCOMPARE(of(u"LINELEN=8192"_s).lineBytes(), 8190);
        QCOMPARE(of(u"LINELEN=8193"_s).lineBytes(), 510);
        QCOMPARE(of(u"LINELEN=1"_s).lineBytes(), 510);
    }

    void keepsOnlySoManyKeys()
    {
        Isupport server;
        QStringList tokens;
        for (int i = 0; i < kMaxIsupportKeys; ++i)
            tokens.append(u"K%1"_s.arg(i));
        server.take(tokens);
        server.take({u"ONEMORE"_s, u"K1=new"_s});
        QVERIFY(!server.has(u"ONEMORE"_s));
        QCOMPARE(server.value(u"K1"_s), u"new"_s);
        server.take({u"-K1"_s, u"ONEMORE"_s});
        QVERIFY(server.has(u"ONEMORE"_s));
    }

    void clientTagsMayBeDenied()
    {
        const Isupport all = of(u"CLIENTTAGDENY=*"_s);
        QVERIFY(all.deniesClientTag(u"typing"_s));
        const Isupport most = of(u"CLIENTTAGDENY=*,-draft/react,-typing"_s);
        QVERIFY(most.deniesClientTag(u"ridealong.dev/p"_s));
        QVERIFY(!most.deniesClientTag(u"typing"_s) && !most.deniesClientTag(u"draft/react"_s));
        QVERIFY(most.deniesClientTag(u"react"_s));
        const Isupport some = of(u"CLIENTTAGDENY=foo,bar"_s);
        QVERIFY(some.deniesClientTag(u"bar"_s) && !some.deniesClientTag(u"typing"_s));
        QVERIFY(!of(u"CLIENTTAGDENY="_s).deniesClientTag(u"typing"_s));
        QVERIFY(!of(u"CLIENTTAGDENY"_s).deniesClientTag(u"typing"_s));
    }

    void foldsByItsMapping()
    {
        const QString name = u"AZaz[]\\~{}|^Ä@"_s;
        QCOMPARE(foldCase(name, CaseMapping::Ascii), u"azaz[]\\~{}|^Ä@"_s);
        QCOMPARE(foldCase(name, CaseMapping::Rfc1459), u"azaz{}|^{}|^Ä@"_s);
        QCOMPARE(foldCase(name, CaseMapping::Rfc1459Strict), u"azaz{}|~{}|^Ä@"_s);
        QCOMPARE(foldCase(QString(), CaseMapping::Rfc1459), QString());
        QCOMPARE(of(u"CASEMAPPING=strict-rfc1459"_s).caseMapping(), CaseMapping::Rfc1459Strict);
        QCOMPARE(of(u"CASEMAPPING=RFC1459"_s).caseMapping(), CaseMapping::Rfc1459);
        QCOMPARE(of(u"CASEMAPPING=precis"_s).caseMapping(), CaseMapping::Ascii);
        QCOMPARE(of(u"CASEMAPPING="_s).caseMapping(), CaseMapping::Rfc1459);
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::IsupportTest)
#include "tst_isupport.moc"
