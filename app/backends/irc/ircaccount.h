// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "account/eventbatch.h"
#include "account/reconnection.h"
#include "irc/connection.h"
#include "irc/ircbackend.h"

namespace ridealong::irc {

/// An account over all its connections: what its conversations know outlives every one of them.
class IrcAccount : public QObject
{
    Q_OBJECT
public:
    IrcAccount(base::AccountId account, const base::Expected<IrcConfig>& config, chat::Credentials& credentials, OpenChannel open,
        net::NetworkWatch& network, base::Clock& clock, base::Random& random);

    void start(const QByteArray& cursor);
    void stop();
    const chat::ConnectionStatus& status() const { return m_reconnection.status(); }
    chat::Member self() const { return m_self; }
    const base::AccountId& id() const { return m_id; }

    /// Null unless the account is connected.
    Connection* connection() const { return m_reconnection.isConnected() ? m_connection.get() : nullptr; }
    /// Now, and at every connection to come; empty: back.
    void setAway(const QString& reason);
    const QString& awayReason() const { return m_awayReason; }
    base::Clock& clock() const { return m_clock; }
    /// The nick to be known by from now on, also after a reconnect; asking the server for it is the caller's.
    void wantNick(const QString& nick);
    const QString& wantedNick() const { return m_nick; }
    /// Is it one of ours?
    bool owns(const base::ConversationId& id) const { return id.account() == m_id; }

signals:
    void statusChanged(const ridealong::chat::ConnectionStatus& status);
    void batch(const ridealong::chat::SyncBatch& batch);
    void typing(const ridealong::chat::Typing& typing);
    void frameReceived(const QString& key, const QString& nick, const QByteArray& frame);
    void selfChanged();
    void connected();
    void disconnected(const ridealong::base::Error& why);

private:
    void attempt();
    void connectWith(const QString& password, const QString& serverPassword);
    net::Endpoint endpoint() const;
    void takeUp();
    void lost(const base::Error& why);
    void dropConnection();
    void noteSecurity(quint16 port, std::chrono::seconds duration);

    base::AccountId m_id;
    IrcConfig m_config;
    QString m_nick; ///< that is wanted
    std::optional<base::Error> m_mistake; ///< in the settings
    chat::Credentials& m_credentials;
    OpenChannel m_open;
    base::Clock& m_clock;
    base::Random& m_random;
    account::Reconnection m_reconnection;
    Conversations m_conversations;
    account::EventBatch m_batch;
    chat::Member m_self;
    quint16 m_lastPort = 0; ///< of the connection that stands
    QString m_awayReason;
    std::unique_ptr<Connection> m_connection;
};

} // namespace ridealong::irc
