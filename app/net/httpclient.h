// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "net/proxysettings.h"
#include "net/remotechannel.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

#include <memory>
#include <optional>
#include <utility>

namespace ridealong::net {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

struct HttpRequest
{
    static constexpr qint64 kMaxBytes = 8 << 20;
    static constexpr std::chrono::seconds kTimeout{30};

    QByteArray method = "GET";
    QUrl url; ///< http or https
    HttpHeaders headers;
    QByteArray body;
    QString bodyFile; ///< sent instead of `body`
    QString toFile; ///< the answer's body goes here, and only a whole one of a success; empty: into memory
    qint64 maxBytes = kMaxBytes; ///< of the answer's body
    std::chrono::milliseconds timeout = kTimeout; ///< without a byte either way
};

struct HttpResponse
{
    int status = 0; ///< any, 404 and 500 too: what it means is the caller's to know
    HttpHeaders headers; ///< names in lower case
    QByteArray body;

    QByteArray header(const QByteArray& lowerCaseName) const;
};

/// One request on its way. Destroy it to cancel; it ends once, and nothing is emitted after that.
class HttpTransfer final : public QObject
{
    Q_OBJECT
public:
    /// A redirection goes neither to another host nor from https to http, and not on for ever.
    static constexpr int kMaxRedirects = 5;

    HttpTransfer(QNetworkAccessManager& network, base::Clock& clock, TlsSettings tls, ProxySettings proxy, HttpRequest request);
    ~HttpTransfer() override;

    /// Ends it with Cancelled, from the event loop.
    void cancel();
    std::optional<base::CertificateProblem> certificateProblem() const { return m_problem; }
    /// It ended because the answer's body has more than maxBytes.
    bool exceededMaxBytes() const { return m_received > m_request.maxBytes; }

signals:
    void progress(qint64 sent, qint64 received, qint64 receivedTotal); ///< bytes; the total is -1 while unknown
    void finished(const ridealong::base::Expected<ridealong::net::HttpResponse>& answer);

private:
    void start();
    base::Status prepareFiles();
    void send(const QNetworkProxy& proxy, const QSslConfiguration& configuration);
    void watch();
    void redirect(const QUrl& target);
    void read();
    void takeAnswer();
    base::Error describeFailure() const;
    void watchSilence(std::chrono::nanoseconds wait);
    void end(const base::Expected<HttpResponse>& answer);
    void letGo();

    QNetworkAccessManager& m_network;
    base::Clock& m_clock;
    TlsSettings m_tls;
    ProxySettings m_proxy;
    HttpRequest m_request;
    QPointer<QNetworkReply> m_reply;
    std::unique_ptr<QObject> m_timeout; ///< context of the timer
    std::chrono::nanoseconds m_lastByte{}; ///< either way
    QFile m_from;
    QFile m_to; ///< beside the file it becomes
    QByteArray m_body;
    qint64 m_sent = 0;
    qint64 m_received = 0;
    std::optional<base::CertificateProblem> m_problem;
    bool m_ended = false;
};

/// HTTP for files and discovery: checked like every other connection, no cookies, nothing cached.
class HttpClient
{
public:
    HttpClient(base::Clock& clock, TlsSettings tls, ProxySettings proxy);

    /// Starts from the event loop. The client outlives it.
    std::unique_ptr<HttpTransfer> start(const HttpRequest& request);

private:
    base::Clock& m_clock;
    TlsSettings m_tls;
    ProxySettings m_proxy;
    QNetworkAccessManager m_network;
};

} // namespace ridealong::net
