// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/ircaccount.h"

#include "base/log.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::ConnectionState;

namespace {

/// These do not mend themselves: somebody has to look.
bool needsAPerson(ErrorKind kind)
{
    return kind == ErrorKind::Auth || kind == ErrorKind::Denied || kind == ErrorKind::Untrusted || kind == ErrorKind::Invalid
        || kind == ErrorKind::Unsupported;
}

} // namespace

IrcAccount::IrcAccount(base::AccountId account, const base::Expected<IrcConfig>& config, chat::Credentials& credentials, OpenChannel open,
    net::NetworkWatch& network, base::Clock& clock, base::Random& random)
    : m_id(account),
      m_config(config.valueOr({})),
      m_mistake(config ? std::nullopt : std::optional(config.error())),
      m_credentials(credentials),
      m_open(std::move(open)),
      m_clock(clock),
      m_random(random),
      m_backoff(random, IrcBackend::kFirstPause, IrcBackend::kLongestPause),
      m_conversations(account)
{
    m_self = {base::UserId(foldCase(m_config.nick, CaseMapping::Rfc1459)), m_config.nick, false, chat::Presence::Online};
    // A network that comes back, or a machine that wakes: what stands may be dead, and what waits need not wait any longer.
    connect(&network, &net::NetworkWatch::restored, this, &IrcAccount::retryNow);
    connect(&network, &net::NetworkWatch::woke, this, &IrcAccount::retryNow);
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
    m_backoff.reset();
    attempt();
}

void IrcAccount::stop()
{
    ++m_attempt;
    dropConnection();
    flush();
    if (m_status.state != ConnectionState::Disconnected) {
        setStatus({});
        emit disconnected(Error{ErrorKind::Cancelled, {}, 0});
    }
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
    const int number = ++m_attempt;
    if (m_mistake)
        return setStatus({ConnectionState::Failed, *m_mistake, 0, {}});
    setStatus({ConnectionState::Connecting, {}, 0, {}});
    const auto failed = [this, number](const Error& error) {
        if (number == m_attempt)
            lost(error);
    };
    m_credentials.secret(u"password"_s).then(this, [this, number, failed](const base::Expected<QString>& password) {
        if (!password)
            return failed(password.error());
        m_credentials.secret(u"serverPassword"_s).then(this, [this, number, failed, password](const base::Expected<QString>& serverPassword) {
            if (!serverPassword)
                return failed(serverPassword.error());
            if (number == m_attempt)
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

void IrcAccount::connectWith(const QString& password, const QString& serverPassword)
{
    Registration::Settings settings;
    settings.nick = m_config.nick;
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
        m_open(where, m_config), std::move(settings), m_conversations, m_clock, m_random, [this](chat::Event event) { push(std::move(event)); },
        [this](const chat::Gap& gap) { pushGap(gap); });
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
    m_backoff.reset();
    flush(); // what was missed comes before anybody hears that we are back
    setStatus({ConnectionState::Connected, {}, 0, {}});
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
    ++m_attempt;
    chat::ConnectionStatus status{ConnectionState::Waiting, why, 0, {}};
    if (m_connection) {
        status.certificate = m_connection->session().certificateProblem();
        dropConnection();
    }
    flush();
    const bool wasConnected = m_status.state == ConnectionState::Connected;
    if (needsAPerson(why.kind)) {
        status.state = ConnectionState::Failed;
    } else {
        const auto pause = m_backoff.next();
        status.retryAtMs = m_clock.nowMs() + pause.count();
        m_clock.after(pause, this, [this, number = m_attempt] {
            if (number == m_attempt)
                attempt();
        });
    }
    setStatus(status);
    if (wasConnected)
        emit disconnected(why);
}

void IrcAccount::retryNow()
{
    m_backoff.reset();
    if (m_status.state == ConnectionState::Waiting)
        attempt();
    else if (m_connection)
        m_connection->session().check();
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
    flushLater();
}

// ---- telling ----

void IrcAccount::push(chat::Event event)
{
    m_pending.events.append(std::move(event));
    flushLater();
}

void IrcAccount::pushGap(const chat::Gap& gap)
{
    m_pending.gaps.append(gap);
    flushLater();
}

/// Everything of one turn of the event loop makes one batch: one cursor, one transaction.
void IrcAccount::flushLater()
{
    if (std::exchange(m_flushing, true))
        return;
    QMetaObject::invokeMethod(this, &IrcAccount::flush, Qt::QueuedConnection);
}

void IrcAccount::flush()
{
    if (!std::exchange(m_flushing, false))
        return;
    chat::SyncBatch all = std::exchange(m_pending, {});
    all.cursor = m_conversations.cursor();
    emit batch(all);
}

void IrcAccount::setStatus(chat::ConnectionStatus status)
{
    if (status == m_status)
        return;
    m_status = std::move(status);
    emit statusChanged(m_status);
}

} // namespace ridealong::irc
