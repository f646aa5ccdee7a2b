// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/program.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QStandardPaths>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ridealong::bench {

namespace {

constexpr uid_t kNobody = 65534;

QHash<pid_t, pid_t> parents()
{
    QHash<pid_t, pid_t> result;
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString& entry : entries) {
        QFile file(u"/proc/%1/stat"_s.arg(entry));
        if (!entry.front().isDigit() || !file.open(QIODevice::ReadOnly))
            continue;
        // The name in brackets may hold anything, brackets too: what follows the last one is "state parent …".
        const QByteArray line = file.readAll();
        const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        if (fields.size() > 1)
            result.insert(entry.toInt(), fields[1].toInt());
    }
    return result;
}

void addMemory(pid_t pid, Memory& memory)
{
    QFile file(u"/proc/%1/smaps_rollup"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        const double megabytes = line.simplified().split(' ').value(1).toDouble() * 1024 / 1e6;
        if (line.startsWith("Rss:"))
            memory.resident += megabytes;
        else if (line.startsWith("Pss:"))
            memory.proportional += megabytes;
        else if (line.startsWith("Anonymous:"))
            memory.anonymous += megabytes;
    }
}

} // namespace

bool Command::isInstalled() const { return !arguments.isEmpty() && !QStandardPaths::findExecutable(arguments.front()).isEmpty(); }

Program::Program(Command command) : m_command(std::move(command))
{
    for (const QString& folder : {u"config"_s, u"data"_s, u"cache"_s, u"state"_s, u"run"_s})
        QDir(home()).mkpath(folder);
    QFile::setPermissions(home() + u"/run"_s, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    for (QString& argument : m_command.arguments)
        argument.replace(u"%HOME%"_s, home());
}

Program::~Program() { stop(); }

Moment Program::start()
{
    // Everything that allocates is done before fork: what is measured is the program.
    const QByteArray homePath = QFile::encodeName(home());
    const bool asNobody = m_command.neverRoot && geteuid() == 0;
    std::vector<QByteArray> arguments;
    for (const QString& argument : m_command.arguments)
        arguments.push_back(argument.toLocal8Bit());
    std::vector<char*> argv;
    for (QByteArray& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    if (asNobody && std::system(("chown -R nobody " + homePath).constData()) != 0)
        qWarning("chown failed");

    const Moment begin = std::chrono::steady_clock::now();
    m_pid = fork();
    if (m_pid != 0)
        return begin;

    setsid();
    setenv("HOME", homePath.constData(), 1);
    setenv("XDG_CONFIG_HOME", (homePath + "/config").constData(), 1);
    setenv("XDG_DATA_HOME", (homePath + "/data").constData(), 1);
    setenv("XDG_CACHE_HOME", (homePath + "/cache").constData(), 1);
    setenv("XDG_STATE_HOME", (homePath + "/state").constData(), 1);
    setenv("XDG_RUNTIME_DIR", (homePath + "/run").constData(), 1);
    setenv("QT_QPA_PLATFORM", "xcb", 1);
    setenv("LANG", "C.UTF-8", 1);
    const int null = open("/dev/null", O_RDWR);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        dup2(null, descriptor);
    if (asNobody) {
        unsetenv("XAUTHORITY");
        if (setgid(kNobody) != 0 || setuid(kNobody) != 0)
            _exit(126);
    }
    execvp(argv.front(), argv.data());
    _exit(127);
}

void Program::stop()
{
    if (m_pid <= 0)
        return;
    kill(-m_pid, SIGTERM);
    const Moment deadline = std::chrono::steady_clock::now() + 3s;
    while (waitpid(m_pid, nullptr, WNOHANG) == 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(10ms);
    kill(-m_pid, SIGKILL);
    waitpid(m_pid, nullptr, 0);
    m_pid = -1;
}

double Program::processorMs() const
{
    double milliseconds = 0;
    const QString tasks = u"/proc/%1/task"_s.arg(m_pid);
    for (const QString& task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(u"%1/%2/schedstat"_s.arg(tasks, task)); // nanoseconds, while stat counts in ticks
        if (file.open(QIODevice::ReadOnly))
            milliseconds += file.readAll().split(' ').value(0).toDouble() / 1e6;
    }
    return milliseconds;
}

Memory Program::memory() const
{
    Memory memory;
    const QHash<pid_t, pid_t> parent = parents();
    for (auto process = parent.cbegin(); process != parent.cend(); ++process) {
        // Upwards until ours or init; the table is a moment's, so a cycle cannot come but a gap can.
        for (pid_t ancestor = process.key(); ancestor > 1; ancestor = parent.value(ancestor, 0)) {
            if (ancestor == m_pid) {
                addMemory(process.key(), memory);
                break;
            }
        }
    }
    return memory;
}

} // namespace ridealong::bench
