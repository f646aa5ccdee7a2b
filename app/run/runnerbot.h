// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "chat/bot.h"
#include "scripts/scriptlibrary.h"

#include <QObject>

namespace ridealong::run {

struct RunnerLimits
{
    qint64 outputBytes = 64 << 20; ///< kept of one run's beginning; over it only the end is kept as well
    qint64 tailBytes = 256 << 10; ///< kept of the end
    int timeLimitSeconds = 24 * 3600;
    int killAfterSeconds = 5; ///< from TERM to KILL
    int concurrent = 16; ///< runs at once
};

/// The Local workspace's bot: "runner NAME ARGUMENTS" runs a script of the library as a process of this user. Argument list,
/// never a shell line; environment by allow-list; its own process group in its own pseudo-terminal; output streamed to the
/// host's file; cancellable by TERM, then KILL. In a production room what is not safe waits for an approval.
class RunnerBot : public QObject, public chat::Bot
{
    Q_OBJECT
public:
    /// Scripts start in `workingFolder`; what they remember (RIDEALONG_STATE) lies in `stateFolder`, by default ".state" in it.
    RunnerBot(chat::BotHost& host, scripts::ScriptLibrary& library, base::Clock& clock, base::Random& random, RunnerLimits limits,
        QString workingFolder, QString stateFolder = {}, QObject* parent = nullptr);
    ~RunnerBot() override;

    static base::UserId userId() { return base::UserId(QStringLiteral("runner")); }

    chat::Member member() const override;
    QList<chat::CommandSpec> commands(const chat::Conversation& conversation) const override;
    std::optional<chat::RunReport> accept(const chat::Message& message, const chat::Conversation& conversation) override;
    void begin(const chat::RunReport& report) override;
    base::Status cancel(const base::RunId& run, const chat::Member& by) override;
    base::Status decide(const base::RunId& run, const chat::Member& by, bool approve) override;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::run
