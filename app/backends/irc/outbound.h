// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "irc/inbound.h"
#include "irc/session.h"

namespace ridealong::irc {

inline constexpr int kMaxMessageBytes = 8192; ///< of one text; some twenty lines of IRC
inline constexpr int kMaxMessageLines = 50; ///< a longer listing belongs into a file
static_assert(kMaxMessageLines <= kMaxParts);

/// Sends messages and finds out what became of them.
///
/// IRC has no receipts. Where the server echoes and labels, the labelled echo is one. Elsewhere a PING goes right behind the
/// message: servers read a connection in order, so its PONG says that the message was taken, unless an error came before it. But
/// where the server echoes without labels it may be a bouncer, whose own PONG says nothing of the server behind it (soju sends a
/// message every two seconds to a server that it does not trust with more): there the echo is the receipt.
class Outbound
{
public:
    struct Target
    {
        QString key; ///< of the conversation
        QString name;
    };
    /// The message that a taken transaction became: the one whose echo came, else a new one that is ours to make.
    using Taken = std::function<chat::Message(const chat::Outgoing&, const Target&)>;

    /// A bouncer's queue can be long; after that it is looked up what became of it.
    static constexpr std::chrono::seconds kEchoPatience{60};

    Outbound(Session& session, base::Clock& clock, Taken taken) : m_session(session), m_clock(clock), m_taken(std::move(taken)) {}

    base::Async<chat::SendResult> send(const chat::Outgoing& outgoing, const Target& target);
    /// An echo of ours. Answers with its transaction, also where the server keeps no tags: then it is the oldest with that text.
    base::TransactionId echoed(const QString& key, const Line& line);
    /// The echo of a whole multi-line message.
    void echoedWhole(const base::TransactionId& transaction);
    /// An error that came too late to be an answer: of what waits for its echo, the oldest for that target is refused.
    void refusedLate(const Line& line);
    /// The connection is gone, and with it the echoes that did not come.
    void connectionLost();
    bool waitsForEchoes() const;

    /// Our "nick!user@host" as others get it: it takes room in every line.
    void setPrefixBytes(qsizetype bytes) { m_prefixBytes = bytes; }

private:
    struct Sending;
    std::vector<Line> linesOf(const chat::Outgoing& outgoing, const Target& target, QStringList& texts) const;
    void answered(const std::shared_ptr<Sending>& sending, const Response& response);
    void noteEcho(const std::shared_ptr<Sending>& sending, qsizetype lines);
    void conclude(const std::shared_ptr<Sending>& sending);

    Session& m_session;
    base::Clock& m_clock;
    Taken m_taken;
    std::vector<std::shared_ptr<Sending>> m_sendings; ///< under way, oldest first
    qsizetype m_prefixBytes = 100; ///< until it is known: nick 30, user 10, host 63 at the longest usual
};

/// What refuses a message: the text of a FAIL or of an error numeric about `target`. Nothing when there is none.
std::optional<QString> refusalOf(const std::vector<Line>& lines, const Isupport& isupport, const QString& target);

} // namespace ridealong::irc
