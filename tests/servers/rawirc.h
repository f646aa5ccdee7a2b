// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QSslSocket>
#include <QString>

#include <memory>

namespace ridealong::tests {

/// A dialogue with an IRC server, line by line, with nothing in between: `server.say("JOIN #ops"); server.expect(" 366 ")`. It answers
/// PING by itself. Not a client: for what a test wants to know from, or tell to, the server itself.
class RawIrc
{
public:
    RawIrc();

    /// Certificates of a TLS connection; an empty file is none.
    struct Tls
    {
        QString caFile;
        QString clientCertificateFile;
        QString clientKeyFile;
    };
    bool connectPlain(quint16 port);
    bool connectTls(quint16 port, const Tls& tls);
    /// NICK and USER, until the server's 001.
    bool registerAs(const QByteArray& nick);
    bool join(const QByteArray& channel);
    void disconnect() { m_socket.abort(); }
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }

    void say(const QByteArray& line) { m_socket.write(line + "\r\n"); }
    void sayRaw(const QByteArray& bytes) { m_socket.write(bytes); } ///< no line end is added
    /// The next line that contains `part`, without its end; those before it are passed over. Empty: none came.
    QByteArray expect(const QByteArray& part, int patienceMs = 20'000);
    /// The lines that came and were not looked at yet.
    QByteArrayList take();
    QSslSocket& socket() { return m_socket; }
    QString error() const; ///< the socket's, and the last lines that came

private:
    void read();

    QSslSocket m_socket;
    QByteArray m_buffer;
    QByteArrayList m_lines;
    QByteArrayList m_seen; ///< for error()
    bool m_tls = false;
};

} // namespace ridealong::tests
