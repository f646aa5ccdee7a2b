// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/httpclient.h"

#include "net/tlspolicy.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace ridealong::net {

using namespace Qt::StringLiterals;

constexpr qint64 kReadBufferBytes = 256 << 10;

QByteArray HttpResponse::header(const QByteArray& lowerCaseName) const
{
    for (const auto& [name, value] : headers)
        if (name == lowerCaseName)
            return value;
    return {};
}

HttpTransfer::HttpTransfer(QNetworkAccessManager& network, base::Clock& clock, TlsSettings tls, ProxySettings proxy, HttpRequest request)
    : m_network(network),
      m_clock(clock),
      m_tls(std::move(tls)),
      m_proxy(std::move(proxy)),
      m_request(std::move(request))
{
    QMetaObject::invokeMethod(this, &HttpTransfer::start, Qt::QueuedConnection);
}

HttpTransfer::~HttpTransfer()
{
    m_ended = true;
    letGo();
}

void HttpTransfer::start()
{
    if (m_ended)
        return;
    const auto& url = m_request.url;
    const bool secure = url.scheme() == "https"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!secure && url.scheme() != "http"_L1)) {
        end(base::Error{base::ErrorKind::Invalid, u"not an address of http or https"_s, 0});
        return;
    }
    const auto configuration = tlsConfiguration(m_tls);
    if (!configuration) {
        end(configuration.error());
        return;
    }
    if (const auto prepared = prepareFiles(); !prepared) {
        end(prepared.error());
        return;
    }
    m_lastByte = m_clock.monotonic();
    watchSilence(m_request.timeout);
    m_proxy.forServer(url.host(), quint16(url.port(secure ? 443 : 80)))
        .then(this, [this, configuration = *configuration](const base::Expected<QNetworkProxy>& proxy) {
            if (m_ended)
                return;
            if (proxy)
                send(*proxy, configuration);
            else
                end(proxy.error());
        });
}

base::Status HttpTransfer::prepareFiles()
{
    if (!m_request.bodyFile.isEmpty()) {
        m_from.setFileName(m_request.bodyFile);
        if (!QFileInfo(m_request.bodyFile).isFile() || !m_from.open(QIODevice::ReadOnly))
            return base::Error{base::ErrorKind::Storage, u"%1: cannot be read"_s.arg(m_request.bodyFile), 0};
    }
    if (!m_request.toFile.isEmpty()) {
        m_to.setFileName(m_request.toFile + u".part"_s);
        if (!m_to.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(m_to.fileName(), m_to.errorString()), 0};
    }
    return base::Done{};
}

void HttpTransfer::send(const QNetworkProxy& proxy, const QSslConfiguration& configuration)
{
    QNetworkRequest request(m_request.url);
    request.setSslConfiguration(configuration);
    for (const auto& [name, value] : m_request.headers)
        request.setRawHeader(name, value);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::UserVerifiedRedirectPolicy);
    request.setMaximumRedirectsAllowed(kMaxRedirects);
    request.setDecompressedSafetyCheckThreshold(-1); // maxBytes bounds what comes out, bomb or not
    if (m_network.proxy() != proxy)
        m_network.setProxy(proxy);
    if (m_request.method == "GET" && m_request.body.isEmpty() && !m_from.isOpen())
        m_reply = m_network.get(request);
    else
        m_reply = m_from.isOpen() ? m_network.sendCustomRequest(request, m_request.method, &m_from)
                                  : m_network.sendCustomRequest(request, m_request.method, m_request.body);
    watch();
}

void HttpTransfer::watch()
{
    auto* reply = m_reply.data();
    reply->setReadBufferSize(kReadBufferBytes);
    connect(reply, &QNetworkReply::sslErrors, this, [this, reply](const QList<QSslError>& errors) {
        const auto certificate = errors.value(0).certificate().isNull() ? reply->sslConfiguration().peerCertificate() : errors.front().certificate();
        // Which certificate of the chain an error is about differs; the server's own is the one that the user excepted.
        const auto own = reply->sslConfiguration().peerCertificate();
        const auto& server = own.isNull() ? certificate : own;
        if (isExcepted(m_tls, server))
            reply->ignoreSslErrors();
        else
            m_problem = describeProblem(reply->url().host(), server, errors, m_tls);
    });
    connect(reply, &QNetworkReply::redirected, this, &HttpTransfer::redirect);
    connect(reply, &QNetworkReply::readyRead, this, &HttpTransfer::read);
    connect(reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64) {
        m_sent = sent;
        m_lastByte = m_clock.monotonic();
        emit progress(m_sent, m_received, -1);
    });
    connect(reply, &QNetworkReply::finished, this, &HttpTransfer::takeAnswer);
}

void HttpTransfer::redirect(const QUrl& target)
{
    const auto& from = m_request.url;
    const bool sameHost = target.host() == from.host() && target.port() == from.port();
    if (sameHost && (target.scheme() == from.scheme() || target.scheme() == "https"_L1))
        emit m_reply->redirectAllowed();
    else
        end(base::Error{base::ErrorKind::Denied,
            u"redirected to %1, which was not asked for"_s.arg(target.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)), 0});
}

void HttpTransfer::read()
{
    m_lastByte = m_clock.monotonic();
    const auto bytes = m_reply->readAll();
    m_received += bytes.size();
    if (exceededMaxBytes()) {
        end(base::Error{base::ErrorKind::Protocol, u"an answer of more than %1 bytes"_s.arg(m_request.maxBytes), 0});
        return;
    }
    if (!m_to.isOpen())
        m_body += bytes;
    else if (m_to.write(bytes) != bytes.size()) {
        end(base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(m_to.fileName(), m_to.errorString()), 0});
        return;
    }
    const auto total = m_reply->header(QNetworkRequest::ContentLengthHeader);
    emit progress(m_sent, m_received, total.isValid() ? total.toLongLong() : -1);
}

void HttpTransfer::takeAnswer()
{
    const QPointer alive(this);
    if (m_reply->bytesAvailable() > 0)
        read();
    if (!alive || m_ended)
        return;
    HttpResponse response;
    response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool failed = m_reply->error() != QNetworkReply::NoError;
    // Qt calls 404 an error too; we do not, but an answer that broke off is none.
    const bool ofStatus = m_reply->error() >= QNetworkReply::ContentAccessDenied && response.status >= 400;
    if (m_problem || (failed && !ofStatus)) {
        end(describeFailure());
        return;
    }
    for (const auto& [name, value] : m_reply->rawHeaderPairs())
        response.headers.emplace_back(name.toLower(), value);
    response.body = m_body;
    if (m_to.isOpen() && response.status >= 200 && response.status < 300) { // else it is the page of an error, and letGo() drops it
        m_to.close();
        QFile::remove(m_request.toFile);
        if (m_to.error() != QFile::NoError || !m_to.rename(m_request.toFile)) {
            end(base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(m_request.toFile, m_to.errorString()), 0});
            return;
        }
    }
    end(response);
}

base::Error HttpTransfer::describeFailure() const
{
    using base::ErrorKind;
    const auto host = m_request.url.host();
    if (m_problem)
        return {ErrorKind::Untrusted, u"%1: certificate: %2"_s.arg(m_problem->host, m_problem->reasons.join(u", "_s)), 0};
    switch (m_reply->error()) {
    case QNetworkReply::ConnectionRefusedError: return {ErrorKind::Offline, u"%1: connection refused"_s.arg(host), 0};
    case QNetworkReply::RemoteHostClosedError: return {ErrorKind::Offline, u"%1: the other side closed the connection"_s.arg(host), 0};
    case QNetworkReply::HostNotFoundError: return {ErrorKind::Offline, u"%1: host not found"_s.arg(host), 0};
    case QNetworkReply::TimeoutError: return {ErrorKind::Timeout, u"%1: timed out"_s.arg(host), 0};
    case QNetworkReply::TooManyRedirectsError: return {ErrorKind::Protocol, u"%1: redirected more than %2 times"_s.arg(host).arg(kMaxRedirects), 0};
    case QNetworkReply::InsecureRedirectError: return {ErrorKind::Denied, u"%1: redirected from https to http"_s.arg(host), 0};
    case QNetworkReply::ProxyAuthenticationRequiredError: return {ErrorKind::Auth, u"proxy: it does not accept the name and password"_s, 0};
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProtocolFailure: return {ErrorKind::Protocol, u"%1: %2"_s.arg(host, m_reply->errorString()), 0};
    default: return {ErrorKind::Offline, u"%1: %2"_s.arg(host, m_reply->errorString()), 0};
    }
}

/// One timer however many bytes come: when it is due it looks how long nothing came.
void HttpTransfer::watchSilence(std::chrono::nanoseconds wait)
{
    m_timeout = std::make_unique<QObject>();
    m_clock.after(std::chrono::ceil<std::chrono::milliseconds>(wait), m_timeout.get(), [this] {
        const auto silent = m_clock.monotonic() - m_lastByte;
        if (silent < m_request.timeout)
            watchSilence(m_request.timeout - silent);
        else
            end(base::Error{base::ErrorKind::Timeout, u"%1: nothing came for %2 ms"_s.arg(m_request.url.host()).arg(m_request.timeout.count()), 0});
    });
}

void HttpTransfer::cancel()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            end(base::Error{base::ErrorKind::Cancelled, u"cancelled"_s, 0});
        },
        Qt::QueuedConnection);
}

/// The reply may be what calls us, so it is never deleted here; it reads from m_from, so that outlives it.
void HttpTransfer::letGo()
{
    m_timeout.reset();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply.clear();
    }
    if (m_to.isOpen()) {
        m_to.close();
        m_to.remove();
    }
}

void HttpTransfer::end(const base::Expected<HttpResponse>& answer)
{
    if (std::exchange(m_ended, true))
        return;
    letGo();
    emit finished(answer);
}

HttpClient::HttpClient(base::Clock& clock, TlsSettings tls, ProxySettings proxy) : m_clock(clock), m_tls(std::move(tls)), m_proxy(std::move(proxy)) {}

std::unique_ptr<HttpTransfer> HttpClient::start(const HttpRequest& request)
{
    return std::make_unique<HttpTransfer>(m_network, m_clock, m_tls, m_proxy, request);
}

} // namespace ridealong::net
