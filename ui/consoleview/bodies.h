// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/body.h"

namespace ridealong::consoleview {

/// A format that has a body of its own.
struct BodyKind
{
    console::Format format;
    MadeBody (*make)(const BodySource&);
    bool (*fits)(const console::LineStore&); ///< may be tried by hand; looks at a sample
};

/// Null: it is text.
const BodyKind* bodyKindOf(console::Format format);
/// As what an output can be shown by hand, text first.
QList<console::Format> formatsFor(const console::LineStore& lines, console::Format detected);

/// An output of at most so much is read at once, so that nothing flickers; what is larger goes to the worker.
inline constexpr qint64 kMaxSyncBytes = 32 * 1024;
inline constexpr qint64 kMaxSyncLines = 1'000;

} // namespace ridealong::consoleview
