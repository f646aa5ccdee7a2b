// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/roster.h"

#include "xmpp/namespaces.h"
#include "xmpp/payload.h"

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using Subscription = Contact::Subscription;

constexpr std::pair<QStringView, Subscription> kSubscriptions[]
    = {{u"none", Subscription::None}, {u"to", Subscription::To}, {u"from", Subscription::From}, {u"both", Subscription::Both}};

struct Item
{
    Contact contact;
    bool isRemoved = false;
};

std::optional<Item> readItem(const Element& element)
{
    const auto jid = Jid::parse(element.attribute(u"jid"));
    if (!jid)
        return std::nullopt;
    Item item;
    item.contact.jid = jid->bare();
    item.contact.name = cutText(element.attribute(u"name"), Roster::kMaxNameChars);
    const QString subscription = element.attribute(u"subscription");
    item.isRemoved = subscription == "remove"_L1;
    for (const auto& [word, value] : kSubscriptions)
        if (subscription == word)
            item.contact.subscription = value;
    item.contact.isAsked = element.attribute(u"ask") == "subscribe"_L1;
    for (const Element* group : element.children(u"group", ns::kRoster)) {
        const QString name = cutText(group->text(), Roster::kMaxNameChars);
        if (!name.isEmpty() && !item.contact.groups.contains(name) && item.contact.groups.size() < Roster::kMaxGroups)
            item.contact.groups.append(name);
    }
    return item;
}

bool isPerson(const Jid& jid) { return !jid.isEmpty() && jid.isBare(); }

Error noPerson() { return {ErrorKind::Invalid, u"not the address of a contact"_s, 0}; }

} // namespace

const Contact* Roster::find(const Jid& jid) const
{
    const auto at = m_contacts.constFind(jid);
    return at == m_contacts.cend() ? nullptr : &*at;
}

// ---- what the server tells ----

void Roster::begin()
{
    m_asker.forget();
    m_isFetched = false;
    m_requests.clear(); // the server tells them again to who comes (§3.1.3)
    m_asker.ask(makeRequest(u"get", Element(u"query", ns::kRoster)), [this](const Answer& answer) { take(answer); });
}

void Roster::take(const Answer& answer)
{
    if (answer.error) {
        emit fetched(*answer.error);
        return;
    }
    m_contacts.clear();
    if (const Element* query = answer.stanza.find(u"query", ns::kRoster))
        for (const Element* element : query->children(u"item", ns::kRoster))
            if (const auto item = readItem(*element); item && !item->isRemoved)
                put(item->contact);
    m_isFetched = true;
    emit fetched(base::Done());
}

void Roster::put(const Contact& contact)
{
    if (m_contacts.size() < kMaxContacts || m_contacts.contains(contact.jid))
        m_contacts.insert(contact.jid, contact);
}

void Roster::answer(const Element& request)
{
    // §2.1.6: only our own account changes our list. To others we are a client that knows of no such request.
    if (!isOwnAccount(request.attribute(u"from"), m_self))
        return m_asker.outlet().refuse(request, u"cancel", u"service-unavailable");
    const Element* query = request.attribute(u"type") == "set"_L1 ? request.find(u"query", ns::kRoster) : nullptr;
    const auto items = query ? query->children(u"item", ns::kRoster) : std::vector<const Element*>();
    const auto item = items.size() == 1 ? readItem(*items.front()) : std::nullopt;
    if (!item)
        return m_asker.outlet().refuse(request, u"modify", u"bad-request");
    m_asker.outlet().answer(request, {});
    const Contact& contact = item->contact;
    if (item->isRemoved)
        m_contacts.remove(contact.jid);
    else
        put(contact);
    if (contact.seesUs())
        dropRequest(contact.jid); // another client of ours accepted
    emit changed(contact.jid);
}

bool Roster::handle(const Element& stanza)
{
    const QString type = stanza.attribute(u"type");
    const bool isAsked = type == "subscribe"_L1, isTakenBack = type == "unsubscribe"_L1;
    if (!stanza.is(u"presence", ns::kClient) || (!isAsked && !isTakenBack && type != "subscribed"_L1 && type != "unsubscribed"_L1))
        return false;
    const auto from = Jid::parse(stanza.attribute(u"from"));
    if (!from || from->bare() == m_self)
        return true;
    if (isAsked)
        addRequest(from->bare(), stanza);
    else if (isTakenBack)
        dropRequest(from->bare());
    return true; // what else changed, the server tells as a change of the list
}

void Roster::addRequest(const Jid& from, const Element& presence)
{
    const Contact* contact = find(from);
    if (contact && contact->seesUs()) {
        (void)send(u"subscribed", from); // they have forgotten it, and ask for what they have
        return;
    }
    const ContactRequest request{from, cutText(presence.textOf(u"status", ns::kClient), kMaxTextChars)};
    const auto at = std::find_if(m_requests.begin(), m_requests.end(), [&from](const auto& known) { return known.from == from; });
    if (at != m_requests.end() && *at == request)
        return;
    if (at != m_requests.end())
        *at = request;
    else if (m_requests.size() < kMaxRequests)
        m_requests.append(request);
    else
        return; // the server tells it again next time
    emit requestsChanged();
}

void Roster::dropRequest(const Jid& from)
{
    if (m_requests.removeIf([&from](const ContactRequest& request) { return request.from == from; }) > 0)
        emit requestsChanged();
}

// ---- what we want ----

base::Async<base::Done> Roster::set(const Jid& jid, const QString& name, const QStringList& groups)
{
    const bool isLong = name.size() > kMaxNameChars || groups.size() > kMaxGroups
        || std::any_of(groups.begin(), groups.end(), [](const QString& group) { return group.size() > kMaxNameChars; });
    if (!isPerson(jid) || isLong)
        return base::Async<base::Done>::ready(isLong ? Error{ErrorKind::Invalid, u"a name that is too long"_s, 0} : noPerson());
    Element item = Element(u"item", ns::kRoster).with(u"jid", jid.toString());
    if (!name.isEmpty())
        item.setAttribute(u"name", name);
    for (const QString& group : groups)
        if (!group.isEmpty()) // §2.3.3: an error of the whole
            item.append(Element(u"group", ns::kRoster).withText(group));
    return m_asker.order(makeRequest(u"set", Element(u"query", ns::kRoster).with(std::move(item))));
}

base::Async<base::Done> Roster::remove(const Jid& jid)
{
    if (!isPerson(jid))
        return base::Async<base::Done>::ready(noPerson());
    const Element item = Element(u"item", ns::kRoster).with(u"jid", jid.toString()).with(u"subscription", u"remove"_s);
    return m_asker.order(makeRequest(u"set", Element(u"query", ns::kRoster).with(item)));
}

base::Status Roster::send(QStringView type, const Jid& to, const QString& text)
{
    if (!isPerson(to))
        return noPerson();
    Element presence = Element(u"presence", ns::kClient).with(u"type", type.toString()).with(u"to", to.toString());
    if (!text.isEmpty())
        presence.append(Element(u"status", ns::kClient).withText(cutText(text, kMaxTextChars)));
    return m_asker.outlet().send(presence);
}

base::Status Roster::subscribe(const Jid& jid, const QString& text) { return send(u"subscribe", jid, text); }
base::Status Roster::unsubscribe(const Jid& jid) { return send(u"unsubscribe", jid); }

base::Status Roster::accept(const Jid& jid)
{
    const auto sent = send(u"subscribed", jid);
    if (sent)
        dropRequest(jid);
    return sent;
}

base::Status Roster::decline(const Jid& jid)
{
    const auto sent = send(u"unsubscribed", jid);
    if (sent)
        dropRequest(jid);
    return sent;
}

} // namespace ridealong::xmpp
