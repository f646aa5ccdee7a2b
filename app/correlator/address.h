// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/correlator.h"

namespace ridealong::correlator {

/// A message to a bot.
struct Addressed
{
    QList<base::UserId> bots; ///< several when the sign before it is one of theirs each
    QString command; ///< without what addressed the bot
};

/// Nothing: the message is for people.
std::optional<Addressed> addressedIn(const QString& text, const Room& room);

/// "deploy", and "deploy staging" when the second word is one that commands are made of. By these habits are kept.
struct CommandKeys
{
    QString wide; ///< one word
    QString narrow; ///< two, or the same
};
CommandKeys keysOf(const QString& command);

} // namespace ridealong::correlator
