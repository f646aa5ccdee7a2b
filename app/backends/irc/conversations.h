// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "account/conversationmap.h"
#include "chat/timeorder.h"

#include <QHash>
#include <QSet>

namespace ridealong::irc {

using chat::orderAt;
using chat::timeOf;

inline constexpr qint64 kMaxClockLeadMs = 5 * 60 * 1000; ///< a server's clock that is further ahead of ours is not believed
inline constexpr qint64 kSlackMs = 2000; ///< messages of one server come in order to within this; older ones are replayed

/// What the last joining found out about what was said while we were away.
struct Replay
{
    bool done = false;
    bool gapless = false; ///< from the last message known before on, everything came
    QSet<QString> transactions; ///< of ours in it
};

/// A channel or a person, as far as the client must know to go on after a break.
struct ConversationState : account::ConversationState
{
    QString channelKey; ///< its password; kept in memory only
    QString lastId;
    Replay replay; ///< of this connection
};

/// All conversations of an account, and the cursor that says where they stand.
class Conversations : public account::ConversationMap<ConversationState>
{
public:
    static constexpr qsizetype kMaxConversations = 2000;
    static constexpr qsizetype kMaxCursorBytes = 4 << 20;

    explicit Conversations(base::AccountId account) : ConversationMap(std::move(account), kMaxConversations) {}

    using ConversationMap::all;
    QMap<QString, ConversationState>& all() { return m_all; }

    /// The place of a message that comes now: behind all before it, unless the server says it is an old one.
    static qint64 placeLive(ConversationState& state, qint64 timeMs);

    struct SecurityPolicy ///< sts: TLS only, until then
    {
        QString host;
        quint16 port = 0;
        qint64 untilMs = 0;
    };
    std::optional<SecurityPolicy> security;

    QByteArray cursor() const;
    /// Takes nothing from a cursor that is none of ours.
    void restore(const QByteArray& cursor);
};

} // namespace ridealong::irc
