// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"
#include "paints.h"

namespace ridealong::bench {

/// Gives a run its output by the megabyte, as it comes from a backend; returns when all of it was read.
inline void appendAll(console::Console& console, const base::RunId& run, const QByteArray& output)
{
    constexpr qsizetype kPiece = 1 << 20;
    for (qsizetype at = 0; at < output.size(); at += kPiece) {
        bool read = false;
        console.append(run, output.sliced(at, std::min(kPiece, output.size() - at))).then(&console, [&read](const auto&) { read = true; });
        runUntil([&read] { return read; });
    }
}

} // namespace ridealong::bench
