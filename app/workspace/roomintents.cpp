// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What a user can intend with a room and the people in it. The other intents are in intents.cpp.
#include "chat/commanddialog.h"
#include "chat/contacts.h"
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

base::Expected<std::unique_ptr<chat::CommandDialog>> Workspace::configureRoom(const base::ConversationId& room)
{
    chat::RoomAdminFacet* facet = roomAdmin(room);
    auto dialog = facet ? facet->configure(room) : nullptr;
    if (dialog)
        return dialog;
    return facet ? base::Error{base::ErrorKind::Unsupported, u"the room has no settings to change"_s, 0}
                 : base::Error{base::ErrorKind::Offline, u"not connected"_s, 0};
}

// ---- people ----

chat::ContactFacet* Workspace::contacts(const base::AccountId& id) const
{
    Account* owner = account(id);
    return owner ? owner->backend().facets().contacts : nullptr;
}

base::UserId Workspace::partnerIn(const base::ConversationId& id) const
{
    const Account* owner = accountOf(id);
    const chat::Conversation* known = owner ? owner->conversation(id) : nullptr;
    if (!known || known->kind != chat::ConversationKind::Direct)
        return {};
    for (const chat::Member& member : owner->members(id))
        if (member.user != owner->self().user)
            return member.user;
    return base::UserId(id.key());
}

base::Async<base::ConversationId> Workspace::openDirect(const base::AccountId& id, const base::UserId& user)
{
    Account* owner = account(id);
    chat::RoomFacet* rooms = owner ? owner->backend().facets().rooms : nullptr;
    if (!rooms)
        return base::Async<base::ConversationId>::ready(base::Error{base::ErrorKind::Unsupported, u"nobody can be written to there"_s, 0});
    return rooms->openDirect(user);
}

} // namespace ridealong::workspace
