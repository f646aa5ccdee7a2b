// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/roomadmin.h"
#include "xmpp/roomadministration.h"
#include "xmpp/roomfeatures.h"
#include "xmpp/rooms.h"

namespace ridealong::xmpp {

/// Keeping rooms in order, in the words of the contract. A member's rank is made of role and affiliation.
class XmppRoomAdmin final : public QObject, public chat::RoomAdminFacet
{
    Q_OBJECT
public:
    struct Places ///< what the account knows of its conversations
    {
        std::function<Jid(const base::ConversationId&)> roomOf; ///< nobody's for what is no room
        std::function<RoomFeatures(const Jid& room)> featuresOf; ///< as far as they are known
        std::function<QString(const Jid& room)> passwordOf;
    };

    XmppRoomAdmin(RoomAdministration& administration, const Rooms& rooms, const Jid& account, Places places);

    chat::RoomPowers powers(const base::ConversationId&) const override;
    chat::MemberPowers powersOver(const base::ConversationId&, const base::UserId& member) const override;
    QHash<base::UserId, chat::MemberRank> ranks(const base::ConversationId&) const override;
    base::Async<base::Done> kick(const base::ConversationId&, const base::UserId& member, const QString& reason) override;
    base::Async<base::Done> ban(const base::ConversationId&, const base::UserId& member, const QString& reason) override;
    base::Async<base::Done> unban(const base::ConversationId&, const QString& who) override;
    base::Async<QList<chat::Ban>> bans(const base::ConversationId&) override;
    base::Async<base::Done> setRank(const base::ConversationId&, const base::UserId& member, chat::MemberRank rank, const QString& reason) override;
    base::Async<base::Done> invite(
        const base::ConversationId&, const QString& whom, const QString& reason) override; ///< one without a domain is of ours
    base::Async<base::Done> setNick(const base::ConversationId&, const QString& nick) override;
    base::Async<base::Done> setTopic(const base::ConversationId&, const QString& topic) override;
    std::unique_ptr<chat::CommandDialog> configure(const base::ConversationId&) override;

private:
    const Room* roomOf(const base::ConversationId& id) const;
    base::UserId identityOf(const Room& room, const RoomMember& member) const;
    const RoomMember* memberOf(const Room& room, const base::UserId& user) const;
    base::Async<base::Done> affiliate(const Jid& room, const RoomMember& member, Affiliation affiliation, const QString& reason);

    RoomAdministration& m_administration;
    const Rooms& m_rooms;
    Jid m_account;
    Places m_places;
};

} // namespace ridealong::xmpp
