// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/rooms.h"

#include "irc/text.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using chat::SystemEvent;
using What = RoomChange::What;

QList<RoomChange> Rooms::handle(const Line& line, const QString& self)
{
    const QByteArray& command = line.command;
    if (command == "JOIN")
        return join(line, self);
    if (command == "PART")
        return leave(m_isupport.fold(line.parameter(0)), line.nick(), self, {What::Left, {}, {}, line.nick()});
    if (command == "KICK")
        return leave(m_isupport.fold(line.parameter(0)), line.parameter(1), self,
            {What::Left, {}, SystemEvent{SystemEvent::Kind::Kicked, line.parameter(1), plainFromFormatting(line.parameter(2))}, line.nick()});
    if (command == "QUIT")
        return quit(line);
    if (command == "NICK")
        return rename(line);
    if (command == "MODE")
        return mode(line);
    if (command == "353")
        return names(line);
    if (command == "366")
        return namesEnd(line);
    if (command == "TOPIC" || command == "332" || command == "331")
        return topic(line);
    if (command == "352")
        return who(line);
    if (command == "AWAY")
        return away(line);
    return {};
}

const Room* Rooms::find(const QString& key) const
{
    const auto at = m_rooms.constFind(key);
    return at == m_rooms.cend() ? nullptr : &*at;
}

Room* Rooms::room(const QString& name)
{
    const auto at = m_rooms.find(m_isupport.fold(name));
    return at == m_rooms.end() ? nullptr : &*at;
}

QList<chat::Member> Rooms::members(const QString& key) const
{
    QList<chat::Member> all;
    const Room* room = find(key);
    if (!room)
        return all;
    all.reserve(room->members.size());
    for (auto member = room->members.cbegin(); member != room->members.cend(); ++member)
        all.append({base::UserId(member.key()), member->nick, member->bot, member->away ? chat::Presence::Away : chat::Presence::Online});
    std::sort(all.begin(), all.end(), [](const chat::Member& a, const chat::Member& b) { return a.user < b.user; });
    return all;
}

chat::Presence Rooms::presence(const QString& foldedNick) const
{
    for (const Room& room : m_rooms)
        if (const auto member = room.members.constFind(foldedNick); member != room.members.cend())
            return member->away ? chat::Presence::Away : chat::Presence::Online;
    return chat::Presence::Offline;
}

bool Rooms::isBot(const QString& foldedNick) const
{
    return std::any_of(m_rooms.begin(), m_rooms.end(), [&](const Room& room) { return room.members.value(foldedNick).bot; });
}

bool Rooms::markBot(const QString& key, const QString& foldedNick)
{
    const auto room = m_rooms.find(key);
    if (room == m_rooms.end())
        return false;
    const auto member = room->members.find(foldedNick);
    if (member == room->members.end() || member->bot)
        return false;
    member->bot = true;
    return true;
}

// ---- coming and going ----

Rooms::Changes Rooms::join(const Line& line, const QString& self)
{
    const QString name = line.parameter(0);
    const QString key = m_isupport.fold(name), nick = m_isupport.fold(line.nick());
    if (nick == m_isupport.fold(self)) {
        if (m_rooms.size() >= kMaxRooms && !m_rooms.contains(key))
            return {};
        m_rooms[key] = Room{name, {}, {{nick, {line.nick(), {}, false, false}}}, false};
        m_listing.remove(key);
        return {{What::Joined, key, {}, line.nick()}};
    }
    Room* known = room(name);
    if (!known || known->members.size() >= kMaxMembers)
        return {};
    known->members.insert(nick, {line.nick(), {}, false, false});
    return {{What::Members, key, {}, line.nick()}};
}

Rooms::Changes Rooms::leave(const QString& key, const QString& nick, const QString& self, const RoomChange& how)
{
    const auto at = m_rooms.find(key);
    if (at == m_rooms.end())
        return {};
    const QString folded = m_isupport.fold(nick);
    RoomChange change = how;
    change.key = key;
    if (folded == m_isupport.fold(self)) {
        m_rooms.erase(at);
        m_listing.remove(key);
        return {change};
    }
    if (at->members.remove(folded) == 0)
        return {};
    Changes changes{{What::Members, key, {}, how.by}};
    if (how.note) {
        change.what = What::Note;
        changes.append(change);
    }
    return changes;
}

template <typename Change> Rooms::Changes Rooms::everywhere(const QString& nick, Change change)
{
    const QString folded = m_isupport.fold(nick);
    Changes changes;
    for (auto room = m_rooms.begin(); room != m_rooms.end(); ++room) {
        const auto member = room->members.find(folded);
        if (member != room->members.end() && change(room->members, member))
            changes.append({What::Members, room.key(), {}, nick});
    }
    return changes;
}

Rooms::Changes Rooms::quit(const Line& line)
{
    return everywhere(line.nick(), [](auto& members, auto member) {
        members.erase(member);
        return true;
    });
}

Rooms::Changes Rooms::rename(const Line& line)
{
    const QString to = line.parameter(0);
    return everywhere(line.nick(), [&](auto& members, auto member) {
        RoomMember renamed = *member;
        renamed.nick = to;
        members.erase(member);
        members.insert(m_isupport.fold(to), renamed);
        return true;
    });
}

Rooms::Changes Rooms::away(const Line& line)
{
    const bool isAway = !line.parameter(0).isEmpty();
    return everywhere(line.nick(), [isAway](auto&, auto member) { return std::exchange(member->away, isAway) != isAway; });
}

// ---- lists ----

/// "= #ops :@ana +bob carl!user@host"
Rooms::Changes Rooms::names(const Line& line)
{
    const QString key = m_isupport.fold(line.parameter(2));
    if (!m_rooms.contains(key))
        return {};
    auto& listing = m_listing[key];
    const QString prefixes = m_isupport.prefixes();
    for (const QString& entry : line.parameter(3).split(u' ', Qt::SkipEmptyParts)) {
        qsizetype at = 0;
        while (at < entry.size() && prefixes.contains(entry[at]))
            ++at;
        const QString nick = entry.mid(at).section(u'!', 0, 0);
        if (!nick.isEmpty() && listing.size() < kMaxMembers)
            listing.insert(m_isupport.fold(nick), {nick, entry.left(at), false, false});
    }
    return {};
}

Rooms::Changes Rooms::namesEnd(const Line& line)
{
    const QString key = m_isupport.fold(line.parameter(1));
    const auto at = m_rooms.find(key);
    if (at == m_rooms.end())
        return {};
    auto listing = m_listing.take(key);
    for (auto member = listing.begin(); member != listing.end(); ++member)
        if (const auto known = at->members.constFind(member.key()); known != at->members.cend()) {
            member->away = known->away;
            member->bot = known->bot;
        }
    if (!listing.isEmpty())
        at->members = listing;
    const bool first = !std::exchange(at->listed, true);
    return {{first ? What::Listed : What::Members, key, {}, {}}};
}

/// 352: "me #ops user host server nick H*B@ :0 Real Name"
Rooms::Changes Rooms::who(const Line& line)
{
    Room* known = room(line.parameter(1));
    if (!known)
        return {};
    const auto member = known->members.find(m_isupport.fold(line.parameter(5)));
    if (member == known->members.end())
        return {};
    const QString flags = line.parameter(6);
    const bool isAway = flags.startsWith(u'G');
    const QString botFlag = m_isupport.value(u"BOT"_s);
    const bool isBot = member->bot || (botFlag.size() == 1 && flags.mid(1).contains(botFlag));
    if (member->away == isAway && member->bot == isBot)
        return {};
    member->away = isAway;
    member->bot = isBot;
    return {{What::Members, m_isupport.fold(line.parameter(1)), {}, {}}};
}

Rooms::Changes Rooms::topic(const Line& line)
{
    const bool changed = line.command == "TOPIC";
    const QString name = line.parameter(changed ? 0 : 1);
    Room* known = room(name);
    if (!known)
        return {};
    known->topic = line.command == "331" ? QString() : plainFromFormatting(line.parameter(changed ? 1 : 2));
    RoomChange change{What::Topic, m_isupport.fold(name), {}, line.nick()};
    if (changed)
        change.note = SystemEvent{SystemEvent::Kind::TopicChanged, {}, known->topic};
    return {change};
}

/// Prefixes of members are kept; every other change of a channel is only told.
Rooms::Changes Rooms::mode(const Line& line)
{
    const QString name = line.parameter(0);
    Room* known = room(name);
    if (!known)
        return {};
    bool add = true, others = false;
    qsizetype argument = 2;
    for (const QChar c : line.parameter(1)) {
        if (c == u'+' || c == u'-') {
            add = c == u'+';
            continue;
        }
        const char kind = m_isupport.modeKind(c);
        const bool takes = kind == 'A' || kind == 'B' || kind == 'P' || (kind == 'C' && add);
        const QString value = takes ? line.parameter(argument++) : QString();
        if (kind != 'P') {
            others = true;
            continue;
        }
        const auto member = known->members.find(m_isupport.fold(value));
        const QChar prefix = m_isupport.prefixes()[m_isupport.prefixModes().indexOf(c)];
        if (member == known->members.end())
            continue;
        member->prefixes.remove(prefix);
        if (add)
            member->prefixes.append(prefix);
    }
    Changes changes{{What::Members, m_isupport.fold(name), {}, line.nick()}};
    if (others)
        changes.append({What::Note, m_isupport.fold(name),
            SystemEvent{SystemEvent::Kind::ModeChanged, line.parameter(1), line.parameters.mid(2).join(u' ')}, line.nick()});
    return changes;
}

} // namespace ridealong::irc
