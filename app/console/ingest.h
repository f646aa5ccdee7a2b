// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/ansiparser.h"
#include "console/console.h"
#include "console/linewriter.h"

namespace ridealong::console {

/// Readers see at least this often what a large piece brought.
inline constexpr qsizetype kFeedBytes = 128 * 1024;

/// The worker's side of one run: all of it belongs to the worker thread.
struct Ingest
{
    /// Beyond `memory` bytes output is no longer kept; a Truncated line says so.
    explicit Ingest(std::shared_ptr<LineStore> lines, qint64 memory = ConsoleLimits().runBytes)
        : store(lines),
          writer(std::move(lines)),
          maxMemory(memory)
    {}

    void feed(QByteArrayView bytes)
    {
        for (qsizetype at = 0; at < bytes.size() && !full; at += kFeedBytes) {
            parser.feed(bytes.sliced(at, std::min(kFeedBytes, bytes.size() - at)));
            writer.publish();
            if (store->memoryBytes() > maxMemory) {
                full = true;
                writer.truncated();
            }
        }
    }

    std::shared_ptr<LineStore> store;
    LineWriter writer;
    AnsiParser parser{writer};
    qint64 maxMemory;
    bool full = false;
};

/// "45 %", "[####    ] 45.2%": the last percentage in a row that is being rewritten.
std::optional<chat::Progress> progressOfRow(QByteArrayView row);

} // namespace ridealong::console
