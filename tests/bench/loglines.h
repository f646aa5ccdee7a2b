// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <cstdio>

namespace ridealong::bench {

/// The same numbers in every run.
inline quint32 random(quint32 below)
{
    static quint64 state = 1;
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return quint32((state >> 33) % below);
}

/// Log lines of about 107 bytes, optionally with eleven changes of colour.
inline QByteArray logLines(int count, bool colours)
{
    static const char* const kLevels[] = {"INFO ", "INFO ", "INFO ", "DEBUG", "WARN ", "ERROR"};
    static const char* const kWords[] = {"request", "completed", "connection", "pool", "timeout", "user", "session", "cache", "retry", "shard"};
    QByteArray out;
    out.reserve(count * (colours ? 190 : 112));
    for (int i = 0; i < count; ++i) {
        char piece[64];
        int field = 0;
        const auto add = [&](const char* text) {
            if (colours && field < 10) {
                const int n = field % 4 == 0 ? std::snprintf(piece, sizeof piece, "\x1b[3%um", random(8))
                    : field % 4 == 1         ? std::snprintf(piece, sizeof piece, "\x1b[38;5;%um", random(64))
                    : field % 4 == 2         ? std::snprintf(piece, sizeof piece, "\x1b[1m")
                                             : std::snprintf(piece, sizeof piece, "\x1b[0m");
                out.append(piece, n);
                ++field;
            }
            out += text;
        };
        char text[64];
        std::snprintf(text, sizeof text, "2026-11-24T%02d:%02d:%02d.%03u ", i / 3600 % 24, i / 60 % 60, i % 60, random(1000));
        add(text);
        add(kLevels[random(6)]);
        std::snprintf(text, sizeof text, " [worker-%02u] ", random(32));
        add(text);
        const int end = int(out.size()) + 54;
        while (out.size() < end) {
            add(kWords[random(10)]);
            out += ' ';
        }
        std::snprintf(text, sizeof text, "id=%08x", random(0xffffffff));
        add(text);
        if (colours)
            out += "\x1b[0m";
        out += '\n';
    }
    out += "the very last needle\n";
    return out;
}

} // namespace ridealong::bench
