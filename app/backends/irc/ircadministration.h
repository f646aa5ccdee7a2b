// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/roomadmin.h"
#include "irc/ircaccount.h"

namespace ridealong::irc {

/// Keeping channels in order: KICK, MODE, TOPIC, INVITE, NICK. A rank is the highest of a member's prefixes: voice is a member, operators
/// of both kinds are moderators. Whether only operators set the topic or invite is a mode of the channel, and left to the server.
class IrcAdministration final : public QObject, public chat::RoomAdminFacet
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxBans = 1000; ///< of a list

    explicit IrcAdministration(IrcAccount& account) : m_account(account) {}

    chat::RoomPowers powers(const base::ConversationId&) const override;
    chat::MemberPowers powersOver(const base::ConversationId&, const base::UserId& member) const override;
    QHash<base::UserId, chat::MemberRank> ranks(const base::ConversationId&) const override;
    base::Async<base::Done> kick(const base::ConversationId&, const base::UserId& member, const QString& reason) override;
    /// By their host, where the server tells it; else by their nick.
    base::Async<base::Done> ban(const base::ConversationId&, const base::UserId& member, const QString& reason) override;
    base::Async<base::Done> unban(const base::ConversationId&, const QString& who) override; ///< a mask
    base::Async<QList<chat::Ban>> bans(const base::ConversationId&) override;
    base::Async<base::Done> setRank(const base::ConversationId&, const base::UserId& member, chat::MemberRank rank, const QString& reason) override;
    base::Async<base::Done> invite(const base::ConversationId&, const QString& whom, const QString& reason) override;
    base::Async<base::Done> setNick(const base::ConversationId&, const QString& nick) override;
    base::Async<base::Done> setTopic(const base::ConversationId&, const QString& topic) override;

private:
    struct Place ///< a channel that we are in
    {
        Connection* connection = nullptr;
        const Room* room = nullptr;
        const RoomMember* self = nullptr;
        explicit operator bool() const { return self != nullptr; }
        const RoomMember* member(const base::UserId& user) const;
        /// Our place in the order of prefixes, 0 the highest; without one: their number.
        qsizetype level(const RoomMember& of) const;
        qsizetype levelOf(QChar mode) const;
        chat::MemberRank rank(const RoomMember& of) const;
    };
    Place placeOf(const base::ConversationId& id) const;
    /// One line, and what the server says of it; `about` names what an answer is known by.
    base::Async<base::Done> ask(Connection& connection, const Line& line, const QStringList& about);
    void banMask(const base::ConversationId& id, const QString& mask, const base::UserId& user, const QString& reason,
        const base::Promise<base::Done>& promise);

    IrcAccount& m_account;
};

} // namespace ridealong::irc
