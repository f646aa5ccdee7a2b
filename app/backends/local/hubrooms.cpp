// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubrooms.h"

#include "local/limits.h"

namespace ridealong::local {

using namespace Qt::StringLiterals;

void HubRooms::load(const store::HubState& state)
{
    for (const auto& conversation : state.conversations) {
        m_byKey.insert(conversation.conversation.id.key(), m_conversations.size());
        m_conversations.append(conversation);
        if (conversation.conversation.kind == chat::ConversationKind::Room)
            ++m_rooms;
    }
    for (const auto& user : state.users)
        m_members.insert(user.user, chat::Member{user.user, user.name, false, chat::Presence::Offline});
}

const store::HubConversation* HubRooms::find(const QString& key) const
{
    const auto found = m_byKey.constFind(key);
    return found == m_byKey.cend() ? nullptr : &m_conversations.at(*found);
}

const store::HubConversation* HubRooms::find(const QString& key, const base::UserId& user) const
{
    const auto* one = find(key);
    return one && one->isSeenBy(user) ? one : nullptr;
}

QString HubRooms::nameFor(const store::HubConversation& one, const base::UserId& viewer) const
{
    if (one.conversation.kind == chat::ConversationKind::Room)
        return one.conversation.name;
    const auto& other = one.first == viewer ? one.second : one.first;
    const auto name = nameOf(other);
    return name.isEmpty() ? other.text() : name;
}

base::Expected<QString> HubRooms::roomKey(const QString& name)
{
    auto bare = name.trimmed();
    if (bare.startsWith(u'#'))
        bare.remove(0, 1);
    const bool fits = !bare.isEmpty() && bare.size() <= kMaxRoomNameLength
        && std::all_of(bare.cbegin(), bare.cend(), [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.'; });
    if (!fits)
        return base::Error{base::ErrorKind::Invalid, u"a room's name is 1 to %1 letters, digits, '-', '_' and '.'"_s.arg(kMaxRoomNameLength), 0};
    return QString(u'#' + bare.toLower());
}

QString HubRooms::directKey(const base::UserId& a, const base::UserId& b)
{
    const auto& [first, second] = std::minmax(a, b);
    return u'@' + first.text() + u'|' + second.text(); // no user's name has a '|'
}

base::Expected<HubRooms::Added> HubRooms::addRoom(const QString& name, const QString& topic, const QString& environment)
{
    const auto key = roomKey(name);
    if (!key)
        return key.error();
    if (find(*key))
        return Added{*key, false};
    if (m_rooms >= kMaxRooms)
        return base::Error{base::ErrorKind::Invalid, u"this hub has %1 rooms already"_s.arg(m_rooms), 0};
    store::HubConversation room;
    room.conversation = {base::ConversationId(store::hubAccount(), *key), *key, chat::ConversationKind::Room, topic, environment, true};
    m_byKey.insert(*key, m_conversations.size());
    m_conversations.append(room);
    ++m_rooms;
    return Added{*key, true};
}

base::Expected<HubRooms::Added> HubRooms::addDirect(const base::UserId& opener, const base::UserId& other)
{
    if (!knows(other))
        return base::Error{base::ErrorKind::NotFound, u"nobody is called so here"_s, 0};
    const auto key = directKey(opener, other);
    if (find(key))
        return Added{key, false};
    if (m_conversations.size() - m_rooms >= kMaxDirects)
        return base::Error{base::ErrorKind::Invalid, u"too many conversations"_s, 0};
    store::HubConversation direct;
    direct.conversation.id = base::ConversationId(store::hubAccount(), key);
    direct.conversation.name = key;
    direct.conversation.kind = chat::ConversationKind::Direct;
    direct.first = std::min(opener, other);
    direct.second = std::max(opener, other);
    m_byKey.insert(key, m_conversations.size());
    m_conversations.append(direct);
    return Added{key, true};
}

bool HubRooms::isUserName(const QString& name)
{
    return !name.isEmpty() && name.size() <= kMaxUserLength && name.trimmed() == name
        && std::all_of(name.cbegin(), name.cend(), [](QChar c) { return c.isPrint() && c != u'|' && c != u'/'; });
}

QList<chat::Member> HubRooms::members() const
{
    auto members = m_members.values();
    std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.user < b.user; });
    return members;
}

bool HubRooms::setMember(const chat::Member& member)
{
    auto& known = m_members[member.user];
    if (known == member)
        return false;
    known = member;
    return true;
}

} // namespace ridealong::local
