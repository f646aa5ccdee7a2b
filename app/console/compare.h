// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "console/linestore.h"
#include "console/sequencematch.h"
#include "console/words.h"

#include <QList>
#include <QString>

#include <memory>
#include <span>
#include <vector>

class QIODevice;

namespace ridealong::console {

/// Of a side with more lines nothing is compared.
inline constexpr qint64 kMaxComparedLines = 1'000'000;

struct CompareLimits
{
    qint64 lines = kMaxComparedLines;
    MatchLimits match;
    /// For which lines belong to each other, and what changed in them: single steps for all, then lines are paired as they stand and changed
    /// ones are marked as a whole.
    qint64 wordSteps = 20'000'000;
};

/// What differs between two outputs, line by line.
struct Comparison
{
    enum class Kind : quint8 { Same, Changed, Removed, Added };
    /// Bytes of a line that are not on the other side.
    struct Mark
    {
        quint16 byte = 0;
        quint16 length = 0;
        bool operator==(const Mark&) const = default;
    };
    struct Row
    {
        qint32 left = -1; ///< line, or none
        qint32 right = -1;
        quint32 firstMark = 0;
        quint16 leftMarks = 0;
        quint16 rightMarks = 0;
        Kind kind = Kind::Same;
    };

    /// Rows that differ without a break.
    struct Change
    {
        qint32 first = 0;
        qint32 last = 0;
        bool operator==(const Change&) const = default;
    };

    std::vector<Row> rows; ///< every line of both sides once, in order
    std::vector<Change> changes;
    std::vector<Mark> marks;
    qint64 leftLines = 0; ///< that there were
    qint64 rightLines = 0;
    qint64 changed = 0;
    qint64 removed = 0;
    qint64 added = 0;
    bool isCoarse = false; ///< a limit was met: less may differ than is said
    bool isTooLarge = false; ///< and so nothing was compared

    bool isEqual() const { return !isTooLarge && changed + removed + added == 0; }
    std::span<const Mark> leftMarks(const Row& row) const { return std::span(marks).subspan(row.firstMark, row.leftMarks); }
    std::span<const Mark> rightMarks(const Row& row) const { return std::span(marks).subspan(row.firstMark + row.leftMarks, row.rightMarks); }
};

/// Compares what two stores hold now; either may grow meanwhile. May be called on any thread. A line that came in several pieces is
/// compared piece by piece.
Comparison compareOutputs(const LineStore& left, const LineStore& right, const Disregard& disregard = {}, const CompareLimits& limits = {});
/// The same on a worker.
base::Async<std::shared_ptr<const Comparison>> compareBeside(
    std::shared_ptr<const LineStore> left, std::shared_ptr<const LineStore> right, const Disregard& disregard = {});

inline constexpr int kUnifiedContext = 3;
/// Writes a comparison the way `diff -u` does. False when it was cut off at `maxBytes`, at the end of a line, or the device took no more.
bool writeUnified(QIODevice& to, const LineStore& left, const LineStore& right, const Comparison& comparison, const QString& leftName,
    const QString& rightName, qint64 maxBytes);

inline constexpr int kMaxComparedWords = 2'000; ///< of a command; what comes behind is one word
/// A stretch of words of one command that another one has in its place. Positions are those of the strings.
struct WordChange
{
    int before = 0;
    int beforeLength = 0; ///< 0: only added
    int after = 0;
    int afterLength = 0; ///< 0: only removed

    bool operator==(const WordChange&) const = default;
};
/// What differs between two command texts, word by word. How much whitespace is between words does not matter.
QList<WordChange> compareCommands(const QString& before, const QString& after);

} // namespace ridealong::console
