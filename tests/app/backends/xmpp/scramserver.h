// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmppdialogue.h"

#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>

namespace ridealong::tests {

inline QByteArray sasl(const QByteArray& name, const QByteArray& data)
{
    return "<" + name + " xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + data.toBase64() + "</" + name + ">";
}

/// The server's side of SCRAM for the password "s3cret".
class ScramServer
{
public:
    ScramServer(XmppDialogue& dialogue, const QByteArray& mechanism)
        : m_xmpp(dialogue),
          m_hash(mechanism.contains("256") ? QCryptographicHash::Sha256 : QCryptographicHash::Sha1)
    {
        const xmpp::Element auth = m_xmpp.server.next();
        QCOMPARE(auth.attribute(u"mechanism").toLatin1(), mechanism);
        m_first = QByteArray::fromBase64(auth.text().toLatin1());
    }
    QByteArray header() const { return m_first.left(m_first.indexOf("n=")); }
    void challenge(const QByteArray& iterations = "4096")
    {
        const QByteArray bare = m_first.mid(m_first.indexOf("n=")), nonce = bare.mid(bare.indexOf(",r=") + 3);
        m_challenge = "r=" + nonce + "server,s=" + QByteArray("salt").toBase64() + ",i=" + iterations;
        m_xmpp.server.say(sasl("challenge", m_challenge));
    }
    /// Reads the client's proof, and is what the server says in return.
    QByteArray proof()
    {
        const QByteArray final = QByteArray::fromBase64(m_xmpp.server.next().text().toLatin1());
        m_bound = QByteArray::fromBase64(final.mid(2, final.indexOf(',') - 2));
        const QByteArray message = m_first.mid(m_first.indexOf("n=")) + ',' + m_challenge + ',' + final.left(final.indexOf(",p="));
        const QByteArray key = QPasswordDigestor::deriveKeyPbkdf2(m_hash, "s3cret", "salt", 4096, quint64(QCryptographicHash::hashLength(m_hash)));
        return "v=" + hmac(hmac(key, "Server Key"), message).toBase64();
    }
    const QByteArray& bound() const { return m_bound; }

private:
    QByteArray hmac(const QByteArray& key, const QByteArray& message) const { return QMessageAuthenticationCode::hash(message, key, m_hash); }

    XmppDialogue& m_xmpp;
    QCryptographicHash::Algorithm m_hash;
    QByteArray m_first;
    QByteArray m_challenge;
    QByteArray m_bound;
};

} // namespace ridealong::tests
