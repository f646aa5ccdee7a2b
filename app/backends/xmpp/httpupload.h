// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "net/httpclient.h"
#include "xmpp/element.h"
#include "xmpp/jid.h"

namespace ridealong::xmpp {

/// Where a file may be put, and where it is then (XEP-0363 §5).
struct UploadSlot
{
    static constexpr qsizetype kMaxHeaderChars = 8192; ///< of one value; tokens are long

    QUrl put;
    net::HttpHeaders headers; ///< for the PUT; only those that a service may ask for
    QUrl get;
};

/// Which web addresses files may be at.
enum class FileAddresses {
    Encrypted, ///< https
    PlainOnLoopback, ///< http as well, on this machine: for servers that are tried out there
};

/// The address is one of those: with a host, and without anybody's password.
bool isFileAddress(const QUrl& url, FileAddresses allowed);
/// Of a type that can stand in a header; else what every file is.
QString uploadMediaType(const QString& mediaType);

Element slotRequest(const Jid& service, const QString& name, qint64 bytes, const QString& mediaType);
/// Errors: Protocol for what is no slot.
base::Expected<UploadSlot> readSlot(const Element& answer, FileAddresses allowed);
/// Why there is none. Invalid: the file is too large; RateLimited: not now, and perhaps after retryAfterMs; Denied.
base::Error slotError(const Element& answer, qint64 nowMs);

/// What an answer of the file's web server means; nothing for one that says that it worked.
std::optional<base::Error> fileServerError(const net::HttpResponse& response);

} // namespace ridealong::xmpp
