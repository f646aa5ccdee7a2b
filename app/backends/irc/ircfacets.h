// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "irc/ircaccount.h"
#include "net/tokenbucket.h"

namespace ridealong::irc {

/// Rooms, reactions, read markers, history: intents that need a connection.
class IrcIntents final : public chat::RoomFacet, public chat::ReactionFacet, public chat::ReadFacet, public chat::HistoryFacet
{
public:
    explicit IrcIntents(IrcAccount& account) : m_account(account) {}
    base::Async<base::ConversationId> join(const QString& name) override; ///< "#ops", or "#ops key"
    base::Async<base::ConversationId> openDirect(const base::UserId& user) override;
    base::Async<base::Done> leave(const base::ConversationId&) override;
    base::Async<QList<chat::RoomInfo>> list(const QString& filter, int limit) override;
    base::Async<base::Done> setReactions(
        const base::ConversationId&, const base::MessageId&, const QStringList& before, const QStringList& mine) override;
    void markRead(const base::ConversationId&, const base::MessageId& thread, qint64 order) override;
    base::Async<chat::HistoryPage> before(const base::ConversationId&, qint64 beforeOrder, int limit) override;
    base::Async<chat::HistoryPage> from(const base::ConversationId&, qint64 timeMs, int limit) override;

private:
    IrcAccount& m_account;
};

class IrcPresence final : public chat::PresenceFacet
{
    Q_OBJECT
public:
    explicit IrcPresence(IrcAccount& account);
    void setTyping(const base::ConversationId&, bool active) override;

private:
    IrcAccount& m_account;
};

class IrcAway final : public chat::AwayFacet
{
    Q_OBJECT
public:
    explicit IrcAway(IrcAccount& account);
    void setAway(const QString& reason) override;
    QString reason() const override;

private:
    IrcAccount& m_account;
};

class IrcLink;

/// Frames in client tags (TAGMSG): never shown by anybody as text.
class IrcLinks final : public chat::LinkFacet
{
    Q_OBJECT
public:
    IrcLinks(IrcAccount& account, base::Clock& clock);
    ~IrcLinks() override;
    std::unique_ptr<chat::EphemeralLink> open(const base::ConversationId&, const base::UserId& peer) override;

private:
    friend class IrcLink;
    void take(const QString& key, const QString& nick, const QByteArray& frame);
    IrcAccount& m_account;
    base::Clock& m_clock;
    QList<IrcLink*> m_links;
};

class IrcLink final : public chat::EphemeralLink
{
    Q_OBJECT
public:
    static constexpr int kMaxFrameBytes = 2900; ///< in base64, with the other tags, within 4094 bytes
    static constexpr double kFramesPerSecond = 2;
    static constexpr double kBurst = 5;

    IrcLink(IrcLinks& links, base::Clock& clock, base::ConversationId conversation, base::UserId peer);
    ~IrcLink() override;
    int maxFrameBytes() const override { return kMaxFrameBytes; }
    double framesPerSecond() const override { return kFramesPerSecond; }
    void send(const QByteArray& frame) override;

private:
    friend class IrcLinks;
    IrcLinks* m_links; ///< null when the backend is gone
    net::TokenBucket m_budget;
    base::ConversationId m_conversation;
    base::UserId m_peer;
};

} // namespace ridealong::irc
