// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "console/handover.h"

namespace ridealong::consoleview {

enum class HandoverFormat { Markdown, Asciicast, Ansi };

/// "Markdown (*.md)" and so on: for a file dialog.
QString handoverFilter(HandoverFormat format);
/// ".md" and so on.
QString handoverSuffix(HandoverFormat format);
/// The words of the interface, for a file of this title; times in local time.
console::HandoverOptions handoverOptions(const QString& title);

/// Writes runs to a file, in a worker. An existing file is replaced only when all of it was written. Runs that still go on are written as they are.
/// Errors: Storage, Invalid (none, or too many).
base::Async<base::Done> saveHandover(
    const QList<console::HandoverRun>& runs, HandoverFormat format, const console::HandoverOptions& options, const QString& path);

} // namespace ridealong::consoleview
