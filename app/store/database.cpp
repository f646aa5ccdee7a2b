// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include "base/log.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

namespace ridealong::store {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

// SQLite's result codes (sqlite3.h), lower byte of the extended ones.
constexpr int kReadOnly = 8;
constexpr int kIoError = 10;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kCannotOpen = 14;
constexpr int kNotADatabase = 26;

int primaryCode(const QSqlError& error) { return error.nativeErrorCode().toInt() & 0xff; }

bool isDamage(const QSqlError& error)
{
    const int code = primaryCode(error);
    return code == kCorrupt || code == kNotADatabase;
}

Error toError(const QSqlError& error) { return {ErrorKind::Storage, error.databaseText().isEmpty() ? error.text() : error.databaseText(), 0}; }

/// The marker that stands beside an open database: when it is there at the start, the last end was no clean one.
QString uncleanMarker(const QString& path) { return path + u".open"_s; }

} // namespace

Database::Database(QString path, QList<QStringList> migrations)
    : m_path(std::move(path)), m_connection(QUuid::createUuid().toString()), m_migrations(std::move(migrations))
{
}

Database::~Database() { close(true); }

void Database::close(bool clean)
{
    m_statements.clear();
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
    if (clean)
        QFile::remove(uncleanMarker(m_path));
}

Error Database::errorOf(const QSqlQuery& query) { return toError(query.lastError()); }

base::Expected<QSqlQuery*> Database::execute(const QString& sql, const QVariantList& values)
{
    auto known = m_statements.find(sql);
    if (known == m_statements.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(sql))
            return errorOf(query);
        known = m_statements.emplace(sql, std::move(query)).first;
    }
    QSqlQuery& query = known->second;
    for (qsizetype i = 0; i < values.size(); ++i) {
        // A QString that was never set is an empty text to us, not SQL's NULL, which equals nothing.
        const bool unset = values[i].metaType() == QMetaType::fromType<QString>() && values[i].toString().isNull();
        query.bindValue(int(i), unset ? QVariant(u""_s) : values[i]);
    }
    if (!query.exec())
        return errorOf(query);
    return &query;
}

base::Expected<Rows> Database::select(const QString& sql, const QVariantList& values)
{
    const auto query = execute(sql, values);
    if (!query)
        return query.error();
    return Rows(**query);
}

base::Status Database::run(const QString& sql, const QVariantList& values)
{
    const auto query = execute(sql, values);
    if (!query)
        return query.error();
    (*query)->finish();
    return base::Done();
}

base::Expected<OpenReport> Database::open()
{
    OpenReport report;
    base::Status opened = tryOpen(report);
    if (!opened && m_damaged) {
        close(false);
        report.keptAside = moveAside();
        if (report.keptAside.isEmpty())
            return Error{ErrorKind::Storage, u"%1 is damaged and cannot be moved aside"_s.arg(m_path), 0};
        qCWarning(lcStore) << "damaged database kept as" << report.keptAside;
        opened = tryOpen(report);
    }
    if (!opened) {
        close(false);
        return opened.error();
    }
    return report;
}

QString Database::moveAside() const
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    QString target = u"%1.corrupt-%2"_s.arg(m_path, stamp);
    for (int n = 2; QFile::exists(target); ++n)
        target = u"%1.corrupt-%2-%3"_s.arg(m_path, stamp).arg(n);
    if (!QFile::rename(m_path, target))
        return {};
    for (const QString& suffix : {u"-wal"_s, u"-shm"_s})
        if (QFile::exists(m_path + suffix))
            QFile::rename(m_path + suffix, target + suffix);
    return target;
}

base::Status Database::tryOpen(OpenReport& report)
{
    m_damaged = false;
    const bool unclean = QFile::exists(uncleanMarker(m_path));
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    m_database.setDatabaseName(m_path);
    const QFileInfo file(m_path);
    report.readOnly = file.exists() ? !file.isWritable() || !QFileInfo(file.path()).isWritable() : false;
    m_database.setConnectOptions(report.readOnly ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s : u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!m_database.open())
        return toError(m_database.lastError());

    QSqlQuery query(m_database);
    const auto exec = [&](const QString& sql) -> base::Status {
        if (query.exec(sql))
            return base::Done();
        m_damaged = m_damaged || isDamage(query.lastError());
        return errorOf(query);
    };
    // FULL: what was answered "stored" survives a power cut, not only a crash of ours.
    QStringList pragmas{u"PRAGMA foreign_keys = ON"_s, u"PRAGMA temp_store = MEMORY"_s, u"PRAGMA synchronous = FULL"_s};
    if (!report.readOnly)
        pragmas.prepend(u"PRAGMA journal_mode = WAL"_s);
    for (const QString& pragma : std::as_const(pragmas))
        if (auto done = exec(pragma); !done)
            return done;
    // A full check reads the whole file, so only after an end that was no clean one.
    if (auto checked = exec(unclean ? u"PRAGMA quick_check(1)"_s : u"SELECT name FROM sqlite_master LIMIT 1"_s); !checked)
        return checked;
    if (unclean && query.next() && query.value(0).toString() != "ok"_L1) {
        m_damaged = true;
        return Error{ErrorKind::Storage, query.value(0).toString(), 0};
    }
    query.finish();
    if (auto migrated = migrate(report.readOnly); !migrated)
        return migrated;
    if (!report.readOnly) {
        QFile marker(uncleanMarker(m_path));
        if (!marker.open(QIODevice::WriteOnly))
            qCWarning(lcStore) << "cannot write" << marker.fileName(); // costs a check at worst
    }
    return base::Done();
}

base::Status Database::migrate(bool readOnly)
{
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next()) {
        m_damaged = isDamage(query.lastError());
        return errorOf(query);
    }
    const int version = query.value(0).toInt();
    query.finish();
    if (version > m_migrations.size())
        return Error{ErrorKind::Incompatible, u"%1 was written by a newer version (%2, this one knows %3)"_s.arg(m_path).arg(version).arg(m_migrations.size()), 0};
    if (version < m_migrations.size() && readOnly)
        return Error{ErrorKind::Storage, u"%1 is read-only and needs an update"_s.arg(m_path), 0};
    for (int next = version; next < m_migrations.size(); ++next) {
        auto done = transaction([&]() -> base::Status {
            for (const QString& sql : m_migrations[next])
                if (!query.exec(sql))
                    return errorOf(query);
            if (!query.exec(u"PRAGMA user_version = %1"_s.arg(next + 1)))
                return errorOf(query);
            return base::Done();
        });
        if (!done) {
            m_damaged = isDamage(query.lastError());
            return done;
        }
    }
    return base::Done();
}

base::Status Database::begin()
{
    QSqlQuery query(m_database);
    return query.exec(u"BEGIN IMMEDIATE"_s) ? base::Status(base::Done()) : base::Status(errorOf(query));
}

base::Status Database::commit()
{
    QSqlQuery query(m_database);
    if (query.exec(u"COMMIT"_s))
        return base::Done();
    const Error error = errorOf(query);
    rollback();
    return error;
}

void Database::rollback()
{
    QSqlQuery query(m_database);
    query.exec(u"ROLLBACK"_s); // fails when SQLite rolled back by itself (a full disk): as good
}

} // namespace ridealong::store
