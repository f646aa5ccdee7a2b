// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/streamsocket.h"

#include "net/socketoptions.h"
#include "net/tlspolicy.h"

#include <QCoreApplication>

namespace ridealong::net {

using namespace Qt::StringLiterals;

constexpr std::chrono::seconds kFarewell{1}; // for the other side to close by itself after our last words
constexpr std::chrono::seconds kLinger{5}; // for the last words to leave
constexpr qint64 kReadBufferBytes = 8 * StreamSocket::kChunkBytes; // then the kernel's fills, and the server waits

/// What calls us, directly or not, may be one of these: it is never deleted at once. The application deletes what no event loop does any more.
static void deleteSoon(QObject* object)
{
    object->setParent(QCoreApplication::instance());
    object->deleteLater();
}

/// Sends what was written, then waits until the other side closes: a socket closed with something unread (in the kernel, where Qt does not see
/// it) resets, and the other side loses our last words. In plain text it is told that we are done; Qt cannot tell it by TLS without closing.
static void linger(QSslSocket* socket, base::Clock& clock)
{
    socket->setParent(QCoreApplication::instance());
    const auto leave = [socket] {
        socket->readAll();
        if (socket->bytesToWrite() == 0 && socket->encryptedBytesToWrite() == 0 && !socket->isEncrypted())
            finishWriting(*socket);
    };
    QObject::connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    QObject::connect(socket, &QSslSocket::readyRead, socket, [socket] { socket->readAll(); });
    QObject::connect(socket, &QSslSocket::bytesWritten, socket, leave);
    clock.after(kFarewell, socket, [socket] { socket->disconnectFromHost(); });
    clock.after(kLinger, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
    leave();
    if (socket->state() == QAbstractSocket::UnconnectedState)
        socket->deleteLater();
}

StreamSocket::StreamSocket(Endpoint endpoint, TlsSettings tls, ProxySettings proxy, base::Clock& clock)
    : m_endpoint(std::move(endpoint)),
      m_tls(std::move(tls)),
      m_proxy(std::move(proxy)),
      m_clock(clock)
{
    // Later, so that whoever made this hears of a failure at once.
    QMetaObject::invokeMethod(this, &StreamSocket::start, Qt::QueuedConnection);
}

StreamSocket::~StreamSocket() { close(); }

void StreamSocket::start()
{
    if (m_phase == Phase::Ended)
        return;
    if (m_endpoint.host.isEmpty() || m_endpoint.port == 0) {
        end({base::ErrorKind::Invalid, u"no host or no port"_s, 0});
        return;
    }
    if (m_endpoint.security != Endpoint::Security::Plain) {
        auto configuration = tlsConfiguration(m_tls);
        if (!configuration) {
            end(configuration.error());
            return;
        }
        m_configuration = *configuration;
    }
    startTimeout();
    m_dialer = std::make_unique<Dialer>(m_endpoint.host, m_endpoint.port, m_clock);
    connect(m_dialer.get(), &Dialer::connected, this, &StreamSocket::takeSocket);
    connect(m_dialer.get(), &Dialer::failed, this, &StreamSocket::end);
    m_dialer->dial(m_proxy);
}

void StreamSocket::startTimeout()
{
    m_timeout = std::make_unique<QObject>();
    m_clock.after(kConnectTimeout, m_timeout.get(), [this] {
        const auto what = m_phase == Phase::Securing ? u"TLS did not come to stand"_s : u"no connection"_s;
        end({base::ErrorKind::Timeout,
            u"%1 port %2: %3 within %4 s"_s.arg(m_endpoint.host).arg(m_endpoint.port).arg(what).arg(kConnectTimeout.count()), 0});
    });
}

void StreamSocket::takeSocket()
{
    m_socket = m_dialer->take();
    deleteSoon(m_dialer.release());
    auto* socket = m_socket.get();
    socket->setReadBufferSize(kReadBufferBytes);
    setSocketOptions(*socket);
    connect(socket, &QSslSocket::readyRead, this, [this, socket] {
        acknowledgeNow(*socket);
        if (!m_pumpQueued)
            pump();
    });
    connect(socket, &QSslSocket::bytesWritten, this, &StreamSocket::written);
    connect(socket, &QSslSocket::encryptedBytesWritten, this, &StreamSocket::written);
    connect(socket, &QSslSocket::errorOccurred, this, &StreamSocket::fail);
    connect(socket, &QSslSocket::disconnected, this, [this] { fail(QAbstractSocket::RemoteHostClosedError); });
    connect(socket, &QSslSocket::sslErrors, this, &StreamSocket::checkCertificate);
    connect(socket, &QSslSocket::encrypted, this, &StreamSocket::becomeOpen);
    if (m_endpoint.security == Endpoint::Security::Tls)
        secure();
    else
        becomeOpen();
}

void StreamSocket::secure()
{
    m_phase = Phase::Securing;
    m_socket->setSslConfiguration(m_configuration);
    m_socket->setPeerVerifyName(certificateName()); // the socket knows an address only; this is SNI as well
    m_socket->startClientEncryption();
}

void StreamSocket::becomeOpen()
{
    m_timeout.reset();
    m_phase = Phase::Open;
    const auto info = m_socket->isEncrypted() ? describeConnection(m_socket->sslConfiguration(), m_byException) : ConnectionInfo{};
    if (!m_early.isEmpty())
        m_socket->write(std::exchange(m_early, {}));
    pumpLater(); // what came with the last bytes of the handshake raises no signal
    if (std::exchange(m_opened, true))
        emit secured(info);
    else
        emit opened(info);
}

void StreamSocket::checkCertificate(const QList<QSslError>& errors)
{
    const auto certificate = m_socket->peerCertificate();
    if (isExcepted(m_tls, certificate)) {
        m_byException = true;
        m_socket->ignoreSslErrors();
        return;
    }
    m_problem = describeProblem(certificateName(), certificate, errors, m_tls); // Qt ends the handshake, which fail() hears
}

void StreamSocket::fail(QAbstractSocket::SocketError error)
{
    if (m_phase == Phase::Ended || m_end)
        return;
    if (m_problem) {
        end({base::ErrorKind::Untrusted, u"%1: certificate: %2"_s.arg(certificateName(), m_problem->reasons.join(u", "_s)), 0});
        return;
    }
    auto why = describeError(error, m_socket->errorString());
    if (m_phase == Phase::Securing && error == QAbstractSocket::RemoteHostClosedError)
        why.detail = u"the other side closed the connection instead of beginning TLS"_s;
    m_end = why;
    m_timeout.reset();
    m_early.clear();
    pumpLater();
}

void StreamSocket::pumpLater()
{
    if (!std::exchange(m_pumpQueued, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_pumpQueued = false;
                pump();
            },
            Qt::QueuedConnection);
}

void StreamSocket::pump()
{
    if (!m_reading || m_phase == Phase::Ended)
        return;
    if (m_phase == Phase::Open && m_socket->bytesAvailable() > 0) {
        const auto bytes = m_socket->read(kChunkBytes);
        if (!bytes.isEmpty()) {
            if (m_end || m_socket->bytesAvailable() > 0)
                pumpLater();
            emit received(bytes); // may destroy this
            return;
        }
        // Qt gives out nothing of a connection in plain text that was reset, though it says that some is there: the end, then.
    }
    if (m_end)
        end(*m_end);
}

void StreamSocket::write(const QByteArray& bytes)
{
    if (m_phase == Phase::Ended || m_end)
        return;
    if (m_phase == Phase::Open)
        m_socket->write(bytes);
    else
        m_early += bytes;
}

qint64 StreamSocket::bytesToWrite() const
{
    const auto inSocket = m_socket ? m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite() : 0;
    return inSocket + m_early.size();
}

void StreamSocket::startTls()
{
    if (m_phase != Phase::Open || m_end || m_socket->isEncrypted())
        return;
    if (m_socket->bytesAvailable() > 0) {
        m_end = base::Error{base::ErrorKind::Protocol, u"bytes in plain text after the agreement on TLS"_s, 0};
        m_socket->readAll();
        pumpLater();
        return;
    }
    startTimeout();
    secure();
}

void StreamSocket::setReading(bool reading)
{
    if (std::exchange(m_reading, reading) != reading && reading)
        pumpLater();
}

void StreamSocket::letGo()
{
    const bool wasOpen = m_phase == Phase::Open;
    m_phase = Phase::Ended;
    m_timeout.reset();
    m_early.clear();
    if (m_dialer) {
        m_dialer->disconnect(this);
        deleteSoon(m_dialer.release());
    }
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    if (wasOpen)
        linger(m_socket.release(), m_clock);
    else
        deleteSoon(m_socket.release());
}

void StreamSocket::close()
{
    if (m_phase != Phase::Ended)
        letGo();
}

void StreamSocket::end(const base::Error& why)
{
    if (m_phase == Phase::Ended)
        return;
    letGo();
    emit closed(why);
}

} // namespace ridealong::net
