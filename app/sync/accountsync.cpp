// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/accountsync.h"

#include "base/log.h"

namespace ridealong::sync {

AccountSync::AccountSync(const base::AccountId& account, chat::Backend& backend, store::ProfileStore& store, QObject* parent)
    : QObject(parent),
      m_account(account),
      m_backend(backend),
      m_store(store)
{
    connect(&m_backend, &chat::Backend::batch, this, &AccountSync::take);
    m_telling.setSingleShot(true); // and of no time: a pass of the loop for each slice, and painting in between
    connect(&m_telling, &QTimer::timeout, this, &AccountSync::tellNext);
}

base::Async<store::AccountState> AccountSync::start()
{
    if (!m_stopped)
        stop(); // so that what the backend says until it is started again is not missed
    base::Promise<store::AccountState> promise;
    // On the store's worker this question runs after every commit of an earlier run, so the cursor it reads is the last one.
    m_store.state(m_account).then(this, [this, promise, run = ++m_run](base::Expected<store::AccountState> state) {
        if (state && run == m_run) {
            m_stopped = false;
            m_backend.start(state->cursor);
        }
        promise.answer(std::move(state));
    });
    return promise.async();
}

void AccountSync::stop()
{
    ++m_run;
    m_stopped = true;
    m_waiting.clear(); // not stored, so the next start gets them again
    m_waitingEvents = 0;
    m_backend.stop();
}

void AccountSync::take(const chat::SyncBatch& batch)
{
    if (m_stopped)
        return;
    m_waiting.append(batch);
    m_waitingEvents += sizeOf(batch);
    commitNext();
    if (m_waitingEvents > kMaxEventsWaiting)
        startOver();
}

void AccountSync::commitNext()
{
    // One batch is stored while the one before it is handed on; more would only pile up here.
    if (m_committing || m_waiting.isEmpty() || m_stored.size() > 1)
        return;
    qsizetype batches = 1, events = m_waiting.first().events.size();
    while (batches < m_waiting.size() && events + m_waiting[batches].events.size() <= kMaxEventsAtOnce)
        events += m_waiting[batches++].events.size();
    chat::SyncBatch next = m_waiting.takeFirst();
    m_waitingEvents -= sizeOf(next);
    next.events.reserve(events);
    while (--batches > 0) {
        chat::SyncBatch more = m_waiting.takeFirst();
        m_waitingEvents -= sizeOf(more);
        next.events.append(std::move(more.events));
        next.gaps += more.gaps;
        next.gapChanges += more.gapChanges;
        if (!more.cursor.isEmpty())
            next.cursor = more.cursor;
    }
    m_committing = true;
    m_store.commit(m_account, next, m_backend.self()).then(this, [this, run = m_run](const base::Expected<chat::SyncBatch>& stored) {
        m_committing = false;
        if (stored) {
            m_stored.append(*stored); // of an earlier run too: the next one starts behind it
            if (m_stored.size() == 1)
                tellNext();
        } else {
            qCWarning(lcSync) << "cannot store what came in:" << stored.error().detail;
            if (run == m_run) {
                stop();
                emit failed(stored.error());
                return;
            }
            // An earlier run's: the cursor did not move, so this run has got it again or will get it.
        }
        commitNext();
    });
}

void AccountSync::tellNext()
{
    if (m_stored.isEmpty())
        return;
    chat::SyncBatch slice;
    const chat::SyncBatch& first = m_stored.constFirst(); // shared with who stored it: taking away from it would copy it all
    if (first.events.size() - m_told > kMaxEventsTold) {
        slice.events = first.events.sliced(m_told, kMaxEventsTold);
        m_told += kMaxEventsTold;
    } else {
        slice = m_stored.takeFirst(); // gaps and cursor come with the last of its events
        if (m_told > 0)
            slice.events = slice.events.sliced(std::exchange(m_told, 0));
    }
    if (!m_stored.isEmpty())
        m_telling.start(0);
    emit committed(slice);
    commitNext();
}

/// The store cannot keep up. What waits is dropped and asked for again from the stored cursor, at the pace of the store.
void AccountSync::startOver()
{
    qCWarning(lcSync) << m_account.text() << "sends faster than the store takes; starting again from what is stored";
    ++m_run;
    m_stopped = true;
    m_waiting.clear();
    m_waitingEvents = 0;
    // Not from inside the backend's own signal.
    QMetaObject::invokeMethod(
        this,
        [this, run = m_run] {
            if (run != m_run)
                return; // stopped or started by somebody meanwhile
            m_backend.stop();
            start().then(this, [this](const base::Expected<store::AccountState>& state) {
                if (!state)
                    emit failed(state.error());
            });
        },
        Qt::QueuedConnection);
}

} // namespace ridealong::sync
