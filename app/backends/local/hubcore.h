// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "chat/bot.h"
#include "local/hub.h"
#include "local/hubfiles.h"
#include "local/hublock.h"
#include "local/huboutputs.h"
#include "local/hubrequests.h"
#include "local/hubrooms.h"
#include "local/hubruns.h"
#include "local/hubsession.h"
#include "local/hubstore.h"
#include "local/hubtyping.h"
#include "net/localsocket.h"

namespace ridealong::local {

/// What is inside a Hub: its parts, and what ties them together. Clients' requests come in through HubRequests.
class HubCore : public QObject
{
    Q_OBJECT
public:
    HubCore(QString socketPath, base::Clock& clock, base::Random& random);
    ~HubCore() override;

    base::Async<store::OpenReport> open();
    /// Ends bots and sessions, writes what waits, closes the database.
    void shutDown();
    void addBot(std::unique_ptr<chat::Bot> bot);
    void attach(std::unique_ptr<net::FrameChannel> channel);

    const QString& hubId() const { return m_hubId; }
    const QString& folder() const { return m_folder; }
    HubStore& store() { return *m_store; }
    HubRuns& runs() { return *m_runs; }
    HubOutputs& outputs() { return *m_outputs; }
    void limitOutputs(const OutputLimits& limits);

    // ---- for sessions ----
    /// A person comes in. Errors: Invalid name, Denied when it is a bot's or there are too many people.
    base::Status enter(const base::UserId& user);
    void tellMembers();
    void tellRoom(const QString& key);
    /// An ephemeral frame from one person to another.
    void relay(HubSession& from, Fields& frame);

    // ---- for requests ----
    using PostAnswer = std::function<void(const store::HubOutcome&)>;
    void post(chat::Message message, const store::HubConversation& where, const PostAnswer& answer);
    chat::Bot* bot(const base::UserId& user) const;
    const std::vector<std::unique_ptr<chat::Bot>>& bots() const { return m_bots; }
    chat::Member memberFor(const base::UserId& user) const;
    base::Worker& disk() { return *m_disk; }
    HubFiles& files() { return *m_files; }

    base::Clock& clock;
    base::Random& random;
    HubRooms rooms;
    HubTyping typing;
    HubRequests requests;

signals:
    void failed(const ridealong::base::Error& error);

private:
    base::Status prepare();
    base::Status begin(const store::HubState& state);
    void makeFirstRooms();
    void tidyOutputsAfter(std::chrono::milliseconds delay);
    void tidyOutputs();
    void leave(HubSession* session);

    QString m_socketPath;
    QString m_folder;
    QString m_hubId;
    HubLock m_lock; // released last
    std::unique_ptr<base::Worker> m_disk;
    std::unique_ptr<HubFiles> m_files;
    std::unique_ptr<HubOutputs> m_outputs;
    std::unique_ptr<HubStore> m_store;
    std::unique_ptr<HubRuns> m_runs;
    std::vector<std::unique_ptr<chat::Bot>> m_bots;
    std::unique_ptr<net::LocalSocketServer> m_server;
    std::vector<std::unique_ptr<HubSession>> m_sessions;
    OutputLimits m_outputLimits;
    std::unique_ptr<QObject> m_tidying; ///< while it is there, outputs will be tidied at m_tidyDue
    std::chrono::nanoseconds m_tidyDue{};
    bool m_isOpen = false;
    bool m_accepting = false; ///< a bot is being asked about a message
};

} // namespace ridealong::local
