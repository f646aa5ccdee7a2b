// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace ridealong::chat {

struct FormOption
{
    QString value; ///< what is answered
    QString label; ///< for people; empty: the value

    bool operator==(const FormOption&) const = default;
};

/// What a value has to be, where whoever asks says so.
struct FormRule
{
    enum class Type { Any, Integer, Decimal, Date };

    Type type = Type::Any;
    QString minimum, maximum; ///< as values of the type; empty: none
    QString pattern; ///< a regular expression for the whole value; one that we do not understand counts as none

    bool operator==(const FormRule&) const = default;
};

struct FormField
{
    enum class Kind {
        Text, ///< one line
        Secret, ///< one line that nobody beside may read
        MultiLine, ///< a value is a line
        Boolean, ///< "true" or "false"
        Choice, ///< one of the options
        MultiChoice,
        Address, ///< of a person or a room, as the server writes it
        Addresses, ///< a value each
        Fixed, ///< text to be read, a value is a paragraph; it has no answer
        Hidden, ///< answered as it came, and not shown
    };

    QString key; ///< unique in its form; empty for Fixed
    QString label; ///< for people; empty: the key
    QString description;
    Kind kind = Kind::Text;
    bool required = false;
    bool isOpen = false; ///< Choice and MultiChoice: other values than the options will do, too
    QList<FormOption> options;
    QStringList values; ///< what is filled in already
    FormRule rule;

    bool operator==(const FormField&) const = default;
};

/// A question of several fields, or (as `isResult`) an answer to be read.
struct Form
{
    QString title;
    QString instructions;
    QList<FormField> fields;
    bool isResult = false;

    bool isEmpty() const { return title.isEmpty() && instructions.isEmpty() && fields.isEmpty(); }
    bool operator==(const Form&) const = default;
};

/// A result of rows that are alike.
struct FormTable
{
    struct Column
    {
        QString key;
        QString label; ///< for people; empty: the key

        bool operator==(const Column&) const = default;
    };

    QString title;
    QList<Column> columns;
    QList<QStringList> rows; ///< each has a cell for every column
    bool isCut = false; ///< there was more than can be kept

    bool isEmpty() const { return columns.isEmpty(); }
    bool operator==(const FormTable&) const = default;
};

/// Answers by the keys of fields. A key that is not there has no value.
using FormValues = QMap<QString, QStringList>;

struct FormProblem
{
    enum class Kind {
        Missing,
        NotAnInteger,
        NotADecimal,
        NotADate, ///< not as 2026-01-31
        TooLow, ///< `detail`: the limit
        TooHigh,
        NotAnOption,
        NotAnAddress,
        NoMatch, ///< of the pattern
        Characters, ///< a line has line breaks, or there are control characters
    };

    QString key;
    Kind kind = Kind::Missing;
    QString detail;

    bool operator==(const FormProblem&) const = default;
};

/// What is filled in already, of all fields that are answered.
FormValues valuesOf(const Form& form);
/// What is wrong with the answers, at most one problem a field, in the order of the fields. That all is well here does not mean that
/// whoever asks is content.
QList<FormProblem> validate(const Form& form, const FormValues& values);

} // namespace ridealong::chat
