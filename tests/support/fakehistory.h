// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"

#include <deque>

namespace ridealong::tests {

/// A server's history. While `server` is set questions are answered from it at once; else they wait for the test.
class FakeHistory final : public chat::HistoryFacet
{
public:
    struct Question
    {
        base::ConversationId conversation;
        qint64 beforeOrder;
        int limit;
        base::Promise<chat::HistoryPage> promise;
    };

    base::Async<chat::HistoryPage> before(const base::ConversationId& conversation, qint64 beforeOrder, int limit) override
    {
        const Question question{conversation, beforeOrder, limit, {}};
        asked.append(beforeOrder);
        if (server)
            question.promise.answer(pageOf(question));
        else
            waiting.push_back(question);
        return question.promise.async();
    }

    base::Async<chat::HistoryPage> from(const base::ConversationId& conversation, qint64 timeMs, int limit) override
    {
        askedFrom.append(timeMs);
        if (!findsByTime)
            return chat::HistoryFacet::from(conversation, timeMs, limit);
        chat::HistoryPage page;
        for (const chat::Message& message : server.value_or(QList<chat::Message>()))
            if (message.conversation == conversation && message.timeMs >= timeMs && page.messages.size() < std::min(limit, pageSize))
                page.messages.append(message);
        return base::Async<chat::HistoryPage>::ready(page);
    }

    std::chrono::milliseconds pause() const override { return pauseBetween; }

    /// Answers the oldest waiting question.
    void answer(const base::Expected<chat::HistoryPage>& page)
    {
        if (waiting.empty())
            qFatal("nobody asked for history");
        const Question question = waiting.front();
        waiting.pop_front();
        question.promise.answer(page);
    }

    std::optional<QList<chat::Message>> server; ///< oldest first
    int pageSize = 1'000'000; ///< the server's own cap
    std::deque<Question> waiting;
    QList<qint64> asked; ///< beforeOrder of every question
    std::chrono::milliseconds pauseBetween{500};
    bool findsByTime = true;
    QList<qint64> askedFrom; ///< timeMs of every question

private:
    chat::HistoryPage pageOf(const Question& question) const
    {
        chat::HistoryPage page;
        page.reachedStart = true;
        for (auto it = server->crbegin(); it != server->crend(); ++it) {
            if (it->conversation != question.conversation || (question.beforeOrder > 0 && it->order >= question.beforeOrder))
                continue;
            if (page.messages.size() == std::min(question.limit, pageSize)) {
                page.reachedStart = false;
                break;
            }
            page.messages.prepend(*it);
        }
        return page;
    }
};

} // namespace ridealong::tests
