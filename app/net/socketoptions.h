// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractSocket>

namespace ridealong::net {

/// For connections that stay: small writes leave at once, and a peer that vanished without a word is noticed within minutes instead of hours.
void setSocketOptions(QAbstractSocket& socket);

/// Tells the other side that nothing more comes from us, and goes on reading. Nothing where the socket is not the kernel's own (a proxy's).
void finishWriting(QAbstractSocket& socket);

} // namespace ridealong::net
