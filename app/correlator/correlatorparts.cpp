// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What bots say, and which run it belongs to.
#include "correlator/correlatordata.h"
#include "correlator/weighing.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;

namespace {

/// A message this soon after the one before it was said in one go.
constexpr qint64 kBurstMs = 120;
constexpr qint64 kAtOnceMs = 8;
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

void addShares(Shares& shares, const base::UserId& bot, const CorrelatedRun& run, const QString& signature, double share)
{
    const CommandKeys& keys = run.keys;
    shares += {habitKey(bot, keys.wide), signature, share};
    if (keys.narrow != keys.wide)
        shares += {habitKey(bot, keys.narrow), signature, share};
}

bool hasOpenFence(const CorrelatedRun& run)
{
    qsizetype fences = 0;
    for (const Part& part : run.parts)
        fences += part.text.count("```"_L1);
    return fences % 2 == 1;
}

/// Of the commands that may be answered now.
QHash<QString, int> wordsInTheAir(const std::vector<WeighedRun>& candidates, qint64 timeMs)
{
    constexpr qint64 kInTheAirMs = 5'000;
    QHash<QString, int> counts;
    for (const WeighedRun& candidate : candidates)
        if (candidate.run->lastTimeMs() + kInTheAirMs > timeMs)
            for (const QString& word : candidate.run->words)
                ++counts[word];
    return counts;
}

std::vector<Association::InTheAir> inTheAir(const std::vector<WeighedRun>& candidates, const base::UserId& bot, qint64 timeMs)
{
    std::vector<Association::InTheAir> commands;
    for (const WeighedRun& candidate : candidates)
        commands.push_back(
            {candidate.run->report.run, candidate.run->keys.wide, habitKey(bot, candidate.signature), timeMs - candidate.run->causeTimeMs});
    return commands;
}

/// Of several runs of the same kind: who has said this already; and where the words tell nothing, who of those that are as far waits longest.
void compareEqual(std::vector<WeighedRun>& candidates, const Saying& saying)
{
    constexpr qsizetype kTellsSomething = 6; ///< characters; shorter lines come again in anything
    const QString& text = saying.text;
    QHash<QString, std::vector<WeighedRun*>> kinds;
    for (WeighedRun& candidate : candidates)
        kinds[candidate.run->isHeard ? candidate.run->report.command : candidate.run->keys.wide].push_back(&candidate); // talk begins with any word
    for (const std::vector<WeighedRun*>& runs : std::as_const(kinds)) {
        if (runs.size() < 2)
            continue;
        bool isMissing = false;
        qsizetype mostHits = 0;
        for (WeighedRun* one : runs) {
            const QList<Part>& parts = one->run->parts;
            one->repeatsLast = !parts.isEmpty() && (parts.last().text == text || (parts.size() > 1 && parts.first().text == text));
            one->repeats
                = text.size() >= kTellsSomething && std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return part.text == text; });
            isMissing = isMissing || (!chat::isFinal(one->run->report.state) && !one->repeats);
            mostHits = std::max(mostHits, one->common);
        }
        QHash<qsizetype, WeighedRun*> first; // by how far they are
        for (WeighedRun* one : runs) {
            one->repeatsLast = one->repeatsLast && isMissing;
            one->repeats = one->repeats && isMissing;
            if (chat::isFinal(one->run->report.state) || one->common < mostHits)
                continue;
            WeighedRun*& known = first[one->run->parts.size()];
            WeighedRun* later = one;
            if (!known || one->run->lastTimeMs() < known->run->lastTimeMs())
                later = std::exchange(known, one);
            if (later)
                later->isLaterEqual = true;
        }
    }
}

/// Of several whose last words were like these: whose numbers are the next lower ones.
void compareNumbers(std::vector<WeighedRun>& candidates, const Saying& saying)
{
    if (saying.numbers.isEmpty())
        return;
    std::vector<std::pair<qint64, WeighedRun*>> distances;
    for (WeighedRun& candidate : candidates) {
        const Course& course = candidate.run->course;
        if (candidate.run->parts.isEmpty() || chat::isFinal(candidate.run->report.state) || course.frame != frameOf(candidate.signature))
            continue;
        const QList<qint64> step = stepBetween(course.numbers, saying.numbers);
        const bool isOnward = !step.isEmpty() && std::all_of(step.begin(), step.end(), [](qint64 one) { return one >= 0; });
        const qint64 sum = std::accumulate(step.begin(), step.end(), qint64(0));
        distances.push_back({isOnward && sum > 0 ? sum : std::numeric_limits<qint64>::max(), &candidate});
    }
    if (distances.size() < 2)
        return;
    const auto [least, most] = std::minmax_element(distances.begin(), distances.end(), [](auto& a, auto& b) { return a.first < b.first; });
    if (least->first == most->first)
        return; // it tells nothing
    for (const auto& [distance, candidate] : distances)
        (distance == least->first ? candidate->isNearest : candidate->isFarther) = true;
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
    const Told before = place.told.take(message.id);
    if ((run = find(before.run))) {
        part.evidence = Evidence::Told;
        part.displayId = before.displayId;
    } else if (trailer && (run = ofEnvelope(place, bot, message.conversation, *trailer, nowMs))) {
        part.evidence = Evidence::Told;
    } else if ((run = linked(place, message))) {
        part.evidence = Evidence::Linked;
    } else if ((run = named(place, *bot.profile, said))) {
        part.evidence = Evidence::Named;
    } else {
        run = guessed(place, bot, message, saying, said, &part.confidence, trailer ? trailer->task : QString(), nowMs);
    }
    if (run && saying.signature.isEmpty())
        saying.signature = signatureOf(saying.text, run->words);
    if (hindsight) {
        Hindsight::Seat seat = run ? seatIn(*run, bot.user, saying.signature, message.timeMs) : Hindsight::Seat();
        seat.isCertain = part.evidence != Evidence::Guessed;
        hindsight->place(message.id, seat);
    }
    ++place.unthought;
    place.spokenMs = nowMs;
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
    if (!before.table.isEmpty())
        part.text = before.table;
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

/// Hubot's `hear`: "who is on call?" Only what was said just now, and to nobody.
std::vector<CorrelatedRun> Correlator::Data::perhapsHeard(const Place& place, const BotInRoom& bot, const chat::Message& message) const
{
    constexpr qint64 kJustNowMs = 3'000;
    std::vector<CorrelatedRun> made;
    for (const Heard& sentence : place.sentences) {
        if (sentence.message.order >= message.order || sentence.message.timeMs + kJustNowMs < message.timeMs)
            continue;
        CorrelatedRun run = newRun(roomOf(message.conversation), sentence.message, {{bot.user}, sentence.text.trimmed()});
        run.isHeard = true;
        made.push_back(std::move(run));
    }
    return made;
}

CorrelatedRun* Correlator::Data::guessed(Place& place, const BotInRoom& bot, const chat::Message& message, Saying& saying, const QString& text,
    int* confidence, const QString& task, qint64 nowMs)
{
    std::vector<WeighedRun> candidates = candidatesFor(place, bot, message, text, task, !saying.called.isEmpty());
    const std::vector<CorrelatedRun> heard = perhapsHeard(place, bot, message);
    for (const CorrelatedRun& run : heard)
        if (!find(run.report.run))
            candidates.push_back({&run, knowledge->find(habitKey(bot.user, run.keys.wide)), knowledge->find(habitKey(bot.user, run.keys.narrow))});
    constexpr qint64 kFreshMs = 20'000; ///< longer ago, a command explains little
    Moment moment;
    moment.timeMs = message.timeMs;
    moment.marksItsOwn = place.marking.contains(bot.user);
    if (const auto last = place.last.constFind(bot.user); last != place.last.cend() && last->order < message.order) {
        moment.before = last->run;
        moment.beforeIsOpen = last->isOpen;
        moment.isBurst = message.timeMs - last->timeMs <= kBurstMs && place.personOrder < last->order;
        moment.isAtOnce = moment.isBurst && message.timeMs - last->timeMs <= kAtOnceMs;
    }
    moment.words = wordsInTheAir(candidates, message.timeMs);
    for (WeighedRun& candidate : candidates)
        candidate.common = std::count_if(
            candidate.run->words.begin(), candidate.run->words.end(), [&](const QString& word) { return saying.words.contains(word); });
    compareEqual(candidates, saying);
    WeighedRun* oldest = nullptr;
    for (WeighedRun& candidate : candidates) {
        const CorrelatedRun& run = *candidate.run;
        if (run.isHeard || chat::isFinal(run.report.state) || !run.candidates.contains(bot.user))
            continue;
        if (!oldest && run.parts.isEmpty())
            oldest = &candidate;
        moment.open += run.lastTimeMs() + kFreshMs > message.timeMs;
    }
    if (oldest)
        oldest->isOldestUnanswered = true;

    const QString shape = signatureOf(saying.text, {});
    for (WeighedRun& candidate : candidates) {
        // Only words that both have make a difference.
        candidate.signature = candidate.common > 0 ? signatureOf(saying.text, candidate.run->words) : shape;
        candidate.hasOpenFence = saying.closesFence && hasOpenFence(*candidate.run);
        candidate.own = ownShare(message.id, habitKey(bot.user, candidate.run->keys.narrow));
    }
    compareNumbers(candidates, saying);
    if (noted)
        noted->add(inTheAir(candidates, bot.user, message.timeMs));
    if (association)
        for (WeighedRun& candidate : candidates)
            candidate.association = association->of(candidate.run->keys.wide, habitKey(bot.user, candidate.signature));
    if (hindsight)
        for (WeighedRun& candidate : candidates) {
            if (!candidate.run->candidates.contains(bot.user))
                continue;
            const Hindsight::Seat seat = seatIn(*candidate.run, bot.user, candidate.signature, message.timeMs);
            hindsight->expect(seat.run, seat.command);
            if (looksBack)
                candidate.hindsight = hindsight->of(message.id, seat, candidate.association.cause, candidate.association.times);
        }
    std::vector<double> scores;
    double explained = 0;
    double cause = 0;
    for (WeighedRun& candidate : candidates) {
        const auto& meant = candidate.run->candidates;
        const double handicap = candidate.run->isHeard ? kWeights.heard + (candidate.run->report.command.endsWith(u'?') ? 0 : kWeights.heardUnasked)
            : !meant.contains(bot.user)                ? kWeights.anotherBot
            : meant.size() > 1                         ? perhapsAnother(*candidate.run, bot.user)
                                                       : 0;
        const bool isFresh = candidate.run->lastTimeMs() + kFreshMs > message.timeMs;
        explained = std::max(explained, isFresh ? rateOf(candidate) : 0);
        cause = std::max(cause, isFresh ? candidate.association.cause : 0);
        scores.push_back(weigh(candidate, saying, moment) + handicap);
        weighing.push_back({candidate.run->report.run, scores.back()});
    }
    const auto seenIn = [&](const QString& habit) {
        const Habit* found = knowledge->find(habitKey(bot.user, habit));
        return std::max(0.0, (found ? found->signatures.value(shape) : 0) - ownShare(message.id, habitKey(bot.user, habit)));
    };
    scores.push_back(weighNone(saying, moment, {seenIn(kUnasked), seenIn(kAll), explained, cause, looksBack}));
    weighing.push_back({{}, scores.back()});
    const std::vector<double> shares = sharesOf(scores, heat);
    const size_t best = size_t(std::max_element(scores.begin(), scores.end()) - scores.begin());
    *confidence = int(std::lround(100 * shares[best]));
    std::sort(weighing.begin(), weighing.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });

    Shares learned{{habitKey(bot.user, kAll), shape, 1}, {habitKey(bot.user, kUnasked), shape, shares.back()}};
    for (size_t i = 0; i < candidates.size(); ++i)
        if (shares[i] >= 0.02)
            addShares(learned, bot.user, *candidates[i].run, candidates[i].signature, shares[i]);
    learnShares(place, message.id, learned);
    if (best == candidates.size())
        return nullptr;
    saying.signature = candidates[best].signature;
    const CorrelatedRun& chosen = *candidates[best].run;
    const base::RunId id = chosen.report.run;
    if (!find(id)) {
        place.sentences.removeIf([&](const Heard& sentence) { return sentence.message.id == chosen.report.cause; });
        begin(place, chosen, nowMs);
    }
    return find(id);
}

/// Two bots could be meant by "!": which of them answers to it is learned soon.
double Correlator::Data::perhapsAnother(const CorrelatedRun& run, const base::UserId& bot) const
{
    const auto answered = [&](const base::UserId& user) {
        const Habit* habit = knowledge->find(habitKey(user, kSign + run.sign));
        return habit ? habit->said : 0.0;
    };
    double others = 0;
    for (const base::UserId& other : run.candidates)
        if (other != bot)
            others = std::max(others, answered(other));
    return others >= 2 && answered(bot) < 0.2 * others ? kWeights.neverAnswers : kWeights.perhapsAnother;
}

std::vector<WeighedRun> Correlator::Data::candidatesFor(
    const Place& place, const BotInRoom& bot, const chat::Message& message, const QString& text, const QString& task, bool isCalling)
{
    constexpr qint64 kLateUncalledMs = 60'000;
    std::vector<WeighedRun> candidates;
    const QString execution = executionIn(*bot.profile, text);
    for (const base::RunId& id : place.runs) {
        const CorrelatedRun* run = find(id);
        if (!run || run->causeOrder >= message.order || run->parts.size() >= kMaxParts)
            continue;
        const qint64 late = isCalling ? kLateMs : kLateUncalledMs;
        const bool isQuiet
            = chat::isFinal(run->report.state) || run->report.state == chat::RunState::NoReply || run->report.state == chat::RunState::Unknown;
        if (isQuiet && run->lastTimeMs() + late < message.timeMs)
            continue;
        if (!execution.isEmpty() && !run->execution.isEmpty() && run->execution != execution)
            continue;
        const CommandKeys& keys = run->keys;
        if (!task.isEmpty() && task.compare(keys.narrow, Qt::CaseInsensitive) != 0 && !task.contains(keys.wide, Qt::CaseInsensitive))
            continue; // a trailer says which command it is of
        candidates.push_back({run, knowledge->find(habitKey(bot.user, keys.wide)), knowledge->find(habitKey(bot.user, keys.narrow))});
    }
    return candidates;
}

void Correlator::Data::addPart(Place& place, CorrelatedRun& run, const BotInRoom& bot, Part part, const Saying& saying, qint64 nowMs)
{
    const base::RunId id = run.report.run;
    place.parts.insert(part.message, id);
    while (part.text.endsWith(u'\n'))
        part.text.chop(1); // its line end is made
    if (run.parts.size() >= kMaxParts)
        return;
    const bool isSure = part.evidence != Evidence::Guessed || part.confidence >= 90;
    if (isSure && (run.candidates.size() != 1 || run.report.bot != bot.user))
        if (run.candidates.contains(bot.user)) {
            run.candidates = {bot.user};
            run.report.bot = bot.user;
        }
    if (part.evidence != Evidence::Guessed) {
        Shares learned{{habitKey(bot.user, kAll), signatureOf(saying.text, {}), 1}};
        addShares(learned, bot.user, run, saying.signature, 1);
        learnShares(place, part.message, learned);
    }
    if (run.parts.isEmpty() && !run.sign.isEmpty() && isSure) {
        const QString key = habitKey(bot.user, kSign + run.sign);
        habits.of(key).said += 1;
        habits.changed(key);
    }
    if (part.evidence != Evidence::Guessed || part.confidence >= 60)
        learn(run, part, !saying.called.isEmpty());
    if (run.execution.isEmpty())
        run.execution = executionIn(*bot.profile, part.text);
    // An envelope may tell that this takes the place of what was there.
    const auto replaced = part.displayId.isEmpty()
        ? run.parts.end()
        : std::find_if(run.parts.begin(), run.parts.end(), [&](const Part& known) { return known.displayId == part.displayId; });
    readState(run, *bot.profile, part, saying);
    run.course.take(saying, saying.signature);
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
        const auto at
            = std::upper_bound(run.parts.begin(), run.parts.end(), part.order, [](qint64 order, const Part& known) { return order < known.order; });
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
