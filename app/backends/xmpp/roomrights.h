// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/roomadmin.h"
#include "xmpp/rooms.h"

namespace ridealong::xmpp {

/// What we may do in a room by our own role and affiliation (XEP-0045 §5.1.1, §5.2.1). The room decides; this is what to offer.
struct RoomRights
{
    bool speak = false; ///< also to set the subject, where RoomFeatures do not say otherwise
    bool kick = false;
    bool grantVoice = false;
    bool moderate = false; ///< take back what others said
    bool ban = false; ///< and let in again
    bool grantMembership = false;
    bool grantModerator = false;
    bool grantAdmin = false; ///< and ownership
    bool configure = false;
    bool destroy = false;

    bool operator==(const RoomRights&) const = default;
};
/// None where we are not in.
RoomRights rightsIn(const Room& room);

/// A role and an affiliation as one word.
chat::MemberRank rankOf(const RoomMember& member);
/// Nobody has any over themselves: to leave is something else.
chat::MemberPowers powersOver(const Room& room, const RoomMember& member);

/// How somebody gets a rank: the affiliation first, then the role, where they have others.
struct RankSteps
{
    std::optional<Affiliation> affiliation;
    std::optional<Role> role;

    bool operator==(const RankSteps&) const = default;
};
RankSteps stepsTo(chat::MemberRank rank, const RoomMember& member);

} // namespace ridealong::xmpp
