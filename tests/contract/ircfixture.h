// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contractsuite.h"
#include "irc/ircbackend.h"
#include "net/openchannel.h"
#include "servers/certificates.h"
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
        return std::make_unique<irc::IrcBackend>(account.id, irc::ircConfig(account), m_credentials, open, m_network, m_clock, m_random);
    }
    /// What this server wants besides a nick; secrets go into `secrets`.
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
    QHash<QString, QString> secrets; ///< by field, everybody's

private:
    class Credentials final : public chat::Credentials
    {
    public:
        explicit Credentials(const QHash<QString, QString>& secrets) : m_secrets(secrets) {}
        base::Async<QString> secret(const QString& field) override
        {
            return base::Async<QString>::ready(base::Expected<QString>(m_secrets.value(field)));
        }

    private:
        const QHash<QString, QString>& m_secrets;
    };
    class NoSleep final : public net::SleepMeter
    {
    public:
        std::chrono::nanoseconds slept() const override { return {}; }
    };
    class AlwaysOnline final : public net::Reachability
    {
    public:
        bool isOnline() const override { return true; }
    };

    base::SystemClock m_clock;
    base::SystemRandom m_random;
    Credentials m_credentials{secrets};
    NoSleep m_sleep;
    AlwaysOnline m_reachability;
    net::NetworkWatch m_network{m_clock, m_sleep, m_reachability};
    std::vector<std::unique_ptr<FaultProxy>> m_proxies;
};

} // namespace ridealong::tests
