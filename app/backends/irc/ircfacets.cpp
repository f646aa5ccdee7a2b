// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/ircfacets.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

template <typename T> base::Async<T> offline() { return base::Async<T>::ready(Error{ErrorKind::Offline, u"not connected"_s, 0}); }

} // namespace

// ---- intents ----

base::Async<base::ConversationId> IrcIntents::join(const QString& name)
{
    Connection* connection = m_account.connection();
    const QString simple = name.simplified();
    return connection ? connection->join(simple.section(u' ', 0, 0), simple.section(u' ', 1)) : offline<base::ConversationId>();
}

base::Async<base::ConversationId> IrcIntents::openDirect(const base::UserId& user)
{
    Connection* connection = m_account.connection();
    if (!connection)
        return offline<base::ConversationId>();
    return base::Async<base::ConversationId>::ready(connection->openDirect(connection->nickOf(user)));
}

base::Async<base::Done> IrcIntents::leave(const base::ConversationId& id)
{
    Connection* connection = m_account.connection();
    return connection ? connection->leave(id.key()) : offline<base::Done>();
}

base::Async<QList<chat::RoomInfo>> IrcIntents::list(const QString& filter, int limit)
{
    Connection* connection = m_account.connection();
    return connection ? connection->list(filter, limit) : offline<QList<chat::RoomInfo>>();
}

base::Async<base::Done> IrcIntents::setReactions(
    const base::ConversationId& id, const base::MessageId& message, const QStringList& before, const QStringList& mine)
{
    Connection* connection = m_account.connection();
    if (!connection)
        return offline<base::Done>();
    const auto without = [](QStringList list, const QStringList& others) {
        list.removeIf([&](const QString& emoji) { return others.contains(emoji); });
        return list;
    };
    return connection->react(id.key(), message, without(mine, before), without(before, mine));
}

void IrcIntents::markRead(const base::ConversationId& id, const base::MessageId& thread, qint64 order)
{
    if (Connection* connection = m_account.connection(); connection && thread.isEmpty()) // the server knows no threads
        connection->markRead(id.key(), order);
}

base::Async<chat::HistoryPage> IrcIntents::before(const base::ConversationId& id, qint64 beforeOrder, int limit)
{
    Connection* connection = m_account.connection();
    return connection ? connection->before(id.key(), beforeOrder, limit) : offline<chat::HistoryPage>();
}

base::Async<chat::HistoryPage> IrcIntents::from(const base::ConversationId& id, qint64 timeMs, int limit)
{
    Connection* connection = m_account.connection();
    return connection ? connection->from(id.key(), timeMs, limit) : offline<chat::HistoryPage>();
}

// ---- presence ----

IrcPresence::IrcPresence(IrcAccount& account) : m_account(account) { connect(&account, &IrcAccount::typing, this, &IrcPresence::typing); }

void IrcPresence::setTyping(const base::ConversationId& id, bool active)
{
    if (Connection* connection = m_account.connection())
        connection->setTyping(id.key(), active);
}

// ---- away ----

IrcAway::IrcAway(IrcAccount& account) : m_account(account) { connect(&account, &IrcAccount::selfChanged, this, &IrcAway::changed); }

void IrcAway::setAway(const QString& reason) { m_account.setAway(reason); }

QString IrcAway::reason() const { return m_account.awayReason(); }

// ---- links ----

IrcLinks::IrcLinks(IrcAccount& account, base::Clock& clock) : m_account(account), m_clock(clock)
{
    connect(&account, &IrcAccount::frameReceived, this, &IrcLinks::take);
    connect(&account, &IrcAccount::disconnected, this, [this](const Error& why) {
        for (IrcLink* link : QList<IrcLink*>(m_links))
            if (m_links.contains(link)) // whoever hears of one may drop another
                emit link->closed(why);
    });
}

IrcLinks::~IrcLinks()
{
    for (IrcLink* link : std::as_const(m_links))
        link->m_links = nullptr;
}

std::unique_ptr<chat::EphemeralLink> IrcLinks::open(const base::ConversationId& conversation, const base::UserId& peer)
{
    return std::make_unique<IrcLink>(*this, m_clock, conversation, peer);
}

void IrcLinks::take(const QString& key, const QString& nick, const QByteArray& frame)
{
    if (frame.isEmpty() || frame.size() > IrcLink::kMaxFrameBytes)
        return;
    const Connection* connection = m_account.connection();
    if (!connection)
        return;
    const base::UserId peer(connection->fold(nick));
    for (IrcLink* link : std::as_const(m_links))
        if (link->m_peer == peer && link->m_conversation.key() == key)
            return emit link->received(frame);
    emit offered({m_account.id(), key}, peer, frame);
}

IrcLink::IrcLink(IrcLinks& links, base::Clock& clock, base::ConversationId conversation, base::UserId peer)
    : m_links(&links),
      m_budget(clock, kFramesPerSecond, kBurst),
      m_conversation(std::move(conversation)),
      m_peer(std::move(peer))
{
    links.m_links.append(this);
}

IrcLink::~IrcLink()
{
    if (m_links)
        m_links->m_links.removeOne(this);
}

void IrcLink::send(const QByteArray& frame)
{
    Connection* connection = m_links ? m_links->m_account.connection() : nullptr;
    if (connection && !frame.isEmpty() && frame.size() <= kMaxFrameBytes && m_budget.take())
        connection->sendFrame(m_conversation.key(), connection->nickOf(m_peer), frame);
}

} // namespace ridealong::irc
