// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace ridealong::console {

class LineStore;

/// Only so much of a line is looked at: longer ones are no frames.
inline constexpr int kMaxFrameBytes = 2048;
inline constexpr qint64 kMaxTraceLines = 10'000; ///< of one output

/// One call of a stack trace, as its line tells. Known are Python, pytest, Java and Kotlin, Go, Node, Rust, C#, Ruby, PHP, Lua, Perl,
/// Elixir, gdb, the sanitizers, valgrind and glibc's backtrace().
struct Frame
{
    QString file; ///< as printed; empty when only the function is known (Go and Rust name the place on the next line)
    int line = 0; ///< from 1; 0: unknown
    int column = 0; ///< from 1; 0: unknown
    QString function; ///< as printed, without its arguments where these are the values of one call; may be empty
    /// Where the place ("main.py", line 3 … "x.js:3:14") stands in the line, in bytes of its text; length 0: nowhere.
    int placeBegin = 0;
    int placeLength = 0;
    bool isOwnCode = false; ///< a guess: not of the language, of a package manager's folder or of a well-known framework

    bool operator==(const Frame&) const = default;
};

std::optional<Frame> frameOf(QByteArrayView line);
/// Says what went wrong: "ValueError: …", "Caused by: …", "panic: …", "thread 'main' panicked at …". Ruby's is a frame as well.
bool isTraceMessage(QByteArrayView line);
/// "Traceback (most recent call last):", "goroutine 1 [running]:", "stack backtrace:", "... 23 more": belongs to a trace, says little.
bool isTraceNote(QByteArrayView line);

/// A frame and the lines that belong to it: the place below a function, the source below a place.
struct PlacedFrame
{
    Frame frame;
    qint64 firstLine = 0;
    qint64 lastLine = 0;
};

struct StackTrace
{
    std::vector<PlacedFrame> frames; ///< by line
    std::vector<qint64> messages; ///< lines, ascending
};
/// The first kMaxTraceLines of an output. Takes about 2 µs a line.
StackTrace parseStackTrace(const LineStore& lines);

} // namespace ridealong::console
