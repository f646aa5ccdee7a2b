// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "palette/palette.h"

#include <QByteArray>

#include <optional>

namespace ridealong::workspace {

/// How the store keeps a command's usage.
QByteArray usageToJson(const palette::Usage& usage);
std::optional<palette::Usage> usageFromJson(const QByteArray& json);

} // namespace ridealong::workspace
