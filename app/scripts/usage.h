// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commandspec.h"
#include "scripts/header.h"

#include <optional>

namespace ridealong::scripts {

inline constexpr int kMaxArguments = 32; ///< of one command
inline constexpr int kMaxChoices = 64; ///< of one argument

/// Reads "migrate start <source> [--streams N] [--dry-run] - Start a migration": the name, its arguments and the title.
/// `<x>` is required, `[x]` optional, `<x...>` repeats, `a|b|c` are choices. A bot's name in front is dropped.
/// Nothing when no name is left.
std::optional<chat::CommandSpec> parseUsage(const HeaderLine& line, Problems& problems);

/// Reads "streams: integer 1-64, default 4 - parallel copies" and refines the arguments of that name in all `commands`.
void refineArguments(const HeaderLine& line, QList<chat::CommandSpec>& commands, Problems& problems);

/// `text` without the name of a bot in front ("hubot", "runner", "@runner", "bot", "robot").
QString withoutBotName(const QString& text);

/// The reverse, without the title: "migrate start <source> [--streams N]".
QString usageOf(const chat::CommandSpec& spec);

} // namespace ridealong::scripts
