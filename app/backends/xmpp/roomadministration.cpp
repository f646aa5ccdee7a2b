// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/roomadministration.h"

#include "xmpp/conditions.h"
#include "xmpp/namespaces.h"

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using Done = base::Async<base::Done>;

constexpr qsizetype kMaxNickChars = 1000;
constexpr int kSelfPresence = 110;

Element request(QStringView type, const Jid& room, const Element& payload)
{
    return Element(u"iq", ns::kClient).with(u"type", type.toString()).with(u"to", room.toString()).with(payload);
}

void addReason(Element& element, const QString& reason)
{
    if (!reason.isEmpty())
        element.append(Element(u"reason", element.xmlns()).withText(reason.left(kMaxReasonChars)));
}

bool isRoom(const Jid& room) { return !room.node().isEmpty() && room.isBare(); }

Error invalid(const QString& detail) { return {ErrorKind::Invalid, detail, 0}; }

/// What a room says to those who may not: services differ in the condition, and people need one answer.
Error refusalOf(const Answer& answer)
{
    Error error = *answer.error;
    if (stanzaCondition(answer.stanza) == "registration-required"_L1 || stanzaCondition(answer.stanza) == "not-authorized"_L1)
        error.kind = ErrorKind::Denied;
    return error;
}

Affiliation affiliationOf(const QString& word)
{
    for (const Affiliation one : {Affiliation::Outcast, Affiliation::Member, Affiliation::Admin, Affiliation::Owner})
        if (word == toString(one))
            return one;
    return Affiliation::None;
}

QList<Affiliated> readAffiliations(const Element& query)
{
    QList<Affiliated> all;
    for (const Element* item : query.children(u"item", ns::kMucAdmin)) {
        const auto jid = Jid::parse(item->attribute(u"jid"));
        if (jid && all.size() < RoomAdministration::kMaxListed)
            all.append({jid->bare(), affiliationOf(item->attribute(u"affiliation")), item->attribute(u"nick").left(kMaxNickChars),
                item->textOf(u"reason", ns::kMucAdmin).left(kMaxReasonChars)});
    }
    return all;
}

} // namespace

// ---- questions ----

Done RoomAdministration::ask(const Jid& room, const Element& payload)
{
    if (!isRoom(room))
        return Done::ready(invalid(u"not a room's address"_s));
    base::Promise<base::Done> promise;
    m_outlet.request(request(u"set", room, payload),
        [promise](const Answer& answer) { promise.answer(answer.error ? base::Status(refusalOf(answer)) : base::Status(base::Done())); });
    return promise.async();
}

Done RoomAdministration::change(const Jid& room, Element item, const QString& reason)
{
    addReason(item, reason);
    return ask(room, Element(u"query", ns::kMucAdmin).with(std::move(item)));
}

Done RoomAdministration::setRole(const Jid& room, const QString& nick, Role role, const QString& reason)
{
    return change(room, Element(u"item", ns::kMucAdmin).with(u"nick", nick).with(u"role", toString(role)), reason);
}

Done RoomAdministration::setAffiliation(const Jid& room, const Jid& who, Affiliation affiliation, const QString& reason)
{
    if (who.isEmpty())
        return Done::ready(invalid(u"nobody's address"_s));
    return change(room, Element(u"item", ns::kMucAdmin).with(u"jid", who.bare().toString()).with(u"affiliation", toString(affiliation)), reason);
}

Done RoomAdministration::setAffiliationOfNick(const Jid& room, const QString& nick, Affiliation affiliation, const QString& reason)
{
    return change(room, Element(u"item", ns::kMucAdmin).with(u"nick", nick).with(u"affiliation", toString(affiliation)), reason);
}

base::Async<QList<Affiliated>> RoomAdministration::affiliations(const Jid& room, Affiliation affiliation)
{
    using Answered = base::Expected<QList<Affiliated>>;
    if (!isRoom(room))
        return base::Async<QList<Affiliated>>::ready(invalid(u"not a room's address"_s));
    base::Promise<QList<Affiliated>> promise;
    const Element item = Element(u"item", ns::kMucAdmin).with(u"affiliation", toString(affiliation));
    m_outlet.request(request(u"get", room, Element(u"query", ns::kMucAdmin).with(item)), [promise](const Answer& answer) {
        const Element* query = answer.stanza.find(u"query", ns::kMucAdmin);
        if (answer.error)
            return promise.answer(refusalOf(answer));
        promise.answer(query ? Answered(readAffiliations(*query)) : Answered(Error{ErrorKind::Protocol, u"an answer without a list"_s, 0}));
    });
    return promise.async();
}

Done RoomAdministration::moderate(const Jid& room, const QString& stanzaId, const QString& reason, bool isOld)
{
    if (stanzaId.isEmpty())
        return Done::ready(invalid(u"the room has not named that message"_s));
    if (!isOld) {
        Element moderate = Element(u"moderate", ns::kModeration).with(u"id", stanzaId).with(Element(u"retract", ns::kRetraction));
        addReason(moderate, reason);
        return ask(room, moderate);
    }
    Element moderate = Element(u"moderate", ns::kOldModeration).with(Element(u"retract", ns::kOldRetraction));
    addReason(moderate, reason);
    return ask(room, Element(u"apply-to", ns::kFasten).with(u"id", stanzaId).with(std::move(moderate)));
}

Done RoomAdministration::destroy(const Jid& room, const QString& reason, const Jid& alternate)
{
    Element destroy(u"destroy", ns::kMucOwner);
    if (!alternate.isEmpty())
        destroy.setAttribute(u"jid", alternate.toString());
    addReason(destroy, reason);
    return ask(room, Element(u"query", ns::kMucOwner).with(std::move(destroy)));
}

base::Async<Element> RoomAdministration::configuration(const Jid& room)
{
    if (!isRoom(room))
        return base::Async<Element>::ready(invalid(u"not a room's address"_s));
    base::Promise<Element> promise;
    m_outlet.request(request(u"get", room, Element(u"query", ns::kMucOwner)), [promise](const Answer& answer) {
        const Element* query = answer.stanza.find(u"query", ns::kMucOwner);
        const Element* form = query ? query->find(u"x", ns::kDataForm) : nullptr;
        if (answer.error)
            return promise.answer(refusalOf(answer));
        promise.answer(form ? base::Expected<Element>(*form) : base::Expected<Element>(Error{ErrorKind::Protocol, u"an answer without a form"_s, 0}));
    });
    return promise.async();
}

Done RoomAdministration::configure(const Jid& room, const Element& form)
{
    if (!form.is(u"x", ns::kDataForm) || form.attribute(u"type") != "submit"_L1)
        return Done::ready(invalid(u"not a form that was filled in"_s));
    return ask(room, Element(u"query", ns::kMucOwner).with(form));
}

// ---- what nobody answers ----

Done RoomAdministration::invite(const Jid& room, const Jid& whom, const QString& reason)
{
    if (!isRoom(room) || whom.isEmpty())
        return Done::ready(invalid(u"an invitation needs a room and an address"_s));
    Element invite = Element(u"invite", ns::kMucUser).with(u"to", whom.toString());
    addReason(invite, reason);
    return Done::ready(
        m_outlet.send(Element(u"message", ns::kClient).with(u"to", room.toString()).with(Element(u"x", ns::kMucUser).with(std::move(invite)))));
}

Done RoomAdministration::inviteDirectly(const Jid& room, const Jid& whom, const QString& reason, const QString& password)
{
    if (!isRoom(room) || whom.isEmpty())
        return Done::ready(invalid(u"an invitation needs a room and an address"_s));
    Element x = Element(u"x", ns::kDirectInvitation).with(u"jid", room.toString());
    if (!reason.isEmpty())
        x.setAttribute(u"reason", reason.left(kMaxReasonChars));
    if (!password.isEmpty())
        x.setAttribute(u"password", password);
    return Done::ready(m_outlet.send(Element(u"message", ns::kClient).with(u"to", whom.toString()).with(std::move(x))));
}

// ---- what the room says to all ----

Done RoomAdministration::setNick(const Jid& room, const QString& nick)
{
    const auto occupant = room.withResource(nick);
    if (!isRoom(room) || !occupant || occupant->isBare())
        return Done::ready(invalid(u"'%1' cannot be a nick"_s.arg(nick.left(kMaxNickChars))));
    return await({{}, room, occupant->resource(), {}, {}}, Element(u"presence", ns::kClient).with(u"to", occupant->toString()));
}

Done RoomAdministration::setSubject(const Jid& room, const QString& subject)
{
    if (!isRoom(room))
        return Done::ready(invalid(u"not a room's address"_s));
    return await({{}, room, {}, subject, {}},
        Element(u"message", ns::kClient)
            .with(u"to", room.toString())
            .with(u"type", u"groupchat"_s)
            .with(Element(u"subject", ns::kClient).withText(subject)));
}

Done RoomAdministration::await(Waiting waiting, Element stanza)
{
    if (qsizetype(m_waiting.size()) >= kMaxWaiting)
        return Done::ready(Error{ErrorKind::RateLimited, u"too many changes at a time"_s, 1000});
    waiting.id = base::randomToken(m_random);
    stanza.setAttribute(u"id", waiting.id);
    const Done answer = waiting.promise.async();
    m_waiting.push_back(waiting);
    m_clock.after(kPatience, this, [this, id = waiting.id] { end(id, Error{ErrorKind::Timeout, u"the room does not answer"_s, 0}); });
    if (const auto sent = m_outlet.send(stanza); !sent)
        end(waiting.id, sent.error());
    return answer;
}

bool RoomAdministration::isDone(const Waiting& waiting, const Element& stanza) const
{
    if (!waiting.nick.isEmpty()) {
        const auto presence = readOccupantPresence(stanza);
        return presence && presence->available && presence->member.nick == waiting.nick && presence->status.contains(kSelfPresence);
    }
    return stanza.is(u"message", ns::kClient) && stanza.attribute(u"type") == "groupchat"_L1 && stanza.has(u"subject", ns::kClient)
        && !stanza.has(u"body", ns::kClient) && (stanza.attribute(u"id") == waiting.id || stanza.textOf(u"subject", ns::kClient) == waiting.subject);
}

bool RoomAdministration::handle(const Element& stanza)
{
    if (m_waiting.empty())
        return false;
    const auto from = Jid::parse(stanza.attribute(u"from"));
    const bool isError = stanza.attribute(u"type") == "error"_L1;
    for (const Waiting& waiting : std::vector<Waiting>(m_waiting)) {
        if (!from || from->bare() != waiting.room)
            continue;
        if (isError && stanza.attribute(u"id") == waiting.id && stanza.name() == (waiting.nick.isEmpty() ? "message"_L1 : "presence"_L1)) {
            end(waiting.id, refusalOf({stanza, stanzaError(stanza)}));
            return true;
        }
        if (!isError && isDone(waiting, stanza))
            end(waiting.id, base::Done());
    }
    return false;
}

void RoomAdministration::end(const QString& id, const base::Status& how)
{
    const auto at = std::find_if(m_waiting.begin(), m_waiting.end(), [&id](const Waiting& w) { return w.id == id; });
    if (at == m_waiting.end())
        return;
    const auto promise = at->promise;
    m_waiting.erase(at);
    promise.answer(how);
}

void RoomAdministration::reset()
{
    for (const Waiting& waiting : std::exchange(m_waiting, {}))
        waiting.promise.answer(Error{ErrorKind::Offline, u"the connection broke"_s, 0});
}

} // namespace ridealong::xmpp
