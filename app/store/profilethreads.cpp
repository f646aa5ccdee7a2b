// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Which threads there are, for a list of them.
#include "store/profiledata.h"
#include "store/profilequeries.h"

#include <QSet>

namespace ridealong::store {

using namespace Qt::StringLiterals;

namespace {

/// So many replies are walked back through to find threads, of all conversations together: one that is talked in a lot must
/// not make this long, nor many of them. Each may have a few.
constexpr int kWalked = 20'000;
constexpr int kLeastWalked = 200;

} // namespace

base::Status ProfileStore::Data::walkThreads(
    const base::ConversationId& conversation, qint64 row, int replies, int limit, QList<chat::ThreadOverview>& found)
{
    auto latest = database.select(latestRepliesQuery(), {row, replies});
    if (!latest)
        return latest.error();
    QSet<QString> known;
    while (known.size() < limit && latest->next()) {
        const QString root = latest->text(0);
        const int flags = latest->value(4).toInt();
        if (flags & kDeleted || known.contains(root))
            continue;
        known.insert(root);
        chat::ThreadOverview thread;
        thread.conversation = conversation;
        thread.root.id = base::MessageId(root);
        thread.root.conversation = conversation;
        thread.lastAtMs = latest->integer(1);
        thread.lastSender = latest->text(2).isEmpty() ? latest->text(3) : latest->text(2);
        thread.lastIsMine = flags & kMine;
        found.append(thread);
    }
    return latest->status();
}

base::Status ProfileStore::Data::fillThread(qint64 row, chat::ThreadOverview& thread)
{
    auto root = message(thread.conversation, thread.root.id);
    if (!root)
        return root.error();
    if (!root->isEmpty())
        thread.root = root->first();
    auto counts
        = database.select(u"SELECT count(*), total(ord > coalesce((SELECT read_up_to FROM thread_reads WHERE conversation = ? AND thread = ?), "
                          u"(SELECT read_up_to FROM conversations WHERE id = ?)) AND flags & %1 = 0) "
                          "FROM messages WHERE conversation = ? AND thread = ? AND flags & %2 = 0"_s.arg(int(kMine) | int(kSystem))
                              .arg(int(kDeleted)),
            {row, thread.root.id.text(), row, row, thread.root.id.text()});
    if (!counts)
        return counts.error();
    counts->next(); // an aggregate always gives its row
    thread.replies = counts->value(0).toInt();
    thread.unread = counts->value(1).toInt();
    return counts->status();
}

base::Expected<QList<chat::ThreadOverview>> ProfileStore::Data::threadOverviews(const base::ConversationId& conversation, int limit)
{
    const int most = std::clamp(limit, 1, kMaxRows);
    QList<std::pair<base::ConversationId, qint64>> rooms;
    base::Status done = base::Done();
    if (conversation.isEmpty()) {
        done = database.each(u"SELECT account, key, id FROM conversations"_s, {}, [&](const Rows& place) {
            rooms.append({base::ConversationId(base::AccountId(place.text(0)), place.text(1)), place.integer(2)});
        });
    } else {
        const auto row = knownRow(conversation);
        if (!row)
            return row.error();
        rooms.append({conversation, *row});
    }
    QList<chat::ThreadOverview> found;
    QHash<base::ConversationId, qint64> numbers;
    const int replies = std::max(kLeastWalked, kWalked / std::max(1, int(rooms.size())));
    for (const auto& [id, row] : std::as_const(rooms)) {
        numbers.insert(id, row);
        if (done)
            done = walkThreads(id, row, replies, most, found);
    }
    if (!done)
        return done.error();
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.lastAtMs > b.lastAtMs; });
    found = found.mid(0, most);
    for (chat::ThreadOverview& thread : found)
        if (auto filled = fillThread(numbers.value(thread.conversation), thread); !filled)
            return filled.error();
    std::stable_partition(found.begin(), found.end(), [](const auto& thread) { return thread.unread > 0; });
    return found;
}

} // namespace ridealong::store
