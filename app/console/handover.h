// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "console/console.h"

#include <QTimeZone>

#include <functional>

class QIODevice;

namespace ridealong::console {

inline constexpr int kMaxHandoverRuns = 1'000;
inline constexpr int kMaxHandoverContext = 50; ///< lines said before a run, the last ones
inline constexpr int kMaxHandoverTextCharacters = 4'000; ///< of a command, of a line said
inline constexpr int kMaxHandoverNameCharacters = 200; ///< of people, rooms, environments
inline constexpr qint64 kMaxHandoverOutputBytes = qint64(64) << 20; ///< of one run, as text
inline constexpr qint64 kHandoverPieceBytes = 64 * 1024; ///< written at once
inline constexpr int kMaxCastEvents = 1'000; ///< of one run, unless its lines are long
inline constexpr int kMinCastColumns = 80; ///< of the terminal in a recording
inline constexpr int kMaxCastColumns = 320;
inline constexpr int kCastRows = 24;

/// Something that was said in the conversation.
struct HandoverContext
{
    QString who;
    qint64 timeMs = 0;
    QString text;
};

struct HandoverRun
{
    Run run;
    QString room;
    QList<HandoverContext> context; ///< said before it, oldest first
};

/// The words in which it is told: app/ has none.
struct HandoverWords
{
    QString title;
    QString sender;
    QString room;
    QString environment;
    QString started;
    QString duration;
    QString state;
    QString exitCode;
    QString noOutput;
    QString omitted; ///< "%1" is a number of bytes
    QString missing; ///< for a line that says so
    QString castTimes; ///< that times within a run are not known
    std::function<QString(const chat::RunReport&)> stateOf; ///< none: as headless.md spells it
    std::function<QString(qint64)> durationOf; ///< none: seconds
};

struct HandoverOptions
{
    HandoverWords words;
    QTimeZone zone = QTimeZone::utc(); ///< times are written with their offset
    qint64 maxOutputBytes = kMaxHandoverOutputBytes; ///< of one run; its last line says what is left out
};

// What several runs did, for who was not there. Each goes through the outputs piece by piece and may be called on any thread; lines
// that may still be rewritten are written as they are. Whatever a run printed stays inside its fence, its string, its line.
// Errors: Storage (the device took no more), Invalid (no run, or over kMaxHandoverRuns).

/// A heading for each run, a list of what is known of it, what was said before, its output as a fenced block.
base::Status writeMarkdown(QIODevice& to, const QList<HandoverRun>& runs, const HandoverOptions& options);
/// A recording for asciinema and its players (https://docs.asciinema.org/manual/asciicast/v3/): runs one after the other, a marker where each
/// begins, the last one's exit status at the end. Of a run only beginning and end are known, so its lines are spread evenly between.
base::Status writeAsciicast(QIODevice& to, const QList<HandoverRun>& runs, const HandoverOptions& options);
/// For a terminal: `cat` shows it in the colours it came in.
base::Status writeAnsi(QIODevice& to, const QList<HandoverRun>& runs, const HandoverOptions& options);

} // namespace ridealong::console
