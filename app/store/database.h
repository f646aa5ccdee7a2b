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

class Database;

/// What a SELECT gave, read from first to last. After the last one ask status(): reading can fail in the middle.
class Rows
{
public:
    Rows(Database& database, QSqlQuery& query) : m_database(&database), m_query(&query) {}
    Rows(Rows&& other) noexcept : m_database(other.m_database), m_query(std::exchange(other.m_query, nullptr)) {}
    Rows& operator=(Rows&&) = delete;
    ~Rows()
    {
        if (m_query)
            m_query->finish();
    }

    bool next();
    base::Status status() const;
    QVariant value(int column) const { return m_query->value(column); }
    QString text(int column) const { return m_query->value(column).toString(); }
    qint64 integer(int column) const { return m_query->value(column).toLongLong(); }

private:
    Database* m_database;
    QSqlQuery* m_query;
    bool m_failed = false;
};

/// One SQLite file: WAL, foreign keys, a busy timeout, migrations by user_version. Used on one thread.
class Database
{
public:
    /// `migrations[n]` brings user_version n to n + 1; each runs in one transaction.
    Database(QString path, QList<QStringList> migrations);
    /// When damage was seen, the marker of an unclean end stays, so that the next start checks the whole file.
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Opens, checks and migrates. A corrupt file is moved aside, never deleted, and a new one begun. A newer program's
    /// file is not touched. Errors: Storage (full, no permission), Incompatible (a newer program's file).
    base::Expected<OpenReport> open();
    QSqlDatabase& handle() { return m_database; }

    /// Runs `work` (returning Status) in one transaction; rolls back when it fails.
    template <typename Work> base::Status transaction(Work work);

    /// What the last SQLite error means; Storage with the detail of SQLite.
    static base::Error errorOf(const QSqlQuery& query);
    /// The same for a query on handle() that failed, and remembers when it says that the file is damaged.
    base::Error noteFailure(const QSqlQuery& query);
    bool isDamaged() const { return m_damaged; }

    /// The value as every statement binds it: a text never set is an empty one, and only what SQLite reads back is written.
    static QVariant bound(const QVariant& value);

    /// Runs a statement (prepared once and kept) that gives rows; as many values as it has parameters. One set of rows of the same statement at a
    /// time.
    base::Expected<Rows> select(const QString& sql, const QVariantList& values = {});
    /// Calls `row(const Rows&)` for each row. A failure in the middle is an error, not a shorter answer.
    template <typename Row> base::Status each(const QString& sql, const QVariantList& values, Row row);
    /// Runs a statement that gives none.
    base::Status run(const QString& sql, const QVariantList& values = {});
    /// How many rows the last run() added, changed or removed.
    int affectedRows() const { return m_affectedRows; }

private:
    enum class Access { ReadWrite, ReadOnly, Immutable };

    base::Status tryOpen(OpenReport& report);
    base::Status connectAs(Access access);
    base::Status inspect(int* version, bool wholeFile);
    base::Status checkVersion(int* version);
    base::Status migrate(int version, bool readOnly);
    base::Expected<QSqlQuery*> execute(const QString& sql, const QVariantList& values);
    QString moveAside() const; ///< the new name, empty when it cannot be
    void disconnect();
    base::Status begin();
    base::Status commit();
    void rollback();

    QString m_path;
    QString m_connection;
    QList<QStringList> m_migrations;
    QSqlDatabase m_database;
    std::unordered_map<QString, QSqlQuery> m_statements;
    int m_affectedRows = 0;
    bool m_damaged = false;
    bool m_marked = false; ///< our marker stands beside the file
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

template <typename Row> base::Status Database::each(const QString& sql, const QVariantList& values, Row row)
{
    auto rows = select(sql, values);
    if (!rows)
        return rows.error();
    while (rows->next())
        row(std::as_const(*rows));
    return rows->status();
}

} // namespace ridealong::store
