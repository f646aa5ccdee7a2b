// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contractsuite.h"
#include "irc/ircbackend.h"
#include "net/openchannel.h"
#include "servers/certificates.h"
#include "support/fakecredentials.h"
#include "support/stillnetwork.h"
#include "servers/faultproxy.h"

namespace ridealong::tests {

/// A real IRC server, and before each client a proxy that can break its connection at any byte.
template <typename Server> class IrcFixture : public ContractFixture
{
public:
    explicit IrcFixture(typename Server::Options options) : server(certificates, std::move(options)) {}

    QString missing() const override { return server.missing(); }
    bool start() override { return server.start(); }
    QString error() const override { return server.error(); }

    std::unique_ptr<chat::Backend> makeClient(const QString& user) override
    {
        m_proxies.push_back(std::make_unique<FaultProxy>(server.plainPort()));
        chat::AccountConfig account;
        account.id = base::AccountId(QStringLiteral("irc"));
        account.user = user;
        account.server = QStringLiteral("127.0.0.1:%1").arg(m_proxies.back()->port());
        account.options = {{QStringLiteral("tls"), false}, {QStringLiteral("proxy"), QStringLiteral("direct")}};
        signIn(account);
        const irc::OpenChannel open = [this](const net::Endpoint& endpoint, const irc::IrcConfig& config) {
            net::ChannelOptions direct;
            direct.proxy.kind = net::ProxySettings::Kind::Direct;
            return net::openChannel(endpoint, config.tls, m_clock, direct);
        };
        return std::make_unique<irc::IrcBackend>(account.id, irc::ircConfig(account), credentials, open, m_network.watch, m_clock, m_random);
    }
    /// What this server wants besides a nick; secrets go into `credentials`.
    virtual void signIn(chat::AccountConfig&) {}
    QString roomName() const override { return QStringLiteral("#ops"); }
    void cutNextSend(Cut cut) override
    {
        for (const auto& proxy : m_proxies)
            cut == Cut::BeforeTheServer ? proxy->cutBefore(Way::ToServer, "PRIVMSG") : proxy->cutAfter(Way::ToServer, "PRIVMSG");
    }
    void dropConnections() override
    {
        for (const auto& proxy : m_proxies)
            proxy->cut();
    }
    void restartServer() override
    {
        if (!server.restart())
            qFatal("%s", qPrintable(server.error()));
    }

    Certificates certificates;
    Server server;
    FakeCredentials credentials; ///< everybody's

private:
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    StillNetwork m_network{m_clock};
    std::vector<std::unique_ptr<FaultProxy>> m_proxies;
};

} // namespace ridealong::tests
