// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/notifylevel.h"
#include "chat/syncbatch.h"
#include "notify/quiethours.h"

#include <QHash>

#include <functional>

namespace ridealong::notify {

struct Rules
{
    bool on = true;
    QuietHours quiet;
    qint64 quietUntilMs = 0; ///< "for an hour"
};

/// What the window shows.
struct Focus
{
    bool active = false; ///< somebody is at the window
    base::ConversationId conversation;
};

/// What there is to know of a conversation, as it was before the batch.
struct About
{
    chat::Member self;
    bool direct = false;
    chat::NotifyLevel level = chat::NotifyLevel::Mentions;
    qint64 newestOrder = 0; ///< of what is stored
};

/// A message that is worth telling.
struct News
{
    chat::Message message;
    bool mention = false; ///< names me, or is to me alone
};

/// Decides which of the messages that came in are told: what is new and meant for somebody who does not see it. No clock,
/// no store, no desktop: everything it depends on is handed in.
class Policy
{
public:
    using AboutOf = std::function<About(const base::ConversationId&)>;
    /// A message may have been said so long before the connection stood, by clocks that differ, and still be news.
    static constexpr qint64 kClockSlackMs = 60'000;

    explicit Policy(AboutOf about) : m_about(std::move(about)) {}

    void setRules(const Rules& rules) { m_rules = rules; }
    const Rules& rules() const { return m_rules; }
    void setFocus(const Focus& focus) { m_focus = focus; }
    bool isLookedAt(const base::ConversationId& id) const { return m_focus.active && id == m_focus.conversation; }

    /// What was said before is history from now on, whenever it comes in.
    void noteConnected(const base::AccountId& account, qint64 nowMs) { m_connectedAtMs[account] = nowMs; }
    void forget(const base::AccountId& account);

    /// Call it with every batch, also while nothing is told: it has to know what came. Asks about a conversation only when it
    /// is the first time, or when there may be news.
    QList<News> take(const chat::SyncBatch& batch, qint64 nowMs);
    bool isQuiet(qint64 nowMs) const; ///< nothing is told

private:
    AboutOf m_about;
    Rules m_rules;
    Focus m_focus;
    QHash<base::AccountId, qint64> m_connectedAtMs;
    QHash<base::ConversationId, qint64> m_seen; ///< the highest Message::order that came
};

} // namespace ridealong::notify
