// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "chat/commandspec.h"
#include "chat/outboxitem.h"
#include "chat/history.h"
#include "chat/search.h"
#include "chat/threads.h"
#include "store/openreport.h"
#include "store/storedrun.h"

#include <QVariantMap>

#include <atomic>
#include <functional>

namespace ridealong::store {

class Database;
class WriteGroup;

/// One account as stored. Secrets are not here.
struct StoredAccount
{
    base::AccountId id;
    QString backend, name, user, server;
    QVariantMap options;
};

/// What is known of an account's conversations when the program starts.
struct AccountState
{
    QByteArray cursor;
    QList<chat::Conversation> conversations;
    QHash<base::ConversationId, QList<chat::Member>> members;
    using Read = chat::ReadState;
    QHash<base::ConversationId, Read> reads;
};

struct StoredUsage
{
    base::UserId bot;
    QString command;
    QByteArray usage; ///< opaque to the store (JSON)
};

/// The profile's database: accounts, conversations, timelines with full-text search, outbox, drafts, commands. Everything
/// runs on one worker in the order it was asked. Every answer may be Error{Storage}. Used from one thread.
class ProfileStore
{
public:
    explicit ProfileStore(const QString& path);
    ~ProfileStore();

    base::Async<OpenReport> open();

    base::Async<QList<StoredAccount>> accounts();
    base::Async<base::Done> saveAccount(const StoredAccount& account);
    base::Async<base::Done> removeAccount(const base::AccountId& account);

    /// Events, gaps and cursor in one transaction. `self` decides what counts as unread and as a mention. Answers with the
    /// batch as it is stored now, which is what may be shown: a message that was there already keeps its order and time, a new
    /// one whose order is taken gets the next free one, and a change of a gap that is not there is left out.
    base::Async<chat::SyncBatch> commit(const base::AccountId& account, const chat::SyncBatch& batch, const chat::Member& self);
    base::Async<AccountState> state(const base::AccountId& account);
    base::Async<base::Done> setReadUpTo(const base::ConversationId& conversation, const base::MessageId& thread, qint64 order);
    /// Unread and mention counts as they are now, per conversation.
    base::Async<AccountState::Read> readState(const base::ConversationId& conversation);

    base::Async<chat::MessagePage> messages(const chat::MessageQuery& query);
    base::Async<QList<chat::Message>> message(const base::ConversationId& conversation, const base::MessageId& id); ///< one or none
    /// What a transaction of ours became, if it is stored: one or none.
    base::Async<QList<chat::Message>> message(const base::ConversationId& conversation, const base::TransactionId& transaction);
    /// Newest first, from SearchPage::next of the page before or from 0. It looks at a limited number of messages, so that whatever
    /// else is asked waits no longer than for that: a page may be short, or empty, and still have a `next`.
    base::Async<chat::SearchPage> search(const chat::SearchQuery& query, qint64 from, int limit);
    base::Async<QList<chat::ThreadSummary>> threads(const base::ConversationId& conversation, int limit);
    /// The threads that were spoken in last, of one conversation or (empty) of all: at most `limit`, those with something unread
    /// first, then by their last reply.
    base::Async<QList<chat::ThreadOverview>> threadOverviews(const base::ConversationId& conversation, int limit);
    /// Messages newer than `order`: "12 newer messages".
    base::Async<int> countAfter(const base::ConversationId& conversation, qint64 order);
    /// Message::order of the oldest one outside threads; 0: there is none.
    base::Async<qint64> oldest(const base::ConversationId& conversation);
    base::Async<chat::PlaceInTime> placeAt(const base::ConversationId& conversation, qint64 timeMs);
    /// Message::order of those that are stored.
    base::Async<QHash<base::MessageId, qint64>> orders(const base::ConversationId& conversation, const QList<base::MessageId>& ids);
    /// The gaps of an account that are not lost.
    base::Async<QList<chat::Gap>> openGaps(const base::AccountId& account);

    base::Async<QList<chat::OutboxItem>> outbox();
    base::Async<base::Done> putOutbox(const chat::OutboxItem& item);
    base::Async<base::Done> removeOutbox(const base::TransactionId& transaction);

    base::Async<QList<chat::Draft>> drafts();
    base::Async<base::Done> putDraft(const chat::Draft& draft);
    base::Async<base::Done> removeDraft(const base::DraftId& draft);

    base::Async<QList<chat::CommandSpec>> commands();
    base::Async<base::Done> putCommands(const base::AccountId& account, const base::UserId& bot, const QList<chat::CommandSpec>& specs);
    base::Async<QList<StoredUsage>> usages();
    base::Async<base::Done> putUsage(const StoredUsage& usage);

    // ---- runs (profileruns.cpp) ----
    /// With its parts from `firstPart` on; 0 replaces all.
    base::Async<base::Done> putRun(const StoredRun& run, qsizetype firstPart = 0);
    base::Async<base::Done> removeRun(const base::AccountId& account, const base::RunId& run);
    /// The newest runs whose words are kept here, oldest first.
    base::Async<QList<StoredRun>> runs(const base::AccountId& account, qint64 sinceMs, int limit);
    base::Async<base::Done> dropOldParts(qint64 beforeMs);
    base::Async<QList<chat::RunRecord>> ledger(const chat::LedgerQuery& query);
    base::Async<QList<chat::CommandRecord>> commandLedger(const chat::LedgerQuery& query); ///< the last used first; of the query, its page and order do not count
    base::Async<QHash<QString, QByteArray>> habits(); ///< opaque to the store
    base::Async<base::Done> putHabits(const QHash<QString, QByteArray>& habits);

private:
    struct Data;
    template <typename Task> auto ask(Task task);
    void indexSoon(); ///< on the worker, when it has nothing else to do
    base::Async<base::Done> write(const std::function<base::Status(Database&)>& task);

    std::unique_ptr<Data> m_data;
    std::atomic<int> m_asked = 0; ///< questions not answered yet
    std::atomic<bool> m_closing = false;
    std::shared_ptr<WriteGroup> m_group; ///< the last thing asked, when that was a small write
    base::Worker m_worker; ///< last: ends before the data it works on
};

} // namespace ridealong::store
