// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/words.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;

class TestWords : public QObject
{
    Q_OBJECT
private slots:
    void splitsLikeAShellWithoutItsPowers_data();
    void splitsLikeAShellWithoutItsPowers();
    void tellsWhereAWordStoodAndWhetherItWasQuoted();
    void refusesAnOpenQuote();
    void readsBackWhatItQuoted();
};

void TestWords::splitsLikeAShellWithoutItsPowers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << u""_s << QStringList();
    QTest::newRow("only space") << u" \t\n "_s << QStringList();
    QTest::newRow("plain") << u"  a  b\tc "_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("double") << u"\"a b\" c"_s << QStringList{u"a b"_s, u"c"_s};
    QTest::newRow("single keeps backslash") << u"'a\\ \"b'"_s << QStringList{u"a\\ \"b"_s};
    QTest::newRow("double keeps other backslashes") << u"\"a\\n\\\"\\\\\""_s << QStringList{u"a\\n\"\\"_s};
    QTest::newRow("backslash") << u"a\\ b \\\"c"_s << QStringList{u"a b"_s, u"\"c"_s};
    QTest::newRow("backslash at the end") << u"a\\"_s << QStringList{u"a\\"_s};
    QTest::newRow("empty words") << u"'' \"\" x''"_s << QStringList{QString(), QString(), u"x"_s};
    QTest::newRow("glued") << u"a'b c'\"d e\"f"_s << QStringList{u"ab cd ef"_s};
    QTest::newRow("nothing is expanded") << u"$HOME `id` $(id) * ~ ; | & > x"_s
                                         << QStringList{u"$HOME"_s, u"`id`"_s, u"$(id)"_s, u"*"_s, u"~"_s, u";"_s, u"|"_s, u"&"_s, u">"_s, u"x"_s};
    QTest::newRow("not ASCII") << u"grün '日本 語'"_s << QStringList{u"grün"_s, u"日本 語"_s};
}

void TestWords::splitsLikeAShellWithoutItsPowers()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    const auto split = base::splitWords(text);
    QVERIFY(split);
    QCOMPARE(*split, words);
}

void TestWords::tellsWhereAWordStoodAndWhetherItWasQuoted()
{
    const auto words = base::wordsOf(u" --a '--b' x\\ y \"\" z'z'"_s);
    QVERIFY(words);
    QStringList told;
    for (const auto& word : *words)
        told += u"%1 %2 %3"_s.arg(word.begin).arg(word.quoted).arg(word.text);
    QCOMPARE(told, (QStringList{u"1 0 --a"_s, u"5 1 --b"_s, u"11 1 x y"_s, u"16 1 "_s, u"19 1 zz"_s}));
}

void TestWords::refusesAnOpenQuote()
{
    for (const QString& text : {u"\"a"_s, u"a 'b"_s, u"'"_s, u"\"a\\\""_s}) {
        const auto split = base::splitWords(text);
        QVERIFY(!split);
        QCOMPARE(toString(split.error().kind), u"Invalid"_s);
    }
}

void TestWords::readsBackWhatItQuoted()
{
    tests::FakeRandom random;
    const QString alphabet = u"ab \t\n\"'\\$é\u00a0"_s;
    for (int round = 0; round < 2000; ++round) {
        QString word;
        for (quint64 left = random.next() % 8; left > 0; --left)
            word += alphabet[qsizetype(random.next() % quint64(alphabet.size()))];
        const auto split = base::splitWords(base::quoteWord(word) + u" end"_s);
        QVERIFY(split);
        QCOMPARE(*split, (QStringList{word, u"end"_s}));
    }
}

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
