// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace ridealong::chat {

/// Which messages of a conversation are told when nobody is looking.
enum class NotifyLevel { Everything, Mentions, Nothing };

/// "everything", "mentions", "nothing": the spelling of the settings.
QString toString(NotifyLevel level);
std::optional<NotifyLevel> notifyLevelFromString(const QString& text);

} // namespace ridealong::chat
