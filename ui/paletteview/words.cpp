// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "paletteview/words.h"

#include "kit/durations.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ridealong::paletteview {

using chat::ArgumentType;
using chat::Risk;
using kit::Token;
using palette::Problem;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PaletteWords)
};

} // namespace

QString argumentsText(const chat::CommandSpec& spec)
{
    if (spec.dialog)
        return u"…"_s; // as a menu says that it will ask
    QStringList parts;
    for (const auto& argument : spec.arguments) {
        QString text;
        if (argument.option.isEmpty())
            text = u"‹"_s + argument.name + (argument.repeats ? u"…›"_s : u"›"_s);
        else if (argument.type == ArgumentType::Flag)
            text = argument.option;
        else
            text
                = argument.option + u' ' + (argument.type == ArgumentType::Integer || argument.type == ArgumentType::Number ? u"n"_s : argument.name);
        parts << (argument.required ? text : u'[' + text + u']');
    }
    return parts.join(u' ');
}

bool isProduction(const QString& environment)
{
    return environment.compare("production"_L1, Qt::CaseInsensitive) == 0 || environment.compare("prod"_L1, Qt::CaseInsensitive) == 0;
}

bool isDryRun(const chat::Argument& argument)
{
    const auto name = (argument.option.isEmpty() ? argument.name : argument.option).toLower().remove(u'-').remove(u'_').remove(u' ');
    return argument.type == ArgumentType::Flag && (name == "dryrun"_L1 || name == "whatif"_L1 || name == "noop"_L1);
}

QString riskText(const chat::CommandSpec& spec, const QString& environment)
{
    QString risk;
    switch (spec.risk) {
    case Risk::Safe: return Words::tr("safe");
    case Risk::Mutates: risk = Words::tr("mutates"); break;
    case Risk::Danger: risk = Words::tr("danger"); break;
    case Risk::Unknown: risk = Words::tr("risk unknown"); break;
    }
    return environment.isEmpty() ? risk : environment.left(30) + u" · "_s + risk;
}

Token riskToken(const chat::CommandSpec& spec, const QString& environment)
{
    switch (spec.risk) {
    case Risk::Safe: return Token::Muted;
    case Risk::Danger: return Token::Danger;
    case Risk::Mutates: return isProduction(environment) ? Token::Danger : Token::Warning;
    case Risk::Unknown: break;
    }
    return isProduction(environment) ? Token::Danger : Token::Muted;
}

QString usageText(const palette::Usage& usage, const QString& self, qint64 nowMs)
{
    if (usage.runs <= 0)
        return Words::tr("never run");
    const auto ago = kit::agoText(nowMs - usage.lastAtMs);
    const bool mine = !self.isEmpty() && usage.lastBy == self;
    QString text = mine || usage.lastBy.isEmpty() ? (mine ? Words::tr("you ran it %1").arg(ago) : Words::tr("run %1").arg(ago))
                                                  : Words::tr("%1 ran it %2").arg(usage.lastBy.left(40), ago);
    if (usage.runs > 1)
        text += Words::tr(", %1 of %2 succeeded").arg(usage.succeeded).arg(usage.runs);
    if (usage.typicalMs > 0)
        text += Words::tr(", about %1").arg(kit::aboutText(usage.typicalMs));
    return text;
}

QString rangeText(const chat::Argument& argument)
{
    QString text;
    if (argument.minimum && argument.maximum)
        text = Words::tr("%1 to %2").arg(*argument.minimum).arg(*argument.maximum);
    else if (argument.minimum)
        text = Words::tr("at least %1").arg(*argument.minimum);
    else if (argument.maximum)
        text = Words::tr("at most %1").arg(*argument.maximum);
    if (!argument.defaultValue.isEmpty() && argument.type != ArgumentType::Flag)
        text += (text.isEmpty() ? QString() : u", "_s) + Words::tr("default %1").arg(argument.defaultValue);
    return text;
}

QString problemText(const Problem& problem)
{
    switch (problem.kind) {
    case Problem::Kind::Missing: return Words::tr("This is needed.");
    case Problem::Kind::NotANumber: return Words::tr("This has to be a number.");
    case Problem::Kind::OutOfRange:
        return problem.detail.isEmpty() ? Words::tr("This is out of range.") : Words::tr("Allowed: %1.").arg(problem.detail);
    case Problem::Kind::NotAChoice:
        return problem.detail.isEmpty() ? Words::tr("This is none of the choices.") : Words::tr("One of: %1.").arg(problem.detail);
    case Problem::Kind::UnknownOption: return Words::tr("The command does not know “%1”.").arg(problem.argument);
    case Problem::Kind::TooMany: return Words::tr("“%1” is one too many.").arg(problem.argument);
    case Problem::Kind::UnclosedQuote: return Words::tr("A quote is not closed.");
    case Problem::Kind::Characters: return Words::tr("Line breaks and control characters cannot be sent.");
    }
    return {};
}

} // namespace ridealong::paletteview
