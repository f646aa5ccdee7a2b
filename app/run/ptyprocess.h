// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/run.h"
#include "run/spawn.h"

#include <QObject>

#include <memory>

namespace ridealong::run {

struct PtyLimits
{
    qint64 headBytes = 64 << 20;
    qint64 tailBytes = 256 << 10;
};

struct PtyProgress
{
    qint64 outputBytes = 0; ///< in the file now
    std::optional<chat::Progress> progress;
    QString storageError; ///< "No space left on device": from then on nothing is stored
};

struct PtyEnd
{
    std::optional<int> exitCode;
    int signal = 0; ///< that killed it, when there is no exit code
    int startError = 0; ///< errno: it never ran
    QString failedStep; ///< with startError
    qint64 outputBytes = 0;
    qint64 omittedBytes = 0;
    qint64 omittedAt = 0;
    QString storageError;
};

/// One program in a pseudo-terminal of its own, its output going straight to a file on a thread of its own: however much it
/// prints, the event loop hears of it at most once a frame, and the program never waits for us.
class PtyProcess : public QObject
{
    Q_OBJECT
public:
    explicit PtyProcess(QObject* parent = nullptr);
    /// Kills the process group and waits the few milliseconds that takes.
    ~PtyProcess() override;

    /// Once. `ended` comes exactly once, also when it could not start.
    void start(const SpawnRequest& request, const QString& outputPath, const PtyLimits& limits);
    /// To the whole process group; stopped processes are woken. Nothing after it has ended.
    void terminate();
    void kill();

signals:
    void progressed(const ridealong::run::PtyProgress& progress);
    void ended(const ridealong::run::PtyEnd& end);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::run
