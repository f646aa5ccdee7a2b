// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/ngircd.h"

namespace ridealong::tests {

NgIrcd::NgIrcd(const Certificates& certificates, Options options)
    : TestServer(options.name),
      m_certificates(certificates),
      m_options(std::move(options))
{}

QString NgIrcd::missing() const { return findProgram(QStringLiteral("ngircd")).isEmpty() ? notInstalled(QStringLiteral("ngircd")) : QString(); }

bool NgIrcd::prepare()
{
    if (!m_certificates.areMade())
        return fail(m_certificates.error());
    QString channels;
    for (const QString& name : m_options.channels)
        channels += QStringLiteral("[Channel]\n Name = %1\n Modes = tn\n").arg(name);
    const QHash<QString, QString> values{
        {QStringLiteral("PLAIN"), QString::number(plainPort())},
        {QStringLiteral("TLS"), QString::number(tlsPort())},
        {QStringLiteral("CONNECTIONS"), m_options.packagedLimits ? QStringLiteral("5") : QStringLiteral("0")},
        {QStringLiteral("PENALTY"), m_options.packagedLimits ? QStringLiteral("-1") : QStringLiteral("0")},
        {QStringLiteral("PING"), QString::number(m_options.pingSeconds)},
        {QStringLiteral("PONG"), QString::number(qMax(1, m_options.pingSeconds / 2))},
        {QStringLiteral("CERTIFICATE"), m_certificates.certificateFile(m_options.certificate)},
        {QStringLiteral("KEY"), m_certificates.keyFile(m_options.certificate)},
        {QStringLiteral("FOLDER"), folder()},
        {QStringLiteral("CHANNELS"), channels},
    };
    return write(QStringLiteral("ngircd.conf"), configuration(QStringLiteral("ngircd.conf"), values));
}

TestServer::Command NgIrcd::command() const
{
    return {.program = findProgram(QStringLiteral("ngircd")),
        .arguments = {QStringLiteral("-n"), QStringLiteral("-f"), folder() + QStringLiteral("/ngircd.conf")}};
}

bool NgIrcd::isReady() { return portAnswers(plainPort()) && portAnswers(tlsPort()); }

} // namespace ridealong::tests
