// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/regrouping.h"

#include "correlator/correlatordata.h"

#include <cmath>
#include <iterator>

namespace ridealong::correlator {

namespace {

constexpr double kHeats[] = {3, 2.2, 1.6, 1, 1, 1}; ///< one a pass
constexpr int kPasses = int(std::size(kHeats));
constexpr int kLooksBack = 3; ///< the first pass that looks at where the one before put everything; hot ones put much in the wrong place
constexpr qsizetype kRemembered = 200; ///< messages of an earlier run that tell how others of its command will be
constexpr int kEnough = 20; ///< messages of bots since the last time, when it is quiet
constexpr int kMuch = 80; ///< when it is not
constexpr qint64 kQuietMs = 1'500;
constexpr int kSureEnough = 90; ///< per cent; what was placed so stays where it is
constexpr int kLikely = 60; ///< unless that is as likely elsewhere, now that more is known

} // namespace

std::optional<Regrouping> Correlator::takeRegrouping(qint64 nowMs)
{
    Data& d = *m_data;
    for (auto place = d.places.begin(); place != d.places.end(); ++place) {
        const bool isQuiet = place->spokenMs + kQuietMs <= nowMs;
        if (place->unthought < (isQuiet ? kEnough : kMuch) || place->heard.empty())
            continue;
        place->unthought = 0;
        Regrouping past;
        past.conversation = place.key();
        past.room = d.roomOf(place.key());
        past.marking = place->marking;
        past.skewMs = d.skewOf(place.key());
        past.heard.assign(place->heard.begin(), place->heard.end());
        std::sort(past.heard.begin(), past.heard.end(), [](const Heard& a, const Heard& b) { return a.message.order < b.message.order; });
        QHash<QString, int> asked;
        for (const base::RunId& id : place->runs) {
            const CorrelatedRun* run = d.find(id);
            if (!run)
                continue;
            // What is heard again begins again; runs that were restored have messages that are not.
            const bool isHeardAgain = place->heardIds.contains(run->report.cause);
            const CommandKeys& keys = run->keys;
            for (const base::UserId& bot : run->candidates)
                for (const QString& command : QSet<QString>{keys.wide, keys.narrow})
                    asked[habitKey(bot, command)] += isHeardAgain;
            for (const Part& part : run->parts)
                if (part.evidence != Evidence::Guessed)
                    past.certain.insert(part.message, id);
            if (!isHeardAgain) {
                CorrelatedRun earlier = *run;
                if (earlier.parts.removeIf([&](const Part& part) { return place->heardIds.contains(part.message); }) > 0) {
                    // As it stood then, as far as that can be said.
                    earlier.report.state = earlier.parts.isEmpty() ? chat::RunState::Sent : chat::RunState::Running;
                    earlier.isDone = false;
                    d.readCourse(earlier);
                }
                past.before += std::move(earlier);
            }
        }
        for (const BotInRoom& bot : past.room.bots) {
            for (const QString& habit : {Data::kUnasked, Data::kAll})
                asked[habitKey(bot.user, habit)] = 0;
            for (const QString& prefix : bot.profile->prefixes)
                asked[habitKey(bot.user, Data::kSign + prefix)] = 0;
        }
        for (auto key = asked.cbegin(); key != asked.cend(); ++key)
            if (const Habit* habit = d.habits.find(key.key())) {
                Habit& copy = past.habits.of(key.key()) = *habit;
                if (*key < 3)
                    continue;
                copy.firstMs = copy.gapMs = copy.messages = Recent(); // there is enough of it in what follows
                copy.said = copy.called = 0;
            }
        for (auto shares = place->shares.cbegin(); shares != place->shares.cend(); ++shares)
            past.habits.add(*shares, -1);
        return past;
    }
    return std::nullopt;
}

bool Correlator::isThinkingDue() const
{
    return std::any_of(m_data->places.cbegin(), m_data->places.cend(), [](const Data::Place& place) { return place.unthought >= kEnough; });
}

Regrouped regroup(const Regrouping& past)
{
    Regrouped found;
    found.conversation = past.conversation;
    Habits known = past.habits;
    QHash<base::MessageId, Shares> own;
    Association association;
    Hindsight hindsight(past.habits);
    for (const CorrelatedRun& run : past.before) {
        hindsight.expect(run.report.run, habitKey(run.report.bot, run.keys.wide));
        for (const Part& part : run.parts.first(std::min(run.parts.size(), kRemembered)))
            hindsight.remember(part.message, seatIn(run, run.report.bot, signatureOf(part.text, run.words), part.timeMs));
    }
    for (int pass = 0; pass < kPasses; ++pass) {
        Habits learned = past.habits;
        Correlator rehearsal([&past](const base::ConversationId&) -> const Room& { return past.room; }, learned);
        Correlator::Data& d = *rehearsal.m_data;
        d.isRehearsal = true;
        if (pass == 0)
            d.noted = &association;
        else
            d.association = &association;
        d.hindsight = &hindsight;
        d.looksBack = pass >= kLooksBack;
        d.knowledge = &known;
        d.own = own;
        d.heat = kHeats[pass];
        d.skews.insert(past.conversation.account(), past.skewMs);
        for (const CorrelatedRun& run : past.before)
            rehearsal.restore(run, past.heard.front().message.timeMs);
        Correlator::Data::Place& place = d.places[past.conversation];
        place.marking = past.marking;
        for (const Heard& heard : past.heard) {
            // Our clock is the server's here.
            const qint64 now = heard.message.timeMs;
            if (const base::RunId certain = past.certain.value(heard.message.id))
                place.told.insert(heard.message.id, {certain, {}, {}});
            rehearsal.take(heard.message, heard.text, now);
        }
        own = place.shares;
        known = learned;
        hindsight.uncross();
        if (pass + 1 < kPasses)
            continue;
        for (const Heard& heard : past.heard) {
            const auto part = place.parts.constFind(heard.message.id);
            if (part == place.parts.cend())
                continue;
            Regrouped::Placed placed{*part, {}, 0};
            for (const Share& share : place.shares.value(heard.message.id))
                if (part->isEmpty() && share.key == habitKey(heard.message.sender, Correlator::Data::kUnasked))
                    placed.confidence = int(std::lround(100 * share.share));
            if (const CorrelatedRun* run = d.find(*part))
                for (const Part& one : run->parts)
                    if (one.message == heard.message.id)
                        placed.confidence = (placed.part = one).confidence;
            found.placed.insert(heard.message.id, std::move(placed));
        }
        for (const base::RunId& id : place.runs)
            if (const CorrelatedRun* run = d.find(id); run && run->isHeard) {
                CorrelatedRun begun = *run;
                begun.parts.clear(); // they are placed like all others
                begun.report.outputBytes = 0;
                begun.report.state = chat::RunState::Sent;
                begun.report.endedAtMs = 0;
                begun.isDone = false;
                found.begun += std::move(begun);
            }
        found.shares = place.shares;
    }
    found.habits = std::move(known);
    return found;
}

void Correlator::apply(const Regrouped& found, qint64 nowMs)
{
    Data& d = *m_data;
    const auto place = d.places.find(found.conversation);
    if (place == d.places.end())
        return;
    QSet<base::RunId> changed;
    for (const CorrelatedRun& run : found.begun)
        if (!d.find(run.report.run))
            d.begin(*place, run, nowMs);
    for (auto it = found.placed.cbegin(); it != found.placed.cend(); ++it) {
        const auto now = place->parts.constFind(it.key());
        if (now == place->parts.cend() || (!it->run.isEmpty() && !d.find(it->run)))
            continue;
        CorrelatedRun* from = d.find(*now);
        if (from) {
            const auto part = std::find_if(from->parts.begin(), from->parts.end(), [&](const Part& one) { return one.message == it.key(); });
            if (part == from->parts.end() || part->evidence != Evidence::Guessed)
                continue;
            if (*now != it->run && part->confidence >= kSureEnough && it->confidence < kLikely)
                continue; // it was hardly in doubt, and lines that wander need a reason
            if (*now == it->run) {
                part->confidence = it->part.confidence;
                if (std::exchange(from->report.confidence, confidenceOf(*from)) != from->report.confidence)
                    d.note(RunChange::Kind::Report, *now);
            }
        }
        if (*now == it->run)
            continue;
        Part moved = it->part;
        if (from) {
            changed.insert(*now);
            moved = d.takePart(*place, *from, it.key()); // in its newest version
            moved.confidence = it->part.confidence;
            moved.isCut = it->part.isCut;
        }
        place->parts.insert(it.key(), it->run);
        if (CorrelatedRun* into = d.find(it->run); into && it->part.message == it.key()) {
            changed.insert(it->run);
            const auto at = std::upper_bound(
                into->parts.begin(), into->parts.end(), moved.order, [](qint64 order, const Part& one) { return order < one.order; });
            into->parts.insert(at, std::move(moved));
        }
    }
    for (auto shares = found.shares.cbegin(); shares != found.shares.cend(); ++shares)
        if (place->shares.contains(shares.key()))
            d.learnShares(*place, shares.key(), *shares);
    for (auto habit = found.habits.all().cbegin(); habit != found.habits.all().cend(); ++habit)
        if (habit->firstMs.count() >= 3) {
            Habit& kept = d.habits.of(habit.key());
            kept.firstMs = habit->firstMs;
            kept.gapMs = habit->gapMs;
            kept.messages = habit->messages;
            kept.said = habit->said;
            kept.called = habit->called;
            d.habits.changed(habit.key());
        }
    for (const base::RunId& id : std::as_const(changed))
        if (CorrelatedRun* run = d.find(id)) {
            d.reread(*run, nowMs);
            d.rewrite(*run);
            d.removeUnheard(*place, id);
        }
    for (const CorrelatedRun& run : found.begun) // nothing went there after all
        d.removeUnheard(*place, run.report.run);
}

} // namespace ridealong::correlator
