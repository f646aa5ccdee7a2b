// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

namespace ridealong::base {

/// Why a server's certificate was not accepted, and what it is: all that a person needs to decide about an exception.
struct CertificateProblem
{
    QString host; ///< whom we wanted to talk to
    QString subject; ///< whom the certificate is for: common name, else the first alternative name
    QStringList alternativeNames;
    QString issuer;
    qint64 validFromMs = 0;
    qint64 validUntilMs = 0;
    QByteArray sha256; ///< of the certificate (DER), 32 bytes: what an exception is pinned to
    QStringList reasons; ///< technical, one a check that failed: "self-signed", "expired", "host name"
    bool afterException = false; ///< an exception exists, and this is another certificate than the one it is for

    bool operator==(const CertificateProblem&) const = default;
};

} // namespace ridealong::base
