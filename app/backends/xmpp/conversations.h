// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "chat/timeorder.h"

#include <QMap>

namespace ridealong::xmpp {

/// A room or a person, as far as the client must know to go on after a break.
struct ConversationState
{
    QString name;
    chat::ConversationKind kind = chat::ConversationKind::Room;
    QString topic;
    QString nick; ///< ours, in a room
    QString password; ///< of the room; kept in memory only
    bool joined = false; ///< wanted: to be entered again after a reconnect
    qint64 lastOrder = 0; ///< of the newest message; 0: none yet
    QString archiveId; ///< of a room: the newest stanza of its archive that is known
};

/// All conversations of an account, and the cursor that says where they stand. The key of one is its address.
class Conversations
{
public:
    static constexpr qsizetype kMaxConversations = 5000;
    static constexpr qsizetype kMaxCursorBytes = 8 << 20;

    explicit Conversations(base::AccountId account) : m_account(std::move(account)) {}

    /// Null for a key that is not known.
    ConversationState* find(const QString& key);
    const ConversationState* find(const QString& key) const { return const_cast<Conversations*>(this)->find(key); }
    /// Made when it is not there; null when there are too many.
    ConversationState* open(const QString& key, const QString& name, chat::ConversationKind kind, bool* isNew = nullptr);
    const QMap<QString, ConversationState>& all() const { return m_all; }

    const base::AccountId& account() const { return m_account; }
    base::ConversationId idOf(const QString& key) const { return {m_account, key}; }
    chat::Conversation valueOf(const QString& key) const;

    /// The place of a message that comes after all that is known, whatever somebody's clock says.
    static qint64 placeBehind(ConversationState& state, qint64 timeMs)
    {
        return state.lastOrder = std::max(state.lastOrder + 1, chat::orderAt(timeMs));
    }

    QString archiveId; ///< of our own archive: the newest stanza that is known

    QByteArray cursor() const;
    /// Takes nothing from a cursor that is none of ours.
    void restore(const QByteArray& cursor);

private:
    base::AccountId m_account;
    QMap<QString, ConversationState> m_all; ///< sorted, so that equal states make equal cursors
};

} // namespace ridealong::xmpp
