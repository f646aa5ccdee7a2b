// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "store/hubdatabase.h"

namespace ridealong::local {

/// The hub's conversations and people, as they are in memory. Every person of a hub is in every room: it serves one
/// machine, and whoever can reach it is the same user of that machine. A direct conversation is seen by its two only.
class HubRooms
{
public:
    void load(const store::HubState& state);

    const QList<store::HubConversation>& all() const { return m_conversations; }
    /// Null when there is none, or not for `user`.
    const store::HubConversation* find(const QString& key, const base::UserId& user) const;
    const store::HubConversation* find(const QString& key) const;
    /// What `viewer` calls it: a direct conversation is called by its other person.
    QString nameFor(const store::HubConversation& one, const base::UserId& viewer) const;

    /// The room's key: its name in lower case with a '#'. Error Invalid for a name that cannot be one.
    static base::Expected<QString> roomKey(const QString& name);
    /// One key for two people, whoever opens it.
    static QString directKey(const base::UserId& a, const base::UserId& b);

    struct Added
    {
        QString key;
        bool isNew = false;
    };
    base::Expected<Added> addRoom(const QString& name, const QString& topic = {}, const QString& environment = {});
    base::Expected<Added> addDirect(const base::UserId& opener, const base::UserId& other);

    static bool isUserName(const QString& name);
    QList<chat::Member> members() const;
    bool knows(const base::UserId& user) const { return m_members.contains(user); }
    QString nameOf(const base::UserId& user) const { return m_members.value(user).name; }
    bool isBot(const base::UserId& user) const { return m_members.value(user).bot; }
    /// True when something changed.
    bool setMember(const chat::Member& member);
    int people() const { return int(m_members.size()); }

private:
    QList<store::HubConversation> m_conversations;
    QHash<QString, qsizetype> m_byKey;
    QHash<base::UserId, chat::Member> m_members;
    int m_rooms = 0;
};

} // namespace ridealong::local
