// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/writegroup.h"

#include "store/database.h"

namespace ridealong::store {

bool WriteGroup::add(const Write& write, const base::Promise<base::Done>& promise)
{
    const QMutexLocker lock(&m_mutex);
    if (m_closed || m_waiting.size() >= kMaxWrites)
        return false;
    m_waiting.push_back({write, promise});
    return true;
}

void WriteGroup::run(Database& database)
{
    std::vector<Waiting> waiting;
    {
        const QMutexLocker lock(&m_mutex);
        m_closed = true;
        waiting.swap(m_waiting);
    }
    const base::Status together = database.transaction([&]() -> base::Status {
        for (const Waiting& one : waiting)
            if (auto done = one.write(database); !done)
                return done;
        return base::Done();
    });
    for (const Waiting& one : waiting)
        one.promise.answer(together || waiting.size() == 1 ? together : one.write(database));
}

} // namespace ridealong::store
