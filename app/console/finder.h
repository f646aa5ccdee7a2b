// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"

#include <chrono>

namespace ridealong::console {

struct Found
{
    qsizetype begin = -1;
    qsizetype end = -1;
};

/// Finds the next hit at or after `from`. A hit lies within one line.
class Finder
{
public:
    virtual ~Finder() = default;
    virtual Found next(QByteArrayView text, qsizetype from) = 0;
};

/// Literal text by memory search; what ignores the case of ASCII by vectors; the rest by PCRE2 on the UTF-8 as it lies there.
/// A whole word ends where neither a letter, a digit nor "_" goes on. Error: Invalid, an expression that does not compile.
base::Expected<std::unique_ptr<Finder>> finderOf(const Console::SearchQuery& query);

/// Calls found(segment, Found in its text) for every hit in the committed lines from line `from` on, in order; it may answer a place from which
/// to go on (else −1). Pieces of one long line are searched as one around the end of a segment. False: `deadline` has come.
using Deadline = std::chrono::steady_clock::time_point;
bool scan(Finder& finder, const LineStore& store, qint64 from, Deadline deadline,
    const std::function<qsizetype(const LineStore::SegmentText&, const Found&)>& found);

/// The level of each line, asked for in rising order: one that names none goes with the line before it, as a stack trace does.
class Levels
{
public:
    /// `level` is that of the line before `from`.
    explicit Levels(const LineStore& store, qint64 from = 0, Level level = Level::None) : m_store(store), m_next(from), m_level(level) {}
    Level at(qint64 line); ///< committed or in the tail

private:
    const LineStore& m_store;
    qint64 m_next;
    Level m_level;
};

} // namespace ridealong::console
