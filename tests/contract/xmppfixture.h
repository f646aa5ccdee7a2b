// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contractsuite.h"
#include "faultychannel.h"
#include "servers/certificates.h"
#include "support/fakecredentials.h"
#include "support/stillnetwork.h"
#include "servers/xmppserver.h"
#include "xmpp/stanzachannel.h"
#include "xmpp/xmppbackend.h"

namespace ridealong::tests {

/// A real XMPP server with a room, and clients whose streams can be broken.
template <typename Server> class XmppFixture : public ContractFixture
{
public:
    explicit XmppFixture(XmppOptions options) : server(certificates, options), m_options(std::move(options))
    {
        m_credentials.secrets.insert(QStringLiteral("password"), QLatin1String(kPassword));
    }

    ContractTraits traits() const override
    {
        ContractTraits traits;
        traits.dedupes = false; // a message sent twice is two
        traits.knowsMessages = false;
        traits.namesDirectsAlike = false; // each by the other's address
        traits.sharesIdentities = false; // in a room everybody is somebody of that room
        traits.sharesOrders = false;
        traits.keepsHistory = m_options.archive;
        traits.canLookBack = m_options.archive;
        traits.pagesHistory = true;
        traits.resumes = m_options.resumption;
        traits.provesAuthors = provesAuthors;
        traits.hasPeople = true;
        traits.tellsAwayInDirects = false; // without a subscription
        return traits;
    }
    QString missing() const override { return server.missing(); }
    bool start() override
    {
        if (!server.start() || !server.makeRoom(QStringLiteral("ops"), {.title = QStringLiteral("Deploys")}))
            return false;
        for (const char* user : {"ana", "bob", "cleo"})
            if (!server.addUser(QLatin1String(user), QLatin1String(kPassword)))
                return false;
        return true;
    }
    QString error() const override { return server.error(); }

    std::unique_ptr<chat::Backend> makeClient(const QString& user) override
    {
        chat::AccountConfig account;
        account.id = base::AccountId(QStringLiteral("xmpp"));
        account.user = user + QLatin1Char('@') + QLatin1String(XmppServer::kDomain);
        account.server = QStringLiteral("127.0.0.1:%1").arg(server.startTlsPort());
        account.options = {
            {QStringLiteral("caFile"), server.caFile()}, {QStringLiteral("proxy"), QStringLiteral("direct")}, {QStringLiteral("rooms"), roomName()}};
        m_faults.push_back(std::make_unique<FaultyChannel::Faults>());
        const auto open = [this, faults = m_faults.back().get()](const net::Endpoint& endpoint, const xmpp::XmppConfig& config) {
            return std::make_unique<FaultyChannel>(xmpp::openStanzaChannel(endpoint, config.tls, config.proxy, m_clock), *faults);
        };
        return std::make_unique<xmpp::XmppBackend>(account.id, xmpp::xmppConfig(account), m_credentials,
            xmpp::XmppOutside{open, xmpp::systemServiceLookup(m_clock), m_network.watch, m_clock, m_random});
    }
    QString roomName() const override { return QStringLiteral("ops@") + QLatin1String(XmppServer::kRooms); }
    void cutNextSend(Cut cut) override
    {
        for (const auto& faults : m_faults)
            faults->next = cut == Cut::BeforeTheServer ? FaultyChannel::Faults::Cut::BeforeTheServer : FaultyChannel::Faults::Cut::AfterTheServer;
    }
    void dropConnections() override
    {
        for (const auto& faults : m_faults)
            faults->drop();
    }
    void restartServer() override
    {
        if (!server.restart())
            qFatal("%s", qPrintable(server.error()));
    }

    Certificates certificates;
    Server server;
    bool provesAuthors = true; ///< rooms have occupant ids

private:
    static constexpr const char* kPassword = "xmpp-secret";

    XmppOptions m_options;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    FakeCredentials m_credentials;
    StillNetwork m_network{m_clock};
    std::vector<std::unique_ptr<FaultyChannel::Faults>> m_faults;
};

} // namespace ridealong::tests
