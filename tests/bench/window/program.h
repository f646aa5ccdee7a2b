// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <sys/types.h>

#include <chrono>

namespace ridealong::bench {

using Moment = std::chrono::steady_clock::time_point;

/// What to start, the same way for Ridealong and for its peers.
struct Command
{
    QString name; ///< as printed
    QStringList arguments; ///< the first is the executable; "%HOME%" stands for the home folder of this program
    /// Some programs begin with a warning when they run as root; as root these are started as nobody.
    bool neverRoot = false;

    bool isInstalled() const;
};

/// In MB of 10^6 bytes, of the process and all it started.
struct Memory
{
    double resident = 0;
    double proportional = 0;
    double anonymous = 0;
};

/// A command with a home folder of its own that outlives single runs: the first start makes the files, later ones find them.
class Program
{
public:
    explicit Program(Command command);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    const QString& name() const { return m_command.name; }
    QString home() const { return m_home.path(); }

    /// Starts it; the returned time is just before fork. One run at a time.
    Moment start();
    /// TERM, after three seconds KILL, to the whole session of the program; waits for the end.
    void stop();
    pid_t pid() const { return m_pid; }
    Memory memory() const;
    double processorMs() const; ///< of the process itself so far

private:
    Command m_command;
    QTemporaryDir m_home;
    pid_t m_pid = -1;
};

} // namespace ridealong::bench
