// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/message.h"
#include "chat/systemevent.h"
#include "xmpp/occupant.h"

#include <QHash>

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxRooms = 2000; ///< at a time
inline constexpr qsizetype kMaxMembers = 50'000; ///< of one room; more are not listed
inline constexpr qsizetype kMaxTopicChars = 10'000;

/// A room we are in or have asked to be let into.
struct Room
{
    Jid jid; ///< bare
    QString nick; ///< ours, as the service has it; what was asked for until then
    QString topic;
    QString topicBy; ///< nick of who set it; empty where the room does not say
    QHash<QString, RoomMember> members; ///< by nick
    bool listed = false; ///< we are in, and the list of members is complete
    bool announcesOccupantIds = false;
};

/// Why we are not in a room any more.
struct Departure
{
    enum class Why { Own, Kicked, Banned, AffiliationLost, MembersOnly, Shutdown, Destroyed, Error };
    Why why = Why::Own;
    QString reason;
    Jid alternate; ///< with Destroyed: where to go instead; may be nobody's

    bool operator==(const Departure&) const = default;
};

/// What a stanza changed.
struct RoomChange
{
    enum class What { Joined, Listed, Left, Members, Topic, Nick, Note };
    What what = What::Members;
    Jid room;
    /// With Left, Topic, Nick, Note: worth telling. A Note without one: the room was configured anew, and may have other features.
    std::optional<chat::SystemEvent> note = {};
    QString by = {}; ///< nick of who did it
    std::optional<Departure> departure = {}; ///< with Left
    bool created = false; ///< with Joined: there was no such room, and it is locked until its owner configures it
};

/// Who is where: rooms, members, topics, as their services tell (XEP-0045). A room is believed about itself, and only one that we asked
/// to be let into: everybody can send us a presence that looks like a room's.
class Rooms
{
public:
    explicit Rooms(const Jid& account) : m_account(account.bare()) {}

    /// We ask to be let into `room` as `nick`: from now on it is listened to. Errors: Invalid, RateLimited (too many rooms).
    base::Status enter(const Jid& room, const QString& nick);
    /// It did not let us in, or we are not in it any more without its having said so.
    void forget(const Jid& room) { m_rooms.remove(room); }
    /// A new stream: we are nowhere.
    void clear() { m_rooms.clear(); }
    void setAnnouncesOccupantIds(const Jid& room, bool announces);

    /// Stanzas that are about something else change nothing.
    QList<RoomChange> handle(const Element& stanza);

    const Room* find(const Jid& room) const;
    QList<Jid> all() const { return m_rooms.keys(); }
    /// By the identities that the reader of messages gives their senders: ours is our own address in all rooms.
    QList<chat::Member> members(const Jid& room) const;
    /// Who that nick is, for as long as the room exists; empty where the room does not announce it.
    QString occupantId(const Jid& room, const QString& nick) const;

private:
    using Changes = QList<RoomChange>;
    struct State : Room
    {
        bool topicKnown = false; ///< the first one is what was there, and no news
    };
    Changes come(State& room, const OccupantPresence& presence);
    Changes go(State& room, const OccupantPresence& presence);
    Changes leave(const State& room, const OccupantPresence& presence);
    Changes rename(State& room, const OccupantPresence& presence);
    Changes topic(State& room, const Element& message, const QString& by);
    bool isSelf(const State& room, const OccupantPresence& presence) const;

    Jid m_account;
    QHash<Jid, State> m_rooms;
    quint64 m_lastStay = 0;
};

} // namespace ridealong::xmpp
