// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "chat/backend.h"
#include "local/localbackend.h"
#include "local/wire.h"
#include "net/backoff.h"

namespace ridealong::local {

/// Where a client stands in a hub's changes.
struct LocalCursor
{
    QString hub;
    qint64 sequence = 0;

    QByteArray toBytes() const;
    static LocalCursor fromBytes(const QByteArray& bytes); ///< empty for anything that is none
};

/// Keeps a client connected: becomes the hub or joins the one that is, says hello, matches replies to requests, notices
/// when the hub hangs, tries again.
class LocalConnection : public QObject
{
    Q_OBJECT
public:
    using Reply = std::function<void(const base::Expected<QCborMap>&)>;
    /// Takes a frame that is no reply; an error ends the connection.
    using FrameHandler = std::function<base::Status(const QString& type, Fields& frame)>;

    LocalConnection(QString user, QString socketPath, HubFactory makeHub, base::Clock& clock, FrameHandler handler);
    ~LocalConnection() override;

    void start(const LocalCursor& cursor);
    void stop();
    const chat::ConnectionStatus& status() const { return m_status; }
    bool isConnected() const { return m_status.state == chat::ConnectionState::Connected; }

    const LocalCursor& cursor() const { return m_cursor; }
    /// Everything of the connected hub up to here has come.
    void moveCursor(qint64 sequence) { m_cursor = {m_hubId, sequence}; }

    /// Answered once: with the reply, the hub's error, or Offline when there is no connection or it breaks.
    void request(QCborMap map, Reply reply);
    void notify(const QCborMap& map);

signals:
    void statusChanged(const ridealong::chat::ConnectionStatus& status);
    void hubOpened(const ridealong::store::OpenReport& report);

private:
    void attempt();
    void join(std::unique_ptr<net::FrameChannel> channel);
    void receive(const QByteArray& bytes);
    base::Status take(const QString& type, Fields& frame);
    void ping();
    /// Calls `callback` later, unless this attempt is over by then.
    void later(std::chrono::milliseconds delay, std::function<void()> callback);
    void lost(const base::Error& why);
    void dropChannel();
    void setStatus(chat::ConnectionStatus status);

    QString m_user;
    QString m_socketPath;
    HubFactory m_makeHub;
    base::Clock& m_clock;
    FrameHandler m_handler;
    base::SystemRandom m_random; // of the jitter only; nothing that a test looks at
    net::Backoff m_backoff;
    chat::ConnectionStatus m_status;
    LocalCursor m_cursor;
    QString m_hubId; ///< of the connected hub
    std::unique_ptr<Hub> m_hub; ///< when this process is it
    std::unique_ptr<net::FrameChannel> m_channel;
    int m_attempt = 0; ///< what belongs to an earlier one means nothing
    QHash<qint64, Reply> m_pending;
    qint64 m_lastRequest = 0;
    std::optional<base::Error> m_bye; ///< why the hub hangs up
    bool m_heard = false; ///< something came since the last ping
};

} // namespace ridealong::local
