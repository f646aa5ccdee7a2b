// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/settings.h"
#include "support/fakeclock.h"
#include "support/fulldisk.h"
#include "support/withoutprivileges.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace std::chrono_literals;
using settings::Key;
using settings::Settings;

class TestSettings : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void givesDefaultsWithoutAFile();
    void writesAMomentAfterAChangeAndOnlyOnce();
    void writesAtTheEnd();
    void keepsKeysItDoesNotKnow();
    void readsADefaultForAValueOfAWrongType_data();
    void readsADefaultForAValueOfAWrongType();
    void ignoresAValueOfAWrongType();
    void tellsAChangeOnce();
    void keepsACorruptFileAside_data();
    void keepsACorruptFileAside();
    void neverReplacesAFileItCannotRead();
    void neverReplacesACorruptFileItCannotMove();
    void keepsChangesInMemoryInAReadOnlyFolder();
    void triesAgainAfterAFailedWrite();

private:
    void write(const QByteArray& bytes)
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QByteArray contents() const
    {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QJsonObject stored() const { return QJsonDocument::fromJson(contents()).object(); }
    void permit(const QString& path, int permissions) { QVERIFY(QFile::setPermissions(path, QFile::Permissions(permissions))); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    tests::FakeClock m_clock;
};

void TestSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"settings.json"_s);
}

void TestSettings::givesDefaultsWithoutAFile()
{
    Settings all(m_path, m_clock);
    const auto report = all.load();
    QVERIFY(!report.readOnly);
    QVERIFY(!report.problem);
    QVERIFY(report.keptAside.isEmpty());
    QCOMPARE(all.value(Key::ThemeChoice).toString(), u"system"_s);
    QCOMPARE(all.value(Key::TextScale).toDouble(), 1.0);
    QVERIFY(!QFile::exists(m_path));
}

void TestSettings::writesAMomentAfterAChangeAndOnlyOnce()
{
    Settings all(m_path, m_clock);
    all.load();
    for (const QString& text : {u"a"_s, u"ab"_s, u"abc"_s})
        all.setValue(Key::ConsoleDraft, text);
    QCOMPARE(m_clock.pending(), 1);
    QVERIFY(!QFile::exists(m_path));
    m_clock.advance(300ms);
    QCOMPARE(stored()[u"console.draft"_s].toString(), u"abc"_s);
    Settings again(m_path, m_clock);
    again.load();
    QCOMPARE(again.value(Key::ConsoleDraft).toString(), u"abc"_s);
}

void TestSettings::writesAtTheEnd()
{
    {
        Settings all(m_path, m_clock);
        all.load();
        all.setValue(Key::ConsoleHistory, QStringList{u"one"_s, u"two"_s});
        all.setValue(Key::Shortcuts, QVariantMap{{u"view.console"_s, u"Ctrl+1"_s}});
        all.setValue(Key::TextScale, 2);
    }
    Settings again(m_path, m_clock);
    again.load();
    QCOMPARE(again.value(Key::ConsoleHistory).toStringList(), (QStringList{u"one"_s, u"two"_s}));
    QCOMPARE(again.value(Key::Shortcuts).toMap()[u"view.console"_s].toString(), u"Ctrl+1"_s);
    QCOMPARE(again.value(Key::TextScale).toDouble(), 2.0);
}

void TestSettings::keepsKeysItDoesNotKnow()
{
    write(R"({"future.key": {"deep": [1, 2]}, "theme.choice": "dark"})");
    {
        Settings all(m_path, m_clock);
        all.load();
        QCOMPARE(all.value(Key::ThemeChoice).toString(), u"dark"_s);
        all.setValue(Key::EnterSends, false);
    }
    QCOMPARE(stored()[u"future.key"_s][u"deep"_s].toArray().size(), 2);
    QCOMPARE(stored()[u"theme.choice"_s].toString(), u"dark"_s);
}

void TestSettings::readsADefaultForAValueOfAWrongType_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char* value : {"5", "null", "[]", "{}", "true", "\"big\"", "\"1.5\"", "1e999"})
        QTest::newRow(value) << QByteArray(value);
}

void TestSettings::readsADefaultForAValueOfAWrongType()
{
    QFETCH(QByteArray, value);
    const auto with = [&](const char* key) { write(QByteArray("{\"") + key + "\": " + value + "}"); };
    const auto load = [&](Key key) {
        Settings all(m_path, m_clock);
        all.load();
        return all.value(key);
    };
    with("theme.textScale");
    if (value != "5")
        QCOMPARE(load(Key::TextScale).toDouble(), 1.0);
    with("theme.choice");
    if (!value.startsWith('"'))
        QCOMPARE(load(Key::ThemeChoice).toString(), u"system"_s);
    with("console.history");
    QCOMPARE(load(Key::ConsoleHistory).toStringList(), QStringList());
    with("composer.enterSends");
    QCOMPARE(load(Key::EnterSends).toBool(), true);
}

void TestSettings::ignoresAValueOfAWrongType()
{
    Settings all(m_path, m_clock);
    all.load();
    QSignalSpy changed(&all, &Settings::changed);
    all.setValue(Key::ThemeChoice, 5);
    all.setValue(Key::TextScale, u"big"_s);
    all.setValue(Key::TextScale, std::numeric_limits<double>::quiet_NaN());
    all.setValue(Key::EnterSends, QVariant());
    QCOMPARE(changed.size(), 0);
    QCOMPARE(all.value(Key::TextScale).toDouble(), 1.0);
}

void TestSettings::tellsAChangeOnce()
{
    Settings all(m_path, m_clock);
    all.load();
    QSignalSpy changed(&all, &Settings::changed);
    all.setValue(Key::ThemeChoice, u"dark"_s);
    all.setValue(Key::ThemeChoice, u"dark"_s);
    QCOMPARE(changed.size(), 1);
}

void TestSettings::keepsACorruptFileAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("\x00\xff{{{", 5);
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("cut off") << QByteArray("{\"theme.choice\": \"da");
    QTest::newRow("too large") << QByteArray((8 << 20) + 1, ' ');
}

void TestSettings::keepsACorruptFileAside()
{
    QFETCH(QByteArray, bytes);
    write(bytes);
    Settings all(m_path, m_clock);
    const auto report = all.load();
    QVERIFY(!report.keptAside.isEmpty());
    QVERIFY(!report.readOnly);
    QFile aside(report.keptAside);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), bytes);
    all.setValue(Key::ThemeChoice, u"dark"_s);
    QVERIFY(all.flush());
    write(bytes); // and again within the same second
    Settings second(m_path, m_clock);
    const auto again = second.load();
    QVERIFY(!again.keptAside.isEmpty());
    QVERIFY(again.keptAside != report.keptAside);
}

void TestSettings::neverReplacesAFileItCannotRead()
{
    const QByteArray precious = R"({"theme.choice": "dark"})";
    write(precious);
    permit(m_path, 0);
    permit(m_folder->path(), 0x7777);
    {
        const tests::WithoutPrivileges nobody;
        Settings all(m_path, m_clock);
        const auto report = all.load();
        QVERIFY(report.problem);
        QVERIFY(report.problem->kind == base::ErrorKind::Storage);
        QVERIFY(report.readOnly);
        all.setValue(Key::ThemeChoice, u"light"_s);
        QCOMPARE(all.value(Key::ThemeChoice).toString(), u"light"_s);
        m_clock.advance(1h);
    }
    permit(m_path, 0x6600);
    QCOMPARE(contents(), precious);
}

void TestSettings::neverReplacesACorruptFileItCannotMove()
{
    write("no JSON");
    permit(m_path, 0x6666);
    permit(m_folder->path(), 0x5555);
    {
        const tests::WithoutPrivileges nobody;
        Settings all(m_path, m_clock);
        const auto report = all.load();
        QVERIFY(report.problem);
        QVERIFY(report.readOnly);
        QVERIFY(report.keptAside.isEmpty());
        all.setValue(Key::ThemeChoice, u"light"_s);
    }
    permit(m_folder->path(), 0x7777);
    QCOMPARE(contents(), QByteArray("no JSON"));
}

void TestSettings::keepsChangesInMemoryInAReadOnlyFolder()
{
    write(R"({"theme.choice": "dark"})");
    permit(m_path, 0x4444);
    permit(m_folder->path(), 0x5555);
    {
        const tests::WithoutPrivileges nobody;
        Settings all(m_path, m_clock);
        const auto report = all.load();
        QVERIFY(report.readOnly);
        QVERIFY(!report.problem);
        QCOMPARE(all.value(Key::ThemeChoice).toString(), u"dark"_s);
        all.setValue(Key::ThemeChoice, u"light"_s);
        QCOMPARE(all.value(Key::ThemeChoice).toString(), u"light"_s);
        QVERIFY(all.flush());
    }
    permit(m_folder->path(), 0x7777);
    QCOMPARE(stored()[u"theme.choice"_s].toString(), u"dark"_s);
}

void TestSettings::triesAgainAfterAFailedWrite()
{
    Settings all(m_path, m_clock);
    all.load();
    all.setValue(Key::EnterSends, false);
    QVERIFY(all.flush());
    const QByteArray before = contents();
    m_clock.advance(300ms);
    all.setValue(Key::ThemeChoice, u"dark"_s);
    {
        const tests::FullDisk full;
        m_clock.advance(300ms);
        QCOMPARE(contents(), before); // not half a file
        QVERIFY(!all.flush());
        QVERIFY(all.flush().error().kind == base::ErrorKind::Storage);
    }
    QCOMPARE(m_clock.pending(), 1);
    m_clock.advance(10s);
    QCOMPARE(stored()[u"theme.choice"_s].toString(), u"dark"_s);
    QCOMPARE(m_clock.pending(), 0);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
