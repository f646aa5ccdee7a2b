// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmppbackend.h"

#include "xmpp/limits.h"
#include "xmpp/xmppavatars.h"
#include "xmpp/xmppcontacts.h"
#include "xmpp/xmppfacets.h"
#include "xmpp/xmpproomadmin.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;

struct XmppBackend::Data
{
    Data(base::AccountId id, const base::Expected<XmppConfig>& config, chat::Credentials& credentials, XmppOutside outside)
        : account(std::move(id), config, credentials, outside),
          intents(account.client()),
          presence(account.client()),
          away(account.client()),
          links(account, outside.clock),
          administration(account.client().administration(), account.client().rooms(), account.client().address(),
              {.roomOf = [this](const base::ConversationId& room) { return account.client().roomOf(room); },
                  .featuresOf = [this](const Jid& room) { return account.client().featuresOf(room); },
                  .passwordOf = [this](const Jid& room) { return account.client().passwordOf(room); }}),
          contacts(account.client()),
          avatars(account.client())
    {}

    XmppAccount account;
    XmppIntents intents;
    XmppPresence presence;
    XmppAway away;
    XmppLinks links;
    XmppRoomAdmin administration;
    XmppContacts contacts;
    XmppAvatars avatars;
};

XmppBackend::XmppBackend(base::AccountId account, const base::Expected<XmppConfig>& config, chat::Credentials& credentials, XmppOutside outside)
    : m_data(new Data(std::move(account), config, credentials, std::move(outside)))
{
    connect(&m_data->account, &XmppAccount::statusChanged, this, &XmppBackend::statusChanged);
    connect(&m_data->account, &XmppAccount::batch, this, &XmppBackend::batch);
}

XmppBackend::~XmppBackend()
{
    m_data->account.disconnect(this); // nobody is told of an end that they brought about
    m_data->account.stop();
}

void XmppBackend::start(const QByteArray& cursor) { m_data->account.start(cursor); }
void XmppBackend::stop() { m_data->account.stop(); }
chat::ConnectionStatus XmppBackend::status() const { return m_data->account.status(); }
chat::Member XmppBackend::self() const { return m_data->account.client().self(); }
chat::Limits XmppBackend::limits() const { return {kMaxMessageBytes}; }

chat::Facets XmppBackend::facets()
{
    chat::Facets facets;
    facets.rooms = &m_data->intents;
    facets.edits = &m_data->intents;
    facets.reactions = &m_data->intents;
    facets.presence = &m_data->presence;
    facets.away = &m_data->away;
    facets.links = &m_data->links;
    facets.avatars = &m_data->avatars;
    if (!m_data->account.isConnected())
        return facets;
    facets.history = &m_data->intents; // a room without an archive says so when it is asked
    facets.commands = &m_data->intents;
    facets.administration = &m_data->administration;
    facets.contacts = &m_data->contacts;
    if (m_data->account.client().keepsReadMarks())
        facets.reads = &m_data->intents;
    if (m_data->account.files().canUpload())
        facets.files = &m_data->account.files();
    return facets;
}

void XmppBackend::setAttended(bool attended) { m_data->account.client().setAttended(attended); }

base::Async<chat::SendResult> XmppBackend::send(const chat::Outgoing& outgoing)
{
    if (!m_data->account.isConnected())
        return base::Async<chat::SendResult>::ready(chat::SendResult{chat::SendOutcome::NotSent, {}, 0, {}, u"not connected"_s, 0});
    return m_data->account.client().send(outgoing);
}

base::Async<chat::VerifyResult> XmppBackend::verify(const base::ConversationId& conversation, const base::TransactionId& transaction)
{
    if (!m_data->account.isConnected())
        return base::Async<chat::VerifyResult>::ready(base::Error{base::ErrorKind::Offline, u"not connected"_s, 0});
    return m_data->account.client().verify(conversation, transaction);
}

} // namespace ridealong::xmpp
