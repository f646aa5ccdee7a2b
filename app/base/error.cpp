// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

namespace ridealong::base {

QString toString(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled: return QStringLiteral("Cancelled");
    case ErrorKind::Timeout: return QStringLiteral("Timeout");
    case ErrorKind::Offline: return QStringLiteral("Offline");
    case ErrorKind::Auth: return QStringLiteral("Auth");
    case ErrorKind::RateLimited: return QStringLiteral("RateLimited");
    case ErrorKind::Protocol: return QStringLiteral("Protocol");
    case ErrorKind::NotFound: return QStringLiteral("NotFound");
    case ErrorKind::Denied: return QStringLiteral("Denied");
    case ErrorKind::Invalid: return QStringLiteral("Invalid");
    case ErrorKind::Storage: return QStringLiteral("Storage");
    case ErrorKind::Unsupported: return QStringLiteral("Unsupported");
    case ErrorKind::Incompatible: return QStringLiteral("Incompatible");
    case ErrorKind::Untrusted: return QStringLiteral("Untrusted");
    }
    Q_UNREACHABLE();
}

} // namespace ridealong::base
