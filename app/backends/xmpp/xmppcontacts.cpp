// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmppcontacts.h"

#include <algorithm>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using Outcome = base::Async<base::Done>;

namespace {

Jid personOf(const base::UserId& user) { return Jid::parse(user.text()).valueOr(Jid()); }

Outcome refuseNobody(const base::UserId& user)
{
    return Outcome::ready(base::Error{base::ErrorKind::Invalid, u"'%1' is nobody's address"_s.arg(user.text()), 0});
}

} // namespace

XmppContacts::XmppContacts(Client& client) : m_client(client)
{
    connect(&client.roster(), &Roster::fetched, this, &XmppContacts::changed);
    connect(&client.roster(), &Roster::changed, this, &XmppContacts::changed);
    connect(&client.roster(), &Roster::requestsChanged, this, &XmppContacts::changed);
    connect(&client.blocklist(), &Blocklist::fetched, this, &XmppContacts::changed);
    connect(&client.blocklist(), &Blocklist::changed, this, &XmppContacts::changed);
}

QList<chat::ContactRequest> XmppContacts::requests() const
{
    QList<chat::ContactRequest> requests;
    for (const ContactRequest& request : m_client.roster().requests())
        requests.append({base::UserId(request.from.toString()), request.text});
    return requests;
}

Outcome XmppContacts::accept(const base::UserId& user)
{
    Roster& roster = m_client.roster();
    const Jid jid = personOf(user);
    const Contact* known = roster.find(jid);
    const bool isOneSided = !known || !(known->isSeen() || known->isAsked);
    if (const auto accepted = roster.accept(jid); !accepted || !isOneSided)
        return Outcome::ready(accepted);
    return Outcome::ready(roster.subscribe(jid));
}

Outcome XmppContacts::decline(const base::UserId& user) { return Outcome::ready(m_client.roster().decline(personOf(user))); }

bool XmppContacts::isContact(const base::UserId& user) const
{
    const Contact* known = m_client.roster().find(personOf(user));
    return known && (known->isSeen() || known->isAsked);
}

Outcome XmppContacts::add(const base::UserId& user)
{
    const Jid jid = personOf(user);
    if (jid.node().isEmpty() || !jid.isBare())
        return refuseNobody(user);
    base::Promise<base::Done> promise;
    m_client.roster().set(jid, {}).then(
        this, [this, jid, promise](const base::Status& done) { promise.answer(done ? m_client.roster().subscribe(jid) : done); });
    return promise.async();
}

Outcome XmppContacts::remove(const base::UserId& user) { return m_client.roster().remove(personOf(user)); }

bool XmppContacts::canBlock() const { return m_client.blocklist().isFetched(); }

QList<base::UserId> XmppContacts::blocked() const
{
    QList<base::UserId> all;
    for (const Jid& jid : m_client.blocklist().all())
        all.append(base::UserId(jid.toString()));
    std::sort(all.begin(), all.end());
    return all;
}

Outcome XmppContacts::setBlocked(const base::UserId& user, bool blocked)
{
    const Jid jid = personOf(user);
    if (jid.isEmpty())
        return refuseNobody(user);
    if (!canBlock())
        return Outcome::ready(base::Error{base::ErrorKind::Unsupported, u"the server blocks nobody"_s, 0});
    return blocked ? m_client.blocklist().block({jid}) : m_client.blocklist().unblock({jid});
}

} // namespace ridealong::xmpp
