// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backendregistry.h"

namespace ridealong::accountdialogs {

/// One account as the dialogs show it.
struct AccountView
{
    chat::AccountConfig config;
    QStringList storedSecrets; ///< the fields that have one
    chat::ConnectionStatus status;
    QString self; ///< who we are there; empty before the first connection
    QList<chat::Conversation> conversations; ///< the joined ones
    int unsent = 0;
    bool hasRooms = false; ///< rooms can be joined by name
};

/// What the dialogs ask of the program. The window answers with the workspace, a test with what it likes.
class AccountService : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual const std::vector<chat::BackendDescriptor>& kinds() const = 0;
    virtual QList<AccountView> accounts() const = 0;
    std::optional<AccountView> find(const base::AccountId& id) const;
    const chat::BackendDescriptor* kind(const QString& id) const;

    virtual base::Async<chat::Discovery> discover(const chat::AccountConfig& config) = 0;
    /// Adds it (no id yet) or replaces what is stored, and connects.
    virtual base::Async<base::AccountId> save(const chat::AccountConfig& config, const chat::Secrets& secrets) = 0;
    virtual base::Async<base::Done> remove(const base::AccountId& id) = 0;
    virtual void setConnected(const base::AccountId& id, bool connected) = 0;

    virtual base::Async<QList<chat::RoomInfo>> rooms(const base::AccountId& id, const QString& filter, int limit) = 0;
    virtual base::Async<base::ConversationId> join(const base::AccountId& id, const QString& room) = 0;

signals:
    void changed(const ridealong::base::AccountId& id); ///< itself, its connection, its conversations; or it is gone
};

} // namespace ridealong::accountdialogs
