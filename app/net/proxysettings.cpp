// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/proxysettings.h"

#include <QThreadPool>
#include <QUrl>

namespace ridealong::net {

using namespace Qt::StringLiterals;

constexpr int kHttpPort = 8080;
constexpr int kSocksPort = 1080;

base::Expected<ProxySettings> ProxySettings::parse(const QString& option)
{
    const auto text = option.trimmed();
    if (text.isEmpty() || text == "system"_L1)
        return ProxySettings{};
    if (text == "direct"_L1)
        return ProxySettings{.kind = Kind::Direct};
    const QUrl url(text, QUrl::StrictMode);
    const bool socks = url.scheme() == "socks5"_L1 || url.scheme() == "socks5h"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!socks && url.scheme() != "http"_L1) || (url.path() != "/"_L1 && !url.path().isEmpty()))
        return base::Error{
            base::ErrorKind::Invalid, u"a proxy is direct, system, http://host:port or socks5://host:port"_s, 0}; // may hold a password
    return ProxySettings{.kind = socks ? Kind::Socks5 : Kind::Http,
        .host = url.host(),
        .port = quint16(url.port(socks ? kSocksPort : kHttpPort)),
        .user = url.userName(QUrl::FullyDecoded),
        .password = url.password(QUrl::FullyDecoded)};
}

static QNetworkProxy ofSystem(const QString& host, quint16 port)
{
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(host, port));
    for (const auto& proxy : proxies)
        if (proxy.type() == QNetworkProxy::HttpProxy || proxy.type() == QNetworkProxy::Socks5Proxy || proxy.type() == QNetworkProxy::NoProxy)
            return proxy;
    return QNetworkProxy(QNetworkProxy::NoProxy);
}

base::Async<QNetworkProxy> ProxySettings::forServer(const QString& serverHost, quint16 serverPort) const
{
    switch (kind) {
    case Kind::Direct: return base::Async<QNetworkProxy>::ready(QNetworkProxy(QNetworkProxy::NoProxy));
    case Kind::Http: return base::Async<QNetworkProxy>::ready(QNetworkProxy(QNetworkProxy::HttpProxy, host, port, user, password));
    case Kind::Socks5: return base::Async<QNetworkProxy>::ready(QNetworkProxy(QNetworkProxy::Socks5Proxy, host, port, user, password));
    case Kind::System: break;
    }
    const base::Promise<QNetworkProxy> promise;
    QThreadPool::globalInstance()->start([promise, serverHost, serverPort] { promise.answer(ofSystem(serverHost, serverPort)); });
    return promise.async();
}

} // namespace ridealong::net
