// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmppfacets.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;

// ---- intents ----

base::Async<base::ConversationId> XmppIntents::join(const QString& name)
{
    const QString simple = name.simplified();
    return m_client.join(simple.section(u' ', 0, 0), simple.section(u' ', 1));
}

base::Async<base::Done> XmppIntents::setReactions(
    const base::ConversationId& id, const base::MessageId& message, const QStringList&, const QStringList& mine)
{
    return m_client.react(id, message, mine); // the protocol tells the whole set
}

// ---- presence ----

XmppPresence::XmppPresence(Client& client) : m_client(client) { connect(&client, &Client::typing, this, &XmppPresence::typing); }

XmppAway::XmppAway(Client& client) : m_client(client) { connect(&client, &Client::selfChanged, this, &XmppAway::changed); }

// ---- links ----

XmppLinks::XmppLinks(XmppAccount& account, base::Clock& clock) : m_account(account), m_clock(clock)
{
    connect(&account.client(), &Client::frameReceived, this, &XmppLinks::take);
    connect(&account, &XmppAccount::disconnected, this, [this](const Error& why) {
        for (XmppLink* link : QList<XmppLink*>(m_links))
            if (m_links.contains(link)) // whoever hears of one may drop another
                emit link->closed(why);
    });
}

XmppLinks::~XmppLinks()
{
    for (XmppLink* link : std::as_const(m_links))
        link->m_links = nullptr;
}

std::unique_ptr<chat::EphemeralLink> XmppLinks::open(const base::ConversationId& conversation, const base::UserId& peer)
{
    return std::make_unique<XmppLink>(*this, m_clock, conversation, m_account.client().addressOf(peer));
}

void XmppLinks::take(const Frame& frame)
{
    if (frame.bytes.size() > XmppLink::kMaxFrameBytes)
        return;
    for (XmppLink* link : std::as_const(m_links)) {
        if (!link->isFrom(frame))
            continue;
        link->m_client = frame.from;
        return emit link->received(frame.bytes);
    }
    emit offered(frame.conversation, base::UserId(m_account.client().isInRoom(frame.from) ? frame.from.toString() : frame.from.bare().toString()),
        frame.bytes);
}

XmppLink::XmppLink(XmppLinks& links, base::Clock& clock, base::ConversationId conversation, Jid peer)
    : m_links(&links),
      m_budget(clock, kFramesPerSecond, kBurst),
      m_conversation(std::move(conversation)),
      m_peer(std::move(peer))
{
    links.m_links.append(this);
}

XmppLink::~XmppLink()
{
    if (m_links)
        m_links->m_links.removeOne(this);
}

bool XmppLink::isFrom(const Frame& frame) const
{
    return frame.conversation == m_conversation && (m_peer.isBare() ? frame.from.bare() == m_peer : frame.from == m_peer);
}

void XmppLink::send(const QByteArray& frame)
{
    if (m_links && !m_peer.isEmpty() && !frame.isEmpty() && frame.size() <= kMaxFrameBytes && m_budget.take())
        m_links->m_account.client().sendFrame(m_client.isEmpty() ? m_peer : m_client, m_conversation, frame);
}

} // namespace ridealong::xmpp
