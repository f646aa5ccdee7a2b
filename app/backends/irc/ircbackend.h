// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "chat/credentials.h"
#include "irc/ircconfig.h"
#include "net/networkwatch.h"

#include <memory>

namespace ridealong::irc {

/// Opens a channel to the server; tests give one whose other side they play.
using OpenChannel = std::function<std::unique_ptr<net::RemoteChannel>(const net::Endpoint&, const IrcConfig&)>;

/// An account on an IRC server. Everything beyond RFC 2812 may be missing, and then it is still good.
class IrcBackend final : public chat::Backend
{
    Q_OBJECT
public:
    /// With an error for a config it fails at every start.
    IrcBackend(base::AccountId account, const base::Expected<IrcConfig>& config, chat::Credentials& credentials, OpenChannel open,
        net::NetworkWatch& network, base::Clock& clock, base::Random& random);
    ~IrcBackend() override;

    void start(const QByteArray& cursor) override;
    void stop() override;
    chat::ConnectionStatus status() const override;
    chat::Member self() const override;
    chat::Limits limits() const override;
    chat::Facets facets() override;
    base::Async<chat::SendResult> send(const chat::Outgoing& outgoing) override;
    base::Async<chat::VerifyResult> verify(const base::ConversationId&, const base::TransactionId&) override;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::irc
