// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"

#include <QMap>

namespace ridealong::account {

/// A room or a person, as far as any protocol must know to go on after a break.
struct ConversationState
{
    QString name;
    chat::ConversationKind kind = chat::ConversationKind::Room;
    QString topic;
    bool joined = false; ///< wanted: to be joined again after a reconnect
    qint64 lastOrder = 0; ///< of the newest message; 0: none yet
};

/// All conversations of an account by the protocol's own keys. `State` is a ConversationState with what the protocol needs besides.
template <typename State> class ConversationMap
{
public:
    ConversationMap(base::AccountId account, qsizetype most) : m_account(std::move(account)), m_most(most) {}

    /// Null for a key that is not known.
    State* find(const QString& key)
    {
        const auto at = m_all.find(key);
        return at == m_all.end() ? nullptr : &*at;
    }
    const State* find(const QString& key) const
    {
        const auto at = m_all.constFind(key);
        return at == m_all.cend() ? nullptr : &*at;
    }
    /// Made when it is not there; null when there are too many.
    State* open(const QString& key, const QString& name, chat::ConversationKind kind, bool* isNew = nullptr)
    {
        State* known = find(key);
        const bool makes = !known && m_all.size() < m_most;
        if (isNew)
            *isNew = makes;
        if (!makes)
            return known;
        State state;
        state.name = name;
        state.kind = kind;
        return &*m_all.insert(key, state);
    }
    const QMap<QString, State>& all() const { return m_all; }

    const base::AccountId& account() const { return m_account; }
    base::ConversationId idOf(const QString& key) const { return {m_account, key}; }
    chat::Conversation valueOf(const QString& key) const
    {
        const State state = m_all.value(key);
        chat::Conversation value;
        value.id = idOf(key);
        value.name = state.name;
        value.kind = state.kind;
        value.topic = state.topic;
        value.joined = state.joined || state.kind == chat::ConversationKind::Direct;
        return value;
    }

protected:
    base::AccountId m_account;
    qsizetype m_most;
    QMap<QString, State> m_all; ///< sorted, so that equal states make equal cursors
};

} // namespace ridealong::account
