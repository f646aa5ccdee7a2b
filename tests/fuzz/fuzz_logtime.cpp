// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Lines of a log. The laws: a time stands within its line, near its beginning, and what stands behind that does not matter.
#include "console/logtime.h"

#include <QByteArray>
#include <QList>

#include <cstdint>
#include <cstdlib>

using namespace ridealong::console;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    for (const QByteArray& line : QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)).split('\n')) {
        const auto time = logTimeOf(line);
        if (!time)
            continue;
        if (time->begin < 0 || time->begin >= time->end || time->end > line.size() || time->end > kLogTimeBytes)
            std::abort();
        const auto again = logTimeOf(line.left(kLogTimeBytes) + QByteArray("0x").repeated(line.size() > kLogTimeBytes ? 3 : 0));
        if (!again || again->us != time->us || again->begin != time->begin)
            std::abort();
    }
    return 0;
}
