// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArray>

namespace ridealong::base {

/// For what is read again soon; for what lies on a disk: slower to make, smaller, and damage is noticed.
enum class Effort { Fast, Small };

/// One frame of zstd; null when there is no memory for it.
QByteArray compressed(QByteArrayView bytes, Effort effort);

/// Fills `to` with what one frame holds. False when it is no frame, or does not hold just as many bytes.
bool decompress(QByteArrayView frame, char* to, qsizetype bytes);

} // namespace ridealong::base
