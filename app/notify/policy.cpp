// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "notify/policy.h"

#include "chat/mention.h"

#include <optional>

namespace ridealong::notify {

void Policy::forget(const base::AccountId& account)
{
    m_connectedAtMs.remove(account);
    m_seen.removeIf([&](const auto& entry) { return entry.key().account() == account; });
}

bool Policy::isQuiet(qint64 nowMs) const
{
    return !m_rules.on || nowMs < m_rules.quietUntilMs || m_rules.quiet.contains(QDateTime::fromMSecsSinceEpoch(nowMs));
}

QList<News> Policy::take(const chat::SyncBatch& batch, qint64 nowMs)
{
    // What fills a gap is history, however fresh it is.
    const bool quiet = isQuiet(nowMs) || !batch.gapChanges.isEmpty();
    QList<News> news;
    for (const chat::Event& event : batch.events) {
        const auto* changed = std::get_if<chat::MessageChanged>(&event);
        if (!changed)
            continue;
        const chat::Message& message = changed->message;
        std::optional<About> about; // asked for late: a large batch is mostly what is no news
        auto seen = m_seen.find(message.conversation);
        if (seen == m_seen.end()) {
            about = m_about(message.conversation);
            seen = m_seen.insert(message.conversation, about->newestOrder);
        }
        // An edit, a reaction, a gap that was filled: all of them are at or before what was there.
        if (message.order <= *seen)
            continue;
        *seen = message.order;
        if (quiet || message.system || message.deleted || isLookedAt(message.conversation))
            continue;
        const auto connected = m_connectedAtMs.constFind(message.conversation.account());
        if (connected == m_connectedAtMs.cend() || message.timeMs < *connected - kClockSlackMs)
            continue; // it was said while we were away
        if (!about)
            about = m_about(message.conversation);
        if (message.sender == about->self.user)
            continue;
        const bool mention = about->direct || chat::mentions(message.text, about->self);
        if (about->level == chat::NotifyLevel::Nothing || (about->level == chat::NotifyLevel::Mentions && !mention))
            continue;
        news.append({message, mention});
    }
    return news;
}

} // namespace ridealong::notify
