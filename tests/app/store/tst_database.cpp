// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"
#include "support/withoutprivileges.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::ErrorKind;
using store::Database;

namespace {

const QList<QStringList> kOne{{u"CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"_s}};
const QList<QStringList> kTwo = kOne + QList<QStringList>{{u"ALTER TABLE notes ADD COLUMN mark INTEGER NOT NULL DEFAULT 7"_s}};

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

int count(Database& database)
{
    auto rows = database.select(u"SELECT count(*) FROM notes"_s);
    return rows && rows->next() ? int(rows->integer(0)) : -1;
}

} // namespace

class TestDatabase : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void makesANewFileAndMarksItWhileOpen();
    void bindsWhatNeverWasSetAsEmptyText();
    void keepsPreparedStatementsForTheNextUse();
    void migratesAnOlderFileOnce();
    void rollsBackAMigrationThatFails();
    void leavesANewerFileAsItIs();
    void leavesANewerFileWithALogAsItIs();
    void keepsGarbageAside();
    void keepsATruncatedFileAsideWithItsLog();
    void findsDamageAfterAnUncleanEnd();
    void rememberedDamageIsCheckedAtTheNextStart();
    void aReadThatFailsInTheMiddleIsAnError();
    void readsAFileInAReadOnlyFolder_data();
    void readsAFileInAReadOnlyFolder();
    void tellsThatAReadOnlyFileNeedsAnUpdate();
    void saysThatTheDiskIsFullAndGoesOnAfterwards();
    void answersWhenItIsNotOpen();
    void refusesAFolderAsAFile();

private:
    /// A closed file with `notes` notes.
    void make(int notes, const QList<QStringList>& migrations = kOne)
    {
        Database database(m_path, migrations);
        QVERIFY(database.open());
        QVERIFY(database.transaction([&]() -> base::Status {
            for (int i = 0; i < notes; ++i)
                if (auto done = database.run(u"INSERT INTO notes(text) VALUES (?)"_s, {QString(200, u'x')}); !done)
                    return done;
            return base::Done();
        }));
    }
    QStringList kept() const { return QDir(m_folder->path()).entryList({u"*.corrupt-*"_s}, QDir::Files, QDir::Name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestDatabase::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"test.db"_s);
}

void TestDatabase::makesANewFileAndMarksItWhileOpen()
{
    {
        Database database(m_path, kOne);
        const auto report = database.open();
        QVERIFY(report);
        QVERIFY(report->keptAside.isEmpty());
        QVERIFY(!report->readOnly);
        QVERIFY(QFile::exists(m_path + u".open"_s));
        auto mode = database.select(u"PRAGMA journal_mode"_s);
        QVERIFY(mode && mode->next());
        QCOMPARE(mode->text(0), u"wal"_s);
    }
    QVERIFY(!QFile::exists(m_path + u".open"_s));
    QVERIFY(!QFile::exists(m_path + u"-wal"_s));
}

void TestDatabase::bindsWhatNeverWasSetAsEmptyText()
{
    Database database(m_path, kOne);
    QVERIFY(database.open());
    QVERIFY(database.run(u"INSERT INTO notes(text) VALUES (?)"_s, {QString()}));
    auto rows = database.select(u"SELECT text IS NULL FROM notes WHERE text = ?"_s, {QString()});
    QVERIFY(rows && rows->next());
    QCOMPARE(rows->integer(0), 0);
}

void TestDatabase::keepsPreparedStatementsForTheNextUse()
{
    Database database(m_path, kOne);
    QVERIFY(database.open());
    for (int i = 1; i <= 50; ++i)
        QVERIFY(database.run(u"INSERT INTO notes(id, text) VALUES (?, ?)"_s, {i, QString::number(i)}));
    for (int i = 1; i <= 50; ++i) {
        auto rows = database.select(u"SELECT text FROM notes WHERE id = ?"_s, {i});
        QVERIFY(rows && rows->next());
        QCOMPARE(rows->text(0), QString::number(i));
        QVERIFY(!rows->next());
        QVERIFY(rows->status());
    }
    { // rows that were not read to the end do not keep the statement, nor the file, busy
        auto rows = database.select(u"SELECT id FROM notes"_s);
        QVERIFY(rows && rows->next());
    }
    auto again = database.select(u"SELECT id FROM notes"_s);
    int seen = 0;
    while (again->next())
        ++seen;
    QCOMPARE(seen, 50);
    QVERIFY(database.run(u"DROP TABLE notes"_s));
    QVERIFY(!database.select(u"SELECT id FROM notes"_s)); // prepared before, and still an error now
}

void TestDatabase::migratesAnOlderFileOnce()
{
    make(3);
    for (int round = 0; round < 2; ++round) {
        Database database(m_path, kTwo);
        QVERIFY(database.open());
        auto rows = database.select(u"SELECT total(mark) FROM notes"_s);
        QVERIFY(rows && rows->next());
        QCOMPARE(rows->integer(0), 21);
    }
}

void TestDatabase::rollsBackAMigrationThatFails()
{
    make(3);
    {
        Database database(m_path, kOne + QList<QStringList>{{u"DELETE FROM notes"_s, u"this is no SQL"_s}});
        const auto report = database.open();
        QVERIFY(!report);
        QVERIFY(report.error().kind == ErrorKind::Storage);
    }
    Database database(m_path, kOne);
    QVERIFY(database.open());
    QCOMPARE(count(database), 3);
}

void TestDatabase::leavesANewerFileAsItIs()
{
    make(3, kTwo);
    // In another journal mode a start that is not careful would switch the file to WAL before it looks at the version.
    for (const QString& mode : {u"DELETE"_s, u"WAL"_s}) {
        {
            Database database(m_path, kTwo);
            QVERIFY(database.open());
            QVERIFY(database.run(u"PRAGMA journal_mode = "_s + mode));
        }
        const QByteArray before = contents(m_path);
        {
            Database database(m_path, kOne);
            const auto report = database.open();
            QVERIFY(!report);
            QVERIFY(report.error().kind == ErrorKind::Incompatible);
        }
        QCOMPARE(contents(m_path), before);
        QVERIFY(kept().isEmpty());
    }
}

void TestDatabase::leavesANewerFileWithALogAsItIs()
{
    make(3);
    const QString copy = m_folder->filePath(u"copy.db"_s);
    {
        Database database(m_path, kTwo);
        QVERIFY(database.open());
        // As after a crash: file and log, taken while it was open.
        QVERIFY(QFile::copy(m_path, copy));
        QVERIFY(QFile::copy(m_path + u"-wal"_s, copy + u"-wal"_s));
    }
    const QByteArray before = contents(copy);
    const QByteArray log = contents(copy + u"-wal"_s);
    QVERIFY(!log.isEmpty());
    {
        Database database(copy, kOne);
        const auto report = database.open();
        QVERIFY(!report);
        QVERIFY(report.error().kind == ErrorKind::Incompatible);
    }
    QCOMPARE(contents(copy), before);
    QCOMPARE(contents(copy + u"-wal"_s), log);
}

void TestDatabase::keepsGarbageAside()
{
    const QByteArray garbage = QByteArray("this is no database at all, but somebody's letter. ").repeated(100);
    write(m_path, garbage);
    Database database(m_path, kOne);
    const auto report = database.open();
    QVERIFY(report);
    QVERIFY(!report->keptAside.isEmpty());
    QCOMPARE(contents(report->keptAside), garbage);
    QCOMPARE(count(database), 0);
}

void TestDatabase::keepsATruncatedFileAsideWithItsLog()
{
    make(500);
    write(m_path, contents(m_path).left(20'000));
    write(m_path + u"-wal"_s, "a log");
    write(m_path + u"-shm"_s, "an index of the log");
    {
        Database database(m_path, kOne);
        const auto report = database.open();
        QVERIFY(report);
        QCOMPARE(contents(report->keptAside).size(), 20'000);
        QCOMPARE(count(database), 0);
        QVERIFY(database.run(u"INSERT INTO notes(text) VALUES ('new')"_s));
        QCOMPARE(kept().size(), 3); // the log went with the file that it belongs to
        QVERIFY(kept().contains(QFileInfo(report->keptAside).fileName() + u"-wal"_s));
    }
    Database database(m_path, kOne);
    const auto again = database.open();
    QVERIFY(again);
    QVERIFY(again->keptAside.isEmpty());
    QCOMPARE(count(database), 1);
}

void TestDatabase::findsDamageAfterAnUncleanEnd()
{
    make(500);
    QByteArray bytes = contents(m_path);
    for (qsizetype i = bytes.size() / 2; i < bytes.size() / 2 + 4096; ++i)
        bytes[i] = char(0xff);
    write(m_path, bytes);
    {
        Database database(m_path, kOne);
        const auto report = database.open();
        QVERIFY(report); // after a clean end nobody reads the whole file at every start
        QVERIFY(report->keptAside.isEmpty());
    }
    write(m_path + u".open"_s, "");
    Database database(m_path, kOne);
    const auto report = database.open();
    QVERIFY(report);
    QCOMPARE(contents(report->keptAside), bytes);
}

void TestDatabase::rememberedDamageIsCheckedAtTheNextStart()
{
    make(500);
    QByteArray bytes = contents(m_path);
    for (qsizetype i = bytes.size() / 2; i < bytes.size() / 2 + 4096; ++i)
        bytes[i] = char(0xff);
    write(m_path, bytes);
    {
        Database database(m_path, kOne);
        QVERIFY(database.open());
        QVERIFY(!database.isDamaged());
        QVERIFY(!database.each(u"SELECT text FROM notes"_s, {}, [](const store::Rows&) {}));
        QVERIFY(database.isDamaged());
    }
    QVERIFY(QFile::exists(m_path + u".open"_s));
    Database database(m_path, kOne);
    const auto report = database.open();
    QVERIFY(report);
    QCOMPARE(contents(report->keptAside), bytes);
    QCOMPARE(count(database), 0);
}

void TestDatabase::aReadThatFailsInTheMiddleIsAnError()
{
    make(500);
    QByteArray bytes = contents(m_path);
    for (qsizetype i = bytes.size() / 2; i < bytes.size() / 2 + 4096; ++i)
        bytes[i] = char(0xff);
    write(m_path, bytes);
    Database database(m_path, kOne);
    QVERIFY(database.open());
    auto rows = database.select(u"SELECT id, text FROM notes ORDER BY id"_s);
    QVERIFY(rows);
    int read = 0;
    while (rows->next())
        ++read;
    QVERIFY(read > 0);
    QVERIFY(read < 500);
    QVERIFY(!rows->status());
    QVERIFY(rows->status().error().kind == ErrorKind::Storage);
}

void TestDatabase::readsAFileInAReadOnlyFolder_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"test.db"_s;
    QTest::newRow("a name that a URI would take apart") << u"50% of what? #1 & ü.db"_s;
}

void TestDatabase::readsAFileInAReadOnlyFolder()
{
    QFETCH(QString, name);
    m_path = m_folder->filePath(name);
    make(3);
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x5555)));
    QVERIFY(QFile::setPermissions(m_path, QFile::Permissions(0x4444)));
    {
        const tests::WithoutPrivileges nobody;
        QVERIFY(nobody.works());
        Database database(m_path, kOne);
        const auto report = database.open();
        QVERIFY2(report, qPrintable(report ? QString() : report.error().detail));
        QVERIFY(report->readOnly);
        QCOMPARE(count(database), 3);
        const auto written = database.run(u"INSERT INTO notes(text) VALUES ('x')"_s);
        QVERIFY(!written);
        QVERIFY(written.error().kind == ErrorKind::Storage);
        QVERIFY(!database.isDamaged());
    }
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7777)));
}

void TestDatabase::tellsThatAReadOnlyFileNeedsAnUpdate()
{
    make(3);
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x5555)));
    {
        const tests::WithoutPrivileges nobody;
        Database database(m_path, kTwo);
        const auto report = database.open();
        QVERIFY(!report);
        QVERIFY(report.error().kind == ErrorKind::Storage);
    }
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7777)));
}

void TestDatabase::saysThatTheDiskIsFullAndGoesOnAfterwards()
{
    Database database(m_path, kOne);
    QVERIFY(database.open());
    QVERIFY(database.run(u"INSERT INTO notes(text) VALUES ('kept')"_s));
    QVERIFY(database.run(u"PRAGMA max_page_count = 4"_s));
    base::Status done = base::Done();
    for (int i = 0; done && i < 100; ++i)
        done = database.transaction([&] { return database.run(u"INSERT INTO notes(text) VALUES (?)"_s, {QString(2000, u'x')}); });
    QVERIFY(!done);
    QVERIFY(done.error().kind == ErrorKind::Storage);
    QVERIFY(!database.isDamaged());
    const int stored = count(database);
    QVERIFY(stored >= 1);
    QVERIFY(database.run(u"PRAGMA max_page_count = 1000"_s));
    QVERIFY(database.transaction([&] { return database.run(u"INSERT INTO notes(text) VALUES (?)"_s, {QString(2000, u'x')}); }));
    QCOMPARE(count(database), stored + 1);
}

void TestDatabase::answersWhenItIsNotOpen()
{
    Database database(m_path, kOne);
    QVERIFY(!database.run(u"SELECT 1"_s));
    QVERIFY(!database.select(u"SELECT 1"_s));
    QVERIFY(!database.transaction([]() -> base::Status { return base::Done(); }));
}

void TestDatabase::refusesAFolderAsAFile()
{
    QVERIFY(QDir().mkdir(m_path));
    Database database(m_path, kOne);
    const auto report = database.open();
    QVERIFY(!report);
    QVERIFY(report.error().kind == ErrorKind::Storage);
    QVERIFY(QFileInfo(m_path).isDir());
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
