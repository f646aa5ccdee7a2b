// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace ridealong::net {

/// The tls-server-end-point channel binding (RFC 5929 §4.1) of a certificate in DER: its hash by the hash function of its signature,
/// by SHA-256 when that is MD5 or SHA-1. Empty when the signature has no single hash function (Ed25519) or the bytes are no certificate.
QByteArray serverEndPoint(const QByteArray& certificate);

} // namespace ridealong::net
