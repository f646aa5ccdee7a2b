// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commandspec.h"

#include <QMap>

namespace ridealong::palette {

struct Problem
{
    enum class Kind { Missing, NotANumber, OutOfRange, NotAChoice, UnknownOption, TooMany, UnclosedQuote, Characters };
    Kind kind = Kind::Missing;
    QString argument; ///< name, or the text nobody knows
    QString detail; ///< the limit or the choices

    bool operator==(const Problem&) const = default;
};

/// "Missing" and so on, for the headless protocol.
QString toString(Problem::Kind kind);

struct Composed
{
    QString text; ///< exactly what will be sent
    QList<Problem> problems;
};

/// Values by argument name; Flag arguments are "true" or absent.
using Values = QMap<QString, QString>;

/// The text of a command with these arguments: prefix, name, positional ones, options. A value with spaces or quotes is
/// quoted; control characters and line breaks are a problem (Characters), never sent. A command that is a dialogue has no text: it is empty.
Composed compose(const chat::CommandSpec& spec, const Values& values);

struct Parsed
{
    Values values;
    QList<Problem> problems;
};

/// The reverse, for a text the user edits: parse(compose(v)) == v.
Parsed parse(const chat::CommandSpec& spec, const QString& text);

/// The command that `text` begins with (longest name), or null. None that is a dialogue.
const chat::CommandSpec* specOf(const QString& text, const QList<chat::CommandSpec>& specs);

} // namespace ridealong::palette
