// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "outbox/outbox.h"
#include "outbox/uploads.h"
#include "store/profilestore.h"

#include <QPointer>

namespace ridealong::outbox {

/// An item and how it stands.
struct Outbox::Entry
{
    chat::OutboxItem item;
    int connection = 0; ///< the account's connection that the author saw when handing it in; see Data::connections
    /// It may have arrived: look before sending. Set by an unknown outcome and for what an earlier run left on its way,
    /// because that run may have died between the network and the store.
    bool look = false;
    bool busy = false; ///< a send or a look is on its way
    int hold = 0; ///< the server said "later": the number of the timer that ends it; 0 when none

    bool isCommand() const { return item.kind == chat::OutgoingKind::Command; }
    /// Nothing is sent until its author says so; what it may have to look up is looked up beside the others.
    bool waitsForAuthor() const
    {
        return item.state == chat::OutboxState::Review || item.state == chat::OutboxState::Failed
            || (isCommand() && item.state == chat::OutboxState::Unknown);
    }
};

struct Outbox::Data
{
    enum class Loading { No, Failed, Done };

    store::ProfileStore& store;
    base::Clock& clock;
    base::Random& random;
    Uploads uploads = Uploads();
    QList<Entry> entries; ///< by position
    QHash<base::AccountId, QPointer<chat::Backend>> backends;
    QHash<base::AccountId, int> connections; ///< grows with every connection that is lost
    qint64 lastPosition = 0;
    int lastHold = 0;
    Loading loading = Loading::No;
    QList<std::pair<chat::OutboxItem, base::Promise<base::TransactionId>>> early; ///< submitted before load() answered

    Entry* find(const base::TransactionId& transaction)
    {
        for (Entry& entry : entries)
            if (entry.item.transaction == transaction)
                return &entry;
        return nullptr;
    }
    chat::Backend* connected(const base::ConversationId& conversation) const
    {
        chat::Backend* backend = backends.value(conversation.account());
        return backend && backend->status().state == chat::ConnectionState::Connected ? backend : nullptr;
    }
    int connection(const chat::OutboxItem& item) const { return connections.value(item.conversation.account()); }
    /// A command may go only over the connection its author saw.
    bool mayGo(const Entry& entry) const { return !entry.isCommand() || entry.connection == connection(entry.item); }
};

} // namespace ridealong::outbox
