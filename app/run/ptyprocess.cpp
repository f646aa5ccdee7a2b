// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/ptyprocess.h"

#include "run/outputfile.h"
#include "run/progressscanner.h"

#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ridealong::run {

namespace {

using Clock = std::chrono::steady_clock; // of the reading thread; what a person waits for is timed by base::Clock in the bot
using namespace std::chrono_literals;

constexpr auto kNotifyEvery = 16ms;
constexpr auto kDrain = 1s; // for children that keep the terminal open when the leader is gone
constexpr auto kDrainAfterKill = 200ms; // for those that left the process group as well
constexpr auto kPollWithoutPidfd = 20ms;
constexpr qsizetype kReadBytes = 64 << 10;

} // namespace

struct PtyProcess::Data
{
    PtyProcess* q = nullptr;
    std::thread thread;
    int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

    std::mutex mutex; // guards what follows
    pid_t pid = -1; // -1: not started, or reaped; a signal can never reach a stranger
    int earlySignal = 0; // asked for before there was a process
    bool abandoned = false; // q is being destroyed
    PtyProgress latest;
    bool posted = false; // an event with `latest` is on its way

    ~Data() { close(wake); }

    void signalGroup(int number)
    {
        const std::lock_guard lock(mutex);
        if (pid > 0) {
            ::kill(-pid, number);
            ::kill(-pid, SIGCONT);
        } else if (earlySignal != SIGKILL) {
            earlySignal = number;
        }
    }

    bool isAbandoned()
    {
        const std::lock_guard lock(mutex);
        return abandoned;
    }

    void publish(const OutputFile& file, const ProgressScanner& scanner)
    {
        const std::lock_guard lock(mutex);
        latest = {file.storedBytes(), scanner.progress(), file.error()};
        if (std::exchange(posted, true) || abandoned)
            return;
        QMetaObject::invokeMethod(
            q,
            [this] {
                PtyProgress progress;
                {
                    const std::lock_guard inner(mutex);
                    posted = false;
                    progress = latest;
                }
                emit q->progressed(progress);
            },
            Qt::QueuedConnection);
    }

    void finish(const PtyEnd& end)
    {
        const std::lock_guard lock(mutex);
        if (!abandoned)
            QMetaObject::invokeMethod(
                q, [this, end] { emit q->ended(end); }, Qt::QueuedConnection);
    }

    void work(const SpawnRequest& request, const QString& outputPath, const PtyLimits& limits);
};

namespace {

/// True when the leader is gone. It stays a zombie, so that its number is nobody else's until we have cleaned up.
bool isGone(pid_t pid)
{
    siginfo_t info{};
    return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

/// What is in the terminal now. False when all who had it open are gone.
bool drain(int master, QByteArray& buffer, OutputFile& file, ProgressScanner& scanner, qsizetype atMost)
{
    for (qsizetype taken = 0; taken < atMost;) {
        const ssize_t count = read(master, buffer.data(), size_t(buffer.size()));
        if (count <= 0)
            return count < 0 && (errno == EAGAIN || errno == EINTR); // EIO: the other end is closed
        const QByteArrayView bytes(buffer.constData(), count);
        file.append(bytes);
        scanner.scan(bytes);
        taken += count;
    }
    return true;
}

int millisecondsUntil(Clock::time_point when) { return std::max(0, int(std::chrono::ceil<std::chrono::milliseconds>(when - Clock::now()).count())); }

} // namespace

void PtyProcess::Data::work(const SpawnRequest& request, const QString& outputPath, const PtyLimits& limits)
{
    PtyEnd end;
    OutputFile file(outputPath, limits.headBytes, limits.tailBytes);
    const Spawned spawned = spawn(request);
    if (spawned.error != 0) {
        end.startError = spawned.error;
        end.failedStep = spawned.failedStep;
        return finish(end);
    }
    {
        const std::lock_guard lock(mutex);
        pid = spawned.pid;
        if (earlySignal != 0)
            ::kill(-pid, earlySignal);
    }

    ProgressScanner scanner;
    QByteArray buffer(kReadBytes, Qt::Uninitialized);
    qint64 published = -1;
    std::optional<chat::Progress> publishedProgress;
    Clock::time_point nextNotice = Clock::now();
    std::optional<Clock::time_point> deadline; // set when the leader is gone
    bool open = true;
    bool killed = false;
    while (open || !deadline) {
        const bool news = file.storedBytes() != published || scanner.progress() != publishedProgress;
        if (news && Clock::now() >= nextNotice) {
            publish(file, scanner);
            published = file.storedBytes();
            publishedProgress = scanner.progress();
            nextNotice = Clock::now() + kNotifyEvery;
        }
        int timeout = news ? millisecondsUntil(nextNotice) : -1;
        const auto atMost = [&timeout](int ms) { timeout = timeout < 0 ? ms : std::min(timeout, ms); };
        if (deadline)
            atMost(millisecondsUntil(*deadline));
        else if (spawned.pidfd < 0)
            atMost(int(kPollWithoutPidfd.count()));
        pollfd waits[] = {{open ? spawned.master : -1, POLLIN, 0}, {deadline ? -1 : spawned.pidfd, POLLIN, 0}, {wake, POLLIN, 0}};
        poll(waits, 3, timeout);

        if (waits[0].revents != 0)
            open = drain(spawned.master, buffer, file, scanner, kReadBytes);
        if (waits[2].revents != 0) {
            quint64 count = 0;
            [[maybe_unused]] const auto taken = read(wake, &count, sizeof count);
        }
        if (!deadline && isGone(spawned.pid))
            deadline = Clock::now() + (isAbandoned() ? 0ms : kDrain);
        if (open && deadline && Clock::now() >= *deadline) {
            if (killed)
                break;
            signalGroup(SIGKILL);
            killed = true;
            deadline = Clock::now() + kDrainAfterKill;
        }
    }
    if (!killed)
        signalGroup(SIGKILL); // children that closed the terminal and linger
    // What was printed and not yet read: bounded, for one who left the group may be writing still.
    if (open)
        drain(spawned.master, buffer, file, scanner, 1 << 20);

    int status = 0;
    {
        const std::lock_guard lock(mutex);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
        pid = -1;
    }
    close(spawned.master);
    if (spawned.pidfd >= 0)
        close(spawned.pidfd);
    file.finish();

    if (WIFEXITED(status))
        end.exitCode = WEXITSTATUS(status);
    else
        end.signal = WTERMSIG(status);
    end.outputBytes = file.storedBytes();
    end.omittedBytes = file.omittedBytes();
    end.omittedAt = file.omittedAt();
    end.storageError = file.error();
    finish(end);
}

PtyProcess::PtyProcess(QObject* parent) : QObject(parent), m_data(std::make_unique<Data>()) { m_data->q = this; }

PtyProcess::~PtyProcess()
{
    {
        const std::lock_guard lock(m_data->mutex);
        m_data->abandoned = true;
    }
    kill();
    const quint64 one = 1;
    [[maybe_unused]] const auto written = write(m_data->wake, &one, sizeof one);
    if (m_data->thread.joinable())
        m_data->thread.join();
}

void PtyProcess::start(const SpawnRequest& request, const QString& outputPath, const PtyLimits& limits)
{
    Q_ASSERT(!m_data->thread.joinable());
    m_data->thread = std::thread([this, request, outputPath, limits] { m_data->work(request, outputPath, limits); });
}

void PtyProcess::terminate() { m_data->signalGroup(SIGTERM); }

void PtyProcess::kill() { m_data->signalGroup(SIGKILL); }

} // namespace ridealong::run
