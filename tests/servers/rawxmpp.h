// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QSslSocket>
#include <QString>

namespace ridealong::tests {

/// A dialogue with an XMPP server, stanza by stanza, with nothing in between: `server.say("<presence/>"); server.expect("<presence")`.
/// What it sends is what was written, and what it gets is looked at as text. Not a client, and nothing of the product's.
class RawXmpp
{
public:
    RawXmpp();

    /// To 127.0.0.1 and through STARTTLS, where the certificate must be the domain's and signed by the authority of the file.
    bool connectStartTls(quint16 port, const QString& caFile);
    bool connectDirectTls(quint16 port, const QString& caFile);
    bool connectPlain(quint16 port); ///< a stream without TLS, for what may be asked there
    bool login(const QByteArray& user, const QByteArray& password); ///< SASL PLAIN
    bool bind(const QByteArray& resource);
    /// All of it.
    bool signIn(quint16 port, const QString& caFile, const QByteArray& user, const QByteArray& password, const QByteArray& resource = "raw");
    bool join(const QByteArray& room, const QByteArray& nick, const QByteArray& password = {}); ///< until the room has sent its subject
    void disconnect() { m_socket.abort(); }
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }

    void say(const QByteArray& xml) { m_socket.write(xml); }
    void sayInRoom(const QByteArray& room, const QByteArray& body, const QByteArray& id);
    /// The next element below the stream that contains `part`; those before it are passed over. Empty: none came.
    QByteArray expect(const QByteArray& part, int patienceMs = 20'000);
    /// The elements that came and were not looked at yet.
    QByteArrayList take() { return std::exchange(m_elements, {}); }
    QByteArray features() const { return m_features; } ///< of the stream as it is now
    QByteArray address() const { return m_address; } ///< ours, once bound
    QSslSocket& socket() { return m_socket; }
    QString error() const; ///< the socket's, and the last elements that came

private:
    bool openStream();
    void trust(const QString& caFile);
    void read();
    void takeElements();

    QSslSocket m_socket;
    QByteArray m_buffer; ///< from the beginning of an element that is not at its end
    qsizetype m_looked = 0; ///< how much of it
    int m_depth = 0; ///< 1: in the stream, between two elements
    QByteArrayList m_elements;
    QByteArrayList m_seen; ///< for error()
    QByteArray m_features;
    QByteArray m_address;
};

} // namespace ridealong::tests
