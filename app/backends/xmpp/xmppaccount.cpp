// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmppaccount.h"

#include "xmpp/stanzachannel.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

XmppAccount::XmppAccount(base::AccountId account, const base::Expected<XmppConfig>& config, chat::Credentials& credentials, XmppOutside outside)
    : m_id(account),
      m_config(config.valueOr({})),
      m_mistake(config ? std::nullopt : std::optional(config.error())),
      m_credentials(credentials),
      m_outside(std::move(outside)),
      m_http(std::make_shared<net::HttpClient>(m_outside.clock, m_config.tls, m_config.proxy)),
      m_discovery(m_outside.lookUp, *m_http, m_outside.random),
      m_route(m_config.account.domain(), m_config.endpoint, m_discovery),
      m_reconnection(m_outside.network, m_outside.clock, m_outside.random),
      m_conversations(account),
      m_batch([this] { return m_conversations.cursor(); }),
      m_client(
          m_config.account, m_config.nick, m_conversations, m_outside.clock, m_outside.random,
          [this](chat::Event event) { m_batch.push(std::move(event)); }, [this](const chat::Gap& gap) { m_batch.pushGap(gap); }),
      m_files(m_client.outlet(), m_http, m_outside.clock, m_config.account, FileAddresses::Encrypted)
{
    connect(&m_client, &Client::servicesFound, this, [this](const ServerServices& services) { m_files.setService(services.upload); });
    connect(&m_reconnection, &account::Reconnection::wanted, this, &XmppAccount::attempt);
    connect(&m_reconnection, &account::Reconnection::statusChanged, this, &XmppAccount::statusChanged);
    connect(&m_reconnection, &account::Reconnection::doubted, this, [this] {
        if (m_session)
            m_session->check();
        m_client.look();
    });
    connect(&m_batch, &account::EventBatch::batch, this, &XmppAccount::batch);
    connect(&m_client, &Client::up, this, [this] {
        m_batch.flush(); // what was missed comes before anybody hears that we are back
        m_reconnection.connected();
    });
}

XmppAccount::~XmppAccount() = default;

void XmppAccount::start(const QByteArray& cursor)
{
    stop();
    m_conversations.restore(cursor);
    for (const WantedRoom& room : std::as_const(m_config.rooms))
        m_client.want(room.name, room.password);
    if (m_mistake)
        m_reconnection.refuse(*m_mistake);
    else
        m_reconnection.start();
}

void XmppAccount::stop()
{
    if (m_session)
        m_session->quit();
    dropSession();
    m_stream = {};
    m_client.loseStream();
    m_batch.flush();
    if (m_reconnection.stop())
        emit disconnected(Error{ErrorKind::Cancelled, {}, 0});
}

/// It may be the one that is calling, so it lives until that is over; but not longer than this.
void XmppAccount::dropSession()
{
    m_client.end();
    if (!m_session)
        return;
    m_session->disconnect(this);
    m_session->setParent(this);
    m_session.release()->deleteLater();
}

void XmppAccount::attempt()
{
    const int number = m_reconnection.attempt();
    m_credentials.secret(u"password"_s).then(this, [this, number](const base::Expected<QString>& password) {
        if (number != m_reconnection.attempt())
            return;
        if (!password)
            return lost(password.error());
        m_route.next().then(this, [this, number, password](const base::Expected<net::Endpoint>& endpoint) {
            if (number != m_reconnection.attempt())
                return;
            endpoint ? connectWith(*password, *endpoint) : lost(endpoint.error());
        });
    });
}

void XmppAccount::connectWith(const QString& password, const net::Endpoint& endpoint)
{
    Session::Settings settings;
    settings.account = m_config.account;
    settings.resource = m_config.resource;
    settings.password = password;
    settings.startTls = endpoint.webSocket.isEmpty();
    settings.stream = std::exchange(m_stream, {});
    m_session = std::make_unique<Session>(m_outside.open(endpoint, m_config), std::move(settings), m_outside.clock, m_outside.random);
    m_client.attach(*m_session);
    connect(m_session.get(), &Session::ready, this, [this](bool resumed) {
        m_route.worked();
        m_client.begin(resumed);
    });
    connect(m_session.get(), &Session::ended, this, &XmppAccount::lost);
}

void XmppAccount::lost(const Error& why)
{
    std::optional<base::CertificateProblem> certificate;
    if (m_session) {
        certificate = m_session->certificateProblem();
        m_stream = m_session->takeStream();
    }
    dropSession();
    m_batch.flush();
    if (m_reconnection.lost(why, certificate))
        emit disconnected(why);
}

} // namespace ridealong::xmpp
