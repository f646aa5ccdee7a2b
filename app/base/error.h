// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaType>
#include <QString>

namespace ridealong::base {

/// What went wrong, in kinds that a caller can act on. The words for people are made in ui/kit.
enum class ErrorKind {
    Cancelled, ///< somebody asked for it
    Timeout,
    Offline, ///< no connection; may work later
    Auth,
    RateLimited, ///< see retryAfterMs
    Protocol, ///< the other side broke the rules
    NotFound,
    Denied,
    Invalid, ///< what we were given makes no sense
    Storage, ///< disk full, read-only, corrupt
    Unsupported,
    Incompatible, ///< the other side speaks another version
    Untrusted, ///< the other side could not prove who it is
};

struct Error
{
    ErrorKind kind = ErrorKind::Invalid;
    QString detail; ///< technical, English, for logs and "details"
    qint64 retryAfterMs = 0; ///< only with RateLimited

    bool operator==(const Error&) const = default;
};

/// "NotFound" and so on: the spelling of logs and of the headless protocol.
QString toString(ErrorKind kind);

} // namespace ridealong::base

Q_DECLARE_METATYPE(ridealong::base::Error)
