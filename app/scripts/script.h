// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/commandspec.h"

namespace ridealong::scripts {

/// A script of a folder, as its header comment describes it (Hubot's manner: Description, Commands, Configuration, Notes,
/// Author; and ours: Environment, Risk, Arguments, Time limit). Broken parts of a header become `problems`; the script stays usable.
struct Script
{
    QString path; ///< of the file
    QString name; ///< what its commands begin with by default: the file's name without its ending
    QString description;
    QString author;
    QList<chat::CommandSpec> commands; ///< without account, bot and prefix; never empty
    QStringList interpreter; ///< from "#!": runs a file that is not executable, and says what is missing; empty: there is none
    int timeLimitSeconds = 0; ///< 0: the runner's default
    QStringList problems; ///< "line 7: unknown risk 'high'": technical, for the author
};

inline constexpr qint64 kMaxHeaderBytes = 16 * 1024;
inline constexpr int kMaxCommands = 64; ///< of one script
inline constexpr int kMaxTimeLimitSeconds = 7 * 24 * 3600;

/// Reads a header. `content` is the beginning of the file (kMaxHeaderBytes are looked at), any bytes. A script that describes
/// no command has one, named after the file, that takes any arguments. What a script gets as its arguments: the words
/// of its command without the script's own name in front ("migrate start a" gives "start" "a" to the script "migrate").
Script parseScript(const QString& path, const QByteArray& content);

} // namespace ridealong::scripts
