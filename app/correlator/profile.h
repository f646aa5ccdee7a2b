// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/run.h"

#include <QHash>
#include <QList>
#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace ridealong::correlator {

// A profile is a file that users write and share, so it is read as anything foreign.
inline constexpr qsizetype kMaxProfileBytes = 64 * 1024;
inline constexpr qsizetype kMaxProfileEntries = 200; ///< of any of its lists
inline constexpr qsizetype kMaxPatternChars = 500;
/// No more of a line is given to a profile's patterns.
inline constexpr qsizetype kMaxMatchedChars = 2000;

/// A line that says how a run stands.
struct StateRule
{
    QRegularExpression pattern;
    std::optional<chat::RunState> state; ///< none: the line belongs to a run and says nothing of its end
    QString detail; ///< "\1" stands for the first thing captured; empty: the line itself
    bool ends = false; ///< nothing comes after it
    QStringList answers; ///< what the caller may say next, as part of the same run: "yes", "no"; "\\1" is what was found

    bool operator==(const StateRule&) const = default;
};

/// How one kind of bot speaks: what addresses it, what it says of its runs. Data, not code: resources/bots and the profile's own folder.
struct BotProfile
{
    QString id; ///< "hubot"
    QString title; ///< "Hubot"
    QStringList names; ///< a bot called so is taken for one of these
    QList<QRegularExpression> sayings; ///< one that says so, too
    bool byName = true; ///< "hubot ping", "@hubot: ping"
    QStringList prefixes; ///< "!": stands right before the command
    bool bareInDirect = false; ///< alone with it, nothing has to stand before a command
    bool answersOnce = false; ///< one message an answer, always
    bool cutsWords = false; ///< its adapter cuts what is long anywhere, inside words too
    QRegularExpression executionId; ///< captures `id`; what names the same one belongs together
    QList<StateRule> rules; ///< the first that matches counts
    QHash<QString, chat::RunState> reactions; ///< by the bot, to the command; Running lasts until it is taken away
    qint64 noReplyMs = 20'000; ///< until something is learned
    qint64 quietMs = 2'500; ///< after so long without another line an answer is taken to be whole

    bool operator==(const BotProfile&) const = default;
};

/// Errors: Invalid, with what is wrong and where: "rules[3].match: missing )".
base::Expected<BotProfile> readProfile(const QByteArray& json);

} // namespace ridealong::correlator
