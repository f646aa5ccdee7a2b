// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"

#include <QNetworkProxy>

namespace ridealong::net {

/// How an account gets out: as the system says, straight, or by a proxy of its own.
struct ProxySettings
{
    enum class Kind { System, Direct, Http, Socks5 };
    Kind kind = Kind::System;
    QString host;
    quint16 port = 0;
    QString user;
    QString password;

    bool operator==(const ProxySettings&) const = default;

    /// Of the `proxy` option of an account: empty or `system`, `direct`, `http://[user:password@]host:port`, `socks5://…`. Errors: Invalid.
    static base::Expected<ProxySettings> parse(const QString& option);

    /// What to use for one server: QNetworkProxy::NoProxy, HttpProxy or Socks5Proxy. The system is asked off the main thread: with a script
    /// for proxy configuration it goes to the network for the answer.
    base::Async<QNetworkProxy> forServer(const QString& serverHost, quint16 serverPort) const;
};

} // namespace ridealong::net
