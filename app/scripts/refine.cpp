// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/header.h"
#include "scripts/usage.h"

namespace ridealong::scripts {

using namespace Qt::StringLiterals;
using chat::Argument;
using chat::ArgumentType;

namespace {

/// What one line of the Arguments section says.
struct Refinement
{
    std::optional<ArgumentType> type;
    QStringList choices;
    QString defaultValue;
    std::optional<bool> required;
    std::optional<qint64> minimum, maximum;
    QString help;
};

constexpr int kMaxDigits = 18;

QStringView withoutSpaceBefore(QStringView text)
{
    while (!text.isEmpty() && text.front().isSpace())
        text = text.sliced(1);
    return text;
}

bool takeSeparator(QStringView& text)
{
    const QStringView at = withoutSpaceBefore(text);
    for (const QStringView separator : {u"-", u"–", u"..", u"to"}) {
        if (at.startsWith(separator)) {
            text = withoutSpaceBefore(at.sliced(separator.size()));
            return true;
        }
    }
    return false;
}

/// Where " - " begins, with one of the dashes; it may be at either end of the text. −1: nowhere.
qsizetype findDash(QStringView text)
{
    const auto isEdge = [text](qsizetype at) { return at < 0 || at == text.size() || text[at].isSpace(); };
    for (qsizetype i = 0; i < text.size(); ++i)
        if ((text[i] == u'-' || text[i] == u'–' || text[i] == u'—') && isEdge(i - 1) && isEdge(i + 1))
            return i;
    return -1;
}

/// "1-64", "1..64", "1 to 64", "1-", "-5..5". False when it is none.
bool readRange(const QString& text, Refinement& refinement)
{
    QStringView rest = text;
    refinement.minimum = takeNumber(rest, kMaxDigits);
    if (!takeSeparator(rest)) { // "-5" has no minimum, and 5 for its maximum
        rest = text;
        refinement.minimum.reset();
        if (!takeSeparator(rest))
            return false;
    }
    refinement.maximum = takeNumber(rest, kMaxDigits);
    if (!rest.isEmpty() || (!refinement.minimum && !refinement.maximum))
        return false;
    return !refinement.minimum || !refinement.maximum || *refinement.minimum <= *refinement.maximum;
}

void readPiece(const QString& piece, Refinement& refinement, int line, Problems& problems)
{
    const QString lower = piece.toLower();
    if (lower == u"required" || lower == u"optional") {
        refinement.required = lower == u"required";
        return;
    }
    const auto space = piece.indexOf(u' ');
    const QString word = space < 0 ? lower : lower.left(space);
    const QString rest = space < 0 ? QString() : piece.mid(space + 1).trimmed();
    if (word == u"default") {
        refinement.defaultValue = rest;
        return;
    }
    auto type = chat::argumentTypeFromString(word);
    if (!type && (word == u"int" || word == u"whole"))
        type = ArgumentType::Integer;
    if (!type)
        return problems.add(line, u"unknown kind of argument '%1'"_s.arg(piece));
    refinement.type = type;
    if (rest.isEmpty())
        return;
    if (*type == ArgumentType::Choice)
        refinement.choices += rest.split(u' ', Qt::SkipEmptyParts);
    else if ((*type != ArgumentType::Integer && *type != ArgumentType::Number) || !readRange(rest, refinement))
        problems.add(line, u"'%1' is no range"_s.arg(rest));
}

Refinement readRefinement(const QString& text, int line, Problems& problems)
{
    Refinement refinement;
    const qsizetype dash = findDash(text);
    refinement.help = dash < 0 ? QString() : text.mid(dash + 1).trimmed();
    const QString kinds = text.left(dash); // all of it when there is no dash
    bool choosing = false; // "one of a, b, c" takes the commas that follow
    for (const QString& part : kinds.split(u',', Qt::SkipEmptyParts)) {
        const QString piece = part.trimmed();
        if (piece.isEmpty())
            continue;
        if (piece.startsWith(u"one of ", Qt::CaseInsensitive)) {
            choosing = true;
            refinement.type = ArgumentType::Choice;
            refinement.choices += piece.mid(7).split(u'|');
        } else if (choosing && !piece.startsWith(u"default ", Qt::CaseInsensitive) && piece != u"required" && piece != u"optional") {
            refinement.choices += piece.split(u" or "_s);
        } else {
            choosing = false;
            readPiece(piece, refinement, line, problems);
        }
    }
    for (QString& choice : refinement.choices)
        choice = choice.trimmed();
    refinement.choices.removeAll(QString());
    refinement.choices.removeDuplicates();
    if (refinement.choices.size() > kMaxChoices) {
        problems.add(line, u"more than %1 choices"_s.arg(kMaxChoices));
        refinement.choices.resize(kMaxChoices);
    }
    return refinement;
}

/// Empty when the default fits, else why not.
QString defaultProblem(const Argument& argument)
{
    const QString& value = argument.defaultValue;
    bool number = true;
    double parsed = 0;
    if (argument.type == ArgumentType::Integer)
        parsed = double(value.toLongLong(&number));
    else if (argument.type == ArgumentType::Number)
        parsed = value.toDouble(&number);
    if (!number)
        return u"the default '%1' is no number"_s.arg(value);
    if ((argument.minimum && parsed < double(*argument.minimum)) || (argument.maximum && parsed > double(*argument.maximum)))
        return u"the default %1 is out of range"_s.arg(value);
    if (argument.type == ArgumentType::Choice && !argument.choices.contains(value))
        return u"the default '%1' is not among the choices"_s.arg(value);
    return {};
}

void apply(const Refinement& refinement, Argument& argument, int line, Problems& problems)
{
    const auto type = refinement.type.value_or(argument.type);
    const bool isFlag = argument.type == ArgumentType::Flag && !argument.option.isEmpty();
    if ((type == ArgumentType::Flag) != isFlag && refinement.type) {
        problems.add(line, u"'%1' is%2 a flag in its command"_s.arg(argument.name, isFlag ? QString() : u" not"_s));
    } else if (type == ArgumentType::Choice && refinement.choices.isEmpty() && argument.choices.isEmpty()) {
        problems.add(line, u"'%1' has no choices"_s.arg(argument.name));
    } else {
        argument.type = type;
        if (!refinement.choices.isEmpty())
            argument.choices = refinement.choices;
        if (type != ArgumentType::Choice)
            argument.choices.clear();
        argument.minimum = refinement.minimum;
        argument.maximum = refinement.maximum;
    }
    if (refinement.required && !isFlag)
        argument.required = *refinement.required;
    argument.help = refinement.help;
    argument.defaultValue = refinement.defaultValue;
    if (argument.defaultValue.isEmpty())
        return;
    if (const QString problem = defaultProblem(argument); !problem.isEmpty()) {
        problems.add(line, problem);
        argument.defaultValue.clear();
    }
}

} // namespace

void refineArguments(const HeaderLine& line, QList<chat::CommandSpec>& commands, Problems& problems)
{
    const auto colon = line.text.indexOf(u':');
    if (colon <= 0)
        return problems.add(line.number, u"'name: kind - help' expected"_s);
    QString name = line.text.left(colon).trimmed();
    if (name.startsWith(u'<') || name.startsWith(u'['))
        name = name.mid(1, name.size() - 2);
    const Refinement refinement = readRefinement(line.text.mid(colon + 1).trimmed(), line.number, problems);
    bool used = false;
    Problems once; // the same words for three commands are one problem
    for (chat::CommandSpec& spec : commands) {
        for (Argument& argument : spec.arguments) {
            if (argument.name != name && argument.option != name)
                continue;
            apply(refinement, argument, line.number, used ? once : problems);
            used = true;
        }
    }
    if (!used)
        problems.add(line.number, u"no command has an argument '%1'"_s.arg(name));
}

} // namespace ridealong::scripts
