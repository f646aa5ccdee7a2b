// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What a user can intend with a room and the people in it. The other intents are in intents.cpp.
#include "workspace/workspace.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;

namespace {

template <typename T, typename Ask> base::Async<T> askFacet(chat::RoomAdminFacet* facet, Ask ask)
{
    return facet ? ask(*facet) : base::Async<T>::ready(base::Error{base::ErrorKind::Unsupported, u"rooms keep no order there"_s, 0});
}

} // namespace

chat::RoomAdminFacet* Workspace::roomAdmin(const base::ConversationId& room) const
{
    Account* owner = accountOf(room);
    return owner ? owner->backend().facets().administration : nullptr;
}

base::Async<base::Done> Workspace::kick(const base::ConversationId& room, const base::UserId& user, const QString& reason)
{
    return askFacet<base::Done>(roomAdmin(room), [&](chat::RoomAdminFacet& facet) { return facet.kick(room, user, reason); });
}

base::Async<base::Done> Workspace::ban(const base::ConversationId& room, const base::UserId& user, const QString& reason)
{
    return askFacet<base::Done>(roomAdmin(room), [&](chat::RoomAdminFacet& facet) { return facet.ban(room, user, reason); });
}

base::Async<base::Done> Workspace::unban(const base::ConversationId& room, const QString& who)
{
    return askFacet<base::Done>(roomAdmin(room), [&](chat::RoomAdminFacet& facet) { return facet.unban(room, who); });
}

base::Async<QList<chat::Ban>> Workspace::bans(const base::ConversationId& room)
{
    return askFacet<QList<chat::Ban>>(roomAdmin(room), [&](chat::RoomAdminFacet& facet) { return facet.bans(room); });
}

base::Async<base::Done> Workspace::setRank(const base::ConversationId& room, const base::UserId& user, chat::MemberRank rank)
{
    return askFacet<base::Done>(roomAdmin(room), [&](chat::RoomAdminFacet& facet) { return facet.setRank(room, user, rank, {}); });
}

base::Async<base::Done> Workspace::invite(const base::ConversationId& room, const QString& whom, const QString& reason)
{
    return askFacet<base::Done>(roomAdmin(room), [&](chat::RoomAdminFacet& facet) { return facet.invite(room, whom, reason); });
}

base::Async<base::Done> Workspace::setNick(const base::ConversationId& room, const QString& nick)
{
    return askFacet<base::Done>(roomAdmin(room), [&](chat::RoomAdminFacet& facet) { return facet.setNick(room, nick); });
}

base::Async<base::Done> Workspace::setTopic(const base::ConversationId& room, const QString& topic)
{
    return askFacet<base::Done>(roomAdmin(room), [&](chat::RoomAdminFacet& facet) { return facet.setTopic(room, topic); });
}

} // namespace ridealong::workspace
