// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/certificates.h"
#include "servers/testserver.h"

#include <QList>

#include <memory>

namespace ridealong::tests {

/// A channel that is there before anybody joins, and stays (+P).
struct PermanentChannel
{
    QString name;
    QString topic;
    int historyLines = 0; ///< what is replayed to who joins (InspIRCd's +H); 0: nothing
};

/// Atheme, the services behind InspIRCd: NickServ and SASL. Made and held by InspIrcd.
class Atheme : public TestServer
{
    Q_OBJECT
public:
    Atheme(QString name, quint16 serversPort);
    QString missing() const override;

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    quint16 m_serversPort;
    qsizetype m_logBefore = 0; ///< what earlier runs printed
};

/// InspIRCd 3 or 4, whichever is installed: plain, TLS and WebSocket. Registration of a connection takes a second there (its 001 waits
/// for a timer).
class InspIrcd : public TestServer
{
    Q_OBJECT
public:
    struct Options
    {
        QString name = QStringLiteral("inspircd"); ///< of its log and its folder
        bool withAtheme = false; ///< accounts: SASL PLAIN and EXTERNAL
        bool packagedLimits = false; ///< the flood limits of Debian's example (10 commands, then one a second); else next to none
        int pingSeconds = 120; ///< silence after which the server sends PING, and again that long until it closes
        bool sts = false; ///< announces sts, so that a plain connection is to be repeated over TLS
        ServerCertificate certificate = ServerCertificate::Good;
        QList<PermanentChannel> channels;
    };
    explicit InspIrcd(const Certificates& certificates, Options options);
    explicit InspIrcd(const Certificates& certificates) : InspIrcd(certificates, Options{}) {}

    QString missing() const override; ///< with Atheme also when that cannot link to this version
    bool start() override; ///< with Atheme: until that is linked
    void stop() override;

    static int installedVersion(); ///< the first number of it; 0: none is installed
    quint16 plainPort() const { return m_plain.number(); }
    quint16 tlsPort() const { return m_tls.number(); }
    quint16 webSocketPort() const { return m_webSocket.number(); } ///< wants an Origin header
    Atheme& services() { return *m_services; } ///< only withAtheme

    /// Makes an account at NickServ, which takes some seconds; with the certificate of which this is the fingerprint when there is one.
    bool registerAccount(const QByteArray& name, const QByteArray& password, const QByteArray& fingerprint = {});

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    QString connectClass() const;
    QString more() const;

    const Certificates& m_certificates;
    Options m_options;
    LoopbackPort m_plain;
    LoopbackPort m_tls;
    LoopbackPort m_webSocket;
    LoopbackPort m_servers;
    std::unique_ptr<Atheme> m_services;
};

} // namespace ridealong::tests
