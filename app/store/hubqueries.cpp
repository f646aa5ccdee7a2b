// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/hubdatabase.h"

#include "store/valuejson.h"

#include <QCborArray>
#include <QCborValue>
#include <QSqlQuery>
#include <QVariant>

namespace ridealong::store {

using namespace Qt::StringLiterals;

// The order of HubDatabase::messageOf.
#define RIDEALONG_MESSAGE_COLUMNS                                                                                                                    \
    "m.place, m.conversation, m.sender, m.sender_name, m.txn, m.time_ms, m.text, m.thread, m.reply_to, m.run, m.reactions, m.edited, "               \
    "m.deleted,"                                                                                                                                     \
    " m.bot, m.system, m.attachments, m.changed"

namespace {

QList<chat::Reaction> decodeReactions(const QByteArray& bytes)
{
    QList<chat::Reaction> reactions;
    for (const auto& entry : QCborValue::fromCbor(bytes).toArray()) {
        chat::Reaction reaction{entry.toArray().at(0).toString(), {}};
        for (const auto& user : entry.toArray().at(1).toArray())
            reaction.by.append(base::UserId(user.toString()));
        reactions.append(reaction);
    }
    return reactions;
}

} // namespace

qint64 wireBytes(const chat::Message& message)
{
    constexpr qint64 kMessage = 256, kOne = 64; // keys, numbers and lengths of a message, and of a reaction, a person or a file in it
    constexpr qint64 kUnit = 3; // the UTF-8 of one UTF-16 unit, at most
    qint64 units = message.id.text().size() + message.conversation.key().size() + message.sender.text().size() + message.senderName.size()
        + message.transaction.text().size() + message.text.size() + message.thread.text().size() + message.replyTo.text().size()
        + message.run.text().size();
    qint64 parts = message.reactions.size() + message.attachments.size();
    for (const chat::Reaction& reaction : message.reactions) {
        units += reaction.emoji.size();
        parts += reaction.by.size();
        for (const base::UserId& user : reaction.by)
            units += user.text().size();
    }
    for (const chat::Attachment& file : message.attachments)
        units += file.id.text().size() + file.name.size() + file.mediaType.size();
    return kMessage + kOne * parts + kUnit * units;
}

chat::Message HubDatabase::messageOf(const QSqlQuery& row) const
{
    chat::Message message;
    message.order = row.value(0).toLongLong();
    message.id = messageId(message.order);
    message.conversation = base::ConversationId(hubAccount(), row.value(1).toString());
    message.sender = base::UserId(row.value(2).toString());
    message.senderName = row.value(3).toString();
    message.transaction = base::TransactionId(row.value(4).toString());
    message.timeMs = row.value(5).toLongLong();
    message.text = row.value(6).toString();
    message.thread = base::MessageId(row.value(7).toString());
    message.replyTo = base::MessageId(row.value(8).toString());
    message.run = base::RunId(row.value(9).toString());
    message.reactions = decodeReactions(row.value(10).toByteArray());
    message.edited = row.value(11).toBool();
    message.deleted = row.value(12).toBool();
    message.fromBot = row.value(13).toBool();
    message.system = row.value(14).toBool();
    message.attachments = attachmentsFromColumn(row.value(15).toString());
    return message;
}

HubRun HubDatabase::runOf(const QSqlQuery& row) const
{
    return {base::RunId(row.value(0).toString()), row.value(1).toString(), row.value(2).toBool(), row.value(3).toBool(), row.value(4).toLongLong(),
        row.value(5).toLongLong(), row.value(6).toByteArray()};
}

std::optional<chat::Message> HubDatabase::message(const QString& conversation, const base::MessageId& id)
{
    const qint64 order = orderOf(id);
    if (order <= 0)
        return std::nullopt;
    auto rows = query("SELECT " RIDEALONG_MESSAGE_COLUMNS " FROM messages m WHERE place = ? AND conversation = ?", {order, conversation});
    if (!rows.next())
        return std::nullopt;
    return messageOf(rows);
}

base::Expected<HubPage> HubDatabase::changesAfter(const base::UserId& user, qint64 sequence)
{
    m_failure.reset();
    HubPage page;
    page.upTo = m_sequence;
    qint64 bytes = 0;
    auto rows = query("SELECT " RIDEALONG_MESSAGE_COLUMNS " FROM messages m JOIN conversations c ON c.conversation = m.conversation"
                      " WHERE m.changed > ? AND (NOT c.direct OR c.first_user = ? OR c.second_user = ?) ORDER BY m.changed LIMIT ?",
        {sequence, user.text(), user.text(), kMaxPageEvents + 1});
    while (rows.next()) {
        const qint64 changed = rows.value(16).toLongLong();
        const auto message = messageOf(rows);
        bytes += wireBytes(message);
        if (page.changes.size() == kMaxPageEvents || (bytes > kMaxPageBytes && !page.changes.isEmpty())) {
            page.more = true;
            break;
        }
        page.changes.append({changed, message});
    }
    // Markers are looked for only as far as this page of messages reaches; there is one per conversation or thread.
    const qint64 reach = page.more ? page.changes.last().sequence : m_sequence;
    auto reads
        = query("SELECT conversation, thread, place, changed FROM reads WHERE user = ? AND changed > ? AND changed <= ? ORDER BY changed LIMIT ?",
            {user.text(), sequence, reach, kMaxPageEvents + 1});
    QList<HubChange> markers;
    while (reads.next())
        markers.append({reads.value(3).toLongLong(),
            HubRead{reads.value(3).toLongLong(), user, reads.value(0).toString(), base::MessageId(reads.value(1).toString()),
                reads.value(2).toLongLong()}});
    page.changes += markers;
    std::sort(page.changes.begin(), page.changes.end(), [](const HubChange& a, const HubChange& b) { return a.sequence < b.sequence; });
    if (page.changes.size() > kMaxPageEvents) {
        page.changes.resize(kMaxPageEvents);
        page.more = true;
    }
    if (page.more)
        page.upTo = page.changes.last().sequence;
    if (m_failure)
        return *m_failure;
    return page;
}

base::Expected<HubHistory> HubDatabase::history(const QString& conversation, qint64 beforeOrder, int limit)
{
    m_failure.reset();
    HubHistory history;
    qint64 bytes = 0;
    auto rows = query("SELECT " RIDEALONG_MESSAGE_COLUMNS " FROM messages m WHERE conversation = ? AND place < ? ORDER BY place DESC LIMIT ?",
        {conversation, beforeOrder > 0 ? beforeOrder : std::numeric_limits<qint64>::max(), limit + 1});
    history.reachedStart = true;
    while (rows.next()) {
        auto message = messageOf(rows);
        bytes += wireBytes(message);
        if (history.messages.size() == limit || (bytes > kMaxPageBytes && !history.messages.isEmpty())) {
            history.reachedStart = false;
            break;
        }
        history.messages.prepend(std::move(message));
    }
    if (m_failure)
        return *m_failure;
    return history;
}

base::Expected<std::optional<HubRun>> HubDatabase::run(const base::RunId& run)
{
    m_failure.reset();
    std::optional<HubRun> found;
    auto rows = query("SELECT run, conversation, open, final, revision, updated_ms, report FROM runs WHERE run = ?", {run.text()});
    if (rows.next())
        found = runOf(rows);
    if (m_failure)
        return *m_failure;
    return found;
}

base::Expected<QList<HubRun>> HubDatabase::latestRuns(const base::UserId& user, int limit)
{
    m_failure.reset();
    QList<HubRun> runs;
    auto rows = query("SELECT r.run, r.conversation, r.open, r.final, r.revision, r.updated_ms, r.report FROM runs r"
                      " JOIN conversations c ON c.conversation = r.conversation"
                      " WHERE NOT c.direct OR c.first_user = ? OR c.second_user = ? ORDER BY r.position DESC LIMIT ?",
        {user.text(), user.text(), limit});
    while (rows.next())
        runs.prepend(runOf(rows));
    if (m_failure)
        return *m_failure;
    return runs;
}

} // namespace ridealong::store
