// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profiledata.h"

#include "store/valuejson.h"

#include <QSet>

namespace ridealong::store {

using namespace Qt::StringLiterals;

base::Expected<qint64> ProfileStore::Data::knownRow(const base::ConversationId& id)
{
    if (const auto known = rows.constFind(id); known != rows.cend())
        return *known;
    auto found = database.select(u"SELECT id FROM conversations WHERE account = ? AND key = ?"_s, {id.account().text(), id.key()});
    if (!found)
        return found.error();
    if (found->next())
        return *rows.insert(id, found->integer(0));
    if (auto status = found->status(); !status)
        return status.error();
    return qint64(0);
}

base::Expected<qint64> ProfileStore::Data::conversationRow(const base::ConversationId& id)
{
    auto row = knownRow(id);
    if (!row || *row > 0)
        return row;
    if (auto made = database.run(u"INSERT INTO conversations(account, key, name) VALUES (?, ?, ?)"_s, {id.account().text(), id.key(), id.key()});
        !made)
        return made.error();
    return knownRow(id);
}

base::Expected<AccountState> ProfileStore::Data::state(const base::AccountId& account)
{
    AccountState state;
    base::Status done = database.each(
        u"SELECT cursor FROM accounts WHERE id = ?"_s, {account.text()}, [&](const Rows& row) { state.cursor = row.value(0).toByteArray(); });
    if (done)
        done = database.each(u"SELECT key, name, kind, topic, environment, joined, members, id FROM conversations WHERE account = ? ORDER BY id"_s,
            {account.text()}, [&](const Rows& row) {
                const base::ConversationId id(account, row.text(0));
                state.conversations.append(
                    {id, row.text(1), row.value(2).toInt() == 1 ? chat::ConversationKind::Direct : chat::ConversationKind::Room, row.text(3),
                        row.text(4), row.value(5).toBool()});
                state.members[id] = membersFromColumn(row.text(6));
                rows[id] = row.integer(7);
            });
    if (!done)
        return done.error();
    for (const chat::Conversation& conversation : std::as_const(state.conversations)) {
        const auto read = readState(conversation.id);
        if (!read)
            return read.error();
        state.reads[conversation.id] = *read;
    }
    return state;
}

base::Expected<AccountState::Read> ProfileStore::Data::readState(const base::ConversationId& conversation)
{
    const auto row = knownRow(conversation);
    if (!row)
        return row.error();
    AccountState::Read read;
    auto newest = database.select(
        u"SELECT read_up_to, (SELECT max(ord) FROM messages WHERE conversation = conversations.id AND thread = '') FROM conversations WHERE id = ?"_s,
        {*row});
    if (!newest)
        return newest.error();
    if (!newest->next())
        return read; // not known, or not any more
    read.readUpTo = newest->integer(0);
    read.newest = newest->integer(1);
    auto counts = database.select(
        u"SELECT count(*), total(flags & %1 <> 0) FROM messages WHERE conversation = ? AND thread = '' AND ord > ? AND flags & %2 = 0"_s
            .arg(int(kMentionsMe))
            .arg(int(kMine) | int(kSystem) | int(kDeleted)),
        {*row, read.readUpTo});
    if (!counts)
        return counts.error();
    counts->next(); // an aggregate always gives its row
    read.unread = counts->value(0).toInt();
    read.mentions = counts->value(1).toInt();
    return read;
}

base::Status ProfileStore::Data::setReadUpTo(const base::ConversationId& conversation, const base::MessageId& thread, qint64 order)
{
    const auto row = knownRow(conversation);
    if (!row)
        return row.error();
    // A marker only moves forward: an old client's late word must not bring back what was read.
    if (thread.isEmpty())
        return database.run(u"UPDATE conversations SET read_up_to = max(read_up_to, ?) WHERE id = ?"_s, {order, *row});
    return database.run(u"INSERT INTO thread_reads VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET read_up_to = max(read_up_to, excluded.read_up_to)"_s,
        {*row, thread.text(), order});
}

base::Expected<QList<chat::Gap>> ProfileStore::Data::openGaps(const base::AccountId& account)
{
    QList<chat::Gap> gaps;
    const base::Status done = database.each(
        u"SELECT c.key, g.after_ord, g.before_ord FROM gaps g JOIN conversations c ON c.id = g.conversation WHERE c.account = ? AND g.lost = 0"_s,
        {account.text()}, [&](const Rows& row) {
            gaps.append({{account, row.text(0)}, row.integer(1), row.integer(2)});
        });
    if (!done)
        return done.error();
    return gaps;
}

} // namespace ridealong::store
