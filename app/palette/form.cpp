// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "palette/form.h"

#include "base/words.h"

#include <QLocale>

#include <cmath>

namespace ridealong::palette {
namespace {

using namespace Qt::StringLiterals;
using chat::Argument;
using chat::ArgumentType;

bool hasControls(const QString& value)
{
    return std::any_of(value.begin(), value.end(),
        [](QChar c) { return c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator; });
}

bool isFlag(const Argument& argument) { return argument.type == ArgumentType::Flag; }

/// A word that would be read as an option unless it is quoted.
bool looksLikeOption(const QString& word)
{
    return word.size() > 1 && (word[0] == u'-' || word[0] == QChar(0x2013) || word[0] == QChar(0x2014)) && !word[1].isDigit();
}

void checkNumber(const Argument& argument, const QString& value, QList<Problem>& problems)
{
    bool isNumber = false;
    double number = 0;
    bool below = false;
    bool above = false;
    if (argument.type == ArgumentType::Integer) {
        const qint64 integer = value.toLongLong(&isNumber);
        below = argument.minimum && integer < *argument.minimum;
        above = argument.maximum && integer > *argument.maximum;
    } else {
        number = QLocale::c().toDouble(value, &isNumber);
        isNumber = isNumber && std::isfinite(number);
        below = argument.minimum && number < double(*argument.minimum);
        above = argument.maximum && number > double(*argument.maximum);
    }
    if (!isNumber)
        problems += {Problem::Kind::NotANumber, argument.name, value};
    else if (below)
        problems += {Problem::Kind::OutOfRange, argument.name, u">= "_s + QString::number(*argument.minimum)};
    else if (above)
        problems += {Problem::Kind::OutOfRange, argument.name, u"<= "_s + QString::number(*argument.maximum)};
}

void check(const Argument& argument, const Values& values, QList<Problem>& problems)
{
    const QString value = values.value(argument.name);
    if (value.isEmpty()) {
        if (argument.required)
            problems += {Problem::Kind::Missing, argument.name, {}};
        return;
    }
    if (hasControls(value)) {
        problems += {Problem::Kind::Characters, argument.name, {}};
        return;
    }
    if (argument.type == ArgumentType::Integer || argument.type == ArgumentType::Number)
        checkNumber(argument, value, problems);
    else if (argument.type == ArgumentType::Choice && !argument.choices.isEmpty() && !argument.choices.contains(value))
        problems += {Problem::Kind::NotAChoice, argument.name, argument.choices.join(u", "_s)};
}

/// Of an option word: its argument, perhaps with "=value".
const Argument* optionOf(const chat::CommandSpec& spec, const QString& word, std::optional<QString>* inlineValue)
{
    const auto equals = word.indexOf(u'=');
    for (const Argument& argument : spec.arguments) {
        if (argument.option.isEmpty())
            continue;
        if (argument.option == word)
            return &argument;
        if (equals > 0 && argument.option == word.left(equals)) {
            *inlineValue = word.mid(equals + 1);
            return &argument;
        }
    }
    return nullptr;
}

QString quoted(const QString& value)
{
    const QString word = base::quoteWord(value);
    // Quotes tell that it is a value.
    return word == value && looksLikeOption(value) ? u'"' + value + u'"' : word;
}

/// Length of `name` at the beginning of `text`, as whole words; 0 when it is not there.
qsizetype nameLength(const QString& name, const QString& text)
{
    return !name.isEmpty() && text.startsWith(name) && (text.size() == name.size() || text[name.size()].isSpace()) ? name.size() : 0;
}

/// What follows prefix and name.
QString argumentsText(const chat::CommandSpec& spec, const QString& text)
{
    QString rest = text.trimmed();
    const QString prefix = spec.prefix.trimmed();
    if (const auto length = nameLength(prefix, rest))
        rest = rest.mid(length).trimmed();
    else if (!prefix.isEmpty() && !prefix.back().isLetterOrNumber() && rest.startsWith(prefix))
        rest = rest.mid(prefix.size()).trimmed(); // "/deploy", "!deploy"
    if (const auto length = nameLength(spec.name, rest))
        rest = rest.mid(length);
    return rest;
}

} // namespace

QString toString(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::Missing: return u"Missing"_s;
    case Problem::Kind::NotANumber: return u"NotANumber"_s;
    case Problem::Kind::OutOfRange: return u"OutOfRange"_s;
    case Problem::Kind::NotAChoice: return u"NotAChoice"_s;
    case Problem::Kind::UnknownOption: return u"UnknownOption"_s;
    case Problem::Kind::TooMany: return u"TooMany"_s;
    case Problem::Kind::UnclosedQuote: return u"UnclosedQuote"_s;
    case Problem::Kind::Characters: return u"Characters"_s;
    }
    return {};
}

Composed compose(const chat::CommandSpec& spec, const Values& values)
{
    Composed composed;
    if (spec.dialog)
        return composed;
    QStringList words{spec.prefix + spec.name};
    QStringList options;
    // A positional value after one that is absent keeps its place by an empty word.
    int pendingEmpty = 0;
    for (const Argument& argument : spec.arguments) {
        check(argument, values, composed.problems);
        const QString value = values.value(argument.name);
        const bool sendable = !hasControls(value);
        if (isFlag(argument)) {
            if (value == u"true"_s)
                options += argument.option.isEmpty() ? u"--"_s + argument.name : argument.option;
            continue;
        }
        if (!argument.option.isEmpty()) {
            if (!value.isEmpty() && sendable)
                options << argument.option << quoted(value);
            continue;
        }
        if (value.isEmpty() || !sendable) {
            ++pendingEmpty;
            continue;
        }
        for (; pendingEmpty > 0; --pendingEmpty)
            words += u"\"\""_s;
        // What repeats is a text of words of its own.
        words += argument.repeats ? value : quoted(value);
    }
    for (const QString& name : values.keys())
        if (std::none_of(spec.arguments.begin(), spec.arguments.end(), [&](const Argument& argument) { return argument.name == name; }))
            composed.problems += {Problem::Kind::UnknownOption, name, {}};
    for (const Argument& argument : spec.arguments)
        if (argument.repeats && !isFlag(argument) && !values.value(argument.name).isEmpty() && !base::wordsOf(values.value(argument.name)))
            composed.problems += {Problem::Kind::UnclosedQuote, argument.name, {}};
    // Options first when the last positional one takes all that is left.
    const bool rest = std::any_of(spec.arguments.begin(), spec.arguments.end(), [](const Argument& a) { return a.repeats && a.option.isEmpty(); });
    if (rest)
        words = words.mid(0, 1) + options + words.mid(1);
    else
        words += options;
    composed.text = words.join(u' ');
    return composed;
}

Parsed parse(const chat::CommandSpec& spec, const QString& text)
{
    Parsed parsed;
    const QString rest = argumentsText(spec, text);
    const auto words = base::wordsOf(rest);
    if (!words) {
        parsed.problems += {Problem::Kind::UnclosedQuote, {}, {}};
        return parsed;
    }
    std::vector<const Argument*> positional;
    for (const Argument& argument : spec.arguments)
        if (argument.option.isEmpty() && !isFlag(argument))
            positional.push_back(&argument);
    size_t next = 0;
    bool optionsOver = false;
    for (qsizetype i = 0; i < words->size(); ++i) {
        const base::Word& word = (*words)[i];
        if (!word.quoted && !optionsOver && word.text == u"--"_s) {
            optionsOver = true;
            continue;
        }
        if (!word.quoted && !optionsOver && looksLikeOption(word.text)) {
            std::optional<QString> value;
            const Argument* argument = optionOf(spec, word.text, &value);
            if (!argument)
                for (const Argument& flag : spec.arguments)
                    if (isFlag(flag) && flag.option.isEmpty() && word.text == u"--"_s + flag.name)
                        argument = &flag;
            if (argument) {
                if (isFlag(*argument)) {
                    parsed.values.insert(argument->name, u"true"_s);
                } else if (value) {
                    parsed.values.insert(argument->name, *value);
                } else if (i + 1 < words->size()) {
                    parsed.values.insert(argument->name, (*words)[++i].text);
                } else {
                    parsed.problems += {Problem::Kind::Missing, argument->name, {}};
                }
                continue;
            }
            // Chat programs turn "--" into a dash; say so instead of sending it.
            const bool dash = word.text[0] != u'-';
            parsed.problems += {Problem::Kind::UnknownOption, word.text, dash ? u"--"_s + word.text.mid(1) : QString()};
            continue;
        }
        if (next < positional.size() && positional[next]->repeats) {
            parsed.values.insert(positional[next]->name, rest.mid(word.begin).trimmed());
            break;
        }
        if (next == positional.size()) {
            parsed.problems += {Problem::Kind::TooMany, word.text, {}};
            continue;
        }
        if (!word.text.isEmpty())
            parsed.values.insert(positional[next]->name, word.text);
        ++next;
    }
    for (const Argument& argument : spec.arguments) {
        const bool told = std::any_of(parsed.problems.begin(), parsed.problems.end(), [&](const Problem& p) { return p.argument == argument.name; });
        if (!told)
            check(argument, parsed.values, parsed.problems);
    }
    return parsed;
}

const chat::CommandSpec* specOf(const QString& text, const QList<chat::CommandSpec>& specs)
{
    const QString trimmed = text.trimmed();
    const chat::CommandSpec* best = nullptr;
    qsizetype longest = 0;
    for (const chat::CommandSpec& spec : specs) {
        if (spec.dialog)
            continue; // no text is this command
        for (const QString& start : {spec.prefix + spec.name, spec.name}) {
            const auto length = nameLength(start, trimmed);
            if (length > longest) {
                longest = length;
                best = &spec;
            }
        }
    }
    return best;
}

} // namespace ridealong::palette
