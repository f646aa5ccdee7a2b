// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/accountsync.h"

#include "base/log.h"

namespace ridealong::sync {

namespace {

/// What piles up while a transaction runs goes into the next one together, so that a flood of small batches costs few
/// transactions; capped, so that the first of them is shown soon.
constexpr qsizetype kMaxEventsAtOnce = 2000;

} // namespace

AccountSync::AccountSync(const base::AccountId& account, chat::Backend& backend, store::ProfileStore& store, QObject* parent)
    : QObject(parent), m_account(account), m_backend(backend), m_store(store)
{
    connect(&m_backend, &chat::Backend::batch, this, [this](const chat::SyncBatch& batch) {
        if (m_stopped)
            return;
        m_waiting.append(batch);
        takeNext();
    });
}

base::Async<store::AccountState> AccountSync::start()
{
    base::Promise<store::AccountState> promise;
    m_store.state(m_account).then(this, [this, promise](base::Expected<store::AccountState> state) {
        if (state) {
            m_stopped = false;
            m_backend.start(state->cursor);
        }
        promise.answer(std::move(state));
    });
    return promise.async();
}

void AccountSync::stop()
{
    m_stopped = true;
    m_waiting.clear(); // not stored, so the next start gets them again
    m_backend.stop();
}

void AccountSync::takeNext()
{
    if (m_committing || m_waiting.isEmpty())
        return;
    chat::SyncBatch next = m_waiting.takeFirst();
    while (!m_waiting.isEmpty() && next.events.size() + m_waiting.first().events.size() <= kMaxEventsAtOnce) {
        const chat::SyncBatch more = m_waiting.takeFirst();
        next.events += more.events;
        next.gaps += more.gaps;
        if (!more.cursor.isEmpty())
            next.cursor = more.cursor;
    }
    m_committing = true;
    m_store.commit(m_account, next, m_backend.self()).then(this, [this, next](base::Status stored) {
        m_committing = false;
        if (!stored) {
            qCWarning(lcSync) << "cannot store what came in:" << stored.error().detail;
            stop();
            emit failed(stored.error());
            return;
        }
        emit committed(next);
        takeNext();
    });
}

} // namespace ridealong::sync
