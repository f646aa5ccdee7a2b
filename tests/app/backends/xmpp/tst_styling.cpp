// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/styling.h"

#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::xmpp;

class TestStyling : public QObject
{
    Q_OBJECT
private slots:
    void showsWhatWasStyled_data();
    void showsWhatWasStyled();
    void leavesAloneWhatWasNotStyled_data();
    void leavesAloneWhatWasNotStyled();
    void takesUnstyledTextAsItIs();
    void saysMarkdownInStyling_data();
    void saysMarkdownInStyling();
    void quotesOnlySoDeep();
    void staysQuickWithHostileText();
};

void TestStyling::showsWhatWasStyled_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("markdown");
    QTest::newRow("bold") << u"a *bold* word"_s << u"a **bold** word"_s;
    QTest::newRow("italic") << u"_so_"_s << u"_so_"_s;
    QTest::newRow("strike") << u"~gone~ now"_s << u"~~gone~~ now"_s;
    QTest::newRow("code") << u"run `a*b*c` now"_s << u"run `a*b*c` now"_s;
    QTest::newRow("nested") << u"*all _of_ it*"_s << u"**all _of_ it**"_s;
    QTest::newRow("nested at once") << u"*_both_*"_s << u"**_both_**"_s;
    QTest::newRow("a word goes on") << u"_em_phasis"_s << u"*em*phasis"_s;
    QTest::newRow("code block") << u"```\nmake *all*\n```\nsee"_s << u"```\nmake *all*\n```\nsee"_s;
    QTest::newRow("code block with a language") << u"```cpp\nint a;\n```"_s << u"```cpp\nint a;\n```"_s;
    QTest::newRow("code block with backticks inside") << u"```\n  ``` no\n```"_s << u"````\n  ``` no\n````"_s;
    QTest::newRow("code block without an end") << u"```\nmake"_s << u"```\nmake\n```"_s;
    QTest::newRow("quotation") << u"> one\n> *two*\nthree"_s << u"> one\n> **two**\n\nthree"_s;
    QTest::newRow("quotation of a quotation") << u">> a\n> b"_s << u"> > a\n> \n> b"_s.replace(u"> \n"_s, u">\n"_s);
}

void TestStyling::showsWhatWasStyled()
{
    QFETCH(QString, body);
    QTEST(markdownFromStyling(body), "markdown");
}

void TestStyling::leavesAloneWhatWasNotStyled_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("markdown");
    QTest::newRow("plain") << u"deploy of snake_case done: 2 * 3 = 6"_s << u"deploy of snake_case done: 2 * 3 = 6"_s;
    QTest::newRow("two stars") << u"**no**"_s << u"\\*\\*no\\*\\*"_s;
    QTest::newRow("blanks inside") << u"* no* and *no *"_s << u"\\* no\\* and \\*no *"_s;
    QTest::newRow("over lines") << u"*no\nno*"_s << u"\\*no\nno\\*"_s;
    QTest::newRow("within a word") << u"a*b*c"_s << u"a\\*b\\*c"_s;
    QTest::newRow("one alone") << u"`no"_s << u"\\`no"_s;
    QTest::newRow("heading") << u"# no"_s << u"\\# no"_s;
    QTest::newRow("issue") << u"#12 is it"_s << u"#12 is it"_s;
    QTest::newRow("list") << u"- no\n1. no"_s << u"\\- no\n1\\. no"_s;
    QTest::newRow("rule") << u"---"_s << u"\\---"_s;
    QTest::newRow("setext") << u"a\n==="_s << u"a\n\\==="_s;
    QTest::newRow("link") << u"[a](http://b)"_s << u"\\[a](http://b)"_s;
    QTest::newRow("reference") << u"&lt; a & b"_s << u"\\&lt; a & b"_s;
    QTest::newRow("html") << u"<b>"_s << u"\\<b>"_s;
    QTest::newRow("backslash") << u"C:\\new \\*"_s << u"C:\\new \\\\\\*"_s;
    QTest::newRow("address") << u"https://a.test/_x_*y*"_s << u"https://a.test/_x_*y*"_s;
    QTest::newRow("indented") << u"    int a"_s << QString(4, QChar::Nbsp) + u"int a"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void TestStyling::leavesAloneWhatWasNotStyled()
{
    QFETCH(QString, body);
    QTEST(markdownFromStyling(body), "markdown");
}

void TestStyling::takesUnstyledTextAsItIs()
{
    QCOMPARE(markdownFromPlain(u"*a*\n> b"_s), u"\\*a\\*\n\\> b"_s);
    QCOMPARE(markdownFromPlain(u"```\nx"_s), u"\\`\\`\\`\nx"_s);
}

void TestStyling::saysMarkdownInStyling_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("body");
    QTest::newRow("bold") << u"a **bold** and __bold__ word"_s << u"a *bold* and *bold* word"_s;
    QTest::newRow("italic") << u"*a* _b_ snake_case_name"_s << u"_a_ _b_ snake_case_name"_s;
    QTest::newRow("strike") << u"~~a~~"_s << u"~a~"_s;
    QTest::newRow("code") << u"run `a **b**` and ``c ` d``"_s << u"run `a **b**` and c ` d"_s;
    QTest::newRow("nested") << u"**all _of_ it**"_s << u"*all _of_ it*"_s;
    QTest::newRow("escaped") << u"2 \\* 3 \\n"_s << u"2 * 3 \\n"_s;
    QTest::newRow("fence") << u"````cpp\n**a**\n```\n````\n**b**"_s << u"```cpp\n**a**\n```\u200B\n```\n*b*"_s;
    QTest::newRow("tildes") << u"~~~\na\n~~~"_s << u"```\na\n```"_s;
    QTest::newRow("quotation") << u"> **a**"_s << u"> *a*"_s;
    QTest::newRow("unclosed") << u"**a _b ~~c `d"_s << u"**a _b ~~c `d"_s;
    QTest::newRow("list") << u"- one\n- two"_s << u"- one\n- two"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void TestStyling::saysMarkdownInStyling()
{
    QFETCH(QString, markdown);
    QTEST(stylingFromMarkdown(markdown), "body");
}

void TestStyling::quotesOnlySoDeep()
{
    QCOMPARE(markdownFromStyling(QString(kMaxQuoteDepth, u'>') + u"a"_s), u"> "_s.repeated(kMaxQuoteDepth) + u"a"_s);
    QCOMPARE(markdownFromStyling(QString(kMaxQuoteDepth + 1, u'>') + u"a"_s), u"> "_s.repeated(kMaxQuoteDepth) + u"\\>a"_s);
}

void TestStyling::staysQuickWithHostileText()
{
    // What takes time in square would take minutes here.
    for (const QString& piece :
        {u"*a "_s, u"*_~` "_s, u"*a_b~c "_s, u"`a ``b "_s, u"** __ "_s, u"> "_s, u"\\"_s, u"[&#"_s, u"**a__b"_s, u"*x* _y"_s}) {
        const QString text = piece.repeated(20'000);
        QVERIFY(markdownFromStyling(text).size() <= 2 * text.size() + 100);
        QVERIFY(stylingFromMarkdown(text).size() <= text.size());
    }
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestStyling)
#include "tst_styling.moc"
