// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/presences.h"

#include "xmpp/capabilities.h"
#include "xmpp/namespaces.h"
#include "xmpp/payload.h"

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using Show = ClientPresence::Show;

constexpr int kLowestPriority = -128, kHighestPriority = 127;
constexpr std::pair<QStringView, Show> kShows[]
    = {{u"chat", Show::Chat}, {u"away", Show::Away}, {u"xa", Show::ExtendedAway}, {u"dnd", Show::DoNotDisturb}};

ClientPresence readPresence(const Element& stanza, const QString& resource)
{
    ClientPresence presence;
    presence.resource = resource;
    const QString show = stanza.textOf(u"show", ns::kClient);
    for (const auto& [word, value] : kShows)
        if (show == word)
            presence.show = value;
    presence.status = cutText(stanza.textOf(u"status", ns::kClient), Presences::kMaxStatusChars);
    presence.priority = std::clamp(stanza.textOf(u"priority", ns::kClient).toInt(), kLowestPriority, kHighestPriority);
    return presence;
}

/// Whoever sits at one client is there, whatever the others say; among those that are there the higher priority counts.
bool isMoreThere(const ClientPresence& a, const ClientPresence& b)
{
    if (a.isAway() != b.isAway())
        return b.isAway();
    return a.priority != b.priority ? a.priority > b.priority : a.show < b.show;
}

} // namespace

Presences::Presences(Outlet outlet, const Jid& account, std::function<bool(const Jid&)> isContact)
    : m_outlet(std::move(outlet)),
      m_account(account.bare()),
      m_isContact(std::move(isContact))
{}

void Presences::begin(const Jid& self)
{
    m_self = self;
    reset();
    (void)m_outlet.send(own()); // when it cannot be sent, the stream is over, and the next one begins here
}

void Presences::reset()
{
    m_people.clear();
    emit cleared();
}

bool Presences::handle(const Element& stanza)
{
    const QString type = stanza.attribute(u"type");
    const bool isThere = type.isEmpty(), isGone = type == "unavailable"_L1 || type == "error"_L1; // an error: they cannot be reached
    const auto from = Jid::parse(stanza.attribute(u"from"));
    if (!stanza.is(u"presence", ns::kClient) || !from || (!isThere && !isGone))
        return false;
    const Jid bare = from->bare();
    if (bare != m_account && !m_isContact(bare))
        return false;
    if (*from == m_self)
        return true; // the server tells us our own
    if (isGone) {
        remove(*from);
        return true;
    }
    const bool isNew = !m_people.contains(bare);
    if (isNew && m_people.size() >= kMaxPeople)
        return true;
    QList<ClientPresence>& clients = m_people[bare];
    const ClientPresence presence = readPresence(stanza, from->resource());
    const auto known = std::find_if(clients.begin(), clients.end(), [&presence](const auto& client) { return client.resource == presence.resource; });
    if ((known == clients.end() && clients.size() >= kMaxClientsOfOne) || (known != clients.end() && *known == presence))
        return true;
    if (known != clients.end())
        clients.erase(known);
    clients.insert(std::upper_bound(clients.begin(), clients.end(), presence, isMoreThere), presence);
    emit changed(bare);
    return true;
}

/// A bare address goes with all its clients.
void Presences::remove(const Jid& client)
{
    const Jid bare = client.bare();
    const auto at = m_people.find(bare);
    if (at == m_people.end())
        return;
    const auto removed
        = at->removeIf([&client](const ClientPresence& presence) { return client.isBare() || presence.resource == client.resource(); });
    if (at->isEmpty())
        m_people.erase(at);
    if (removed > 0)
        emit changed(bare);
}

// ---- theirs ----

const ClientPresence* Presences::best(const Jid& bare) const
{
    const auto at = m_people.constFind(bare);
    return at == m_people.cend() ? nullptr : &at->first();
}

chat::Presence Presences::presence(const Jid& bare) const
{
    const ClientPresence* client = best(bare);
    if (!client)
        return chat::Presence::Offline;
    return client->isAway() ? chat::Presence::Away : chat::Presence::Online;
}

QString Presences::status(const Jid& bare) const
{
    const ClientPresence* client = best(bare);
    return client ? client->status : QString();
}

QList<ClientPresence> Presences::clients(const Jid& bare) const { return m_people.value(bare); }

// ---- ours ----

void Presences::setAway(const QString& reason)
{
    if (std::exchange(m_awayReason, reason) == reason)
        return;
    (void)m_outlet.send(own()); // not connected: begin() tells it
    emit ownChanged();
}

Element Presences::own(const Jid& to) const
{
    Element presence(u"presence", ns::kClient);
    if (!to.isEmpty())
        presence.setAttribute(u"to", to.toString());
    if (!m_awayReason.isEmpty()) {
        presence.append(Element(u"show", ns::kClient).withText(u"away"_s));
        presence.append(Element(u"status", ns::kClient).withText(cutText(m_awayReason, kMaxStatusChars)));
    }
    presence.append(Capabilities::ownElement());
    return presence;
}

} // namespace ridealong::xmpp
