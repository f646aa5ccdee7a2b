// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "xmpp/knownmessages.h"
#include "xmpp/messagereader.h"

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxBodyBytes = 200 * 1024; ///< of UTF-8 as it is written; the rest of a stanza needs room, too

/// Where a message goes.
struct Destination
{
    Jid to; ///< a room or somebody, bare; somebody in a room with the nick
    bool isRoom = false;
    bool hasArchive = false; ///< of the room: its names count there; else the sender's
};

/// What somebody else wrote before, for a quotation that all clients show.
struct Quoted
{
    QString author; ///< the address, with the nick in a room
    QString text; ///< Markdown
};

/// Makes stanzas of what is to be said. Each has our transaction as id and as origin id: by it we know the echo, the copy in an archive, and
/// the error. XML cannot carry control characters, so they are left out.
class MessageWriter
{
public:
    explicit MessageWriter(const KnownMessages& known) : m_known(known) {}

    /// Errors: Invalid (nothing in it, or too large).
    base::Expected<Element> message(const Destination& to, const chat::Outgoing& outgoing, const std::optional<Quoted>& quoted = std::nullopt) const;

    // Of messages: errors: NotFound, when nobody would know which message is meant.
    base::Expected<Element> edit(
        const Destination& to, const chat::Message& message, const base::TransactionId& transaction, const QString& text) const;
    base::Expected<Element> remove(const Destination& to, const chat::Message& message, const base::TransactionId& transaction) const;
    /// The whole set, at most kMaxReactionsOfOne.
    base::Expected<Element> react(const Destination& to, const base::ConversationId& conversation, const base::MessageId& message,
        const base::TransactionId& transaction, const QStringList& emojis) const;
    base::Expected<Element> displayed(const Destination& to, const base::ConversationId& conversation, const base::MessageId& message) const;

    static Element typing(const Destination& to, bool isActive);
    static Element received(const Destination& to, const QString& receiptWanted); ///< see Reading::receiptWanted
    /// To one client of somebody's: neither stored nor copied. `room`: what it is about; empty: the direct conversation. Errors: Invalid (nothing
    /// in it, or too large).
    static base::Expected<Element> frame(const Jid& client, const QByteArray& bytes, const QString& room = {});

private:
    QString referenceTo(const Destination& to, const QString& conversation, const base::MessageId& message) const;
    QString originalName(const QString& conversation, const base::MessageId& message) const;
    QString originalName(const chat::Message& message) const;

    const KnownMessages& m_known;
};

} // namespace ridealong::xmpp
