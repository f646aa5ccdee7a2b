// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountservice.h"

namespace ridealong::workspace {
class Workspace;
}

namespace ridealong::window {

/// What the account dialogs ask, answered by the workspace.
class AccountDesk final : public accountdialogs::AccountService
{
    Q_OBJECT
public:
    explicit AccountDesk(workspace::Workspace& workspace);

    const std::vector<chat::BackendDescriptor>& kinds() const override;
    QList<accountdialogs::AccountView> accounts() const override;
    base::Async<chat::Discovery> discover(const chat::AccountConfig& config) override;
    base::Async<base::AccountId> save(const chat::AccountConfig& config, const chat::Secrets& secrets) override;
    base::Async<base::Done> remove(const base::AccountId& id) override;
    void setConnected(const base::AccountId& id, bool connected) override;
    base::Async<QList<chat::RoomInfo>> rooms(const base::AccountId& id, const QString& filter, int limit) override;
    base::Async<base::ConversationId> join(const base::AccountId& id, const QString& room) override;

private:
    workspace::Workspace& m_workspace;
};

} // namespace ridealong::window
