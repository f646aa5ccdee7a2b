// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "store/places.h"
#include "store/profileschema.h"
#include "store/profilestore.h"

namespace ridealong::store {

enum MessageFlag { kEdited = 1, kDeleted = 2, kFromBot = 4, kSystem = 8, kMentionsMe = 16, kMine = 32, kAction = 64, kNotice = 128 };

/// A row of kMessageColumns.
chat::Message readMessage(const Rows& row, const base::ConversationId& conversation);

/// What ProfileStore's worker works on; every function runs on that thread and returns values.
struct ProfileStore::Data
{
    explicit Data(const QString& path) : database(path, profileMigrations()) {}

    // profiledata.cpp: conversations and what is read of them
    base::Expected<qint64> knownRow(const base::ConversationId& id); ///< 0, which no row has, when it is not there: reading makes nothing
    base::Expected<qint64> conversationRow(const base::ConversationId& id); ///< made when it is not there
    base::Expected<AccountState> state(const base::AccountId& account);
    base::Expected<AccountState::Read> readState(const base::ConversationId& conversation);
    base::Status setReadUpTo(const base::ConversationId& conversation, const base::MessageId& thread, qint64 order);

    // profilewrites.cpp
    class BatchWriter;
    base::Expected<chat::SyncBatch> commit(const base::AccountId& account, const chat::SyncBatch& batch, const chat::Member& self);

    /// Puts so many messages into the full-text index, in one transaction. True: there are more.
    base::Expected<bool> indexSome(int count);

    // profilemessages.cpp
    base::Expected<QList<chat::Message>> messagesWhere(const base::ConversationId& conversation, const QString& column, const QString& value);
    base::Status readThreadCounts(qint64 conversation, chat::MessagePage& page);
    base::Expected<chat::MessagePage> messages(const chat::MessageQuery& query);
    base::Expected<QList<chat::Message>> message(const base::ConversationId& conversation, const base::MessageId& id);
    base::Expected<QList<chat::Message>> message(const base::ConversationId& conversation, const base::TransactionId& transaction);
    base::Expected<QList<chat::ThreadSummary>> threads(const base::ConversationId& conversation, int limit);
    base::Expected<int> countAfter(const base::ConversationId& conversation, qint64 order);
    base::Expected<qint64> oldest(const base::ConversationId& conversation);
    base::Expected<chat::PlaceInTime> placeAt(const base::ConversationId& conversation, qint64 timeMs);
    base::Expected<QHash<base::MessageId, qint64>> orders(const base::ConversationId& conversation, const QList<base::MessageId>& ids);
    base::Expected<QList<chat::Gap>> openGaps(const base::AccountId& account);

    // profilesearch.cpp
    struct SearchPlan;
    base::Expected<SearchPlan> planSearch(const chat::SearchQuery& query, QStringList& unknownPlaces);
    base::Expected<QList<qint64>> placesCalled(const QStringList& names, QStringList& unknown); ///< rows of conversations
    base::Expected<QStringList> wordsBeginning(const QString& begin, int most);
    base::Expected<qint64> newestWith(const QStringList& terms);
    base::Expected<chat::SearchPage> search(const chat::SearchQuery& query, qint64 from, int limit);

    // profilethreads.cpp
    base::Status walkThreads(const base::ConversationId& conversation, qint64 row, int replies, int limit, QList<chat::ThreadOverview>& found);
    base::Status fillThread(qint64 row, chat::ThreadOverview& thread);
    base::Expected<QList<chat::ThreadOverview>> threadOverviews(const base::ConversationId& conversation, int limit);

    Database database;
    QHash<base::ConversationId, qint64> rows; ///< of conversations; forgotten when a transaction fails
    Places places{database};
    bool indexing = false; ///< there is time for what is not indexed yet
};

template <typename Task> auto ProfileStore::ask(Task task)
{
    m_group.reset();
    ++m_asked;
    return m_worker.run([this, task = std::move(task)]() mutable {
        auto answer = task();
        if (--m_asked == 0 && m_data->indexing)
            m_worker.post([this] { indexSoon(); });
        return answer;
    });
}

} // namespace ridealong::store
