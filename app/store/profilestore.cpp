// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profilestore.h"

#include "store/profiledata.h"
#include "store/valuejson.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace ridealong::store {

using namespace Qt::StringLiterals;

ProfileStore::ProfileStore(const QString& path) : m_data(std::make_unique<Data>(path)), m_worker(u"store"_s) {}

ProfileStore::~ProfileStore()
{
    // A database connection must end on the thread that used it.
    m_worker.post([this] { m_data.reset(); });
}

base::Async<OpenReport> ProfileStore::open()
{
    return m_worker.run([this] { return m_data->database.open(); });
}

// ---- accounts ----

base::Async<QList<StoredAccount>> ProfileStore::accounts()
{
    return m_worker.run([this]() -> base::Expected<QList<StoredAccount>> {
        auto query = m_data->database.select(u"SELECT id, backend, name, user, server, options FROM accounts ORDER BY position"_s);
        if (!query)
            return query.error();
        QList<StoredAccount> all;
        while (query->next())
            all.append({base::AccountId(query->text(0)), query->text(1), query->text(2), query->text(3),
                query->text(4), QJsonDocument::fromJson(query->value(5).toByteArray()).object().toVariantMap()});
        return all;
    });
}

base::Async<base::Done> ProfileStore::saveAccount(const StoredAccount& account)
{
    return m_worker.run([this, account] {
        return m_data->database.run(
            u"INSERT INTO accounts(id, position, backend, name, user, server, options) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM accounts), ?, ?, ?, ?, ?) "
            "ON CONFLICT(id) DO UPDATE SET name = excluded.name, user = excluded.user, server = excluded.server, options = excluded.options"_s,
            {account.id.text(), account.backend, account.name, account.user, account.server.isNull() ? u""_s : account.server,
                QString::fromUtf8(QJsonDocument(QJsonObject::fromVariantMap(account.options)).toJson(QJsonDocument::Compact))});
    });
}

base::Async<base::Done> ProfileStore::removeAccount(const base::AccountId& account)
{
    return m_worker.run([this, account] {
        m_data->rows.clear();
        return m_data->database.transaction([&]() -> base::Status {
            for (const QString& sql : {u"DELETE FROM messages WHERE conversation IN (SELECT id FROM conversations WHERE account = ?)"_s,
                     u"DELETE FROM gaps WHERE conversation IN (SELECT id FROM conversations WHERE account = ?)"_s,
                     u"DELETE FROM thread_reads WHERE conversation IN (SELECT id FROM conversations WHERE account = ?)"_s,
                     u"DELETE FROM conversations WHERE account = ?"_s, u"DELETE FROM commands WHERE account = ?"_s, u"DELETE FROM accounts WHERE id = ?"_s})
                if (auto done = m_data->database.run(sql, {account.text()}); !done)
                    return done;
            return base::Done();
        });
    });
}

// ---- conversations and messages ----

base::Async<base::Done> ProfileStore::commit(const base::AccountId& account, const chat::SyncBatch& batch, const chat::Member& self)
{
    return m_worker.run([this, account, batch, self] { return m_data->commit(account, batch, self); });
}
base::Async<AccountState> ProfileStore::state(const base::AccountId& account)
{
    return m_worker.run([this, account] { return m_data->state(account); });
}
base::Async<base::Done> ProfileStore::setReadUpTo(const base::ConversationId& conversation, const base::MessageId& thread, qint64 order)
{
    return m_worker.run([this, conversation, thread, order] { return m_data->setReadUpTo(conversation, thread, order); });
}
base::Async<AccountState::Read> ProfileStore::readState(const base::ConversationId& conversation)
{
    return m_worker.run([this, conversation] { return m_data->readState(conversation); });
}
base::Async<chat::MessagePage> ProfileStore::messages(const chat::MessageQuery& query)
{
    return m_worker.run([this, query] { return m_data->messages(query); });
}
base::Async<QList<chat::Message>> ProfileStore::message(const base::ConversationId& conversation, const base::MessageId& id)
{
    return m_worker.run([this, conversation, id] { return m_data->message(conversation, id); });
}
base::Async<QList<chat::Message>> ProfileStore::search(const QString& text, const base::ConversationId& conversation, int limit)
{
    return m_worker.run([this, text, conversation, limit] { return m_data->search(text, conversation, limit); });
}
base::Async<QList<chat::ThreadSummary>> ProfileStore::threads(const base::ConversationId& conversation, int limit)
{
    return m_worker.run([this, conversation, limit] { return m_data->threads(conversation, limit); });
}
base::Async<int> ProfileStore::countAfter(const base::ConversationId& conversation, qint64 order)
{
    return m_worker.run([this, conversation, order] { return m_data->countAfter(conversation, order); });
}

// ---- outbox ----

base::Async<QList<chat::OutboxItem>> ProfileStore::outbox()
{
    return m_worker.run([this]() -> base::Expected<QList<chat::OutboxItem>> {
        auto query = m_data->database.select(
            u"SELECT txn, conversation, kind, text, thread, reply_to, state, attempts, created, position, why_kind, why_detail FROM outbox ORDER BY position"_s);
        if (!query)
            return query.error();
        QList<chat::OutboxItem> items;
        while (query->next()) {
            chat::OutboxItem item;
            item.transaction = base::TransactionId(query->text(0));
            item.conversation = base::ConversationId::fromText(query->text(1));
            item.kind = query->value(2).toInt() == 1 ? chat::OutgoingKind::Command : chat::OutgoingKind::Text;
            item.text = query->text(3);
            item.thread = base::MessageId(query->text(4));
            item.replyTo = base::MessageId(query->text(5));
            item.state = chat::outboxStateFromString(query->text(6)).value_or(chat::OutboxState::Failed);
            item.attempts = query->value(7).toInt();
            item.createdAtMs = query->integer(8);
            item.position = query->integer(9);
            if (!query->value(10).isNull())
                item.why = base::Error{base::ErrorKind(query->value(10).toInt()), query->text(11), 0};
            items.append(item);
        }
        return items;
    });
}

base::Async<base::Done> ProfileStore::putOutbox(const chat::OutboxItem& item)
{
    return m_worker.run([this, item] {
        return m_data->database.run(u"INSERT OR REPLACE INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {item.transaction.text(), item.conversation.text(), item.kind == chat::OutgoingKind::Command ? 1 : 0, item.text, item.thread.text(),
                item.replyTo.text(), chat::toString(item.state), item.attempts, item.createdAtMs, item.position,
                item.why ? QVariant(int(item.why->kind)) : QVariant(), item.why ? QVariant(item.why->detail) : QVariant()});
    });
}

base::Async<base::Done> ProfileStore::removeOutbox(const base::TransactionId& transaction)
{
    return m_worker.run([this, transaction] { return m_data->database.run(u"DELETE FROM outbox WHERE txn = ?"_s, {transaction.text()}); });
}

// ---- drafts ----

base::Async<QList<chat::Draft>> ProfileStore::drafts()
{
    return m_worker.run([this]() -> base::Expected<QList<chat::Draft>> {
        auto query = m_data->database.select(u"SELECT id, conversation, thread, kind, text, written, newest, composer FROM drafts ORDER BY written"_s);
        if (!query)
            return query.error();
        QList<chat::Draft> drafts;
        while (query->next())
            drafts.append({base::DraftId(query->text(0)), base::ConversationId::fromText(query->text(1)),
                base::MessageId(query->text(2)), query->value(3).toInt() == 1 ? chat::OutgoingKind::Command : chat::OutgoingKind::Text,
                query->text(4), query->integer(5), query->integer(6), query->value(7).toBool()});
        return drafts;
    });
}

base::Async<base::Done> ProfileStore::putDraft(const chat::Draft& draft)
{
    return m_worker.run([this, draft] {
        return m_data->database.run(u"INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {draft.id.text(), draft.conversation.text(), draft.thread.text(), draft.kind == chat::OutgoingKind::Command ? 1 : 0, draft.text,
                draft.writtenAtMs, draft.orderWhenWritten, draft.composer});
    });
}

base::Async<base::Done> ProfileStore::removeDraft(const base::DraftId& draft)
{
    return m_worker.run([this, draft] { return m_data->database.run(u"DELETE FROM drafts WHERE id = ?"_s, {draft.text()}); });
}

// ---- commands ----

base::Async<QList<chat::CommandSpec>> ProfileStore::commands()
{
    return m_worker.run([this]() -> base::Expected<QList<chat::CommandSpec>> {
        auto query = m_data->database.select(u"SELECT account, bot, specs FROM commands"_s);
        if (!query)
            return query.error();
        QList<chat::CommandSpec> specs;
        while (query->next())
            specs += specsFromColumn(query->text(2), base::AccountId(query->text(0)), base::UserId(query->text(1)));
        return specs;
    });
}

base::Async<base::Done> ProfileStore::putCommands(const base::AccountId& account, const base::UserId& bot, const QList<chat::CommandSpec>& specs)
{
    return m_worker.run([this, account, bot, specs] {
        return m_data->database.run(u"INSERT OR REPLACE INTO commands VALUES (?, ?, ?)"_s, {account.text(), bot.text(), toColumn(specs)});
    });
}

base::Async<QList<StoredUsage>> ProfileStore::usages()
{
    return m_worker.run([this]() -> base::Expected<QList<StoredUsage>> {
        auto query = m_data->database.select(u"SELECT bot, command, usage FROM usages"_s);
        if (!query)
            return query.error();
        QList<StoredUsage> usages;
        while (query->next())
            usages.append({base::UserId(query->text(0)), query->text(1), query->value(2).toByteArray()});
        return usages;
    });
}

base::Async<base::Done> ProfileStore::putUsage(const StoredUsage& usage)
{
    return m_worker.run([this, usage] {
        return m_data->database.run(u"INSERT OR REPLACE INTO usages VALUES (?, ?, ?)"_s, {usage.bot.text(), usage.command, usage.usage});
    });
}

} // namespace ridealong::store
