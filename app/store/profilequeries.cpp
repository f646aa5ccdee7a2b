// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profilequeries.h"

#include "store/profiledata.h"

namespace ridealong::store {

using namespace Qt::StringLiterals;

const QString kMessageColumns = u"id, txn, sender, sender_name, time, ord, text, thread, reply_to, run, reactions, flags, attachments"_s;

QString pageQuery(bool inThread, bool forward)
{
    const QString beyond = forward ? u">"_s : u"<"_s;
    const QString direction = forward ? u"ASC"_s : u"DESC"_s;
    if (!inThread) // the thread is '' then
        return u"SELECT %1 FROM messages WHERE conversation = ? AND thread = ? AND ord %2 ? ORDER BY ord %3 LIMIT ?"_s.arg(
            kMessageColumns, beyond, direction);
    // A thread's view begins with its root, which is itself no reply. Each half comes in order from an index and SQLite merges
    // them; as one WHERE with OR it would collect and sort all replies for every page.
    return u"SELECT %1 FROM messages WHERE conversation = ? AND thread = ? AND ord %2 ? UNION ALL "
           "SELECT %1 FROM messages WHERE conversation = ? AND id = ? AND thread = '' AND ord %2 ? ORDER BY ord %3 LIMIT ?"_s.arg(
               kMessageColumns, beyond, direction);
}

QString threadCountsQuery()
{
    return u"SELECT thread, count(*), max(time) FROM messages WHERE conversation = ? AND thread IN (SELECT value FROM json_each(?)) "
           "AND flags & %1 = 0 GROUP BY thread"_s.arg(int(kDeleted));
}

QString latestRepliesQuery()
{
    return u"SELECT thread, time, sender_name, sender, flags FROM messages INDEXED BY messages_in_threads "
           "WHERE conversation = ? AND thread <> '' ORDER BY time DESC LIMIT ?"_s;
}

QString searchQuery(bool withWords)
{
    const QString columns = u"m."_s + QString(kMessageColumns).replace(u", "_s, u", m."_s) + u", c.account, c.key, m.rowid"_s;
    // CROSS JOIN keeps the order: hits first, in the index's own order, so that whoever has enough of them ends the work.
    return withWords ? u"SELECT %1 FROM messages_text t CROSS JOIN messages m ON m.rowid = t.rowid CROSS JOIN conversations c ON c.id = "
                       u"m.conversation "
                       "WHERE messages_text MATCH ? AND t.rowid < ? AND t.rowid >= ? ORDER BY t.rowid DESC LIMIT ?"_s.arg(columns)
                     : u"SELECT %1 FROM messages m CROSS JOIN conversations c ON c.id = m.conversation "
                       "WHERE m.rowid < ? AND m.rowid >= ? ORDER BY m.rowid DESC LIMIT ?"_s.arg(columns);
}

qint64 firstRowOf(qint64 timeMs)
{
    constexpr qint64 kMaxTimeMs = (qint64(1) << 50) - 1; // some 35,000 years; leaves room for the ranges tried
    return std::clamp<qint64>(timeMs, 0, kMaxTimeMs) * kRowsPerMs + 1;
}

} // namespace ridealong::store
