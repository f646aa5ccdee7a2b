// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArray>

class QFileDevice;

namespace ridealong::local {

/// What the system said last about this file.
base::Error storageError(const QFileDevice& file);

/// Up to `bytes` of a file from `offset`; empty, never null, at its end. Errors: NotFound, Storage.
base::Expected<QByteArray> readPiece(const QString& path, qint64 offset, qint64 bytes);

} // namespace ridealong::local
