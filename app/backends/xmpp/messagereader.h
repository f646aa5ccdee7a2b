// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/backend.h"
#include "xmpp/knownmessages.h"
#include "xmpp/messagesource.h"
#include "xmpp/payload.h"

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxEmojiChars = 40;
inline constexpr qsizetype kMaxFrameBytes = 16 * 1024;

/// Somebody's client got or showed a message: of ours, when it is somebody else's; of anybody, when it is another client of ours.
struct Receipt
{
    enum class Kind { Received, Displayed };
    base::ConversationId conversation;
    base::MessageId message;
    base::UserId by;
    Kind kind = Kind::Received;
    bool isOwn = false;
};

/// Of the ephemeral link.
struct Frame
{
    base::ConversationId conversation;
    Jid from;
    QByteArray bytes;
};

/// A message of ours came back.
struct Rejection
{
    base::ConversationId conversation;
    base::TransactionId transaction;
    base::Error error;
};

/// What a stanza tells; monostate: nothing, or nothing that can be believed.
using Happening
    = std::variant<std::monostate, chat::MessageChanged, chat::MessageRemoved, chat::ReactionsChanged, chat::Typing, Receipt, Frame, Rejection>;

struct Reading
{
    Happening what;
    QString archiveId; ///< the place in its archive, from where catching up goes on
    base::TransactionId transaction; ///< of what we sent, be it a message, a correction or a reaction: this is its echo
    QString receiptWanted; ///< XEP-0184: the id to acknowledge
    QByteArray envelope; ///< of a run, see Payload
    base::ConversationId conversation; ///< with an envelope: where
    base::UserId sender; ///< and by whom; empty when it is we
    std::optional<Invitation> invitation; ///< that a MessageChanged tells of

    template <typename T> const T* get() const { return std::get_if<T>(&what); }
};

/// Makes of messages what happened. Message::order is left to who knows the others and says so by setPlace(); times are the server's. A new
/// version of a message has order and time of the first.
///
/// Anybody can write anything into a stanza. Who may say what: the room or our server, when something was said; the archive itself, what it
/// is called there; our own server, what our other clients did; a message's sender alone, that it was meant otherwise or not at all
/// (where a room has no occupant ids, a nick is somebody's only as long as nobody left with it); the room, that a moderator removed it.
class MessageReader
{
public:
    MessageReader(ReadingContext context, const base::Clock& clock) : m_context(std::move(context)), m_clock(clock) {}

    Reading read(const Element& stanza);
    Reading read(const Archived& archived);

    void setPlace(const chat::Message& message) { m_known.setPlace(message.conversation.key(), message.id, message.order, message.timeMs); }

    ReadingContext& context() { return m_context; }
    const ReadingContext& context() const { return m_context; }
    const KnownMessages& known() const { return m_known; }

private:
    Reading readFrom(const MessageSource& source);
    Happening readRejection(const MessageSource& source) const;
    Happening readRetraction(const MessageSource& source, const Element& message);
    Happening readReactions(const MessageSource& source, const Element& reactions);
    Happening readMessage(const MessageSource& source, const Payload& payload, const base::TransactionId& transaction);
    Happening readInvitation(const MessageSource& source);
    Happening readReceipt(const MessageSource& source) const;
    Happening readState(const MessageSource& source) const;
    Happening readFrame(const MessageSource& source) const;

    const KnownMessage* original(const MessageSource& source, const QString& stanzaId) const;
    base::MessageId referred(const MessageSource& source, const QString& reference) const;
    base::TransactionId transactionOf(const MessageSource& source, const Payload& payload) const;
    QString addText(chat::Message& message, const MessageSource& source, const Payload& payload, const QString& reply) const; ///< what was said

    ReadingContext m_context;
    const base::Clock& m_clock;
    KnownMessages m_known;
};

} // namespace ridealong::xmpp
