// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/backendregistry.h"
#include "net/remotechannel.h"

namespace ridealong::irc {

/// How to sign in to services. Automatic: the best that both sides have, when there is a password or a client certificate.
enum class SaslChoice { Automatic, None, Plain, External, ScramSha256 };

/// An account's settings as the connection needs them. Secrets are not here.
struct IrcConfig
{
    net::Endpoint endpoint;
    net::TlsSettings tls;
    QString proxy; ///< as net::ProxySettings reads it; empty: the system's
    QString nick;
    QString user; ///< what stands before the @ of our address
    QString realName;
    QString saslUser; ///< empty: the nick
    SaslChoice sasl = SaslChoice::Automatic;
    QStringList channels; ///< to join at the first start: "#ops", or "#ops key"
};

inline constexpr quint16 kTlsPort = 6697;
inline constexpr quint16 kPlainPort = 6667;

/// What the accounts dialog asks for.
QList<chat::CredentialField> ircFields();

/// Errors: Invalid, with the key of the field that makes no sense in the detail.
base::Expected<IrcConfig> ircConfig(const chat::AccountConfig& account);

} // namespace ridealong::irc
