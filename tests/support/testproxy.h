// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpServer>
#include <QTcpSocket>

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace ridealong::tests {

/// A real proxy on loopback: HTTP CONNECT (RFC 9110 §9.3.6, basic authentication) or SOCKS 5 (RFC 1928, RFC 1929). It connects to
/// 127.0.0.1 whatever name it is asked for, and keeps what it was asked.
class TestProxy final : public QTcpServer
{
public:
    enum class Kind { Http, Socks5 };

    explicit TestProxy(Kind kind, QByteArray user = {}, QByteArray password = {})
        : m_kind(kind),
          m_user(std::move(user)),
          m_password(std::move(password))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            auto* client = nextPendingConnection();
            m_tunnels[client];
            connect(client, &QTcpSocket::readyRead, this, [this, client] { take(client); });
        });
    }

    const QList<QByteArray>& asked() const { return m_asked; } ///< "host:port"

private:
    struct Tunnel
    {
        QByteArray bytes;
        int step = 0;
        QTcpSocket* server = nullptr;
    };

    void take(QTcpSocket* client)
    {
        auto& tunnel = m_tunnels[client];
        if (tunnel.server) {
            tunnel.server->write(client->readAll());
            return;
        }
        tunnel.bytes += client->readAll();
        if (m_kind == Kind::Http)
            takeHttp(client, tunnel);
        else
            takeSocks(client, tunnel);
    }

    void takeHttp(QTcpSocket* client, Tunnel& tunnel)
    {
        const auto end = tunnel.bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const auto head = tunnel.bytes.left(end);
        tunnel.bytes.clear();
        const auto authorization = "basic " + (m_user + ':' + m_password).toBase64().toLower();
        if (!m_user.isEmpty() && !head.toLower().contains(authorization)) {
            client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        const auto target = head.mid(8, head.indexOf(' ', 8) - 8); // "CONNECT host:port HTTP/1.1"
        m_asked << target;
        join(client, tunnel, target.mid(target.lastIndexOf(':') + 1).toUShort(), "HTTP/1.1 200 Connection established\r\n\r\n",
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    }

    void takeSocks(QTcpSocket* client, Tunnel& tunnel)
    {
        auto& bytes = tunnel.bytes;
        if (tunnel.step == 0 && bytes.size() >= 2 && bytes.size() >= 2 + bytes.at(1)) {
            bytes.remove(0, 2 + bytes.at(1));
            client->write(m_user.isEmpty() ? QByteArray("\x05\x00", 2) : QByteArray("\x05\x02", 2));
            tunnel.step = m_user.isEmpty() ? 2 : 1;
        }
        if (tunnel.step == 1 && bytes.size() >= 2 && bytes.size() >= 3 + bytes.at(1) && bytes.size() >= 3 + bytes.at(1) + bytes.at(2 + bytes.at(1))) {
            const auto user = bytes.mid(2, bytes.at(1));
            const auto password = bytes.mid(3 + user.size(), bytes.at(2 + user.size()));
            bytes.remove(0, 3 + user.size() + password.size());
            const bool good = user == m_user && password == m_password;
            client->write(good ? QByteArray("\x01\x00", 2) : QByteArray("\x01\x01", 2));
            if (!good)
                client->disconnectFromHost();
            tunnel.step = good ? 2 : 3;
        }
        if (tunnel.step == 2 && bytes.size() >= 5 && bytes.at(3) == 3 && bytes.size() >= 7 + bytes.at(4)) { // by name
            const auto port = quint16(quint8(bytes.at(5 + bytes.at(4))) << 8 | quint8(bytes.at(6 + bytes.at(4))));
            m_asked << bytes.mid(5, bytes.at(4)) + ':' + QByteArray::number(port);
            tunnel.step = 3;
            join(client, tunnel, port, QByteArray("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00", 10),
                QByteArray("\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00", 10));
        }
    }

    void join(QTcpSocket* client, Tunnel& tunnel, quint16 port, const QByteArray& yes, const QByteArray& no)
    {
        auto* server = new QTcpSocket(client);
        connect(server, &QTcpSocket::connected, client, [client, server, &tunnel, yes] {
            tunnel.server = server;
            client->write(yes);
        });
        connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
        connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
        connect(server, &QTcpSocket::errorOccurred, client, [client, &tunnel, no] {
            if (!tunnel.server)
                client->write(no);
        });
        connect(client, &QTcpSocket::disconnected, server, [server] { server->disconnectFromHost(); });
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    }

    Kind m_kind;
    QByteArray m_user;
    QByteArray m_password;
    QList<QByteArray> m_asked;
    std::map<QTcpSocket*, Tunnel> m_tunnels;
};

} // namespace ridealong::tests
