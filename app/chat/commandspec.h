// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"

#include <QList>
#include <QStringList>

namespace ridealong::chat {

enum class ArgumentType { Text, Integer, Number, Flag, Choice, Path, User, Room };
enum class Risk { Unknown, Safe, Mutates, Danger };

/// One argument of a command. Positional unless `option` is set.
struct Argument
{
    QString name;
    QString help;
    ArgumentType type = ArgumentType::Text;
    QString option; ///< "--streams"; empty for a positional one
    bool required = false;
    bool repeats = false; ///< the last positional one only: takes all that is left
    QStringList choices;
    QString defaultValue;
    std::optional<qint64> minimum; ///< Integer and Number
    std::optional<qint64> maximum;

    bool operator==(const Argument&) const = default;
};

/// What a bot understands. Learned from the bot, stored, and used offline.
struct CommandSpec
{
    base::AccountId account;
    base::UserId bot;
    QString name; ///< "migrate start": what is typed after the bot's name
    QString prefix; ///< what addresses the bot: "runner "
    QString title; ///< one line
    QString help;
    QList<Argument> arguments; ///< positional ones in their order
    Risk risk = Risk::Unknown;
    QString environment; ///< empty: any
    QString source; ///< where the script stands, for people
    QStringList examples;
    bool dialog = false; ///< answered by CommandFacet::open and its forms; it has no text that could be sent
    QString node; ///< with `dialog`: the backend's own name of it

    bool operator==(const CommandSpec&) const = default;
};

/// "safe", "mutates", "danger", "unknown".
QString toString(Risk risk);
Risk riskFromString(QStringView text); ///< Unknown for anything else
/// "text", "integer", "number", "flag", "choice", "path", "user", "room".
QString toString(ArgumentType type);
std::optional<ArgumentType> argumentTypeFromString(QStringView text);

} // namespace ridealong::chat
