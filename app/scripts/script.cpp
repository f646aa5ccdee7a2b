// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/script.h"

#include "scripts/header.h"
#include "scripts/usage.h"

#include <QFileInfo>

#include <array>

namespace ridealong::scripts {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxExamples = 32; // of one command

QString paragraph(const QList<HeaderLine>& lines)
{
    QStringList texts;
    for (const HeaderLine& line : lines)
        texts += line.text;
    return texts.join(u'\n');
}

/// A line deeper than the command above it goes on with that command's help.
void readCommands(const QList<HeaderLine>& lines, Script& script, Problems& problems)
{
    std::optional<int> indent;
    for (const HeaderLine& line : lines) {
        if (indent && line.indent > *indent && !script.commands.isEmpty()) {
            QString& help = script.commands.last().help;
            help += help.isEmpty() ? line.text : u'\n' + line.text;
            continue;
        }
        indent = line.indent;
        if (script.commands.size() >= kMaxCommands)
            return problems.add(line.number, u"more than %1 commands, the rest is not read"_s.arg(kMaxCommands));
        const auto spec = parseUsage(line, problems);
        if (!spec)
            continue;
        const bool twice = std::any_of(script.commands.begin(), script.commands.end(), [&](const auto& other) { return other.name == spec->name; });
        if (twice)
            problems.add(line.number, u"the command '%1' is there twice"_s.arg(spec->name));
        else
            script.commands += *spec;
    }
}

/// "start danger, status safe" or "safe": calls `set(command, value)`; a value without a name goes to all commands that no
/// other item names.
void readPerCommand(const QList<HeaderLine>& lines, Script& script, Problems& problems,
    const std::function<bool(chat::CommandSpec&, const QString& value)>& set, QLatin1StringView what)
{
    QList<const chat::CommandSpec*> named;
    QString forAll;
    int forAllLine = 0;
    for (const HeaderLine& line : lines) {
        for (const QString& part : line.text.split(u',', Qt::SkipEmptyParts)) {
            QStringList words = part.simplified().split(u' ', Qt::SkipEmptyParts);
            if (words.isEmpty())
                continue;
            const QString value = words.takeLast().toLower();
            if (words.isEmpty()) {
                forAll = value;
                forAllLine = line.number;
                continue;
            }
            const QString name = words.join(u' ');
            bool found = false;
            for (chat::CommandSpec& spec : script.commands) {
                if (spec.name != name && !spec.name.endsWith(u' ' + name))
                    continue;
                found = true;
                named += &spec;
                if (!set(spec, value))
                    problems.add(line.number, u"unknown %1 '%2'"_s.arg(what, value));
            }
            if (!found)
                problems.add(line.number, u"there is no command '%1'"_s.arg(name));
        }
    }
    if (forAll.isEmpty())
        return;
    bool known = true;
    for (chat::CommandSpec& spec : script.commands)
        if (!named.contains(&spec))
            known = set(spec, forAll) && known;
    if (!known)
        problems.add(forAllLine, u"unknown %1 '%2'"_s.arg(what, forAll));
}

int readTimeLimit(const QList<HeaderLine>& lines, Problems& problems)
{
    if (lines.isEmpty())
        return 0;
    static const QHash<QString, int> kUnits{{u""_s, 1}, {u"s"_s, 1}, {u"sec"_s, 1}, {u"second"_s, 1}, {u"seconds"_s, 1}, {u"m"_s, 60}, {u"min"_s, 60},
        {u"minute"_s, 60}, {u"minutes"_s, 60}, {u"h"_s, 3600}, {u"hour"_s, 3600}, {u"hours"_s, 3600}, {u"d"_s, 24 * 3600}, {u"day"_s, 24 * 3600},
        {u"days"_s, 24 * 3600}};
    const HeaderLine& line = lines.first();
    QStringView rest = line.text;
    const qint64 number = takeNumber(rest, 9).value_or(0);
    const qint64 seconds = number * kUnits.value(rest.trimmed().toString().toLower());
    if (seconds >= 1 && seconds <= kMaxTimeLimitSeconds)
        return int(seconds);
    problems.add(line.number, u"'%1' is no time limit (such as 30 s, 10 min, 2 h; at most 7 days)"_s.arg(line.text));
    return 0;
}

void readExamples(const QList<HeaderLine>& lines, Script& script, Problems& problems)
{
    for (const HeaderLine& line : lines) {
        const QString example = withoutBotName(line.text);
        chat::CommandSpec* best = nullptr;
        for (chat::CommandSpec& spec : script.commands) {
            const bool begins = example == spec.name || example.startsWith(spec.name + u' ');
            if (begins && (!best || spec.name.size() > best->name.size()))
                best = &spec;
        }
        if (!best)
            problems.add(line.number, u"the example begins with no command of this script"_s);
        else if (best->examples.size() < kMaxExamples)
            best->examples += example;
    }
}

/// The command of a script that describes none.
chat::CommandSpec plainCommand(const Script& script)
{
    chat::CommandSpec spec;
    spec.name = script.name;
    spec.title = script.description.section(u'\n', 0, 0);
    chat::Argument arguments;
    arguments.name = u"arguments"_s;
    arguments.repeats = true;
    spec.arguments += arguments;
    return spec;
}

} // namespace

Script parseScript(const QString& path, const QByteArray& content)
{
    Script script;
    script.path = path;
    const QFileInfo file(path);
    script.name = (file.completeBaseName().isEmpty() ? file.fileName() : file.completeBaseName()).simplified();

    Problems problems;
    Header header = readHeader(content, problems);
    script.interpreter = header.interpreter;
    script.description = paragraph(header.sections[u"description"_s]);
    script.author = paragraph(header.sections[u"author"_s]);
    readCommands(header.sections[u"commands"_s], script, problems);
    if (script.commands.isEmpty())
        script.commands += plainCommand(script);

    for (const HeaderLine& line : header.sections[u"arguments"_s])
        refineArguments(line, script.commands, problems);
    readPerCommand(
        header.sections[u"risk"_s], script, problems,
        [](chat::CommandSpec& spec, const QString& value) {
            spec.risk = chat::riskFromString(value);
            return spec.risk != chat::Risk::Unknown || value == u"unknown";
        },
        "risk"_L1);
    readPerCommand(
        header.sections[u"environment"_s], script, problems,
        [](chat::CommandSpec& spec, const QString& value) {
            spec.environment = value == u"any" ? QString() : value;
            return true;
        },
        "environment"_L1);
    script.timeLimitSeconds = readTimeLimit(header.sections[u"time limit"_s], problems);
    readExamples(header.sections[u"examples"_s], script, problems);

    QStringList help{script.description};
    for (const QString& section : {u"configuration"_s, u"notes"_s})
        if (!header.sections[section].isEmpty())
            help += paragraph(header.sections[section]);
    help.removeAll(QString());
    for (chat::CommandSpec& spec : script.commands) {
        spec.help = (spec.help.isEmpty() ? help : QStringList{spec.help} + help).join(u"\n\n"_s);
        spec.source = path;
    }
    script.problems = problems.texts();
    return script;
}

} // namespace ridealong::scripts
