// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractSocket>

namespace ridealong::net {

/// For connections that stay: small writes leave at once, and a peer that vanished without a word is noticed within minutes instead of hours.
void setSocketOptions(QAbstractSocket& socket);

/// What came is acknowledged at once. A server that holds a small write back until the one before it is acknowledged (Nagle; Prosody by
/// default) waits for the kernel's 40 ms else, in the middle of an answer. The kernel forgets it soon: once for every read.
void acknowledgeNow(QAbstractSocket& socket);

/// Tells the other side that nothing more comes from us, and goes on reading. Nothing where the socket is not the kernel's own (a proxy's).
void finishWriting(QAbstractSocket& socket);

} // namespace ridealong::net
