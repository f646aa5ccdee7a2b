// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/occupant.h"

#include "xmpp/namespaces.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMaxStatus = 999;

constexpr std::array<std::pair<Affiliation, QStringView>, 5> kAffiliations{{{Affiliation::None, u"none"}, {Affiliation::Outcast, u"outcast"},
    {Affiliation::Member, u"member"}, {Affiliation::Admin, u"admin"}, {Affiliation::Owner, u"owner"}}};
constexpr std::array<std::pair<Role, QStringView>, 4> kRoles{
    {{Role::None, u"none"}, {Role::Visitor, u"visitor"}, {Role::Participant, u"participant"}, {Role::Moderator, u"moderator"}}};

template <typename Value, size_t N> Value valueOf(const std::array<std::pair<Value, QStringView>, N>& table, const QString& word)
{
    const auto row = std::find_if(table.begin(), table.end(), [&word](const auto& r) { return r.second == word; });
    return row == table.end() ? Value::None : row->first;
}

template <typename Value, size_t N> QString wordOf(const std::array<std::pair<Value, QStringView>, N>& table, Value value)
{
    return std::find_if(table.begin(), table.end(), [value](const auto& r) { return r.first == value; })->second.toString();
}

Destroyed readDestroyed(const Element& destroy)
{
    return {Jid::parse(destroy.attribute(u"jid")).valueOr({}), destroy.textOf(u"reason", ns::kMucUser).left(kMaxReasonChars)};
}

} // namespace

QString toString(Affiliation affiliation) { return wordOf(kAffiliations, affiliation); }
QString toString(Role role) { return wordOf(kRoles, role); }

base::UserId occupantIdentity(const Jid& room, const QString& occupantId, const QString& nick)
{
    // Neither part of an address begins with a colon.
    return base::UserId(occupantId.isEmpty() ? room.toString() + u'/' + nick : u':' + room.toString() + u'/' + occupantId.left(kMaxOccupantIdChars));
}

QSet<int> roomStatus(const Element& stanza)
{
    QSet<int> codes;
    if (const Element* x = stanza.find(u"x", ns::kMucUser))
        for (const Element* status : x->children(u"status", ns::kMucUser))
            if (const int code = status->attribute(u"code").toInt(); code > 0 && code <= kMaxStatus)
                codes.insert(code);
    return codes;
}

std::optional<OccupantPresence> readOccupantPresence(const Element& stanza)
{
    const QString type = stanza.attribute(u"type");
    const Element* x = stanza.find(u"x", ns::kMucUser);
    const auto from = Jid::parse(stanza.attribute(u"from"));
    if (!stanza.is(u"presence", ns::kClient) || !x || !from || from->isBare() || (!type.isEmpty() && type != "unavailable"_L1))
        return std::nullopt;

    OccupantPresence presence;
    presence.available = type.isEmpty();
    presence.status = roomStatus(stanza);
    RoomMember& member = presence.member;
    member.nick = from->resource();
    const QString show = stanza.textOf(u"show", ns::kClient);
    member.away = show == "away"_L1 || show == "xa"_L1 || show == "dnd"_L1;
    if (const Element* id = stanza.find(u"occupant-id", ns::kOccupantId); id && id->attribute(u"id").size() <= kMaxOccupantIdChars)
        member.occupantId = id->attribute(u"id");
    if (const Element* item = x->find(u"item", ns::kMucUser)) {
        member.affiliation = valueOf(kAffiliations, item->attribute(u"affiliation"));
        member.role = valueOf(kRoles, item->attribute(u"role"));
        member.jid = Jid::parse(item->attribute(u"jid")).valueOr({});
        if (const auto renamed = from->withResource(item->attribute(u"nick")))
            presence.newNick = renamed->resource();
        presence.reason = item->textOf(u"reason", ns::kMucUser).left(kMaxReasonChars);
        if (const Element* actor = item->find(u"actor", ns::kMucUser))
            presence.actor = actor->hasAttribute(u"nick") ? actor->attribute(u"nick") : actor->attribute(u"jid");
    }
    if (const Element* destroy = x->find(u"destroy", ns::kMucUser))
        presence.destroyed = readDestroyed(*destroy);
    return presence;
}

} // namespace ridealong::xmpp
