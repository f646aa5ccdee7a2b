// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profilestore.h"

#include "store/profiledata.h"
#include "store/valuejson.h"
#include "store/writegroup.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace ridealong::store {

using namespace Qt::StringLiterals;

namespace {

template <typename T> base::Expected<T> answer(const base::Status& done, const T& found)
{
    return done ? base::Expected<T>(found) : base::Expected<T>(done.error());
}

} // namespace

ProfileStore::ProfileStore(const QString& path) : m_data(std::make_unique<Data>(path)), m_worker(u"store"_s) {}

ProfileStore::~ProfileStore()
{
    m_closing = true; // what is not indexed yet waits for the next start
    // A database connection must end on the thread that used it.
    m_worker.post([this] { m_data.reset(); });
}

/// Anything but a small write: what was waiting together before it runs before it, what comes after it runs after it.
void ProfileStore::indexSoon()
{
    constexpr int kAtOnce = 300; // some 3 ms: so long may a question wait for it
    if (m_asked > 0 || m_closing || !m_data->indexing)
        return; // whoever is answered last begins again
    const auto more = m_data->indexSome(kAtOnce);
    m_data->indexing = more && *more;
    if (m_data->indexing)
        m_worker.post([this] { indexSoon(); });
}

base::Async<base::Done> ProfileStore::write(const std::function<base::Status(Database&)>& task)
{
    base::Promise<base::Done> promise;
    if (!m_group || !m_group->add(task, promise)) {
        m_group = std::make_shared<WriteGroup>();
        m_group->add(task, promise);
        m_worker.post([this, group = m_group] { group->run(m_data->database); });
    }
    return promise.async();
}

base::Async<OpenReport> ProfileStore::open()
{
    return ask([this] {
        auto opened = m_data->database.open();
        m_data->indexing = opened && !opened->readOnly;
        return opened;
    });
}

// ---- accounts ----

base::Async<QList<StoredAccount>> ProfileStore::accounts()
{
    return ask([this]() -> base::Expected<QList<StoredAccount>> {
        QList<StoredAccount> all;
        const base::Status done
            = m_data->database.each(u"SELECT id, backend, name, user, server, options FROM accounts ORDER BY position"_s, {}, [&](const Rows& row) {
                  all.append({base::AccountId(row.text(0)), row.text(1), row.text(2), row.text(3), row.text(4),
                      QJsonDocument::fromJson(row.value(5).toByteArray()).object().toVariantMap()});
              });
        return answer(done, all);
    });
}

base::Async<base::Done> ProfileStore::saveAccount(const StoredAccount& account)
{
    return ask([this, account] {
        return m_data->database.run(
            u"INSERT INTO accounts(id, position, backend, name, user, server, options) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM "
            u"accounts), ?, ?, ?, ?, ?) "
            "ON CONFLICT(id) DO UPDATE SET name = excluded.name, user = excluded.user, server = excluded.server, options = excluded.options"_s,
            {account.id.text(), account.backend, account.name, account.user, account.server,
                QString::fromUtf8(QJsonDocument(QJsonObject::fromVariantMap(account.options)).toJson(QJsonDocument::Compact))});
    });
}

base::Async<base::Done> ProfileStore::removeAccount(const base::AccountId& account)
{
    return ask([this, account] {
        m_data->rows.clear();
        m_data->places.forget(); // the rows of conversations are used again
        return m_data->database.transaction([&]() -> base::Status {
            for (const QString& sql : {u"DELETE FROM messages WHERE conversation IN (SELECT id FROM conversations WHERE account = ?)"_s,
                     u"DELETE FROM gaps WHERE conversation IN (SELECT id FROM conversations WHERE account = ?)"_s,
                     u"DELETE FROM thread_reads WHERE conversation IN (SELECT id FROM conversations WHERE account = ?)"_s,
                     u"DELETE FROM conversations WHERE account = ?"_s, u"DELETE FROM commands WHERE account = ?"_s,
                     u"DELETE FROM run_parts WHERE account = ?"_s, u"DELETE FROM runs WHERE account = ?"_s, u"DELETE FROM accounts WHERE id = ?"_s})
                if (auto done = m_data->database.run(sql, {account.text()}); !done)
                    return done;
            return base::Done();
        });
    });
}

// ---- conversations and messages ----

base::Async<chat::SyncBatch> ProfileStore::commit(const base::AccountId& account, const chat::SyncBatch& batch, const chat::Member& self)
{
    return ask([this, account, batch, self] { return m_data->commit(account, batch, self); });
}
base::Async<AccountState> ProfileStore::state(const base::AccountId& account)
{
    return ask([this, account] { return m_data->state(account); });
}
base::Async<base::Done> ProfileStore::setReadUpTo(const base::ConversationId& conversation, const base::MessageId& thread, qint64 order)
{
    return ask([this, conversation, thread, order] { return m_data->setReadUpTo(conversation, thread, order); });
}
base::Async<AccountState::Read> ProfileStore::readState(const base::ConversationId& conversation)
{
    return ask([this, conversation] { return m_data->readState(conversation); });
}
base::Async<chat::MessagePage> ProfileStore::messages(const chat::MessageQuery& query)
{
    return ask([this, query] { return m_data->messages(query); });
}
base::Async<QList<chat::Message>> ProfileStore::message(const base::ConversationId& conversation, const base::MessageId& id)
{
    return ask([this, conversation, id] { return m_data->message(conversation, id); });
}
base::Async<QList<chat::Message>> ProfileStore::message(const base::ConversationId& conversation, const base::TransactionId& transaction)
{
    return ask([this, conversation, transaction] { return m_data->message(conversation, transaction); });
}
base::Async<chat::SearchPage> ProfileStore::search(const chat::SearchQuery& query, qint64 from, int limit)
{
    return ask([this, query, from, limit] { return m_data->search(query, from, limit); });
}
base::Async<QList<chat::ThreadSummary>> ProfileStore::threads(const base::ConversationId& conversation, int limit)
{
    return ask([this, conversation, limit] { return m_data->threads(conversation, limit); });
}
base::Async<QList<chat::ThreadOverview>> ProfileStore::threadOverviews(const base::ConversationId& conversation, int limit)
{
    return ask([this, conversation, limit] { return m_data->threadOverviews(conversation, limit); });
}
base::Async<int> ProfileStore::countAfter(const base::ConversationId& conversation, qint64 order)
{
    return ask([this, conversation, order] { return m_data->countAfter(conversation, order); });
}
base::Async<qint64> ProfileStore::oldest(const base::ConversationId& conversation)
{
    return ask([this, conversation] { return m_data->oldest(conversation); });
}
base::Async<chat::PlaceInTime> ProfileStore::placeAt(const base::ConversationId& conversation, qint64 timeMs)
{
    return ask([this, conversation, timeMs] { return m_data->placeAt(conversation, timeMs); });
}
base::Async<QHash<base::MessageId, qint64>> ProfileStore::orders(const base::ConversationId& conversation, const QList<base::MessageId>& ids)
{
    return ask([this, conversation, ids] { return m_data->orders(conversation, ids); });
}
base::Async<QList<chat::Gap>> ProfileStore::openGaps(const base::AccountId& account)
{
    return ask([this, account] { return m_data->openGaps(account); });
}

// ---- outbox ----

base::Async<QList<chat::OutboxItem>> ProfileStore::outbox()
{
    return ask([this]() -> base::Expected<QList<chat::OutboxItem>> {
        QList<chat::OutboxItem> items;
        const base::Status done = m_data->database.each(
            u"SELECT txn, conversation, kind, text, thread, reply_to, state, attempts, created, position, why_kind, why_detail, attachments FROM outbox ORDER BY position"_s,
            {}, [&](const Rows& row) {
                chat::OutboxItem item;
                item.transaction = base::TransactionId(row.text(0));
                item.conversation = base::ConversationId::fromText(row.text(1));
                item.kind = row.value(2).toInt() == 1 ? chat::OutgoingKind::Command : chat::OutgoingKind::Text;
                item.text = row.text(3);
                item.thread = base::MessageId(row.text(4));
                item.replyTo = base::MessageId(row.text(5));
                item.state = chat::outboxStateFromString(row.text(6)).value_or(chat::OutboxState::Failed);
                item.attempts = row.value(7).toInt();
                item.createdAtMs = row.integer(8);
                item.position = row.integer(9);
                if (!row.value(10).isNull())
                    item.why = base::Error{base::ErrorKind(row.value(10).toInt()), row.text(11), 0};
                item.attachments = attachmentsFromColumn(row.text(12));
                items.append(item);
            });
        return answer(done, items);
    });
}

base::Async<base::Done> ProfileStore::putOutbox(const chat::OutboxItem& item)
{
    return write([item](Database& database) {
        return database.run(u"INSERT OR REPLACE INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {item.transaction.text(), item.conversation.text(), item.kind == chat::OutgoingKind::Command ? 1 : 0, item.text, item.thread.text(),
                item.replyTo.text(), chat::toString(item.state), item.attempts, item.createdAtMs, item.position,
                item.why ? QVariant(int(item.why->kind)) : QVariant(), item.why ? QVariant(item.why->detail) : QVariant(),
                toColumn(item.attachments)});
    });
}

base::Async<base::Done> ProfileStore::removeOutbox(const base::TransactionId& transaction)
{
    return write([transaction](Database& database) { return database.run(u"DELETE FROM outbox WHERE txn = ?"_s, {transaction.text()}); });
}

// ---- drafts ----

base::Async<QList<chat::Draft>> ProfileStore::drafts()
{
    return ask([this]() -> base::Expected<QList<chat::Draft>> {
        QList<chat::Draft> drafts;
        const base::Status done = m_data->database.each(
            u"SELECT id, conversation, thread, kind, text, written, newest, composer, attachments FROM drafts ORDER BY written"_s, {},
            [&](const Rows& row) {
                drafts.append({base::DraftId(row.text(0)), base::ConversationId::fromText(row.text(1)), base::MessageId(row.text(2)),
                    row.value(3).toInt() == 1 ? chat::OutgoingKind::Command : chat::OutgoingKind::Text, row.text(4), row.integer(5), row.integer(6),
                    row.value(7).toBool(), attachmentsFromColumn(row.text(8))});
            });
        return answer(done, drafts);
    });
}

base::Async<base::Done> ProfileStore::putDraft(const chat::Draft& draft)
{
    return write([draft](Database& database) {
        return database.run(u"INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {draft.id.text(), draft.conversation.text(), draft.thread.text(), draft.kind == chat::OutgoingKind::Command ? 1 : 0, draft.text,
                draft.writtenAtMs, draft.orderWhenWritten, draft.composer, toColumn(draft.attachments)});
    });
}

base::Async<base::Done> ProfileStore::removeDraft(const base::DraftId& draft)
{
    return write([draft](Database& database) { return database.run(u"DELETE FROM drafts WHERE id = ?"_s, {draft.text()}); });
}

// ---- commands ----

base::Async<QList<chat::CommandSpec>> ProfileStore::commands()
{
    return ask([this]() -> base::Expected<QList<chat::CommandSpec>> {
        QList<chat::CommandSpec> specs;
        const base::Status done = m_data->database.each(u"SELECT account, bot, specs FROM commands ORDER BY account, bot"_s, {},
            [&](const Rows& row) { specs += specsFromColumn(row.text(2), base::AccountId(row.text(0)), base::UserId(row.text(1))); });
        return answer(done, specs);
    });
}

base::Async<base::Done> ProfileStore::putCommands(const base::AccountId& account, const base::UserId& bot, const QList<chat::CommandSpec>& specs)
{
    return write([account, bot, specs](Database& database) {
        return database.run(u"INSERT OR REPLACE INTO commands VALUES (?, ?, ?)"_s, {account.text(), bot.text(), toColumn(specs)});
    });
}

base::Async<QList<StoredUsage>> ProfileStore::usages()
{
    return ask([this]() -> base::Expected<QList<StoredUsage>> {
        QList<StoredUsage> usages;
        const base::Status done = m_data->database.each(u"SELECT bot, command, usage FROM usages"_s, {}, [&](const Rows& row) {
            usages.append({base::UserId(row.text(0)), row.text(1), row.value(2).toByteArray()});
        });
        return answer(done, usages);
    });
}

base::Async<base::Done> ProfileStore::putUsage(const StoredUsage& usage)
{
    return write([usage](Database& database) {
        return database.run(u"INSERT OR REPLACE INTO usages VALUES (?, ?, ?)"_s, {usage.bot.text(), usage.command, usage.usage});
    });
}

} // namespace ridealong::store
