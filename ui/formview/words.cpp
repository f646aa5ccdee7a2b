// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "formview/words.h"

#include "kit/errortext.h"

#include <QCoreApplication>

namespace ridealong::formview {
namespace {

using namespace Qt::StringLiterals;
using Kind = chat::FormField::Kind;
using Wrong = chat::FormProblem::Kind;
using Type = chat::FormRule::Type;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FormWords)
};

} // namespace

QString safeText(const QString& text)
{
    QString safe;
    safe.reserve(text.size());
    for (const QChar c : text)
        if (c == u'\n' || c == u'\t' || (c.category() != QChar::Other_Format && c.category() != QChar::Other_Control))
            safe += c;
    return safe;
}

QString labelOf(const chat::FormField& field) { return safeText(field.label.isEmpty() ? field.key : field.label).simplified(); }
QString labelOf(const chat::FormOption& option) { return safeText(option.label.isEmpty() ? option.value : option.label).simplified(); }
QString labelOf(const chat::FormTable::Column& column) { return safeText(column.label.isEmpty() ? column.key : column.label).simplified(); }

QString answerText(const chat::FormField& field)
{
    if (field.kind == Kind::Boolean)
        return field.values.value(0) == "true"_L1 ? Words::tr("Yes") : Words::tr("No");
    QStringList lines;
    for (const QString& value : field.values) {
        const auto option
            = std::find_if(field.options.begin(), field.options.end(), [&value](const chat::FormOption& known) { return known.value == value; });
        lines << (option == field.options.end() ? safeText(value) : labelOf(*option));
    }
    return lines.join(u'\n');
}

QString ruleText(const chat::FormField& field)
{
    if (field.kind == Kind::Addresses)
        return Words::tr("One address on each line");
    const chat::FormRule& rule = field.rule;
    QString what;
    switch (rule.type) {
    case Type::Any: return {};
    case Type::Integer: what = Words::tr("A whole number"); break;
    case Type::Decimal: what = Words::tr("A number"); break;
    case Type::Date: what = Words::tr("A date such as 2026-01-31"); break;
    }
    const QString low = safeText(rule.minimum).left(40), high = safeText(rule.maximum).left(40);
    if (!low.isEmpty() && !high.isEmpty())
        return Words::tr("%1, from %2 to %3").arg(what, low, high);
    if (!low.isEmpty())
        return Words::tr("%1, %2 or more").arg(what, low);
    return high.isEmpty() ? what : Words::tr("%1, %2 or less").arg(what, high);
}

QString problemText(const chat::FormProblem& problem)
{
    const QString limit = safeText(problem.detail).left(40);
    switch (problem.kind) {
    case Wrong::Missing: return Words::tr("This is needed.");
    case Wrong::NotAnInteger: return Words::tr("This has to be a whole number.");
    case Wrong::NotADecimal: return Words::tr("This has to be a number, with a point before what is less than one.");
    case Wrong::NotADate: return Words::tr("This has to be a date such as 2026-01-31.");
    case Wrong::TooLow: return Words::tr("The least is %1.").arg(limit);
    case Wrong::TooHigh: return Words::tr("The most is %1.").arg(limit);
    case Wrong::NotAnOption: return Words::tr("Choose from the list.");
    case Wrong::NotAnAddress: return Words::tr("This is not an address: it has a space in it.");
    case Wrong::NoMatch: return Words::tr("This is not written as it has to be.");
    case Wrong::Characters: return Words::tr("There are characters in this that cannot be sent.");
    }
    Q_UNREACHABLE();
}

QString failureText(const base::Error& error, Progress progress)
{
    using ErrorKind = base::ErrorKind;
    const bool isOffline = error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout;
    if (progress == Progress::Stands)
        return Words::tr("This was not accepted. What you filled in is kept; change it and try again, or cancel.");
    if (progress == Progress::Unknown && isOffline)
        return Words::tr("No answer came. It may have been done all the same: look before you run the command again.");
    if (progress == Progress::Lost && isOffline)
        return Words::tr("The connection broke, and the command with it. Nothing more was done; run it again when you are connected.");
    if (progress != Progress::Nothing && error.kind == ErrorKind::NotFound)
        return Words::tr("Too much time has passed, and the bot has forgotten this command. Nothing more was done; run it again.");
    return kit::errorText(error);
}

} // namespace ridealong::formview
