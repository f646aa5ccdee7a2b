// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/jid.h"
#include "xmpp/phase.h"

#include <deque>
#include <vector>

namespace ridealong::xmpp {

/// What of a stream outlives its connection: who has handled what (XEP-0198), and which of our stanzas are not known to have been. A value:
/// the next session takes it over, and goes on where this one stopped if the server lets it.
class StreamState
{
public:
    using Ticket = quint64; ///< of a stanza; goes up, over all connections
    struct Sent
    {
        Ticket ticket = 0;
        Element stanza;
    };
    static constexpr size_t kMaxUnacknowledged = 5'000; ///< then the server is not with us any more
    static constexpr int kMaxAttempts = 3; ///< to resume, none of them answered: it may be what breaks the connection

    /// A stream that has gone on for long: the server has handled so many of ours, and we so many of its own.
    static StreamState at(quint32 acknowledged, quint32 handled);

    const QString& id() const { return m_id; } ///< to resume by; empty: it cannot be
    bool mayResume() const { return !m_id.isEmpty() && m_attempts < kMaxAttempts; }
    const Jid& jid() const { return m_jid; } ///< the bound one
    quint32 handled() const { return m_handled; } ///< theirs, by us: our "h"
    Ticket lastTicket() const { return m_lastTicket; }
    Ticket acknowledged() const { return m_sent.empty() ? m_lastTicket : m_sent.front().ticket - 1; } ///< this, and all before it
    bool isFull() const { return m_sent.size() >= kMaxUnacknowledged; }
    const std::deque<Sent>& unacknowledged() const { return m_sent; }

    /// A new stream: both count from zero. What an earlier one left was taken before.
    void begin(const Jid& jid);
    void setId(const QString& id);
    void noteAttempt() { ++m_attempts; }
    void noteResumed() { m_attempts = 0; }
    void noteHandled() { ++m_handled; }
    Ticket add(const Element& stanza);
    /// The server has handled so many. Errors: Protocol when we have not sent as many.
    base::Status acknowledge(quint32 h);
    /// The server has read all up to that one; for one that does not count.
    void acknowledgeUpTo(Ticket ticket);
    /// To be sent again once resumed, in order. Requests are not among them: whoever asked was told that there is no answer.
    std::vector<Element> toSendAgain();
    /// Whatever may have arrived or not; nothing is left.
    std::vector<Sent> take();

private:
    QString m_id;
    int m_attempts = 0;
    Jid m_jid;
    quint32 m_handled = 0;
    quint32 m_acknowledged = 0; ///< ours, by them: their last "h". Both wrap, as XEP-0198 §5 has it.
    Ticket m_lastTicket = 0;
    std::deque<Sent> m_sent;
};

/// Is it one that counts?
bool isStanza(const Element& element);

} // namespace ridealong::xmpp
