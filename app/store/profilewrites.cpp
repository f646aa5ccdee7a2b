// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What came in, on its way into the tables.
#include "base/wellformed.h"
#include "chat/mention.h"
#include "store/profiledata.h"
#include "store/profilequeries.h"
#include "store/valuejson.h"

namespace ridealong::store {

using namespace Qt::StringLiterals;

namespace {

/// A batch of more than these is part of a flood.
constexpr qsizetype kFewMessages = 100;
constexpr qsizetype kMaxReactions = 100; ///< different ones to one message; a server could send any number

int flagsOf(const chat::Message& message, const chat::Member& self, bool direct)
{
    const bool mine = message.sender == self.user;
    const bool mention = !mine && !message.system && !message.deleted && (direct || chat::mentions(message.text, self));
    return (message.edited ? kEdited : 0) | (message.deleted ? kDeleted : 0) | (message.fromBot ? kFromBot : 0) | (message.system ? kSystem : 0)
        | (message.action ? kAction : 0) | (message.notice ? kNotice : 0) | (mine ? kMine : 0) | (mention ? kMentionsMe : 0);
}

template <typename Name> Name wellFormed(const Name& name) { return Name(base::wellFormed(name.text())); }

/// As it will be read: two names that differ only in what is not kept are one.
chat::Message asRead(chat::Message message)
{
    message.id = wellFormed(message.id);
    message.thread = wellFormed(message.thread);
    message.replyTo = wellFormed(message.replyTo);
    message.sender = wellFormed(message.sender);
    message.transaction = wellFormed(message.transaction);
    message.senderName = base::wellFormed(message.senderName);
    message.text = base::wellFormed(message.text);
    return message;
}

} // namespace

/// One batch on its way into the database, inside a transaction.
class ProfileStore::Data::BatchWriter
{
public:
    BatchWriter(Data& data, const chat::SyncBatch& batch, const chat::Member& self)
        : m_data(data),
          m_database(data.database),
          m_batch(batch),
          m_self(self)
    {}

    base::Status write(const base::AccountId& account)
    {
        for (qsizetype i = 0; i < m_batch.events.size(); ++i)
            if (auto stored = std::visit([&](const auto& event) { return put(i, event); }, m_batch.events[i]); !stored)
                return stored;
        for (const chat::Gap& gap : m_batch.gaps)
            if (auto stored = putGap(gap); !stored)
                return stored;
        for (const chat::GapChange& change : m_batch.gapChanges)
            if (auto stored = changeGap(change); !stored)
                return stored;
        if (auto saved = m_data.places.save(); !saved || m_batch.cursor.isEmpty())
            return saved;
        return m_database.run(u"UPDATE accounts SET cursor = ? WHERE id = ?"_s, {m_batch.cursor, account.text()});
    }

    chat::SyncBatch stored() &&
    {
        chat::SyncBatch made = m_batch;
        for (auto& [at, message] : m_different)
            if (auto* changed = std::get_if<chat::MessageChanged>(&made.events[at]))
                changed->message = std::move(message); // what came with it stays
            else
                made.events[at] = chat::MessageChanged{std::move(message)};
        made.gapChanges = std::move(m_gapChanges);
        return made;
    }

private:
    struct Where
    {
        base::ConversationId id;
        qint64 row = 0;
        bool direct = false;
    };

    /// Most batches are of one conversation, so the last one is remembered.
    base::Expected<Where*> where(const base::ConversationId& id)
    {
        if (m_where.row > 0 && m_where.id == id)
            return &m_where;
        const auto row = m_data.conversationRow(id);
        if (!row)
            return row.error();
        auto kind = m_database.select(u"SELECT kind FROM conversations WHERE id = ?"_s, {*row});
        if (!kind)
            return kind.error();
        m_where = {id, *row, kind->next() && kind->value(0).toInt() == int(chat::ConversationKind::Direct)};
        return &m_where;
    }

    base::Status put(qsizetype, const chat::ConversationChanged& changed)
    {
        const chat::Conversation& c = changed.conversation;
        const auto row = m_data.conversationRow(c.id);
        if (!row)
            return row.error();
        m_where = {};
        return m_database.run(u"UPDATE conversations SET name = ?, kind = ?, topic = ?, environment = ?, joined = ? WHERE id = ?"_s,
            {c.name, int(c.kind), c.topic, c.environment, c.joined, *row});
    }

    base::Status put(qsizetype, const chat::MembersChanged& changed)
    {
        const auto row = m_data.conversationRow(changed.conversation);
        if (!row)
            return row.error();
        return m_database.run(u"UPDATE conversations SET members = ? WHERE id = ?"_s, {toColumn(changed.members), *row});
    }

    base::Status put(qsizetype, const chat::RunTold&) { return base::Done(); }

    base::Status put(qsizetype, const chat::ReadMarkerMoved& moved)
    {
        const auto row = m_data.conversationRow(moved.conversation);
        if (!row)
            return row.error();
        return m_data.setReadUpTo(moved.conversation, moved.thread, moved.order);
    }

    base::Status put(qsizetype at, const chat::MessageChanged& changed)
    {
        const auto place = where(changed.message.conversation);
        if (!place)
            return place.error();
        chat::Message message = asRead(changed.message);
        // A transaction is a word of ours: in somebody else's message it is a mistake or an attempt to take our message's place.
        if (message.transaction && message.sender != m_self.user)
            message.transaction = {};
        if (message.deleted) {
            message.text.clear();
            message.attachments.clear();
        }
        if (auto stored = putMessage(**place, message); !stored)
            return stored;
        if (!(message == changed.message))
            m_different.emplace_back(at, std::move(message));
        return base::Done();
    }

    base::Status put(qsizetype at, const chat::ReactionsChanged& changed)
    {
        return change(at, changed.conversation, changed.message, [&](chat::Message& message) {
            for (chat::Reaction& reaction : message.reactions)
                if (changed.whole ? !changed.added.contains(reaction.emoji) : changed.removed.contains(reaction.emoji))
                    reaction.by.removeOne(changed.user);
            message.reactions.removeIf([](const chat::Reaction& reaction) { return reaction.by.isEmpty(); });
            for (const QString& emoji : changed.added) {
                auto known = std::find_if(message.reactions.begin(), message.reactions.end(), [&](const auto& r) { return r.emoji == emoji; });
                if (known == message.reactions.end()) {
                    if (message.reactions.size() >= kMaxReactions)
                        continue;
                    known = message.reactions.insert(message.reactions.end(), {emoji, {}});
                }
                if (!known->by.contains(changed.user))
                    known->by.append(changed.user);
            }
        });
    }

    base::Status put(qsizetype at, const chat::MessageRemoved& removed)
    {
        return change(at, removed.conversation, removed.message, [](chat::Message& message) {
            message.text.clear();
            message.reactions.clear();
            message.attachments.clear();
            message.deleted = true;
        });
    }

    /// Gives a stored message a new version; who hears of the batch gets all of it. Nothing for one that is not stored.
    template <typename Change> base::Status change(qsizetype at, const base::ConversationId& conversation, const base::MessageId& id, Change change)
    {
        const auto place = where(conversation);
        if (!place)
            return place.error();
        auto found = m_data.message(conversation, id);
        if (!found)
            return found.error();
        if (found->isEmpty())
            return base::Done();
        chat::Message message = found->first();
        change(message);
        if (message == found->first())
            return base::Done();
        const auto known = putAgain(**place, message, false);
        if (!known)
            return known.error();
        m_different.emplace_back(at, std::move(message));
        return base::Done();
    }

    base::Status putMessage(const Where& place, chat::Message& m)
    {
        bool renamed = false;
        if (m.transaction) {
            const auto adopted = adopt(place.row, m);
            if (!adopted)
                return adopted.error();
            renamed = *adopted;
        }
        const auto top = m_data.places.top(place.row);
        if (!top)
            return top.error();
        if (m.order <= *top || renamed) { // not the usual new one: perhaps it is there already
            const auto known = putAgain(place, m, renamed);
            if (!known)
                return known.error();
            if (*known)
                return base::Done();
        }
        const qint64 wanted = m.order;
        const auto order = m_data.places.freeOrder(place.row, m);
        if (!order)
            return order.error();
        const auto row = m_data.places.freeRow(m.timeMs);
        if (!row)
            return row.error();
        m.order = *order;
        static const QString sql
            = u"INSERT INTO messages(rowid, conversation, %1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(conversation, id) DO NOTHING"_s
                  .arg(kMessageColumns);
        if (auto stored = m_database.run(sql,
                {*row, place.row, m.id.text(), m.transaction.text(), m.sender.text(), m.senderName, m.timeMs, m.order, m.text, m.thread.text(),
                    m.replyTo.text(), m.run.text(), toColumn(m.reactions), flagsOf(m, m_self, place.direct), toColumn(m.attachments)});
            !stored)
            return stored;
        if (m_database.affectedRows() > 0)
            return base::Done();
        m.order = wanted;
        const auto known = putAgain(place, m, false); // a new version under a new number
        if (!known)
            return known.error();
        return *known ? base::Status(base::Done()) : base::Status(base::Error{base::ErrorKind::Storage, u"a message found no place"_s, 0});
    }

    /// The same message may be known under another id (a server that renames it, or an echo before the id): one message.
    /// True: one has the new name now.
    base::Expected<bool> adopt(qint64 conversation, const chat::Message& m)
    {
        auto done = m_database.run(u"DELETE FROM messages WHERE conversation = ? AND txn = ? AND txn <> '' AND sender = ? AND id <> ? "
                                   "AND EXISTS (SELECT 1 FROM messages WHERE conversation = ? AND id = ?)"_s,
            {conversation, m.transaction.text(), m.sender.text(), m.id.text(), conversation, m.id.text()});
        if (done)
            done = m_database.run(u"UPDATE messages SET id = ? WHERE conversation = ? AND txn = ? AND txn <> '' AND sender = ? AND id <> ?"_s,
                {m.id.text(), conversation, m.transaction.text(), m.sender.text(), m.id.text()});
        if (!done)
            return done.error();
        return m_database.affectedRows() > 0;
    }

    /// A message that is stored gets its new version, and `m` what is stored now. False: it is not there.
    /// Order and time stay as they were first: history may tell them more coarsely, and what was shown must not jump. Only
    /// what had a provisional name until now had a provisional place too.
    base::Expected<bool> putAgain(const Where& place, chat::Message& m, bool renamed)
    {
        auto known = m_database.select(u"SELECT time, ord, txn, run FROM messages WHERE conversation = ? AND id = ?"_s, {place.row, m.id.text()});
        if (!known)
            return known.error();
        if (!known->next()) {
            if (auto status = known->status(); !status)
                return status.error();
            return false;
        }
        const qint64 time = known->integer(0);
        const qint64 order = known->integer(1);
        if (!m.transaction)
            m.transaction = base::TransactionId(known->text(2));
        if (!m.run)
            m.run = base::RunId(known->text(3));
        if (!renamed)
            m.timeMs = time;
        if (!renamed || m.order == order) {
            m.order = order;
        } else {
            const auto free = m_data.places.freeOrder(place.row, m);
            if (!free)
                return free.error();
            m.order = *free;
        }
        const auto done = m_database.run(u"UPDATE messages SET txn = ?, sender = ?, sender_name = ?, time = ?, ord = ?, text = ?, thread = ?, "
                                         u"reply_to = ?, run = ?, reactions = ?, flags = ?, attachments = ? "
                                         "WHERE conversation = ? AND id = ?"_s,
            {m.transaction.text(), m.sender.text(), m.senderName, m.timeMs, m.order, m.text, m.thread.text(), m.replyTo.text(), m.run.text(),
                toColumn(m.reactions), flagsOf(m, m_self, place.direct), toColumn(m.attachments), place.row, m.id.text()});
        if (!done)
            return done.error();
        return true;
    }

    base::Status putGap(const chat::Gap& gap)
    {
        const auto row = m_data.conversationRow(gap.conversation);
        if (!row)
            return row.error();
        return m_database.run(
            u"INSERT INTO gaps(conversation, after_ord, before_ord, lost) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET lost = excluded.lost"_s,
            {*row, gap.afterOrder, gap.beforeOrder, gap.lost});
    }

    /// A change of a gap that is not there (any more) happened already: it must not bring one back.
    base::Status changeGap(const chat::GapChange& change)
    {
        const auto row = m_data.conversationRow(change.before.conversation);
        if (!row)
            return row.error();
        auto done = m_database.run(u"DELETE FROM gaps WHERE conversation = ? AND after_ord = ? AND before_ord = ?"_s,
            {*row, change.before.afterOrder, change.before.beforeOrder});
        if (!done || m_database.affectedRows() == 0)
            return done;
        m_gapChanges.append(change);
        return change.after ? putGap(*change.after) : done;
    }

    Data& m_data;
    Database& m_database;
    const chat::SyncBatch& m_batch;
    const chat::Member& m_self;
    Where m_where;
    std::vector<std::pair<qsizetype, chat::Message>> m_different; ///< as stored, where that is not as given
    QList<chat::GapChange> m_gapChanges;
};

base::Expected<chat::SyncBatch> ProfileStore::Data::commit(const base::AccountId& account, const chat::SyncBatch& batch, const chat::Member& self)
{
    BatchWriter writer(*this, batch, self);
    const base::Status done = database.transaction([&] { return writer.write(account); });
    if (!done) {
        rows.clear(); // some may have been made by what was rolled back
        places.forget();
        return done.error();
    }
    indexing = batch.events.size() <= kFewMessages; // not between two batches of a flood
    return std::move(writer).stored();
}

base::Expected<bool> ProfileStore::Data::indexSome(int count)
{
    static const QString next = u"(SELECT row FROM unindexed ORDER BY row LIMIT ?)"_s;
    bool more = false;
    const base::Status done = database.transaction([&] {
        auto indexed = database.run(u"INSERT INTO messages_text(rowid, text, conversation, sender, sender_name) "
                                    "SELECT rowid, text, conversation, sender, sender_name FROM messages WHERE rowid IN "_s
                + next,
            {count});
        if (indexed)
            indexed = database.run(u"DELETE FROM unindexed WHERE row IN "_s + next, {count});
        more = database.affectedRows() == count;
        return indexed;
    });
    if (!done)
        return done.error();
    return more;
}

} // namespace ridealong::store
