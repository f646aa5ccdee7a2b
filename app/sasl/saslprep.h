// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArray>

namespace ridealong::sasl {

/// SASLprep (RFC 4013) as far as it matters here: unusual spaces are spaces, invisible characters go, NFKC. As UTF-8.
/// Errors: Invalid (empty, control characters, half surrogate pairs).
base::Expected<QByteArray> prepared(const QString& text);

} // namespace ridealong::sasl
