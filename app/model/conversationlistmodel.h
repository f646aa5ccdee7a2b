// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "model/rowlistmodel.h"

#include <functional>
#include <memory>

namespace ridealong::model {

/// A row of the sidebar: a section (one account) or a conversation in it.
struct ConversationRow
{
    enum class Kind { Account, Conversation };
    Kind kind = Kind::Conversation;
    base::AccountId account;
    QString accountName;
    chat::ConnectionStatus status; ///< Account
    chat::Conversation conversation; ///< Conversation
    int unread = 0;
    int mentions = 0;
    bool hasDraft = false;
    std::optional<chat::Presence> presence; ///< Direct only
    bool bot = false; ///< Direct with a bot

    bool operator==(const ConversationRow&) const = default;
};

/// Accounts in the order they were added; in each the rooms by name, then the direct chats by name.
class ConversationListModel : public RowListModel<ConversationRow>
{
    Q_OBJECT
public:
    explicit ConversationListModel(QObject* parent = nullptr);
    ~ConversationListModel() override;

    int rowOf(const base::ConversationId& id) const; ///< -1: not there
    const ConversationRow* find(const base::ConversationId& id) const;

    QVariant data(const QModelIndex& index, int role) const override; ///< DisplayRole: "#ops, 3 unread"

    void setAccount(const base::AccountId& account, const QString& name, const chat::ConnectionStatus& status);
    void removeAccount(const base::AccountId& account);
    void setConversation(const ConversationRow& row); ///< inserts or replaces; not joined: removes
    void setUnread(const base::ConversationId& id, int unread, int mentions);
    void setHasDraft(const base::ConversationId& id, bool hasDraft);

private:
    void change(const base::ConversationId& id, const std::function<void(ConversationRow&)>& edit);

    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::model
