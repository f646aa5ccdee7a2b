// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/argumentcheck.h"

#include "scripts/suggest.h"

#include <QSet>

namespace ridealong::run {

using namespace Qt::StringLiterals;
using chat::Argument;
using chat::ArgumentType;

namespace {

QString rangeProblem(const Argument& argument, double value, const QString& word)
{
    const bool low = argument.minimum && value < double(*argument.minimum);
    const bool high = argument.maximum && value > double(*argument.maximum);
    if (!low && !high)
        return {};
    if (argument.minimum && argument.maximum)
        return u"'%1' must be %2 to %3, not %4"_s.arg(argument.name).arg(*argument.minimum).arg(*argument.maximum).arg(word);
    return low ? u"'%1' must be at least %2, not %3"_s.arg(argument.name).arg(*argument.minimum).arg(word)
               : u"'%1' must be at most %2, not %3"_s.arg(argument.name).arg(*argument.maximum).arg(word);
}

QString valueProblem(const Argument& argument, const QString& word)
{
    bool number = true;
    switch (argument.type) {
    case ArgumentType::Integer: {
        const qint64 value = word.toLongLong(&number);
        return number ? rangeProblem(argument, double(value), word) : u"'%1' must be a whole number, not '%2'"_s.arg(argument.name, word);
    }
    case ArgumentType::Number: {
        const double value = word.toDouble(&number);
        return number && qIsFinite(value) ? rangeProblem(argument, value, word) : u"'%1' must be a number, not '%2'"_s.arg(argument.name, word);
    }
    case ArgumentType::Choice:
        if (argument.choices.contains(word))
            return {};
        return u"'%1' must be one of %2, not '%3'"_s.arg(argument.name, argument.choices.join(u", "_s), word);
    case ArgumentType::Path: return word.isEmpty() ? u"'%1' is empty"_s.arg(argument.name) : QString();
    default: return {};
    }
}

bool takesAnything(const chat::CommandSpec& spec)
{
    const auto hasOption = [](const Argument& argument) { return !argument.option.isEmpty(); };
    return !spec.arguments.isEmpty() && spec.arguments.last().repeats && spec.arguments.last().type == ArgumentType::Text
        && std::none_of(spec.arguments.begin(), spec.arguments.end(), hasOption);
}

/// One pass over the words; stops at the first problem.
class Check
{
public:
    explicit Check(const chat::CommandSpec& spec) : m_spec(spec)
    {
        for (const Argument& argument : spec.arguments)
            if (argument.option.isEmpty())
                m_positional += &argument;
    }

    QString run(const QStringList& words)
    {
        const bool anything = takesAnything(m_spec);
        bool optionsEnded = anything;
        for (qsizetype i = 0; i < words.size() && m_problem.isEmpty(); ++i) {
            const QString& word = words[i];
            if (!optionsEnded && word == u"--")
                optionsEnded = true;
            else if (!optionsEnded && (word.startsWith(u"--") || optionOf(word)))
                i += option(word, i + 1 < words.size() ? std::optional(words[i + 1]) : std::nullopt);
            else
                positional(word);
        }
        return m_problem.isEmpty() ? missing() : m_problem;
    }

private:
    const Argument* optionOf(const QString& name) const
    {
        for (const Argument& argument : m_spec.arguments)
            if (!argument.option.isEmpty() && argument.option == name)
                return &argument;
        return nullptr;
    }

    /// How many words more it took.
    int option(const QString& word, const std::optional<QString>& next)
    {
        const auto equals = word.indexOf(u'=');
        const QString name = equals < 0 ? word : word.left(equals);
        const Argument* argument = optionOf(name);
        if (!argument) {
            QStringList names;
            for (const Argument& known : m_spec.arguments)
                if (!known.option.isEmpty())
                    names += known.option;
            m_problem = u"unknown option '%1'"_s.arg(name) + scripts::didYouMean(name, names);
            return 0;
        }
        m_given += argument;
        if (argument->type == ArgumentType::Flag) {
            if (equals >= 0)
                m_problem = u"'%1' takes no value"_s.arg(name);
            return 0;
        }
        if (equals < 0 && (!next || next->startsWith(u"--"))) {
            m_problem = u"'%1' needs a value"_s.arg(name);
            return 0;
        }
        m_problem = valueProblem(*argument, equals < 0 ? *next : word.mid(equals + 1));
        return equals < 0 ? 1 : 0;
    }

    void positional(const QString& word)
    {
        if (m_next >= m_positional.size()) {
            m_problem = u"'%1' is one argument too many"_s.arg(word);
            return;
        }
        const Argument* argument = m_positional[m_next];
        m_given += argument;
        m_problem = valueProblem(*argument, word);
        if (!argument->repeats)
            ++m_next;
    }

    QString missing() const
    {
        QStringList names;
        for (const Argument& argument : m_spec.arguments)
            if (argument.required && !m_given.contains(&argument))
                names += u'\'' + (argument.option.isEmpty() ? argument.name : argument.option) + u'\'';
        return names.isEmpty() ? QString() : u"missing: %1"_s.arg(names.join(u", "_s));
    }

    const chat::CommandSpec& m_spec;
    QList<const Argument*> m_positional;
    QSet<const Argument*> m_given;
    qsizetype m_next = 0;
    QString m_problem;
};

} // namespace

QString argumentProblem(const chat::CommandSpec& spec, const QStringList& words) { return Check(spec).run(words); }

} // namespace ridealong::run
