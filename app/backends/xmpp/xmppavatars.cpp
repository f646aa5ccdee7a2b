// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmppavatars.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;

XmppAvatars::XmppAvatars(Client& client) : m_client(client) { connect(&client.avatars(), &Avatars::changed, this, &XmppAvatars::take); }

void XmppAvatars::take(const Jid& who)
{
    if (m_client.avatars().hash(who).isEmpty()) { // also: who left a room, and has no identity there any more
        const base::UserId user = m_whose.key(who);
        if (m_whose.remove(user))
            emit changed(user);
        return;
    }
    const base::UserId user = m_client.isInRoom(who) ? m_client.identityIn(who) : base::UserId(who.toString());
    if (user.isEmpty())
        return;
    m_whose.insert(user, who);
    emit changed(user);
}

QString XmppAvatars::hash(const base::UserId& user) const
{
    const auto who = m_whose.constFind(user);
    return who == m_whose.cend() ? QString() : m_client.avatars().hash(*who);
}

base::Async<QByteArray> XmppAvatars::fetch(const base::UserId& user)
{
    const auto who = m_whose.constFind(user);
    if (who == m_whose.cend())
        return base::Async<QByteArray>::ready(base::Error{base::ErrorKind::NotFound, u"no picture"_s, 0});
    return m_client.avatars().fetch(*who);
}

} // namespace ridealong::xmpp
