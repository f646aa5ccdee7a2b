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
    if (auto made = database.run(u"INSERT INTO conversations(account, key, name) VALUES (?, ?, ?)"_s, {id.account().text(), id.key(), id.key()}); !made)
        return made.error();
    return knownRow(id);
}

base::Status ProfileStore::Data::commit(const base::AccountId& account, const chat::SyncBatch& batch, const chat::Member& self)
{
    base::Status done = database.transaction([&]() -> base::Status {
        QHash<base::ConversationId, bool> direct;
        const auto isDirect = [&](const base::ConversationId& id, qint64 row) {
            const auto known = direct.constFind(id);
            if (known != direct.cend())
                return *known;
            auto query = database.select(u"SELECT kind FROM conversations WHERE id = ?"_s, {row});
            const bool answer = query && query->next() && query->value(0).toInt() == int(chat::ConversationKind::Direct);
            return direct[id] = answer;
        };
        for (const chat::Event& event : batch.events) {
            base::Status stored = base::Done();
            if (const auto* changed = std::get_if<chat::ConversationChanged>(&event)) {
                const chat::Conversation& c = changed->conversation;
                const auto row = conversationRow(c.id);
                if (!row)
                    return row.error();
                direct[c.id] = c.kind == chat::ConversationKind::Direct;
                stored = database.run(u"UPDATE conversations SET name = ?, kind = ?, topic = ?, environment = ?, joined = ? WHERE id = ?"_s,
                    {c.name, int(c.kind), c.topic, c.environment, c.joined, *row});
            } else if (const auto* members = std::get_if<chat::MembersChanged>(&event)) {
                const auto row = conversationRow(members->conversation);
                if (!row)
                    return row.error();
                stored = database.run(u"UPDATE conversations SET members = ? WHERE id = ?"_s, {toColumn(members->members), *row});
            } else if (const auto* message = std::get_if<chat::MessageChanged>(&event)) {
                const auto row = conversationRow(message->message.conversation);
                if (!row)
                    return row.error();
                stored = putMessage(*row, message->message, self, isDirect(message->message.conversation, *row));
            } else if (const auto* marker = std::get_if<chat::ReadMarkerMoved>(&event)) {
                const auto row = conversationRow(marker->conversation);
                if (!row)
                    return row.error();
                stored = setReadUpTo(marker->conversation, marker->thread, marker->order);
            }
            if (!stored)
                return stored;
        }
        for (const chat::Gap& gap : batch.gaps)
            if (auto stored = putGap(gap); !stored)
                return stored;
        for (const chat::GapChange& change : batch.gapChanges)
            if (auto stored = changeGap(change); !stored)
                return stored;
        if (batch.cursor.isEmpty())
            return base::Done();
        return database.run(u"UPDATE accounts SET cursor = ? WHERE id = ?"_s, {batch.cursor, account.text()});
    });
    if (!done)
        rows.clear(); // some may have been made by what was rolled back
    return done;
}

base::Status ProfileStore::Data::putGap(const chat::Gap& gap)
{
    const auto row = conversationRow(gap.conversation);
    if (!row)
        return row.error();
    return database.run(u"INSERT INTO gaps(conversation, after_ord, before_ord, lost) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET lost = excluded.lost"_s,
        {*row, gap.afterOrder, gap.beforeOrder, gap.lost});
}

base::Status ProfileStore::Data::changeGap(const chat::GapChange& change)
{
    const auto row = conversationRow(change.before.conversation);
    if (!row)
        return row.error();
    const base::Status removed = database.run(u"DELETE FROM gaps WHERE conversation = ? AND after_ord = ? AND before_ord = ?"_s,
        {*row, change.before.afterOrder, change.before.beforeOrder});
    return removed && change.after ? putGap(*change.after) : removed;
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
                state.conversations.append({id, row.text(1), row.value(2).toInt() == 1 ? chat::ConversationKind::Direct : chat::ConversationKind::Room,
                    row.text(3), row.text(4), row.value(5).toBool()});
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
        u"SELECT read_up_to, (SELECT max(ord) FROM messages WHERE conversation = conversations.id AND thread = '') FROM conversations WHERE id = ?"_s, {*row});
    if (!newest)
        return newest.error();
    if (!newest->next())
        return read; // not known, or not any more
    read.readUpTo = newest->integer(0);
    read.newest = newest->integer(1);
    auto counts = database.select(u"SELECT count(*), total(flags & %1 <> 0) FROM messages WHERE conversation = ? AND thread = '' AND ord > ? AND flags & %2 = 0"_s
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

} // namespace ridealong::store
