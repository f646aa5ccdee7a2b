// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/message.h"
#include "store/openreport.h"

#include <QVariantList>

#include <memory>
#include <variant>

class QSqlQuery;

namespace ridealong::store {

class Database;

/// The account part of the conversation ids that a hub uses inside; each client puts its own there.
inline base::AccountId hubAccount() { return base::AccountId(QStringLiteral("hub")); }

/// A run as the hub stores it: the report itself is opaque here.
struct HubRun
{
    base::RunId run;
    QString conversation;
    bool open = true; ///< false: final or unknown; nothing may change it any more when it is final
    bool final = false;
    qint64 revision = 0;
    qint64 updatedMs = 0;
    QByteArray report;
};

struct HubConversation
{
    chat::Conversation conversation;
    base::UserId first; ///< with Direct: the two, in order
    base::UserId second;

    bool isSeenBy(const base::UserId& user) const { return conversation.kind == chat::ConversationKind::Room || user == first || user == second; }
};

// ---- What can be written. `sequence` is the hub's number of the change; it only ever grows. ----

/// Stores message and run together. The message's order is the sequence of its creation. A transaction that this sender
/// has used before is answered with the first message; nothing is stored then.
struct HubPost
{
    chat::Message message;
    std::optional<HubRun> run;
};
struct HubEdit
{
    qint64 sequence = 0;
    base::UserId by;
    QString conversation;
    base::MessageId message;
    QString text;
    bool remove = false;
};
struct HubReactions
{
    qint64 sequence = 0;
    base::UserId by;
    QString conversation;
    base::MessageId message;
    QStringList mine;
};
struct HubRead
{
    qint64 sequence = 0;
    base::UserId user;
    QString conversation;
    base::MessageId thread;
    qint64 order = 0;
};
/// Looks a transaction up, after everything that was written before it.
struct HubLookup
{
    base::UserId user;
    base::TransactionId transaction;
};
struct HubUser
{
    base::UserId user;
    QString name;
};
using HubWrite = std::variant<HubPost, HubEdit, HubReactions, HubRead, HubLookup, HubUser, HubConversation, HubRun>;

struct HubChange
{
    qint64 sequence = 0;
    std::variant<chat::Message, HubRead> what;
};

struct HubOutcome
{
    base::Status status = base::Done{};
    base::MessageId message; ///< of HubPost and of a HubLookup that found something
    qint64 order = 0;
    base::RunId run;
    bool repeated = false; ///< a HubPost that was stored before
    std::optional<HubChange> change; ///< what clients have to be told
    QList<base::FileId> droppedFiles; ///< what a removed message had; another one of its sender may have one of them, too
};

/// What the hub holds in memory.
struct HubState
{
    OpenReport report;
    QString hubId;
    qint64 sequence = 0;
    QList<HubConversation> conversations;
    QList<HubUser> users;
    QList<HubRun> openRuns;
    QSet<base::FileId> usedFiles; ///< those that messages have
};

struct HubPage
{
    QList<HubChange> changes; ///< ascending
    qint64 upTo = 0; ///< everything up to here is in the page or not for this user
    bool more = false;
};

struct HubHistory
{
    QList<chat::Message> messages; ///< oldest first
    bool reachedStart = false;
};

/// The tables of the Local workspace's hub. Used on one thread, which is not the main one.
class HubDatabase
{
public:
    static constexpr int kMaxPageEvents = 500;
    static constexpr qint64 kMaxPageBytes = 1 << 20; ///< as wireBytes() counts; a page has at least one message
    static constexpr int kMaxReactionsPerMessage = 64; ///< different ones

    explicit HubDatabase(const QString& path);
    ~HubDatabase();

    /// `newHubId` is for a database that is begun now; `nowMs` is where its sequence begins, so that a hub begun anew
    /// stays above everything that an earlier one gave out.
    base::Expected<HubState> open(const QString& newHubId, qint64 nowMs);

    /// All in one transaction. A write that makes no sense (somebody else's message, an unknown one) fails alone.
    base::Expected<QList<HubOutcome>> write(const QList<HubWrite>& writes);

    /// What changed for `user` after `sequence`.
    base::Expected<HubPage> changesAfter(const base::UserId& user, qint64 sequence);
    base::Expected<HubHistory> history(const QString& conversation, qint64 beforeOrder, int limit);
    base::Expected<std::optional<HubRun>> run(const base::RunId& run);
    /// The newest runs that `user` may see, oldest first.
    base::Expected<QList<HubRun>> latestRuns(const base::UserId& user, int limit);

private:
    HubOutcome apply(const HubPost& post);
    HubOutcome apply(const HubEdit& edit);
    HubOutcome apply(const HubReactions& reactions);
    HubOutcome apply(const HubRead& read);
    HubOutcome apply(const HubLookup& lookup);
    HubOutcome apply(const HubUser& user);
    HubOutcome apply(const HubConversation& conversation);
    HubOutcome apply(const HubRun& run);

    base::Status loadState(HubState& state);
    QSqlQuery query(const char* sql, const QVariantList& values = {});
    bool run(QSqlQuery& query);
    std::optional<chat::Message> message(const QString& conversation, const base::MessageId& id);
    chat::Message messageOf(const QSqlQuery& row) const;
    HubRun runOf(const QSqlQuery& row) const;
    base::Status storageStatus() const;

    /// Message ids are "PREFIX.ORDER"; the prefix keeps those of a hub begun anew apart.
    base::MessageId messageId(qint64 order) const;
    qint64 orderOf(const base::MessageId& id) const; ///< 0 for one that is not ours

    std::unique_ptr<Database> m_database;
    QString m_prefix;
    qint64 m_sequence = 0;
    std::optional<base::Error> m_failure; ///< of the transaction that runs
};

/// So many bytes a message takes on its way to a client, at most: lists of messages are cut by it.
qint64 wireBytes(const chat::Message& message);

/// The id that the message of that order has in the hub called `hubId`.
base::MessageId hubMessageId(const QString& hubId, qint64 order);

} // namespace ridealong::store
