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
    QString sign = {}; ///< "!", when that did
};

/// Nothing: the message is for people.
std::optional<Addressed> addressedIn(const QString& text, const Room& room);

CommandKeys keysOf(const QString& command);

} // namespace ridealong::correlator
