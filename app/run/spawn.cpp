// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/spawn.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <vector>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace ridealong::run {

using namespace Qt::StringLiterals;

namespace {

enum Step : int { Session, Terminal, Descriptors, Folder, Execute };

struct Failure
{
    int step = 0;
    int error = 0;
};

QString nameOf(int step)
{
    switch (step) {
    case Session: return u"begin a session"_s;
    case Terminal: return u"open a terminal"_s;
    case Descriptors: return u"set up its input and output"_s;
    case Folder: return u"enter the working folder"_s;
    default: return u"execute"_s;
    }
}

/// Both ends of a pseudo-terminal that passes every byte through as the program wrote it.
bool openTerminal(const SpawnRequest& request, int& master, int& slave)
{
    master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
        return false;
    slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0)
        return false;
    const winsize size{static_cast<unsigned short>(request.rows), static_cast<unsigned short>(request.columns), 0, 0};
    ioctl(slave, TIOCSWINSZ, &size);
    termios settings{};
    if (tcgetattr(slave, &settings) == 0) {
        settings.c_oflag &= ~tcflag_t(OPOST); // "\n" stays "\n": what is saved is what was written
        settings.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(slave, TCSANOW, &settings);
    }
    fcntl(master, F_SETFL, fcntl(master, F_GETFL) | O_NONBLOCK);
    return true;
}

std::vector<char*> pointersTo(const QList<QByteArray>& strings)
{
    std::vector<char*> pointers;
    for (const QByteArray& string : strings)
        pointers.push_back(const_cast<char*>(string.constData())); // execve's signature; it does not write
    pointers.push_back(nullptr);
    return pointers;
}

/// Between fork and exec in a program with threads: async-signal-safe calls only, no memory is allocated.
[[noreturn]] void becomeProgram(char* const* arguments, char* const* environment, const char* folder, int slave, int report, int maxFiles)
{
    const auto give = [report](int step) {
        const Failure failure{step, errno};
        [[maybe_unused]] const auto written = write(report, &failure, sizeof failure);
        _exit(127);
    };
    struct sigaction standard
    {};
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number)
        sigaction(number, &standard, nullptr); // fails for KILL, STOP and the C library's own: fine

    if (setsid() < 0)
        give(Session);
    if (ioctl(slave, TIOCSCTTY, 0) != 0)
        give(Terminal);
    const int input = open("/dev/null", O_RDONLY);
    if (input < 0 || dup2(input, 0) < 0 || dup2(slave, 1) < 0 || dup2(slave, 2) < 0)
        give(Descriptors);
    // Everything else but the report goes; the report closes by itself when exec succeeds.
    if (report > 3)
        close_range(3, unsigned(report) - 1, 0);
    if (close_range(unsigned(report) + 1, ~0U, 0) != 0 && errno == ENOSYS)
        for (int descriptor = 3; descriptor < maxFiles; ++descriptor)
            if (descriptor != report)
                close(descriptor);
    if (chdir(folder) != 0)
        give(Folder);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    execve(arguments[0], arguments, environment);
    give(Execute);
    _exit(127);
}

void closeAll(std::initializer_list<int> descriptors)
{
    for (const int descriptor : descriptors)
        if (descriptor >= 0)
            close(descriptor);
}

} // namespace

Spawned spawn(const SpawnRequest& request)
{
    Spawned result;
    int slave = -1;
    int report[2] = {-1, -1};
    if (!openTerminal(request, result.master, slave) || pipe2(report, O_CLOEXEC) != 0) {
        result.error = errno;
        result.failedStep = nameOf(Terminal);
        closeAll({result.master, slave});
        return result;
    }
    const auto arguments = pointersTo(request.arguments);
    const auto environment = pointersTo(request.environment);
    const int maxFiles = int(std::min(sysconf(_SC_OPEN_MAX), 65536L));

    // No handler of ours may run in the child.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = fork();
    if (pid == 0)
        becomeProgram(arguments.data(), environment.data(), request.workingFolder.constData(), slave, report[1], maxFiles);
    const int forkError = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    closeAll({slave, report[1]});
    if (pid < 0) {
        result.error = forkError;
        result.failedStep = u"make a process"_s;
        closeAll({result.master, report[0]});
        return result;
    }

    Failure failure;
    ssize_t count = 0;
    do
        count = read(report[0], &failure, sizeof failure);
    while (count < 0 && errno == EINTR);
    closeAll({report[0]});
    if (count == sizeof failure) {
        while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {}
        closeAll({result.master});
        result.error = failure.error;
        result.failedStep = nameOf(failure.step);
        return result;
    }
    result.pid = pid;
    result.pidfd = int(syscall(SYS_pidfd_open, pid, 0));
    return result;
}

} // namespace ridealong::run
