// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/rawirc.h"

#include "servers/waituntil.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>

namespace ridealong::tests {

RawIrc::RawIrc()
{
    QObject::connect(&m_socket, &QIODevice::readyRead, &m_socket, [this] { read(); });
}

bool RawIrc::connectPlain(quint16 port)
{
    m_tls = false;
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return waitUntil([this] { return isConnected() || m_socket.state() == QAbstractSocket::UnconnectedState; }) && isConnected();
}

bool RawIrc::connectTls(quint16 port, const Tls& tls)
{
    m_tls = true;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(tls.caFile.isEmpty() ? QList<QSslCertificate>() : QSslCertificate::fromPath(tls.caFile));
    if (!tls.clientCertificateFile.isEmpty()) {
        configuration.setLocalCertificateChain(QSslCertificate::fromPath(tls.clientCertificateFile));
        QFile key(tls.clientKeyFile);
        if (key.open(QIODevice::ReadOnly))
            configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    }
    m_socket.setSslConfiguration(configuration);
    m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port, QStringLiteral("localhost"));
    waitUntil([this] { return m_socket.isEncrypted() || m_socket.state() == QAbstractSocket::UnconnectedState; });
    return m_socket.isEncrypted();
}

bool RawIrc::registerAs(const QByteArray& nick)
{
    say("NICK " + nick);
    say("USER " + nick + " 0 * :" + nick);
    return !expect(" 001 ").isEmpty();
}

bool RawIrc::join(const QByteArray& channel)
{
    say("JOIN " + channel);
    return !expect(" 366 ").isEmpty();
}

QByteArray RawIrc::expect(const QByteArray& part, int patienceMs)
{
    QByteArray found;
    const auto look = [this, &part, &found] {
        while (found.isEmpty() && !m_lines.isEmpty()) {
            if (const QByteArray line = m_lines.takeFirst(); line.contains(part))
                found = line;
        }
        return !found.isEmpty() || m_socket.state() == QAbstractSocket::UnconnectedState;
    };
    waitUntil(look, patienceMs);
    return found;
}

QByteArrayList RawIrc::take() { return std::exchange(m_lines, {}); }

QString RawIrc::error() const
{
    QByteArray lines; // QtTest cuts a long text, so: the last ones, and of each its beginning
    for (const QByteArray& line : m_seen.mid(qMax(0, m_seen.size() - 7)))
        lines += '\n' + line.left(120);
    return QStringLiteral("%1; last lines:%2").arg(m_socket.errorString(), QString::fromUtf8(lines));
}

void RawIrc::read()
{
    m_buffer += m_socket.readAll();
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        QByteArray line = m_buffer.left(end);
        m_buffer.remove(0, end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.startsWith("PING "))
            say("PONG" + line.mid(4));
        m_lines += line;
        m_seen += line;
    }
}

} // namespace ridealong::tests
