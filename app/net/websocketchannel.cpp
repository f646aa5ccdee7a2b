// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/websocketchannel.h"

#include "net/dialer.h"
#include "net/openchannel.h"
#include "net/socketoptions.h"
#include "net/tlspolicy.h"

#include <QCoreApplication>
#include <QNetworkRequest>
#include <QPointer>
#include <QSslSocket>
#include <QWebSocketHandshakeOptions>

namespace ridealong::net {

using namespace Qt::StringLiterals;

constexpr qsizetype kLinesInMessage = 64 << 10; // beside the longest line, of a message that holds several
constexpr qint64 kHeadBytes = 1 << 10; // of a frame, and of the handshake's first part
constexpr std::chrono::seconds kPing{30}; // proxies close what is silent for 60
constexpr std::chrono::seconds kLinger{5};

/// InspIRCd answers 400 to a handshake without it; browsers send the page's, and our page is the server itself.
static QString originOf(const QUrl& url)
{
    QUrl origin;
    origin.setScheme(url.scheme() == "wss"_L1 ? u"https"_s : u"http"_s);
    origin.setHost(url.host());
    origin.setPort(url.port());
    return origin.toString(QUrl::FullyEncoded);
}

WebSocketChannel::WebSocketChannel(const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options)
    : m_endpoint(endpoint),
      m_tls(tls),
      m_options(options),
      m_clock(clock),
      m_reader(options.maxFrameBytes)
{
    QMetaObject::invokeMethod(this, &WebSocketChannel::start, Qt::QueuedConnection);
}

WebSocketChannel::~WebSocketChannel() { close(); }

void WebSocketChannel::start()
{
    if (m_ended)
        return;
    const auto& url = m_endpoint.webSocket;
    const bool secure = url.scheme() == "wss"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!secure && url.scheme() != "ws"_L1)) {
        end({base::ErrorKind::Invalid, u"not the address of a WebSocket"_s, 0});
        return;
    }
    m_timer = std::make_unique<QObject>();
    m_clock.after(kConnectTimeout, m_timer.get(), [this] {
        end({base::ErrorKind::Timeout, u"%1: no WebSocket within %2 s"_s.arg(m_endpoint.webSocket.host()).arg(kConnectTimeout.count()), 0});
    });
    m_options.proxy.forServer(url.host(), quint16(url.port(secure ? 443 : 80))).then(this, [this](const base::Expected<QNetworkProxy>& proxy) {
        if (m_ended)
            return;
        if (proxy)
            connectTo(*proxy);
        else
            end(proxy.error());
    });
}

void WebSocketChannel::connectTo(const QNetworkProxy& proxy)
{
    m_socket = std::make_unique<QWebSocket>(originOf(m_endpoint.webSocket));
    auto* socket = m_socket.get();
    if (m_endpoint.webSocket.scheme() == "wss"_L1) {
        const auto configuration = tlsConfiguration(m_tls);
        if (!configuration) {
            end(configuration.error());
            return;
        }
        socket->setSslConfiguration(*configuration);
    }
    const qsizetype largest = m_options.maxFrameBytes + (m_options.splitMessages ? kLinesInMessage : 0);
    socket->setMaxAllowedIncomingFrameSize(quint64(largest));
    socket->setMaxAllowedIncomingMessageSize(quint64(largest));
    socket->setReadBufferSize(largest + kHeadBytes); // Qt waits for a whole frame in it
    socket->setProxy(proxy);

    connect(socket, &QWebSocket::connected, this, &WebSocketChannel::becomeOpen);
    connect(socket, &QWebSocket::sslErrors, this, &WebSocketChannel::checkCertificate);
    connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString& message) { take(message.toUtf8()); });
    connect(socket, &QWebSocket::binaryMessageReceived, this, &WebSocketChannel::take);
    connect(socket, &QWebSocket::bytesWritten, this, &FrameChannel::written);
    connect(socket, &QWebSocket::pong, this, [this] { m_heard = true; });
    connect(socket, &QWebSocket::disconnected, this, &WebSocketChannel::disconnected);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(socket, &QWebSocket::errorOccurred, this, &WebSocketChannel::fail);
#else
    connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, &WebSocketChannel::fail);
#endif
    QWebSocketHandshakeOptions handshake;
    handshake.setSubprotocols(m_endpoint.subprotocols);
    socket->open(QNetworkRequest(m_endpoint.webSocket), handshake);
}

/// QWebSocket tells neither the certificate of a connection that stands nor what its TCP socket said; that socket is its child.
QTcpSocket* WebSocketChannel::inner() const { return m_socket ? m_socket->findChild<QTcpSocket*>(QString(), Qt::FindDirectChildrenOnly) : nullptr; }

void WebSocketChannel::checkCertificate(const QList<QSslError>& errors)
{
    const auto* socket = qobject_cast<QSslSocket*>(inner());
    const auto certificate = socket ? socket->peerCertificate() : errors.value(0).certificate();
    if (isExcepted(m_tls, certificate)) {
        m_byException = true;
        m_socket->ignoreSslErrors();
        return;
    }
    m_problem = describeProblem(m_endpoint.webSocket.host(), certificate, errors, m_tls);
}

void WebSocketChannel::becomeOpen()
{
    ConnectionInfo info;
    if (auto* socket = inner()) {
        setSocketOptions(*socket);
        if (const auto* tls = qobject_cast<QSslSocket*>(socket); tls && tls->isEncrypted())
            info = describeConnection(tls->sslConfiguration(), m_byException);
    }
    m_open = true;
    m_binary = m_socket->subprotocol().startsWith("binary."_L1);
    m_heard = true;
    schedulePing();
    for (const auto& frame : std::exchange(m_early, {}))
        write(frame);
    m_earlyBytes = 0;
    emit opened(info);
}

/// A server or a proxy that vanished is noticed after two intervals at most.
void WebSocketChannel::schedulePing()
{
    m_timer = std::make_unique<QObject>();
    m_clock.after(kPing, m_timer.get(), [this] {
        if (!std::exchange(m_heard, false)) {
            end({base::ErrorKind::Timeout, u"no answer to a ping within %1 s"_s.arg(kPing.count()), 0});
            return;
        }
        m_socket->ping();
        schedulePing();
    });
}

void WebSocketChannel::fail(QAbstractSocket::SocketError error)
{
    if (m_problem) {
        end({base::ErrorKind::Untrusted, u"%1: certificate: %2"_s.arg(m_problem->host, m_problem->reasons.join(u", "_s)), 0});
        return;
    }
    if (error == QAbstractSocket::RemoteHostClosedError && m_open)
        return; // told by disconnected
    const auto* socket = inner();
    const bool ofTcp = socket && socket->error() == error;
    const auto why = ofTcp ? describeError(error, m_socket->errorString())
                           : base::Error{base::ErrorKind::Protocol, u"WebSocket: %1"_s.arg(m_socket->errorString()), 0};
    end({why.kind, u"%1: %2"_s.arg(m_endpoint.webSocket.host(), why.detail), 0});
}

void WebSocketChannel::disconnected()
{
    if (!m_open) {
        // What went wrong comes as an error right after this, or never.
        QMetaObject::invokeMethod(
            this,
            [this] {
                end({base::ErrorKind::Offline, u"the other side closed the connection during the handshake"_s, 0});
            },
            Qt::QueuedConnection);
        return;
    }
    using Code = QWebSocketProtocol::CloseCode;
    const auto code = m_socket->closeCode();
    const auto detail = u"closed with code %1 %2"_s.arg(int(code)).arg(m_socket->closeReason());
    switch (code) {
    case Code::CloseCodeProtocolError:
    case Code::CloseCodeDatatypeNotSupported:
    case Code::CloseCodeWrongDatatype:
    case Code::CloseCodeTooMuchData: end({base::ErrorKind::Protocol, detail, 0}); break;
    case Code::CloseCodePolicyViolated: end({base::ErrorKind::Denied, detail, 0}); break;
    default: end({base::ErrorKind::Offline, detail, 0});
    }
}

void WebSocketChannel::take(const QByteArray& message)
{
    m_heard = true;
    if (m_ended || message.isEmpty())
        return;
    if (!m_options.splitMessages) {
        if (message.size() > m_options.maxFrameBytes)
            end({base::ErrorKind::Protocol, u"a message of more than %1 bytes"_s.arg(m_options.maxFrameBytes), 0});
        else
            emit received(message);
        return;
    }
    m_reader.append(message.endsWith('\n') ? message : message + '\n');
    const QPointer alive(this);
    while (alive && !m_ended) {
        const auto line = m_reader.next();
        if (!line)
            end(line.error());
        else if (*line)
            emit received(**line);
        if (!line || !*line)
            return;
    }
}

void WebSocketChannel::send(const QByteArray& frame)
{
    if (m_ended)
        return;
    const bool isLine = !frame.contains('\n') && !frame.contains('\r');
    if (frame.isEmpty() || frame.size() > kMaxFrameBytes || frame.contains('\0') || (m_options.splitMessages && !isLine)) {
        endLater({base::ErrorKind::Invalid, u"a frame that cannot be sent as one"_s, 0});
        return;
    }
    if (m_open) {
        write(frame);
        return;
    }
    m_early.append(frame);
    m_earlyBytes += frame.size();
}

void WebSocketChannel::write(const QByteArray& frame)
{
    if (m_binary)
        m_socket->sendBinaryMessage(frame);
    else
        m_socket->sendTextMessage(QString::fromUtf8(frame));
}

qint64 WebSocketChannel::bytesToWrite() const { return m_earlyBytes + (m_socket && !m_ended ? m_socket->bytesToWrite() : 0); }

void WebSocketChannel::startTls() { endLater({base::ErrorKind::Unsupported, u"TLS cannot begin inside a WebSocket"_s, 0}); }

void WebSocketChannel::close()
{
    m_silent = true;
    hangUp();
}

void WebSocketChannel::hangUp()
{
    if (std::exchange(m_ended, true))
        return;
    m_timer.reset();
    m_early.clear();
    m_earlyBytes = 0;
    if (!m_socket)
        return;
    auto* socket = m_socket.release(); // it may be what calls us
    socket->disconnect(this);
    socket->setParent(QCoreApplication::instance()); // which deletes it when no event loop does any more
    if (!m_open || socket->state() != QAbstractSocket::ConnectedState) {
        socket->deleteLater();
        return;
    }
    connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    m_clock.after(kLinger, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
    socket->close();
}

/// For the caller of one of our functions, who does not expect to be destroyed in it.
void WebSocketChannel::endLater(const base::Error& why)
{
    if (m_ended)
        return;
    hangUp();
    QMetaObject::invokeMethod(
        this,
        [this, why] {
            if (!m_silent)
                emit closed(why);
        },
        Qt::QueuedConnection);
}

void WebSocketChannel::end(const base::Error& why)
{
    if (m_ended)
        return;
    hangUp();
    emit closed(why);
}

std::unique_ptr<RemoteChannel> openWebSocketChannel(
    const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options)
{
    return std::make_unique<WebSocketChannel>(endpoint, tls, clock, options);
}

} // namespace ridealong::net
