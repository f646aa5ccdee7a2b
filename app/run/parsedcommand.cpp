// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/parsedcommand.h"

#include "base/words.h"
#include "run/argumentcheck.h"
#include "run/builtins.h"
#include "scripts/suggest.h"
#include "scripts/usage.h"

namespace ridealong::run {

using namespace Qt::StringLiterals;

namespace {

QString unknownCommand(const QStringList& words, const scripts::ScriptLibrary& library)
{
    QStringList names;
    for (const chat::CommandSpec& spec : builtinCommands())
        names += spec.name;
    for (const scripts::Script& script : library.scripts())
        for (const chat::CommandSpec& spec : script.commands)
            names += spec.name;
    // A mistyped first word is as likely as a mistyped second one.
    QStringList candidates = scripts::closest(words.mid(0, 2).join(u' '), names);
    if (candidates.isEmpty())
        candidates = scripts::closest(words.first(), names);
    QString problem = u"there is no command '%1'"_s.arg(words.mid(0, 2).join(u' ').left(60));
    for (qsizetype i = 0; i < candidates.size(); ++i)
        problem += (i == 0 ? u"; did you mean '%1'"_s : u" or '%1'"_s).arg(candidates[i]);
    return problem + (candidates.isEmpty() ? u"; 'runner help' lists them"_s : u"?"_s);
}

bool hasNul(const QStringList& words)
{
    return std::any_of(words.begin(), words.end(), [](const QString& word) { return word.contains(QChar(0)); });
}

} // namespace

std::optional<QString> addressedToRunner(const QString& text)
{
    constexpr QLatin1StringView kName = "runner"_L1;
    QStringView rest = QStringView(text).trimmed();
    if (rest.startsWith(u'@'))
        rest = rest.mid(1);
    if (!rest.startsWith(kName, Qt::CaseInsensitive))
        return std::nullopt;
    rest = rest.mid(kName.size());
    if (rest.startsWith(u':') || rest.startsWith(u','))
        rest = rest.mid(1);
    else if (!rest.isEmpty() && !rest.front().isSpace())
        return std::nullopt; // "runners"
    return rest.trimmed().toString();
}

ParsedCommand parseCommand(const QString& command, const scripts::ScriptLibrary& library)
{
    ParsedCommand parsed;
    const auto fail = [&parsed](const QString& problem) {
        parsed.problem = problem;
        return parsed;
    };
    if (command.size() > kMaxCommandCharacters)
        return fail(u"longer than %1 characters"_s.arg(kMaxCommandCharacters));
    const auto split = base::splitWords(command);
    if (!split)
        return fail(split.error().detail);
    QStringList words = *split;
    if (words.size() > kMaxWords)
        return fail(u"more than %1 words"_s.arg(kMaxWords));
    if (hasNul(words))
        return fail(u"a NUL character cannot be in an argument"_s);
    if (words.isEmpty())
        words = {u"help"_s};

    for (const chat::CommandSpec& spec : builtinCommands()) {
        if (words.first().compare(spec.name, Qt::CaseInsensitive) != 0)
            continue;
        parsed.builtin = true;
        parsed.spec = spec;
        parsed.arguments = words.mid(1);
    }
    if (!parsed.builtin) {
        const auto found = library.find(words);
        if (!found.script)
            return fail(unknownCommand(words, library));
        parsed.spec = *found.command;
        parsed.script = *found.script;
        parsed.arguments = words.mid(found.words);
    }
    const QString problem = argumentProblem(parsed.spec, parsed.arguments);
    return problem.isEmpty() ? parsed : fail(problem + u"; usage: runner "_s + scripts::usageOf(parsed.spec));
}

QStringList scriptArguments(const ParsedCommand& command)
{
    QStringList words = command.spec.name.split(u' ');
    const QString& own = command.script.name;
    if (command.spec.name == own)
        words.clear();
    else if (words.first() == own)
        words.removeFirst();
    return words + command.arguments;
}

} // namespace ridealong::run
