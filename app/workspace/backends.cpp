// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The backends there are: a new one is a folder in app/backends and an entry here.
#include "irc/discovery.h"
#include "irc/ircbackend.h"
#include "local/localbackend.h"
#include "net/openchannel.h"
#include "run/runnerbot.h"
#include "scripts/scriptlibrary.h"
#include "workspace/systemnetwork.h"
#include "workspace/workspace.h"
#include "xmpp/accountdiscovery.h"
#include "xmpp/stanzachannel.h"

#include <QDir>

namespace ridealong::workspace {

using namespace Qt::StringLiterals;

void Workspace::registerBackends()
{
    m_registry.add(
        {u"local"_s, {{u"user"_s, chat::CredentialField::Kind::Text, true, {}, {}}, {u"server"_s, chat::CredentialField::Kind::File, false, {}, {}}},
            [this](const chat::AccountConfig& config, chat::Credentials&) -> std::unique_ptr<chat::Backend> {
                const auto makeHub = [this](const QString& socketPath) {
                    auto hub = std::make_unique<local::Hub>(socketPath, m_clock, m_random);
                    const auto limit = [this, hub = hub.get()] {
                        const auto number = [this](settings::Key key) { return int(qBound(0.0, m_settings->value(key).toDouble(), 1e6)); };
                        hub->limitOutputs({number(settings::Key::OutputDays), qint64(number(settings::Key::OutputMegabytes)) << 20});
                    };
                    limit();
                    connect(m_settings.get(), &settings::Settings::changed, hub.get(), [limit](settings::Key key) {
                        if (key == settings::Key::OutputDays || key == settings::Key::OutputMegabytes)
                            limit();
                    });
                    hub->addBot(std::make_unique<run::RunnerBot>(
                        *hub, *m_scripts, m_clock, m_random, run::RunnerLimits(), QDir::homePath(), m_profile.folder + u"/script-state"_s));
                    return hub;
                };
                const QString socketPath = config.server.isEmpty() ? local::LocalBackend::defaultSocketPath() : config.server;
                auto backend = std::make_unique<local::LocalBackend>(config.id, config.user, socketPath, makeHub, m_clock);
                connect(backend.get(), &local::LocalBackend::hubOpened, this, [this](const store::OpenReport& report) {
                    if (!report.keptAside.isEmpty())
                        emit hubKeptAside(report.keptAside);
                });
                return backend;
            }});

    // The system's services are asked for it: not before there is something to watch for.
    const auto network = [this]() -> net::NetworkWatch& {
        if (!m_network)
            m_network = std::make_unique<SystemNetwork>(m_clock);
        return m_network->watch;
    };
    const irc::OpenChannel openIrc = [this](const net::Endpoint& endpoint, const irc::IrcConfig& config) {
        net::ChannelOptions options;
        options.proxy = net::ProxySettings::parse(config.proxy).valueOr({}); // checked when the account was read
        return net::openChannel(endpoint, config.tls, m_clock, options);
    };
    m_registry.add({u"irc"_s, irc::ircFields(),
        [this, openIrc, network](const chat::AccountConfig& account, chat::Credentials& credentials) -> std::unique_ptr<chat::Backend> {
            return std::make_unique<irc::IrcBackend>(account.id, irc::ircConfig(account), credentials, openIrc, network(), m_clock, m_random);
        },
        [this, openIrc](const chat::AccountConfig& account) { return irc::discover(account, openIrc, m_clock); }});

    const auto xmppOutside = [this, network] {
        return xmpp::XmppOutside{[this](const net::Endpoint& endpoint, const xmpp::XmppConfig& config) {
                                     return xmpp::openStanzaChannel(endpoint, config.tls, config.proxy, m_clock);
                                 },
            xmpp::systemServiceLookup(m_clock), network(), m_clock, m_random};
    };
    m_registry.add({u"xmpp"_s, xmpp::xmppFields(),
        [xmppOutside](const chat::AccountConfig& account, chat::Credentials& credentials) -> std::unique_ptr<chat::Backend> {
            return std::make_unique<xmpp::XmppBackend>(account.id, xmpp::xmppConfig(account), credentials, xmppOutside());
        },
        [xmppOutside](const chat::AccountConfig& account) { return xmpp::discover(account, xmppOutside()); }});
}

} // namespace ridealong::workspace
