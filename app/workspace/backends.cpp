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

    const irc::OpenChannel openIrc = [this](const net::Endpoint& endpoint, const irc::IrcConfig& config) {
        net::ChannelOptions options;
        options.proxy = net::ProxySettings::parse(config.proxy).valueOr({}); // checked when the account was read
        return net::openChannel(endpoint, config.tls, m_clock, options);
    };
    m_registry.add({u"irc"_s, irc::ircFields(),
        [this, openIrc](const chat::AccountConfig& account, chat::Credentials& credentials) -> std::unique_ptr<chat::Backend> {
            if (!m_network) // the system's services are asked for it: not before there is something to watch for
                m_network = std::make_unique<SystemNetwork>(m_clock);
            return std::make_unique<irc::IrcBackend>(account.id, irc::ircConfig(account), credentials, openIrc, m_network->watch, m_clock, m_random);
        },
        [this, openIrc](const chat::AccountConfig& account) { return irc::discover(account, openIrc, m_clock); }});
}

} // namespace ridealong::workspace
