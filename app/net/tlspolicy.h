// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "net/remotechannel.h"

#include <QSslConfiguration>
#include <QSslError>

namespace ridealong::net {

/// What we ask of every TLS connection: TLS 1.2 or newer and a peer that proves who it is, by the system's authorities and those of
/// `settings`. Errors: Invalid when a file of `settings` cannot be used.
base::Expected<QSslConfiguration> tlsConfiguration(const TlsSettings& settings);

/// The user's exception is for exactly this certificate.
bool isExcepted(const TlsSettings& settings, const QSslCertificate& certificate);

/// What to tell of a certificate that failed with `errors`.
base::CertificateProblem describeProblem(
    const QString& host, const QSslCertificate& certificate, const QList<QSslError>& errors, const TlsSettings& settings);

/// Of a connection that stands, by its configuration as QSslSocket::sslConfiguration() has it then.
ConnectionInfo describeConnection(const QSslConfiguration& session, bool byException);

} // namespace ridealong::net
