// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/discovery.h"

#include <QHostAddress>
#include <QXmlStreamReader>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using net::Endpoint;
using Records = base::Expected<QList<ServiceRecord>>;

static Endpoint endpointOf(const QString& host, quint16 port, Endpoint::Security security, const QString& domain)
{
    return {.host = host, .port = port, .security = security, .certificateName = domain};
}

Discovery::Discovery(ServiceLookup lookUp, net::HttpClient& http, base::Random& random) : m_lookUp(std::move(lookUp)), m_http(http), m_random(random)
{}

base::Async<QList<Endpoint>> Discovery::endpoints(const QString& domain)
{
    base::Promise<QList<Endpoint>> promise;
    const QString bare = domain.startsWith(u'[') ? domain.mid(1).chopped(1) : domain;
    if (QHostAddress().setAddress(bare)) {
        promise.answer(QList<Endpoint>{endpointOf(bare, kPort, Endpoint::Security::StartTls, bare)});
        return promise.async();
    }
    const QString ascii = QString::fromLatin1(QUrl::toAce(domain, QUrl::IgnoreIDNWhitelist));
    const auto direct = m_lookUp(u"_xmpps-client._tcp."_s + ascii), later = m_lookUp(u"_xmpp-client._tcp."_s + ascii);
    direct.then(this, [this, ascii, later, promise](const Records& encrypted) {
        later.then(this, [this, ascii, encrypted, promise](const Records& plain) { join(ascii, encrypted, plain, promise); });
    });
    return promise.async();
}

void Discovery::join(const QString& domain, const Records& direct, const Records& later, const base::Promise<QList<Endpoint>>& promise)
{
    const QList<ServiceRecord> encrypted = direct.valueOr({});
    QList<Endpoint> found;
    for (const ServiceRecord& record : inOrder(encrypted + later.valueOr({}), m_random)) {
        const QString host = record.target.endsWith(u'.') ? record.target.chopped(1) : record.target;
        if (host.isEmpty() || record.port == 0 || found.size() >= kMaxEndpoints)
            continue; // "." says that there is no such service
        const bool isEncrypted = encrypted.contains(record);
        found.append(endpointOf(host, record.port, isEncrypted ? Endpoint::Security::Tls : Endpoint::Security::StartTls, domain));
    }
    if (!found.isEmpty())
        return promise.answer(found);
    if (later)
        return promise.answer(Error{ErrorKind::NotFound, u"%1 says that it has no XMPP"_s.arg(domain), 0});
    // RFC 6120 §3.2.2; also when DNS does not answer such questions, as behind some routers.
    promise.answer(QList<Endpoint>{endpointOf(domain, kPort, Endpoint::Security::StartTls, domain)});
}

base::Async<QList<Endpoint>> Discovery::webSockets(const QString& domain)
{
    base::Promise<QList<Endpoint>> promise;
    net::HttpRequest request;
    request.url.setScheme(u"https"_s);
    request.url.setHost(domain);
    request.url.setPath(u"/.well-known/host-meta"_s);
    request.maxBytes = kMaxHostMetaBytes;
    m_transfers.push_back(m_http.start(request));
    connect(m_transfers.back().get(), &net::HttpTransfer::finished, this, [promise, domain](const base::Expected<net::HttpResponse>& answer) {
        if (!answer)
            return promise.answer(answer.error());
        if (answer->status != 200)
            return promise.answer(Error{ErrorKind::NotFound, u"%1 has no host-meta (HTTP %2)"_s.arg(domain).arg(answer->status), 0});
        const auto urls = webSocketsOf(answer->body);
        if (!urls)
            return promise.answer(urls.error());
        QList<Endpoint> found;
        for (const QUrl& url : *urls)
            found.append({.webSocket = url});
        promise.answer(found);
    });
    return promise.async();
}

base::Expected<QList<QUrl>> webSocketsOf(const QByteArray& hostMeta)
{
    QXmlStreamReader xml(hostMeta);
    QList<QUrl> found;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::DTD)
            return Error{ErrorKind::Protocol, u"a host-meta with a document type"_s, 0};
        if (token != QXmlStreamReader::StartElement || xml.name() != "Link"_L1
            || xml.attributes().value("rel"_L1) != "urn:xmpp:alt-connections:websocket"_L1)
            continue;
        const QUrl url(xml.attributes().value("href"_L1).toString(), QUrl::StrictMode);
        if (url.isValid() && url.scheme() == "wss"_L1 && !url.host().isEmpty() && found.size() < Discovery::kMaxEndpoints)
            found.append(url);
    }
    if (xml.hasError())
        return Error{ErrorKind::Protocol, u"host-meta: "_s + xml.errorString(), 0};
    if (found.isEmpty())
        return Error{ErrorKind::NotFound, u"host-meta names no WebSocket"_s, 0};
    return found;
}

} // namespace ridealong::xmpp
