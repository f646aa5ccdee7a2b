// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The numbers were found on recorded rooms (tests/golden/runs): each says how much likelier one sign makes it, as a logarithm.
#include "correlator/weighing.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ridealong::correlator {
namespace {

constexpr double kCalled = 7; ///< the asker by name
constexpr double kCalledAnother = -12;
constexpr double kNotCalled = -2; ///< a command whose answers always call
constexpr double kGoesOn = 6; ///< an open bracket, an indented line, right behind its own last line
constexpr double kNextInBurst = 2.5; ///< right behind its own last line
constexpr double kKnownShape = 3.5;
constexpr double kKnownFirst = 1.5; ///< an answer of this command began so before
constexpr double kUnknownShape = -2.5; ///< after several runs
constexpr double kWord = 1.6; ///< each rare word of the command
constexpr double kMostWords = 4.8;
constexpr double kSameShape = 1.5; ///< as its own last message
constexpr double kFurther = 2; ///< a higher percentage of the same
constexpr double kNotFurther = -5;
constexpr double kStartsHigh = -1.5;
constexpr double kComplete = -6; ///< it has all that it ever has
constexpr double kEnded = -2.5;
constexpr double kSpeaksItself = -6; ///< its bot marks what belongs to it, and did not mark this
constexpr double kInTurn = 1; ///< the first who asked
constexpr double kLongerWait = 0.7; ///< of two equal commands the first
constexpr double kNone = -5.5;
constexpr double kNoneKnown = 3; ///< each time that it was said without being asked, at most three

/// Falls slowly: a second is nothing special, a minute is.
double ofDelay(qint64 delayMs, qint64 usualMs)
{
    const double scale = std::max<double>(150, double(usualMs));
    return -1.3 * std::log1p(double(std::max<qint64>(0, delayMs)) / scale);
}

double ofShape(const WeighedRun& candidate, const Saying& saying)
{
    const bool isFirst = candidate.run->parts.isEmpty();
    double best = 0;
    bool known = false;
    int runs = 0;
    for (const Habit* habit : {candidate.narrow, candidate.wide}) {
        if (!habit)
            continue;
        runs = std::max(runs, habit->runs);
        const int seen = habit->signatures.value(saying.signature);
        if (seen < 0)
            return -8; // somebody said that it does not belong
        if (seen == 0)
            continue;
        known = true;
        best = std::max(best, kKnownShape * std::min(1.0, 0.6 + 0.2 * seen) + (isFirst && habit->firsts.contains(saying.signature) ? kKnownFirst : 0));
    }
    return known ? best : runs >= 3 ? kUnknownShape : 0;
}

double ofWords(const WeighedRun& candidate, const Saying& saying, const Moment& moment)
{
    double sum = 0;
    for (const QString& word : candidate.words)
        if (saying.words.contains(word))
            sum += moment.shared.contains(word) ? 0.2 : kWord;
    return std::min(sum, kMostWords);
}

double ofProgress(const CorrelatedRun& run, const Saying& saying)
{
    if (!saying.percent)
        return 0;
    if (!run.percent || run.parts.isEmpty())
        return *saying.percent > 50 && saying.hasBar ? kStartsHigh : 0;
    if (run.signature != saying.signature)
        return 0;
    return *saying.percent > *run.percent ? kFurther : kNotFurther;
}

double ofCall(const WeighedRun& candidate, const Saying& saying)
{
    if (!saying.called.isEmpty()) {
        const bool isAsker = candidate.run->names.contains(saying.called, Qt::CaseInsensitive);
        return isAsker ? kCalled : kCalledAnother;
    }
    const Habit* habit = candidate.narrow ? candidate.narrow : candidate.wide;
    return habit && habit->said >= 3 && habit->called == habit->said ? kNotCalled : 0;
}

double ofTime(const WeighedRun& candidate, const Moment& moment)
{
    const CorrelatedRun& run = *candidate.run;
    const Habit* habit = candidate.narrow && candidate.narrow->firstMs.count() > 0 ? candidate.narrow : candidate.wide;
    const qint64 delay = moment.timeMs - run.lastTimeMs();
    if (run.parts.isEmpty()) {
        if (!habit || habit->firstMs.count() == 0)
            return ofDelay(delay, 300);
        // Known: too early is as strange as too late.
        const qint64 usual = habit->firstMs.quantile(0.5, 300);
        const qint64 off = std::abs(delay - usual);
        return ofDelay(off, std::max<qint64>(100, usual / 3));
    }
    const qint64 usual = habit && habit->gapMs.count() > 0 ? habit->gapMs.quantile(0.75, 300) : 300;
    if (habit && habit->gapMs.count() >= 3 && usual > 100)
        return ofDelay(std::abs(delay - usual), std::max<qint64>(60, usual / 4));
    return ofDelay(delay, std::max<qint64>(150, usual));
}

double ofBurst(const WeighedRun& candidate, const Saying& saying, const Moment& moment)
{
    if (!moment.isBurst || candidate.run->report.run != moment.before)
        return saying.isContinuation && candidate.run->parts.isEmpty() ? -3 : 0;
    return saying.isContinuation || moment.beforeIsOpen ? kGoesOn : saying.called.isEmpty() ? kNextInBurst : 0;
}

double ofStanding(const WeighedRun& candidate)
{
    const CorrelatedRun& run = *candidate.run;
    double sum = chat::isFinal(run.report.state) ? kEnded : 0;
    const Habit* habit = candidate.narrow ? candidate.narrow : candidate.wide;
    if (run.isDone || (habit && habit->messages.isAlways(run.parts.size())))
        sum += kComplete;
    if (!run.told.isEmpty())
        sum += kSpeaksItself;
    if (candidate.isOldestUnanswered)
        sum += kInTurn;
    if (candidate.isEarlierEqual)
        sum += kLongerWait;
    return sum;
}

} // namespace

double weigh(const WeighedRun& candidate, const Saying& saying, const Moment& moment)
{
    return ofCall(candidate, saying) + ofTime(candidate, moment) + ofBurst(candidate, saying, moment) + ofShape(candidate, saying)
        + ofWords(candidate, saying, moment) + ofProgress(*candidate.run, saying) + ofStanding(candidate)
        + (!candidate.run->signature.isEmpty() && candidate.run->signature == saying.signature ? kSameShape : 0);
}

double weighNone(const Saying& saying, const Moment& moment, const Habit* unasked)
{
    const int known = unasked ? std::clamp(unasked->signatures.value(saying.signature), 0, 3) : 0;
    // What goes on from something that belonged to nobody belongs to nobody.
    const bool goesOn = moment.isBurst && moment.before.isEmpty() && (saying.isContinuation || moment.beforeIsOpen);
    return kNone + known * kNoneKnown + (goesOn ? kGoesOn : 0);
}

int confidenceIn(const std::vector<double>& scores)
{
    if (scores.empty())
        return 0;
    const double best = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (const double score : scores)
        sum += std::exp(score - best);
    return int(std::lround(100 / sum));
}

} // namespace ridealong::correlator
