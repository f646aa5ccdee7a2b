// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/saferaterelay.h"

#include <QTcpSocket>

namespace ridealong::tests {

namespace {

/// Behind the welcome there comes a line more.
void passLines(QTcpSocket& from, QTcpSocket& to)
{
    while (from.canReadLine()) {
        const QByteArray line = from.readLine();
        to.write(line);
        const QByteArrayList words = line.simplified().split(' ');
        const qsizetype command = line.startsWith('@') ? 2 : 1;
        if (words.value(command) == "001")
            to.write(words[command - 1] + " 005 " + words.value(command + 1) + " soju.im/SAFERATE :are supported by this server\r\n");
    }
}

} // namespace

SafeRateRelay::SafeRateRelay(quint16 upstream)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("the relay cannot listen: %s", qPrintable(errorString()));
    connect(this, &QTcpServer::newConnection, this, [this, upstream] {
        while (hasPendingConnections())
            accept(upstream);
    });
}

void SafeRateRelay::accept(quint16 port)
{
    QTcpSocket* client = nextPendingConnection();
    auto* server = new QTcpSocket(client);
    connect(client, &QIODevice::readyRead, server, [client, server] {
        if (server->state() == QAbstractSocket::ConnectedState)
            server->write(client->readAll());
    });
    connect(server, &QAbstractSocket::connected, client, [client, server] { server->write(client->readAll()); });
    connect(server, &QIODevice::readyRead, client, [client, server] { passLines(*server, *client); });
    connect(server, &QAbstractSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(server, &QAbstractSocket::errorOccurred, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QAbstractSocket::disconnected, client, &QObject::deleteLater);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
}

} // namespace ridealong::tests
