// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/dialer.h"

#include <QCoreApplication>
#include <QHostInfo>

namespace ridealong::net {

using namespace Qt::StringLiterals;

base::Error describeError(QAbstractSocket::SocketError error, const QString& qtText)
{
    using base::ErrorKind;
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: return {ErrorKind::Offline, u"connection refused"_s, 0};
    case QAbstractSocket::RemoteHostClosedError: return {ErrorKind::Offline, u"the other side closed the connection"_s, 0};
    case QAbstractSocket::HostNotFoundError: return {ErrorKind::Offline, u"host not found"_s, 0};
    case QAbstractSocket::SocketTimeoutError: return {ErrorKind::Timeout, u"connection timed out"_s, 0};
    case QAbstractSocket::NetworkError: return {ErrorKind::Offline, u"network: %1"_s.arg(qtText), 0};
    case QAbstractSocket::ProxyAuthenticationRequiredError: return {ErrorKind::Auth, u"proxy: it does not accept the name and password"_s, 0};
    case QAbstractSocket::ProxyConnectionRefusedError: return {ErrorKind::Offline, u"proxy: connection refused"_s, 0};
    case QAbstractSocket::ProxyConnectionClosedError: return {ErrorKind::Offline, u"proxy: it closed the connection"_s, 0};
    case QAbstractSocket::ProxyConnectionTimeoutError: return {ErrorKind::Timeout, u"proxy: connection timed out"_s, 0};
    case QAbstractSocket::ProxyNotFoundError: return {ErrorKind::Offline, u"proxy: host not found"_s, 0};
    case QAbstractSocket::ProxyProtocolError: return {ErrorKind::Protocol, u"proxy: %1"_s.arg(qtText), 0};
    // An alert says which check of the other side failed; one about a certificate means ours, missing or not liked.
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
        return {
            qtText.contains("alert"_L1) && qtText.contains("certificate"_L1) ? ErrorKind::Denied : ErrorKind::Protocol, u"TLS: %1"_s.arg(qtText), 0};
    default: return {ErrorKind::Offline, u"socket error %1: %2"_s.arg(int(error)).arg(qtText), 0};
    }
}

void Dialer::Later::operator()(QSslSocket* socket) const
{
    socket->setParent(QCoreApplication::instance()); // which deletes it when no event loop does any more
    socket->deleteLater();
}

Dialer::Dialer(QString host, quint16 port, base::Clock& clock) : m_host(std::move(host)), m_port(port), m_clock(clock) {}

Dialer::~Dialer()
{
    for (const auto& attempt : m_attempts)
        attempt->disconnect(this);
}

void Dialer::dial(const ProxySettings& settings)
{
    settings.forServer(m_host, m_port).then(this, [this](const base::Expected<QNetworkProxy>& proxy) {
        if (!proxy)
            emit failed(proxy.error());
        else if (proxy->type() == QNetworkProxy::NoProxy)
            lookUp();
        else
            attempt(m_host, *proxy);
    });
}

void Dialer::lookUp()
{
    if (const QHostAddress literal(m_host); !literal.isNull()) {
        dial(QList{literal});
        return;
    }
    QHostInfo::lookupHost(m_host, this, [this](const QHostInfo& info) {
        if (info.error() == QHostInfo::NoError && !info.addresses().isEmpty())
            dial(info.addresses());
        else
            emit failed({base::ErrorKind::Offline, u"%1: host not found"_s.arg(m_host), 0});
    });
}

void Dialer::dial(const QList<QHostAddress>& addresses)
{
    // The resolver has sorted them by RFC 6724; the family of the first keeps the lead.
    std::deque<QHostAddress> first;
    std::deque<QHostAddress> second;
    for (const auto& address : addresses)
        (address.protocol() == addresses.front().protocol() ? first : second).push_back(address);
    while ((!first.empty() || !second.empty()) && m_addresses.size() < size_t(kMaxAddresses)) {
        for (auto* family : {&first, &second}) {
            if (family->empty())
                continue;
            m_addresses.push_back(family->front());
            family->pop_front();
        }
    }
    tryNext();
}

void Dialer::tryNext()
{
    if (m_addresses.empty())
        return;
    const auto address = m_addresses.front();
    m_addresses.pop_front();
    m_pace.reset();
    if (!m_addresses.empty()) {
        m_pace = std::make_unique<QObject>();
        m_clock.after(kNextAttempt, m_pace.get(), [this] { tryNext(); });
    }
    attempt(address.toString(), QNetworkProxy(QNetworkProxy::NoProxy));
}

void Dialer::attempt(const QString& host, const QNetworkProxy& proxy)
{
    auto* socket = new QSslSocket;
    m_attempts.emplace_back(socket);
    socket->setProxy(proxy);
    connect(socket, &QSslSocket::connected, this, [this, socket] { succeed(socket); });
    connect(socket, &QSslSocket::errorOccurred, this, [this, socket](QAbstractSocket::SocketError error) {
        auto why = describeError(error, socket->errorString());
        why.detail = u"%1 port %2: %3"_s.arg(m_host).arg(m_port).arg(why.detail);
        drop(socket, why);
    });
    socket->connectToHost(host, m_port);
}

void Dialer::succeed(QSslSocket* socket)
{
    for (auto& attempt : m_attempts) {
        attempt->disconnect(this);
        if (attempt.get() == socket)
            m_connected.reset(attempt.release());
    }
    std::erase_if(m_attempts, [](const Attempt& attempt) { return !attempt; });
    m_attempts.clear();
    m_addresses.clear();
    m_pace.reset();
    emit connected();
}

void Dialer::drop(QSslSocket* socket, const base::Error& why)
{
    socket->disconnect(this);
    std::erase_if(m_attempts, [socket](const Attempt& attempt) { return attempt.get() == socket; });
    if (!m_firstError)
        m_firstError = why;
    if (!m_addresses.empty())
        tryNext();
    else if (m_attempts.empty())
        emit failed(*m_firstError);
}

} // namespace ridealong::net
