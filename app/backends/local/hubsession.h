// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/run.h"
#include "local/wire.h"
#include "net/framechannel.h"
#include "net/tokenbucket.h"
#include "store/hubdatabase.h"

#include <QQueue>

namespace ridealong::local {

class HubCore;

/// One connected client of the hub: hello, catching up from its cursor, then live. It is a place in the hub's sequence of
/// changes; a client that reads too slowly is not sent more, and goes on from its place when it has caught its breath.
class HubSession : public QObject
{
    Q_OBJECT
public:
    HubSession(std::unique_ptr<net::FrameChannel> channel, HubCore& hub);
    ~HubSession() override;

    bool isIn() const { return m_in; }
    const base::UserId& user() const { return m_user; }

    void send(const QCborMap& frame);
    void sendUnlessCongested(const QCborMap& frame);
    void answer(qint64 request, QCborMap values = {});
    void refuse(qint64 request, const base::Error& error);
    void answer(qint64 request, const base::Status& status);

    /// A request with a large answer: `task` runs when few others are being worked on and the client takes what it is
    /// sent; it calls its argument when it has answered.
    using Task = std::function<void(const std::function<void()>& done)>;
    void enqueueRead(Task task);

    void sendRooms(const QList<const store::HubConversation*>& rooms);
    void sendMembers();
    void publish(const QList<store::HubChange>& changes);
    void tell(const chat::RunReport& report);
    bool takeLinkToken() { return m_linkBucket.take(); }

    /// Says why, and hangs up.
    void end(const base::Error& why);

signals:
    void ended();

private:
    void receive(const QByteArray& bytes);
    void greet(Fields& hello);
    void typing(Fields& frame);
    void welcome(const QString& hubSeen, qint64 sequence);
    bool isCongested() const;
    void pump();
    void loadChanges();
    void loadRuns();
    void sendChanges(const QList<store::HubChange>& changes, qint64 upTo);
    void sendNextRuns();
    void startReads();
    void finish();

    HubCore& m_hub;
    std::unique_ptr<net::FrameChannel> m_channel;
    net::TokenBucket m_linkBucket;
    base::UserId m_user;
    bool m_in = false;
    bool m_over = false;
    bool m_live = false; ///< has everything up to m_sequence; the next changes may follow directly
    bool m_loading = false;
    bool m_synced = false; ///< has had a first sync frame, even if there was nothing to tell
    bool m_wantsRuns = true;
    qint64 m_sequence = 0; ///< everything up to here was sent
    QList<chat::RunReport> m_runs; ///< still to be sent, newest last
    QQueue<Task> m_reads;
    int m_reading = 0;
};

} // namespace ridealong::local
