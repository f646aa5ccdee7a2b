// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "net/tokenbucket.h"
#include "xmpp/xmppaccount.h"

namespace ridealong::xmpp {

/// Rooms, changes of what was said, reactions, history: what the client does, as facets.
class XmppIntents final : public chat::RoomFacet,
                          public chat::EditFacet,
                          public chat::ReactionFacet,
                          public chat::HistoryFacet,
                          public chat::ReadFacet,
                          public chat::CommandFacet
{
public:
    explicit XmppIntents(Client& client) : m_client(client) {}
    base::Async<base::ConversationId> join(const QString& name) override; ///< "ops", "ops@rooms.example", with a password behind it
    base::Async<base::ConversationId> openDirect(const base::UserId& user) override { return m_client.openDirect(user); }
    base::Async<base::Done> leave(const base::ConversationId& id) override { return m_client.leave(id); }
    base::Async<QList<chat::RoomInfo>> list(const QString& filter, int limit) override { return m_client.list(filter, limit); }
    base::Async<base::Done> edit(const chat::Message& message, const QString& text) override { return m_client.edit(message, text); }
    base::Async<base::Done> remove(const chat::Message& message) override { return m_client.remove(message); }
    base::Async<base::Done> setReactions(
        const base::ConversationId& id, const base::MessageId& message, const QStringList& before, const QStringList& mine) override;
    base::Async<chat::HistoryPage> before(const base::ConversationId& id, qint64 beforeOrder, int limit) override
    {
        return m_client.before(id, beforeOrder, limit);
    }
    base::Async<chat::HistoryPage> from(const base::ConversationId& id, qint64 timeMs, int limit) override
    {
        return m_client.from(id, timeMs, limit);
    }
    std::chrono::milliseconds pause() const override { return {}; } // the limits of servers are on bytes, and of a question there are few
    void markRead(const base::ConversationId& id, const base::MessageId& thread, qint64 order) override
    {
        if (thread.isEmpty()) // the protocol knows no threads
            m_client.markRead(id, order);
    }
    base::Async<QList<chat::CommandSpec>> commands(const base::ConversationId& id) override { return m_client.commands(id); }
    std::unique_ptr<chat::CommandDialog> open(const chat::CommandSpec& spec) override { return m_client.openCommand(spec); }

private:
    Client& m_client;
};

class XmppPresence final : public chat::PresenceFacet
{
    Q_OBJECT
public:
    explicit XmppPresence(Client& client);
    void setTyping(const base::ConversationId& id, bool active) override { m_client.setTyping(id, active); }

private:
    Client& m_client;
};

class XmppAway final : public chat::AwayFacet
{
    Q_OBJECT
public:
    explicit XmppAway(Client& client);
    void setAway(const QString& reason) override { m_client.setAway(reason); }
    QString reason() const override { return m_client.awayReason(); }

private:
    Client& m_client;
};

class XmppLink;

/// Frames beside the chat, to one client of somebody's: nobody keeps or copies them.
class XmppLinks final : public chat::LinkFacet
{
    Q_OBJECT
public:
    XmppLinks(XmppAccount& account, base::Clock& clock);
    ~XmppLinks() override;
    std::unique_ptr<chat::EphemeralLink> open(const base::ConversationId&, const base::UserId& peer) override;

private:
    friend class XmppLink;
    void take(const Frame& frame);
    XmppAccount& m_account;
    base::Clock& m_clock;
    QList<XmppLink*> m_links;
};

class XmppLink final : public chat::EphemeralLink
{
    Q_OBJECT
public:
    /// A second and a half of the slowest server there is (ejabberd as it is packaged lets 3 kB/s through), in base64: so long may chat wait
    /// behind it.
    static constexpr int kMaxFrameBytes = 3 << 10;
    static constexpr double kFramesPerSecond = 2;
    static constexpr double kBurst = 5;

    XmppLink(XmppLinks& links, base::Clock& clock, base::ConversationId conversation, Jid peer);
    ~XmppLink() override;
    int maxFrameBytes() const override { return kMaxFrameBytes; }
    double framesPerSecond() const override { return kFramesPerSecond; }
    void send(const QByteArray& frame) override;

private:
    friend class XmppLinks;
    bool isFrom(const Frame& frame) const;
    XmppLinks* m_links; ///< null when the backend is gone
    net::TokenBucket m_budget;
    base::ConversationId m_conversation;
    Jid m_peer; ///< bare, or somebody in a room by the nick
    Jid m_client; ///< of the peer's, which spoke last
};

} // namespace ridealong::xmpp
