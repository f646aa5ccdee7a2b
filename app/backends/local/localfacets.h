// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "local/localconnection.h"

namespace ridealong::local {

/// Asks the hub and turns the reply into a value by `decode(Fields&)`.
template <typename T, typename Decode> base::Async<T> ask(LocalConnection& connection, const QCborMap& request, Decode decode)
{
    base::Promise<T> promise;
    connection.request(request, [promise, decode](const base::Expected<QCborMap>& reply) {
        if (!reply) {
            promise.answer(reply.error());
            return;
        }
        Fields fields(*reply);
        T value = decode(fields);
        if (fields.ok())
            promise.answer(std::move(value));
        else
            promise.answer(fields.error());
    });
    return promise.async();
}

class LocalRooms final : public chat::RoomFacet
{
public:
    LocalRooms(LocalConnection& connection, base::AccountId account) : m_connection(connection), m_account(std::move(account)) {}
    base::Async<base::ConversationId> join(const QString& name) override;
    base::Async<base::ConversationId> openDirect(const base::UserId& user) override;
    base::Async<base::Done> leave(const base::ConversationId&) override; ///< Unsupported: everybody is in every room of a hub
    base::Async<QList<chat::RoomInfo>> list(const QString& filter, int limit) override; ///< none: the same
private:
    base::Async<base::ConversationId> ask(const QCborMap& request);
    LocalConnection& m_connection;
    base::AccountId m_account;
};

/// Edits, deletions, reactions, history, commands: questions that need nothing but the connection.
class LocalMessages final : public chat::EditFacet, public chat::ReactionFacet, public chat::HistoryFacet, public chat::CommandFacet
{
public:
    LocalMessages(LocalConnection& connection, base::AccountId account) : m_connection(connection), m_account(std::move(account)) {}
    base::Async<base::Done> edit(const chat::Message& message, const QString& text) override;
    base::Async<base::Done> remove(const chat::Message& message) override;
    base::Async<base::Done> setReactions(
        const base::ConversationId&, const base::MessageId&, const QStringList& before, const QStringList& mine) override;
    base::Async<chat::HistoryPage> before(const base::ConversationId&, qint64 beforeOrder, int limit) override;
    std::chrono::milliseconds pause() const override { return {}; }
    base::Async<QList<chat::CommandSpec>> commands(const base::ConversationId&) override;

private:
    LocalConnection& m_connection;
    base::AccountId m_account;
};

/// Markers that could not be sent wait for the connection; of each conversation only the furthest.
class LocalReads final : public chat::ReadFacet
{
public:
    explicit LocalReads(LocalConnection& connection) : m_connection(connection) {}
    void markRead(const base::ConversationId&, const base::MessageId& thread, qint64 order) override;
    void connected();

private:
    using Place = std::pair<QString, base::MessageId>;
    void send(const Place& place, qint64 order);
    LocalConnection& m_connection;
    QHash<Place, qint64> m_unsent;
};

class LocalPresence final : public chat::PresenceFacet
{
    Q_OBJECT
public:
    explicit LocalPresence(LocalConnection& connection) : m_connection(connection) {}
    void setTyping(const base::ConversationId&, bool active) override;

private:
    LocalConnection& m_connection;
};

class LocalRuns final : public chat::RunFeed
{
    Q_OBJECT
public:
    explicit LocalRuns(LocalConnection& connection) : m_connection(connection) {}
    base::Async<QByteArray> read(const base::RunId&, qint64 offset, qint64 maxBytes) override;
    base::Async<base::Done> cancel(const base::RunId&) override;
    base::Async<base::Done> decide(const base::RunId&, bool approve) override;

private:
    LocalConnection& m_connection;
};

class LocalLink;

class LocalLinks final : public chat::LinkFacet
{
    Q_OBJECT
public:
    explicit LocalLinks(LocalConnection& connection) : m_connection(connection) {}
    ~LocalLinks() override;
    std::unique_ptr<chat::EphemeralLink> open(const base::ConversationId&, const base::UserId& peer) override;

    void take(const base::ConversationId& conversation, const base::UserId& peer, const QByteArray& frame);
    void disconnected(const base::Error& why);

private:
    friend class LocalLink;
    LocalConnection& m_connection;
    QList<LocalLink*> m_links;
};

class LocalLink final : public chat::EphemeralLink
{
    Q_OBJECT
public:
    LocalLink(LocalLinks& links, base::ConversationId conversation, base::UserId peer);
    ~LocalLink() override;
    int maxFrameBytes() const override;
    double framesPerSecond() const override;
    void send(const QByteArray& frame) override;

private:
    friend class LocalLinks;
    LocalLinks* m_links; ///< null when the backend is gone
    base::ConversationId m_conversation;
    base::UserId m_peer;
};

} // namespace ridealong::local
