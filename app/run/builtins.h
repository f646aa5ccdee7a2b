// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scripts/scriptlibrary.h"

namespace ridealong::run {

/// What the runner itself understands: help, runs, cancel, approve, deny.
QList<chat::CommandSpec> builtinCommands();

/// Markdown: all commands, or those whose names begin with `topic`. Empty when there are none of that name.
QString helpText(const scripts::ScriptLibrary& library, const QString& topic);

} // namespace ridealong::run
