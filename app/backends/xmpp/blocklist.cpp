// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/blocklist.h"

#include "xmpp/namespaces.h"

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

QList<Jid> jidsIn(const Element& list)
{
    QList<Jid> jids;
    for (const Element* item : list.children(u"item", ns::kBlocking))
        if (const auto jid = Jid::parse(item->attribute(u"jid")))
            jids.append(*jid);
    return jids;
}

} // namespace

void Blocklist::begin()
{
    m_asker.forget();
    m_isFetched = false;
    m_asker.ask(makeRequest(u"get", Element(u"blocklist", ns::kBlocking)), [this](const Answer& answer) {
        if (answer.error) {
            emit fetched(*answer.error);
            return;
        }
        m_blocked.clear();
        if (const Element* list = answer.stanza.find(u"blocklist", ns::kBlocking))
            add(jidsIn(*list));
        m_isFetched = true;
        emit fetched(base::Done());
    });
}

void Blocklist::answer(const Element& request)
{
    // §3.3: only our own account changes our list. To others we are a client that knows of no such request.
    if (!isOwnAccount(request.attribute(u"from"), m_self))
        return m_asker.outlet().refuse(request, u"cancel", u"service-unavailable");
    const bool isSet = request.attribute(u"type") == "set"_L1;
    const Element* block = isSet ? request.find(u"block", ns::kBlocking) : nullptr;
    const Element* unblock = isSet ? request.find(u"unblock", ns::kBlocking) : nullptr;
    if ((!block && !unblock) || (block && jidsIn(*block).isEmpty()))
        return m_asker.outlet().refuse(request, u"modify", u"bad-request");
    m_asker.outlet().answer(request, {});
    if (block)
        add(jidsIn(*block));
    else if (unblock->children().empty()) // §3.5: all
        m_blocked.clear();
    else
        for (const Jid& jid : jidsIn(*unblock))
            m_blocked.remove(jid);
    emit changed();
}

void Blocklist::add(const QList<Jid>& jids)
{
    for (const Jid& jid : jids)
        if (m_blocked.size() < kMaxBlocked)
            m_blocked.insert(jid);
}

/// §3.2: a client, a person, a client of a server, a server.
bool Blocklist::isBlocked(const Jid& jid) const
{
    if (m_blocked.isEmpty() || jid.isEmpty())
        return false;
    const auto server = Jid::of({}, jid.domain(), jid.resource());
    return m_blocked.contains(jid) || m_blocked.contains(jid.bare())
        || (server && (m_blocked.contains(*server) || m_blocked.contains(server->bare())));
}

base::Async<base::Done> Blocklist::order(QStringView what, const QList<Jid>& jids)
{
    // No address at all would mean everybody.
    if (jids.isEmpty() || std::any_of(jids.begin(), jids.end(), [](const Jid& jid) { return jid.isEmpty(); }))
        return base::Async<base::Done>::ready(Error{ErrorKind::Invalid, u"nobody to block"_s, 0});
    Element list(what, ns::kBlocking);
    for (const Jid& jid : jids)
        list.append(Element(u"item", ns::kBlocking).with(u"jid", jid.toString()));
    return m_asker.order(makeRequest(u"set", std::move(list)));
}

base::Async<base::Done> Blocklist::block(const QList<Jid>& jids) { return order(u"block", jids); }
base::Async<base::Done> Blocklist::unblock(const QList<Jid>& jids) { return order(u"unblock", jids); }

} // namespace ridealong::xmpp
