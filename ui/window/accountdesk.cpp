// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/accountdesk.h"

#include "workspace/workspace.h"

namespace ridealong::window {

using namespace Qt::StringLiterals;
using accountdialogs::AccountView;

AccountDesk::AccountDesk(workspace::Workspace& workspace) : m_workspace(workspace)
{
    using workspace::Workspace;
    connect(&workspace, &Workspace::accountAdded, this, &AccountDesk::changed);
    connect(&workspace, &Workspace::accountRemoved, this, &AccountDesk::changed);
    connect(&workspace, &Workspace::accountStatusChanged, this, &AccountDesk::changed);
    connect(&workspace, &Workspace::conversationChanged, this, [this](const base::ConversationId& id) { emit changed(id.account()); });
}

const std::vector<chat::BackendDescriptor>& AccountDesk::kinds() const { return m_workspace.registry().descriptors(); }

QList<AccountView> AccountDesk::accounts() const
{
    QList<AccountView> views;
    for (workspace::Account* account : m_workspace.accounts()) {
        AccountView view;
        view.config = account->config();
        view.storedSecrets = account->storedSecrets();
        view.status = account->status();
        view.self = account->self().name;
        for (const chat::Conversation& conversation : account->conversations())
            if (conversation.joined)
                view.conversations.append(conversation);
        for (const chat::OutboxItem& item : m_workspace.outbox().items())
            view.unsent += item.conversation.account() == view.config.id;
        view.hasRooms = account->backend().facets().rooms != nullptr;
        views.append(view);
    }
    return views;
}

base::Async<chat::Discovery> AccountDesk::discover(const chat::AccountConfig& config) { return m_workspace.discover(config); }

base::Async<base::AccountId> AccountDesk::save(const chat::AccountConfig& config, const chat::Secrets& secrets)
{
    if (config.id.isEmpty())
        return m_workspace.addAccount(config, secrets);
    base::Promise<base::AccountId> promise;
    m_workspace.updateAccount(config, secrets).then(this, [promise, id = config.id](const base::Status& updated) {
        promise.answer(updated ? base::Expected<base::AccountId>(id) : updated.error());
    });
    return promise.async();
}

base::Async<base::Done> AccountDesk::remove(const base::AccountId& id) { return m_workspace.removeAccount(id); }

void AccountDesk::setConnected(const base::AccountId& id, bool connected)
{
    if (workspace::Account* account = m_workspace.account(id))
        connected ? account->connectNow() : account->disconnectNow();
}

base::Async<QList<chat::RoomInfo>> AccountDesk::rooms(const base::AccountId& id, const QString& filter, int limit)
{
    workspace::Account* account = m_workspace.account(id);
    chat::RoomFacet* rooms = account ? account->backend().facets().rooms : nullptr;
    if (!rooms)
        return base::Async<QList<chat::RoomInfo>>::ready(base::Error{base::ErrorKind::Unsupported, u"no rooms there"_s, 0});
    return rooms->list(filter, limit);
}

base::Async<base::ConversationId> AccountDesk::join(const base::AccountId& id, const QString& room) { return m_workspace.join(id, room); }

} // namespace ridealong::window
