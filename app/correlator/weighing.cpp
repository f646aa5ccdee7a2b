// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The numbers were found on recorded rooms (tests/golden/runs): each says how much likelier one sign makes it, as a logarithm.
#include "correlator/weighing.h"

#include <algorithm>
#include <cmath>

namespace ridealong::correlator {

namespace {

/// Falls slowly: a second is nothing special, a minute is.
double ofDelay(qint64 delayMs, qint64 usualMs)
{
    const double scale = std::max<double>(150, double(usualMs));
    return kWeights.late * std::log1p(double(std::max<qint64>(0, delayMs)) / scale);
}

const Habit* habitOf(const WeighedRun& candidate) { return candidate.narrow && candidate.narrow->asked >= 3 ? candidate.narrow : candidate.wide; }

double ofShape(const WeighedRun& candidate)
{
    const double rate = rateOf(candidate);
    if (rate < 0)
        return -8;
    if (const auto& others = candidate.hindsight)
        return kWeights.precedent * std::clamp(others->count, -6.0, 5.0) + kWeights.punctual * std::clamp(others->delay, -3.0, 4.0)
            + kWeights.owed * others->owed;
    const QString& last = candidate.run->course.signature;
    return kWeights.shape * std::clamp(std::log(rate), -4.0, 0.5) + (!last.isEmpty() && last == candidate.signature ? kWeights.sameShape : 0);
}

/// "rotated" to "rotate", "deploying" to "deploy": what is done is often told by the word that asked for it.
bool isSaidInAnotherForm(const QString& word, const QSet<QString>& said)
{
    constexpr qsizetype kLeastStem = 4;
    constexpr qsizetype kLongestEnding = 4;
    const QStringView stem = QStringView(word).chopped(word.endsWith(u'e') ? 1 : 0);
    return stem.size() >= kLeastStem && std::any_of(said.begin(), said.end(), [&](const QString& other) {
        return other.size() > stem.size() && other.size() <= stem.size() + kLongestEnding && other.startsWith(stem);
    });
}

double ofWords(const WeighedRun& candidate, const Saying& saying, const Moment& moment)
{
    double sum = 0;
    for (const QString& word : candidate.run->words)
        if (saying.words.contains(word))
            sum += kWeights.word / std::max(1, moment.words.value(word));
        else if (isSaidInAnotherForm(word, saying.words))
            sum += kWeights.form / std::max(1, moment.words.value(word));
    return std::min(sum, kWeights.mostWords);
}

double ofProgress(const WeighedRun& candidate, const Saying& saying)
{
    const CorrelatedRun& run = *candidate.run;
    if (!saying.percent) // a question, or what goes on, may come in between
        return !run.course.percent || saying.isContinuation ? 0 : *run.course.percent < 100 ? kWeights.stopsShort : kWeights.arrived;
    if (!run.course.percent || run.parts.isEmpty())
        return *saying.percent > 50 && saying.hasBar ? kWeights.startsHigh : 0;
    if (run.course.signature != candidate.signature)
        return 0;
    const int step = *saying.percent - *run.course.percent;
    return step > 0 ? kWeights.further + kWeights.leap * std::max(0, step - 20) : kWeights.notFurther;
}

double ofNumbers(const WeighedRun& candidate, const Saying& saying)
{
    const Course& course = candidate.run->course;
    if (saying.numbers.isEmpty() || course.frame.isEmpty() || course.frame != frameOf(candidate.signature))
        return 0;
    const bool isSameStep = !course.step.isEmpty() && stepBetween(course.numbers, saying.numbers) == course.step
        && std::any_of(course.step.begin(), course.step.end(), [](qint64 one) { return one != 0; });
    return (isSameStep ? kWeights.sameStep : 0) + (candidate.isNearest ? kWeights.nearest : candidate.isFarther ? kWeights.notNearest : 0);
}

double ofCall(const WeighedRun& candidate, const Saying& saying)
{
    if (!saying.called.isEmpty()) {
        const bool isAsker = candidate.run->names.contains(saying.called, Qt::CaseInsensitive);
        return isAsker ? kWeights.called : kWeights.calledAnother;
    }
    const Habit* habit = habitOf(candidate);
    return habit && habit->said >= 3 && habit->called > 0.9 * habit->said ? kWeights.notCalled : 0;
}

double ofTime(const WeighedRun& candidate, const Moment& moment)
{
    const CorrelatedRun& run = *candidate.run;
    const Habit* habit = habitOf(candidate);
    const qint64 delay = moment.timeMs - run.lastTimeMs();
    if (run.parts.isEmpty()) {
        if (!habit || habit->firstMs.count() == 0)
            return kWeights.lateUnknown * ofDelay(delay, 300);
        // Known: too early is as strange as too late.
        const qint64 usual = habit->firstMs.quantile(0.5, 300);
        return ofDelay(std::abs(delay - usual), std::max<qint64>(100, usual / 3));
    }
    if (run.report.state == chat::RunState::AwaitingApproval || run.report.state == chat::RunState::AwaitingConfirmation)
        return ofDelay(delay, 20'000); // for a person
    const qint64 usual = habit && habit->gapMs.count() > 0 ? habit->gapMs.quantile(0.75, 300) : 300;
    if (habit && habit->gapMs.count() >= 3 && usual > 100)
        return ofDelay(std::abs(delay - usual), std::max<qint64>(60, usual / 4));
    return ofDelay(delay, std::max<qint64>(150, usual));
}

double ofBurst(const WeighedRun& candidate, const Saying& saying, const Moment& moment)
{
    if (candidate.hasOpenFence && saying.closesFence)
        return kWeights.closes;
    if (!moment.isBurst || candidate.run->report.run != moment.before) {
        const CorrelatedRun& run = *candidate.run;
        if (run.isWaitedFor())
            return saying.isInside || (saying.isContinuation && moment.isBurst) ? kWeights.begins : 0;
        constexpr qint64 kForgottenMs = 3'000; ///< brackets of prose are not all closed
        if (run.course.open == 0 || run.lastTimeMs() + kForgottenMs < moment.timeMs)
            return 0;
        return saying.isInside ? kWeights.goesOnLater : kWeights.breaksOff;
    }
    const double atOnce = moment.isAtOnce ? kWeights.atOnce : 0;
    const bool goesOn = saying.isContinuation || (moment.beforeIsOpen && !candidate.repeatsLast);
    return goesOn ? kWeights.goesOn : saying.called.isEmpty() ? kWeights.nextInBurst + atOnce : 0;
}

double ofStanding(const WeighedRun& candidate, const Saying& saying, const Moment& moment)
{
    const CorrelatedRun& run = *candidate.run;
    const Habit* habit = habitOf(candidate);
    const bool goesOn = moment.isBurst && run.report.run == moment.before;
    // What a reaction ended, or an answer, may get its words now.
    const bool isOver = !goesOn && !run.isWaitedFor();
    double sum = isOver && chat::isFinal(run.report.state) ? kWeights.ended : 0;
    if (isOver && run.isDone)
        sum += kWeights.done;
    else if (!candidate.hindsight && habit && habit->messages.isAlways(run.parts.size()))
        sum += kWeights.complete;
    if (moment.marksItsOwn)
        sum += kWeights.unmarked;
    if (run.isWaitedFor())
        sum += run.report.state == chat::RunState::NoReply ? kWeights.silent : kWeights.waits + (moment.open == 1 ? kWeights.waitsAlone : 0);
    constexpr double kRepeatsAlways = 1.5; ///< so often in an answer
    const bool isItsWay = saying.numbers.isEmpty() && rateOf(candidate) > kRepeatsAlways;
    if (candidate.repeatsLast && !isItsWay)
        sum += kWeights.repeatsLast;
    else if (candidate.repeats && !goesOn && !isItsWay)
        sum += kWeights.repeats;
    if (candidate.isOldestUnanswered)
        sum += kWeights.inTurn;
    if (candidate.isLaterEqual)
        sum += kWeights.laterEqual;
    return sum;
}

} // namespace

double rateOf(const WeighedRun& candidate)
{
    const Habit* habit = habitOf(candidate);
    if (!habit)
        return kWeights.newShape / 0.5;
    const double known = habit->signatures.value(candidate.signature);
    if (known < 0)
        return -1;
    return (std::max(0.0, known - candidate.own) + kWeights.newShape) / (std::max(0.0, habit->asked - 1) + 0.5);
}

double weigh(const WeighedRun& candidate, const Saying& saying, const Moment& moment)
{
    return ofCall(candidate, saying) + ofTime(candidate, moment) + ofBurst(candidate, saying, moment) + ofShape(candidate)
        + ofNumbers(candidate, saying) + ofWords(candidate, saying, moment) + ofProgress(candidate, saying) + ofStanding(candidate, saying, moment)
        + kWeights.lift * candidate.association.lift + kWeights.cover * candidate.association.cover;
}

double weighNone(const Saying& saying, const Moment& moment, const Unasked& unasked)
{
    // How much of what the bot said in this shape was said to nobody.
    const double share = (unasked.seen + 0.05) / (unasked.all + 0.3);
    // What goes on from something that belonged to nobody belongs to nobody.
    const bool goesOn = moment.isBurst && moment.before.isEmpty() && (saying.isContinuation || moment.beforeIsOpen);
    constexpr double kExplains = 0.15;
    const double doubt = 1 - unasked.cause; // what was believed so far is no proof against a cause that is seen
    const double unexplained = unasked.all >= 1.9 ? kWeights.unexplained * doubt * std::max(0.0, 1 - unasked.explained / kExplains) : 0;
    const double tagged = saying.tag.isEmpty() || moment.words.contains(saying.tag) ? 0 : kWeights.tagged;
    const double known = kWeights.noneKnown * doubt * std::min(1.0, share) * std::min(1.0, unasked.all / 2);
    const double again = unasked.isHindsight ? kWeights.noneAgain + kWeights.noneCaused * unasked.cause : 0;
    return kWeights.none + tagged + unexplained + known + again + (goesOn ? kWeights.goesOn : 0);
}

std::vector<double> sharesOf(const std::vector<double>& scores, double heat)
{
    std::vector<double> shares(scores.size());
    if (scores.empty())
        return shares;
    const double best = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (size_t i = 0; i < scores.size(); ++i)
        sum += shares[i] = std::exp((scores[i] - best) / heat);
    for (double& share : shares)
        share /= sum;
    return shares;
}

} // namespace ridealong::correlator
