// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "chat/backend.h"
#include "chat/outboxitem.h"

namespace ridealong::store {
class ProfileStore;
}

namespace ridealong::outbox {

/// Everything that waits to be sent. Written to the store before the network sees it; one in flight per conversation, so
/// order holds; after a broken connection it looks (Backend::verify) before it sends again. Text goes by itself when the
/// connection is back; a command goes to Review and waits for its author.
class Outbox : public QObject
{
    Q_OBJECT
public:
    Outbox(store::ProfileStore& store, base::Clock& clock, base::Random& random, QObject* parent = nullptr);
    ~Outbox() override;

    /// Reads what an earlier run left: InFlight and Unknown text is looked up, interrupted commands go to Review.
    base::Async<base::Done> load();
    /// From now on `backend` sends for this account; null takes it away.
    void setBackend(const base::AccountId& account, chat::Backend* backend);

    /// Answers with the transaction when the item is safely stored. A command is Queued only when the account is connected
    /// and nothing of the conversation waits before it; else it is stored in Review.
    /// Errors: Invalid (empty, too long for the backend), Storage.
    base::Async<base::TransactionId> submit(chat::OutboxItem item);

    /// Sends again what is Failed, Review or waiting. Errors: NotFound.
    base::Status retry(const base::TransactionId& transaction);
    /// Gives up on it. Errors: NotFound, Denied while InFlight.
    base::Status discard(const base::TransactionId& transaction);

    /// In sending order per conversation, oldest first. Sent items are gone from it.
    QList<chat::OutboxItem> items() const;
    const chat::OutboxItem* find(const base::TransactionId& transaction) const;

signals:
    /// Added or changed; with state Sent it has left the list.
    void changed(const ridealong::chat::OutboxItem& item);
    void discarded(const ridealong::chat::OutboxItem& item);
    /// After Accepted, before changed(Sent).
    void accepted(const ridealong::chat::OutboxItem& item, const ridealong::chat::SendResult& result);

private:
    /// An item and how it stands.
    struct Entry
    {
        chat::OutboxItem item;
        /// It may have arrived: look before sending. Set by an unknown outcome and for everything an earlier run left,
        /// because that run may have died between the network and the store.
        bool look = false;
        bool busy = false; ///< a send or a look is on its way
        bool held = false; ///< the server said "later"; a timer will clear it
    };
    struct Data;

    bool isWaiting(const base::ConversationId& conversation) const;
    void pump();
    void onSent(const base::TransactionId& transaction, const chat::SendResult& result);
    void finish(const base::TransactionId& transaction, const chat::SendResult& result);
    void holdFor(const base::TransactionId& transaction, std::chrono::milliseconds delay);
    void holdCommands(const base::AccountId& account, const base::Error& error);
    void send(Entry& entry);
    void look(Entry& entry);
    void set(Entry& entry, chat::OutboxState state, std::optional<base::Error> why);
    void store(const Entry& entry);

    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::outbox
