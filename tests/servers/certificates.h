// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

namespace ridealong::tests {

/// Which certificate a server shows.
enum class ServerCertificate {
    Good, ///< for localhost, chat.test and 127.0.0.1, signed by the authority of caFile()
    SelfSigned, ///< for the same names, signed by itself
    Expired, ///< signed by the authority, past its end
    WrongHost, ///< signed by the authority, for elsewhere.test
};

/// Certificates made by openssl for this test, in a temporary folder that every user may read.
class Certificates
{
public:
    Certificates();

    bool areMade() const { return m_error.isEmpty(); }
    QString error() const { return m_error; }

    QString caFile() const { return path("ca.crt"); }
    QString certificateFile(ServerCertificate which) const;
    QString keyFile(ServerCertificate which) const;

    QString clientCertificateFile() const { return path("client.crt"); } ///< signed by the authority
    QString clientKeyFile() const { return path("client.key"); }
    QByteArray clientFingerprint() const; ///< SHA-256 in lower-case hexadecimal digits, as NickServ wants it

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
    QString m_error;
};

} // namespace ridealong::tests
