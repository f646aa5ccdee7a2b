// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "correlator/address.h"
#include "correlator/association.h"
#include "correlator/correlator.h"
#include "correlator/regrouping.h"
#include "correlator/saying.h"
#include "correlator/weighing.h"

#include <QSet>

#include <deque>
#include <unordered_map>

namespace ridealong::correlator {

inline QString habitKey(const base::UserId& bot, const QString& command) { return bot.text() + u'\n' + command; }

/// The place of a message in what is thought over.
inline Hindsight::Seat seatIn(const CorrelatedRun& run, const base::UserId& bot, const QString& signature, qint64 timeMs)
{
    const qint64 delayMs = std::max<qint64>(0, timeMs - run.causeTimeMs); // clocks go back, orders do not
    return {run.report.run, habitKey(bot, run.keys.wide), run.report.command, signature, run.causeTimeMs, delayMs};
}

struct Correlator::Data
{
    static constexpr size_t kMaxHeard = 400;
    static constexpr qsizetype kMaxSentences = 4; ///< that a bot may be listening for
    static constexpr qsizetype kMaxRemembered = 2000; ///< messages of a conversation that belong to nothing, envelopes without a message

    /// Where a bot spoke last.
    struct LastWord
    {
        base::RunId run; ///< empty: it belonged to none
        qint64 timeMs = 0;
        qint64 order = 0;
        bool isOpen = false; ///< it wanted to go on
    };

    /// What an envelope says of its message.
    struct Told
    {
        base::RunId run;
        QString displayId;
        QString table; ///< stands instead of the message's words, which say the same for people without eyes for it
    };

    struct Place
    {
        std::vector<base::RunId> runs; ///< in the order of their commands
        QHash<base::MessageId, base::RunId> commands;
        QHash<base::MessageId, base::RunId> parts; ///< empty ids: seen, and of no run
        QHash<base::MessageId, Told> told; ///< an envelope was there before its message
        QHash<base::UserId, LastWord> last;
        QHash<base::MessageId, Shares> shares; ///< what a message added to habits
        std::deque<Heard> heard; ///< the last kMaxHeard messages, and so are
        QSet<base::MessageId> heardIds;
        int unthought = 0; ///< messages of bots since the past was thought over
        qint64 spokenMs = 0; ///< on our clock: when a bot spoke last
        QSet<base::UserId> marking; ///< bots that send envelopes
        QList<Heard> sentences; ///< the last things that people said to nobody in particular
        qint64 personOrder = 0; ///< of the last message of a person
    };

    Data(RoomOf rooms, Habits& learned) : roomOf(std::move(rooms)), habits(learned), knowledge(&learned) {}

    RoomOf roomOf;
    Habits& habits; ///< what is learned goes there
    const Habits* knowledge; ///< and what is known is here: the same, but when the past is thought over
    QHash<base::MessageId, Shares> own; ///< then, what each message added to what is known
    bool isRehearsal = false;
    Association* noted = nullptr; ///< what is in the air is noted there
    const Association* association = nullptr; ///< and what was
    Hindsight* hindsight = nullptr; ///< where everything goes is noted there
    bool looksBack = false; ///< and where it went before counts
    double heat = 1; ///< above, what is unlikely counts for more: early passes do not trust what they think they know
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
    bool takeDecision(Place& place, const chat::Message& message, const Addressed& addressed, qint64 nowMs);
    bool takeAnswer(Place& place, const chat::Message& message, const QString& text, qint64 nowMs);
    CorrelatedRun newRun(const Room& room, const chat::Message& message, const Addressed& addressed) const;
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
        const QString& task, qint64 nowMs);
    std::vector<CorrelatedRun> perhapsHeard(const Place& place, const BotInRoom& bot, const chat::Message& message) const;
    void begin(Place& place, CorrelatedRun run, qint64 nowMs);
    void removeUnheard(Place& place, const base::RunId& run);
    std::vector<WeighedRun> candidatesFor(
        const Place& place, const BotInRoom& bot, const chat::Message& message, const QString& text, const QString& task, bool isCalling);
    double perhapsAnother(const CorrelatedRun& run, const base::UserId& bot) const;
    void addPart(Place& place, CorrelatedRun& run, const BotInRoom& bot, Part part, const Saying& saying, qint64 nowMs);
    void rewrite(CorrelatedRun& run);
    Part takePart(Place& place, CorrelatedRun& run, const base::MessageId& message);

    // correlatorstate.cpp: how a run stands
    void readState(CorrelatedRun& run, const BotProfile& profile, const Part& part, const Saying& saying);
    void reread(CorrelatedRun& run, qint64 nowMs); ///< its parts are others than they were
    void readCourse(CorrelatedRun& run) const;
    void settle(CorrelatedRun& run); ///< it was silent for its limit
    qint64 limitMs(const CorrelatedRun& run) const; ///< so long after it was touched time says something of it; 0: never
    void settleBefore(Place& place, qint64 timeMs);
    CorrelatedRun* ofEnvelope(Place& place, const BotInRoom& bot, const base::ConversationId& conversation, const Envelope& envelope, qint64 nowMs);
    CorrelatedRun* ofSentence(Place& place, const BotInRoom& bot, const Envelope& envelope, const QString& command, qint64 nowMs);
    void apply(CorrelatedRun& run, const Envelope& envelope, qint64 nowMs);
    void bind(CorrelatedRun& run, const base::UserId& bot, const QString& told);

    // habits
    static inline const QString kUnasked = QStringLiteral("\1unasked");
    static inline const QString kSign = QStringLiteral("\1sign ");
    static inline const QString kAll = QStringLiteral("\1all");
    double ownShare(const base::MessageId& message, const QString& key) const;
    void learnShares(Place& place, const base::MessageId& message, const Shares& shares);
    void learn(const CorrelatedRun& run, const Part& part, bool isCalled);
    void learnEnd(const CorrelatedRun& run);
    void teach(const CorrelatedRun& run, const Part& part, int count);
    const BotProfile& profileOf(const CorrelatedRun& run) const;
};

} // namespace ridealong::correlator
