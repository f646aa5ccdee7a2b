// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace ridealong::base {

/// A line of comma-separated values (RFC 4180), without its end; what needs quotes has them.
QString csvLine(const QStringList& cells);

} // namespace ridealong::base
