// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "local/wire.h"
#include "store/hubdatabase.h"

namespace ridealong::local {

class HubCore;
class HubSession;

/// What clients ask the hub for. Every request is answered exactly once; one that cannot be understood ends its client.
class HubRequests
{
public:
    explicit HubRequests(HubCore& hub) : m_hub(hub) {}

    void handle(HubSession& session, Fields& request);

private:
    using Handler = void (HubRequests::*)(HubSession&, Fields&, qint64 id);

    void send(HubSession& session, Fields& request, qint64 id);
    void verify(HubSession& session, Fields& request, qint64 id);
    void edit(HubSession& session, Fields& request, qint64 id);
    void remove(HubSession& session, Fields& request, qint64 id);
    void react(HubSession& session, Fields& request, qint64 id);
    void read(HubSession& session, Fields& request, qint64 id);
    void join(HubSession& session, Fields& request, qint64 id);
    void direct(HubSession& session, Fields& request, qint64 id);
    void ping(HubSession& session, Fields& request, qint64 id);
    void beginFile(HubSession& session, Fields& request, qint64 id);
    void putFile(HubSession& session, Fields& request, qint64 id);
    void giveUpFile(HubSession& session, Fields& request, qint64 id);
    // hubreads.cpp: those with large answers, and those about runs
    void history(HubSession& session, Fields& request, qint64 id);
    void commands(HubSession& session, Fields& request, qint64 id);
    void getFile(HubSession& session, Fields& request, qint64 id);
    void readRun(HubSession& session, Fields& request, qint64 id);
    void cancelRun(HubSession& session, Fields& request, qint64 id);
    void decideRun(HubSession& session, Fields& request, qint64 id);

    /// The conversation that the request names, or null when it was refused.
    const store::HubConversation* conversation(HubSession& session, Fields& request, qint64 id);
    void post(HubSession& session, qint64 id, chat::Message message, const store::HubConversation& where);
    bool checkText(HubSession& session, const QString& text, qint64 id);
    void write(HubSession& session, qint64 id, store::HubWrite write);
    void made(HubSession& session, qint64 id, const QString& key, bool isNew);
    void readOutput(HubSession& session, qint64 id, const base::RunId& run, qint64 offset, qint64 end, const std::function<void()>& done);

    HubCore& m_hub;
};

} // namespace ridealong::local
