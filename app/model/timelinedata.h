// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/timelinemodel.h"

#include <QHash>

#include <deque>

namespace ridealong::model {

/// What a TimelineModel knows, before rows are made of it.
struct TimelineModel::Data
{
    base::ConversationId conversation;
    base::MessageId thread;
    chat::Member self;
    Source source;
    GapStates gapStates = [](const chat::Gap&) { return chat::GapState::Unavailable; };

    std::deque<chat::Message> messages; ///< ascending by order
    QHash<base::MessageId, qint64> orders; ///< of them: where to look for one
    QList<chat::OutboxItem> pending; ///< in sending order
    QList<chat::Gap> gaps;
    QHash<base::MessageId, chat::ThreadSummary> threads;
    QHash<base::RunId, chat::RunReport> runs;
    QHash<base::MessageId, base::RunId> runOfMessage; ///< by the command
    qint64 unreadAfter = 0;
    bool hasOlder = true;
    bool hasNewer = false;
    QList<chat::SyncBatch> meanwhile; ///< came while a page was on its way: the page may have been read before or after
    bool loaded = false; ///< the first page came
    int loading = 0;
    int generation = 0; ///< answers to questions of an earlier window are dropped

    qsizetype count() const { return qsizetype(messages.size()); }
    qsizetype lowerBound(qint64 order) const
    {
        return std::lower_bound(messages.begin(), messages.end(), order, [](const chat::Message& m, qint64 o) { return m.order < o; })
            - messages.begin();
    }
    qsizetype indexOf(const base::MessageId& id) const
    {
        const auto order = orders.constFind(id);
        if (order == orders.cend())
            return -1;
        for (qsizetype i = lowerBound(*order); i < count() && messages[i].order == *order; ++i)
            if (messages[i].id == id)
                return i;
        return -1;
    }
    void set(const QList<chat::Message>& all)
    {
        messages.clear();
        orders.clear();
        insert(0, all);
    }
    void insert(qsizetype at, const QList<chat::Message>& more)
    {
        messages.insert(messages.begin() + at, more.begin(), more.end());
        for (const chat::Message& message : more)
            orders.insert(message.id, message.order);
    }
    void insert(qsizetype at, const chat::Message& message)
    {
        messages.insert(messages.begin() + at, message);
        orders.insert(message.id, message.order);
    }
    void remove(qsizetype first, qsizetype number)
    {
        for (qsizetype i = first; i < first + number; ++i)
            orders.remove(messages[i].id);
        messages.erase(messages.begin() + first, messages.begin() + first + number);
    }
    /// Those of a page that are not here yet (they may have come another way meanwhile).
    QList<chat::Message> news(const QList<chat::Message>& page) const
    {
        QList<chat::Message> made;
        for (const chat::Message& message : page)
            if (!orders.contains(message.id))
                made.append(message);
        return made;
    }
    qsizetype indexUnderOtherName(const chat::Message& message) const
    {
        for (qsizetype i = count() - 1; i >= 0; --i)
            if (messages[i].transaction == message.transaction && messages[i].id != message.id && messages[i].sender == message.sender)
                return i;
        return -1;
    }
    bool removeGap(const chat::Gap& gap)
    {
        return gaps.removeIf([&](const chat::Gap& known) {
            return known.conversation == gap.conversation && known.afterOrder == gap.afterOrder && known.beforeOrder == gap.beforeOrder;
        }) > 0;
    }
    bool belongs(const chat::Message& message) const
    {
        if (message.conversation != conversation)
            return false;
        return thread.isEmpty() ? message.thread.isEmpty() : (message.thread == thread || message.id == thread);
    }
    chat::Message pendingMessage(const chat::OutboxItem& item) const
    {
        chat::Message message;
        message.transaction = item.transaction;
        message.conversation = item.conversation;
        message.sender = self.user;
        message.senderName = self.name;
        message.timeMs = item.createdAtMs;
        message.text = item.text;
        message.thread = item.thread;
        message.replyTo = item.replyTo;
        message.attachments = item.attachments;
        return message;
    }
};

} // namespace ridealong::model
