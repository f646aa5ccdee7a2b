// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "account/eventbatch.h"
#include "account/reconnection.h"
#include "xmpp/client.h"
#include "xmpp/route.h"
#include "xmpp/xmppbackend.h"
#include "xmpp/xmppfiles.h"

namespace ridealong::xmpp {

/// An account over all its sessions: finds the server, signs in, goes on with the stream that broke, or begins a new one.
class XmppAccount : public QObject
{
    Q_OBJECT
public:
    XmppAccount(base::AccountId account, const base::Expected<XmppConfig>& config, chat::Credentials& credentials, XmppOutside outside);
    ~XmppAccount() override;

    void start(const QByteArray& cursor);
    void stop();
    const chat::ConnectionStatus& status() const { return m_reconnection.status(); }
    bool isConnected() const { return m_reconnection.isConnected(); }
    const base::AccountId& id() const { return m_id; }
    /// Lives as long as this; says that it is offline when it is.
    Client& client() { return m_client; }
    XmppFiles& files() { return m_files; }

signals:
    void statusChanged(const ridealong::chat::ConnectionStatus& status);
    void batch(const ridealong::chat::SyncBatch& batch);
    void disconnected(const ridealong::base::Error& why);

private:
    void attempt();
    void connectWith(const QString& password, const net::Endpoint& endpoint);
    void lost(const base::Error& why);
    void dropSession();

    base::AccountId m_id;
    XmppConfig m_config;
    std::optional<base::Error> m_mistake; ///< in the settings
    chat::Credentials& m_credentials;
    XmppOutside m_outside;
    std::shared_ptr<net::HttpClient> m_http; ///< transfers of files may outlive this
    Discovery m_discovery;
    Route m_route;
    account::Reconnection m_reconnection;
    Conversations m_conversations;
    account::EventBatch m_batch;
    Client m_client;
    XmppFiles m_files;
    StreamState m_stream; ///< of the session before
    std::unique_ptr<Session> m_session;
};

} // namespace ridealong::xmpp
