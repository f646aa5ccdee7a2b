// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/codehighlighter.h"
#include "kit/messagedocument.h"
#include "kit/theme.h"

#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace Qt::StringLiterals;
using namespace ridealong;

class TestMessageDocument : public QObject
{
    Q_OBJECT
    kit::Theme m_theme;

    QString shown(const QString& markdown) { return kit::messageDocument(markdown, m_theme, 400)->toPlainText(); }

private slots:
    void keepsLineBreaksAndLeavesBlocksAlone()
    {
        QCOMPARE(shown(u"one **two**\nthree https://a.example/x\nfour"_s), u"one two\nthree https://a.example/x\nfour"_s);
        QCOMPARE(shown(u"- a\n- b"_s), u"a\nb"_s);
        QCOMPARE(shown(u"```\na\n\nb\n```"_s), u"a\n\nb"_s);
    }
    void showsMarkupOfOthersAsText() { QVERIFY(shown(u"<b>x</b> *y*"_s).contains(u"<b>x</b>"_s)); }
    void cutsAtTheLimit()
    {
        const auto text = [](qsizetype length) { return QString(length, u'a'); };
        QCOMPARE(shown(text(kit::kMaxShownChars)).size(), kit::kMaxShownChars);
        QCOMPARE(shown(text(kit::kMaxShownChars + 1)).size(), kit::kMaxShownChars);
        QCOMPARE(shown({}).size(), 0);
    }
    void coloursFencedCodeOfKnownLanguagesOnly()
    {
        kit::CodeHighlighter highlighter;
        const auto colours = [&](const QString& language) {
            const auto document = kit::messageDocument(u"```%1\n{\"a\": 1}\n```"_s.arg(language), m_theme, 400, &highlighter);
            return document->begin().layout()->formats().size();
        };
        QVERIFY(colours(u"json"_s) > 1);
        QCOMPARE(colours(u"no-such-language"_s), 0);
        QCOMPARE(colours({}), 0);
    }
    void everyFencedBlockHasOneCard()
    {
        const auto document = kit::messageDocument(u"```\na\nb\n```\nx\n\n```\nc\n```"_s, m_theme, 400);
        QVERIFY(document->size().height() > 0);
        const auto cards = kit::codeCards(*document);
        QCOMPARE(cards.size(), 2);
        QVERIFY(cards[0].top() >= 0 && cards[0].bottom() < cards[1].top());
        QVERIFY(cards[1].bottom() <= document->size().height());
    }
    void commandsHaveNoMarks() { QCOMPARE(kit::commandDocument(u"a `b` **c**\n# d"_s, m_theme, 400)->toPlainText(), u"a `b` **c**\n# d"_s); }
};

QTEST_MAIN(TestMessageDocument)
#include "tst_messagedocument.moc"
