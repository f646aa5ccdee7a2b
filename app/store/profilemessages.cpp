// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profiledata.h"
#include "store/profilequeries.h"
#include "store/valuejson.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace ridealong::store {

using namespace Qt::StringLiterals;

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
    message.action = flags & kAction;
    message.notice = flags & kNotice;
    message.attachments = attachmentsFromColumn(query.text(12));
    return message;
}

base::Expected<chat::MessagePage> ProfileStore::Data::messages(const chat::MessageQuery& asked)
{
    const auto row = knownRow(asked.conversation);
    if (!row)
        return row.error();
    const bool forward = asked.afterOrder > 0;
    const bool inThread = !asked.thread.isEmpty();
    const int limit = std::clamp(asked.limit, 1, kMaxRows);
    const qint64 edge = forward ? asked.afterOrder : (asked.beforeOrder > 0 ? asked.beforeOrder : std::numeric_limits<qint64>::max());
    chat::MessagePage page;
    QVariantList values{*row, asked.thread.text(), edge};
    if (inThread)
        values += values;
    values += limit + 1;
    base::Status done = database.each(
        pageQuery(inThread, forward), values, [&](const Rows& found) { page.messages.append(readMessage(found, asked.conversation)); });
    if (!done)
        return done.error();
    page.reachedEnd = page.messages.size() <= limit;
    if (!page.reachedEnd)
        page.messages.removeLast();
    if (!forward)
        std::reverse(page.messages.begin(), page.messages.end());
    if (page.messages.isEmpty() && (forward || asked.beforeOrder > 0))
        return page;

    // Where nothing is stored beyond the page, all gaps beyond it are at its edge.
    const qint64 from = page.messages.isEmpty() || (!forward && page.reachedEnd) ? 0 : page.messages.first().order;
    const qint64 to = page.messages.isEmpty() ? std::numeric_limits<qint64>::max() : page.messages.last().order;
    done = database.each(u"SELECT after_ord, before_ord, lost FROM gaps WHERE conversation = ? AND before_ord >= ? AND after_ord <= ?"_s,
        {*row, from, to}, [&](const Rows& gap) {
            page.gaps.append({asked.conversation, gap.integer(0), gap.integer(1), gap.value(2).toBool()});
        });
    if (done && !inThread)
        done = readThreadCounts(*row, page);
    if (!done)
        return done.error();
    return page;
}

base::Status ProfileStore::Data::readThreadCounts(qint64 conversation, chat::MessagePage& page)
{
    QJsonArray roots;
    for (const chat::Message& message : std::as_const(page.messages))
        roots.append(message.id.text());
    QHash<base::MessageId, chat::ThreadSummary> found;
    const base::Status done = database.each(
        threadCountsQuery(), {conversation, QString::fromUtf8(QJsonDocument(roots).toJson(QJsonDocument::Compact))}, [&](const Rows& thread) {
            const base::MessageId root(thread.text(0));
            found.insert(root, {root, thread.value(1).toInt(), thread.integer(2)});
        });
    if (done && !found.isEmpty())
        for (const chat::Message& message : std::as_const(page.messages)) // in the page's order
            if (const auto at = found.constFind(message.id); at != found.cend())
                page.threads.append(*at);
    return done;
}

base::Expected<QList<chat::Message>> ProfileStore::Data::messagesWhere(
    const base::ConversationId& conversation, const QString& column, const QString& value)
{
    const auto row = knownRow(conversation);
    if (!row)
        return row.error();
    QList<chat::Message> found;
    const base::Status done = database.each(u"SELECT %1 FROM messages WHERE conversation = ? AND %2 = ?"_s.arg(kMessageColumns, column),
        {*row, value}, [&](const Rows& message) { found.append(readMessage(message, conversation)); });
    if (!done)
        return done.error();
    return found;
}

base::Expected<QList<chat::Message>> ProfileStore::Data::message(const base::ConversationId& conversation, const base::MessageId& id)
{
    return messagesWhere(conversation, u"id"_s, id.text());
}

base::Expected<QList<chat::Message>> ProfileStore::Data::message(const base::ConversationId& conversation, const base::TransactionId& transaction)
{
    // The second condition is the index's own; an empty transaction is nobody's.
    return messagesWhere(conversation, u"txn <> '' AND txn"_s, transaction.text());
}

base::Expected<QList<chat::ThreadSummary>> ProfileStore::Data::threads(const base::ConversationId& conversation, int limit)
{
    const auto row = knownRow(conversation);
    if (!row)
        return row.error();
    QList<chat::ThreadSummary> found;
    const base::Status done = database.each(u"SELECT thread, count(*), max(time) AS last FROM messages WHERE conversation = ? AND thread > '' "
                                            "AND flags & %1 = 0 GROUP BY thread ORDER BY last DESC LIMIT ?"_s.arg(int(kDeleted)),
        {*row, std::clamp(limit, 1, kMaxRows)}, [&](const Rows& thread) {
            found.append({base::MessageId(thread.text(0)), thread.value(1).toInt(), thread.integer(2)});
        });
    if (!done)
        return done.error();
    return found;
}

base::Expected<int> ProfileStore::Data::countAfter(const base::ConversationId& conversation, qint64 order)
{
    const auto row = knownRow(conversation);
    if (!row)
        return row.error();
    auto query = database.select(u"SELECT count(*) FROM messages WHERE conversation = ? AND thread = '' AND ord > ?"_s, {*row, order});
    if (!query)
        return query.error();
    query->next(); // an aggregate always gives its row
    return query->value(0).toInt();
}

base::Expected<qint64> ProfileStore::Data::oldest(const base::ConversationId& conversation)
{
    const auto row = knownRow(conversation);
    if (!row)
        return row.error();
    auto query = database.select(u"SELECT min(ord) FROM messages WHERE conversation = ? AND thread = ''"_s, {*row});
    if (!query)
        return query.error();
    query->next(); // an aggregate always gives its row
    return query->integer(0);
}

base::Expected<chat::PlaceInTime> ProfileStore::Data::placeAt(const base::ConversationId& conversation, qint64 timeMs)
{
    const auto row = knownRow(conversation);
    if (!row)
        return row.error();
    chat::PlaceInTime place;
    auto first = database.select(
        u"SELECT id, ord FROM messages WHERE conversation = ? AND thread = '' AND time >= ? ORDER BY ord LIMIT 1"_s, {*row, timeMs});
    if (!first)
        return first.error();
    if (first->next()) {
        place.message = base::MessageId(first->text(0));
        place.order = first->integer(1);
    }
    auto last = database.select(u"SELECT max(ord) FROM messages WHERE conversation = ? AND thread = '' AND time < ? AND (? = 0 OR ord < ?)"_s,
        {*row, timeMs, place.order, place.order});
    if (!last)
        return last.error();
    last->next(); // an aggregate always gives its row
    place.beforeOrder = last->integer(0);
    return place;
}

base::Expected<QHash<base::MessageId, qint64>> ProfileStore::Data::orders(const base::ConversationId& conversation, const QList<base::MessageId>& ids)
{
    const auto row = knownRow(conversation);
    if (!row)
        return row.error();
    QHash<base::MessageId, qint64> found;
    for (const base::MessageId& id : ids) {
        const base::Status done = database.each(u"SELECT ord FROM messages WHERE conversation = ? AND id = ?"_s, {*row, id.text()},
            [&](const Rows& message) { found.insert(id, message.integer(0)); });
        if (!done)
            return done.error();
    }
    return found;
}

} // namespace ridealong::store
