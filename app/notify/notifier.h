// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "notify/policy.h"

#include <QObject>

namespace ridealong::notify {

/// What is to be shown; it takes the place of the one before of the same conversation.
struct Notice
{
    base::ConversationId conversation; ///< empty: several, see `conversations`
    chat::Message newest; ///< shown when it is the only one
    base::MessageId first; ///< where to begin reading
    base::MessageId firstThread; ///< of `first`
    int count = 0; ///< messages since somebody looked
    int mentions = 0;
    int conversations = 1;
};

/// Turns news into notices, few enough to be read: what comes within a moment is one notice a conversation, what comes
/// in many conversations is one notice in all.
class Notifier : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kGather{400}; ///< lines of one breath
    static constexpr std::chrono::milliseconds kPause{3000}; ///< after notices were shown
    static constexpr int kMostAtOnce = 3; ///< notices; of more conversations it is one

    Notifier(Policy::AboutOf about, base::Clock& clock, QObject* parent = nullptr);

    void setRules(const Rules& rules);
    const Rules& rules() const { return m_policy.rules(); }
    /// What is looked at is told no more, and what was told of it is withdrawn.
    void setFocus(const Focus& focus);
    void noteConnected(const base::AccountId& account) { m_policy.noteConnected(account, m_clock.nowMs()); }
    void forget(const base::AccountId& account);
    void take(const chat::SyncBatch& batch);
    /// It was read up to that Message::order, here or elsewhere.
    void noteRead(const base::ConversationId& conversation, qint64 upTo);
    /// Somebody saw or dismissed its notice: counting begins again. Empty: the one about several.
    void settle(const base::ConversationId& conversation);

signals:
    void notify(const ridealong::notify::Notice& notice);
    void withdraw(const ridealong::base::ConversationId& conversation); ///< empty: the one about several

private:
    void schedule();
    void flush();

    Policy m_policy;
    base::Clock& m_clock;
    QHash<base::ConversationId, Notice> m_told; ///< with what waits to be told
    QList<base::ConversationId> m_waiting; ///< in the order they came
    QList<base::ConversationId> m_summarised; ///< what the notice about several is about, while it is up
    bool m_scheduled = false;
    qint64 m_nextMs = 0; ///< not before
};

} // namespace ridealong::notify

Q_DECLARE_METATYPE(ridealong::notify::Notice)
