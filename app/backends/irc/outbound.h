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
/// message: servers read a connection in order, so its PONG says that the message was taken, unless an error came before it.
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

    Outbound(Session& session, Taken taken) : m_session(session), m_taken(std::move(taken)) {}

    base::Async<chat::SendResult> send(const chat::Outgoing& outgoing, const Target& target);
    /// Where the server echoes and keeps no tags: the transaction whose line this echo is; the oldest that is not claimed yet.
    base::TransactionId claim(const QString& key, const QString& text);

    /// Our "nick!user@host" as others get it: it takes room in every line.
    void setPrefixBytes(qsizetype bytes) { m_prefixBytes = bytes; }

private:
    struct Sending;
    std::vector<Line> linesOf(const chat::Outgoing& outgoing, const Target& target, QStringList& texts) const;
    void answered(const std::shared_ptr<Sending>& sending, const Response& response);

    Session& m_session;
    Taken m_taken;
    std::vector<std::shared_ptr<Sending>> m_sendings; ///< under way, oldest first
    qsizetype m_prefixBytes = 100; ///< until it is known: nick 30, user 10, host 63 at the longest usual
};

/// What refuses a message: the text of a FAIL or of an error numeric about `target`. Nothing when there is none.
std::optional<QString> refusalOf(const std::vector<Line>& lines, const Isupport& isupport, const QString& target);

} // namespace ridealong::irc
