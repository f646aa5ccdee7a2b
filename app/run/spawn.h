// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/lines.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <sys/types.h>

namespace ridealong::run {

struct SpawnRequest
{
    QList<QByteArray> arguments; ///< [0] is the absolute path of the program
    QList<QByteArray> environment; ///< "NAME=value", all there is
    QByteArray workingFolder;
    int columns = 120;
    int rows = console::kTailRows;
};

struct Spawned
{
    pid_t pid = -1; ///< also the id of its session and process group
    int master = -1; ///< of the pseudo-terminal; non-blocking
    int pidfd = -1; ///< -1 where the kernel has none
    int error = 0; ///< errno of the step below, else all of the above is set
    QString failedStep; ///< "execute", "enter the working folder" …
};

/// Starts a process in a session, process group and pseudo-terminal of its own. Input is empty (/dev/null): nobody types into
/// a run. Every other descriptor is closed, signals are as a fresh login has them. Blocks until the program runs or the
/// kernel refused, so it belongs on a thread that may wait.
Spawned spawn(const SpawnRequest& request);

} // namespace ridealong::run
