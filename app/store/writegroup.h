// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"

#include <QMutex>

#include <functional>
#include <vector>

namespace ridealong::store {

class Database;

/// Small writes asked for one right after the other. They wait together and run as one transaction, so a hundred of them
/// share the one fsync that makes each safe. Filled on the asking thread, run on the worker.
class WriteGroup
{
public:
    using Write = std::function<base::Status(Database&)>;
    static constexpr size_t kMaxWrites = 1000;

    /// False when the group runs already or is full: begin another.
    bool add(const Write& write, const base::Promise<base::Done>& promise);
    /// Each write is answered for itself: when one of them fails they run again one by one.
    void run(Database& database);

private:
    struct Waiting
    {
        Write write;
        base::Promise<base::Done> promise;
    };

    QMutex m_mutex;
    std::vector<Waiting> m_waiting;
    bool m_closed = false;
};

} // namespace ridealong::store
