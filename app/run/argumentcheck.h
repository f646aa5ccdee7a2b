// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commandspec.h"

namespace ridealong::run {

/// What is wrong with `words` as arguments of the command: "'streams' must be 1 to 64, not '0'". Empty when they fit.
/// `--name value` and `--name=value` are the same; `--` ends the options; a word with one dash is an argument like any other
/// unless the command has an option of that name. A command that has no options and takes any number of arguments gets
/// everything as it is.
QString argumentProblem(const chat::CommandSpec& spec, const QStringList& words);

} // namespace ridealong::run
