// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/hindsight.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace ridealong::correlator {

namespace {

/// Of what nobody has seen yet: how likely a run has a given shape so often, when it may have any.
double expected(qsizetype count)
{
    constexpr double kOnce = 0.08;
    constexpr double kAgain = 0.35; ///< each time more
    constexpr qsizetype kCounted = 200; ///< above, all is as likely
    return count == 0 ? 1 - kOnce : kOnce * (1 - kAgain) * std::pow(kAgain, double(std::min(count, kCounted) - 1));
}

/// How likely something that happens `mean` times happens so often.
double poisson(qsizetype count, double mean)
{
    if (mean <= 0)
        return count == 0;
    return std::exp(double(count) * std::log(mean) - mean - std::lgamma(double(count) + 1));
}

} // namespace

void Hindsight::expect(const base::RunId& run, const QString& command)
{
    Command& known = m_commands[command];
    if (known.said.contains(run))
        return;
    known.said.insert(run, 0);
    ++known.silent;
}

void Hindsight::place(const base::MessageId& message, const Seat& seat)
{
    if (const auto before = m_seats.constFind(message); before != m_seats.cend() && !before->run.isEmpty()) {
        Command& command = m_commands[before->command];
        command.silent += --command.said[before->run] == 0;
        auto& runs = command.delays[before->signature];
        QList<qint64>& delays = runs[before->run];
        delays.removeOne(before->delayMs);
        if (delays.isEmpty())
            runs.remove(before->run);
    }
    m_seats.insert(message, seat);
    if (seat.run.isEmpty())
        return;
    expect(seat.run, seat.command);
    Command& command = m_commands[seat.command];
    command.silent -= command.said[seat.run]++ == 0;
    QList<qint64>& delays = command.delays[seat.signature][seat.run];
    delays.insert(std::lower_bound(delays.begin(), delays.end(), seat.delayMs), seat.delayMs);
}

void Hindsight::remember(const base::MessageId& message, const Seat& seat)
{
    place(message, seat);
    m_seats.remove(message); // it stays there
    ++m_commands[seat.command].remembered[seat.signature];
}

void Hindsight::uncross()
{
    struct Alone
    {
        base::MessageId message;
        Seat seat;
        qint64 saidMs() const { return seat.causeMs + seat.delayMs; }
    };
    // Of each shape, the guessed messages that are the only one of it in their run.
    QHash<std::pair<QString, QString>, QList<Alone>> alone;
    for (auto seat = m_seats.cbegin(); seat != m_seats.cend(); ++seat)
        if (!seat->run.isEmpty() && !seat->isCertain && m_commands[seat->command].delays[seat->signature].value(seat->run).size() == 1)
            alone[{seat->command, seat->signature}] += {seat.key(), *seat};
    for (QList<Alone>& seats : alone) {
        if (seats.size() < 2)
            continue;
        std::sort(seats.begin(), seats.end(), [](const Alone& a, const Alone& b) {
            return std::tuple(a.seat.causeMs, a.seat.run.text()) < std::tuple(b.seat.causeMs, b.seat.run.text());
        });
        QList<qint64> delays;
        for (const Alone& one : std::as_const(seats))
            delays += one.seat.delayMs;
        std::sort(delays.begin(), delays.end());
        const qint64 usual = delays[delays.size() / 2];
        const qint64 usually = std::max<qint64>(60, usual / 10);
        for (qsizetype i = 1; i < seats.size(); ++i)
            for (qsizetype j = i; j > 0 && seats[j - 1].saidMs() > seats[j].saidMs(); --j) {
                Alone& first = seats[j - 1];
                Alone& second = seats[j];
                const qint64 ofFirst = second.saidMs() - first.seat.causeMs;
                const qint64 ofSecond = first.saidMs() - second.seat.causeMs;
                const auto isUsual = [&](qint64 delay) { return std::abs(delay - usual) <= usually; };
                const bool isRegular = isUsual(ofFirst) && isUsual(ofSecond) && !(isUsual(first.seat.delayMs) && isUsual(second.seat.delayMs));
                const bool saysWhich = first.seat.signature.contains(u'$'); // words of its command
                if (first.seat.text != second.seat.text && (saysWhich || !isRegular))
                    break;
                std::swap(first.message, second.message);
                first.seat.delayMs = ofFirst;
                second.seat.delayMs = ofSecond;
                place(first.message, first.seat);
                place(second.message, second.seat);
            }
    }
}

Hindsight::Strength Hindsight::of(const base::MessageId& message, const Seat& seat, double cause, double times) const
{
    const auto command = m_commands.constFind(seat.command);
    if (command == m_commands.cend())
        return {};
    const auto now = m_seats.constFind(message);
    const bool isHere = now != m_seats.cend() && now->run == seat.run;
    const bool isSameShape = isHere && now->signature == seat.signature;
    static const QHash<base::RunId, QList<qint64>> kNone;
    const auto shape = command->delays.constFind(seat.signature);
    const auto& runs = shape == command->delays.cend() ? kNone : *shape;
    const qsizetype own = runs.value(seat.run).size() - (isSameShape ? 1 : 0);

    // The others of its command, and which of them have one more and which have as many as it has without this one.
    const qsizetype others = command->said.size() - (command->said.contains(seat.run) ? 1 : 0);
    double more = 0;
    double asMany = own == 0 ? double(others) : 0;
    double nearby = 0;
    double timed = 0;
    for (auto run = runs.cbegin(); run != runs.cend(); ++run) {
        if (run.key() == seat.run)
            continue;
        more += run->size() == own + 1;
        asMany += own == 0 ? -1 : run->size() == own;
        if (own < run->size()) {
            const double apart = double(std::abs(run->at(own) - seat.delayMs));
            const double width = std::max(40.0, 0.06 * double(seat.delayMs));
            nearby += std::exp(-apart / width) / width;
            timed += 1;
        }
    }
    constexpr double kDoubt = 1; ///< so many runs are thought to have been seen that may be anything
    constexpr double kMostEarlier = 6; ///< and at most so many of those that were
    double earlier = 0;
    double rate = 0;
    if (const Habit* habit = m_before.find(seat.command)) {
        const double asked = habit->asked - double(command->said.size());
        const double known = habit->signatures.value(seat.signature) - command->remembered.value(seat.signature);
        if (asked >= 1) {
            earlier = std::min(asked, kMostEarlier);
            rate = std::max(0.0, known) / asked;
        }
    }
    // A cause that is not in doubt counts as much as all that was placed; what lacks it may have lost it to a mistake.
    const double caused = cause * double(others);
    if (double(own) < times)
        asMany *= 1 - cause;
    const auto weightOf = [&](qsizetype count) { return kDoubt * expected(count) + earlier * poisson(count, rate) + caused * poisson(count, times); };
    Strength found;
    found.count = std::log((more + weightOf(own + 1)) / (asMany + weightOf(own)));
    if (timed > 0) {
        // Beside what may come at any time within some seconds.
        const double anytime = 1 / (1000 + 2 * double(seat.delayMs));
        found.delay = std::log((nearby + anytime) / ((timed + 1) * anytime));
    }
    const int said = command->said.value(seat.run) - (isHere ? 1 : 0);
    if (said == 0) {
        const bool isCounted = !isHere && command->said.contains(seat.run);
        const double isSilent = (double(command->silent - isCounted) * (1 - cause) + 0.15) / (double(others) + 1);
        found.owed = std::log((1 - isSilent) / isSilent);
    }
    return found;
}

} // namespace ridealong::correlator
