// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::store {

// The statements whose plan matters in a room of 100,000 messages; a test looks at their plans.

/// Most rows that one question gives.
constexpr int kMaxRows = 10'000;

/// In the order of the table's readers: readMessage in profilemessages.cpp.
extern const QString kMessageColumns;

// Parameters are told in their order: QSQLITE gives a numbered parameter that stands twice the wrong value.

/// Conversation, thread, the edge (exclusive); in a thread the three again; limit. Rows go away from the edge.
QString pageQuery(bool inThread, bool forward);
/// Conversation, the roots as a JSON array. Gives root, replies, time of the last one.
QString threadCountsQuery();
/// Conversation, limit. Gives thread, time, sender's name and id, flags of replies, newest first.
QString latestRepliesQuery();
/// With words an FTS5 match; the first rowid (exclusive) and the last one; limit. Newest first; behind kMessageColumns stand
/// account, key, rowid.
QString searchQuery(bool withWords);

// A message's rowid is made of its time, because that is the one order in which the full-text index gives its hits without
// collecting them all: the newest first page of a word that stands in a million messages costs no more than that of a rare one.

constexpr qint64 kRowsPerMs = 4096;
/// So often the next millisecond's range is tried; a server that gives everything the same time gets rows at the end.
constexpr int kMaxRowRanges = 64;
/// The first rowid for a message of that time, whatever time a server may claim.
qint64 firstRowOf(qint64 timeMs);

} // namespace ridealong::store
