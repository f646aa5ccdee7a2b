// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "app/run/runnerfixture.h"
#include "scripts/unpack.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;
using tests::Room;

#define QTRY_ENDED(room, id) QTRY_VERIFY_WITH_TIMEOUT(room.isOver(id), 150000)

/// The shipped scripts, as the program unpacks them, run by the runner.
class TestMigrate : public QObject
{
    Q_OBJECT
private slots:
    void copiesATreeWithAnyNames();
    void goesOnAfterAKill();
    void isSteeredBySomebodyElse();
    void staysPausedOverARestart();
    void stopsInGoodOrder();
    void keepsWhatDiffersInTheTarget();
    void onlyListsInADryRun();
    void refusesATargetInsideTheSource_data();
    void refusesATargetInsideTheSource();
    void printsValidReports();
    void failsWhenACheckFails();
};

namespace {

void beginShipped(Room& room)
{
    const auto unpacked = scripts::unpackScripts(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/scripts"), room.path(u"shipped"_s));
    QVERIFY2(unpacked.hasValue(), unpacked ? "" : qPrintable(unpacked.error().detail));
    room.begin({room.path(u"shipped"_s)});
    QCOMPARE(room.library->problems(), QStringList());
}

void write(const QString& path, const QByteArray& content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly) && file.write(content) == content.size(), qPrintable(path));
}

/// Relative path → content, a link's target, or "folder".
QMap<QString, QByteArray> treeOf(const QString& root)
{
    QMap<QString, QByteArray> tree;
    QDirIterator entries(root, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo entry = entries.nextFileInfo();
        const QString name = entry.filePath().mid(root.size() + 1);
        QFile file(entry.filePath());
        if (entry.isSymLink())
            tree[name] = "-> " + entry.symLinkTarget().toUtf8();
        else if (entry.isDir())
            tree[name] = "folder";
        else
            tree[name] = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
    return tree;
}

void makeSource(const QString& root, int files = 60)
{
    tests::FakeRandom random;
    const QStringList folders{u"."_s, u"a b"_s, u"it's"_s, u"q\"uote"_s, u"grün/日本"_s, u"line\nbreak"_s, u"-dash"_s, u"$HOME `id`"_s};
    for (int i = 0; i < files; ++i) {
        QByteArray content(qsizetype(random.next() % 5000), char(i));
        write(root + u'/' + folders[i % folders.size()] + u"/file %1"_s.arg(i), content);
    }
    write(root + u"/new\nline"_s, "x");
    write(root + u"/-n"_s, "dash");
    write(root + u"/.hidden"_s, "h");
    write(root + u"/tab\there"_s, "t");
    write(root + u"/empty"_s, "");
    QDir().mkpath(root + u"/empty folder"_s);
    QFile::link(u"/nowhere at all"_s, root + u"/a link"_s);
}

} // namespace

void TestMigrate::copiesATreeWithAnyNames()
{
    Room room;
    beginShipped(room);
    const QString source = room.path(u"from it's \"here\""_s);
    const QString target = room.path(u"to/über/there"_s);
    makeSource(source);
    const auto before = treeOf(source);
    const auto id = room.run(u"migrate start \"%1\" %2 --streams 3"_s.arg(QString(source).replace(u'"', u"\\\""_s), target));
    QTRY_ENDED(room, id);
    QVERIFY2(room.report(id).state == RunState::Succeeded, room.output(id).constData());
    QCOMPARE(treeOf(target), before);
    QCOMPARE(treeOf(source), before);
    QVERIFY(room.output(id).contains("every checksum right"));

    const auto again = room.run(u"migrate start \"%1\" %2"_s.arg(QString(source).replace(u'"', u"\\\""_s), target));
    QTRY_ENDED(room, again);
    QVERIFY2(room.output(again).contains("66 of 66 files are there already"), room.output(again).constData());
}

void TestMigrate::goesOnAfterAKill()
{
    Room room;
    room.limits.killAfterSeconds = 0; // as a crash or a power cut would
    beginShipped(room);
    makeSource(room.path(u"from"_s), 300);
    const auto first = room.run(u"migrate start ../from ../to --streams 2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(treeOf(room.path(u"to"_s)).size() > 40, 20000);
    QVERIFY(room.bot->cancel(first, Room::person(u"Ben"_s)));
    QTRY_ENDED(room, first);
    QVERIFY(room.report(first).state == RunState::Cancelled);
    QVERIFY(treeOf(room.path(u"to"_s)) != treeOf(room.path(u"from"_s)));

    const auto second = room.run(u"migrate start ../from ../to --streams 2"_s);
    QTRY_ENDED(room, second);
    QVERIFY2(room.report(second).state == RunState::Succeeded, room.output(second).constData());
    QVERIFY2(room.output(second).contains("files are there already"), room.output(second).constData());
    QCOMPARE(treeOf(room.path(u"to"_s)), treeOf(room.path(u"from"_s)));
}

void TestMigrate::isSteeredBySomebodyElse()
{
    Room room;
    beginShipped(room);
    makeSource(room.path(u"from"_s), 300);
    const auto id = room.run(u"migrate start ../from ../to --streams 1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(treeOf(room.path(u"to"_s)).size() > 20, 20000);
    const auto pause = room.say(u"runner migrate pause"_s, u"Ben"_s);
    QTRY_ENDED(room, pause);
    QVERIFY2(room.report(pause).state == RunState::Succeeded, room.output(pause).constData());
    QTRY_VERIFY_WITH_TIMEOUT(room.report(id).progress && room.report(id).progress->state == chat::Progress::State::Paused, 10000);
    QTRY_VERIFY(room.output(id).contains("paused by Ben"));
    const auto status = room.say(u"runner migrate status"_s, u"Eve"_s);
    QTRY_ENDED(room, status);
    QVERIFY2(room.output(status).contains("paused by Ben"), room.output(status).constData());
    QVERIFY(!room.isOver(id));
    const auto resume = room.say(u"runner migrate resume"_s, u"Eve"_s);
    QTRY_ENDED(room, resume);
    QTRY_ENDED(room, id);
    QVERIFY2(room.report(id).state == RunState::Succeeded, room.output(id).constData());
    QCOMPARE(treeOf(room.path(u"to"_s)), treeOf(room.path(u"from"_s)));
}

void TestMigrate::staysPausedOverARestart()
{
    Room room;
    room.limits.killAfterSeconds = 0;
    beginShipped(room);
    makeSource(room.path(u"from"_s), 200);
    const auto first = room.run(u"migrate start ../from ../to --streams 1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(treeOf(room.path(u"to"_s)).size() > 20, 20000);
    const auto pause = room.say(u"runner migrate pause"_s, u"Ben"_s);
    QTRY_ENDED(room, pause);
    QTRY_VERIFY_WITH_TIMEOUT(room.report(first).progress && room.report(first).progress->state == chat::Progress::State::Paused, 10000);
    room.bot.reset(); // the whole program is killed
    room.begin({room.path(u"shipped"_s)});
    const auto second = room.run(u"migrate start ../from ../to --streams 1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(room.output(second).contains("was paused by Ben and still is"), 10000);
    const auto resume = room.say(u"runner migrate resume"_s, u"Eve"_s);
    QTRY_ENDED(room, resume);
    QVERIFY2(room.report(resume).state == RunState::Succeeded, room.output(resume).constData());
    QTRY_ENDED(room, second);
    QCOMPARE(treeOf(room.path(u"to"_s)), treeOf(room.path(u"from"_s)));
}

void TestMigrate::stopsInGoodOrder()
{
    Room room;
    beginShipped(room);
    makeSource(room.path(u"from"_s), 300);
    const auto id = room.run(u"migrate start ../from ../to --streams 2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(treeOf(room.path(u"to"_s)).size() > 20, 20000);
    const auto stop = room.say(u"runner migrate stop"_s, u"Ben"_s);
    QTRY_ENDED(room, stop);
    QTRY_ENDED(room, id);
    QCOMPARE(room.report(id).exitCode, std::optional(3));
    QVERIFY2(room.output(id).contains("Stopped by Ben"), room.output(id).constData());
    const auto files = treeOf(room.path(u"to"_s)).keys();
    QVERIFY(std::none_of(files.begin(), files.end(), [](const QString& name) { return name.contains(u".ridealong-part"); }));
    const auto late = room.run(u"migrate pause"_s);
    QTRY_ENDED(room, late);
    QVERIFY(room.report(late).state == RunState::Failed);
    QVERIFY(room.output(late).contains("does not run"));
}

void TestMigrate::keepsWhatDiffersInTheTarget()
{
    Room room;
    beginShipped(room);
    write(room.path(u"from/one"_s), "new");
    write(room.path(u"from/two"_s), "2");
    write(room.path(u"to/one"_s), "old one");
    const auto id = room.run(u"migrate start ../from ../to"_s);
    QTRY_ENDED(room, id);
    QCOMPARE(room.report(id).exitCode, std::optional(1));
    QVERIFY2(room.output(id).contains("kept, differs in the target"), room.output(id).constData());
    QCOMPARE(treeOf(room.path(u"to"_s)).value(u"one"_s), QByteArray("old one"));
    QCOMPARE(treeOf(room.path(u"to"_s)).value(u"two"_s), QByteArray("2"));
    const auto over = room.run(u"migrate start ../from ../to --overwrite"_s);
    QTRY_ENDED(room, over);
    QVERIFY(room.report(over).state == RunState::Succeeded);
    QCOMPARE(treeOf(room.path(u"to"_s)), treeOf(room.path(u"from"_s)));
}

void TestMigrate::onlyListsInADryRun()
{
    Room room;
    beginShipped(room);
    makeSource(room.path(u"from"_s), 10);
    const auto id = room.run(u"migrate start ../from ../to --dry-run"_s);
    QTRY_ENDED(room, id);
    QVERIFY(room.report(id).state == RunState::Succeeded);
    QCOMPARE(room.output(id).count("would copy"), 16);
    QVERIFY(!QFile::exists(room.path(u"to"_s)));
}

void TestMigrate::refusesATargetInsideTheSource_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("inside") << u"../from ../from/sub/deep"_s << QByteArray("inside the source");
    QTest::newRow("inside by a link") << u"../from ../link/sub"_s << QByteArray("inside the source");
    QTest::newRow("same") << u"../from ../from/../from"_s << QByteArray("the same folder");
    QTest::newRow("around") << u"../from .."_s << QByteArray("inside the target");
    QTest::newRow("no source") << u"../nothing ../to"_s << QByteArray("is no folder");
    QTest::newRow("target a file") << u"../from ../from/-n"_s << QByteArray("is no folder");
}

void TestMigrate::refusesATargetInsideTheSource()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArray, why);
    Room room;
    beginShipped(room);
    makeSource(room.path(u"from"_s), 5);
    QFile::link(room.path(u"from"_s), room.path(u"link"_s));
    const auto before = treeOf(room.path(u"from"_s));
    const auto id = room.run(u"migrate start "_s + arguments);
    QTRY_ENDED(room, id);
    QVERIFY(room.report(id).state == RunState::Failed);
    QVERIFY2(room.output(id).contains(why), room.output(id).constData());
    QCOMPARE(treeOf(room.path(u"from"_s)), before);
}

void TestMigrate::printsValidReports()
{
    Room room;
    beginShipped(room);
    const auto host = room.run(u"host"_s);
    const auto processes = room.run(u"processes --count 3 --sort pid"_s);
    const auto disk = room.run(u"disk"_s);
    const auto log = room.run(u"git-log \"%1\" --count 1"_s.arg(QStringLiteral(RIDEALONG_SOURCE_DIR)));
    for (const auto& id : {host, processes, disk}) {
        QTRY_ENDED(room, id);
        QVERIFY2(room.report(id).state == RunState::Succeeded, room.output(id).constData());
    }
    QTRY_ENDED(room, log);
    QJsonParseError error;
    const auto json = QJsonDocument::fromJson(room.output(host), &error).object();
    QVERIFY2(error.error == QJsonParseError::NoError, room.output(host).constData());
    QVERIFY(json[u"memory"_s].toObject()[u"totalBytes"_s].toDouble() > 0);
    QVERIFY(!json[u"disks"_s].toArray().isEmpty());
    QCOMPARE(room.output(processes).count('\n'), 4);
    QVERIFY(room.output(disk).contains("MOUNTED ON"));
}

void TestMigrate::failsWhenACheckFails()
{
    Room room;
    beginShipped(room);
    const auto id = room.run(u"check / --free 100"_s);
    QTRY_ENDED(room, id);
    QCOMPARE(room.report(id).exitCode, std::optional(2));
    QVERIFY2(room.output(id).contains("FAIL"), room.output(id).constData());
}

QTEST_GUILESS_MAIN(TestMigrate)
#include "tst_migrate.moc"
