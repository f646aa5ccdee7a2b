// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/association.h"
#include "correlator/correlatedrun.h"
#include "correlator/habits.h"
#include "correlator/hindsight.h"
#include "correlator/saying.h"

#include <optional>
#include <vector>

namespace ridealong::correlator {

/// What a bot's message is weighed against, beside the runs themselves.
struct Moment
{
    base::UserId bot;
    qint64 timeMs = 0; ///< the message's
    base::RunId before; ///< where the bot's last message went
    bool beforeIsOpen = false; ///< it wanted to go on
    bool marksItsOwn = false; ///< the bot sends envelopes
    bool isAtOnce = false; ///< in the same moment
    bool isBurst = false; ///< the bot said it just now, and nobody spoke in between
    QHash<QString, int> words; ///< how many of the commands that are in the air have a word: what all have tells nothing apart
    int open = 0; ///< of this bot's commands of late, those that are not over
};

/// What each sign weighs.
struct Weights
{
    double called = 7; ///< the asker by name
    double calledAnother = -12;
    double notCalled = -2.7; ///< a command whose answers always call
    double goesOn = 6; ///< an open bracket, an indented line, right behind its own last line
    double nextInBurst = 1.04; ///< right behind its own last line
    double atOnce = 1.63; ///< in the same moment
    double begins = -3; ///< with what looks like the middle of something
    double goesOnLater = 4; ///< a bracket that is open, and what looks like the middle of something
    double breaksOff = -1.5; ///< what stands for itself, while a bracket is open
    double word = 0.65; ///< each rare word of the command
    double form = 1.5; ///< and each in another form
    double mostWords = 4.8;
    double sameShape = 0.98; ///< as its own last message
    double further = 2; ///< a higher percentage of the same
    double notFurther = -3.2;
    double startsHigh = -1.5;
    double stopsShort = -1.2; ///< no progress any more, though it was not at its end
    double arrived = 1; ///< or was
    double sameStep = 2.5; ///< its numbers go on as they did
    double nearest = 1; ///< of several that say the like, these numbers are next to its own
    double notNearest = -1.5;
    double done = -6; ///< its bot said that it is over
    double complete = -1.8; ///< it has all that it ever had
    double ended = -3.645;
    double unmarked = -9; ///< its bot marks what belongs to something, and did not mark this
    double inTurn = 0.32; ///< the first who asked
    double waits = 0.97; ///< for its first word
    double waitsAlone = 1; ///< and no other does
    double repeatsLast = -4.55;
    double repeats = -4;
    double laterEqual = -1.755; ///< of two equal commands the second
    double none = -4;
    double noneAgain = 1.75; ///< in hindsight, where each run is held against others of its command
    double noneCaused = -0.5; ///< and a command in the air is likely to cause it
    double noneKnown = 3.38; ///< what mostly is said without being asked
    double tagged = 1.2; ///< it names something that no command in the air does: "[alert]", "cron:"
    double unexplained = 4.5; ///< it was said before, and by none of the commands in question
    double late = -1.3; ///< falls slowly: a second is nothing special, a minute is
    double lateUnknown = 0.81; ///< of that, where nothing is known yet
    double lift = 0.8; ///< the command was before such words oftener than at any time, see Association
    double cover = 1.5; ///< and always
    double precedent = 0.7; ///< as others of its command, see Hindsight
    double punctual = 1.05; ///< and at the same time
    double owed = 0.3; ///< and it has nothing else
    double newShape = 0.045; ///< so often a command says something that it never said
    double shape = 1;
    double closes = 6; ///< a fence that is open
    double anotherBot = -7; ///< a command to another bot
    double perhapsAnother = -0.41;
    double neverAnswers = -5; ///< such a sign, while another bot does
    double silent = -1.5; ///< it had no answer for longer than any takes
    double leap = -0.03; ///< each per cent that a progress goes further than a fifth
    double heard = -1.08; ///< a sentence to nobody that a bot listens for
    double heardUnasked = -1.5; ///< and that is no question
};

inline constexpr Weights kWeights;

struct WeighedRun
{
    const CorrelatedRun* run = nullptr;
    const Habit* wide = nullptr; ///< of its first word; null: nothing is known
    const Habit* narrow = nullptr;
    qsizetype common = 0; ///< words that its command and the message have
    bool isOldestUnanswered = false;
    bool isLaterEqual = false; ///< of those of its kind that are as far as it, another waits longer
    bool repeatsLast = false; ///< these are its last words, and another run of the same kind has not said them
    bool repeats = false; ///< it has these very words, and another run of the same kind has not
    bool hasOpenFence = false;
    bool isNearest = false; ///< of several whose last words are like these, the numbers in its own are the next lower ones
    bool isFarther = false; ///< of such, another is nearer
    Association::Strength association = {};
    std::optional<Hindsight::Strength> hindsight = {}; ///< when the past is thought over; then habits say nothing of shapes
    double own = 0; ///< what this very message added to its habit when it was weighed before
    QString signature = {}; ///< of what is weighed, seen from its command
};

/// How often a run of its command has a message of this shape, as far as other messages tell; below zero: somebody said never.
double rateOf(const WeighedRun& candidate);
/// How likely it is, as a logarithm without a scale, that these words belong to that run.
double weigh(const WeighedRun& candidate, const Saying& saying, const Moment& moment);
/// What the bot says in this shape without being asked, of all that it says so; without this very message.
struct Unasked
{
    double seen = 0;
    double all = 0;
    double explained = 0; ///< how often a run of the likeliest of the commands in question says so
    double cause = 0; ///< how likely one of them causes it, see Association
    bool isHindsight = false;
};
/// That they belong to none.
double weighNone(const Saying& saying, const Moment& moment, const Unasked& unasked);

/// Scores as probabilities; the higher the heat, the more alike they are.
std::vector<double> sharesOf(const std::vector<double>& scores, double heat = 1);

} // namespace ridealong::correlator
