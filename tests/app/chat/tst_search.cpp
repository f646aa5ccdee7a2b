// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/searchtext.h"

#include <QTest>
#include <QTimeZone>

using namespace ridealong;
using namespace Qt::StringLiterals;
using chat::parseSearch;

namespace {

const QDate kToday(2026, 11, 28);

qint64 startOf(const QDate& day) { return day.startOfDay(QTimeZone::systemTimeZone()).toMSecsSinceEpoch(); }

/// The snippet with its marks in brackets.
QString marked(const QString& typed, const QString& text)
{
    chat::SearchHit hit;
    hit.message.text = text;
    chat::SearchMatcher(parseSearch(typed, kToday)).present(hit);
    QString shown = hit.snippet;
    for (auto mark = hit.marks.crbegin(); mark != hit.marks.crend(); ++mark) {
        shown.insert(mark->begin + mark->length, u']');
        shown.insert(mark->begin, u'[');
    }
    return shown;
}

bool matches(const QString& typed, const QString& text) { return chat::SearchMatcher(parseSearch(typed, kToday)).matches(text); }

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT
private slots:
    void readsWordsAndPhrases();
    void readsFilters();
    void readsDates_data();
    void readsDates();
    void ofSeveralDatesTheNarrowestCounts();
    void keepsWhatIsNoFilterAsWords();
    void saysWhichFiltersMakeNoSense();
    void readsNoMoreThanItsLimits();
    void matchesWithoutCaseAndAccents();
    void marksWhatWasFound();
    void makesOneLineOfAMessage();
    void aSnippetIsAroundTheFirstMark();
    void takesHostileTexts();
    void knowsLinks();
};

void TestSearch::readsWordsAndPhrases()
{
    const auto query = parseSearch(u"deploy \"on the  gateway\" build-42 fail"_s, kToday);
    QCOMPARE(query.phrases, (QList<QStringList>{{u"deploy"_s}, {u"on"_s, u"the"_s, u"gateway"_s}, {u"build"_s, u"42"_s}}));
    QCOMPARE(query.unfinished, QStringList{u"fail"_s});
    QCOMPARE(parseSearch(u"fail "_s, kToday).unfinished, QStringList()); // a space ends it
    QCOMPARE(parseSearch(u"fail "_s, kToday).phrases, (QList<QStringList>{{u"fail"_s}}));
    QCOMPARE(parseSearch(u"\"two words"_s, kToday).unfinished, (QStringList{u"two"_s, u"words"_s}));
    QCOMPARE(parseSearch(u"\"two words\""_s, kToday).phrases, (QList<QStringList>{{u"two"_s, u"words"_s}}));
    for (const QString& nothing : {u""_s, u" \t\n"_s, u"\""_s, u"\"\" - 🚀"_s})
        QVERIFY2(parseSearch(nothing, kToday).isEmpty(), qPrintable(nothing));
}

void TestSearch::readsFilters()
{
    const auto query = parseSearch(u"from:ana FROM:\"Ben Hur\" in:#ops in:\"on call\" has:link has:file"_s, kToday);
    QCOMPARE(query.from, (QStringList{u"ana"_s, u"Ben Hur"_s}));
    QCOMPARE(query.in, (QStringList{u"#ops"_s, u"on call"_s}));
    QVERIFY(query.hasLink && query.hasFile);
    QVERIFY(query.phrases.isEmpty() && query.unfinished.isEmpty() && query.misunderstood.isEmpty());
}

void TestSearch::readsDates_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QDate>("since"); // invalid: open
    QTest::addColumn<QDate>("before");
    QTest::newRow("after") << u"after:2026-11-01"_s << QDate(2026, 11, 1) << QDate();
    QTest::newRow("before") << u"before:2026-11-01"_s << QDate() << QDate(2026, 11, 1);
    QTest::newRow("on") << u"on:2026-11-01"_s << QDate(2026, 11, 1) << QDate(2026, 11, 2);
    QTest::newRow("today") << u"on:today"_s << kToday << kToday.addDays(1);
    QTest::newRow("yesterday") << u"after:Yesterday"_s << kToday.addDays(-1) << QDate();
    QTest::newRow("days") << u"after:3d"_s << kToday.addDays(-3) << QDate();
    QTest::newRow("weeks") << u"before:2w"_s << QDate() << kToday.addDays(-14);
    QTest::newRow("leap day") << u"on:2028-02-29"_s << QDate(2028, 2, 29) << QDate(2028, 3, 1);
}

void TestSearch::readsDates()
{
    QFETCH(QString, typed);
    QFETCH(QDate, since);
    QFETCH(QDate, before);
    const auto query = parseSearch(typed, kToday);
    QCOMPARE(query.sinceMs, since.isValid() ? std::optional(startOf(since)) : std::nullopt);
    QCOMPARE(query.beforeMs, before.isValid() ? std::optional(startOf(before)) : std::nullopt);
    QVERIFY(!query.isEmpty());
}

void TestSearch::ofSeveralDatesTheNarrowestCounts()
{
    const auto query = parseSearch(u"after:2026-01-01 after:2026-03-01 before:2026-06-01 before:2026-05-01"_s, kToday);
    QCOMPARE(query.sinceMs, std::optional(startOf({2026, 3, 1})));
    QCOMPARE(query.beforeMs, std::optional(startOf({2026, 5, 1})));
}

void TestSearch::keepsWhatIsNoFilterAsWords()
{
    QCOMPARE(parseSearch(u"error:timeout "_s, kToday).phrases, (QList<QStringList>{{u"error"_s, u"timeout"_s}}));
    QCOMPARE(parseSearch(u"https://ci.example/7 "_s, kToday).phrases, (QList<QStringList>{{u"https"_s, u"ci"_s, u"example"_s, u"7"_s}}));
    QCOMPARE(parseSearch(u"12:30 "_s, kToday).phrases, (QList<QStringList>{{u"12"_s, u"30"_s}}));
    QCOMPARE(parseSearch(u"from: ana "_s, kToday).phrases, (QList<QStringList>{{u"from"_s}, {u"ana"_s}})); // "from:" and nothing behind it
}

void TestSearch::saysWhichFiltersMakeNoSense()
{
    const auto query = parseSearch(u"before:tuesday has:coffee after:2026-02-30 from:\"!!\" in:- deploy "_s, kToday);
    QCOMPARE(query.misunderstood, (QStringList{u"before:tuesday"_s, u"has:coffee"_s, u"after:2026-02-30"_s, u"from:\"!!\""_s, u"in:-"_s}));
    QCOMPARE(query.phrases, (QList<QStringList>{{u"deploy"_s}})); // the rest counts
    QVERIFY(!query.sinceMs && !query.beforeMs && query.from.isEmpty() && query.in.isEmpty());
}

void TestSearch::readsNoMoreThanItsLimits()
{
    const QString fits(chat::kMaxSearchChars, u'a');
    QCOMPARE(parseSearch(fits, kToday).unfinished.value(0).size(), chat::kMaxSearchChars);
    QCOMPARE(parseSearch(fits + u'a', kToday).unfinished.value(0).size(), chat::kMaxSearchChars);
    const auto many = parseSearch(u"a "_s.repeated(500), kToday);
    QVERIFY(many.phrases.size() >= 20 && many.phrases.size() <= 64);
    QCOMPARE(chat::foldedWords(QString(chat::kMaxFoldedChars, u'b')).value(0).text.size(), chat::kMaxFoldedChars);
    QCOMPARE(chat::foldedWords(QString(chat::kMaxFoldedChars + 1, u'b')).value(0).text.size(), chat::kMaxFoldedChars);
    QCOMPARE(chat::foldedWords(u"c "_s.repeated(chat::kMaxFoldedWords + 1)).size(), chat::kMaxFoldedWords);
    QVERIFY(chat::foldedWords({}).isEmpty());
}

void TestSearch::matchesWithoutCaseAndAccents()
{
    QVERIFY(matches(u"UBER "_s, u"Über allem"_s));
    QVERIFY(matches(u"über "_s,
        QString::fromUtf8("u\xcc\x88"
                          "ber")));
    QVERIFY(matches(u"ấn "_s, u"an"_s)); // two marks on one letter
    QVERIFY(matches(u"日本"_s, u"日本語"_s)); // unfinished
    QVERIFY(!matches(u"日本 "_s, u"日本語"_s));
    QVERIFY(!matches(u"deploy "_s, u"deployed"_s));
    QVERIFY(matches(u"deploy"_s, u"it was deployed"_s));
    QVERIFY(matches(u"\"the gate"_s, u"at the gateway"_s)); // an open quote goes on too
    QVERIFY(!matches(u"\"the gate\""_s, u"at the gateway"_s));
    QVERIFY(!matches(u"\"gateway the\""_s, u"at the gateway"_s));
    QVERIFY(matches(u"gateway the "_s, u"at the gateway"_s)); // words have no order
    QVERIFY(!matches(u"gateway missing "_s, u"at the gateway"_s));
    QVERIFY(matches(u"한국"_s, u"한국어"_s));
}

void TestSearch::marksWhatWasFound()
{
    QCOMPARE(marked(u"deploy fail"_s, u"Deploy failed, deploying again"_s), u"[Deploy] [failed], deploying again"_s);
    QCOMPARE(marked(u"\"the gateway\" the "_s, u"The gateway of the node"_s), u"[The gateway] of [the] node"_s);
    QCOMPARE(marked(u"from:ana "_s, u"nothing to mark"_s), u"nothing to mark"_s);
    const QString many = u"x "_s.repeated(100);
    chat::SearchHit hit;
    hit.message.text = many;
    chat::SearchMatcher(parseSearch(u"x "_s, kToday)).present(hit);
    QCOMPARE(hit.marks.size(), chat::SearchMatcher::kMaxMarks);
}

void TestSearch::makesOneLineOfAMessage()
{
    QCOMPARE(marked(u"b "_s, u"  a\n\n\t[b]\r\nc  "_s), u"a [[b]] c"_s);
    QCOMPARE(marked(u"\"a b\""_s, u"a\n\n b"_s), u"[a b]"_s); // a phrase over a line's end is one mark
}

void TestSearch::aSnippetIsAroundTheFirstMark()
{
    const QString text = u"lead "_s.repeated(100) + u"needle"_s + u" tail"_s.repeated(200);
    const QString shown = marked(u"needle "_s, text);
    QVERIFY2(shown.startsWith(u"…lead "_s) && shown.endsWith(u'…') && shown.contains(u" [needle] tail"_s), qPrintable(shown));
    QVERIFY(shown.indexOf(u'[') < 80);
    QVERIFY(shown.size() <= chat::SearchMatcher::kSnippetChars + 10);
    QCOMPARE(marked(u"a "_s, u"a "_s + QString(400, u'b')).size(), chat::SearchMatcher::kSnippetChars + 3);
}

void TestSearch::takesHostileTexts()
{
    QCOMPARE(marked(u"evil "_s, u"evil \u202Etxt.exe\u202C \u2066x"_s), u"[evil] txt.exe x"_s); // nothing is turned around
    QCOMPARE(marked(u"a "_s, QString(u"a"_s + QChar(0) + QChar(7) + u"b"_s)), u"[a] b"_s);
    const QString halves = QString(QChar(0xd83d)) + u" a "_s + QChar(0xdc00);
    QVERIFY(matches(u"a "_s, halves));
    // A pair of surrogates at the cut stays whole.
    const QString cut = marked(u"a "_s, u"a "_s + u"🚀"_s.repeated(400));
    QVERIFY(cut.endsWith(u'…') && cut[cut.size() - 2].isLowSurrogate());
    QVERIFY(!marked(u"a "_s, QString(1'000'000, u'a')).isEmpty());
}

void TestSearch::knowsLinks()
{
    QVERIFY(chat::hasLink(u"see https://ci.example/7"_s));
    QVERIFY(chat::hasLink(u"HTTP://x"_s));
    QVERIFY(!chat::hasLink(u"the https port"_s));
    QVERIFY(!chat::hasLink(u"https:// is a scheme"_s));
    QVERIFY(!chat::hasLink(u"https://"_s));
}

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
