// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "store/openreport.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

#include <unordered_map>
#include <utility>

namespace ridealong::store {

/// What a SELECT gave, read from first to last.
class Rows
{
public:
    explicit Rows(QSqlQuery& query) : m_query(&query) {}
    Rows(Rows&& other) noexcept : m_query(std::exchange(other.m_query, nullptr)) {}
    Rows& operator=(Rows&&) = delete;
    ~Rows()
    {
        if (m_query)
            m_query->finish();
    }

    bool next() { return m_query->next(); }
    QVariant value(int column) const { return m_query->value(column); }
    QString text(int column) const { return m_query->value(column).toString(); }
    qint64 integer(int column) const { return m_query->value(column).toLongLong(); }

private:
    QSqlQuery* m_query;
};

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

    /// Runs a statement (prepared once and kept) that gives rows. One set of rows of the same statement at a time.
    base::Expected<Rows> select(const QString& sql, const QVariantList& values = {});
    /// Runs a statement that gives none.
    base::Status run(const QString& sql, const QVariantList& values = {});

private:
    base::Status tryOpen(OpenReport& report);
    base::Status migrate(bool readOnly);
    base::Expected<QSqlQuery*> execute(const QString& sql, const QVariantList& values);
    QString moveAside() const; ///< the new name, empty when it cannot be
    void close(bool clean);
    base::Status begin();
    base::Status commit();
    void rollback();

    QString m_path;
    QString m_connection;
    QList<QStringList> m_migrations;
    QSqlDatabase m_database;
    std::unordered_map<QString, QSqlQuery> m_statements;
    bool m_damaged = false; ///< by the last attempt to open
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
