// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/builtins.h"

#include "scripts/usage.h"

namespace ridealong::run {

using namespace Qt::StringLiterals;

namespace {

chat::CommandSpec builtin(const QString& name, const QString& title, chat::Risk risk)
{
    chat::CommandSpec spec;
    spec.name = name;
    spec.title = title;
    spec.risk = risk;
    return spec;
}

chat::CommandSpec aboutRun(const QString& name, const QString& title, chat::Risk risk)
{
    chat::CommandSpec spec = builtin(name, title, risk);
    chat::Argument run;
    run.name = u"run"_s;
    run.help = u"its id, or the beginning of it; `runs` lists them"_s;
    run.required = true;
    spec.arguments += run;
    return spec;
}

QString summary(const chat::CommandSpec& spec)
{
    QString line = u"- `%1`"_s.arg(scripts::usageOf(spec));
    if (!spec.title.isEmpty())
        line += u" – "_s + spec.title;
    if (spec.risk == chat::Risk::Danger)
        line += u" **(danger)**"_s;
    return line;
}

QString details(const chat::CommandSpec& spec)
{
    QStringList lines{summary(spec)};
    for (const chat::Argument& argument : spec.arguments) {
        QString line = u"  - `%1` %2"_s.arg(argument.option.isEmpty() ? argument.name : argument.option, chat::toString(argument.type));
        if (!argument.choices.isEmpty())
            line += u": "_s + argument.choices.join(u", "_s);
        if (argument.minimum && argument.maximum)
            line += u" %1–%2"_s.arg(*argument.minimum).arg(*argument.maximum);
        if (!argument.defaultValue.isEmpty())
            line += u", default `%1`"_s.arg(argument.defaultValue);
        if (!argument.help.isEmpty())
            line += u" – "_s + argument.help;
        lines += line;
    }
    for (const QString& example : spec.examples)
        lines += u"  - example: `%1`"_s.arg(example);
    return lines.join(u'\n');
}

} // namespace

QList<chat::CommandSpec> builtinCommands()
{
    chat::CommandSpec help = builtin(u"help"_s, u"List the commands, or explain one"_s, chat::Risk::Safe);
    chat::Argument topic;
    topic.name = u"command"_s;
    topic.repeats = true;
    help.arguments += topic;
    help.examples = {u"help"_s, u"help migrate"_s};
    return {help, builtin(u"runs"_s, u"List what runs or waits in this room"_s, chat::Risk::Safe),
        aboutRun(u"cancel"_s, u"Cancel a run of this room"_s, chat::Risk::Mutates),
        aboutRun(u"approve"_s, u"Let a run begin that waits for an approval"_s, chat::Risk::Mutates),
        aboutRun(u"deny"_s, u"Refuse a run that waits for an approval"_s, chat::Risk::Safe)};
}

QString helpText(const scripts::ScriptLibrary& library, const QString& topic)
{
    QList<chat::CommandSpec> all = builtinCommands();
    for (const scripts::Script& script : library.scripts())
        all += script.commands;
    QStringList lines;
    for (const chat::CommandSpec& spec : std::as_const(all)) {
        if (topic.isEmpty())
            lines += summary(spec);
        else if (spec.name.compare(topic, Qt::CaseInsensitive) == 0 || spec.name.startsWith(topic + u' ', Qt::CaseInsensitive))
            lines += details(spec);
    }
    return lines.join(u'\n');
}

} // namespace ridealong::run
