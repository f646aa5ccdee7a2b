// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/testserver.h"

#include "servers/waituntil.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>

#include <cerrno>
#include <csignal>

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace ridealong::tests {

namespace {

constexpr int kStartPatienceMs = 60'000; // a machine under sanitizers, with other tests beside
constexpr int kStopPatienceMs = 5'000;

struct User
{
    uid_t user;
    gid_t group;
};

/// Whom servers run as when the test is root: Debian's `irc`, where there is none nobody.
User serverUser()
{
    for (const char* name : {"irc", "nobody"}) {
        if (const passwd* entry = ::getpwnam(name))
            return {entry->pw_uid, entry->pw_gid};
    }
    return {65534, 65534};
}

bool isRoot() { return ::geteuid() == 0; }

/// Runs between fork and exec: plain system calls only.
void becomeChildOf(pid_t parent, bool changeUser, User user)
{
    if (changeUser
        && (::setgroups(0, nullptr) != 0 || ::setresgid(user.group, user.group, user.group) != 0
            || ::setresuid(user.user, user.user, user.user) != 0))
        ::_exit(126);
    ::setpgid(0, 0); // the terminal's Ctrl+C ends the test, and the test ends us
    // After the change of user, which takes it away.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(125); // it died meanwhile
}

QString logFolder()
{
    const QString program = QFileInfo(QCoreApplication::applicationFilePath()).completeBaseName();
    return QDir::cleanPath(QStringLiteral(RIDEALONG_BIN_DIR "/../server-logs/%1").arg(program));
}

/// Those of this process and of processes that have ended. Another one may be at the same test at the same time: what its servers
/// say is its own.
void removeOldLogs(const QString& name)
{
    for (const QFileInfo& log : QDir(logFolder()).entryInfoList({name + QStringLiteral(".*.log")}, QDir::Files)) {
        const auto process = log.completeBaseName().section(u'.', -1).toInt();
        if (process == ::getpid() || ::kill(process, 0) != 0)
            QFile::remove(log.filePath());
    }
}

/// "FUNCTION" or "FUNCTION-ROW", fit for the name of a file.
QString currentTest()
{
    const char* function = QTest::currentTestFunction();
    QString test = QString::fromLatin1(function ? function : "main");
    if (const char* row = QTest::currentDataTag())
        for (const QChar c : u'-' + QString::fromUtf8(row))
            test += c.isLetterOrNumber() ? c : u'-';
    return test;
}

} // namespace

TestServer::TestServer(QString name) : m_name(std::move(name)), m_folder(QDir::tempPath() + QStringLiteral("/ridealong-%1-XXXXXX").arg(m_name))
{
    QDir().mkpath(logFolder());
    const QString log = QStringLiteral("%1-%2").arg(currentTest(), m_name);
    removeOldLogs(log);
    m_logFile = QStringLiteral("%1/%2.%3.log").arg(logFolder(), log).arg(::getpid());
    giveToServer(m_folder.path());
}

TestServer::~TestServer()
{
    if (isRunning())
        kill();
}

bool TestServer::start()
{
    if (isRunning())
        return fail(QStringLiteral("runs already"));
    m_error = missing();
    if (!m_error.isEmpty() || !m_folder.isValid())
        return false;
    if (!prepare())
        return m_error.isEmpty() ? fail(QStringLiteral("could not be prepared")) : false;
    m_process = std::make_unique<QProcess>();
    m_process->setStandardOutputFile(m_logFile, QIODevice::Append);
    launch(*m_process, command());
    const bool ready = waitUntil([this] { return !isRunning() || (m_process->state() == QProcess::Running && isReady()); }, kStartPatienceMs);
    if (ready && isRunning())
        return true;
    const QString end = isRunning() ? QStringLiteral("was not ready in time") : QStringLiteral("ended with %1").arg(m_process->exitCode());
    kill();
    return fail(end);
}

void TestServer::launch(QProcess& process, const Command& what) const
{
    process.setProgram(what.program);
    process.setArguments(what.arguments);
    process.setProcessEnvironment(what.environment);
    process.setWorkingDirectory(folder());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setChildProcessModifier(
        [parent = ::getpid(), changeUser = what.asServerUser && isRoot(), user = serverUser()] { becomeChildOf(parent, changeUser, user); });
    process.start();
    process.write(what.input);
    process.closeWriteChannel();
}

std::optional<QByteArray> TestServer::ask(const Command& what)
{
    QProcess process;
    launch(process, what);
    const bool ended = waitUntil([&process] { return process.state() == QProcess::NotRunning; });
    QByteArray printed = process.readAll();
    if (ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return printed;
    fail(QStringLiteral("was asked by %1, which failed: %2").arg(what.program, QString::fromUtf8(printed)));
    return std::nullopt;
}

void TestServer::stop()
{
    if (!isRunning())
        return;
    thaw();
    m_process->terminate();
    if (!waitUntil([this] { return !isRunning(); }, kStopPatienceMs))
        kill();
    m_process.reset();
}

void TestServer::kill()
{
    if (isRunning()) {
        m_process->kill();
        waitUntil([this] { return !isRunning(); }, kStopPatienceMs);
    }
    m_process.reset();
}

bool TestServer::restart()
{
    stop();
    return start();
}

void TestServer::freeze()
{
    if (isRunning())
        ::kill(static_cast<pid_t>(processId()), SIGSTOP);
}

void TestServer::thaw()
{
    if (isRunning())
        ::kill(static_cast<pid_t>(processId()), SIGCONT);
}

QByteArray TestServer::log(qint64 from) const
{
    QFile file(m_logFile);
    return file.open(QIODevice::ReadOnly) && file.seek(from) ? file.readAll() : QByteArray();
}

bool TestServer::portAnswers(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    waitUntil([&socket] { return socket.state() == QAbstractSocket::ConnectedState || socket.state() == QAbstractSocket::UnconnectedState; }, 1000);
    const bool answers = socket.state() == QAbstractSocket::ConnectedState;
    socket.abort();
    return answers;
}

bool TestServer::write(const QString& name, const QByteArray& contents)
{
    const QString path = m_folder.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
        return fail(QStringLiteral("%1: %2").arg(path, file.errorString()));
    file.close();
    giveToServer(path);
    return true;
}

void TestServer::giveToServer(const QString& path) const
{
    const User user = serverUser();
    if (isRoot() && ::chown(QFile::encodeName(path).constData(), user.user, user.group) != 0)
        qWarning("%s stays with root", qPrintable(path));
}

QByteArray TestServer::configuration(const QString& name, const QHash<QString, QString>& values)
{
    QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/servers/config/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray text = file.readAll();
    for (auto it = values.begin(); it != values.end(); ++it)
        text.replace('@' + it.key().toUtf8() + '@', it.value().toUtf8());
    return text;
}

QString TestServer::findProgram(const QString& program)
{
    const QString found = QStandardPaths::findExecutable(program);
    return found.isEmpty() ? QStandardPaths::findExecutable(program, {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin")}) : found;
}

QString TestServer::notInstalled(const QString& what)
{
    return QStringLiteral("%1 is not here; ./dev setup installs it where it can be had").arg(what);
}

bool TestServer::fail(const QString& why)
{
    m_error = QStringLiteral("%1 %2; its log: %3\n%4").arg(m_name, why, m_logFile, QString::fromUtf8(log().right(4000)));
    return false;
}

} // namespace ridealong::tests
