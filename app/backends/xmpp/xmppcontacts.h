// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/contacts.h"
#include "xmpp/client.h"

namespace ridealong::xmpp {

/// The roster and the block list, in the words of the contract.
class XmppContacts final : public chat::ContactFacet
{
    Q_OBJECT
public:
    explicit XmppContacts(Client& client);

    QList<chat::ContactRequest> requests() const override;
    base::Async<base::Done> accept(const base::UserId& user) override;
    base::Async<base::Done> decline(const base::UserId& user) override;
    bool isContact(const base::UserId& user) const override;
    base::Async<base::Done> add(const base::UserId& user) override;
    base::Async<base::Done> remove(const base::UserId& user) override;
    bool canBlock() const override;
    QList<base::UserId> blocked() const override;
    base::Async<base::Done> setBlocked(const base::UserId& user, bool blocked) override;

private:
    Client& m_client;
};

} // namespace ridealong::xmpp
