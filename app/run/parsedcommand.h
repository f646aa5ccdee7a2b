// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scripts/scriptlibrary.h"

#include <optional>

namespace ridealong::run {

inline constexpr qsizetype kMaxCommandCharacters = 32 * 1024;
inline constexpr qsizetype kMaxWords = 2000;

/// The command in "runner disk", "@runner disk", "runner: disk"; nothing when the message is not for the runner.
std::optional<QString> addressedToRunner(const QString& text);

/// A command understood, or why not.
struct ParsedCommand
{
    QString problem; ///< with the usage or a suggestion; empty when all is well
    bool builtin = false;
    chat::CommandSpec spec; ///< valid without a problem
    scripts::Script script; ///< valid when not builtin
    QStringList arguments; ///< behind the command's name, as typed
};

ParsedCommand parseCommand(const QString& command, const scripts::ScriptLibrary& library);

/// What the script is started with: the words of its command without its own name in front, then the arguments.
QStringList scriptArguments(const ParsedCommand& command);

} // namespace ridealong::run
