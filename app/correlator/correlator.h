// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "correlator/correlatedrun.h"
#include "correlator/envelope.h"
#include "correlator/habits.h"
#include "correlator/profile.h"

#include <functional>
#include <memory>
#include <vector>

namespace ridealong::correlator {

/// A bot that can be spoken to in a conversation.
struct BotInRoom
{
    base::UserId user;
    QString name;
    const BotProfile* profile = nullptr; ///< never null
};

/// What is known of a conversation beside its messages.
struct Room
{
    QList<BotInRoom> bots;
    QStringList people; ///< names; who is called by an answer
    bool isDirect = false;
    QString environment;
};

struct RunChange
{
    enum class Kind {
        Started,
        Report, ///< its report alone
        Grew, ///< its output has more at the end
        Rewritten, ///< its output is another
        Removed, ///< joined with another, or its command was taken back
    };
    Kind kind = Kind::Report;
    base::RunId run;
    QByteArray added; ///< with Grew

    bool operator==(const RunChange&) const = default;
};

struct Regrouping;
struct Regrouped;

/// What a message's place in a run was decided by, for tests and for people who wonder.
struct Candidate
{
    base::RunId run; ///< empty: none of them
    double score = 0;
};

/// Makes runs of what is said in rooms: which commands were given, which words of which bot answer them, and how they stand. Certain
/// evidence first (an envelope, a reply, an execution's id), then a likelihood of time, words and habits. It has no clock: every call says
/// what time it is on ours, while messages carry their server's. One thread, no I/O; the owner takes the changes after each call.
class Correlator
{
public:
    static constexpr int kMaxRuns = 400; ///< of a conversation that are kept in mind
    static constexpr int kMaxParts = 10'000; ///< of one run; more is not taken
    static constexpr qint64 kLateMs = 30 * 60'000; ///< an answer after the end still finds its run for so long

    /// Asked for every message, so its owner keeps it at hand.
    using RoomOf = std::function<const Room&(const base::ConversationId&)>;
    Correlator(RoomOf roomOf, Habits& habits);
    ~Correlator();

    /// A message that is new, or a new version of one. `text` is what was said, without marks that only Markdown needs.
    void take(const chat::Message& message, const QString& text, qint64 nowMs);
    /// An envelope that came beside a message, or alone (`message` empty). Before or after the message itself.
    void takeEnvelope(
        const base::ConversationId& conversation, const base::MessageId& message, const base::UserId& sender, const QByteArray& json, qint64 nowMs);
    /// Time passed: runs without an answer say so, answers without an end become whole.
    void tick(qint64 nowMs);
    std::optional<qint64> nextTickMs() const; ///< on our clock; none: nothing waits
    /// How far a server's clock is behind ours: reports speak of our time.
    void setSkew(const base::AccountId& account, qint64 ms);

    // ---- thinking it over ----
    /// When enough was said since the last time and it is quiet now, or very much was: work for another thread. See regrouping.h.
    std::optional<Regrouping> takeRegrouping(qint64 nowMs);
    bool isThinkingDue() const; ///< there is, or will be when it is quiet
    void apply(const Regrouped& found, qint64 nowMs);

    // ---- by hand; remembered, and a lesson ----
    base::Status join(base::RunId run, base::RunId into, qint64 nowMs); ///< ids by value: a run's own may be given, and it goes
    /// Takes messages out of their run and puts them into `into`; empty: they belong to none.
    base::Status move(base::RunId from, const QList<base::MessageId>& messages, base::RunId into, qint64 nowMs);

    std::vector<RunChange> takeChanges();
    const CorrelatedRun* find(const base::RunId& run) const;
    const CorrelatedRun* ofCommand(const base::ConversationId& conversation, const base::MessageId& command) const;
    /// A run of an earlier session.
    void restore(CorrelatedRun run, qint64 nowMs);
    void forget(const base::AccountId& account);
    /// How the last guessed message was weighed, best first.
    const std::vector<Candidate>& lastWeighing() const;

private:
    friend Regrouped regroup(const Regrouping& past);
    struct Data;
    std::unique_ptr<Data> m_data;
};

/// The same in every session: made of the conversation and the command's message.
base::RunId runIdOf(const base::ConversationId& conversation, const base::MessageId& command);

} // namespace ridealong::correlator
