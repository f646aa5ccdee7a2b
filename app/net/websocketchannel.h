// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/linereader.h"
#include "net/openchannel.h"

#include <QSslError>
#include <QTcpSocket>
#include <QWebSocket>

namespace ridealong::net {

/// Made by openWebSocketChannel().
class WebSocketChannel final : public RemoteChannel
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds kConnectTimeout{30};

    WebSocketChannel(const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options);
    ~WebSocketChannel() override;

    void send(const QByteArray& frame) override;
    qint64 bytesToWrite() const override;
    void close() override;
    std::optional<base::CertificateProblem> certificateProblem() const override { return m_problem; }
    void startTls() override;

private:
    void start();
    void connectTo(const QNetworkProxy& proxy);
    QTcpSocket* inner() const;
    void checkCertificate(const QList<QSslError>& errors);
    void becomeOpen();
    void schedulePing();
    void fail(QAbstractSocket::SocketError error);
    void disconnected();
    void take(const QByteArray& message);
    void write(const QByteArray& frame);
    void hangUp();
    void endLater(const base::Error& why);
    void end(const base::Error& why);

    Endpoint m_endpoint;
    TlsSettings m_tls;
    ChannelOptions m_options;
    base::Clock& m_clock;
    LineReader m_reader;
    std::unique_ptr<QObject> m_timer; ///< context of the connection's timeout, then of the next ping
    std::unique_ptr<QWebSocket> m_socket;
    QByteArrayList m_early; ///< sent before it was open
    qint64 m_earlyBytes = 0;
    std::optional<base::CertificateProblem> m_problem;
    bool m_open = false;
    bool m_binary = false;
    bool m_heard = false; ///< something came since the last ping
    bool m_byException = false;
    bool m_ended = false;
    bool m_silent = false; ///< closed by our user
};

} // namespace ridealong::net
