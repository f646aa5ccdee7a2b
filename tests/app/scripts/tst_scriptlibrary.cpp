// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/scriptlibrary.h"
#include "scripts/unpack.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace ridealong;
using scripts::ScriptLibrary;

class TestScriptLibrary : public QObject
{
    Q_OBJECT
private slots:
    void leavesOutWhatIsNoScript();
    void findsTheLongestName();
    void prefersTheLaterFolder();
    void noticesChanges();
    void noticesAFolderThatAppears();
    void keepsProblems();
    void stopsAtItsLimit();
    void unpacksOnlyWhatDiffers();
    void takesAwayOnlyWhatItOnceShipped();
    void saysWhyItCannotUnpack();
};

static void write(const QString& path, const QByteArray& content = "#!/bin/sh\n")
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

static QStringList namesOf(const ScriptLibrary& library)
{
    QStringList names;
    for (const auto& script : library.scripts())
        names += script.name;
    return names;
}

void TestScriptLibrary::leavesOutWhatIsNoScript()
{
    QTemporaryDir folder;
    for (const QString& name : {u"good.sh"_s, u"also good"_s, u".hidden"_s, u"old~"_s, u"a.bak"_s, u"b.orig"_s, u"c.swp"_s, u"#d#"_s, u"README"_s,
             u"readme.sh"_s, u"notes.md"_s, u"data.json"_s, u"LICENSE"_s})
        write(folder.filePath(name));
    QDir(folder.path()).mkdir(u"folder.sh"_s);
    QCOMPARE(mkfifo(QFile::encodeName(folder.filePath(u"pipe"_s)).constData(), 0600), 0); // reading it would wait for ever
    QVERIFY(QFile::link(folder.filePath(u"good.sh"_s), folder.filePath(u"linked"_s)));
    QVERIFY(QFile::link(u"/nowhere"_s, folder.filePath(u"dangling"_s)));
    const ScriptLibrary library({folder.path()});
    QCOMPARE(namesOf(library), (QStringList{u"also good"_s, u"good"_s, u"linked"_s}));
}

void TestScriptLibrary::findsTheLongestName()
{
    QTemporaryDir folder;
    write(folder.filePath(u"a.sh"_s), "# Commands:\n# a [x]\n# a start [y]\n");
    write(folder.filePath(u"my tool"_s));
    const ScriptLibrary library({folder.path()});
    QCOMPARE(library.find({u"a"_s, u"start"_s, u"z"_s}).command->name, u"a start"_s);
    QCOMPARE(library.find({u"a"_s, u"start"_s, u"z"_s}).words, 2);
    QCOMPARE(library.find({u"A"_s, u"Start"_s}).command->name, u"a start"_s);
    QCOMPARE(library.find({u"a"_s, u"stop"_s}).command->name, u"a"_s);
    QCOMPARE(library.find({u"my"_s, u"tool"_s, u"x"_s}).words, 2);
    QCOMPARE(library.find({u"my tool"_s, u"x"_s}).words, 1);
    QVERIFY(!library.find({u"b"_s}).script);
    QVERIFY(!library.find({}).script);
    QVERIFY(!library.find({u"my"_s}).script);
}

void TestScriptLibrary::prefersTheLaterFolder()
{
    QTemporaryDir folder;
    write(folder.filePath(u"1/a.sh"_s), "# Description: shipped\n");
    write(folder.filePath(u"2/a"_s), "# Description: mine\n");
    const ScriptLibrary library({folder.filePath(u"1"_s), folder.filePath(u"2"_s)});
    QCOMPARE(library.scripts().size(), 1);
    QCOMPARE(library.scripts().first().description, u"mine"_s);
}

void TestScriptLibrary::noticesChanges()
{
    QTemporaryDir folder;
    write(folder.filePath(u"a"_s), "# Description: one\n");
    ScriptLibrary library({folder.path()});
    QSignalSpy changed(&library, &ScriptLibrary::changed);
    write(folder.filePath(u"b"_s));
    QTRY_COMPARE(namesOf(library), (QStringList{u"a"_s, u"b"_s}));
    write(folder.filePath(u"a"_s), "# Description: two\n"); // within the file
    QTRY_COMPARE(library.scripts().first().description, u"two"_s);
    write(folder.filePath(u"new"_s), "# Description: three\n"); // as editors save: a new file under the old name
    QVERIFY(QFile::remove(folder.filePath(u"a"_s)) && QFile::rename(folder.filePath(u"new"_s), folder.filePath(u"a"_s)));
    QTRY_COMPARE(library.scripts().first().description, u"three"_s);
    write(folder.filePath(u"a"_s), "# Description: four\n");
    QTRY_COMPARE(library.scripts().first().description, u"four"_s);
    QVERIFY(QFile::remove(folder.filePath(u"b"_s)));
    QTRY_COMPARE(namesOf(library), QStringList{u"a"_s});
    QVERIFY(changed.size() >= 5);
}

void TestScriptLibrary::noticesAFolderThatAppears()
{
    QTemporaryDir folder;
    ScriptLibrary library({folder.filePath(u"later/scripts"_s)});
    QVERIFY(library.scripts().isEmpty());
    write(folder.filePath(u"later/scripts/a"_s));
    QTRY_COMPARE(namesOf(library), QStringList{u"a"_s});
}

void TestScriptLibrary::keepsProblems()
{
    QTemporaryDir folder;
    write(folder.filePath(u"a.py"_s), "# Risk: high\n");
    write(folder.filePath(u"a.sh"_s));
    write(folder.filePath(u"b"_s), "# Commands:\n# a go\n# c\n");
    write(folder.filePath(u"c"_s));
    write(folder.filePath(u"d\ne"_s));
    const ScriptLibrary library({folder.path()});
    QCOMPARE(library.problems(),
        (QStringList{u"a.sh: another file here is called 'a', too"_s, u"%1: a file name has a control character"_s.arg(folder.path()),
            u"a.py: line 1: unknown risk 'high'"_s, u"c: the command 'c' is b's already"_s}));
}

void TestScriptLibrary::stopsAtItsLimit()
{
    QTemporaryDir folder;
    for (int i = 0; i < scripts::kMaxScripts; ++i)
        write(folder.filePath(u"s%1"_s.arg(i)), "");
    QCOMPARE(ScriptLibrary({folder.path()}).problems().size(), 0);
    write(folder.filePath(u"one-more"_s), "");
    const ScriptLibrary library({folder.path()});
    QCOMPARE(library.scripts().size(), scripts::kMaxScripts);
    QCOMPARE(library.problems().size(), 1);
}

void TestScriptLibrary::unpacksOnlyWhatDiffers()
{
    QTemporaryDir folder;
    const QString from = folder.filePath(u"from"_s), to = folder.filePath(u"to/deep"_s);
    write(from + u"/a"_s, "one");
    write(from + u"/b"_s, "two");
    QVERIFY(scripts::unpackScripts(from, to));
    QVERIFY(QFileInfo(to + u"/a"_s).isExecutable());
    QVERIFY(QFile(to + u"/a"_s).permissions()
        == (QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadUser | QFile::WriteUser | QFile::ExeUser));
    struct stat before
    {
    }, after{};
    stat(QFile::encodeName(to + u"/a"_s).constData(), &before);
    write(to + u"/b"_s, "spoiled");
    QVERIFY(scripts::unpackScripts(from, to));
    stat(QFile::encodeName(to + u"/a"_s).constData(), &after);
    QCOMPARE(after.st_ino, before.st_ino);
    QFile b(to + u"/b"_s);
    QVERIFY(b.open(QIODevice::ReadOnly));
    QCOMPARE(b.readAll(), QByteArray("two"));
}

void TestScriptLibrary::takesAwayOnlyWhatItOnceShipped()
{
    QTemporaryDir folder;
    const QString from = folder.filePath(u"from"_s), to = folder.filePath(u"to"_s);
    write(from + u"/a"_s, "one");
    write(from + u"/b"_s, "two");
    QVERIFY(scripts::unpackScripts(from, to));
    write(to + u"/mine"_s, "mine");
    QVERIFY(QFile::remove(from + u"/b"_s));
    QVERIFY(scripts::unpackScripts(from, to));
    QCOMPARE(QDir(to).entryList(QDir::Files), (QStringList{u"a"_s, u"mine"_s}));
}

void TestScriptLibrary::saysWhyItCannotUnpack()
{
    QTemporaryDir folder;
    write(folder.filePath(u"from/a"_s), "one");
    write(folder.filePath(u"file"_s), "in the way");
    const auto status = scripts::unpackScripts(folder.filePath(u"from"_s), folder.filePath(u"file/to"_s));
    QVERIFY(!status);
    QVERIFY(status.error().kind == base::ErrorKind::Storage);
}

QTEST_GUILESS_MAIN(TestScriptLibrary)
#include "tst_scriptlibrary.moc"
