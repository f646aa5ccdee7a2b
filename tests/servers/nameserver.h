// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QUdpSocket>

namespace ridealong::tests {

/// The name server of the network that withnames.sh makes: knows where services are, and that every host of `domain` is 127.0.0.1. It
/// answers from the event loop.
class NameServer
{
public:
    explicit NameServer(QString domain) : m_domain(std::move(domain)) {}

    /// Why there is none; empty: it can be started.
    QString missing() const;
    bool start();
    QString error() const { return m_socket.errorString(); }

    struct Place
    {
        QString host;
        quint16 port = 0;
    };
    /// By name, as "_xmpp-client._tcp.chat.test" (RFC 2782); there are no others.
    void setServices(const QHash<QString, Place>& services) { m_services = services; }
    /// What was asked for, and by which type ("SRV _xmpp-client._tcp.chat.test"), in order.
    QStringList asked() const { return m_asked; }

private:
    QByteArray answer(const QByteArray& question);

    QString m_domain;
    QUdpSocket m_socket;
    QHash<QString, Place> m_services;
    QStringList m_asked;
};

} // namespace ridealong::tests
