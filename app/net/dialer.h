// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "net/proxysettings.h"

#include <QHostAddress>
#include <QSslSocket>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace ridealong::net {

/// What went wrong with a socket, in our words: Qt's are translated, and these go to logs.
base::Error describeError(QAbstractSocket::SocketError error, const QString& qtText);

/// Makes one TCP connection: through the proxy, which looks the name up itself, or to the first of the server's addresses that
/// answers. Addresses are tried alternately of both families, each 250 ms after the last or when that failed (RFC 8305), so that
/// a broken IPv6 costs a moment and not half a minute.
class Dialer final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kNextAttempt{250};
    static constexpr qsizetype kMaxAddresses = 8;

    Dialer(QString host, quint16 port, base::Clock& clock);
    ~Dialer() override;

    void dial(const ProxySettings& proxy);
    /// Without looking up.
    void dial(const QList<QHostAddress>& addresses);

    /// After connected(): the socket, once. Nothing is connected to it, and it has no parent.
    std::unique_ptr<QSslSocket> take() { return std::move(m_connected); }

signals:
    void connected();
    void failed(const ridealong::base::Error& why);

private:
    struct Later
    {
        void operator()(QSslSocket* socket) const; ///< it may be what calls us
    };
    using Attempt = std::unique_ptr<QSslSocket, Later>;

    void lookUp();
    void tryNext();
    void attempt(const QString& host, const QNetworkProxy& proxy);
    void succeed(QSslSocket* socket);
    void drop(QSslSocket* socket, const base::Error& why);

    QString m_host;
    quint16 m_port;
    base::Clock& m_clock;
    std::deque<QHostAddress> m_addresses; ///< not tried yet
    std::vector<Attempt> m_attempts;
    std::unique_ptr<QObject> m_pace; ///< context of the timer for the next attempt
    std::optional<base::Error> m_firstError;
    std::unique_ptr<QSslSocket> m_connected;
};

} // namespace ridealong::net
