// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "store/profilestore.h"

namespace ridealong::sync {

/// One per account: takes the backend's batches, one after the other, into the store, and hands each on only when it is
/// stored. When the store fails, nothing is handed on and nothing is lost: the backend is stopped, the error is told, and a
/// later start replays from the stored cursor.
class AccountSync : public QObject
{
    Q_OBJECT
public:
    AccountSync(const base::AccountId& account, chat::Backend& backend, store::ProfileStore& store, QObject* parent = nullptr);

    /// Reads the stored state, then starts the backend from its cursor.
    base::Async<store::AccountState> start();
    void stop();

signals:
    void committed(const ridealong::chat::SyncBatch& batch);
    void failed(const ridealong::base::Error& error);

private:
    void takeNext();

    base::AccountId m_account;
    chat::Backend& m_backend;
    store::ProfileStore& m_store;
    QList<chat::SyncBatch> m_waiting;
    bool m_committing = false;
    bool m_stopped = true;
};

} // namespace ridealong::sync
