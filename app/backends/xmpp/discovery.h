// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/httpclient.h"
#include "xmpp/servicerecord.h"

#include <QObject>

#include <vector>

namespace ridealong::xmpp {

/// Finds out where the server of a domain is. What it answers is tried in order, each in turn; the certificate has to be the domain's,
/// whatever DNS says.
class Discovery : public QObject
{
    Q_OBJECT
public:
    static constexpr quint16 kPort = 5222;
    static constexpr qsizetype kMaxEndpoints = 20; ///< DNS is not to be believed in all
    static constexpr qint64 kMaxHostMetaBytes = 64 << 10;

    Discovery(ServiceLookup lookUp, net::HttpClient& http, base::Random& random);

    /// Over TCP: by the records for TLS from the start (XEP-0368) and for STARTTLS as one list, or the domain's own port 5222 where there are
    /// none. Errors: NotFound when the domain says that it has no such service.
    base::Async<QList<net::Endpoint>> endpoints(const QString& domain);
    /// Over WebSockets (XEP-0156), for networks that let nothing else through. Encrypted ones only, as the domain's own web server names them.
    /// Errors: NotFound, and those of HTTP.
    base::Async<QList<net::Endpoint>> webSockets(const QString& domain);

private:
    void join(const QString& domain, const base::Expected<QList<ServiceRecord>>& direct, const base::Expected<QList<ServiceRecord>>& later,
        const base::Promise<QList<net::Endpoint>>& promise);

    ServiceLookup m_lookUp;
    net::HttpClient& m_http;
    base::Random& m_random;
    std::vector<std::unique_ptr<net::HttpTransfer>> m_transfers; ///< all that were begun
};

/// The WebSockets that a host-meta document names.
base::Expected<QList<QUrl>> webSocketsOf(const QByteArray& hostMeta);

} // namespace ridealong::xmpp
