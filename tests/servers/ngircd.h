// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/certificates.h"
#include "servers/testserver.h"

namespace ridealong::tests {

/// ngIRCd: the strict server. No tags, no echo, no SASL, no history; a line of more than 512 bytes ends the connection.
class NgIrcd : public TestServer
{
    Q_OBJECT
public:
    struct Options
    {
        QString name = QStringLiteral("ngircd");
        bool packagedLimits = false; ///< 5 connections an address, about 3 messages a second; else none
        int pingSeconds = 120; ///< silence after which the server sends PING
        ServerCertificate certificate = ServerCertificate::Good;
        QStringList channels; ///< there before anybody joins
    };
    NgIrcd(const Certificates& certificates, Options options);
    explicit NgIrcd(const Certificates& certificates) : NgIrcd(certificates, Options{}) {}

    QString missing() const override;
    quint16 plainPort() const { return m_plain.number(); }
    quint16 tlsPort() const { return m_tls.number(); }

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    const Certificates& m_certificates;
    Options m_options;
    LoopbackPort m_plain;
    LoopbackPort m_tls;
};

} // namespace ridealong::tests
