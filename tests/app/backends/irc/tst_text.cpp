// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/text.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::irc;

class TextTest : public QObject
{
    Q_OBJECT

private slots:
    void shortTextIsOneLine()
    {
        QCOMPARE(splitText(u"hello there"_s, 350), QStringList({u"hello there"_s}));
        QCOMPARE(splitText({}, 350), QStringList());
        QCOMPARE(splitText(QString(16, u'x'), 16), QStringList({QString(16, u'x')}));
        QCOMPARE(splitText(QString(17, u'x'), 16), QStringList({QString(16, u'x'), u"x"_s}));
    }

    void linesEndAtLineEnds()
    {
        QCOMPARE(splitText(u"a\nb\r\nc\rd\n"_s, 100), QStringList({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
        QCOMPARE(splitText(u"a\n\n\nb"_s, 100), QStringList({u"a"_s, u" "_s, u" "_s, u"b"_s}));
        QCOMPARE(splitText(u"\n"_s, 100), QStringList({u" "_s}));
        QCOMPARE(splitText(u"if x:\n    return  1\n\tend"_s, 100), QStringList({u"if x:"_s, u"    return  1"_s, u"\tend"_s}));
    }

    void longLinesAreCutAtSpaces()
    {
        QCOMPARE(splitText(u"aaaa bbbb cccc dddd eeee"_s, 16), QStringList({u"aaaa bbbb cccc"_s, u"dddd eeee"_s}));
        QCOMPARE(
            splitText(u"aaaa bbbb cccccc dddd"_s, 16), QStringList({u"aaaa bbbb cccccc"_s, u"dddd"_s})); // the space is the first that does not fit
        QCOMPARE(splitText(u"aaaa bbbb cccc   dddd"_s, 16), QStringList({u"aaaa bbbb cccc  "_s, u"dddd"_s})); // only one is lost
        QCOMPARE(splitText(u"a bbbbbbbbbbbbbbbbbbbbbbb"_s, 16), QStringList({u"a bbbbbbbbbbbbbb"_s, u"bbbbbbbbb"_s})); // too early to cut there
        QCOMPARE(splitText(QString(14, u' ') + u"xxxxxx"_s, 16), QStringList({QString(14, u' ') + u"xx"_s, u"xxxx"_s})); // indentation stays
        QCOMPARE(splitText(QString(17, u' '), 16), QStringList({QString(16, u' '), u" "_s}));
    }

    void charactersStayWhole()
    {
        QCOMPARE(splitText(u"日本語日本語"_s, 16), QStringList({u"日本語日本"_s, u"語"_s})); // 3 bytes each
        QCOMPARE(splitText(u"😀😀😀😀😀"_s, 18), QStringList({u"😀😀😀😀"_s, u"😀"_s}));
        QCOMPARE(splitText(QString(15, u'x') + u"e\u0301"_s, 16), QStringList({QString(15, u'x'), u"e\u0301"_s}));
        QCOMPARE(splitText(QString(15, u'x') + u"e\u0301"_s, 18), QStringList({QString(15, u'x') + u"e\u0301"_s}));
        const QString family = u"👩\u200D👩\u200D👦"_s; // 18 bytes, one character for people
        QCOMPARE(splitText(u"abc"_s + family, 20), QStringList({u"abc"_s, family}));
        QCOMPARE(splitText(family, 16).join(QString()), family); // too large by itself: cut between code points
    }

    void marksWithoutEndAreCutToo()
    {
        const QString text = u"e"_s + QString(100, QChar(0x301));
        const QStringList pieces = splitText(text, 16);
        QCOMPARE(pieces.join(QString()), text);
        for (const QString& piece : pieces)
            QVERIFY(!piece.isEmpty() && piece.toUtf8().size() <= 16);
    }

    void tooSmallALimitCountsAsTheSmallest()
    {
        for (const qsizetype limit : {qsizetype(-5), qsizetype(0), qsizetype(15)})
            QCOMPARE(splitText(QString(40, u'x'), limit).size(), 3);
    }

    void aMegabyteIsCutWithoutLoss()
    {
        const QString text = QString(1 << 20, u'x');
        const QStringList pieces = splitText(text, 350);
        QCOMPARE(pieces.size(), (text.size() + 349) / 350);
        QCOMPARE(pieces.join(QString()), text);
        QCOMPARE(splitText(QString(1 << 20, u'\n'), 350).size(), 1 << 20);
    }

    void formattingBecomesMarkdown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("plain");
        const auto row = [](const char* name, const QString& text, const QString& markdown, const QString& plain) {
            QTest::newRow(name) << text << markdown << plain;
        };
        row("nothing", u"a *b* _c_ `d` \\* \x1b[31mred\x1b[0m"_s, u"a *b* _c_ `d` \\* \x1b[31mred\x1b[0m"_s,
            u"a *b* _c_ `d` \\* \x1b[31mred\x1b[0m"_s);
        row("empty", {}, {}, {});
        row("bold",
            u"a \x02"
            "bold\x02 word"_s,
            u"a **bold** word"_s, u"a bold word"_s);
        row("italic",
            u"\x1D"
            "it\x1D x"_s,
            u"_it_ x"_s, u"it x"_s);
        row("strike",
            u"\x1E"
            "out\x1E"_s,
            u"~~out~~"_s, u"out"_s);
        row("monospace", u"run \x11ls -l *\x11 now"_s, u"run `ls -l *` now"_s, u"run ls -l * now"_s);
        row("monospace with backticks", u"\x11`a``b\x11"_s, u"``` `a``b ```"_s, u"`a``b"_s);
        row("underline and reverse go",
            u"\x1F"
            "u\x1F \x16r\x16"_s,
            u"u r"_s, u"u r"_s);
        row("colours go",
            u"\x03"
            "04red\x03 \x03"
            "4,12x\x03 \x03,5 \x03"
            "123"_s,
            u"red x ,5 3"_s, u"red x ,5 3"_s);
        row("colour, comma, text",
            u"\x03"
            "4,x"_s,
            u",x"_s, u",x"_s);
        row("hexadecimal colours go",
            u"\x04"
            "FF0000red\x04 \x04"
            "00ff00,0000FFx \x04"
            "12345"_s,
            u"red x 12345"_s, u"red x 12345"_s);
        row("not closed",
            u"\x02"
            "bold"_s,
            u"**bold**"_s, u"bold"_s);
        row("reset",
            u"\x02\x1D"
            "both\x0F none"_s,
            u"**_both_** none"_s, u"both none"_s);
        row("blanks stay outside",
            u"a\x02 bold \x02"
            "b"_s,
            u"a **bold** b"_s, u"a bold b"_s);
        row("only blanks", u"a \x02  \x02 b"_s, u"a    b"_s, u"a    b"_s);
        row("empty pair",
            u"a\x02\x02"
            "b"_s,
            u"ab"_s, u"ab"_s);
        row("nested",
            u"\x02"
            "a \x1D"
            "b\x1D c\x02"_s,
            u"**a _b_ c**"_s, u"a b c"_s);
        row("crossed",
            u"\x02"
            "a \x1D"
            "b\x02 c\x1D"_s,
            u"**a _b_** _c_"_s, u"a b c"_s);
        row("inside a word",
            u"un\x02"
            "believ\x02"
            "able in\x1D"
            "cred\x1D"
            "ible"_s,
            u"un**believ**able in*cred*ible"_s, u"unbelievable incredible"_s);
        row("where no mark can stand",
            u"a\x02(b)\x02"
            "c"_s,
            u"a(b)c"_s, u"a(b)c"_s);
        row("literals are escaped", u"\x02*\x02 2*3 a_b _c_ `d` ~e~"_s, u"**\\*** 2\\*3 a_b \\_c\\_ \\`d\\` \\~e\\~"_s, u"* 2*3 a_b _c_ `d` ~e~"_s);
        row("backslashes",
            u"\x02"
            "a\x02 C:\\dir \\* \\"_s,
            u"**a** C:\\dir \\\\\\* \\\\"_s, u"a C:\\dir \\* \\"_s);
        row("addresses are left alone",
            u"\x02see\x02 https://x.test/_a_*b*~c \x1D"
            "x\x1D"_s,
            u"**see** https://x.test/_a_*b*~c _x_"_s, u"see https://x.test/_a_*b*~c x"_s);
        row("a line is a message",
            u"\x02"
            "a\nb"_s,
            u"**a**\nb"_s, u"a\nb"_s);
        row("two code spans that touch",
            u"\x11"
            "a\x02"
            "b\x0F c"_s,
            u"`a`**`b`** c"_s, u"ab c"_s);
    }
    void formattingBecomesMarkdown()
    {
        QFETCH(QString, text);
        QFETCH(QString, markdown);
        QFETCH(QString, plain);
        QCOMPARE(markdownFromFormatting(text), markdown);
        QCOMPARE(plainFromFormatting(text), plain);
    }

    void aMegabyteOfTogglesIsPlain()
    {
        QString text, plain;
        for (int i = 0; i < 20'000; ++i) {
            text += u"\x02x\x1Dy "_s;
            plain += u"xy "_s;
        }
        QCOMPARE(markdownFromFormatting(text), plain);
        QCOMPARE(markdownFromFormatting(QString(1 << 20, QChar(0x02))), QString());
    }

    void ctcpIsTakenApart()
    {
        const auto is = [](const QString& text, const QString& command, const QString& rest) {
            const Ctcp ctcp = parseCtcp(text);
            return ctcp.command == command && ctcp.text == rest;
        };
        QVERIFY(is(u"\x01"
                   "ACTION waves  twice\x01"_s,
            u"ACTION"_s, u"waves  twice"_s));
        QVERIFY(is(u"\x01"
                   "ACTION waves"_s,
            u"ACTION"_s, u"waves"_s));
        QVERIFY(is(u"\x01version\x01"_s, u"VERSION"_s, {}));
        QVERIFY(is(u"\x01PING 1\x01 more"_s, u"PING"_s, u"1"_s));
        QVERIFY(is(u"ACTION waves"_s, {}, {}));
        QVERIFY(is(u" \x01"
                   "ACTION waves\x01"_s,
            {}, {}));
        for (const QString& empty : {QString(), u"\x01"_s, u"\x01\x01"_s, u"\x01 x\x01"_s})
            QVERIFY(parseCtcp(empty).command.isEmpty());
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TextTest)
#include "tst_text.moc"
