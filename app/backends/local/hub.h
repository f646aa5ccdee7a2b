// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "chat/backend.h"
#include "chat/bot.h"
#include "net/framechannel.h"
#include "store/openreport.h"

namespace ridealong::local {

/// The protocol between a hub and its clients; both sides say it first. Other versions are refused with Incompatible.
inline constexpr int kProtocolVersion = 1;

/// Where the hub of `socketPath` listens: there, or, when that is longer than the address of a socket may be, under a hash
/// of it in the runtime directory. Its data lies in "<socketPath>.d/" either way.
QString socketAddress(const QString& socketPath);

/// How long and how much of what ended runs printed is kept on the disk; 0: no limit.
struct OutputLimits
{
    int days = 90;
    qint64 bytes = qint64(1) << 30; ///< compressed
};

/// The chat server inside the application: rooms, members, messages and threads, reactions, edits, runs, typing, presence,
/// ephemeral frames. One per hub directory and machine, held by a lock that the kernel releases when its process dies.
class Hub : public QObject, public chat::BotHost
{
    Q_OBJECT
public:
    /// `socketPath` is what clients connect to; data lies in "<socketPath>.d/". Nothing is opened yet.
    Hub(QString socketPath, base::Clock& clock, base::Random& random, QObject* parent = nullptr);
    ~Hub() override;

    /// Takes the lock, opens the database, listens. Errors: Denied when another process is the hub, Storage.
    base::Async<store::OpenReport> open();
    void addBot(std::unique_ptr<chat::Bot> bot);
    /// At any time; a minute later what is over them goes, oldest first.
    void limitOutputs(const OutputLimits& limits);

    /// A client in this process.
    std::unique_ptr<net::FrameChannel> connectInProcess();

    void report(const chat::RunReport& report) override;
    void post(const base::ConversationId& conversation, const QString& text, const base::MessageId& thread) override;
    QString outputPath(const base::RunId& run) const override;

signals:
    void failed(const ridealong::base::Error& error);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::local
