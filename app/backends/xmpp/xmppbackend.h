// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "chat/credentials.h"
#include "net/networkwatch.h"
#include "xmpp/servicerecord.h"
#include "xmpp/xmppconfig.h"

namespace ridealong::xmpp {

class StanzaChannel;

/// What an account needs of the machine; tests give a channel whose other side they play.
struct XmppOutside
{
    std::function<std::unique_ptr<StanzaChannel>(const net::Endpoint&, const XmppConfig&)> open;
    ServiceLookup lookUp;
    net::NetworkWatch& network;
    base::Clock& clock;
    base::Random& random;
};

/// An account on an XMPP server.
class XmppBackend final : public chat::Backend
{
    Q_OBJECT
public:
    /// With an error for a config it fails at every start.
    XmppBackend(base::AccountId account, const base::Expected<XmppConfig>& config, chat::Credentials& credentials, XmppOutside outside);
    ~XmppBackend() override;

    void start(const QByteArray& cursor) override;
    void stop() override;
    chat::ConnectionStatus status() const override;
    chat::Member self() const override;
    chat::Limits limits() const override;
    chat::Facets facets() override;
    void setAttended(bool attended) override;
    base::Async<chat::SendResult> send(const chat::Outgoing& outgoing) override;
    base::Async<chat::VerifyResult> verify(const base::ConversationId&, const base::TransactionId&) override;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::xmpp
