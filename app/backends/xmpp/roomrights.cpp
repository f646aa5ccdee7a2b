// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/roomrights.h"

namespace ridealong::xmpp {
namespace {

using chat::MemberRank;

bool isAdmin(const RoomMember& member) { return member.affiliation == Affiliation::Admin || member.affiliation == Affiliation::Owner; }

bool mayGive(const RoomRights& rights, MemberRank from, MemberRank to)
{
    if (std::max(from, to) >= MemberRank::Admin)
        return rights.grantAdmin;
    if (from == MemberRank::Moderator || to == MemberRank::Moderator)
        return rights.grantModerator;
    if (from == MemberRank::Member || to == MemberRank::Member)
        return rights.grantMembership;
    return rights.grantVoice;
}

} // namespace

RoomRights rightsIn(const Room& room)
{
    const auto self = room.members.constFind(room.nick);
    if (!room.listed || self == room.members.cend())
        return {};
    const bool moderator = self->role == Role::Moderator, admin = isAdmin(*self), owner = self->affiliation == Affiliation::Owner;
    return {.speak = self->role == Role::Participant || moderator,
        .kick = moderator,
        .grantVoice = moderator,
        .moderate = moderator,
        .ban = admin,
        .grantMembership = admin,
        .grantModerator = admin,
        .grantAdmin = owner,
        .configure = owner,
        .destroy = owner};
}

chat::MemberRank rankOf(const RoomMember& member)
{
    if (member.affiliation == Affiliation::Owner)
        return MemberRank::Owner;
    if (member.affiliation == Affiliation::Admin)
        return MemberRank::Admin;
    if (member.role == Role::Moderator)
        return MemberRank::Moderator;
    if (member.role == Role::Visitor)
        return MemberRank::Visitor;
    return member.affiliation == Affiliation::Member ? MemberRank::Member : MemberRank::Ordinary;
}

chat::MemberPowers powersOver(const Room& room, const RoomMember& member)
{
    const RoomRights rights = rightsIn(room);
    if (member.nick == room.nick || rights == RoomRights())
        return {};
    // Nobody acts upon those above them, and an admin is not put out by another one (§8.2, §9.1).
    const bool isAbove = isAdmin(member) && !rights.grantAdmin;
    chat::MemberPowers powers{.kick = rights.kick && !isAbove, .ban = rights.ban && !isAbove};
    const MemberRank current = rankOf(member);
    for (const MemberRank rank :
        {MemberRank::Visitor, MemberRank::Ordinary, MemberRank::Member, MemberRank::Moderator, MemberRank::Admin, MemberRank::Owner})
        if (rank != current && mayGive(rights, current, rank))
            powers.ranks.append(rank);
    return powers;
}

RankSteps stepsTo(chat::MemberRank rank, const RoomMember& member)
{
    Affiliation affiliation = isAdmin(member) ? Affiliation::None : member.affiliation;
    Role role = Role::Participant;
    switch (rank) {
    case MemberRank::Visitor: role = Role::Visitor; break;
    case MemberRank::Ordinary: affiliation = Affiliation::None; break;
    case MemberRank::Member: affiliation = Affiliation::Member; break;
    case MemberRank::Moderator: role = Role::Moderator; break;
    case MemberRank::Admin: affiliation = Affiliation::Admin; break;
    case MemberRank::Owner: affiliation = Affiliation::Owner; break;
    }
    RankSteps steps;
    if (affiliation != member.affiliation)
        steps.affiliation = affiliation;
    if (rank >= MemberRank::Admin)
        return steps; // these are moderators by themselves (§5.2)
    // What they are after a change of the affiliation is the room's own idea.
    if (role != member.role || (steps.affiliation && isAdmin(member)))
        steps.role = role;
    return steps;
}

} // namespace ridealong::xmpp
