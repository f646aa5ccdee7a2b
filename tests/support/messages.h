// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "chat/history.h"

#include <QHash>

namespace ridealong::tests {

inline constexpr qint64 kFirstMs = 1'700'000'000'000; ///< when a message of order 0 was said; the others follow each second

/// The message "m7" for the order 7.
inline chat::Message makeMessage(const base::ConversationId& where, qint64 order, const QString& sender, const QString& text)
{
    chat::Message made;
    made.id = base::MessageId(QStringLiteral("m%1").arg(order));
    made.conversation = where;
    made.sender = base::UserId(sender);
    made.senderName = sender;
    made.order = order;
    made.timeMs = kFirstMs + order * 1000;
    made.text = text;
    return made;
}

inline chat::SyncBatch batchOf(const QList<chat::Message>& messages)
{
    chat::SyncBatch made;
    for (const chat::Message& one : messages)
        made.events.append(chat::MessageChanged{one});
    return made;
}

/// What a store would answer, from a list.
struct Stored
{
    QList<chat::Message> messages;

    base::Async<chat::MessagePage> operator()(const chat::MessageQuery& query) const
    {
        chat::MessagePage page;
        QHash<base::MessageId, chat::ThreadSummary> threads;
        QList<chat::Message> all;
        for (const auto& m : messages) {
            if (m.thread)
                threads[m.thread] = {m.thread, threads[m.thread].replies + 1, m.timeMs};
            if (query.thread.isEmpty() ? m.thread.isEmpty() : (m.thread == query.thread || m.id == query.thread))
                all.append(m);
        }
        if (query.afterOrder) {
            for (const auto& m : all)
                if (m.order > query.afterOrder && page.messages.size() < query.limit)
                    page.messages.append(m);
            page.reachedEnd = page.messages.isEmpty() || page.messages.last().order == all.last().order;
        } else {
            for (auto it = all.crbegin(); it != all.crend() && page.messages.size() < query.limit; ++it)
                if (!query.beforeOrder || it->order < query.beforeOrder)
                    page.messages.prepend(*it);
            page.reachedEnd = page.messages.isEmpty() || page.messages.first().order == all.first().order;
        }
        for (const auto& m : page.messages)
            if (threads.contains(m.id))
                page.threads.append(threads[m.id]);
        return base::Async<chat::MessagePage>::ready(page);
    }
};

} // namespace ridealong::tests
