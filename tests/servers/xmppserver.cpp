// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/xmppserver.h"

namespace ridealong::tests {

XmppServer::XmppServer(const Certificates& certificates, XmppOptions options)
    : TestServer(options.name),
      m_certificates(certificates),
      m_options(std::move(options))
{}

bool XmppServer::isReady()
{
    return portAnswers(startTlsPort()) && portAnswers(directTlsPort()) && portAnswers(httpPort()) && portAnswers(httpsPort());
}

QHash<QString, QString> XmppServer::values() const
{
    return {
        {QStringLiteral("FOLDER"), folder()},
        {QStringLiteral("DOMAIN"), QLatin1String(kDomain)},
        {QStringLiteral("ROOMS"), QLatin1String(kRooms)},
        {QStringLiteral("UPLOADS"), QLatin1String(kUploads)},
        {QStringLiteral("ADMINISTRATOR"), address(QLatin1String(kAdministrator))},
        {QStringLiteral("STARTTLS"), QString::number(startTlsPort())},
        {QStringLiteral("DIRECTTLS"), QString::number(directTlsPort())},
        {QStringLiteral("HTTP"), QString::number(httpPort())},
        {QStringLiteral("HTTPS"), QString::number(httpsPort())},
        {QStringLiteral("UPLOAD_URL"),
            QStringLiteral("%1://127.0.0.1:%2")
                .arg(m_options.plainUpload ? QStringLiteral("http") : QStringLiteral("https"), QString::number(uploadPort()))},
        {QStringLiteral("CERTIFICATE"), m_certificates.certificateFile(m_options.certificate)},
        {QStringLiteral("KEY"), m_certificates.keyFile(m_options.certificate)},
        {QStringLiteral("STANZA"), QString::number(m_options.maxStanzaBytes)},
    };
}

} // namespace ridealong::tests
