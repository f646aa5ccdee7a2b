// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "app/run/runnerfixture.h"

#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::RunState;
using tests::Room;

#define QTRY_ENDED(room, id) QTRY_VERIFY_WITH_TIMEOUT(room.isOver(id), 20000)
#define COMPARE_STATE(room, id, expected) QCOMPARE(chat::toString(room.report(id).state), chat::toString(expected))

class TestRunnerBot : public QObject
{
    Q_OBJECT
private slots:
    void streamsThenTellsTheExitCode();
    void answersOnlyToItsName_data();
    void answersOnlyToItsName();
    void passesArgumentsToTheLetter();
    void givesNoSecretsAway();
    void closesEveryOtherDescriptor();
    void suggestsTheCommandThatWasMeant();
    void tellsWhyAScriptCannotRun();
    void tellsACrash();
    void killsWhatIgnoresTerm();
    void endsAtTheTimeLimit();
    void endsThoughAChildKeepsTheTerminal();
    void killsTheWholeGroupOnCancel();
    void runsSeveralAtOnceAndQueuesTheRest();
    void cancelsWhatWaitsForAPlace();
    void listsHelpAndRuns();
    void reportsProgress();
    void goesOnWhenTheDiskIsFull();
    void storesBinaryOutputByteForByte();
    void killsItsProcessesWhenItGoes();
    void neverReportsAfterTheEnd();
};

void TestRunnerBot::streamsThenTellsTheExitCode()
{
    Room room;
    room.script(u"two"_s, "#!/bin/sh\necho first\nwhile [ ! -e go ]; do sleep 0.01; done\necho second >&2\nexit 7\n");
    room.begin();
    const auto id = room.run(u"two"_s);
    QTRY_COMPARE(room.output(id), QByteArray("first\n"));
    COMPARE_STATE(room, id, RunState::Running);
    QFile go(room.path(u"work/go"_s));
    QVERIFY(go.open(QIODevice::WriteOnly));
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Failed);
    QCOMPARE(room.report(id).exitCode, std::optional(7));
    QCOMPARE(room.report(id).detail, u"exit code 7"_s);
    QCOMPARE(room.output(id), QByteArray("first\nsecond\n"));
    QVERIFY(room.report(id).endedAtMs >= room.report(id).startedAtMs);
    QCOMPARE(room.report(id).omittedBytes, 0);
}

void TestRunnerBot::answersOnlyToItsName_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("command"); // null: not for the runner
    QTest::newRow("plain") << u"runner hello"_s << u"hello"_s;
    QTest::newRow("at") << u"  @runner hello x"_s << u"hello x"_s;
    QTest::newRow("colon") << u"runner: hello"_s << u"hello"_s;
    QTest::newRow("capital") << u"Runner, hello"_s << u"hello"_s;
    QTest::newRow("alone") << u"@runner"_s << u"help"_s;
    QTest::newRow("somebody else") << u"runners hello"_s << QString();
    QTest::newRow("talk") << u"the runner is nice"_s << QString();
    QTest::newRow("nothing") << u""_s << QString();
}

void TestRunnerBot::answersOnlyToItsName()
{
    QFETCH(QString, text);
    QFETCH(QString, command);
    Room room;
    room.script(u"hello"_s, "#!/bin/sh\necho hello\n");
    room.begin();
    const auto id = room.say(text);
    QCOMPARE(!id.isEmpty(), !command.isNull());
    if (command.isNull())
        return;
    QCOMPARE(room.report(id).command, command);
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Succeeded);
}

void TestRunnerBot::passesArgumentsToTheLetter()
{
    Room room;
    room.script(u"ärgs it's.sh"_s, "#!/bin/sh\nfor a in \"$0\" \"$@\"; do printf '%s\\0' \"$a\"; done\n");
    room.begin();
    const auto id = room.run(u"\"ärgs it's\" 'a  b' \"c'd\" 'e\"f' $HOME `id` $(id) '*' ';' '&&' '' --x=y -- 'new\nline' 日本 \\\\"_s);
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Succeeded);
    const auto got = QString::fromUtf8(room.output(id)).split(QChar(0));
    QCOMPARE(got.mid(1),
        (QStringList{u"a  b"_s, u"c'd"_s, u"e\"f"_s, u"$HOME"_s, u"`id`"_s, u"$(id)"_s, u"*"_s, u";"_s, u"&&"_s, QString(), u"--x=y"_s, u"--"_s,
            u"new\nline"_s, u"日本"_s, u"\\"_s, QString()}));
    QVERIFY(got[0].endsWith(u"/ärgs it's.sh"_s));
}

void TestRunnerBot::givesNoSecretsAway()
{
    qputenv("GITHUB_TOKEN", "secret");
    qputenv("AWS_SECRET_ACCESS_KEY", "secret");
    qputenv("LD_PRELOAD_X", "secret");
    Room room;
    room.script(u"environment"_s, "#!/usr/bin/env -S -i\n");
    room.script(u"show"_s, "#!/bin/sh\nenv | sort\npwd\n[ -d \"$RIDEALONG_STATE\" ] && echo has-state\n[ -t 1 ] && stty size < /dev/tty\n");
    room.begin();
    const auto id = room.run(u"show"_s);
    QTRY_ENDED(room, id);
    const QByteArray output = room.output(id);
    QVERIFY2(!output.contains("secret"), output.constData());
    static const QRegularExpression kName(u"^([A-Z_]+)="_s, QRegularExpression::MultilineOption);
    static const QStringList kKnown{u"PATH"_s, u"HOME"_s, u"USER"_s, u"LOGNAME"_s, u"LANG"_s, u"TZ"_s, u"TMPDIR"_s, u"XDG_RUNTIME_DIR"_s,
        u"SSH_AUTH_SOCK"_s, u"TERM"_s, u"COLORTERM"_s, u"PAGER"_s, u"GIT_PAGER"_s, u"GIT_TERMINAL_PROMPT"_s, u"COLUMNS"_s, u"LINES"_s, u"PWD"_s,
        u"SHLVL"_s, u"_"_s, u"OLDPWD"_s};
    auto names = kName.globalMatch(QString::fromUtf8(output));
    while (names.hasNext()) {
        const QString name = names.next().captured(1);
        QVERIFY2(kKnown.contains(name) || name.startsWith(u"LC_") || name.startsWith(u"RIDEALONG_"), qPrintable(name));
    }
    for (const QByteArray& line : {QByteArray("RIDEALONG_ROOM=#ops\n"), QByteArray("RIDEALONG_USER=Ana\n"),
             QByteArray("RIDEALONG_ENVIRONMENT=sandbox\n"), "RIDEALONG_RUN=" + id.text().toUtf8() + '\n', QByteArray("TERM=xterm-256color\n"),
             QByteArray("has-state\n"), QByteArray("64 120\n"), room.path(u"work"_s).toUtf8() + '\n'})
        QVERIFY2(output.contains(line), (line + "\n in \n" + output).constData());
}

void TestRunnerBot::closesEveryOtherDescriptor()
{
    const int leaky = open("/dev/null", O_RDONLY); // no O_CLOEXEC: such as a library may have left
    const int far = fcntl(leaky, F_DUPFD, 500);
    Room room;
    room.script(u"open"_s, "#!/bin/sh\nexec ls -1 /proc/self/fd\n");
    room.begin();
    const auto id = room.run(u"open"_s);
    QTRY_ENDED(room, id);
    close(leaky);
    close(far);
    QCOMPARE(room.output(id), QByteArray("0\n1\n2\n3\n")); // 3 is the folder that ls reads
}

void TestRunnerBot::suggestsTheCommandThatWasMeant()
{
    Room room;
    room.script(u"migrate"_s, "# Commands:\n# migrate start\n# migrate status\n");
    room.begin();
    QCOMPARE(room.report(room.run(u"migrate strat"_s)).detail,
        u"there is no command 'migrate strat'; did you mean 'migrate start' or 'migrate status'?"_s);
    QCOMPARE(room.report(room.run(u"hepl"_s)).detail, u"there is no command 'hepl'; did you mean 'help'?"_s);
    QCOMPARE(room.report(room.run(u"xyzzy"_s)).detail, u"there is no command 'xyzzy'; 'runner help' lists them"_s);
}

void TestRunnerBot::tellsWhyAScriptCannotRun()
{
    Room room;
    room.script(u"lost"_s, "#!/no/such/interpreter\n");
    room.script(u"lostenv"_s, "#!/usr/bin/env no-such-thing\n");
    room.script(u"plain"_s, "echo hi\n", false);
    room.script(u"sleeping"_s, "#!/bin/sh\necho awake\n", false);
    room.script(u"garbage"_s, QByteArray("\0\1\2", 3));
    room.begin();
    const auto detailOf = [&](const QString& name) {
        const auto id = room.run(name);
        const bool over = QTest::qWaitFor([&] { return room.isOver(id); }, 10000);
        return over ? chat::toString(room.report(id).state) + u": "_s + room.report(id).detail : u"did not end"_s;
    };
    const QString folder = room.path(u"scripts/"_s);
    QCOMPARE(detailOf(u"lost"_s), u"error: the interpreter '/no/such/interpreter' of %1lost is missing"_s.arg(folder));
    QCOMPARE(detailOf(u"lostenv"_s), u"error: the interpreter 'no-such-thing' of %1lostenv is missing"_s.arg(folder));
    QCOMPARE(detailOf(u"plain"_s),
        u"error: %1plain is not executable and does not name an interpreter; 'chmod +x' it or begin it with '#!'"_s.arg(folder));
    QCOMPARE(detailOf(u"sleeping"_s), u"succeeded: "_s); // through its interpreter
    QCOMPARE(detailOf(u"garbage"_s), u"error: could not execute %1garbage: no program and no '#!' line"_s.arg(folder));
    QVERIFY(QFile::remove(folder + u"garbage"_s));
    QVERIFY(QDir(room.path(u"work"_s)).removeRecursively());
    QCOMPARE(detailOf(u"sleeping"_s), u"error: could not enter the working folder %1sleeping: No such file or directory"_s.arg(folder));
}

void TestRunnerBot::tellsACrash()
{
    Room room;
    room.script(u"crash"_s, "#!/bin/sh\necho before\nkill -SEGV $$\n");
    room.begin();
    const auto id = room.run(u"crash"_s);
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Error);
    QCOMPARE(room.report(id).detail, u"killed by signal 11 (segmentation fault)"_s);
    QVERIFY(!room.report(id).exitCode);
    QCOMPARE(room.output(id), QByteArray("before\n"));
}

void TestRunnerBot::killsWhatIgnoresTerm()
{
    Room room;
    room.limits.killAfterSeconds = 1;
    room.script(u"stubborn"_s, "#!/bin/sh\ntrap 'echo no' TERM\necho up\nwhile :; do sleep 0.05; done\n");
    room.begin();
    const auto id = room.run(u"stubborn"_s);
    QTRY_COMPARE(room.output(id), QByteArray("up\n"));
    QVERIFY(room.bot->cancel(id, Room::person(u"Ben"_s)));
    QCOMPARE(room.report(id).detail, u"cancelled by Ben, waiting for it to end"_s);
    QVERIFY(room.bot->cancel(id, Room::person(u"Eve"_s))); // the first counts
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Cancelled);
    QCOMPARE(room.report(id).detail, u"cancelled by Ben; it did not end by itself and was killed"_s);
    QVERIFY(room.output(id).contains("no\n"));
    QVERIFY(!room.bot->cancel(id, Room::person(u"Ben"_s)));
}

void TestRunnerBot::endsAtTheTimeLimit()
{
    Room room;
    tests::FakeClock clock;
    room.clock = &clock;
    room.script(u"long"_s, "#!/bin/sh\n# Time limit: 10 min\necho up\nexec sleep 1000\n");
    room.begin();
    const auto id = room.run(u"long"_s);
    QTRY_COMPARE(room.output(id), QByteArray("up\n"));
    clock.advance(std::chrono::seconds(599));
    COMPARE_STATE(room, id, RunState::Running);
    clock.advance(std::chrono::seconds(1));
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Error);
    QCOMPARE(room.report(id).detail, u"over its time limit of 600 s"_s);
}

void TestRunnerBot::endsThoughAChildKeepsTheTerminal()
{
    Room room;
    // Neither a hang-up nor the end of its parent ends this child; it keeps the terminal open for good.
    room.script(u"daemon"_s, "#!/bin/bash\ntrap '' HUP\nsleep 1000 &\necho $! > child\necho done\n");
    room.begin();
    const auto id = room.run(u"daemon"_s);
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Succeeded);
    QCOMPARE(room.output(id), QByteArray("done\n"));
    QFile child(room.path(u"work/child"_s));
    QVERIFY(child.open(QIODevice::ReadOnly));
    const pid_t pid = child.readAll().trimmed().toInt();
    QVERIFY(pid > 0);
    QTRY_VERIFY(kill(pid, 0) != 0 || QFile::exists(u"/proc/%1/stat"_s.arg(pid)) == false || [&] {
        QFile stat(u"/proc/%1/stat"_s.arg(pid));
        return stat.open(QIODevice::ReadOnly) && stat.readAll().contains(") Z ");
    }());
}

void TestRunnerBot::killsTheWholeGroupOnCancel()
{
    Room room;
    room.limits.killAfterSeconds = 1;
    room.script(u"family"_s, "#!/bin/sh\ntrap '' TERM\nsleep 1000 & echo $!; sleep 1000 & echo $!; wait; wait; sleep 1000\n");
    room.begin();
    const auto id = room.run(u"family"_s);
    QTRY_COMPARE(room.output(id).count('\n'), 2);
    QVERIFY(room.bot->cancel(id, Room::person(u"Ben"_s)));
    QTRY_ENDED(room, id);
    for (const QByteArray& line : room.output(id).split('\n').mid(0, 2)) {
        const QString stat = u"/proc/%1/stat"_s.arg(QString::fromLatin1(line));
        QTRY_VERIFY(![&] {
            QFile file(stat);
            return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
        }());
    }
}

void TestRunnerBot::runsSeveralAtOnceAndQueuesTheRest()
{
    Room room;
    room.limits.concurrent = 3;
    room.script(u"wait"_s, "#!/bin/sh\nwhile [ ! -e \"$1\" ]; do sleep 0.02; done; echo \"$1\"\n");
    room.begin();
    QList<base::RunId> ids;
    for (int i = 0; i < 5; ++i)
        ids += room.run(u"wait go%1"_s.arg(i));
    for (int i = 0; i < 5; ++i)
        COMPARE_STATE(room, ids[i], i < 3 ? RunState::Running : RunState::Acknowledged);
    QCOMPARE(room.report(ids[3]).detail, u"waits for a free place (3 runs at once)"_s);
    for (int i = 4; i >= 0; --i) {
        QFile go(room.path(u"work/go%1"_s.arg(i)));
        QVERIFY(go.open(QIODevice::WriteOnly));
    }
    for (int i = 0; i < 5; ++i) {
        QTRY_ENDED(room, ids[i]);
        COMPARE_STATE(room, ids[i], RunState::Succeeded);
        QCOMPARE(room.output(ids[i]), u"go%1\n"_s.arg(i).toUtf8());
    }
}

void TestRunnerBot::cancelsWhatWaitsForAPlace()
{
    Room room;
    room.limits.concurrent = 1;
    room.script(u"wait"_s, "#!/bin/sh\nexec sleep 1000\n");
    room.begin();
    const auto first = room.run(u"wait"_s);
    const auto second = room.run(u"wait"_s);
    QVERIFY(room.bot->cancel(second, Room::person(u"Ben"_s)));
    COMPARE_STATE(room, second, RunState::Cancelled);
    COMPARE_STATE(room, first, RunState::Running);
    QVERIFY(room.bot->cancel(first, Room::person(u"Ben"_s)));
    QTRY_ENDED(room, first);
    QCOMPARE(room.report(first).detail, u"cancelled by Ben"_s);
}

void TestRunnerBot::listsHelpAndRuns()
{
    Room room;
    room.script(u"wait"_s,
        "#!/bin/sh\n# Commands:\n#   wait [seconds] - Waits\n# Arguments:\n#   seconds: integer 1-9, default 3 - how long\nexec sleep "
        "1000\n");
    room.begin();
    const QByteArray all = room.output(room.run(u"help"_s));
    QVERIFY(all.contains("- `wait [seconds]` – Waits"));
    QVERIFY(all.contains("- `cancel <run>`"));
    const auto help = room.run(u"help wait"_s);
    QVERIFY(room.output(help).contains("`seconds` integer 1–9, default `3` – how long"));
    COMPARE_STATE(room, help, RunState::Succeeded);
    COMPARE_STATE(room, room.run(u"help nothing"_s), RunState::Failed);
    QCOMPARE(room.output(room.run(u"runs"_s)), QByteArray("Nothing runs or waits in this room.\n"));
    const auto id = room.run(u"wait"_s);
    QVERIFY(room.output(room.run(u"runs"_s)).contains(id.text().toUtf8()));
    QVERIFY(room.host.posts.isEmpty()); // the console shows it; the room need not say it again
    const auto commands = room.bot->commands({});
    QVERIFY(std::all_of(
        commands.begin(), commands.end(), [](const auto& spec) { return spec.prefix == u"runner " && spec.bot == run::RunnerBot::userId(); }));
}

void TestRunnerBot::reportsProgress()
{
    Room room;
    room.script(u"bar"_s,
        "#!/bin/sh\nprintf '\\033]9;4;1;42\\007'\nwhile [ ! -e go ]; do sleep 0.01; done\nprintf '\\033]9;4;4;'; sleep 0.1; printf "
        "'70\\033\\\\'\n"
        "while [ ! -e end ]; do sleep 0.01; done\n");
    room.begin();
    const auto id = room.run(u"bar"_s);
    QTRY_VERIFY(room.report(id).progress == (chat::Progress{chat::Progress::State::Normal, 42, {}}));
    QFile(room.path(u"work/go"_s)).open(QIODevice::WriteOnly);
    QTRY_VERIFY(room.report(id).progress == (chat::Progress{chat::Progress::State::Paused, 70, {}}));
    QFile(room.path(u"work/end"_s)).open(QIODevice::WriteOnly);
    QTRY_ENDED(room, id);
    QVERIFY(!room.report(id).progress);
}

void TestRunnerBot::goesOnWhenTheDiskIsFull()
{
    Room room;
    room.host.outputOverride = u"/dev/full"_s;
    room.script(u"talk"_s, "#!/bin/sh\nseq 1 100000\ntouch finished\n");
    room.begin();
    const auto id = room.run(u"talk"_s);
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Succeeded);
    QCOMPARE(room.report(id).detail, u"output could not be stored: No space left on device"_s);
    QCOMPARE(room.report(id).outputBytes, 0);
    QCOMPARE(room.report(id).omittedBytes, 588895);
    QVERIFY(QFile::exists(room.path(u"work/finished"_s)));
}

void TestRunnerBot::storesBinaryOutputByteForByte()
{
    Room room;
    room.script(u"binary"_s, "#!/bin/sh\nhead -c 3000000 /dev/urandom > data\ncat data\n");
    room.begin();
    const auto id = room.run(u"binary"_s);
    QTRY_ENDED(room, id);
    COMPARE_STATE(room, id, RunState::Succeeded);
    QFile data(room.path(u"work/data"_s));
    QVERIFY(data.open(QIODevice::ReadOnly));
    QVERIFY(room.output(id) == data.readAll());
}

void TestRunnerBot::killsItsProcessesWhenItGoes()
{
    Room room;
    room.script(u"wait"_s, "#!/bin/sh\ntrap '' TERM HUP\necho $$\nwhile :; do sleep 0.05; done\n");
    room.begin();
    const auto id = room.run(u"wait"_s);
    QTRY_VERIFY(room.output(id).endsWith('\n'));
    const pid_t pid = room.output(id).trimmed().toInt();
    room.bot.reset();
    QVERIFY(kill(pid, 0) != 0);
}

void TestRunnerBot::neverReportsAfterTheEnd()
{
    Room room;
    room.script(u"quick"_s, "#!/bin/sh\nseq 1 2000\nexit $1\n");
    room.begin();
    QList<base::RunId> ids;
    for (int i = 0; i < 40; ++i)
        ids += room.run(u"quick %1"_s.arg(i % 2));
    for (const auto& id : std::as_const(ids))
        QTRY_ENDED(room, id);
    QCoreApplication::processEvents();
    QCOMPARE(room.host.reportsAfterTheEnd, 0);
    for (int i = 0; i < 40; ++i) {
        COMPARE_STATE(room, ids[i], i % 2 ? RunState::Failed : RunState::Succeeded);
        QCOMPARE(room.report(ids[i]).outputBytes, 8893);
    }
}

QTEST_GUILESS_MAIN(TestRunnerBot)
#include "tst_runnerbot.moc"
