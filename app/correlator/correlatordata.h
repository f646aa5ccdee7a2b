// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/address.h"
#include "correlator/correlator.h"
#include "correlator/saying.h"

#include <QSet>

#include <unordered_map>

namespace ridealong::correlator {

struct Correlator::Data
{
    static constexpr qsizetype kMaxRemembered = 2000; ///< messages of a conversation that belong to nothing, envelopes without a message

    /// Where a bot spoke last.
    struct LastWord
    {
        base::RunId run; ///< empty: it belonged to none
        qint64 timeMs = 0;
        qint64 order = 0;
        bool isOpen = false; ///< it wanted to go on
    };

    struct Place
    {
        std::vector<base::RunId> runs; ///< in the order of their commands
        QHash<base::MessageId, base::RunId> commands;
        QHash<base::MessageId, base::RunId> parts; ///< empty ids: seen, and of no run
        QHash<base::MessageId, std::pair<base::RunId, QString>> told; ///< an envelope was there before its message; with its displayId
        QHash<base::UserId, LastWord> last;
        base::UserId speaker; ///< of the last message
    };

    Data(RoomOf rooms, Habits& known) : roomOf(std::move(rooms)), habits(known) {}

    RoomOf roomOf;
    Habits& habits;
    QHash<base::ConversationId, Place> places;
    std::unordered_map<QString, CorrelatedRun> runs;
    QHash<QString, base::RunId> told; ///< by conversation, bot and the bot's own id
    QHash<QString, base::RunId> ofTransaction;
    QHash<base::AccountId, qint64> skews;
    QSet<base::RunId> open; ///< those for which time matters
    std::vector<RunChange> changes;
    std::vector<Candidate> weighing;

    CorrelatedRun* find(const base::RunId& run)
    {
        const auto at = runs.find(run.text());
        return at == runs.end() ? nullptr : &at->second;
    }
    qint64 skewOf(const base::ConversationId& conversation) const { return skews.value(conversation.account()); }

    // correlator.cpp: what people say, and the life of runs
    void takeFromPerson(Place& place, const Room& room, const chat::Message& message, const QString& text, qint64 nowMs);
    bool takeAnswer(Place& place, const chat::Message& message, const QString& text, qint64 nowMs);
    void start(Place& place, const Room& room, const chat::Message& message, const Addressed& addressed, qint64 nowMs);
    bool takeAgain(Place& place, const Room& room, const chat::Message& message, const QString& text, qint64 nowMs);
    void renamed(Place& place, const chat::Message& message, const QString& name);
    void react(CorrelatedRun& run, const BotInRoom& bot, const chat::Message& message, qint64 nowMs);
    void note(RunChange::Kind kind, const base::RunId& run, const QByteArray& added = {});
    void touch(CorrelatedRun& run, qint64 nowMs);
    void forgetOldest(Place& place);

    // correlatorparts.cpp: what bots say
    void takeFromBot(Place& place, const Room& room, const BotInRoom& bot, const chat::Message& message, const QString& text, qint64 nowMs);
    CorrelatedRun* linked(Place& place, const chat::Message& message);
    CorrelatedRun* named(Place& place, const BotProfile& profile, const QString& text);
    CorrelatedRun* guessed(Place& place, const BotInRoom& bot, const chat::Message& message, Saying& saying, const QString& text, int* confidence,
        const QString& task);
    void addPart(Place& place, CorrelatedRun& run, const BotInRoom& bot, Part part, const Saying& saying, qint64 nowMs);
    void rewrite(CorrelatedRun& run);
    Part takePart(Place& place, CorrelatedRun& run, const base::MessageId& message);

    // correlatorstate.cpp: how a run stands
    void readState(CorrelatedRun& run, const BotProfile& profile, const Part& part, const Saying& saying);
    void settle(CorrelatedRun& run); ///< it was silent for its limit
    qint64 limitMs(const CorrelatedRun& run) const; ///< so long after it was touched time says something of it; 0: never
    void settleBefore(Place& place, qint64 timeMs);
    CorrelatedRun* ofEnvelope(Place& place, const BotInRoom& bot, const base::ConversationId& conversation, const Envelope& envelope);
    void apply(CorrelatedRun& run, const Envelope& envelope, qint64 nowMs);
    void bind(CorrelatedRun& run, const base::UserId& bot, const QString& told);

    // habits
    static QString habitKey(const base::UserId& bot, const QString& command) { return bot.text() + u'\n' + command; }
    void learn(const CorrelatedRun& run, const Part& part, const QString& signature, bool isCalled);
    void learnEnd(const CorrelatedRun& run);
    void teach(const CorrelatedRun& run, const Part& part, int count);
    const BotProfile& profileOf(const CorrelatedRun& run) const;
};

} // namespace ridealong::correlator
