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

/// Everything that waits to be sent. Written to the store before the network sees it, and once more that it is on its way;
/// one in flight per conversation, so order holds; after a broken connection it looks (Backend::verify) before it sends
/// again. Text goes by itself when the connection is back; a command goes only over the connection that its author saw
/// when handing it in, else to Review, where it waits for its author and holds up nobody.
class Outbox : public QObject
{
    Q_OBJECT
public:
    Outbox(store::ProfileStore& store, base::Clock& clock, base::Random& random, QObject* parent = nullptr);
    ~Outbox() override;

    /// Reads what an earlier run left: what was on its way is looked up, commands go to Review. What is submitted before the
    /// answer waits for it. Copies of files lie in `copies` now; empty: where they lay.
    /// Errors: Storage; then nothing can be submitted until a later load() succeeds.
    base::Async<base::Done> load(const QString& copies = {});
    /// From now on `backend` sends for this account; null takes it away.
    void setBackend(const base::AccountId& account, chat::Backend* backend);
    /// The account is gone for good: what waits is forgotten, even what is on its way.
    void removeAccount(const base::AccountId& account);

    /// Answers with the transaction when the item is safely stored. A command is Queued only when the account is connected
    /// and nothing of the conversation waits before it; else it is stored in Review.
    /// Errors: Invalid (empty, too long for the backend, files of a command), Storage.
    base::Async<base::TransactionId> submit(chat::OutboxItem item);

    /// Sends again what is Failed, Review or waiting. Errors: NotFound; Offline for a command that cannot go now: it stays
    /// in Review, because a connection that comes back sends no commands.
    base::Status retry(const base::TransactionId& transaction);
    /// Gives up on it, even while its files are on their way. Errors: NotFound, Denied while InFlight.
    base::Status discard(const base::TransactionId& transaction);

    /// In sending order per conversation, oldest first. Sent items are gone from it.
    QList<chat::OutboxItem> items() const;
    const chat::OutboxItem* find(const base::TransactionId& transaction) const;

signals:
    /// Added or changed; with state Sent it has left the list.
    void changed(const ridealong::chat::OutboxItem& item);
    void discarded(const ridealong::chat::OutboxItem& item);
    /// Files of a queued message on their way.
    void uploadProgressed(const ridealong::base::TransactionId& transaction, qint64 bytes, qint64 total);
    /// Before changed(Sent).
    void accepted(const ridealong::chat::OutboxItem& item, const ridealong::chat::SendResult& result);

private:
    struct Entry;
    struct Data;

    void restore(const QList<chat::OutboxItem>& items, const QString& copies);
    void keep(chat::OutboxItem item, const base::Promise<base::TransactionId>& promise);
    bool isWaiting(const base::ConversationId& conversation) const;
    void pump();
    void begin(Entry& entry);
    void upload(Entry& entry);
    void onUploaded(const base::TransactionId& transaction, const base::Expected<QList<chat::Attachment>>& files);
    void send(Entry& entry);
    void look(Entry& entry);
    void onSent(const base::TransactionId& transaction, const chat::SendResult& result);
    void onLooked(const base::TransactionId& transaction, const base::Expected<chat::VerifyResult>& result);
    void concludeLook(const base::TransactionId& transaction, const base::Expected<chat::VerifyResult>& result);
    void finish(const base::TransactionId& transaction, const chat::SendResult& result);
    void holdFor(Entry& entry, std::chrono::milliseconds delay);
    void connectionLost(const base::AccountId& account, const base::Error& error);
    void set(Entry& entry, chat::OutboxState state, std::optional<base::Error> why);
    base::Async<base::Done> store(const Entry& entry);
    void storeLater(const Entry& entry);

    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::outbox
