// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/header.h"
#include "scripts/script.h"
#include "scripts/suggest.h"
#include "scripts/usage.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using scripts::parseScript;
using scripts::Script;

class TestScript : public QObject
{
    Q_OBJECT
private slots:
    void readsAWholeHeader();
    void readsUsageLines_data();
    void readsUsageLines();
    void tellsBrokenPartsByLine_data();
    void tellsBrokenPartsByLine();
    void refinesArguments();
    void readsRangesAndLimits();
    void givesAScriptWithoutHeaderOneCommand();
    void readsEveryCommentMark();
    void keepsAnArgumentCalledLikeASection();
    void stopsAtItsLimits();
    void survivesAnyBytes();
    void readsEveryShippedScriptWithoutProblems();
    void suggestsWhatWasMeant();
};

static Script parse(const QByteArray& text) { return parseScript(u"/s/migrate.sh"_s, text); }

void TestScript::readsAWholeHeader()
{
    const Script script = parse(R"(#!/usr/bin/env -S bash -e
# SPDX-License-Identifier: Apache-2.0
#
# DESCRIPTION:
#   Moves things.
#   Carefully.
# Commands:
#   hubot migrate start <source> <target> [--streams N] [--dry-run] - Start a migration
#     Takes a while.
#   migrate status [job] - Show progress
# Arguments:
#   source: path - what to move
#   streams: integer 1-64, default 4 - parallel copies
# Risk: start danger, status safe
# Environment: start production
# Time limit: 2 h
# Examples:
#   runner migrate start /a /b
#   migrate status
# Author:
#   Ana
echo "# Commands:"
# Commands:
#   not this - one
)");
    QCOMPARE(script.problems, QStringList());
    QCOMPARE(script.name, u"migrate"_s);
    QCOMPARE(script.interpreter, (QStringList{u"/usr/bin/env"_s, u"-S bash -e"_s}));
    QCOMPARE(script.description, u"Moves things.\nCarefully."_s);
    QCOMPARE(script.author, u"Ana"_s);
    QCOMPARE(script.timeLimitSeconds, 7200);
    QCOMPARE(script.commands.size(), 2);
    const chat::CommandSpec& start = script.commands[0];
    QCOMPARE(start.name, u"migrate start"_s);
    QCOMPARE(start.title, u"Start a migration"_s);
    QVERIFY(start.help.startsWith(u"Takes a while.\n\nMoves things."));
    QVERIFY(start.risk == chat::Risk::Danger);
    QCOMPARE(start.environment, u"production"_s);
    QCOMPARE(start.examples, QStringList{u"migrate start /a /b"_s});
    QCOMPARE(start.arguments.size(), 4);
    QCOMPARE(start.arguments[2].minimum, std::optional<qint64>(1));
    QCOMPARE(start.arguments[2].maximum, std::optional<qint64>(64));
    QCOMPARE(start.arguments[2].defaultValue, u"4"_s);
    QVERIFY(script.commands[1].risk == chat::Risk::Safe);
    QCOMPARE(script.commands[1].environment, QString());
}

void TestScript::readsUsageLines_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("usage"); // as usageOf spells it
    QTest::addColumn<QString>("title");
    QTest::newRow("name only") << u"disk"_s << u"disk"_s << QString();
    QTest::newRow("title") << u"disk - Shows - disks"_s << u"disk"_s << u"Shows - disks"_s;
    QTest::newRow("long dash") << u"disk — Shows disks"_s << u"disk"_s << u"Shows disks"_s;
    QTest::newRow("repeats") << u"rm <file...> - x"_s << u"rm <file...>"_s << u"x"_s;
    QTest::newRow("dots outside") << u"rm [file]..."_s << u"rm [file...]"_s << QString();
    QTest::newRow("choices") << u"set on|off"_s << u"set <on|off>"_s << QString();
    QTest::newRow("named choices") << u"set [mode:on|off]"_s << u"set [on|off]"_s << QString();
    QTest::newRow("option with choices") << u"ps [--sort cpu|memory]"_s << u"ps [--sort cpu|memory]"_s << QString();
    QTest::newRow("option with equals") << u"ps [--count=<N>]"_s << u"ps [--count N]"_s << QString();
    QTest::newRow("required option") << u"say --to <room> <text...>"_s << u"say --to <to> <text...>"_s << QString();
    QTest::newRow("flag") << u"x [--dry-run]"_s << u"x [--dry-run]"_s << QString();
    QTest::newRow("bot's name") << u"@runner: disk [path]"_s << u"disk [path]"_s << QString();
    QTest::newRow("dash in the name") << u"git-log [n]"_s << u"git-log [n]"_s << QString();
    QTest::newRow("not ASCII") << u"größe <straße> - Maß"_s << u"größe <straße>"_s << u"Maß"_s;
}

void TestScript::readsUsageLines()
{
    QFETCH(QString, line);
    QFETCH(QString, usage);
    QFETCH(QString, title);
    scripts::Problems problems;
    const auto spec = scripts::parseUsage({1, 0, line}, problems);
    QCOMPARE(problems.texts(), QStringList());
    QVERIFY(spec);
    QCOMPARE(scripts::usageOf(*spec), usage);
    QCOMPARE(spec->title, title);
}

void TestScript::tellsBrokenPartsByLine_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const char* header, const QString& problem) {
        QTest::newRow(name) << QByteArray("# Commands:\n#   a start <x> [y] [--f] - t\n#   a stop\n") + header << problem;
    };
    row("risk", "# Risk: high", u"line 4: unknown risk 'high'"_s);
    row("risk of nothing", "# Risk: go danger", u"line 4: there is no command 'go'"_s);
    row("time limit", "# Time limit: soon", u"line 4: 'soon' is no time limit (such as 30 s, 10 min, 2 h; at most 7 days)"_s);
    row("time limit zero", "# Time limit: 0", u"line 4: '0' is no time limit (such as 30 s, 10 min, 2 h; at most 7 days)"_s);
    row("example", "# Examples:\n#   b go", u"line 5: the example begins with no command of this script"_s);
    row("argument nobody has", "# Arguments:\n#   z: integer", u"line 5: no command has an argument 'z'"_s);
    row("argument without colon", "# Arguments:\n#   x integer", u"line 5: 'name: kind - help' expected"_s);
    row("unknown kind", "# Arguments:\n#   x: blob", u"line 5: unknown kind of argument 'blob'"_s);
    row("empty range", "# Arguments:\n#   x: integer 9-3", u"line 5: '9-3' is no range"_s);
    row("default no number", "# Arguments:\n#   x: integer, default many", u"line 5: the default 'many' is no number"_s);
    row("default out of range", "# Arguments:\n#   x: integer 1-3, default 4", u"line 5: the default 4 is out of range"_s);
    row("default not a choice", "# Arguments:\n#   x: one of a, b, default c", u"line 5: the default 'c' is not among the choices"_s);
    row("flag with type", "# Arguments:\n#   f: integer", u"line 5: 'f' is a flag in its command"_s);
    row("open bracket", "# Commands:\n#   b <x - t", u"line 5: '<' is not closed"_s);
    row("twice", "# Commands:\n#   a stop", u"line 5: the command 'a stop' is there twice"_s);
    row("argument twice", "# Commands:\n#   b <x> <x>", u"line 5: the argument 'x' is there twice"_s);
    row("word behind argument", "# Commands:\n#   b <x> to <y>", u"line 5: the word 'to' behind an argument is not understood"_s);
    row("repeat in the middle", "# Commands:\n#   b <x...> <y>", u"line 5: 'x' cannot repeat: another argument follows"_s);
    row("no name", "# Commands:\n#   <x>", u"line 5: a command without a name"_s);
}

void TestScript::tellsBrokenPartsByLine()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, problem);
    const Script script = parse(header);
    QCOMPARE(script.problems, QStringList{problem});
    QVERIFY(script.commands.size() >= 2); // nothing of what was right is lost
    QCOMPARE(script.commands[0].name, u"a start"_s);
}

void TestScript::refinesArguments()
{
    const Script script = parse("# Commands:\n# c <x> [--n N] [--mode V]\n# d <x>\n# Arguments:\n# x: user, optional - who\n"
                                "# --n: number 0..10, default 2.5\n# mode: one of fast, safe or odd, default safe - how\n");
    QCOMPARE(script.problems, QStringList());
    const auto& arguments = script.commands[0].arguments;
    QVERIFY(arguments[0].type == chat::ArgumentType::User);
    QVERIFY(!arguments[0].required);
    QCOMPARE(arguments[0].help, u"who"_s);
    QVERIFY(script.commands[1].arguments[0].type == chat::ArgumentType::User);
    QVERIFY(arguments[1].type == chat::ArgumentType::Number);
    QCOMPARE(arguments[1].defaultValue, u"2.5"_s);
    QCOMPARE(arguments[2].choices, (QStringList{u"fast"_s, u"safe"_s, u"odd"_s}));
    QCOMPARE(arguments[2].defaultValue, u"safe"_s);
}

void TestScript::readsRangesAndLimits()
{
    const auto range = [](const QByteArray& text) -> QString {
        const Script script = parse("# Commands:\n# c <n>\n# Arguments:\n# n: integer " + text + "\n");
        const chat::Argument& argument = script.commands[0].arguments[0];
        const auto side = [](const std::optional<qint64>& limit) { return limit ? QString::number(*limit) : u"*"_s; };
        return script.problems.isEmpty() ? side(argument.minimum) + u' ' + side(argument.maximum) : script.problems.join(u' ');
    };
    for (const char* same : {"1-64", "1..64", "1 to 64", "1–64", "1  -64"})
        QCOMPARE(range(same), u"1 64"_s);
    QCOMPARE(range("-5..5"), u"-5 5"_s);
    QCOMPARE(range("-5--2"), u"-5 -2"_s);
    QCOMPARE(range("-5"), u"* 5"_s);
    QCOMPARE(range("1-"), u"1 *"_s);
    QCOMPARE(range("5"), u"line 4: '5' is no range"_s);
    QCOMPARE(range("to"), u"line 4: 'to' is no range"_s);
    QCOMPARE(range("1..2..3"), u"line 4: '1..2..3' is no range"_s);
    QCOMPARE(range("1-1234567890123456789"), u"line 4: '1-1234567890123456789' is no range"_s);

    const auto limit = [](const QByteArray& text) { return parse("# Commands:\n# c\n# Time limit: " + text + "\n").timeLimitSeconds; };
    QCOMPARE(limit("30"), 30);
    QCOMPARE(limit("30 s"), 30);
    QCOMPARE(limit("10MIN"), 600);
    QCOMPARE(limit("2 hours"), 7200);
    QCOMPARE(limit("7 days"), 7 * 24 * 3600);
    for (const char* none : {"8 days", "-1", "0", "5 fortnights", "1234567890", "s"})
        QCOMPARE(limit(none), 0);
}

void TestScript::givesAScriptWithoutHeaderOneCommand()
{
    for (const QByteArray& content : {QByteArray(), QByteArray("#!/bin/sh\necho hi\n"),
             QByteArray("\x7f"
                        "ELF\x02\x01\0\0",
                 8)}) {
        const Script script = parseScript(u"/s/my tool.v2.sh"_s, content);
        QCOMPARE(script.problems, QStringList());
        QCOMPARE(script.commands.size(), 1);
        QCOMPARE(scripts::usageOf(script.commands[0]), u"my tool.v2 [arguments...]"_s);
        QVERIFY(script.commands[0].risk == chat::Risk::Unknown);
    }
}

void TestScript::readsEveryCommentMark()
{
    for (const QByteArray& mark : {QByteArray("#"), QByteArray("//"), QByteArray("--"), QByteArray(";"), QByteArray(";;;")}) {
        const Script script = parse("#!/usr/bin/x\r\n\r\n" + mark + " Commands:\r\n" + mark + "   a <b> - c\r\n" + mark + " Risk: Safe\r\n");
        QCOMPARE(script.problems, QStringList());
        QCOMPARE(scripts::usageOf(script.commands[0]), u"a <b>"_s);
        QVERIFY(script.commands[0].risk == chat::Risk::Safe);
    }
}

void TestScript::keepsAnArgumentCalledLikeASection()
{
    const Script script = parse("# Commands:\n#   a <environment> [risk]\n# Arguments:\n#   environment: one of test, live\n#   risk: integer\n");
    QCOMPARE(script.problems, QStringList());
    QCOMPARE(script.commands[0].arguments[0].choices, (QStringList{u"test"_s, u"live"_s}));
    QVERIFY(script.commands[0].arguments[1].type == chat::ArgumentType::Integer);
}

void TestScript::stopsAtItsLimits()
{
    const auto commands = [](int count) {
        QByteArray header = "# Commands:\n";
        for (int i = 0; i < count; ++i)
            header += "#  c" + QByteArray::number(i) + '\n';
        return parse(header);
    };
    QCOMPARE(commands(scripts::kMaxCommands).commands.size(), scripts::kMaxCommands);
    QCOMPARE(commands(scripts::kMaxCommands).problems.size(), 0);
    QCOMPARE(commands(scripts::kMaxCommands + 1).commands.size(), scripts::kMaxCommands);
    QCOMPARE(commands(scripts::kMaxCommands + 1).problems.size(), 1);

    const auto line = [](int characters) { return parse("# Description:\n#" + QByteArray(characters, 'x')); };
    QCOMPARE(line(scripts::kMaxHeaderLineCharacters).problems.size(), 0);
    QCOMPARE(line(scripts::kMaxHeaderLineCharacters + 1).problems.size(), 1);
    QCOMPARE(line(scripts::kMaxHeaderLineCharacters + 1).description.size(), scripts::kMaxHeaderLineCharacters);

    // The author's name ends with byte number `end`.
    const auto author = [](qint64 end) {
        const QByteArray filler = '#' + QByteArray(99, 'x') + '\n';
        const QByteArray last = "# Author: Ana";
        QByteArray text = filler.repeated(int((end - last.size()) / filler.size()));
        while (text.size() + last.size() < end)
            text += '\n';
        return parse(text + last).author;
    };
    QCOMPARE(author(scripts::kMaxHeaderBytes), u"Ana"_s);
    QCOMPARE(author(scripts::kMaxHeaderBytes + 1), u"An"_s);
    QCOMPARE(parse("# Commands:\n" + QByteArray("#\n").repeated(scripts::kMaxHeaderLines)).problems.size(), 1);
    QCOMPARE(parse(QByteArray("# Risk: x\n").repeated(200)).problems.size(), 1);
    QCOMPARE(parse("# Commands:\n" + QByteArray("# <\n").repeated(200)).problems.size(), scripts::kMaxProblems);
}

void TestScript::survivesAnyBytes()
{
    tests::FakeRandom random;
    static const QByteArray kPieces[] = {"# ", "Commands:", "Arguments:", "Risk:", "\n", "<", ">", "[", "]", "...", " - ", "--", "a", "b|c",
        "\xff\xfe", "\0x", "integer ", "1-2", "default ", ",", "one of ", "\xe6\x97", "'", ":", "#!"};
    for (int round = 0; round < 3000; ++round) {
        QByteArray content;
        for (quint64 left = random.next() % 60; left > 0; --left)
            content += kPieces[random.next() % std::size(kPieces)];
        const Script script = parse(content);
        QVERIFY(!script.commands.isEmpty());
        for (const chat::CommandSpec& spec : script.commands)
            QVERIFY(!spec.name.isEmpty());
    }
}

void TestScript::readsEveryShippedScriptWithoutProblems()
{
    const QDir folder(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/scripts"));
    const QStringList names = folder.entryList(QDir::Files);
    QVERIFY(names.size() >= 12);
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Script script = parseScript(file.fileName(), file.read(scripts::kMaxHeaderBytes));
        QVERIFY2(script.problems.isEmpty(), qPrintable(name + QString(u": "_s) + script.problems.join(u", "_s)));
        QVERIFY2(!script.description.isEmpty() && script.timeLimitSeconds > 0, qPrintable(name));
        for (const chat::CommandSpec& spec : script.commands) {
            QVERIFY2(spec.risk != chat::Risk::Unknown && !spec.title.isEmpty() && !spec.examples.isEmpty(), qPrintable(spec.name));
            for (const chat::Argument& argument : spec.arguments)
                QVERIFY2(!argument.help.isEmpty(), qPrintable(spec.name + u' ' + argument.name));
        }
    }
}

void TestScript::suggestsWhatWasMeant()
{
    const QStringList names{u"disk"_s, u"migrate start"_s, u"migrate status"_s, u"processes"_s};
    QCOMPARE(scripts::closest(u"dikS"_s, names), QStringList{u"disk"_s});
    QCOMPARE(scripts::closest(u"migrate stat"_s, names).first(), u"migrate status"_s);
    QCOMPARE(scripts::closest(u"zebra"_s, names), QStringList());
    QCOMPARE(scripts::closest(QString(), names), QStringList());
    QCOMPARE(scripts::closest(QString(100'000, u'x'), names), QStringList());
    QCOMPARE(scripts::editDistance(u"ab", u"ba", 3), 1);
    QCOMPARE(scripts::editDistance(u"", u"abc", 3), 3);
    QCOMPARE(scripts::editDistance(u"abc", u"xyz", 1), 2);
}

QTEST_GUILESS_MAIN(TestScript)
#include "tst_script.moc"
