// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/form.h"

#include <QDate>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <optional>

namespace ridealong::chat {
namespace {

using namespace Qt::StringLiterals;
using Kind = FormField::Kind;
using Wrong = FormProblem::Kind;
using Type = FormRule::Type;

// A pattern comes from outside, and one can be made that takes for ever. With these no answer takes longer than a blink.
constexpr qsizetype kMaxPatternChars = 512;
constexpr qsizetype kMaxMatchedChars = 4096;
constexpr QLatin1StringView kPatternLimits("(*NO_JIT)(*LIMIT_MATCH=20000)(*LIMIT_DEPTH=2000)");

std::optional<qint64> integer(const QString& text)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

std::optional<double> decimal(const QString& text)
{
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<QDate> date(const QString& text)
{
    const QDate day = QDate::fromString(text, Qt::ISODate);
    return day.isValid() ? std::optional(day) : std::nullopt;
}

template <typename Reader> std::optional<FormProblem> outOfRange(const QString& value, const FormRule& rule, Wrong notOne, Reader read)
{
    const auto given = read(value.trimmed());
    if (!given)
        return FormProblem{{}, notOne, {}};
    const auto low = read(rule.minimum), high = read(rule.maximum);
    if (low && *given < *low)
        return FormProblem{{}, Wrong::TooLow, rule.minimum};
    if (high && *given > *high)
        return FormProblem{{}, Wrong::TooHigh, rule.maximum};
    return std::nullopt;
}

/// What cannot be judged counts as a match: whoever asks will say.
bool matches(const QString& value, const QString& pattern)
{
    if (pattern.isEmpty() || pattern.size() > kMaxPatternChars || value.size() > kMaxMatchedChars)
        return true;
    const QRegularExpression whole(kPatternLimits + u"\\A(?:"_s + pattern + u")\\z"_s);
    if (!whole.isValid())
        return true;
    const auto match = whole.match(value);
    return !match.isValid() || match.hasMatch();
}

/// Whoever asks knows what an address is; here only what none can be.
bool isAddress(const QString& value)
{
    return std::none_of(value.begin(), value.end(), [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
}

bool hasControls(const QString& value)
{
    return std::any_of(value.begin(), value.end(), [](QChar c) { return c != u'\t' && c.category() == QChar::Other_Control; });
}

bool isOption(const FormField& field, const QString& value)
{
    return std::any_of(field.options.begin(), field.options.end(), [&value](const FormOption& option) { return option.value == value; });
}

std::optional<FormProblem> problemOf(const FormField& field, const QString& value)
{
    if (hasControls(value))
        return FormProblem{{}, Wrong::Characters, {}};
    if ((field.kind == Kind::Choice || field.kind == Kind::MultiChoice) && !field.isOpen && !isOption(field, value))
        return FormProblem{{}, Wrong::NotAnOption, {}};
    if ((field.kind == Kind::Address || field.kind == Kind::Addresses) && !isAddress(value))
        return FormProblem{{}, Wrong::NotAnAddress, {}};
    std::optional<FormProblem> wrong;
    switch (field.rule.type) {
    case Type::Any: break;
    case Type::Integer: wrong = outOfRange(value, field.rule, Wrong::NotAnInteger, integer); break;
    case Type::Decimal: wrong = outOfRange(value, field.rule, Wrong::NotADecimal, decimal); break;
    case Type::Date: wrong = outOfRange(value, field.rule, Wrong::NotADate, date); break;
    }
    if (!wrong && !matches(value, field.rule.pattern))
        wrong = FormProblem{{}, Wrong::NoMatch, {}};
    return wrong;
}

bool isAnswered(const FormField& field) { return !field.key.isEmpty() && field.kind != Kind::Fixed; }
bool isJudged(const FormField& field) { return isAnswered(field) && field.kind != Kind::Hidden && field.kind != Kind::Boolean; }

std::optional<FormProblem> problemOf(const FormField& field, const QStringList& values)
{
    const bool isEmpty = std::all_of(values.begin(), values.end(), [](const QString& value) { return value.isEmpty(); });
    if (isEmpty)
        return field.required ? std::optional(FormProblem{{}, Wrong::Missing, {}}) : std::nullopt;
    for (const QString& value : values) {
        if (value.isEmpty() && field.kind == Kind::MultiLine)
            continue; // a line between two paragraphs
        if (auto wrong = problemOf(field, value))
            return wrong;
    }
    return std::nullopt;
}

} // namespace

FormValues valuesOf(const Form& form)
{
    FormValues values;
    for (const FormField& field : form.fields)
        if (isAnswered(field))
            values.insert(field.key, field.values);
    return values;
}

QList<FormProblem> validate(const Form& form, const FormValues& values)
{
    QList<FormProblem> problems;
    for (const FormField& field : form.fields) {
        if (!isJudged(field))
            continue;
        if (auto wrong = problemOf(field, values.value(field.key))) {
            wrong->key = field.key;
            problems.append(*wrong);
        }
    }
    return problems;
}

} // namespace ridealong::chat
