// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>

namespace ridealong::window {

using namespace Qt::StringLiterals;

SingleInstance::SingleInstance(const QString& profileFolder, QObject* parent) : QObject(parent)
{
    // A socket's path may have 107 bytes; a profile's folder may be longer, so its hash names the socket.
    const QByteArray hash = QCryptographicHash::hash(QDir(profileFolder).canonicalPath().toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    m_name = folder + u"/ridealong-window-"_s + QString::fromLatin1(hash);
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::raiseOther()
{
    // Before there is a window or an event loop: the only place that may wait.
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(kAnswerMs))
        return false;
    socket.write("raise\n");
    return socket.waitForBytesWritten(kAnswerMs);
}

void SingleInstance::listen()
{
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(m_name); // the profile's lock is ours, so a socket that is there is a dead one's
    m_server->listen(m_name);
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server->nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            emit raiseRequested();
        }
    });
}

} // namespace ridealong::window
