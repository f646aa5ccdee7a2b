// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "chat/systemevent.h"
#include "irc/isupport.h"
#include "irc/line.h"

#include <QHash>
#include <QSet>

namespace ridealong::irc {

inline constexpr qsizetype kMaxRooms = 2000; ///< that a server can put us into
inline constexpr qsizetype kMaxMembers = 50'000; ///< of one channel; more are not listed

struct RoomMember
{
    QString nick;
    QString prefixes; ///< "@+"
    bool away = false;
    bool bot = false;
};

/// A channel we are in.
struct Room
{
    QString name; ///< as the server writes it
    QString topic;
    QHash<QString, RoomMember> members; ///< by folded nick
    bool listed = false; ///< the list of names is complete
};

/// What a line changed.
struct RoomChange
{
    enum class What { Joined, Listed, Left, Members, Topic, Note };
    What what = What::Members;
    QString key; ///< folded name of the channel
    std::optional<chat::SystemEvent> note; ///< with Left, Topic, Note: worth telling
    QString by; ///< who did it: a nick or a server
};

/// Who is where: channels, members, topics, as the server tells.
class Rooms
{
public:
    explicit Rooms(const Isupport& isupport) : m_isupport(isupport) {}

    /// `self` is our own nick. Lines that are about something else change nothing.
    QList<RoomChange> handle(const Line& line, const QString& self);

    const Room* find(const QString& key) const;
    QStringList keys() const { return m_rooms.keys(); }
    QList<chat::Member> members(const QString& key) const;
    /// As far as the channels tell that we share: Offline is who is in none of them.
    chat::Presence presence(const QString& foldedNick) const;
    bool isBot(const QString& foldedNick) const;
    /// A message said so.
    bool markBot(const QString& key, const QString& foldedNick);

private:
    using Changes = QList<RoomChange>;
    Changes join(const Line& line, const QString& self);
    Changes leave(const QString& key, const QString& nick, const QString& self, const RoomChange& how);
    Changes quit(const Line& line);
    Changes rename(const Line& line);
    Changes mode(const Line& line);
    Changes names(const Line& line);
    Changes namesEnd(const Line& line);
    Changes topic(const Line& line);
    Changes who(const Line& line);
    Changes away(const Line& line);
    Room* room(const QString& name);
    /// Changes a member wherever it is; the channels in which it was.
    template <typename Change> Changes everywhere(const QString& nick, Change change);

    const Isupport& m_isupport;
    QHash<QString, Room> m_rooms;
    QHash<QString, QHash<QString, RoomMember>> m_listing; ///< names that came so far
};

} // namespace ridealong::irc
