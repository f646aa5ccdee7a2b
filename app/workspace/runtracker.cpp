// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "workspace/runtracker.h"

#include "base/log.h"
#include "console/console.h"
#include "correlator/address.h"
#include "correlator/regrouping.h"
#include "store/profilestore.h"
#include "workspace/account.h"
#include "workspace/runjson.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using correlator::CorrelatedRun;
using correlator::RunChange;

namespace {

constexpr int kRestoredRuns = 500; ///< of an account, in the console after a start
constexpr int kReadAgain = 300; ///< stored messages of a room when a bot is first seen there
constexpr std::chrono::milliseconds kSaveSoon{700};
constexpr std::chrono::milliseconds kThinkSoon{1600};
constexpr qint64 kSkewCountsMs = 5'000; ///< less is the way of a message
constexpr qsizetype kMaxPending = 500;

} // namespace

RunTracker::RunTracker(store::ProfileStore& store, console::Console& console, base::Clock& clock, QObject* parent)
    : QObject(parent),
      m_store(store),
      m_console(console),
      m_clock(clock),
      m_correlator(
          [this](const base::ConversationId& id) -> const correlator::Room& {
              static const correlator::Room none;
              const auto room = m_rooms.constFind(id);
              return room == m_rooms.cend() ? none : *room;
          },
          m_habits),
      m_thinker(u"runs"_s)
{}

RunTracker::~RunTracker() { save(); }

void RunTracker::load(const QStringList& profileFolders)
{
    m_book.load(profileFolders);
    for (const auto& problem : m_book.problems())
        qCWarning(lcWorkspace) << "profile of a bot:" << problem.file << problem.what;
    m_store.habits().then(this, [this](const base::Expected<QHash<QString, QByteArray>>& habits) {
        if (habits)
            for (auto it = habits->cbegin(); it != habits->cend(); ++it)
                m_habits.load(it.key(), it.value());
    });
    m_store.dropOldParts(m_clock.nowMs() - store::kKeepPartsMs).ignore();
}

// ---- accounts and rooms ----

void RunTracker::open(const Account& account)
{
    const base::AccountId id = account.config().id;
    if (account.reportsRuns())
        return;
    m_store.runs(id, m_clock.nowMs() - store::kKeepPartsMs, kRestoredRuns)
        .then(this, [this, id](const base::Expected<QList<store::StoredRun>>& runs) {
            if (runs)
                restore(*runs);
            m_opened.insert(id);
            for (auto room = m_rooms.cbegin(); room != m_rooms.cend(); ++room)
                if (room.key().account() == id && !room->bots.isEmpty())
                    readAgain(room.key());
        });
}

void RunTracker::restore(const QList<store::StoredRun>& runs)
{
    for (const store::StoredRun& stored : runs) {
        auto run = runFromStored(stored);
        if (!run || m_correlator.find(run->report.run))
            continue;
        // What an earlier session waited for is not waited for any more.
        if (!chat::isFinal(run->report.state) && run->report.state != chat::RunState::NoReply
            && run->report.state != chat::RunState::AwaitingApproval)
            run->report.state = run->parts.isEmpty() ? chat::RunState::NoReply : chat::RunState::Unknown;
        const base::RunId id = run->report.run;
        const QByteArray output = correlator::outputOf(*run);
        run->report.outputBytes = output.size();
        m_storedParts.insert(id, run->parts.size());
        m_console.apply(run->report);
        if (!output.isEmpty())
            m_console.append(id, output).ignore();
        m_correlator.restore(std::move(*run), m_clock.nowMs());
    }
    schedule();
}

void RunTracker::forget(const base::AccountId& account)
{
    m_opened.remove(account);
    m_correlator.forget(account);
    const auto isOf = [&](const base::RunId& run) {
        const console::Run* known = m_console.find(run);
        return known && known->report.conversation.account() == account;
    };
    m_dirty.removeIf([&](const auto& dirty) { return isOf(dirty.key()); });
    for (const base::RunId& run : std::vector<base::RunId>(m_console.runs()))
        if (isOf(run))
            m_console.remove(run);
    m_rooms.removeIf([&](const auto& room) { return room.key().account() == account; });
    m_members.removeIf([&](const auto& room) { return room.key().account() == account; });
}

const correlator::BotProfile* RunTracker::profileOf(const Account& account, const chat::Member& bot) const
{
    if (const auto* chosen = m_book.find(account.profileOfBot(bot.name)))
        return chosen;
    const auto* named = m_book.forName(bot.name);
    return named->id == "plain"_L1 ? m_recognized.value(bot.user, named) : named;
}

void RunTracker::setRoom(const Account& account, const base::ConversationId& conversation)
{
    const chat::Conversation* known = account.conversation(conversation);
    if (!known || account.reportsRuns())
        return;
    // It is called for every message; most change nothing here, and lists that are shared are the same.
    const QList<chat::Member> members = account.members(conversation);
    const auto before = m_rooms.constFind(conversation);
    if (before != m_rooms.cend() && before->environment == known->environment && m_members.value(conversation).constData() == members.constData())
        return;
    m_members.insert(conversation, members);
    correlator::Room room;
    room.isDirect = known->kind == chat::ConversationKind::Direct;
    room.environment = known->environment;
    for (const chat::Member& bot : account.bots(conversation))
        room.bots += {bot.user, bot.name, profileOf(account, bot)};
    for (const chat::Member& member : members) {
        room.people += member.name;
        // Hubot does not say that it is a bot; its name does.
        const auto isKnown = [&](const correlator::BotInRoom& bot) { return bot.user == member.user; };
        if (const auto* profile = m_book.naming(member.name);
            profile && member.user != account.self().user && std::none_of(room.bots.begin(), room.bots.end(), isKnown))
            room.bots += {member.user, member.name, profile};
    }
    const bool hadBots = !m_rooms.value(conversation).bots.isEmpty();
    // A bot that left is still who spoke; it is forgotten with the session.
    for (const correlator::BotInRoom& bot : m_rooms.value(conversation).bots)
        if (std::none_of(room.bots.begin(), room.bots.end(), [&](const correlator::BotInRoom& other) { return other.user == bot.user; }))
            room.bots += bot;
    const bool hasBots = !room.bots.isEmpty();
    m_rooms.insert(conversation, std::move(room));
    if (!hadBots && hasBots && m_opened.contains(conversation.account()))
        readAgain(conversation);
}

/// What was stored before anybody knew that there is a bot, or when the program died before the runs were stored.
void RunTracker::readAgain(const base::ConversationId& conversation)
{
    chat::MessageQuery query;
    query.conversation = conversation;
    query.limit = kReadAgain;
    m_store.messages(query).then(this, [this](const base::Expected<chat::MessagePage>& page) {
        if (!page)
            return;
        for (const chat::Message& message : page->messages)
            take(message, message.text);
        passOn();
    });
}

// ---- what comes in ----

void RunTracker::apply(const Account& account, const chat::SyncBatch& batch)
{
    if (account.reportsRuns())
        return;
    for (const chat::Event& event : batch.events) {
        if (const auto* changed = std::get_if<chat::MessageChanged>(&event)) {
            take(changed->message, changed->plain.isEmpty() ? changed->message.text : changed->plain);
        } else if (const auto* told = std::get_if<chat::RunTold>(&event)) {
            m_correlator.takeEnvelope(told->conversation, told->message, told->sender, told->envelope, m_clock.nowMs());
        }
    }
    passOn();
}

void RunTracker::take(const chat::Message& message, const QString& text)
{
    auto room = m_rooms.find(message.conversation);
    if (room == m_rooms.end() || room->bots.isEmpty())
        return;
    if (message.transaction) {
        m_saidMs.insert(message.transaction, {message.conversation.account(), message.timeMs});
        noteAccepted({});
    }
    for (correlator::BotInRoom& bot : room->bots)
        if (bot.user == message.sender && bot.profile->id == "plain"_L1)
            if (const auto* recognized = m_book.forSaying(text.section(u'\n', 0, 0))) {
                bot.profile = recognized;
                m_recognized.insert(bot.user, recognized);
            }
    m_correlator.take(message, text, m_clock.nowMs());
}

void RunTracker::noteAccepted(const base::TransactionId& transaction)
{
    if (transaction)
        m_acceptedMs.insert(transaction, m_clock.nowMs());
    for (auto said = m_saidMs.begin(); said != m_saidMs.end();) {
        const auto accepted = m_acceptedMs.constFind(said.key());
        if (accepted == m_acceptedMs.cend()) {
            ++said;
            continue;
        }
        const qint64 skew = *accepted - said->second;
        m_correlator.setSkew(said->first, std::abs(skew) < kSkewCountsMs ? 0 : skew);
        m_acceptedMs.erase(accepted);
        said = m_saidMs.erase(said);
    }
    if (m_saidMs.size() > kMaxPending)
        m_saidMs.clear();
    if (m_acceptedMs.size() > kMaxPending)
        m_acceptedMs.clear();
}

void RunTracker::noteReported(const chat::RunReport& report)
{
    if (!chat::isFinal(report.state))
        return;
    m_store.putRun({{report, correlator::keysOf(report.command).narrow}, {}, {}}).ignore();
}

// ---- what goes out ----

void RunTracker::passOn()
{
    for (const RunChange& change : m_correlator.takeChanges())
        show(change);
    schedule();
    thinkOver();
    if (!m_dirty.isEmpty() || !m_gone.isEmpty())
        if (!std::exchange(m_isSaving, true))
            m_clock.after(kSaveSoon, this, [this] {
                m_isSaving = false;
                save();
            });
}

void RunTracker::show(const RunChange& change)
{
    const CorrelatedRun* run = m_correlator.find(change.run);
    if (!run) {
        if (const console::Run* shown = m_console.find(change.run))
            m_gone.insert(change.run, shown->report.conversation.account());
        m_dirty.remove(change.run);
        m_console.remove(change.run);
        return;
    }
    const qsizetype stored = m_storedParts.value(change.run);
    if (!m_dirty.contains(change.run))
        m_dirty.insert(change.run, stored);
    switch (change.kind) {
    case RunChange::Kind::Grew: m_console.append(change.run, change.added).ignore(); break;
    case RunChange::Kind::Rewritten:
        m_dirty[change.run] = 0;
        m_console.rewrite(change.run, correlator::outputOf(*run)).ignore();
        break;
    default: break;
    }
    m_console.apply(run->report);
    if (change.kind == RunChange::Kind::Started) {
        if (run->transaction)
            m_ofTransaction.insert(run->transaction, change.run);
        if (m_ofTransaction.size() > kMaxPending)
            m_ofTransaction.clear();
        emit started(change.run, run->transaction);
    }
}

void RunTracker::schedule()
{
    const auto next = m_correlator.nextTickMs();
    if (!next || (m_tickMs && *m_tickMs <= *next))
        return;
    m_tickMs = next;
    const qint64 delay = std::max<qint64>(1, *next - m_clock.nowMs());
    m_clock.after(std::chrono::milliseconds(delay), this, [this, at = *next] {
        if (m_tickMs != at)
            return; // an earlier one came meanwhile
        m_tickMs.reset();
        m_correlator.tick(m_clock.nowMs());
        passOn();
    });
}

/// Beside the event loop, one at a time.
void RunTracker::thinkOver()
{
    if (m_isThinking)
        return;
    auto past = m_correlator.takeRegrouping(m_clock.nowMs());
    if (!past) {
        if (m_correlator.isThinkingDue()) {
            m_isThinking = true; // a look when it is quiet
            m_clock.after(kThinkSoon, this, [this] {
                m_isThinking = false;
                passOn();
            });
        }
        return;
    }
    m_isThinking = true;
    m_thinker
        .run([past = std::move(*past)]() -> base::Expected<std::shared_ptr<correlator::Regrouped>> {
            return std::make_shared<correlator::Regrouped>(correlator::regroup(past));
        })
        .then(this, [this](const base::Expected<std::shared_ptr<correlator::Regrouped>>& found) {
            m_isThinking = false;
            if (found)
                m_correlator.apply(**found, m_clock.nowMs());
            passOn();
        });
}

void RunTracker::save()
{
    for (auto dirty = m_dirty.cbegin(); dirty != m_dirty.cend(); ++dirty) {
        const CorrelatedRun* run = m_correlator.find(dirty.key());
        if (!run)
            continue;
        m_store.putRun(toStored(*run), *dirty).ignore();
        m_storedParts.insert(dirty.key(), run->parts.size());
    }
    m_dirty.clear();
    for (auto gone = m_gone.cbegin(); gone != m_gone.cend(); ++gone)
        m_store.removeRun(*gone, gone.key()).ignore();
    m_gone.clear();
    if (const auto changed = m_habits.takeChanged(); !changed.isEmpty())
        m_store.putHabits(changed).ignore();
}

QStringList RunTracker::bots(const base::ConversationId& conversation) const
{
    QStringList names;
    for (const correlator::BotInRoom& bot : m_rooms.value(conversation).bots)
        names += bot.name;
    return names;
}

bool RunTracker::isCommand(const base::ConversationId& conversation, const QString& text) const
{
    const auto room = m_rooms.constFind(conversation);
    return room != m_rooms.cend() && correlator::addressedIn(text, *room);
}

// ---- by hand ----

base::Status RunTracker::join(const base::RunId& run, const base::RunId& into)
{
    const base::Status done = m_correlator.join(run, into, m_clock.nowMs());
    passOn();
    return done;
}

base::Status RunTracker::moveLine(const base::RunId& from, qint64 line, const base::RunId& into)
{
    const CorrelatedRun* run = m_correlator.find(from);
    const qsizetype part = run ? correlator::partOfLine(*run, line) : -1;
    if (part < 0)
        return base::Error{base::ErrorKind::NotFound, u"no such line"_s, 0};
    const base::Status done = m_correlator.move(from, {run->parts[part].message}, into, m_clock.nowMs());
    passOn();
    return done;
}

} // namespace ridealong::workspace
