// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArray>

namespace ridealong::local {

/// What one frame of a packed file holds; who reads in pieces of this size decompresses each frame once.
inline constexpr qint64 kPackedFrameBytes = 256 << 10;

/// Writes a copy of the file `from` as `to`, compressed, that can be read from anywhere: the seekable format of zstd, which the
/// tool of that name unpacks. `to` is there whole or not at all. Errors: NotFound, Storage.
base::Status packFile(const QString& from, const QString& to);

/// Up to `bytes` of what was packed, from `offset`; empty, never null, at its end. Errors: NotFound, Storage (damaged, too).
base::Expected<QByteArray> readPackedPiece(const QString& path, qint64 offset, qint64 bytes);

} // namespace ridealong::local
