// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/dialer.h"
#include "net/remotechannel.h"

#include <QSslConfiguration>

namespace ridealong::net {

/// A byte stream to a server: plain, TLS from the start, or TLS from startTls() on. The certificate is always checked; when it fails
/// the stream closes with Untrusted, and no byte given to write() has left.
class StreamSocket final : public QObject
{
    Q_OBJECT
public:
    /// For the name, the connection and TLS together.
    static constexpr std::chrono::seconds kConnectTimeout{30};
    /// Given out at once, so that the event loop has its turn after each.
    static constexpr qint64 kChunkBytes = 32 << 10;

    /// Connects from the event loop. `endpoint.webSocket` does not count.
    StreamSocket(Endpoint endpoint, TlsSettings tls, ProxySettings proxy, base::Clock& clock);
    ~StreamSocket() override;

    /// Waits until it is open, or secured after startTls().
    void write(const QByteArray& bytes);
    qint64 bytesToWrite() const; ///< not yet with the kernel, encryption included
    /// Both sides have agreed on TLS. Closes with Protocol when something is unread: it came in plain text, perhaps from somebody in between.
    void startTls();
    /// While false nothing is received, not even the end; the server comes to wait.
    void setReading(bool reading);
    /// What was written is still sent, for kLinger at most. Nothing is emitted any more.
    void close();
    std::optional<base::CertificateProblem> certificateProblem() const { return m_problem; }

signals:
    void opened(const ridealong::net::ConnectionInfo& info);
    void secured(const ridealong::net::ConnectionInfo& info);
    void received(const QByteArray& bytes); ///< at most kChunkBytes
    void written(); ///< bytesToWrite() became less
    /// Once, after everything that came was received.
    void closed(const ridealong::base::Error& why);

private:
    enum class Phase { Connecting, Securing, Open, Ended };

    const QString& certificateName() const { return m_endpoint.certificateName.isEmpty() ? m_endpoint.host : m_endpoint.certificateName; }
    void start();
    void startTimeout();
    void takeSocket();
    void secure();
    void becomeOpen();
    void checkCertificate(const QList<QSslError>& errors);
    void fail(QAbstractSocket::SocketError error);
    void pump();
    void pumpLater();
    void end(const base::Error& why);
    void letGo();

    Endpoint m_endpoint;
    TlsSettings m_tls;
    ProxySettings m_proxy;
    base::Clock& m_clock;
    QSslConfiguration m_configuration;
    Phase m_phase = Phase::Connecting;
    std::unique_ptr<Dialer> m_dialer;
    std::unique_ptr<QObject> m_timeout; ///< context of the timer
    std::unique_ptr<QSslSocket> m_socket;
    QByteArray m_early; ///< written before it may be sent
    std::optional<base::CertificateProblem> m_problem;
    std::optional<base::Error> m_end; ///< the other side has ended; told when all is read
    bool m_opened = false; ///< told; what is secured after that was startTls()
    bool m_byException = false;
    bool m_reading = true;
    bool m_pumpQueued = false;
};

} // namespace ridealong::net
