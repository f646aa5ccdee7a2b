// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "account/conversationmap.h"
#include "chat/timeorder.h"

namespace ridealong::xmpp {

/// A room or a person, as far as the client must know to go on after a break.
struct ConversationState : account::ConversationState
{
    QString nick; ///< ours, in a room
    QString password; ///< of the room; kept in memory only
    bool hasAsked = false; ///< to be a contact, and that was told
    QString archiveId; ///< of a room: the newest stanza of its archive that is known
};

/// All conversations of an account, and the cursor that says where they stand. The key of one is its address.
class Conversations : public account::ConversationMap<ConversationState>
{
public:
    static constexpr qsizetype kMaxConversations = 5000;
    static constexpr qsizetype kMaxCursorBytes = 8 << 20;

    explicit Conversations(base::AccountId account) : ConversationMap(std::move(account), kMaxConversations) {}

    /// The place of a message that comes after all that is known, whatever somebody's clock says.
    static qint64 placeBehind(ConversationState& state, qint64 timeMs)
    {
        return state.lastOrder = std::max(state.lastOrder + 1, chat::orderAt(timeMs));
    }

    QString archiveId; ///< of our own archive: the newest stanza that is known

    QByteArray cursor() const;
    /// Takes nothing from a cursor that is none of ours.
    void restore(const QByteArray& cursor);
};

} // namespace ridealong::xmpp
