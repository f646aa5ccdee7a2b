// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "console/linestore.h"

#include <memory>

namespace ridealong::consoleview {

/// Writes a run's output to a file as text, in a worker. An existing file is replaced only when all of it was written.
/// Errors: Storage.
base::Async<base::Done> saveOutput(std::shared_ptr<const console::LineStore> lines, const QString& path);

/// Some bytes, so, too.
base::Async<base::Done> saveBytes(const QByteArray& bytes, const QString& path);

} // namespace ridealong::consoleview
