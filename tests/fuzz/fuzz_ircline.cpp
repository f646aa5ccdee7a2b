// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The law: what can be written after it was read is read again as the same.
#include "irc/line.h"

#include <cstdint>
#include <cstdlib>

using namespace ridealong::irc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const auto line = parseLine({reinterpret_cast<const char*>(data), qsizetype(size)});
    if (!line)
        return 0;
    const Source source = splitSource(line->source);
    if (source.nick != line->nick())
        std::abort();
    const auto bytes = serialize(*line, kMaxReceivedBytes / 2);
    if (!bytes)
        return 0;
    const auto again = parseLine(*bytes);
    if (!again || !(*again == *line))
        std::abort();
    for (const Tag& tag : line->tags)
        if (!line->hasTag(tag.key) || line->tag(tag.key) != again->tag(tag.key))
            std::abort();
    return 0;
}
