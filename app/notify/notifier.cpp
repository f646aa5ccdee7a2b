// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "notify/notifier.h"

namespace ridealong::notify {

Notifier::Notifier(Policy::AboutOf about, base::Clock& clock, QObject* parent) : QObject(parent), m_policy(std::move(about)), m_clock(clock) {}

void Notifier::setRules(const Rules& rules) { m_policy.setRules(rules); }

void Notifier::setFocus(const Focus& focus)
{
    m_policy.setFocus(focus);
    if (!focus.active)
        return;
    if (!std::exchange(m_summarised, {}).isEmpty())
        emit withdraw({}); // whoever is here sees the rest in the sidebar
    settle(focus.conversation);
}

void Notifier::noteRead(const base::ConversationId& conversation, qint64 upTo)
{
    if (const auto told = m_told.constFind(conversation); told != m_told.cend() && told->newest.order <= upTo)
        settle(conversation);
}

void Notifier::settle(const base::ConversationId& conversation)
{
    if (conversation.isEmpty()) {
        for (const auto& id : std::exchange(m_summarised, {}))
            settle(id);
        return;
    }
    m_waiting.removeOne(conversation);
    if (m_told.remove(conversation))
        emit withdraw(conversation);
}

void Notifier::forget(const base::AccountId& account)
{
    m_policy.forget(account);
    for (const auto& id : m_told.keys())
        if (id.account() == account)
            settle(id);
}

void Notifier::take(const chat::SyncBatch& batch)
{
    for (const News& news : m_policy.take(batch, m_clock.nowMs())) {
        const auto& id = news.message.conversation;
        Notice& notice = m_told[id];
        if (notice.count == 0) {
            notice.conversation = id;
            notice.first = news.message.id;
            notice.firstThread = news.message.thread;
        }
        notice.newest = news.message;
        ++notice.count;
        notice.mentions += news.mention;
        if (!m_waiting.contains(id))
            m_waiting.append(id);
    }
    if (!m_waiting.isEmpty())
        schedule();
}

void Notifier::schedule()
{
    if (std::exchange(m_scheduled, true))
        return;
    const std::chrono::milliseconds pause(std::max<qint64>(0, m_nextMs - m_clock.nowMs()));
    m_clock.after(std::max(kGather, pause), this, [this] {
        m_scheduled = false;
        flush();
    });
}

void Notifier::flush()
{
    if (m_waiting.isEmpty())
        return;
    const QList<base::ConversationId> waiting = std::exchange(m_waiting, {});
    if (m_policy.isQuiet(m_clock.nowMs())) { // since it came
        for (const auto& id : waiting)
            settle(id);
        return;
    }
    m_nextMs = m_clock.nowMs() + kPause.count();
    if (waiting.size() <= kMostAtOnce) {
        for (const auto& id : waiting)
            if (const auto told = m_told.constFind(id); told != m_told.cend()) // whoever hears of one may settle the next
                emit notify(Notice(*told));
        return;
    }
    Notice all;
    all.conversations = int(waiting.size());
    for (const auto& id : waiting) {
        const Notice one = m_told.value(id);
        all.newest = one.newest;
        all.count += one.count;
        all.mentions += one.mentions;
    }
    m_summarised = waiting;
    emit notify(all);
}

} // namespace ridealong::notify
