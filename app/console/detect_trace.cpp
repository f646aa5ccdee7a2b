// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"

#include "console/stacktrace.h"

namespace ridealong::console {

/// A trace that an output begins or ends with, or that is most of it. Within a report of tests it is one thing among others.
bool isStackTrace(const FormatSample& sample)
{
    constexpr int kLinesBefore = 3;
    int frames = 0;
    int messages = 0;
    int notes = 0;
    int seen = 0;
    int first = -1;
    bool last = false;
    for (const SampleLine& line : sample.head) {
        if (line.isBlank)
            continue;
        const bool frame = frameOf(line.text).has_value();
        const bool message = !frame && isTraceMessage(line.text);
        const bool note = !frame && !message && isTraceNote(line.text);
        last = frame || message || note;
        if (last && first < 0)
            first = seen;
        frames += frame;
        messages += message;
        notes += note;
        ++seen;
    }
    const bool isTrace = frames >= 3 || (frames >= 1 && messages + notes >= 1);
    if (!isTrace)
        return false;
    return first <= kLinesBefore || (last && sample.isWhole()) || (frames + messages + notes) * 2 >= seen;
}

} // namespace ridealong::console
