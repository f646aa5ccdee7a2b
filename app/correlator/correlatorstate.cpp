// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How a run stands: by its bot's words, by its envelopes, by silence. And what is learned of it.
#include "correlator/correlatordata.h"

namespace ridealong::correlator {

using namespace Qt::StringLiterals;
using chat::RunState;

namespace {

constexpr int kRuleLines = 40; ///< of a message, from its beginning; and the last few
constexpr qint64 kLeastNoReplyMs = 4'000;
constexpr qint64 kMostNoReplyMs = 10 * 60'000;
constexpr qint64 kDoneMs = 400; ///< after the last word of what is known to be all
constexpr qint64 kStalledMs = 90'000; ///< without news of a progress
constexpr qint64 kUndecidedMs = 6 * 60'000; ///< Hubot forgets its question after five minutes
constexpr qint64 kApprovalMs = 24 * 3'600'000;

/// What a line without any rule says of its run's end: "error: no such host".
bool readsAsFailure(const QString& line)
{
    static const QRegularExpression failure(
        u"^(error|fatal|failed|failure|exception|traceback|panic|abort(ed)?)\\b[:!. ]|\\b(command|task|build|deploy(ment)?|job|run) (has )?failed\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    return failure.match(line.left(300)).hasMatch();
}

std::optional<int> exitCodeIn(const QString& line)
{
    static const QRegularExpression exit(u"\\b(?:exit(?:ed)?(?: with)?(?: (?:code|status))?|return code|rc)[ :=]+(?:code |status )?(-?\\d{1,5})\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = exit.match(line.left(300));
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

/// With what was found in place of "\1" and so on.
QString filledIn(QString text, const QRegularExpressionMatch& match)
{
    for (int i = 1; i <= match.lastCapturedIndex() && i < 10; ++i)
        text.replace(u"\\%1"_s.arg(i), match.captured(i));
    return text.trimmed();
}

QString detailOf(const StateRule& rule, const QRegularExpressionMatch& match, const QString& line)
{
    return rule.detail.isEmpty() ? line : filledIn(rule.detail, match);
}

QStringList linesToRead(const QString& text)
{
    QStringList lines = text.left(64 * 1024).split(u'\n');
    if (lines.size() > 2 * kRuleLines)
        lines = lines.first(kRuleLines) + lines.last(kRuleLines);
    return lines;
}

} // namespace

const BotProfile& Correlator::Data::profileOf(const CorrelatedRun& run) const
{
    for (const BotInRoom& bot : roomOf(run.report.conversation).bots)
        if (bot.user == run.report.bot)
            return *bot.profile;
    static const BotProfile none;
    return none;
}

void Correlator::Data::readState(CorrelatedRun& run, const BotProfile& profile, const Part& part, const Saying& saying)
{
    if (!run.told.isEmpty())
        return; // its bot tells it
    chat::RunReport& report = run.report;
    const bool isAsking = !run.answers.isEmpty();
    bool said = false;
    for (const QString& line : linesToRead(part.text)) {
        const QString looked = line.left(kMaxMatchedChars);
        for (const StateRule& rule : profile.rules) {
            const auto match = rule.pattern.match(looked);
            if (!match.hasMatch())
                continue;
            run.isDone = run.isDone || rule.ends;
            for (const QString& answer : rule.answers)
                if (const QString filled = filledIn(answer, match); !run.answers.contains(filled))
                    run.answers += filled;
            if (!rule.state || (chat::isFinal(report.state) && !chat::isFinal(*rule.state)))
                break;
            said = true;
            report.state = *rule.state;
            if (const QString detail = detailOf(rule, match, looked); !detail.isEmpty())
                report.detail = detail;
            break;
        }
        if (const auto exit = exitCodeIn(looked))
            report.exitCode = exit;
    }
    run.isDone = run.isDone || profile.answersOnce;
    if (!said && !isAsking && !chat::isFinal(report.state)) {
        if (report.state == RunState::NoReply || report.state == RunState::Unknown)
            report.detail.clear();
        report.state = RunState::Running;
    }
    const bool rises = saying.percent && run.course.percent && run.course.signature == saying.signature && *saying.percent >= *run.course.percent;
    if (saying.percent && (saying.hasBar || rises) && !chat::isFinal(report.state))
        report.progress = chat::Progress{chat::Progress::State::Normal, *saying.percent, {}};
    if (report.exitCode && *report.exitCode != 0 && report.state == RunState::Succeeded)
        report.state = RunState::Failed;
    if (chat::isFinal(report.state))
        report.endedAtMs = part.timeMs + skewOf(report.conversation);
}

void Correlator::Data::readCourse(CorrelatedRun& run) const
{
    run.course = {};
    for (const Part& part : std::as_const(run.parts))
        run.course.take(readSaying(part.text, run.names), signatureOf(part.text, run.words));
}

void Correlator::Data::reread(CorrelatedRun& run, qint64 nowMs)
{
    if (!run.told.isEmpty())
        return;
    const bool wasOver = chat::isFinal(run.report.state);
    run.report.state = RunState::Sent;
    run.report.endedAtMs = 0;
    run.report.detail.clear();
    run.report.exitCode.reset();
    run.report.progress.reset();
    run.isDone = false;
    run.answers.clear();
    run.course = {};
    for (const Part& part : std::as_const(run.parts)) {
        Saying saying = readSaying(part.text, run.names);
        saying.signature = signatureOf(part.text, run.words);
        readState(run, profileOf(run), part, saying);
        run.course.take(saying, saying.signature);
    }
    touch(run, nowMs);
    if (wasOver && run.report.state == RunState::Running)
        settle(run);
}

// ---- silence ----

qint64 Correlator::Data::limitMs(const CorrelatedRun& run) const
{
    const CommandKeys& keys = run.keys;
    const Habit* habit = knowledge->find(habitKey(run.report.bot, keys.narrow));
    if (!habit || habit->runs < 2)
        if (const Habit* wide = knowledge->find(habitKey(run.report.bot, keys.wide)))
            habit = wide;
    const BotProfile& profile = profileOf(run);
    switch (run.report.state) {
    case RunState::Sent:
    case RunState::Acknowledged: {
        if (run.report.state == RunState::Acknowledged)
            return kApprovalMs;
        const qint64 learned = habit && habit->firstMs.count() >= 3 ? 4 * habit->firstMs.quantile(0.95, 0) + 2000 : profile.noReplyMs;
        return std::clamp(learned, kLeastNoReplyMs, kMostNoReplyMs);
    }
    case RunState::Running: {
        if (!run.told.isEmpty() || run.reacted == RunState::Running)
            return kApprovalMs; // it will be told
        if (run.isDone || (habit && habit->messages.isAlways(run.parts.size())))
            return kDoneMs;
        if (run.report.progress && run.report.progress->percent < 100)
            return kStalledMs;
        const qint64 gap = habit ? habit->gapMs.quantile(0.95, 0) : 0;
        return std::max(profile.quietMs, 3 * gap);
    }
    case RunState::AwaitingConfirmation: return kUndecidedMs;
    case RunState::AwaitingApproval: return kApprovalMs;
    default: return 0;
    }
}

void Correlator::Data::settle(CorrelatedRun& run)
{
    chat::RunReport& report = run.report;
    switch (report.state) {
    case RunState::Sent:
    case RunState::Acknowledged: report.state = RunState::NoReply; break;
    case RunState::Running: {
        // What was answered and then not taken up by the bot is no success.
        if (!run.told.isEmpty() || run.reacted == RunState::Running || (report.progress && report.progress->percent < 100) || run.isWaitedFor()) {
            report.state = RunState::Unknown;
            report.detail.clear();
            break;
        }
        const QString last = run.parts.last().text.trimmed();
        const QString line = last.sliced(last.lastIndexOf(u'\n') + 1);
        const bool failed = (report.exitCode && *report.exitCode != 0) || readsAsFailure(line) || (run.parts.size() == 1 && readsAsFailure(last));
        report.state = failed ? RunState::Failed : RunState::Succeeded;
        report.endedAtMs = run.parts.last().timeMs + skewOf(report.conversation);
        learnEnd(run);
        break;
    }
    case RunState::AwaitingConfirmation:
    case RunState::AwaitingApproval:
        report.state = RunState::Unknown;
        run.answers.clear();
        break;
    default: return;
    }
    open.remove(report.run);
    note(RunChange::Kind::Report, report.run);
}

void Correlator::tick(qint64 nowMs)
{
    Data& d = *m_data;
    for (const base::RunId& id : QSet<base::RunId>(d.open)) {
        CorrelatedRun* run = d.find(id);
        if (!run)
            d.open.remove(id);
        else if (const qint64 limit = d.limitMs(*run); limit > 0 && run->touchedMs + limit <= nowMs)
            d.settle(*run);
    }
}

std::optional<qint64> Correlator::nextTickMs() const
{
    std::optional<qint64> next;
    for (const base::RunId& id : std::as_const(m_data->open))
        if (const CorrelatedRun* run = m_data->find(id))
            if (const qint64 limit = m_data->limitMs(*run); limit > 0)
                next = std::min(next.value_or(run->touchedMs + limit), run->touchedMs + limit);
    return next;
}

/// In a history a day passes between two messages: what was open by then is not any more.
void Correlator::Data::settleBefore(Place& place, qint64 timeMs)
{
    for (const base::RunId& id : place.runs) {
        if (!open.contains(id))
            continue;
        if (CorrelatedRun* run = find(id))
            if (const qint64 limit = limitMs(*run); limit > 0 && run->lastTimeMs() + limit < timeMs)
                settle(*run);
    }
}

// ---- envelopes ----

void Correlator::Data::bind(CorrelatedRun& run, const base::UserId& bot, const QString& id)
{
    if (!run.told.isEmpty())
        return;
    run.told = id;
    run.report.bot = bot;
    run.candidates = {bot};
    told.insert(run.report.conversation.text() + u'\n' + bot.text() + u'\n' + id, run.report.run);
}

/// Only of a run that exists and was addressed to that bot: anybody else's is text.
CorrelatedRun* Correlator::Data::ofEnvelope(
    Place& place, const BotInRoom& bot, const base::ConversationId& conversation, const Envelope& envelope, qint64 nowMs)
{
    if (CorrelatedRun* run = find(told.value(conversation.text() + u'\n' + bot.user.text() + u'\n' + envelope.run)))
        return run;
    const auto fits = [&](CorrelatedRun* run) { return run && run->told.isEmpty() && run->candidates.contains(bot.user); };
    if (!envelope.causeMessage.isEmpty())
        if (CorrelatedRun* run = find(place.commands.value(base::MessageId(envelope.causeMessage))); fits(run))
            return run;
    if (envelope.causeUser.isEmpty() || envelope.causeCommand.isEmpty())
        return nullptr;
    const QString command = envelope.causeCommand.simplified();
    for (const base::RunId& id : place.runs) {
        CorrelatedRun* run = find(id);
        if (fits(run) && run->names.contains(envelope.causeUser, Qt::CaseInsensitive) && command.endsWith(run->report.command.simplified()))
            return run;
    }
    return ofSentence(place, bot, envelope, command, nowMs);
}

/// A bot answers what was not said to it: what it names must have been said, just now and by whom it says.
CorrelatedRun* Correlator::Data::ofSentence(Place& place, const BotInRoom& bot, const Envelope& envelope, const QString& command, qint64 nowMs)
{
    constexpr int kLookedAt = 100;
    int looked = 0;
    for (auto heard = place.heard.rbegin(); heard != place.heard.rend() && ++looked <= kLookedAt; ++heard) {
        const chat::Message& message = heard->message;
        const bool isMeant = (envelope.causeMessage.isEmpty() || message.id.text() == envelope.causeMessage)
            && message.senderName.compare(envelope.causeUser, Qt::CaseInsensitive) == 0 && heard->text.simplified() == command;
        if (!isMeant || message.fromBot || message.sender == bot.user || place.commands.contains(message.id))
            continue;
        CorrelatedRun run = newRun(roomOf(message.conversation), message, {{bot.user}, heard->text.trimmed()});
        run.isHeard = true;
        const base::RunId id = run.report.run;
        begin(place, std::move(run), nowMs);
        return find(id);
    }
    return nullptr;
}

void Correlator::takeEnvelope(
    const base::ConversationId& conversation, const base::MessageId& message, const base::UserId& sender, const QByteArray& json, qint64 nowMs)
{
    Data& d = *m_data;
    const Room& room = d.roomOf(conversation);
    const auto bot = std::find_if(room.bots.begin(), room.bots.end(), [&](const BotInRoom& known) { return known.user == sender; });
    if (bot == room.bots.end())
        return;
    const auto envelope = readEnvelope(json);
    if (!envelope)
        return;
    Data::Place& place = d.places[conversation];
    CorrelatedRun* run = d.ofEnvelope(place, *bot, conversation, *envelope, nowMs);
    if (!run)
        return;
    d.bind(*run, sender, envelope->run);
    place.marking.insert(sender);
    if (!message.isEmpty()) {
        const auto known = place.parts.constFind(message);
        if (known == place.parts.cend()) {
            place.told.insert(message, {run->report.run, envelope->update ? envelope->displayId : QString(), envelope->table});
        } else if (CorrelatedRun* other = d.find(*known); other && other != run) {
            // It was guessed before this came.
            Part part = d.takePart(place, *other, message);
            d.rewrite(*other);
            part.evidence = Evidence::Told;
            Saying saying;
            saying.text = part.text;
            saying.signature = signatureOf(part.text, run->words);
            if (!envelope->table.isEmpty())
                part.text = envelope->table;
            d.addPart(place, *run, *bot, std::move(part), saying, nowMs);
        } else if (other && !envelope->table.isEmpty()) {
            for (Part& part : run->parts)
                if (part.message == message)
                    part.text = envelope->table;
            d.rewrite(*run);
        }
    }
    d.apply(*run, *envelope, nowMs);
}

void Correlator::Data::apply(CorrelatedRun& run, const Envelope& envelope, qint64 nowMs)
{
    chat::RunReport& report = run.report;
    const bool isStale = envelope.sequence >= 0 && envelope.sequence <= run.toldSequence;
    if (isStale || run.isDone)
        return;
    run.toldSequence = std::max(run.toldSequence, envelope.sequence);
    if (!envelope.environment.isEmpty())
        report.environment = envelope.environment;
    if (envelope.exitCode)
        report.exitCode = envelope.exitCode;
    if (envelope.progress)
        report.progress = envelope.progress;
    run.answers.clear();
    using Kind = Envelope::Kind;
    switch (envelope.kind) {
    case Kind::Queued: report.state = RunState::Acknowledged; break;
    case Kind::Started:
    case Kind::Output:
    case Kind::Progress: report.state = RunState::Running; break;
    case Kind::Approval:
        report.state = envelope.approval == "pending"_L1 ? RunState::AwaitingApproval
            : envelope.approval == "approved"_L1         ? RunState::Running
                                                         : RunState::Denied;
        report.detail = envelope.groups.join(u", "_s);
        if (report.state == RunState::AwaitingApproval)
            run.answers = envelope.replies;
        run.othersMayAnswer = !envelope.groups.isEmpty();
        break;
    case Kind::Finished:
        report.state = envelope.outcome.value_or(RunState::Unknown);
        report.detail = envelope.errors;
        break;
    }
    run.isDone = chat::isFinal(report.state);
    if (run.isDone) {
        const qint64 last = std::max(run.lastTimeMs() + skewOf(report.conversation), report.startedAtMs);
        report.endedAtMs = envelope.durationMs >= 0 ? report.startedAtMs + envelope.durationMs : std::max(last, report.startedAtMs);
        learnEnd(run);
    }
    touch(run, nowMs);
    note(RunChange::Kind::Report, report.run);
}

// ---- what is learned ----

double Correlator::Data::ownShare(const base::MessageId& message, const QString& key) const
{
    for (const Share& share : own.value(message))
        if (share.key == key)
            return share.share;
    return 0;
}

void Correlator::Data::learnShares(Place& place, const base::MessageId& message, const Shares& learned)
{
    habits.add(place.shares.take(message), -1);
    habits.add(learned);
    place.shares.insert(message, learned);
}

void Correlator::Data::learn(const CorrelatedRun& run, const Part& part, bool isCalled)
{
    const CommandKeys& keys = run.keys;
    const qint64 delay = std::max<qint64>(0, part.timeMs - run.lastTimeMs());
    for (const QString& command : QSet<QString>{keys.wide, keys.narrow}) {
        const QString key = habitKey(run.report.bot, command);
        Habit& habit = habits.of(key);
        (run.parts.isEmpty() ? habit.firstMs : habit.gapMs).add(delay);
        ++habit.said;
        habit.called += isCalled;
        habits.changed(key);
    }
}

void Correlator::Data::learnEnd(const CorrelatedRun& run)
{
    const CommandKeys& keys = run.keys;
    for (const QString& command : QSet<QString>{keys.wide, keys.narrow}) {
        const QString key = habitKey(run.report.bot, command);
        Habit& habit = habits.of(key);
        ++habit.runs;
        if (heat <= 1)
            habit.messages.add(run.parts.size());
        habits.changed(key);
    }
}

/// What somebody moved by hand counts as much as several of our guesses.
void Correlator::Data::teach(const CorrelatedRun& run, const Part& part, int count)
{
    const CommandKeys& keys = run.keys;
    const QString signature = signatureOf(part.text, run.words);
    for (const QString& command : QSet<QString>{keys.wide, keys.narrow}) {
        const QString key = habitKey(run.report.bot, command);
        Habit& habit = habits.of(key);
        habit.signatures[signature] = count < 0 ? count : std::max(0.0, habit.signatures.value(signature)) + count;
        habit.messages = Recent(); // how many there are was counted wrongly
        habits.changed(key);
    }
}

} // namespace ridealong::correlator
