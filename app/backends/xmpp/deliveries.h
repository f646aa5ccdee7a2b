// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/ids.h"
#include "xmpp/streamstate.h"

#include <functional>
#include <map>
#include <variant>

namespace ridealong::xmpp {

/// What we have said and what became of it.
///
/// Rooms tell by coming back with it: only then has the room taken it. What goes to somebody is taken when our own server has read it
/// (XEP-0198); an error comes before that. Between the two a connection may break: what was not read is sent again when the stream is
/// resumed, and where it is not, the archive decides.
class Deliveries
{
public:
    using Ticket = StreamState::Ticket;
    struct Arrived
    {
        base::MessageId id; ///< as everybody knows it, where that is known yet
        qint64 order = 0; ///< 0: its place is not known yet
    };
    struct Unknown ///< it may arrive yet, or never
    {};
    using Fate = std::variant<Arrived, base::Error, Unknown>; ///< an error: it was refused
    using Handler = std::function<void(const Fate&)>;
    struct Delivery
    {
        base::ConversationId conversation;
        Ticket ticket = 0; ///< of the stream
        bool isRoom = false;
        Element stanza;
        Handler told; ///< once
    };

    void add(const base::TransactionId& transaction, Delivery delivery) { m_open.insert_or_assign(transaction.text(), std::move(delivery)); }
    const Delivery* find(const base::TransactionId& transaction) const;

    void arrived(const base::TransactionId& transaction, const Arrived& how);
    /// By the conversation that it went to; anybody else's word is nothing.
    void refused(const base::ConversationId& conversation, const base::TransactionId& transaction, const base::Error& why);
    /// What our server has read, up to that one, and needs no other answer; in order.
    std::vector<std::pair<base::TransactionId, Delivery>> read(Ticket upTo);
    /// Nothing came for so long.
    void giveUp(const base::TransactionId& transaction);
    /// The connection is gone: who waits is told that it is not known. Those of which is not known either whether they will be sent again
    /// stay, until the stream is resumed or lost.
    void connectionLost();
    /// The stream is lost. What stays open can be found in archives alone.
    void streamLost();

    /// All that may still arrive by this stream.
    QList<base::TransactionId> open() const;
    /// It may still arrive by this stream. `handler` is told as the sender was.
    void whenDecided(const base::TransactionId& transaction, Handler handler);

private:
    void decide(const QString& transaction, const Fate& fate);
    std::map<QString, Delivery> m_open;
};

} // namespace ridealong::xmpp
