// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "store/database.h"

#include <QHash>

#include <optional>

namespace ridealong::store {

/// A server may claim any order; above this one there is room to count on.
inline constexpr qint64 kMaxOrder = qint64(1) << 62;

/// Finds a new message its place: a rowid made of its time (profilequeries.h) and an order that no other message of its
/// conversation or thread has, so that a page that ends between two messages loses neither. What it remembers makes the
/// usual message, which is newer than all before it, cost no question to the database.
class Places
{
public:
    explicit Places(Database& database) : m_database(database) {}

    /// A rowid for a message of that time that no other has.
    base::Expected<qint64> freeRow(qint64 timeMs);
    /// The message's own order, or the next one that is free.
    base::Expected<qint64> freeOrder(qint64 conversation, const chat::Message& message);
    /// The highest order in that conversation; 0: empty.
    base::Expected<qint64> top(qint64 conversation);
    /// Writes what must be known the next time. Inside the transaction that used the places.
    base::Status save();
    /// After a transaction that failed: some of what is remembered did not happen.
    void forget();

private:
    struct Top
    {
        qint64 order = 0;
        bool changed = false;
    };
    struct Taken ///< every order from first up to, and without, end
    {
        qint64 first = 0;
        qint64 end = 0;
    };

    base::Expected<bool> isTaken(qint64 conversation, const chat::Message& message, qint64 order);

    Database& m_database;
    QHash<qint64, Top> m_tops;
    QHash<qint64, Taken> m_taken; ///< where a search ended last: a server that gives everything one order is not searched from there again
    qint64 m_topRow = -1; ///< -1: not known
    std::optional<qint64> m_lastTimeMs;
    qint64 m_lastRow = 0;
};

} // namespace ridealong::store
