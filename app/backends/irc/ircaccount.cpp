// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/ircaccount.h"

#include "base/log.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

IrcAccount::IrcAccount(base::AccountId account, const base::Expected<IrcConfig>& config, chat::Credentials& credentials, OpenChannel open,
    net::NetworkWatch& network, base::Clock& clock, base::Random& random)
    : m_id(account),
      m_config(config.valueOr({})),
      m_mistake(config ? std::nullopt : std::optional(config.error())),
      m_credentials(credentials),
      m_open(std::move(open)),
      m_clock(clock),
      m_random(random),
      m_reconnection(network, clock, random),
      m_conversations(account),
      m_batch([this] { return m_conversations.cursor(); })
{
    m_nick = m_config.nick;
    m_self = {base::UserId(foldCase(m_config.nick, CaseMapping::Rfc1459)), m_config.nick, false, chat::Presence::Online};
    connect(&m_reconnection, &account::Reconnection::wanted, this, &IrcAccount::attempt);
    connect(&m_reconnection, &account::Reconnection::statusChanged, this, &IrcAccount::statusChanged);
    connect(&m_reconnection, &account::Reconnection::doubted, this, [this] {
        if (m_connection)
            m_connection->session().check();
    });
    connect(&m_batch, &account::EventBatch::batch, this, &IrcAccount::batch);
}

void IrcAccount::start(const QByteArray& cursor)
{
    stop();
    m_conversations.restore(cursor);
    const QString types = u"#&+!"_s;
    for (const QString& entry : std::as_const(m_config.channels)) {
        const QString name = entry.section(u' ', 0, 0), full = types.contains(name.front()) ? name : u'#' + name;
        bool isNew = false;
        // The server's case mapping is not known yet; the commonest makes the same key in all usual names.
        ConversationState* state = m_conversations.open(foldCase(full, CaseMapping::Rfc1459), full, chat::ConversationKind::Room, &isNew);
        if (state && isNew)
            state->joined = true;
        if (state)
            state->channelKey = entry.section(u' ', 1);
    }
    if (m_mistake)
        m_reconnection.refuse(*m_mistake);
    else
        m_reconnection.start();
}

void IrcAccount::stop()
{
    dropConnection();
    m_batch.flush();
    if (m_reconnection.stop())
        emit disconnected(Error{ErrorKind::Cancelled, {}, 0});
}

/// It may be the one that is calling, so it lives until that is over; but not longer than this.
void IrcAccount::dropConnection()
{
    if (!m_connection)
        return;
    m_connection->retire();
    m_connection->setParent(this);
    m_connection.release()->deleteLater();
}

void IrcAccount::attempt()
{
    const int number = m_reconnection.attempt();
    const auto failed = [this, number](const Error& error) {
        if (number == m_reconnection.attempt())
            lost(error);
    };
    m_credentials.secret(u"password"_s).then(this, [this, number, failed](const base::Expected<QString>& password) {
        if (!password)
            return failed(password.error());
        m_credentials.secret(u"serverPassword"_s).then(this, [this, number, failed, password](const base::Expected<QString>& serverPassword) {
            if (!serverPassword)
                return failed(serverPassword.error());
            if (number == m_reconnection.attempt())
                connectWith(*password, *serverPassword);
        });
    });
}

/// Where to connect: what was configured, unless the server once said that it wants TLS (sts).
net::Endpoint IrcAccount::endpoint() const
{
    net::Endpoint endpoint = m_config.endpoint;
    const auto& policy = m_conversations.security;
    if (policy && endpoint.webSocket.isEmpty() && policy->host == endpoint.host && policy->untilMs > m_clock.nowMs()
        && endpoint.security != net::Endpoint::Security::Tls) {
        endpoint.security = net::Endpoint::Security::Tls;
        endpoint.port = policy->port;
    }
    return endpoint;
}

void IrcAccount::wantNick(const QString& nick)
{
    m_nick = nick;
    if (m_connection)
        m_connection->session().wantNick(nick);
}

void IrcAccount::connectWith(const QString& password, const QString& serverPassword)
{
    Registration::Settings settings;
    settings.nick = m_nick;
    settings.user = m_config.user;
    settings.realName = m_config.realName;
    settings.serverPassword = serverPassword;
    settings.sasl = m_config.sasl;
    settings.credentials = {m_config.saslUser.isEmpty() ? m_config.nick : m_config.saslUser, password};
    settings.externalUser = m_config.saslUser;
    settings.hasClientCertificate = !m_config.tls.clientCertificateFile.isEmpty();
    const net::Endpoint where = endpoint();
    settings.startTls = where.webSocket.isEmpty() && where.security == net::Endpoint::Security::StartTls;
    m_lastPort = where.port;
    m_connection = std::make_unique<Connection>(
        m_open(where, m_config), std::move(settings), m_conversations, m_clock, m_random,
        [this](chat::Event event) { m_batch.push(std::move(event)); }, [this](const chat::Gap& gap) { m_batch.pushGap(gap); });
    connect(m_connection.get(), &Connection::up, this, &IrcAccount::takeUp);
    connect(m_connection.get(), &Connection::ended, this, &IrcAccount::lost);
    connect(m_connection.get(), &Connection::selfChanged, this, [this] {
        m_self = m_connection->self();
        emit selfChanged();
    });
    connect(m_connection.get(), &Connection::typing, this, &IrcAccount::typing);
    connect(m_connection.get(), &Connection::frameReceived, this, &IrcAccount::frameReceived);
    connect(&m_connection->session(), &Session::securityRequired, this, &IrcAccount::noteSecurity);
}

void IrcAccount::takeUp()
{
    m_batch.flush(); // what was missed comes before anybody hears that we are back
    m_reconnection.connected();
    if (Connection* now = connection(); now && !m_awayReason.isEmpty()) // whoever heard of it may have stopped it
        now->setAway(m_awayReason);
    emit connected();
}

void IrcAccount::setAway(const QString& reason)
{
    m_awayReason = reason;
    if (Connection* now = connection())
        now->setAway(reason);
}

void IrcAccount::lost(const Error& why)
{
    std::optional<base::CertificateProblem> certificate;
    if (m_connection) {
        certificate = m_connection->session().certificateProblem();
        dropConnection();
    }
    m_batch.flush();
    if (m_reconnection.lost(why, certificate))
        emit disconnected(why);
}

void IrcAccount::noteSecurity(quint16 port, std::chrono::seconds duration)
{
    const bool secure = m_connection && m_connection->session().connection().encrypted;
    auto& policy = m_conversations.security;
    if (!secure) { // on a plain connection only the port counts, and only for now (sts specification)
        policy = Conversations::SecurityPolicy{m_config.endpoint.host, port, m_clock.nowMs() + 60'000};
    } else if (duration.count() == 0) {
        policy.reset();
    } else {
        const quint16 known = policy && policy->host == m_config.endpoint.host ? policy->port : m_lastPort;
        policy = Conversations::SecurityPolicy{m_config.endpoint.host, known, m_clock.nowMs() + qint64(duration.count()) * 1000};
    }
    m_batch.flushLater();
}

} // namespace ridealong::irc
