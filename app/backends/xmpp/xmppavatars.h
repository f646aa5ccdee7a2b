// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/avatars.h"
#include "xmpp/client.h"

namespace ridealong::xmpp {

/// Pictures by the identities that messages have, where the protocol has them by addresses.
class XmppAvatars final : public chat::AvatarFacet
{
    Q_OBJECT
public:
    explicit XmppAvatars(Client& client);

    QString hash(const base::UserId& user) const override;
    base::Async<QByteArray> fetch(const base::UserId& user) override;

private:
    void take(const Jid& who);

    Client& m_client;
    QHash<base::UserId, Jid> m_whose; ///< of those who have one; in a room by the nick
};

} // namespace ridealong::xmpp
