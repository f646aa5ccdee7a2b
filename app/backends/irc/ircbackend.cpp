// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/ircbackend.h"

#include "irc/ircadministration.h"
#include "irc/ircfacets.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;

struct IrcBackend::Data
{
    Data(base::AccountId id, const base::Expected<IrcConfig>& config, chat::Credentials& credentials, OpenChannel open, net::NetworkWatch& network,
        base::Clock& clock, base::Random& random)
        : account(std::move(id), config, credentials, std::move(open), network, clock, random),
          intents(account),
          presence(account),
          away(account),
          links(account, clock),
          administration(account)
    {}

    IrcAccount account;
    IrcIntents intents;
    IrcPresence presence;
    IrcAway away;
    IrcLinks links;
    IrcAdministration administration;
};

IrcBackend::IrcBackend(base::AccountId account, const base::Expected<IrcConfig>& config, chat::Credentials& credentials, OpenChannel open,
    net::NetworkWatch& network, base::Clock& clock, base::Random& random)
    : m_data(new Data(std::move(account), config, credentials, std::move(open), network, clock, random))
{
    connect(&m_data->account, &IrcAccount::statusChanged, this, &IrcBackend::statusChanged);
    connect(&m_data->account, &IrcAccount::batch, this, &IrcBackend::batch);
}

IrcBackend::~IrcBackend()
{
    m_data->account.disconnect(this); // nobody is told of an end that they brought about
    m_data->account.stop();
}

void IrcBackend::start(const QByteArray& cursor) { m_data->account.start(cursor); }
void IrcBackend::stop() { m_data->account.stop(); }
chat::ConnectionStatus IrcBackend::status() const { return m_data->account.status(); }
chat::Member IrcBackend::self() const { return m_data->account.self(); }
chat::Limits IrcBackend::limits() const { return {kMaxMessageBytes}; }

/// What this server, as far as it is known, can do. Before the first connection all is hoped for.
chat::Facets IrcBackend::facets()
{
    chat::Facets facets;
    facets.rooms = &m_data->intents;
    facets.presence = &m_data->presence;
    facets.away = &m_data->away;
    facets.links = &m_data->links;
    facets.administration = &m_data->administration;
    const Connection* connection = m_data->account.connection();
    if (!connection)
        return facets;
    const Session& session = connection->session();
    if (!session.canTag() || session.isupport().deniesClientTag(u"ridealong.dev/p"_s))
        facets.links = nullptr;
    if (session.canTag() && !session.isupport().deniesClientTag(u"draft/react"_s))
        facets.reactions = &m_data->intents;
    if (session.has("draft/read-marker"))
        facets.reads = &m_data->intents;
    if (session.has("draft/chathistory"))
        facets.history = &m_data->intents;
    return facets;
}

base::Async<chat::SendResult> IrcBackend::send(const chat::Outgoing& outgoing)
{
    Connection* connection = m_data->account.connection();
    if (!connection)
        return base::Async<chat::SendResult>::ready(chat::SendResult{chat::SendOutcome::NotSent, {}, 0, {}, u"not connected"_s, 0});
    if (!m_data->account.owns(outgoing.conversation))
        return base::Async<chat::SendResult>::ready(
            chat::SendResult{chat::SendOutcome::Rejected, {}, 0, {}, u"not a conversation of this account"_s, 0});
    return connection->send(outgoing, outgoing.conversation.key());
}

base::Async<chat::VerifyResult> IrcBackend::verify(const base::ConversationId& conversation, const base::TransactionId& transaction)
{
    Connection* connection = m_data->account.connection();
    if (!connection)
        return base::Async<chat::VerifyResult>::ready(base::Error{base::ErrorKind::Offline, u"not connected"_s, 0});
    return connection->verify(conversation.key(), transaction);
}

} // namespace ridealong::irc
