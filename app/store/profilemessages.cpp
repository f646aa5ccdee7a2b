// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/mention.h"
#include "store/profiledata.h"
#include "store/valuejson.h"

namespace ridealong::store {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns = u"id, txn, sender, sender_name, time, ord, text, thread, reply_to, run, reactions, flags"_s;

chat::Message readMessage(const Rows& query, const base::ConversationId& conversation)
{
    chat::Message message;
    message.conversation = conversation;
    message.id = base::MessageId(query.text(0));
    message.transaction = base::TransactionId(query.text(1));
    message.sender = base::UserId(query.text(2));
    message.senderName = query.text(3);
    message.timeMs = query.integer(4);
    message.order = query.integer(5);
    message.text = query.text(6);
    message.thread = base::MessageId(query.text(7));
    message.replyTo = base::MessageId(query.text(8));
    message.run = base::RunId(query.text(9));
    message.reactions = reactionsFromColumn(query.text(10));
    const int flags = query.value(11).toInt();
    message.edited = flags & kEdited;
    message.deleted = flags & kDeleted;
    message.fromBot = flags & kFromBot;
    message.system = flags & kSystem;
    return message;
}

int flagsOf(const chat::Message& message, const chat::Member& self, bool direct)
{
    const bool mine = message.sender == self.user;
    const bool mention = !mine && !message.system && !message.deleted && (direct || chat::mentions(message.text, self));
    return (message.edited ? kEdited : 0) | (message.deleted ? kDeleted : 0) | (message.fromBot ? kFromBot : 0) | (message.system ? kSystem : 0)
        | (mine ? kMine : 0) | (mention ? kMentionsMe : 0);
}

/// Any text as an FTS5 query: every word quoted, all must occur, the last one may be unfinished.
QString matchOf(const QString& text)
{
    QStringList terms;
    QString word;
    const auto end = [&] {
        if (!word.isEmpty())
            terms += u'"' + word + u'"';
        word.clear();
    };
    for (const QChar c : text) {
        if (c.isLetterOrNumber() || c.isSurrogate() || c.isMark())
            word += c;
        else
            end();
    }
    end();
    return terms.isEmpty() ? QString() : terms.join(u' ') + u'*';
}

} // namespace

base::Status ProfileStore::Data::putMessage(qint64 conversation, const chat::Message& m, const chat::Member& self, bool direct)
{
    // Our own message may be known by its transaction before its id: then that row gets the id.
    if (m.transaction) {
        auto adopted = database.run(u"UPDATE OR IGNORE messages SET id = ? WHERE conversation = ? AND txn = ? AND id <> ?"_s,
            {m.id.text(), conversation, m.transaction.text(), m.id.text()});
        if (!adopted)
            return adopted;
    }
    return database.run(u"INSERT INTO messages(conversation, %1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(conversation, id) DO UPDATE SET "
                        "txn = CASE excluded.txn WHEN '' THEN txn ELSE excluded.txn END, sender = excluded.sender, sender_name = excluded.sender_name, "
                        "time = excluded.time, ord = excluded.ord, text = excluded.text, thread = excluded.thread, reply_to = excluded.reply_to, "
                        "run = CASE excluded.run WHEN '' THEN run ELSE excluded.run END, reactions = excluded.reactions, flags = excluded.flags"_s.arg(kColumns),
        {conversation, m.id.text(), m.transaction.text(), m.sender.text(), m.senderName, m.timeMs, m.order, m.deleted ? u""_s : m.text, m.thread.text(),
            m.replyTo.text(), m.run.text(), toColumn(m.reactions), flagsOf(m, self, direct)});
}

base::Expected<chat::MessagePage> ProfileStore::Data::messages(const chat::MessageQuery& asked)
{
    const auto row = conversationRow(asked.conversation);
    if (!row)
        return row.error();
    const bool forward = asked.afterOrder > 0;
    const bool inThread = !asked.thread.isEmpty();
    // A thread's view begins with its root, which is itself no reply.
    const QString where = inThread ? u"(thread = ?2 OR (thread = '' AND id = ?2))"_s : u"thread = ''"_s;
    const qint64 edge = forward ? asked.afterOrder : (asked.beforeOrder > 0 ? asked.beforeOrder : std::numeric_limits<qint64>::max());
    auto query = database.select(u"SELECT %1 FROM messages WHERE conversation = ?1 AND %2 AND ord %3 ?3 ORDER BY ord %4 LIMIT ?4"_s
                                     .arg(kColumns, where, forward ? u">"_s : u"<"_s, forward ? u"ASC"_s : u"DESC"_s),
        {*row, asked.thread.text(), edge, asked.limit + 1});
    if (!query)
        return query.error();
    chat::MessagePage page;
    while (query->next())
        page.messages.append(readMessage(*query, asked.conversation));
    page.reachedEnd = page.messages.size() <= asked.limit;
    if (!page.reachedEnd)
        page.messages.removeLast();
    if (!forward)
        std::reverse(page.messages.begin(), page.messages.end());
    if (page.messages.isEmpty())
        return page;

    auto gaps = database.select(u"SELECT after_ord, before_ord FROM gaps WHERE conversation = ? AND before_ord >= ? AND after_ord <= ?"_s, {*row, page.messages.first().order, page.messages.last().order});
    if (!gaps)
        return gaps.error();
    while (gaps->next())
        page.gaps.append({asked.conversation, gaps->integer(0), gaps->integer(1)});
    if (inThread)
        return page;

    for (const chat::Message& message : std::as_const(page.messages)) {
        auto threads = database.select(u"SELECT count(*), max(time) FROM messages WHERE conversation = ? AND thread = ? AND flags & %1 = 0"_s.arg(int(kDeleted)),
            {*row, message.id.text()});
        if (!threads)
            return threads.error();
        threads->next(); // an aggregate always gives its row
        if (const int replies = threads->value(0).toInt())
            page.threads.append({message.id, replies, threads->integer(1)});
    }
    return page;
}

base::Expected<QList<chat::Message>> ProfileStore::Data::message(const base::ConversationId& conversation, const base::MessageId& id)
{
    const auto row = conversationRow(conversation);
    if (!row)
        return row.error();
    auto query = database.select(u"SELECT %1 FROM messages WHERE conversation = ? AND id = ?"_s.arg(kColumns), {*row, id.text()});
    if (!query)
        return query.error();
    QList<chat::Message> found;
    if (query->next())
        found.append(readMessage(*query, conversation));
    return found;
}

base::Expected<QList<chat::Message>> ProfileStore::Data::search(const QString& text, const base::ConversationId& conversation, int limit)
{
    const QString match = matchOf(text);
    if (match.isEmpty())
        return QList<chat::Message>();
    auto query = database.select(u"SELECT %1, c.account, c.key FROM messages_text t JOIN messages m ON m.rowid = t.rowid "
                                         "JOIN conversations c ON c.id = m.conversation WHERE messages_text MATCH ?1 AND (?2 = '' OR (c.account = ?2 AND c.key = ?3)) "
                                         "ORDER BY m.rowid DESC LIMIT ?4"_s.arg(u"m."_s + QString(kColumns).replace(u", "_s, u", m."_s)), {match, conversation.account().text(), conversation.key(), limit});
    if (!query)
        return query.error();
    QList<chat::Message> found;
    while (query->next())
        found.append(readMessage(*query, {base::AccountId(query->text(12)), query->text(13)}));
    return found;
}

base::Expected<QList<chat::ThreadSummary>> ProfileStore::Data::threads(const base::ConversationId& conversation, int limit)
{
    const auto row = conversationRow(conversation);
    if (!row)
        return row.error();
    auto query = database.select(u"SELECT thread, count(*), max(time) AS last FROM messages WHERE conversation = ? AND thread <> '' AND flags & %1 = 0 "
                                         "GROUP BY thread ORDER BY last DESC LIMIT ?"_s.arg(int(kDeleted)), {*row, limit});
    if (!query)
        return query.error();
    QList<chat::ThreadSummary> found;
    while (query->next())
        found.append({base::MessageId(query->text(0)), query->value(1).toInt(), query->integer(2)});
    return found;
}

base::Expected<int> ProfileStore::Data::countAfter(const base::ConversationId& conversation, qint64 order)
{
    const auto row = conversationRow(conversation);
    if (!row)
        return row.error();
    auto query = database.select(u"SELECT count(*) FROM messages WHERE conversation = ? AND thread = '' AND ord > ?"_s, {*row, order});
    if (!query)
        return query.error();
    query->next(); // an aggregate always gives its row
    const int count = query->value(0).toInt();
    return count;
}

} // namespace ridealong::store
