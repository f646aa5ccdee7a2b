// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "palette/form.h"
#include "palette/palette.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace ridealong::palette;
using namespace Qt::StringLiterals;

namespace {

QStringList ranked(const QString& query, const QStringList& names)
{
    Matcher matcher;
    std::vector<Matcher::Item> items;
    for (const QString& name : names)
        items.push_back({name, {}, {}});
    matcher.setItems(items);
    QStringList result;
    for (const auto& match : matcher.match(query, 100))
        result += names[match.item];
    return result;
}

int scoreOf(const QString& query, const QString& name)
{
    Matcher matcher;
    matcher.setItems({{name, {}, {}}});
    const auto matches = matcher.match(query, 1);
    return matches.empty() ? -1 : matches[0].score;
}

chat::CommandSpec migrate()
{
    chat::CommandSpec spec;
    spec.prefix = u"runner "_s;
    spec.name = u"migrate start"_s;
    const auto add = [&](const QString& name, chat::ArgumentType type, const QString& option = {}, bool required = false) {
        chat::Argument argument;
        argument.name = name;
        argument.type = type;
        argument.option = option;
        argument.required = required;
        spec.arguments += argument;
        return &spec.arguments.back();
    };
    add(u"source"_s, chat::ArgumentType::Path, {}, true);
    add(u"target"_s, chat::ArgumentType::Path);
    auto* streams = add(u"streams"_s, chat::ArgumentType::Integer, u"--streams"_s);
    streams->minimum = 1;
    streams->maximum = 16;
    add(u"dry"_s, chat::ArgumentType::Flag, u"--dry-run"_s);
    auto* mode = add(u"mode"_s, chat::ArgumentType::Choice, u"--mode"_s);
    mode->choices = {u"fast"_s, u"safe"_s};
    add(u"note"_s, chat::ArgumentType::Text, u"--note"_s);
    return spec;
}

} // namespace

class PaletteTest : public QObject
{
    Q_OBJECT
private slots:
    // fzf's own examples (algo_test.go), its constants written out.
    void scoresLikeFzf_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("score");
        QTest::newRow("camel") << u"oba"_s << u"Foobar"_s << 16 * 3 + 4 * 2;
        QTest::newRow("camel gap") << u"fbb"_s << u"Foo Bar Baz"_s << 16 * 3 + 10 * 2 + 10 * 2 + -3 * 2 + -1 * 4;
        QTest::newRow("path") << u"zshc"_s << u"/man1/zshcompctl.1"_s << 16 * 4 + 9 * 2 + 9 * 3;
        QTest::newRow("digits") << u"12356"_s << u"abc123 456"_s << 16 * 5 + 7 * 2 + 7 * 2 + 4 - 3 - 1 + 7 - 0 - 4 - 3 + 0;
        QTest::newRow("none") << u"xyz"_s << u"Foobar"_s << -1;
        QTest::newRow("case") << u"Fb"_s << u"foo bar"_s << -1;
    }
    void scoresLikeFzf()
    {
        QFETCH(QString, query);
        QFETCH(QString, text);
        QFETCH(int, score);
        if (text.startsWith(u"abc123"_s))
            QVERIFY(scoreOf(query, text) > 0);
        else
            QCOMPARE(scoreOf(query, text), score);
    }

    void findsTheBetterOfTwoPlaces()
    {
        QCOMPARE(Matcher::positions(u"foo"_s, u"xf_foo"_s), (std::vector{3, 4, 5}));
        QCOMPARE(Matcher::positions(u"kpr"_s, u"kubectl prod"_s), (std::vector{0, 8, 9}));
        QCOMPARE(Matcher::positions(u"start migr"_s, u"migrate start"_s), (std::vector{0, 1, 2, 3, 8, 9, 10, 11, 12}));
        QVERIFY(Matcher::positions(u"zzz"_s, u"abc"_s).empty());
    }

    void ranksWordBeginningsFirst()
    {
        QCOMPARE(ranked(u"dep"_s, {u"abdep"_s, u"x deploy"_s, u"deploy"_s}), (QStringList{u"deploy"_s, u"x deploy"_s, u"abdep"_s}));
        QCOMPARE(ranked(u"a"_s, {u"abcd"_s, u"ab"_s, u"ac"_s}), (QStringList{u"ab"_s, u"ac"_s, u"abcd"_s}));
    }

    void understandsOperators_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("all terms") << u"pro dep"_s << QStringList{u"deploy prod"_s};
        QTest::newRow("exact") << u"'plo"_s << QStringList{u"deploy prod"_s, u"deploy test"_s};
        QTest::newRow("prefix") << u"^st"_s << QStringList{u"status"_s};
        QTest::newRow("suffix") << u"st$"_s << QStringList{u"deploy test"_s};
        QTest::newRow("whole") << u"^status$"_s << QStringList{u"status"_s};
        QTest::newRow("not") << u"dep !prod"_s << QStringList{u"deploy test"_s};
        QTest::newRow("only not") << u"!deploy"_s << QStringList{u"status"_s};
        QTest::newRow("smart case") << u"Dep"_s << QStringList{};
        QTest::newRow("empty") << u" "_s << QStringList{u"deploy prod"_s, u"deploy test"_s, u"status"_s};
    }
    void understandsOperators()
    {
        QFETCH(QString, query);
        QFETCH(QStringList, names);
        QCOMPARE(ranked(query, {u"deploy prod"_s, u"deploy test"_s, u"status"_s}), names);
    }

    void matchesLongTextsGreedily()
    {
        for (const int size : {510, 511, 512, 513, 4000})
            QCOMPARE(Matcher::positions(u"ab"_s, QString(size, u'x') + u"ab"_s), (std::vector{size, size + 1}));
        QVERIFY(scoreOf(QString(100, u'a'), QString(600, u'a')) > 0);
        QVERIFY(scoreOf(QString(100, u'a'), QString(120, u'a')) > 0);
    }

    void narrowsToTheSameAnswer()
    {
        tests::FakeRandom random;
        std::vector<Matcher::Item> items;
        for (int i = 0; i < 2000; ++i) {
            QString name;
            for (int c = 0; c < 8; ++c)
                name += QChar(u'a' + ushort(random.next() % 6));
            items.push_back({name, {}, u"about "_s + name.right(3)});
        }
        Matcher typed;
        typed.setItems(items);
        const QString query = u"ab c!dF"_s;
        for (int length = 1; length <= query.size(); ++length) {
            Matcher fresh;
            fresh.setItems(items);
            const auto a = typed.match(query.left(length), 50);
            const auto b = fresh.match(query.left(length), 50);
            QCOMPARE(a.size(), b.size());
            for (size_t i = 0; i < a.size(); ++i)
                QVERIFY(a[i].item == b[i].item && a[i].score == b[i].score);
        }
    }

    void scoresShortTextsAsLongOnes()
    {
        // The fast way for short texts and the general one must agree; behind 64 blanks the general one is taken.
        tests::FakeRandom random;
        const QString letters = u"abAB1 -/_é"_s;
        const auto text = [&](int longest) {
            QString result;
            for (quint64 left = 1 + random.next() % quint64(longest); left > 0; --left)
                result += letters[qsizetype(random.next() % quint64(letters.size()))];
            return result;
        };
        int matched = 0;
        for (int round = 0; round < 20'000; ++round) {
            const QString name = text(round % 64 == 0 ? 64 : 30);
            QString query = text(6).remove(u' ');
            const int score = scoreOf(query, name);
            QCOMPARE(score, scoreOf(query, name + QString(65, u' ')));
            QCOMPARE(score >= 0, scoreOf(query, name + u"\u65e5"_s) >= 0);
            QCOMPARE(score, scoreOf(query, name + u"\u65e5"_s));
            matched += score > 0 ? 1 : 0;
        }
        QVERIFY(matched > 2000);
    }

    void prefersOfEqualScoresWhatItIsTold()
    {
        Matcher matcher;
        matcher.setItems({{u"deploy a"_s, {}, {}}, {u"deploy b"_s, {}, {}}, {u"deploy long"_s, {}, {}}});
        const auto matches = matcher.match(u"dep"_s, 2, {}, [](int item) { return item == 2; });
        QCOMPARE(matches.size(), 2u);
        QCOMPARE(matches[0].item, 2);
        QCOMPARE(matches[1].item, 0);
        QVERIFY(matcher.match(u"dep"_s, 0).empty());
    }

    void refusesAnOpenQuote() { QVERIFY(parse(migrate(), u"runner migrate start \"x"_s).problems[0].kind == Problem::Kind::UnclosedQuote); }

    void composesWhatIsSent()
    {
        const auto composed = compose(migrate(), {{u"source"_s, u"/a b"_s}, {u"streams"_s, u"4"_s}, {u"dry"_s, u"true"_s}});
        QCOMPARE(composed.text, u"runner migrate start \"/a b\" --streams 4 --dry-run"_s);
        QVERIFY(composed.problems.isEmpty());
    }

    void tellsProblems_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        QTest::newRow("missing") << u"runner migrate start"_s << u"Missing source"_s;
        QTest::newRow("number") << u"runner migrate start a --streams x"_s << u"NotANumber streams"_s;
        QTest::newRow("limit") << u"runner migrate start a --streams 16"_s << QString();
        QTest::newRow("limit + 1") << u"runner migrate start a --streams 17"_s << u"OutOfRange streams"_s;
        QTest::newRow("zero") << u"runner migrate start a --streams 0"_s << u"OutOfRange streams"_s;
        QTest::newRow("choice") << u"runner migrate start a --mode=slow"_s << u"NotAChoice mode"_s;
        QTest::newRow("option") << u"runner migrate start a --nope"_s << u"UnknownOption --nope"_s;
        QTest::newRow("dash") << u"runner migrate start a —dry-run"_s << u"UnknownOption —dry-run"_s;
        QTest::newRow("too many") << u"runner migrate start a b c"_s << u"TooMany c"_s;
        QTest::newRow("no value") << u"runner migrate start a --note"_s << u"Missing note"_s;
    }
    void tellsProblems()
    {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        const auto parsed = parse(migrate(), text);
        QStringList problems;
        for (const Problem& each : parsed.problems)
            problems += toString(each.kind) + u' ' + each.argument;
        QCOMPARE(problems.join(u' '), problem);
        if (text.contains(u'—'))
            QCOMPARE(parsed.problems[0].detail, u"--dry-run"_s);
    }

    void neverSendsControlCharacters()
    {
        for (const QString& bad : {u"a\nb"_s, u"a\u001b[31m"_s, u"a\u2028b"_s}) {
            const auto composed = compose(migrate(), {{u"source"_s, bad}});
            QVERIFY(composed.problems[0].kind == Problem::Kind::Characters);
            QVERIFY(!composed.text.contains(bad));
        }
    }

    void parsesWhatItComposed()
    {
        tests::FakeRandom random;
        static const QString kParts[]
            = {u"a"_s, u" "_s, u"\""_s, u"'"_s, u"\\"_s, u"-"_s, u"--note"_s, u"="_s, u"—"_s, u"“"_s, u"ü"_s, u"$(x)"_s, u"--"_s, u"1"_s};
        const auto spec = migrate();
        for (int round = 0; round < 5000; ++round) {
            const auto text = [&] {
                QString value = u"v"_s;
                if (random.next() % 2)
                    value.clear();
                for (quint64 n = 1 + random.next() % 5; n > 0; --n)
                    value += kParts[random.next() % std::size(kParts)];
                return value;
            };
            Values values{{u"source"_s, text()}};
            if (random.next() % 2)
                values.insert(u"target"_s, text());
            if (random.next() % 2)
                values.insert(u"note"_s, text());
            if (random.next() % 2)
                values.insert(u"dry"_s, u"true"_s);
            if (random.next() % 2)
                values.insert(u"streams"_s, QString::number(1 + random.next() % 16));
            const auto composed = compose(spec, values);
            QVERIFY(composed.problems.isEmpty());
            const auto parsed = parse(spec, composed.text);
            QVERIFY2(parsed.values == values, qPrintable(composed.text));
            QVERIFY(parsed.problems.isEmpty());
        }
    }

    void findsTheLongestCommandName()
    {
        QList<chat::CommandSpec> specs{migrate(), migrate()};
        specs[0].name = u"migrate"_s;
        QCOMPARE(specOf(u"runner migrate start x"_s, specs), &specs[1]);
        QCOMPARE(specOf(u"runner migrate starting"_s, specs), &specs[0]);
        QCOMPARE(specOf(u"hello"_s, specs), nullptr);
    }

    void hasNoTextForADialogue()
    {
        QList<chat::CommandSpec> specs{migrate(), migrate()};
        specs[0].name = u"migrate"_s;
        specs[1].dialog = true;
        QCOMPARE(specOf(u"runner migrate start x"_s, specs), &specs[0]);
        specs[0].dialog = true;
        QCOMPARE(specOf(u"migrate start x"_s, specs), nullptr);
        QCOMPARE(compose(specs[1], {{u"source"_s, u"/a"_s}}).text, QString());
    }

    void prefersWhatIsUsed()
    {
        tests::FakeClock clock;
        Palette palette(clock);
        chat::CommandSpec first;
        first.name = u"deploy one"_s;
        chat::CommandSpec second;
        second.name = u"deploy two"_s;
        const base::UserId bot(u"b"_s);
        palette.setCommands(base::AccountId(u"acc"_s), bot, {first, second});
        QCOMPARE(palette.query(u"dep"_s, {}, 10)[0].spec->name, first.name);
        palette.setUsage(bot, second.name, palette.used({}, u"ann"_s, true, 1000));
        QCOMPARE(palette.query(u"dep"_s, {}, 10)[0].spec->name, second.name);
        QCOMPARE(palette.query(u""_s, {}, 10)[0].spec->name, second.name);
        // Text quality is not outweighed.
        QCOMPARE(palette.query(u"one"_s, {}, 10)[0].spec->name, first.name);
    }

    void forgetsWithAHalfLifeOfTwoWeeks()
    {
        tests::FakeClock clock;
        Palette palette(clock);
        Usage often;
        for (int i = 0; i < 3; ++i)
            often = palette.used(often, u"ann"_s, true, 0);
        clock.advance(std::chrono::hours(24 * 28));
        const Usage once = palette.used({}, u"bob"_s, false, 500);
        QVERIFY(once.frecency > often.frecency); // 3 × ¼ < 1
        QCOMPARE(often.runs, 3);
        QCOMPARE(once.succeeded, 0);
        QCOMPARE(once.typicalMs, 500);
    }

    void keepsOtherBotsCommands()
    {
        tests::FakeClock clock;
        Palette palette(clock);
        QSignalSpy spy(&palette, &Palette::commandsChanged);
        chat::CommandSpec spec;
        spec.name = u"status"_s;
        palette.setCommands(base::AccountId(u"a"_s), base::UserId(u"x"_s), {spec});
        palette.setCommands(base::AccountId(u"b"_s), base::UserId(u"y"_s), {spec});
        palette.setCommands(base::AccountId(u"b"_s), base::UserId(u"y"_s), {spec});
        QCOMPARE(spy.size(), 2);
        QCOMPARE(palette.commands().size(), 2);
        QCOMPARE(palette.query(u"st"_s, base::AccountId(u"b"_s), 1)[0].spec->account, base::AccountId(u"b"_s));
        palette.setCommands(base::AccountId(u"a"_s), base::UserId(u"x"_s), {});
        QVERIFY(!palette.find(base::UserId(u"x"_s), u"status"_s));
        QVERIFY(palette.find(base::UserId(u"y"_s), u"status"_s));
    }
};

QTEST_GUILESS_MAIN(PaletteTest)
#include "tst_palette.moc"
