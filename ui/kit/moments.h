// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::kit {

/// When something was, in local time, as short as it can be told apart: "14:03", "yesterday 14:03", "3 Nov 14:03", "3 Nov 2024".
QString momentText(qint64 timeMs, qint64 nowMs);

} // namespace ridealong::kit
