// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/certificates.h"
#include "servers/testserver.h"

#include <QUrl>

namespace ridealong::tests {

enum class PasswordHash {
    Sha1, ///< SCRAM-SHA-1 and PLAIN are offered
    Sha256, ///< SCRAM-SHA-256 and PLAIN
};

struct XmppOptions
{
    QString name; ///< of its log and its folder; empty: the server's own name
    bool resumption = true; ///< stream management, XEP-0198
    bool archive = true; ///< XEP-0313, of people and of rooms
    bool sqlArchive = false; ///< Prosody's in SQLite (lua-dbi-sqlite3), as ejabberd's is here anyway; its own files it reads whole for every page
    int archiveSeconds = 0; ///< how long messages are kept, looked at once a day; 0: for ever. Prosody's only, ejabberd has no such setting.
    bool offlineMessages = false; ///< kept for who is away and sent on arrival; with an archive the same message comes twice
    bool packagedLimits = false; ///< Debian's limits: 10 kB/s at Prosody, 3 kB/s after the first 20 kB at ejabberd; else none
    PasswordHash hash = PasswordHash::Sha1;
    int maxStanzaBytes = 262'144; ///< the default of both; a longer stanza ends the stream
    bool plainUpload = false; ///< files by HTTP without TLS
    ServerCertificate certificate = ServerCertificate::Good;
};

/// How a room is that a test finds there. All rooms outlive their people and restarts, and are listed.
struct XmppRoom
{
    QString title;
    QString owner; ///< a user's name; nobody else may configure it
    QStringList members; ///< users' names
    QString password;
    bool membersOnly = false;
    bool moderated = false;
    bool realAddresses = false; ///< everybody sees who a nick is; else moderators only
    bool archived = true; ///< where the server has an archive at all
};

/// What Prosody and ejabberd have in common: a server for kDomain with rooms and uploads, on 127.0.0.1. Accounts, rooms and sessions are
/// made and ended while it runs.
class XmppServer : public TestServer
{
    Q_OBJECT
public:
    static constexpr const char* kDomain = "chat.test"; ///< what the certificate is for, too
    static constexpr const char* kRooms = "conference.chat.test";
    static constexpr const char* kUploads = "upload.chat.test";
    static constexpr const char* kAdministrator = "admin"; ///< may run the server's own commands, once the account is made

    quint16 startTlsPort() const { return m_startTls.number(); } ///< nobody signs in there before STARTTLS
    quint16 directTlsPort() const { return m_directTls.number(); } ///< XEP-0368
    quint16 httpPort() const { return m_http.number(); }
    quint16 httpsPort() const { return m_https.number(); }
    QString caFile() const { return m_certificates.caFile(); } ///< whom a client is to trust
    virtual QUrl webSocketUrl(bool tls = true) const = 0;
    quint16 uploadPort() const { return m_options.plainUpload ? httpPort() : httpsPort(); }

    virtual bool addUser(const QString& name, const QString& password) = 0;
    virtual bool makeRoom(const QString& name, const XmppRoom& room = {}) = 0;
    virtual bool dropSessions(const QString& user) = 0; ///< closes all their streams with an error of the stream
    virtual bool expireArchives() = 0; ///< forgets every message so far, as time does

protected:
    XmppServer(const Certificates& certificates, XmppOptions options);
    bool isReady() override;
    const XmppOptions& options() const { return m_options; }
    const Certificates& certificates() const { return m_certificates; }
    static QString address(const QString& user) { return user + QLatin1Char('@') + QLatin1String(kDomain); }
    static QString roomAddress(const QString& room) { return room + QLatin1Char('@') + QLatin1String(kRooms); }
    /// What is replaced in both configurations: folder, ports, names.
    QHash<QString, QString> values() const;

private:
    const Certificates& m_certificates;
    XmppOptions m_options;
    LoopbackPort m_startTls;
    LoopbackPort m_directTls;
    LoopbackPort m_http;
    LoopbackPort m_https;
};

} // namespace ridealong::tests
