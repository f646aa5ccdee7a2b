// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/tlspolicy.h"

#include "net/channelbinding.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslCipher>
#include <QSslKey>

namespace ridealong::net {

using namespace Qt::StringLiterals;

constexpr qint64 kMaxPemBytes = 1 << 20; // all of Mozilla's authorities are 220 KB
constexpr qsizetype kMaxNames = 100; // shown to a person; a server may send any number

static base::Expected<QByteArray> readPem(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return base::Error{base::ErrorKind::Invalid, u"%1: cannot be read"_s.arg(path), 0};
    if (file.size() > kMaxPemBytes)
        return base::Error{base::ErrorKind::Invalid, u"%1: more than %2 bytes"_s.arg(path).arg(kMaxPemBytes), 0};
    return file.read(kMaxPemBytes);
}

static QSslKey readKey(const QByteArray& pem)
{
    for (const auto algorithm : {QSsl::Ec, QSsl::Rsa, QSsl::Dsa})
        if (QSslKey key(pem, algorithm); !key.isNull())
            return key;
    return {};
}

static base::Status addOwnCertificate(QSslConfiguration& configuration, const QString& path)
{
    const auto pem = readPem(path);
    if (!pem)
        return pem.error();
    const auto chain = QSslCertificate::fromData(*pem, QSsl::Pem);
    const auto key = readKey(*pem);
    if (chain.isEmpty() || key.isNull())
        return base::Error{base::ErrorKind::Invalid, u"%1: no certificate with a private key that needs no password"_s.arg(path), 0};
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    return base::Done{};
}

base::Expected<QSslConfiguration> tlsConfiguration(const TlsSettings& settings)
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!settings.caFile.isEmpty()) {
        if (const auto pem = readPem(settings.caFile); !pem)
            return pem.error();
        // By path: the other overload makes Qt read all of the system's authorities here and now (a second) instead of the one it needs.
        if (!configuration.addCaCertificates(settings.caFile, QSsl::Pem))
            return base::Error{base::ErrorKind::Invalid, u"%1: no certificate in it"_s.arg(settings.caFile), 0};
    }
    if (!settings.clientCertificateFile.isEmpty())
        if (const auto added = addOwnCertificate(configuration, settings.clientCertificateFile); !added)
            return added.error();
    return configuration;
}

bool isExcepted(const TlsSettings& settings, const QSslCertificate& certificate)
{
    return !settings.exception.isEmpty() && !certificate.isNull() && certificate.digest(QCryptographicHash::Sha256) == settings.exception;
}

static QString reason(const QSslError& error)
{
    switch (error.error()) {
    case QSslError::SelfSignedCertificate: return u"self-signed"_s;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted: return u"unknown authority"_s;
    case QSslError::CertificateExpired: return u"expired"_s;
    case QSslError::CertificateNotYetValid: return u"not yet valid"_s;
    case QSslError::HostNameMismatch: return u"host name"_s;
    case QSslError::CertificateRevoked: return u"revoked"_s;
    case QSslError::InvalidPurpose: return u"not for servers"_s;
    case QSslError::InvalidCaCertificate: return u"authority that may not sign"_s;
    case QSslError::CertificateSignatureFailed: return u"signature"_s;
    case QSslError::CertificateBlacklisted: return u"known to be forged"_s;
    case QSslError::NoPeerCertificate: return u"no certificate"_s;
    default: return u"check %1 of Qt failed"_s.arg(int(error.error()));
    }
}

static QString nameOf(const QStringList& commonNames, const QStringList& organizations)
{
    if (!commonNames.isEmpty())
        return commonNames.front();
    return organizations.isEmpty() ? QString() : organizations.front();
}

base::CertificateProblem describeProblem(
    const QString& host, const QSslCertificate& certificate, const QList<QSslError>& errors, const TlsSettings& settings)
{
    base::CertificateProblem problem;
    problem.host = host;
    for (const auto& error : errors)
        if (const auto text = reason(error); !problem.reasons.contains(text))
            problem.reasons.append(text);
    problem.afterException = !settings.exception.isEmpty();
    if (certificate.isNull())
        return problem;
    problem.alternativeNames = certificate.subjectAlternativeNames().values().mid(0, kMaxNames);
    problem.subject = nameOf(certificate.subjectInfo(QSslCertificate::CommonName), problem.alternativeNames);
    problem.issuer = nameOf(certificate.issuerInfo(QSslCertificate::CommonName), certificate.issuerInfo(QSslCertificate::Organization));
    problem.validFromMs = certificate.effectiveDate().toMSecsSinceEpoch();
    problem.validUntilMs = certificate.expiryDate().toMSecsSinceEpoch();
    problem.sha256 = certificate.digest(QCryptographicHash::Sha256);
    return problem;
}

ConnectionInfo describeConnection(const QSslConfiguration& session, bool byException)
{
    const auto certificate = session.peerCertificate();
    ConnectionInfo info;
    info.encrypted = true;
    info.byException = byException;
    info.protocol = session.sessionProtocol() == QSsl::TlsV1_3 ? u"TLSv1.3"_s : u"TLSv1.2"_s; // others are refused
    info.cipher = session.sessionCipher().name();
    if (!certificate.isNull()) {
        info.certificateSha256 = certificate.digest(QCryptographicHash::Sha256);
        info.serverEndPoint = serverEndPoint(certificate.toDer());
    }
    return info;
}

} // namespace ridealong::net
