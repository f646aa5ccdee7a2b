// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "xmpp/element.h"
#include "xmpp/jid.h"

#include <QSet>

#include <optional>

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxOccupantIdChars = 1023;
inline constexpr qsizetype kMaxReasonChars = 1000; ///< why somebody was kicked, and the like

enum class Affiliation { None, Outcast, Member, Admin, Owner };
enum class Role { None, Visitor, Participant, Moderator };

/// As the protocol spells them ("owner").
QString toString(Affiliation affiliation);
QString toString(Role role);

struct RoomMember
{
    QString nick;
    Affiliation affiliation = Affiliation::None;
    Role role = Role::Participant;
    Jid jid; ///< whose nick it is, where the room shows that
    QString occupantId; ///< XEP-0421; means something only where the room announces it: ask Rooms::occupantId()
    bool away = false;
    quint64 stay = 0; ///< of whoever has the nick: another number is another person, perhaps. 0: not in the room

    bool operator==(const RoomMember&) const = default;
};

/// A room that is gone, and where to go instead.
struct Destroyed
{
    Jid alternate; ///< may be nobody's
    QString reason;
};

/// What a room says of one of its members (XEP-0045 §7).
struct OccupantPresence
{
    RoomMember member;
    bool available = true;
    QSet<int> status; ///< codes of the room's
    QString newNick; ///< with 303
    QString actor; ///< who did it, by nick
    QString reason;
    std::optional<Destroyed> destroyed;
};

/// Nothing for a stanza that is none; whether its sender is a room, the caller knows.
std::optional<OccupantPresence> readOccupantPresence(const Element& stanza);

/// The identity of somebody in a room. No bare address is equal to one, nor is anybody's in another room, whatever names a room gives.
base::UserId occupantIdentity(const Jid& room, const QString& occupantId, const QString& nick);

/// The codes in a stanza of a room.
QSet<int> roomStatus(const Element& stanza);

} // namespace ridealong::xmpp
