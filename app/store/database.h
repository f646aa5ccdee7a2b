// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "store/openreport.h"

#include <QSqlDatabase>
#include <QStringList>

namespace ridealong::store {

/// One SQLite file: WAL, foreign keys, a busy timeout, migrations by user_version. Used on one thread.
class Database
{
public:
    /// `migrations[n]` brings user_version n to n + 1; each runs in one transaction.
    Database(QString path, QList<QStringList> migrations);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Opens, checks and migrates. A corrupt file is moved aside, never deleted, and a new one begun.
    /// Errors: Storage (full, no permission), Incompatible (a newer program's file).
    base::Expected<OpenReport> open();
    QSqlDatabase& handle() { return m_database; }

    /// Runs `work` (returning Status) in one transaction; rolls back when it fails.
    template <typename Work> base::Status transaction(Work work);

    /// What the last SQLite error means; Storage with the detail of SQLite.
    static base::Error errorOf(const QSqlQuery& query);

private:
    base::Status begin();
    base::Status commit();
    void rollback();

    QString m_path;
    QString m_connection;
    QList<QStringList> m_migrations;
    QSqlDatabase m_database;
};

template <typename Work> base::Status Database::transaction(Work work)
{
    if (auto begun = begin(); !begun)
        return begun;
    base::Status done = work();
    if (!done) {
        rollback();
        return done;
    }
    return commit();
}

} // namespace ridealong::store
