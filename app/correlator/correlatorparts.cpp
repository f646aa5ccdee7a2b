// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What bots say, and which run it belongs to.
#include "correlator/correlatordata.h"
#include "correlator/weighing.h"

namespace ridealong::correlator {

using namespace Qt::StringLiterals;

namespace {

/// A message this soon after the one before it was said in one go.
constexpr qint64 kBurstMs = 120;
/// So much of an answer must be there before its adapter can have cut it in the middle of a word.
constexpr qsizetype kLeastBeforeCut = 400;

/// Errbot cuts a long text every thousand characters, inside words; IRC makes a line of each piece. Lines of such an answer begin in
/// other ways than with a small letter, or nothing can be told.
bool isCutOff(const CorrelatedRun& run, const BotProfile& profile, const QString& text)
{
    if (!profile.cutsWords || run.parts.isEmpty() || !cutsWord(run.parts.last().text, text))
        return false;
    qsizetype chars = 0;
    qsizetype small = 0;
    qsizetype looked = 0;
    for (auto part = run.parts.crbegin(); part != run.parts.crend() && looked < 100; ++part, ++looked) {
        chars += part->text.size() + 1;
        small += !part->text.isEmpty() && part->text.front().isLower() && !part->isCut;
    }
    return chars >= kLeastBeforeCut && small * 10 <= looked;
}

QString executionIn(const BotProfile& profile, const QString& text)
{
    if (profile.executionId.pattern().isEmpty())
        return {};
    return profile.executionId.match(text.left(kMaxMatchedChars)).captured(u"id");
}

QSet<QString> sharedWords(const std::vector<WeighedRun>& candidates)
{
    QSet<QString> once;
    QSet<QString> shared;
    for (const WeighedRun& candidate : candidates)
        for (const QString& word : candidate.words)
            if (once.contains(word))
                shared.insert(word);
            else
                once.insert(word);
    return shared;
}

} // namespace

void Correlator::Data::takeFromBot(
    Place& place, const Room& room, const BotInRoom& bot, const chat::Message& message, const QString& text, qint64 nowMs)
{
    weighing.clear();
    QString said = text;
    std::optional<Envelope> trailer;
    if (auto found = trailerOf(text)) {
        said.truncate(found->textEnd);
        trailer = std::move(found->envelope);
    }
    QStringList names = room.people;
    for (const base::RunId& id : place.runs)
        if (const CorrelatedRun* run = find(id))
            names += run->names;
    Saying saying = readSaying(said, names);

    Part part;
    part.message = message.id;
    part.timeMs = message.timeMs;
    part.order = message.order;
    CorrelatedRun* run = nullptr;
    if (const auto before = place.told.take(message.id); (run = find(before.first))) {
        part.evidence = Evidence::Told;
        part.displayId = before.second;
    } else if (trailer && (run = ofEnvelope(place, bot, message.conversation, *trailer))) {
        part.evidence = Evidence::Told;
    } else if ((run = linked(place, message))) {
        part.evidence = Evidence::Linked;
    } else if ((run = named(place, *bot.profile, said))) {
        part.evidence = Evidence::Named;
    } else {
        run = guessed(place, bot, message, saying, said, &part.confidence, trailer ? trailer->task : QString());
    }
    place.last[bot.user] = {run ? run->report.run : base::RunId(), message.timeMs, message.order, saying.isOpen};
    if (!run) {
        place.parts.insert(message.id, {});
        return;
    }
    if (trailer)
        bind(*run, bot.user, trailer->run);
    part.text = saying.text;
    if (!saying.called.isEmpty() && !run->names.contains(saying.called, Qt::CaseInsensitive))
        part.text = said; // somebody else is called: that is content
    const bool isEmptyTrailer = trailer && part.text.trimmed().isEmpty();
    if (!isEmptyTrailer)
        addPart(place, *run, bot, std::move(part), saying, nowMs);
    else
        place.parts.insert(message.id, run->report.run);
    if (trailer)
        apply(*run, *trailer, nowMs);
}

/// A reply or a thread says it.
CorrelatedRun* Correlator::Data::linked(Place& place, const chat::Message& message)
{
    for (const base::MessageId& to : {message.replyTo, message.thread}) {
        if (to.isEmpty())
            continue;
        if (CorrelatedRun* run = find(place.commands.value(to)))
            return run;
        if (CorrelatedRun* run = find(place.parts.value(to)))
            return run;
    }
    return nullptr;
}

CorrelatedRun* Correlator::Data::named(Place& place, const BotProfile& profile, const QString& text)
{
    const QString id = executionIn(profile, text);
    if (id.isEmpty())
        return nullptr;
    for (auto known = place.runs.rbegin(); known != place.runs.rend(); ++known)
        if (CorrelatedRun* run = find(*known); run && run->execution == id)
            return run;
    return nullptr;
}

CorrelatedRun* Correlator::Data::guessed(Place& place, const BotInRoom& bot, const chat::Message& message, Saying& saying, const QString& text,
    int* confidence, const QString& task)
{
    constexpr qint64 kAnotherBot = 7;
    std::vector<WeighedRun> candidates;
    std::vector<double> handicaps;
    const QString execution = executionIn(*bot.profile, text);
    for (const base::RunId& id : place.runs) {
        const CorrelatedRun* run = find(id);
        if (!run || run->causeOrder >= message.order || run->parts.size() >= kMaxParts)
            continue;
        if (chat::isFinal(run->report.state) && run->lastTimeMs() + kLateMs < message.timeMs)
            continue;
        if (!execution.isEmpty() && !run->execution.isEmpty() && run->execution != execution)
            continue;
        const CommandKeys keys = keysOf(run->report.command);
        WeighedRun candidate{run, habits.find(habitKey(bot.user, keys.wide)), habits.find(habitKey(bot.user, keys.narrow)), {}};
        candidate.words = wordsIn(run->report.command);
        if (!task.isEmpty() && task.compare(keys.narrow, Qt::CaseInsensitive) != 0 && !task.contains(keys.wide, Qt::CaseInsensitive))
            continue; // a trailer says which command it is of
        candidates.push_back(std::move(candidate));
        handicaps.push_back(run->candidates.contains(bot.user) ? (run->candidates.size() > 1 ? -0.3 : 0) : -double(kAnotherBot));
    }
    Moment moment;
    moment.bot = bot.user;
    moment.timeMs = message.timeMs;
    if (const auto last = place.last.constFind(bot.user); last != place.last.cend() && last->order < message.order) {
        moment.before = last->run;
        moment.beforeIsOpen = last->isOpen;
        moment.isBurst = message.timeMs - last->timeMs <= kBurstMs;
    }
    moment.shared = sharedWords(candidates);
    QSet<QString> waiting;
    for (WeighedRun& candidate : candidates) {
        const bool waits = candidate.run->parts.isEmpty() && !chat::isFinal(candidate.run->report.state);
        if (!waits || !candidate.run->candidates.contains(bot.user))
            continue;
        candidate.isOldestUnanswered = moment.unanswered++ == 0;
        candidate.isEarlierEqual = !waiting.contains(candidate.run->report.command);
        waiting.insert(candidate.run->report.command);
    }

    std::vector<double> scores;
    const QString shape = signatureOf(text, {});
    for (size_t i = 0; i < candidates.size(); ++i) {
        saying.signature = signatureOf(saying.text, candidates[i].words);
        scores.push_back(weigh(candidates[i], saying, moment) + handicaps[i]);
        weighing.push_back({candidates[i].run->report.run, scores.back()});
    }
    saying.signature = shape;
    scores.push_back(weighNone(saying, moment, habits.find(habitKey(bot.user, {}))));
    weighing.push_back({{}, scores.back()});
    const size_t best = size_t(std::max_element(scores.begin(), scores.end()) - scores.begin());
    *confidence = confidenceIn(scores);
    std::sort(weighing.begin(), weighing.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    if (best == candidates.size()) {
        const bool nobodyAsked = std::none_of(candidates.begin(), candidates.end(),
            [&](const WeighedRun& candidate) { return candidate.run->lastTimeMs() + 60'000 > message.timeMs; });
        if (nobodyAsked) {
            const QString key = habitKey(bot.user, {});
            Habit& unasked = habits.of(key);
            if (unasked.signatures.size() < Habit::kMaxSignatures || unasked.signatures.contains(shape))
                ++unasked.signatures[shape];
            habits.changed(key);
        }
        return nullptr;
    }
    saying.signature = signatureOf(saying.text, candidates[best].words);
    return find(candidates[best].run->report.run);
}

void Correlator::Data::addPart(Place& place, CorrelatedRun& run, const BotInRoom& bot, Part part, const Saying& saying, qint64 nowMs)
{
    const base::RunId id = run.report.run;
    place.parts.insert(part.message, id);
    if (run.parts.size() >= kMaxParts)
        return;
    if (run.candidates.size() != 1 || run.report.bot != bot.user)
        if (run.candidates.contains(bot.user)) {
            run.candidates = {bot.user};
            run.report.bot = bot.user;
        }
    const QString signature = saying.signature.isEmpty() ? signatureOf(saying.text, wordsIn(run.report.command)) : saying.signature;
    if (part.evidence != Evidence::Guessed || part.confidence >= 80)
        learn(run, part, signature, !saying.called.isEmpty());
    if (run.execution.isEmpty())
        run.execution = executionIn(*bot.profile, part.text);
    // An envelope may tell that this takes the place of what was there.
    const auto replaced = part.displayId.isEmpty() ? run.parts.end() : std::find_if(run.parts.begin(), run.parts.end(), [&](const Part& known) {
        return known.displayId == part.displayId;
    });
    readState(run, *bot.profile, part, saying);
    run.signature = signature;
    if (saying.percent)
        run.percent = saying.percent;
    if (replaced != run.parts.end()) {
        *replaced = std::move(part);
        rewrite(run);
    } else if (run.parts.isEmpty() || run.parts.last().order < part.order) {
        part.isCut = isCutOff(run, *bot.profile, part.text);
        const bool mends = part.isCut || (!run.parts.isEmpty() && run.parts.last().text.endsWith("```"_L1) && part.text.startsWith("```"_L1));
        const QByteArray added = part.text.toUtf8() + '\n';
        run.parts += std::move(part);
        if (mends) {
            rewrite(run);
        } else {
            run.report.outputBytes += added.size();
            note(RunChange::Kind::Grew, id, added);
        }
    } else {
        const auto at = std::upper_bound(
            run.parts.begin(), run.parts.end(), part.order, [](qint64 order, const Part& known) { return order < known.order; });
        run.parts.insert(at, std::move(part));
        rewrite(run);
    }
    run.report.confidence = confidenceOf(run);
    if (chat::isFinal(run.report.state))
        run.report.endedAtMs = run.parts.last().timeMs + skewOf(run.report.conversation); // late words are words of its
    touch(run, nowMs);
}

void Correlator::Data::rewrite(CorrelatedRun& run)
{
    run.report.outputBytes = outputOf(run).size();
    run.report.confidence = confidenceOf(run);
    note(RunChange::Kind::Rewritten, run.report.run);
}

Part Correlator::Data::takePart(Place& place, CorrelatedRun& run, const base::MessageId& message)
{
    const auto at = std::find_if(run.parts.begin(), run.parts.end(), [&](const Part& known) { return known.message == message; });
    Part part = at == run.parts.end() ? Part() : *at;
    if (at != run.parts.end())
        run.parts.erase(at);
    if (!run.parts.isEmpty())
        run.parts.first().isCut = false;
    place.parts.remove(message);
    return part;
}

} // namespace ridealong::correlator
