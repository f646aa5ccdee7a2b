// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "net/framechannel.h"
#include "net/framereader.h"

#include <QLocalServer>
#include <QLocalSocket>

namespace ridealong::net {

/// Frames over a local (unix) socket.
class LocalSocketChannel final : public FrameChannel
{
    Q_OBJECT
public:
    /// Takes over a socket that is connected.
    explicit LocalSocketChannel(QLocalSocket* socket);
    /// Connects; frames sent before it is there wait. Failure comes as closed(Offline).
    explicit LocalSocketChannel(const QString& path);
    ~LocalSocketChannel() override;

    void send(const QByteArray& frame) override;
    qint64 bytesToWrite() const override;
    void close() override;

private:
    void watch();
    void readAll();
    void end(const base::Error& why);

    std::unique_ptr<QLocalSocket> m_socket;
    FrameReader m_reader;
    QByteArray m_early; ///< sent before the connection stood
    bool m_ended = false;
};

/// Listens on a socket that only this user can connect to.
class LocalSocketServer final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// With the temporary folder that Qt puts the socket in until its permissions are set, a unix address must hold it (108).
    static constexpr qsizetype kMaxPathBytes = 90;

    /// Removes what a dead process left at `path`: call it only while holding the lock that says who may listen there.
    /// Errors: Invalid when others own or can write the folder or the path is too long, Storage.
    base::Status listen(const QString& path);
    /// The next client that has connected, or null.
    std::unique_ptr<FrameChannel> next();

signals:
    void clientConnected();

private:
    QLocalServer m_server;
};

} // namespace ridealong::net
