// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What people say to bots, and the life of the runs that come of it.
#include "correlator/correlator.h"

#include "chat/systemevent.h"
#include "correlator/correlatordata.h"

#include <QCryptographicHash>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::RunState;

base::RunId runIdOf(const base::ConversationId& conversation, const base::MessageId& command)
{
    const QByteArray made = (conversation.text() + u'\n' + command.text()).toUtf8();
    return base::RunId(QString::fromLatin1(QCryptographicHash::hash(made, QCryptographicHash::Sha256)
                                               .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
                                               .left(22)));
}

Correlator::Correlator(RoomOf roomOf, Habits& habits) : m_data(std::make_unique<Data>(std::move(roomOf), habits)) {}

Correlator::~Correlator() = default;

// ---- changes ----

void Correlator::Data::note(RunChange::Kind kind, const base::RunId& run, const QByteArray& added)
{
    using Kind = RunChange::Kind;
    if (CorrelatedRun* changed = find(run))
        ++changed->report.revision;
    for (auto known = changes.rbegin(); known != changes.rend(); ++known) {
        if (known->run != run)
            continue;
        // What was noted and not taken yet says it already, or can be made to.
        if (kind == Kind::Report && known->kind != Kind::Removed)
            return;
        if (kind == Kind::Rewritten && (known->kind == Kind::Rewritten || known->kind == Kind::Grew)) {
            *known = {Kind::Rewritten, run, {}};
            return;
        }
        if (kind == Kind::Grew && known->kind == Kind::Rewritten)
            return;
        if (kind == Kind::Grew && known->kind == Kind::Grew) {
            known->added += added;
            return;
        }
        break;
    }
    changes.push_back({kind, run, added});
}

std::vector<RunChange> Correlator::takeChanges() { return std::exchange(m_data->changes, {}); }

void Correlator::Data::touch(CorrelatedRun& run, qint64 nowMs)
{
    run.touchedMs = nowMs;
    if (limitMs(run) > 0)
        open.insert(run.report.run);
    else
        open.remove(run.report.run);
}

// ---- messages ----

void Correlator::take(const chat::Message& message, const QString& text, qint64 nowMs)
{
    Data& d = *m_data;
    const Room& room = d.roomOf(message.conversation);
    if (room.bots.isEmpty())
        return;
    Data::Place& place = d.places[message.conversation];
    if (message.system) {
        if (const auto event = chat::systemEventFromText(message.text); event && event->kind == chat::SystemEvent::Kind::Renamed)
            d.renamed(place, message, event->subject);
        return;
    }
    if (d.takeAgain(place, room, message, text, nowMs))
        return;
    if (message.deleted)
        return;
    if (!d.isRehearsal) {
        if (place.heardIds.contains(message.id))
            return; // talk that is read again
        place.heardIds.insert(message.id);
        place.heard.push_back({message, text});
        if (place.heard.size() > Data::kMaxHeard) {
            place.heardIds.remove(place.heard.front().message.id);
            place.shares.remove(place.heard.front().message.id); // what it taught stays
            place.heard.pop_front();
        }
    }
    d.settleBefore(place, message.timeMs);
    const auto bot = std::find_if(room.bots.begin(), room.bots.end(), [&](const BotInRoom& known) { return known.user == message.sender; });
    if (bot != room.bots.end())
        return d.takeFromBot(place, room, *bot, message, text, nowMs);
    d.takeFromPerson(place, room, message, text, nowMs);
    place.personOrder = std::max(place.personOrder, message.order);
}

/// A new version of what is known: a bot that edits, a command with a reaction, our own message under its last name.
bool Correlator::Data::takeAgain(Place& place, const Room& room, const chat::Message& message, const QString& text, qint64 nowMs)
{
    if ((message.edited || message.deleted) && place.heardIds.contains(message.id))
        for (Heard& known : place.heard) // what is thought over is the newest version
            if (known.message.id == message.id)
                known = {message, text};
    if (const auto part = place.parts.constFind(message.id); part != place.parts.cend()) {
        CorrelatedRun* run = find(*part);
        if (!run)
            return true;
        const auto at = std::find_if(run->parts.begin(), run->parts.end(), [&](const Part& known) { return known.message == message.id; });
        if (at == run->parts.end())
            return true;
        const auto trailer = trailerOf(text);
        Saying saying = readSaying(message.deleted ? QString() : trailer ? text.left(trailer->textEnd) : text, run->names + room.people);
        if (at->text != saying.text) {
            at->text = saying.text;
            readState(*run, profileOf(*run), *at, saying);
            rewrite(*run);
            touch(*run, nowMs);
        }
        return true;
    }
    if (message.edited || message.deleted)
        place.sentences.removeIf([&](const Heard& sentence) { return sentence.message.id == message.id; });
    CorrelatedRun* run = find(place.commands.value(message.id));
    if (!run && message.transaction && (run = find(ofTransaction.value(message.transaction.text())))
        && run->report.conversation == message.conversation) {
        if (run->report.cause == run->commands.value(0))
            run->report.cause = message.id;
        run->commands.prepend(message.id);
        place.commands.insert(message.id, run->report.run);
        note(RunChange::Kind::Report, run->report.run);
    }
    if (!run)
        return message.edited; // of something that is not in mind any more; what it belonged to was decided then
    for (const BotInRoom& bot : room.bots)
        react(*run, bot, message, nowMs);
    if (message.edited && !message.deleted && run->parts.isEmpty())
        if (const auto addressed = addressedIn(text, room); addressed && addressed->command != run->report.command) {
            run->report.command = addressed->command;
            run->keys = keysOf(addressed->command);
            run->words = wordsIn(addressed->command);
            note(RunChange::Kind::Report, run->report.run);
        }
    return true;
}

void Correlator::Data::renamed(Place& place, const chat::Message& message, const QString& name)
{
    for (const base::RunId& id : place.runs)
        if (CorrelatedRun* run = find(id); run
            && (run->report.sender == message.sender || run->names.contains(message.senderName, Qt::CaseInsensitive)) && !run->names.contains(name))
            run->names += name;
}

void Correlator::Data::takeFromPerson(Place& place, const Room& room, const chat::Message& message, const QString& text, qint64 nowMs)
{
    const auto addressed = addressedIn(text, room);
    // "yes" and "hubot yes" alike.
    if (takeAnswer(place, message, text, nowMs) || (addressed && takeAnswer(place, message, addressed->command, nowMs)))
        return;
    if (addressed && takeDecision(place, message, *addressed, nowMs))
        return;
    if (!addressed) {
        if (!readSaying(text, room.people).called.isEmpty())
            return; // it is for somebody
        place.sentences += {message, text};
        if (place.sentences.size() > kMaxSentences)
            place.sentences.removeFirst();
        for (const BotInRoom& bot : room.bots) // what was never listened for is not counted, or all talk would be
            if (const QString key = habitKey(bot.user, keysOf(text).narrow); knowledge->find(key) && !isRehearsal)
                habits.of(key).asked += 1;
        return;
    }
    const CorrelatedRun run = newRun(room, message, *addressed);
    begin(place, run, nowMs);
    for (const BotInRoom& bot : room.bots)
        if (CorrelatedRun* kept = find(run.report.run))
            react(*kept, bot, message, nowMs);
}

/// "yes", said by who was asked.
bool Correlator::Data::takeAnswer(Place& place, const chat::Message& message, const QString& text, qint64 nowMs)
{
    const QString said = text.trimmed();
    for (auto id = place.runs.rbegin(); id != place.runs.rend(); ++id) {
        CorrelatedRun* run = find(*id);
        if (!run || run->answers.isEmpty() || !run->answers.contains(said, Qt::CaseInsensitive))
            continue;
        if (!run->othersMayAnswer && run->report.sender != message.sender && !run->names.contains(message.senderName, Qt::CaseInsensitive))
            continue;
        run->answers.clear();
        run->stirredMs = message.timeMs;
        run->isDone = false;
        run->report.state = RunState::Running;
        run->report.detail.clear();
        place.commands.insert(message.id, *id);
        run->commands += message.id;
        touch(*run, nowMs);
        note(RunChange::Kind::Report, *id);
        return true;
    }
    return false;
}

/// "!approve 1bd05182", by anybody: what its bot makes of it, the bot says.
bool Correlator::Data::takeDecision(Place& place, const chat::Message& message, const Addressed& addressed, qint64 nowMs)
{
    const QSet<QString> words = wordsIn(addressed.command);
    for (auto id = place.runs.rbegin(); id != place.runs.rend(); ++id) {
        CorrelatedRun* run = find(*id);
        if (!run || run->report.state != RunState::AwaitingApproval || run->execution.isEmpty() || !words.contains(run->execution.toLower())
            || !addressed.bots.contains(run->report.bot))
            continue;
        run->stirredMs = message.timeMs;
        place.commands.insert(message.id, *id);
        run->commands += message.id;
        touch(*run, nowMs);
        return true;
    }
    return false;
}

CorrelatedRun Correlator::Data::newRun(const Room& room, const chat::Message& message, const Addressed& addressed) const
{
    CorrelatedRun run;
    run.report.run = runIdOf(message.conversation, message.id);
    run.report.conversation = message.conversation;
    run.report.cause = message.id;
    run.report.sender = message.sender;
    run.report.senderName = message.senderName;
    run.report.bot = addressed.bots.first();
    run.report.command = addressed.command;
    run.report.environment = room.environment;
    run.report.state = RunState::Sent;
    run.report.startedAtMs = message.timeMs + skewOf(message.conversation);
    run.report.confidence = 100;
    run.causeTimeMs = message.timeMs;
    run.causeOrder = message.order;
    run.candidates = addressed.bots;
    run.sign = addressed.sign;
    run.commands = {message.id};
    run.transaction = message.transaction;
    run.names = {message.senderName};
    run.keys = keysOf(run.report.command);
    run.words = wordsIn(run.report.command);
    return run;
}

void Correlator::Data::begin(Place& place, CorrelatedRun run, qint64 nowMs)
{
    const base::RunId id = run.report.run;
    if (run.transaction)
        ofTransaction.insert(run.transaction.text(), id);
    // In the order of the conversation: an older page of it comes later.
    const auto at = std::find_if(place.runs.rbegin(), place.runs.rend(), [&](const base::RunId& other) {
        const CorrelatedRun* known = find(other);
        return !known || known->causeOrder <= run.causeOrder;
    });
    place.runs.insert(at.base(), id);
    place.commands.insert(run.report.cause, id);
    const CommandKeys& keys = run.keys;
    if (!isRehearsal)
        for (const base::UserId& bot : std::as_const(run.candidates))
            for (const QString& command : QSet<QString>{keys.wide, keys.narrow})
                habits.of(habitKey(bot, command)).asked += 1;
    CorrelatedRun& kept = runs.insert_or_assign(id.text(), std::move(run)).first->second;
    note(RunChange::Kind::Started, id);
    touch(kept, nowMs);
    forgetOldest(place);
}

/// What was taken for a sentence that a bot listens for, and is none.
void Correlator::Data::removeUnheard(Place& place, const base::RunId& id)
{
    const CorrelatedRun* run = find(id);
    if (!run || !run->isHeard || !run->parts.isEmpty())
        return;
    for (const base::MessageId& command : run->commands)
        place.commands.remove(command);
    std::erase(place.runs, id);
    open.remove(id);
    note(RunChange::Kind::Removed, id);
    runs.erase(id.text());
}

/// PoshBot's way to say how a run stands; the one that it takes away again says nothing any more.
void Correlator::Data::react(CorrelatedRun& run, const BotInRoom& bot, const chat::Message& message, qint64 nowMs)
{
    if (bot.profile->reactions.isEmpty() || !run.candidates.contains(bot.user))
        return;
    std::optional<RunState> state;
    for (const chat::Reaction& reaction : message.reactions) {
        QString name = reaction.emoji;
        name.remove(u':');
        const auto meant = bot.profile->reactions.constFind(name);
        if (meant == bot.profile->reactions.cend() || !reaction.by.contains(bot.user))
            continue;
        if (!state || chat::isFinal(*meant) || *state == RunState::Running)
            state = *meant;
    }
    if (!state || state == run.reacted)
        return;
    run.reacted = state;
    run.report.detail.clear();
    run.report.bot = bot.user;
    run.candidates = {bot.user};
    run.report.state = *state;
    run.stirredMs = std::max(run.stirredMs, nowMs - skewOf(run.report.conversation));
    run.isDone = chat::isFinal(*state);
    if (run.isDone)
        run.report.endedAtMs = std::max(run.report.startedAtMs, nowMs);
    touch(run, nowMs);
    note(RunChange::Kind::Report, run.report.run);
}

void Correlator::Data::forgetOldest(Place& place)
{
    while (place.runs.size() > size_t(kMaxRuns)) {
        const base::RunId gone = place.runs.front();
        place.runs.erase(place.runs.begin());
        if (const CorrelatedRun* run = find(gone)) {
            for (const Part& part : run->parts)
                place.parts.remove(part.message);
            for (const base::MessageId& command : run->commands)
                place.commands.remove(command);
            if (!run->told.isEmpty())
                told.remove(run->report.conversation.text() + u'\n' + run->report.bot.text() + u'\n' + run->told);
            ofTransaction.remove(run->transaction.text());
        }
        open.remove(gone);
        runs.erase(gone.text());
    }
    if (place.parts.size() > kMaxRemembered + kMaxRuns * 50)
        place.parts.removeIf([](const auto& known) { return known.value().isEmpty(); });
    if (place.told.size() > kMaxRemembered)
        place.told.clear();
}

// ---- by hand ----

base::Status Correlator::join(base::RunId id, base::RunId intoId, qint64 nowMs)
{
    Data& d = *m_data;
    CorrelatedRun* run = d.find(id);
    CorrelatedRun* into = d.find(intoId);
    if (!run || !into || run == into)
        return Error{ErrorKind::NotFound, u"no such run"_s, 0};
    if (run->report.conversation != into->report.conversation)
        return Error{ErrorKind::Invalid, u"they are of different conversations"_s, 0};
    Data::Place& place = d.places[run->report.conversation];
    QList<base::MessageId> messages;
    for (const Part& part : std::as_const(run->parts))
        messages += part.message;
    if (auto moved = move(id, messages, intoId, nowMs); !moved)
        return moved;
    for (const base::MessageId& command : std::as_const(run->commands)) {
        place.commands.insert(command, intoId);
        into->commands += command;
    }
    std::erase(place.runs, id);
    d.open.remove(id);
    d.runs.erase(id.text());
    d.note(RunChange::Kind::Removed, id);
    d.note(RunChange::Kind::Report, intoId);
    return base::Done();
}

base::Status Correlator::move(base::RunId fromId, const QList<base::MessageId>& messages, base::RunId intoId, qint64 nowMs)
{
    Data& d = *m_data;
    CorrelatedRun* from = d.find(fromId);
    CorrelatedRun* into = d.find(intoId);
    if (!from || (!into && !intoId.isEmpty()) || from == into)
        return Error{ErrorKind::NotFound, u"no such run"_s, 0};
    Data::Place& place = d.places[from->report.conversation];
    if (into && into->report.conversation != from->report.conversation)
        return Error{ErrorKind::Invalid, u"they are of different conversations"_s, 0};
    for (const base::MessageId& message : messages) {
        if (place.parts.value(message) != fromId)
            continue;
        Part part = d.takePart(place, *from, message);
        d.teach(*from, part, -3);
        part.evidence = Evidence::ByHand;
        part.isCut = false;
        place.parts.insert(message, intoId);
        if (!into)
            continue;
        d.teach(*into, part, 3);
        const auto at = std::upper_bound(
            into->parts.begin(), into->parts.end(), part.order, [](qint64 order, const Part& known) { return order < known.order; });
        into->parts.insert(at, std::move(part));
    }
    for (CorrelatedRun* changed : {from, into}) {
        if (!changed)
            continue;
        d.rewrite(*changed);
        if (changed->parts.isEmpty() && chat::isFinal(changed->report.state) && changed->told.isEmpty()) {
            changed->report.state = RunState::Sent; // what ended it was not its own
            changed->report.endedAtMs = 0;
            changed->report.detail.clear();
            changed->isDone = false;
        } else if (!changed->parts.isEmpty() && !chat::isFinal(changed->report.state)) {
            changed->report.state = RunState::Running;
        }
        d.touch(*changed, nowMs);
    }
    return base::Done();
}

// ---- the rest of its life ----

const CorrelatedRun* Correlator::find(const base::RunId& run) const { return m_data->find(run); }

const CorrelatedRun* Correlator::ofCommand(const base::ConversationId& conversation, const base::MessageId& command) const
{
    const auto place = m_data->places.constFind(conversation);
    return place == m_data->places.cend() ? nullptr : m_data->find(place->commands.value(command));
}

void Correlator::restore(CorrelatedRun run, qint64 nowMs)
{
    Data& d = *m_data;
    const base::RunId id = run.report.run;
    if (id.isEmpty() || d.find(id))
        return;
    Data::Place& place = d.places[run.report.conversation];
    run.keys = keysOf(run.report.command);
    run.words = wordsIn(run.report.command);
    for (const Part& part : std::as_const(run.parts))
        place.parts.insert(part.message, id);
    if (!chat::isFinal(run.report.state))
        d.readCourse(run);
    for (const base::MessageId& command : std::as_const(run.commands))
        place.commands.insert(command, id);
    if (!run.told.isEmpty())
        d.told.insert(run.report.conversation.text() + u'\n' + run.report.bot.text() + u'\n' + run.told, id);
    if (run.transaction)
        d.ofTransaction.insert(run.transaction.text(), id);
    const auto at = std::find_if(place.runs.rbegin(), place.runs.rend(), [&](const base::RunId& other) {
        const CorrelatedRun* known = d.find(other);
        return !known || known->causeOrder <= run.causeOrder;
    });
    place.runs.insert(at.base(), id);
    CorrelatedRun& kept = d.runs.insert_or_assign(id.text(), std::move(run)).first->second;
    d.touch(kept, nowMs);
    d.forgetOldest(place);
}

void Correlator::forget(const base::AccountId& account)
{
    Data& d = *m_data;
    d.places.removeIf([&](const auto& place) { return place.key().account() == account; });
    std::erase_if(d.runs, [&](const auto& run) {
        const bool gone = run.second.report.conversation.account() == account;
        if (gone)
            d.open.remove(run.second.report.run);
        return gone;
    });
    d.told.removeIf([&](const auto& told) { return !d.find(told.value()); });
    d.ofTransaction.removeIf([&](const auto& known) { return !d.find(known.value()); });
    std::erase_if(d.changes, [&](const RunChange& change) { return !d.find(change.run); });
}

void Correlator::setSkew(const base::AccountId& account, qint64 ms) { m_data->skews[account] = ms; }

const std::vector<Candidate>& Correlator::lastWeighing() const { return m_data->weighing; }

} // namespace ridealong::correlator
