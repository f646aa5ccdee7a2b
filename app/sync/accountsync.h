// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "store/profilestore.h"

#include <QTimer>

namespace ridealong::sync {

/// What piles up while a transaction runs goes into the next one together, so that a flood of small batches costs few
/// transactions; capped, so that the first of them is shown soon.
inline constexpr qsizetype kMaxEventsAtOnce = 2000;
/// What is stored is handed on in slices of so many, one a pass of the event loop.
inline constexpr qsizetype kMaxEventsTold = 200;
/// More than this is not kept waiting: the backend is stopped and started again from the stored cursor.
inline constexpr qsizetype kMaxEventsWaiting = 100'000;

/// One per account: takes the backend's batches, one after the other, into the store, and hands each on only when it is
/// stored. When the store fails, nothing is handed on and nothing is lost: the backend is stopped, the error is told, and a
/// later start replays from the stored cursor.
class AccountSync : public QObject
{
    Q_OBJECT
public:
    AccountSync(const base::AccountId& account, chat::Backend& backend, store::ProfileStore& store, QObject* parent = nullptr);

    /// Reads the stored state, then starts the backend from its cursor, unless stop() or another start() came in between.
    base::Async<store::AccountState> start();
    void stop();

signals:
    void committed(const ridealong::chat::SyncBatch& batch);
    void failed(const ridealong::base::Error& error);

private:
    void take(const chat::SyncBatch& batch);
    void commitNext();
    void tellNext();
    void startOver();
    static qsizetype sizeOf(const chat::SyncBatch& batch) { return batch.events.size() + batch.gaps.size() + 1; }

    base::AccountId m_account;
    chat::Backend& m_backend;
    store::ProfileStore& m_store;
    QList<chat::SyncBatch> m_waiting;
    qsizetype m_waitingEvents = 0;
    QList<chat::SyncBatch> m_stored; ///< not handed on yet
    qsizetype m_told = 0; ///< events of the first of them
    QTimer m_telling;
    int m_run = 0; ///< changes with every start and stop: an answer to an earlier run must not touch this one
    bool m_committing = false;
    bool m_stopped = true;
};

} // namespace ridealong::sync
