// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/places.h"

#include "store/profilequeries.h"

namespace ridealong::store {

using namespace Qt::StringLiterals;

void Places::forget()
{
    m_tops.clear();
    m_taken.clear();
    m_topRow = -1;
    m_lastTimeMs.reset();
}

// ---- rows ----

base::Expected<qint64> Places::freeRow(qint64 timeMs)
{
    if (m_topRow < 0) {
        auto last = m_database.select(u"SELECT max(rowid) FROM messages"_s);
        if (!last)
            return last.error();
        last->next(); // an aggregate always gives its row
        m_topRow = last->integer(0);
    }
    const auto take = [&](qint64 row) {
        m_topRow = std::max(m_topRow, row);
        m_lastTimeMs = timeMs;
        return m_lastRow = row;
    };
    qint64 first = firstRowOf(timeMs);
    if (first > m_topRow)
        return take(first);
    const bool lastOfRange = m_lastRow % kRowsPerMs == 0; // ranges begin at 1
    if (timeMs == m_lastTimeMs && (!lastOfRange || m_lastRow == m_topRow))
        return take(m_lastRow + 1);
    for (int attempt = 0; attempt < kMaxRowRanges; ++attempt, first += kRowsPerMs) {
        auto taken = m_database.select(u"SELECT max(rowid) FROM messages WHERE rowid BETWEEN ? AND ?"_s, {first, first + kRowsPerMs - 1});
        if (!taken)
            return taken.error();
        taken->next(); // an aggregate always gives its row
        if (taken->value(0).isNull())
            return take(first);
        if (taken->integer(0) < first + kRowsPerMs - 1)
            return take(taken->integer(0) + 1);
    }
    return take(m_topRow + 1);
}

// ---- orders ----

base::Expected<qint64> Places::top(qint64 conversation)
{
    if (const auto known = m_tops.constFind(conversation); known != m_tops.cend())
        return known->order;
    auto stored = m_database.select(u"SELECT top_ord FROM conversations WHERE id = ?"_s, {conversation});
    if (!stored)
        return stored.error();
    const qint64 order = stored->next() ? stored->integer(0) : 0;
    if (auto status = stored->status(); !status)
        return status.error();
    m_tops.insert(conversation, {order, false});
    return order;
}

/// Seen together with it on a page: the conversation itself, the thread it is in, the thread that it is the root of.
base::Expected<bool> Places::isTaken(qint64 conversation, const chat::Message& message, qint64 order)
{
    auto found = m_database.select(u"SELECT 1 FROM messages WHERE conversation = ? AND thread IN ('', ?, ?) AND ord = ? LIMIT 1"_s,
        {conversation, message.thread.text(), message.id.text(), order});
    if (!found)
        return found.error();
    const bool taken = found->next();
    if (auto status = found->status(); !status)
        return status.error();
    return taken;
}

base::Expected<qint64> Places::freeOrder(qint64 conversation, const chat::Message& message)
{
    const qint64 wanted = std::clamp<qint64>(message.order, 1, kMaxOrder);
    const auto highest = top(conversation);
    if (!highest)
        return highest.error();
    qint64 order = wanted;
    if (wanted <= *highest) {
        Taken& taken = m_taken[conversation];
        const bool within = wanted >= taken.first && wanted < taken.end;
        if (within)
            order = taken.end;
        for (;; ++order) {
            const auto busy = isTaken(conversation, message, order);
            if (!busy)
                return busy.error();
            if (!*busy)
                break;
        }
        if (order > wanted)
            taken = {within ? taken.first : wanted, order + 1};
    }
    if (order > *highest)
        m_tops[conversation] = {order, true};
    return order;
}

base::Status Places::save()
{
    for (auto top = m_tops.begin(); top != m_tops.end(); ++top) {
        if (!top->changed)
            continue;
        if (auto saved = m_database.run(u"UPDATE conversations SET top_ord = ? WHERE id = ?"_s, {top->order, top.key()}); !saved)
            return saved;
        top->changed = false;
    }
    return base::Done();
}

} // namespace ridealong::store
