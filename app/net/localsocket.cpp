// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/localsocket.h"

#include "net/privatefolder.h"

#include <QFileInfo>
#include <QPointer>

namespace ridealong::net {

using namespace Qt::StringLiterals;

constexpr qint64 kReadAtOnce = 256 << 10; // of one client before others have their turn

LocalSocketChannel::LocalSocketChannel(QLocalSocket* socket) : m_socket(socket)
{
    m_socket->setParent(nullptr);
    watch();
    // What came before we listened to it raises no signal any more.
    QMetaObject::invokeMethod(
        this,
        [this] {
            readAll();
            if (!m_ended && m_socket->state() != QLocalSocket::ConnectedState)
                end({base::ErrorKind::Offline, u"the other side closed the connection"_s, 0});
        },
        Qt::QueuedConnection);
}

LocalSocketChannel::LocalSocketChannel(const QString& path) : m_socket(std::make_unique<QLocalSocket>())
{
    watch();
    // Later, so that whoever made this channel hears of a failure at once.
    QMetaObject::invokeMethod(
        this,
        [this, path] {
            if (!m_ended)
                m_socket->connectToServer(path);
        },
        Qt::QueuedConnection);
}

LocalSocketChannel::~LocalSocketChannel() { close(); }

void LocalSocketChannel::watch()
{
    m_socket->setReadBufferSize(kReadAtOnce);
    connect(m_socket.get(), &QLocalSocket::connected, this, [this] {
        m_socket->write(m_early);
        m_early.clear();
    });
    connect(m_socket.get(), &QLocalSocket::readyRead, this, &LocalSocketChannel::readAll);
    connect(m_socket.get(), &QLocalSocket::bytesWritten, this, &FrameChannel::written);
    connect(m_socket.get(), &QLocalSocket::disconnected, this, [this] {
        const QPointer alive(this);
        readAll();
        if (alive)
            end({base::ErrorKind::Offline, u"the other side closed the connection"_s, 0});
    });
    connect(m_socket.get(), &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError error) {
        if (error != QLocalSocket::PeerClosedError) // told by disconnected, after the last bytes were read
            end({base::ErrorKind::Offline, m_socket->errorString(), 0});
    });
}

void LocalSocketChannel::readAll()
{
    if (m_ended)
        return;
    const QPointer alive(this);
    while (m_socket->bytesAvailable() > 0) {
        const auto frames = m_reader.feed(m_socket->read(kReadAtOnce));
        if (!frames) {
            end(frames.error());
            return;
        }
        for (const auto& frame : *frames) {
            emit received(frame);
            if (!alive || m_ended)
                return;
        }
    }
}

void LocalSocketChannel::send(const QByteArray& frame)
{
    if (m_ended)
        return;
    if (frame.isEmpty() || frame.size() > kMaxFrameBytes) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                end({base::ErrorKind::Invalid, u"a frame of a size that cannot be sent"_s, 0});
            },
            Qt::QueuedConnection);
        return;
    }
    if (m_socket->state() == QLocalSocket::ConnectedState)
        m_socket->write(FrameReader::wrap(frame));
    else
        m_early += FrameReader::wrap(frame);
}

qint64 LocalSocketChannel::bytesToWrite() const { return m_socket->bytesToWrite() + m_early.size(); }

void LocalSocketChannel::close()
{
    m_ended = true;
    m_socket->disconnect(this);
    // What the kernel takes without waiting still arrives; a peer that reads nothing does not keep us.
    m_socket->flush();
    m_socket->abort();
}

void LocalSocketChannel::end(const base::Error& why)
{
    if (m_ended)
        return;
    close();
    emit closed(why);
}

base::Status LocalSocketServer::listen(const QString& path)
{
    if (path.toLocal8Bit().size() > kMaxPathBytes)
        return base::Error{base::ErrorKind::Invalid, u"%1: longer than the address of a socket may be"_s.arg(path), 0};
    if (auto safe = requireOwnFolder(QFileInfo(path).path()); !safe)
        return safe;
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(path);
    if (!m_server.listen(path))
        return base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(path, m_server.errorString()), 0};
    connect(&m_server, &QLocalServer::newConnection, this, &LocalSocketServer::clientConnected);
    return base::Done{};
}

std::unique_ptr<FrameChannel> LocalSocketServer::next()
{
    auto* socket = m_server.nextPendingConnection();
    if (!socket)
        return nullptr;
    return std::make_unique<LocalSocketChannel>(socket);
}

} // namespace ridealong::net
