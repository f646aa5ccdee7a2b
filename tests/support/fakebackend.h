// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"

#include <deque>

namespace ridealong::tests {

/// A backend whose server is the test. Sends and lookups wait in lists until the test answers them, or are answered at
/// once while a reply is set. What arrived is kept as the server would keep it.
class FakeBackend final : public chat::Backend
{
    Q_OBJECT
public:
    explicit FakeBackend(QObject* parent = nullptr) : chat::Backend(parent) {}

    // ---- chat::Backend ----
    void start(const QByteArray& cursor) override;
    void stop() override;
    chat::ConnectionStatus status() const override { return m_status; }
    chat::Member self() const override { return me; }
    chat::Limits limits() const override { return {messageBytes}; }
    chat::Facets facets() override
    {
        chat::Facets facets;
        facets.history = history;
        facets.files = files;
        facets.commands = commands;
        facets.contacts = contacts;
        facets.avatars = avatars;
        return facets;
    }
    void setAttended(bool attended) override { isAttended = attended; }
    base::Async<chat::SendResult> send(const chat::Outgoing& outgoing) override;
    base::Async<chat::VerifyResult> verify(const base::ConversationId&, const base::TransactionId& transaction) override;

    // ---- the test's side ----
    void setConnected(bool connected);
    void push(const chat::SyncBatch& batch) { emit this->batch(batch); }

    struct Send
    {
        chat::Outgoing outgoing;
        base::Promise<chat::SendResult> promise;
    };
    struct Lookup
    {
        base::TransactionId transaction;
        base::Promise<chat::VerifyResult> promise;
    };
    /// Answers the oldest waiting send. `arrived` says whether the server has it now; by default when it was accepted.
    void answerSend(chat::SendOutcome outcome, std::optional<bool> arrived = {}, qint64 retryAfterMs = 0);
    /// Answers the oldest waiting lookup, by default with the truth.
    void answerLookup(std::optional<chat::VerifyOutcome> outcome = {});
    /// Forgets what waits unanswered, as a backend that is destroyed does.
    void dropUnanswered();
    bool has(const base::TransactionId& transaction) const;
    QStringList texts() const; ///< of `arrived`, in order

    chat::Member me{base::UserId(QStringLiteral("me")), QStringLiteral("Me"), false, chat::Presence::Online};
    chat::HistoryFacet* history = nullptr; ///< not owned
    chat::FileFacet* files = nullptr; ///< not owned
    chat::CommandFacet* commands = nullptr; ///< not owned
    chat::ContactFacet* contacts = nullptr; ///< not owned
    chat::AvatarFacet* avatars = nullptr; ///< not owned
    int messageBytes = 0;
    bool acceptsAtOnce = false;
    std::deque<Send> sends;
    std::deque<Lookup> lookups;
    QList<chat::Outgoing> arrived; ///< a transaction twice in here is a message doubled
    QList<QByteArray> starts; ///< the cursors
    int stops = 0;
    bool isAttended = true;

private:
    chat::ConnectionStatus m_status;
};

} // namespace ridealong::tests
