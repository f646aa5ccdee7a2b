// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/correlatedrun.h"
#include "correlator/habits.h"
#include "correlator/saying.h"

namespace ridealong::correlator {

/// What a bot's message is weighed against, beside the runs themselves.
struct Moment
{
    base::UserId bot;
    qint64 timeMs = 0; ///< the message's
    base::RunId before; ///< where the bot's last message went
    bool beforeIsOpen = false; ///< it wanted to go on
    bool isBurst = false; ///< the bot said it just now, and nobody spoke in between
    QSet<QString> shared; ///< words that several of the open commands have: they tell nothing apart
    int unanswered = 0; ///< commands of this bot that wait for their first word
};

struct WeighedRun
{
    const CorrelatedRun* run = nullptr;
    const Habit* wide = nullptr; ///< of its first word; null: nothing is known
    const Habit* narrow = nullptr;
    QSet<QString> words; ///< of its command
    bool isOldestUnanswered = false;
    bool isEarlierEqual = false; ///< another run with the same command waits as long, and began before
};

/// How likely it is, as a logarithm without a scale, that these words belong to that run.
double weigh(const WeighedRun& candidate, const Saying& saying, const Moment& moment);
/// That they belong to none.
double weighNone(const Saying& saying, const Moment& moment, const Habit* unasked);

/// Of the best one, in percent.
int confidenceIn(const std::vector<double>& scores);

} // namespace ridealong::correlator
