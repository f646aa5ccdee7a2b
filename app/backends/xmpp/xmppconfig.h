// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backendregistry.h"
#include "net/proxysettings.h"
#include "net/remotechannel.h"
#include "xmpp/jid.h"

namespace ridealong::xmpp {

/// A room to be in from the first start.
struct WantedRoom
{
    QString name; ///< an address, or the name of a room of our own server's
    QString password;

    bool operator==(const WantedRoom&) const = default;
};

/// An account's settings as the connection needs them. Secrets are not here.
struct XmppConfig
{
    Jid account; ///< bare
    QString resource; ///< empty: the server makes one
    QString nick; ///< in rooms
    std::optional<net::Endpoint> endpoint; ///< where the server is; nothing: its domain says so
    net::TlsSettings tls;
    net::ProxySettings proxy;
    QList<WantedRoom> rooms;
};

/// What the accounts dialog asks for.
QList<chat::CredentialField> xmppFields();

/// Errors: Invalid, with the key of the field that makes no sense in the detail.
base::Expected<XmppConfig> xmppConfig(const chat::AccountConfig& account);

} // namespace ridealong::xmpp
