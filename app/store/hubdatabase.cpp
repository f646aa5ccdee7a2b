// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/hubdatabase.h"

#include "store/database.h"
#include "store/valuejson.h"

#include <QCborArray>
#include <QCborValue>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace ridealong::store {
namespace {

using namespace Qt::StringLiterals;

QList<QStringList> migrations()
{
    return {
        {
            u"CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID"_s,
            u"CREATE TABLE users (user TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID"_s,
            u"CREATE TABLE conversations (position INTEGER PRIMARY KEY, conversation TEXT NOT NULL UNIQUE, name TEXT NOT NULL, direct INTEGER "
            u"NOT NULL,"
            " topic TEXT NOT NULL, environment TEXT NOT NULL, first_user TEXT NOT NULL, second_user TEXT NOT NULL)"_s,
            // A message's place is its order; `changed` is the sequence of its last change, by which clients catch up.
            u"CREATE TABLE messages (place INTEGER PRIMARY KEY, changed INTEGER NOT NULL, conversation TEXT NOT NULL, sender TEXT NOT NULL,"
            " sender_name TEXT NOT NULL, txn TEXT, time_ms INTEGER NOT NULL, text TEXT NOT NULL, thread TEXT NOT NULL, reply_to TEXT NOT NULL,"
            " run TEXT NOT NULL, reactions BLOB, edited INTEGER NOT NULL, deleted INTEGER NOT NULL, bot INTEGER NOT NULL, system INTEGER NOT NULL)"_s,
            u"CREATE INDEX messages_changed ON messages (changed)"_s,
            u"CREATE INDEX messages_conversation ON messages (conversation, place)"_s,
            u"CREATE UNIQUE INDEX messages_txn ON messages (sender, txn)"_s,
            u"CREATE TABLE reads (user TEXT NOT NULL, conversation TEXT NOT NULL, thread TEXT NOT NULL, place INTEGER NOT NULL,"
            " changed INTEGER NOT NULL, PRIMARY KEY (user, conversation, thread)) WITHOUT ROWID"_s,
            u"CREATE INDEX reads_changed ON reads (user, changed)"_s,
            u"CREATE TABLE runs (position INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, conversation TEXT NOT NULL, open INTEGER NOT NULL,"
            " final INTEGER NOT NULL, revision INTEGER NOT NULL, updated_ms INTEGER NOT NULL, report BLOB NOT NULL)"_s,
            u"CREATE INDEX runs_open ON runs (open) WHERE open"_s,
        },
        {
            u"ALTER TABLE messages ADD COLUMN attachments TEXT NOT NULL DEFAULT ''"_s,
            u"CREATE INDEX messages_files ON messages (attachments) WHERE attachments <> ''"_s,
        }};
}

QByteArray encodeReactions(const QList<chat::Reaction>& reactions)
{
    QCborArray list;
    for (const auto& reaction : reactions) {
        QCborArray by;
        for (const auto& user : reaction.by)
            by.append(user.text());
        list.append(QCborArray{reaction.emoji, by});
    }
    return list.toCborValue().toCbor();
}

/// `reactions` with those of `user` being exactly `mine`; the others keep their places.
QList<chat::Reaction> withReactionsOf(const base::UserId& user, const QStringList& mine, QList<chat::Reaction> reactions)
{
    for (auto& reaction : reactions) {
        const bool wanted = mine.contains(reaction.emoji);
        if (!wanted)
            reaction.by.removeAll(user);
        else if (!reaction.by.contains(user))
            reaction.by.append(user);
    }
    for (const auto& emoji : mine)
        if (std::none_of(reactions.cbegin(), reactions.cend(), [&](const auto& reaction) { return reaction.emoji == emoji; }))
            reactions.append({emoji, {user}});
    reactions.removeIf([](const auto& reaction) { return reaction.by.isEmpty(); });
    return reactions;
}

HubOutcome refused(base::ErrorKind kind, const QString& why)
{
    HubOutcome outcome;
    outcome.status = base::Error{kind, why, 0};
    return outcome;
}

} // namespace

base::MessageId hubMessageId(const QString& hubId, qint64 order) { return base::MessageId(hubId.left(8) + u'.' + QString::number(order)); }

HubDatabase::HubDatabase(const QString& path) : m_database(std::make_unique<Database>(path, migrations())) {}

HubDatabase::~HubDatabase() = default;

base::MessageId HubDatabase::messageId(qint64 order) const { return base::MessageId(m_prefix + u'.' + QString::number(order)); }

qint64 HubDatabase::orderOf(const base::MessageId& id) const
{
    const auto& text = id.text();
    if (!text.startsWith(m_prefix) || text.size() <= m_prefix.size() || text[m_prefix.size()] != u'.')
        return 0;
    return QStringView(text).sliced(m_prefix.size() + 1).toLongLong();
}

QSqlQuery HubDatabase::query(const char* sql, const QVariantList& values)
{
    QSqlQuery query(m_database->handle());
    query.setForwardOnly(true);
    if (query.prepare(QString::fromLatin1(sql)))
        for (const auto& value : values)
            query.addBindValue(Database::bound(value));
    run(query);
    return query;
}

bool HubDatabase::run(QSqlQuery& query)
{
    if (query.exec())
        return true;
    if (!m_failure)
        m_failure = Database::errorOf(query);
    return false;
}

base::Status HubDatabase::storageStatus() const
{
    if (m_failure)
        return *m_failure;
    return base::Done{};
}

base::Expected<HubState> HubDatabase::open(const QString& newHubId, qint64 nowMs)
{
    auto opened = m_database->open();
    if (!opened)
        return opened.error();
    HubState state;
    state.report = *opened;
    m_failure.reset();
    if (!opened->readOnly) {
        const auto begun = m_database->transaction([&] {
            query("INSERT OR IGNORE INTO meta (name, value) VALUES ('hub', ?), ('sequence', ?)", {newHubId, nowMs});
            return storageStatus();
        });
        if (!begun)
            return begun.error();
    }
    if (auto loaded = loadState(state); !loaded)
        return loaded.error();
    return state;
}

base::Status HubDatabase::loadState(HubState& state)
{
    auto meta = query("SELECT (SELECT value FROM meta WHERE name = 'hub'), (SELECT value FROM meta WHERE name = 'sequence'),"
                      " (SELECT max(changed) FROM messages)");
    if (meta.next()) {
        state.hubId = meta.value(0).toString();
        m_sequence = std::max(meta.value(1).toLongLong(), meta.value(2).toLongLong());
        state.sequence = m_sequence;
    }
    m_prefix = hubMessageId(state.hubId, 0).text().chopped(2);
    for (auto rows = query("SELECT conversation, name, direct, topic, environment, first_user, second_user FROM conversations ORDER BY position");
         rows.next();) {
        HubConversation loaded;
        loaded.conversation.id = base::ConversationId(hubAccount(), rows.value(0).toString());
        loaded.conversation.name = rows.value(1).toString();
        loaded.conversation.kind = rows.value(2).toBool() ? chat::ConversationKind::Direct : chat::ConversationKind::Room;
        loaded.conversation.topic = rows.value(3).toString();
        loaded.conversation.environment = rows.value(4).toString();
        loaded.first = base::UserId(rows.value(5).toString());
        loaded.second = base::UserId(rows.value(6).toString());
        state.conversations.append(loaded);
    }
    for (auto rows = query("SELECT user, name FROM users ORDER BY user"); rows.next();)
        state.users.append({base::UserId(rows.value(0).toString()), rows.value(1).toString()});
    for (auto rows = query("SELECT run, conversation, open, final, revision, updated_ms, report FROM runs WHERE open ORDER BY position");
         rows.next();)
        state.openRuns.append(runOf(rows));
    for (auto rows = query("SELECT attachments FROM messages WHERE attachments <> ''"); rows.next();)
        for (const chat::Attachment& file : attachmentsFromColumn(rows.value(0).toString()))
            state.usedFiles.insert(file.id);
    return storageStatus();
}

base::Expected<QList<HubOutcome>> HubDatabase::write(const QList<HubWrite>& writes)
{
    QList<HubOutcome> outcomes;
    m_failure.reset();
    const qint64 before = m_sequence;
    const auto done = m_database->transaction([&]() -> base::Status {
        for (const auto& write : writes) {
            outcomes.append(std::visit([this](const auto& one) { return apply(one); }, write));
            if (outcomes.last().change)
                m_sequence = std::max(m_sequence, outcomes.last().change->sequence);
            if (m_failure)
                return *m_failure;
        }
        if (m_sequence != before)
            query("UPDATE meta SET value = ? WHERE name = 'sequence'", {m_sequence});
        return storageStatus();
    });
    if (!done) {
        m_sequence = before;
        return done.error();
    }
    return outcomes;
}

HubOutcome HubDatabase::apply(const HubPost& post)
{
    const auto& message = post.message;
    HubOutcome outcome;
    if (!message.transaction.isEmpty()) {
        HubLookup lookup{message.sender, message.transaction};
        auto known = apply(lookup);
        if (known.order != 0) {
            known.repeated = true;
            return known;
        }
    }
    if (message.thread) {
        const auto root = this->message(message.conversation.key(), message.thread);
        if (!root || root->thread)
            return refused(base::ErrorKind::NotFound, u"no such thread"_s);
    }
    if (message.replyTo && !this->message(message.conversation.key(), message.replyTo))
        return refused(base::ErrorKind::NotFound, u"the message replied to does not exist"_s);

    query("INSERT INTO messages (place, changed, conversation, sender, sender_name, txn, time_ms, text, thread, reply_to, run, edited, "
          "deleted, bot, system, attachments)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)",
        {message.order, message.order, message.conversation.key(), message.sender.text(), message.senderName,
            message.transaction.isEmpty() ? QVariant() : QVariant(message.transaction.text()), message.timeMs, message.text, message.thread.text(),
            message.replyTo.text(), message.run.text(), message.fromBot, message.system, toColumn(message.attachments)});
    if (post.run)
        apply(*post.run);
    outcome.message = message.id;
    outcome.order = message.order;
    outcome.run = message.run;
    outcome.change = HubChange{message.order, message};
    return outcome;
}

HubOutcome HubDatabase::apply(const HubEdit& edit)
{
    auto message = this->message(edit.conversation, edit.message);
    if (!message || message->deleted)
        return refused(base::ErrorKind::NotFound, u"no such message"_s);
    if (message->sender != edit.by || message->system)
        return refused(base::ErrorKind::Denied, u"somebody else's message"_s);
    if (!edit.remove && message->text == edit.text)
        return {};
    message->text = edit.remove ? u""_s : edit.text;
    message->edited = message->edited || !edit.remove;
    message->deleted = edit.remove;
    HubOutcome outcome;
    if (edit.remove) {
        message->reactions.clear();
        for (const chat::Attachment& file : std::exchange(message->attachments, {}))
            outcome.droppedFiles.append(file.id);
    }
    query("UPDATE messages SET text = ?, edited = ?, deleted = ?, reactions = ?, attachments = ?, changed = ? WHERE place = ?",
        {message->text, message->edited, message->deleted, encodeReactions(message->reactions), toColumn(message->attachments), edit.sequence,
            message->order});
    outcome.change = HubChange{edit.sequence, *message};
    return outcome;
}

HubOutcome HubDatabase::apply(const HubReactions& wanted)
{
    auto message = this->message(wanted.conversation, wanted.message);
    if (!message || message->deleted)
        return refused(base::ErrorKind::NotFound, u"no such message"_s);
    const auto reactions = withReactionsOf(wanted.by, wanted.mine, message->reactions);
    if (reactions == message->reactions)
        return {};
    if (reactions.size() > kMaxReactionsPerMessage)
        return refused(base::ErrorKind::Invalid, u"too many different reactions"_s);
    message->reactions = reactions;
    query("UPDATE messages SET reactions = ?, changed = ? WHERE place = ?", {encodeReactions(reactions), wanted.sequence, message->order});
    HubOutcome outcome;
    outcome.change = HubChange{wanted.sequence, *message};
    return outcome;
}

HubOutcome HubDatabase::apply(const HubRead& read)
{
    if (read.thread && !message(read.conversation, read.thread))
        return refused(base::ErrorKind::NotFound, u"no such thread"_s);
    // A marker only moves on: a client that was away must not mark as unread what another one has shown.
    auto known = query(
        "SELECT place FROM reads WHERE user = ? AND conversation = ? AND thread = ?", {read.user.text(), read.conversation, read.thread.text()});
    if (known.next() && known.value(0).toLongLong() >= read.order)
        return {};
    query("INSERT OR REPLACE INTO reads (user, conversation, thread, place, changed) VALUES (?, ?, ?, ?, ?)",
        {read.user.text(), read.conversation, read.thread.text(), read.order, read.sequence});
    HubOutcome outcome;
    outcome.change = HubChange{read.sequence, read};
    return outcome;
}

HubOutcome HubDatabase::apply(const HubLookup& lookup)
{
    HubOutcome outcome;
    auto rows = query("SELECT place, run FROM messages WHERE sender = ? AND txn = ?", {lookup.user.text(), lookup.transaction.text()});
    if (rows.next()) {
        outcome.order = rows.value(0).toLongLong();
        outcome.message = messageId(outcome.order);
        outcome.run = base::RunId(rows.value(1).toString());
    }
    return outcome;
}

HubOutcome HubDatabase::apply(const HubUser& user)
{
    query("INSERT OR REPLACE INTO users (user, name) VALUES (?, ?)", {user.user.text(), user.name});
    return {};
}

HubOutcome HubDatabase::apply(const HubConversation& one)
{
    const auto& conversation = one.conversation;
    query("INSERT OR IGNORE INTO conversations (conversation, name, direct, topic, environment, first_user, second_user) VALUES (?, ?, ?, "
          "?, ?, ?, ?)",
        {conversation.id.key(), conversation.name, conversation.kind == chat::ConversationKind::Direct, conversation.topic, conversation.environment,
            one.first.text(), one.second.text()});
    return {};
}

HubOutcome HubDatabase::apply(const HubRun& run)
{
    query("INSERT INTO runs (run, conversation, open, final, revision, updated_ms, report) VALUES (?, ?, ?, ?, ?, ?, ?)"
          " ON CONFLICT (run) DO UPDATE SET open = excluded.open, final = excluded.final, revision = excluded.revision,"
          " updated_ms = excluded.updated_ms, report = excluded.report WHERE excluded.final >= final AND excluded.revision > revision",
        {run.run.text(), run.conversation, run.open, run.final, run.revision, run.updatedMs, run.report});
    return {};
}

} // namespace ridealong::store
