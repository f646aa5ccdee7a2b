// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

#include <memory>
#include <vector>

namespace ridealong::tests {

/// A real server on loopback for one client at a time: plain, or with TLS from the start. The test drives it by its socket.
class TestServer final : public QTcpServer
{
public:
    explicit TestServer(const QHostAddress& address = QHostAddress::LocalHost) { listen(address); }
    explicit TestServer(const QSslConfiguration& tls) : TestServer()
    {
        m_tls = tls;
        m_secure = true;
    }

    /// Of the last client, or null.
    QSslSocket* client() const { return m_clients.empty() ? nullptr : m_clients.back().get(); }
    int clients() const { return int(m_clients.size()); }
    /// TLS begins here as the client begins it.
    void secure(const QSslConfiguration& tls)
    {
        client()->setSslConfiguration(tls);
        client()->startServerEncryption();
    }
    /// Everything that came so far.
    const QByteArray& heard() const { return m_heard; }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto& socket = m_clients.emplace_back(std::make_unique<QSslSocket>());
        socket->setSocketDescriptor(descriptor);
        connect(socket.get(), &QSslSocket::readyRead, this, [this, from = socket.get()] { m_heard += from->readAll(); });
        if (m_secure)
            secure(m_tls);
    }

private:
    QSslConfiguration m_tls;
    bool m_secure = false;
    QByteArray m_heard;
    std::vector<std::unique_ptr<QSslSocket>> m_clients;
};

} // namespace ridealong::tests
