// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include "base/log.h"
#include "base/wellformed.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>
#include <QUuid>

namespace ridealong::store {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

// SQLite's result codes (sqlite3.h), lower byte of the extended ones.
constexpr int kCorrupt = 11;
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
    : m_path(std::move(path)),
      m_connection(QUuid::createUuid().toString()),
      m_migrations(std::move(migrations))
{}

Database::~Database()
{
    disconnect();
    if (m_marked && !m_damaged)
        QFile::remove(uncleanMarker(m_path));
}

void Database::disconnect()
{
    m_statements.clear();
    if (!m_database.isValid())
        return;
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

Error Database::errorOf(const QSqlQuery& query) { return toError(query.lastError()); }

Error Database::noteFailure(const QSqlQuery& query)
{
    m_damaged = m_damaged || isDamage(query.lastError());
    return errorOf(query);
}

// ---- statements ----

bool Rows::next()
{
    if (m_query->next())
        return true;
    m_failed = m_query->lastError().isValid();
    return false;
}

base::Status Rows::status() const { return m_failed ? base::Status(m_database->noteFailure(*m_query)) : base::Status(base::Done()); }

QVariant Database::bound(const QVariant& value)
{
    if (value.metaType() != QMetaType::fromType<QString>())
        return value;
    const QString text = value.toString();
    // A QString that was never set is an empty text to us, not SQL's NULL, which equals nothing.
    return text.isNull() ? u""_s : base::wellFormed(text);
}

base::Expected<QSqlQuery*> Database::execute(const QString& sql, const QVariantList& values)
{
    if (!m_database.isOpen())
        return Error{ErrorKind::Storage, u"%1 is not open"_s.arg(m_path), 0};
    auto known = m_statements.find(sql);
    if (known == m_statements.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(sql))
            return noteFailure(query);
        known = m_statements.emplace(sql, std::move(query)).first;
    }
    QSqlQuery& query = known->second;
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(int(i), bound(values[i]));
    if (!query.exec())
        return noteFailure(query);
    return &query;
}

base::Expected<Rows> Database::select(const QString& sql, const QVariantList& values)
{
    const auto query = execute(sql, values);
    if (!query)
        return query.error();
    return Rows(*this, **query);
}

base::Status Database::run(const QString& sql, const QVariantList& values)
{
    const auto query = execute(sql, values);
    if (!query)
        return query.error();
    m_affectedRows = (*query)->numRowsAffected();
    (*query)->finish();
    return base::Done();
}

base::Status Database::begin()
{
    if (!m_database.isOpen())
        return Error{ErrorKind::Storage, u"%1 is not open"_s.arg(m_path), 0};
    QSqlQuery query(m_database);
    return query.exec(u"BEGIN IMMEDIATE"_s) ? base::Status(base::Done()) : base::Status(noteFailure(query));
}

base::Status Database::commit()
{
    QSqlQuery query(m_database);
    if (query.exec(u"COMMIT"_s))
        return base::Done();
    const Error error = noteFailure(query);
    rollback();
    return error;
}

void Database::rollback()
{
    QSqlQuery query(m_database);
    query.exec(u"ROLLBACK"_s); // fails when SQLite rolled back by itself (a full disk): as good
}

// ---- opening ----

base::Expected<OpenReport> Database::open()
{
    OpenReport report;
    base::Status opened = tryOpen(report);
    if (!opened && m_damaged) {
        disconnect();
        report.keptAside = moveAside();
        if (report.keptAside.isEmpty())
            return Error{ErrorKind::Storage, u"%1 is damaged and cannot be moved aside"_s.arg(m_path), 0};
        qCWarning(lcStore) << "damaged database kept as" << report.keptAside;
        QFile::remove(uncleanMarker(m_path));
        opened = tryOpen(report);
    }
    if (!opened) {
        disconnect();
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
    // The log first: a new file must never meet the old one's log, which SQLite would play into it.
    QStringList moved;
    for (const QString& suffix : {u"-wal"_s, u"-shm"_s, u"-journal"_s, QString()}) {
        if (!QFile::exists(m_path + suffix))
            continue;
        if (!QFile::rename(m_path + suffix, target + suffix)) {
            for (const QString& back : std::as_const(moved))
                QFile::rename(target + back, m_path + back);
            return {};
        }
        moved += suffix;
    }
    return target;
}

base::Status Database::connectAs(Access access)
{
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    const QString timeout = u"QSQLITE_BUSY_TIMEOUT=5000"_s;
    switch (access) {
    case Access::ReadWrite:
        m_database.setDatabaseName(m_path);
        m_database.setConnectOptions(timeout);
        break;
    case Access::ReadOnly:
        m_database.setDatabaseName(m_path);
        m_database.setConnectOptions(timeout + u";QSQLITE_OPEN_READONLY"_s);
        break;
    case Access::Immutable: {
        const QByteArray path = QUrl::toPercentEncoding(QFileInfo(m_path).absoluteFilePath(), "/");
        m_database.setDatabaseName(u"file:%1?immutable=1"_s.arg(QString::fromLatin1(path)));
        m_database.setConnectOptions(timeout + u";QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s);
        break;
    }
    }
    if (m_database.open())
        return base::Done();
    m_damaged = m_damaged || isDamage(m_database.lastError());
    return toError(m_database.lastError());
}

/// What can be found out without writing: is it ours to open, and is it whole?
base::Status Database::inspect(int* version, bool wholeFile)
{
    if (auto checked = checkVersion(version); !checked)
        return checked;
    QSqlQuery query(m_database);
    if (!query.exec(wholeFile ? u"PRAGMA quick_check(1)"_s : u"SELECT name FROM sqlite_master LIMIT 1"_s))
        return noteFailure(query);
    if (wholeFile && query.next() && query.value(0).toString() != "ok"_L1) {
        m_damaged = true;
        return Error{ErrorKind::Storage, query.value(0).toString(), 0};
    }
    return base::Done();
}

base::Status Database::checkVersion(int* version)
{
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return noteFailure(query);
    *version = query.value(0).toInt();
    if (*version > m_migrations.size())
        return Error{ErrorKind::Incompatible,
            u"%1 was written by a newer version (%2, this one knows %3)"_s.arg(m_path).arg(*version).arg(m_migrations.size()), 0};
    return base::Done();
}

base::Status Database::tryOpen(OpenReport& report)
{
    m_damaged = false;
    const bool unclean = QFile::exists(uncleanMarker(m_path));
    const QFileInfo file(m_path);
    const bool hasLog = QFileInfo(m_path + u"-wal"_s).size() > 0;
    report.readOnly = file.exists() && (!file.isWritable() || !QFileInfo(file.path()).isWritable());
    // In WAL mode even a reader needs the -shm file, which it cannot make in a read-only folder: unless it promises SQLite
    // that nobody writes. With a log that promise would hide what is in the log.
    const Access access = !report.readOnly ? Access::ReadWrite : hasLog ? Access::ReadOnly : Access::Immutable;
    int version = 0;
    // A full check reads the whole file, so only after an end that was no clean one.
    bool inspected = false;
    if (access == Access::ReadWrite && hasLog) {
        // Closing a writable connection plays the log into the file and deletes it: not for us to do with a newer program's
        // file, nor with a damaged one, whose log may be what is left of it.
        base::Status looked = connectAs(Access::ReadOnly);
        if (looked)
            looked = inspect(&version, unclean);
        disconnect();
        if (!looked && (m_damaged || looked.error().kind == ErrorKind::Incompatible))
            return looked;
        inspected = bool(looked);
    }
    if (auto connected = connectAs(access); !connected)
        return connected;
    if (!inspected)
        if (auto looked = inspect(&version, unclean); !looked) // before anything that writes
            return looked;

    QSqlQuery query(m_database);
    // FULL: what was answered "stored" survives a power cut, not only a crash of ours.
    QStringList pragmas{u"PRAGMA foreign_keys = ON"_s, u"PRAGMA temp_store = MEMORY"_s, u"PRAGMA synchronous = FULL"_s};
    if (!report.readOnly)
        pragmas.prepend(u"PRAGMA journal_mode = WAL"_s);
    for (const QString& pragma : std::as_const(pragmas))
        if (!query.exec(pragma))
            return noteFailure(query);
    query.finish();
    if (auto migrated = migrate(version, report.readOnly); !migrated)
        return migrated;
    if (!report.readOnly) {
        QFile marker(uncleanMarker(m_path));
        m_marked = marker.open(QIODevice::WriteOnly);
        if (!m_marked)
            qCWarning(lcStore) << "cannot write" << marker.fileName(); // costs a check at worst
    }
    return base::Done();
}

base::Status Database::migrate(int version, bool readOnly)
{
    if (version < m_migrations.size() && readOnly)
        return Error{ErrorKind::Storage, u"%1 is read-only and needs an update"_s.arg(m_path), 0};
    QSqlQuery query(m_database);
    for (int next = version; next < m_migrations.size(); ++next) {
        auto done = transaction([&]() -> base::Status {
            for (const QString& sql : m_migrations[next])
                if (!query.exec(sql))
                    return noteFailure(query);
            if (!query.exec(u"PRAGMA user_version = %1"_s.arg(next + 1)))
                return noteFailure(query);
            return base::Done();
        });
        if (!done)
            return done;
    }
    return base::Done();
}

} // namespace ridealong::store
