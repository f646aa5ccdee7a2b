// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/messagereader.h"

#include "chat/systemevent.h"
#include "xmpp/conditions.h"
#include "xmpp/fallback.h"
#include "xmpp/namespaces.h"
#include "xmpp/styling.h"

#include <QCryptographicHash>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxTransactionChars = 64;
constexpr qsizetype kTransactionChars = 22; ///< of those that we make

QString shortId(const Element& element)
{
    const QString id = element.attribute(u"id");
    return id.size() <= kMaxIdChars ? id : QString();
}

/// The sender's own name for the message: an id that changed on the way is none (XEP-0045 before stable ids).
QString stanzaIdIn(const MessageSource& source)
{
    if (!source.room || source.room->hasStableIds)
        if (const QString id = shortId(source.message); !id.isEmpty())
            return id;
    const Element* origin = source.message.find(u"origin-id", ns::kStanzaIds);
    return origin ? shortId(*origin) : QString();
}

/// For a message that has no name at all: the same one again gets the same.
QString madeUpId(const MessageSource& source)
{
    const QByteArray said = QByteArray::number(source.timeMs) + ' ' + source.message.toXml();
    return u"#"_s + QString::fromLatin1(QCryptographicHash::hash(said, QCryptographicHash::Sha256).toBase64(QByteArray::Base64UrlEncoding).left(22));
}

/// The archive's name for it. Our own server does not tell us what it calls that which we send, so what is ours outside of rooms goes by the
/// name that we gave, wherever it comes from.
base::MessageId idOf(const MessageSource& source, const QString& stanzaId)
{
    const bool isArchives = !source.archiveId.isEmpty() && (source.room || !source.isOwn || stanzaId.isEmpty());
    return isArchives ? base::MessageId(source.archiveId) : unarchivedId(source.sender, stanzaId.isEmpty() ? madeUpId(source) : stanzaId);
}

/// What takes a message back, in today's spelling or as it is inside <apply-to/> of older ones.
struct Taking
{
    QString reference;
    bool isModeration = false;
};
std::optional<Taking> takingIn(const Element& message)
{
    if (const Element* retract = message.find(u"retract", ns::kRetraction))
        return Taking{shortId(*retract), retract->has(u"moderated", ns::kModeration)};
    const Element* apply = message.find(u"apply-to", ns::kFasten);
    if (!apply)
        return std::nullopt;
    if (apply->has(u"moderated", ns::kOldModeration))
        return Taking{shortId(*apply), true};
    return apply->has(u"retract", ns::kOldRetraction) ? std::optional(Taking{shortId(*apply), false}) : std::nullopt;
}

/// Is who speaks now who said that? A nick alone can be another's tomorrow: it counts while its owner has not left the room.
bool isSurelyTheSame(const MessageSource& source, const KnownMessage& known)
{
    return source.isOwn || !source.room || source.room->hasOccupantIds || (known.stay != 0 && known.stay == source.stay);
}

} // namespace

Reading MessageReader::read(const Element& stanza)
{
    const auto source = sourceOf(stanza, m_context, m_clock.nowMs());
    return source ? readFrom(*source) : Reading();
}

Reading MessageReader::read(const Archived& archived)
{
    const auto source = sourceOf(archived, m_context, m_clock.nowMs());
    return source ? readFrom(*source) : Reading();
}

Reading MessageReader::readFrom(const MessageSource& source)
{
    Reading reading;
    reading.archiveId = source.archiveId;
    const Element& message = source.message;
    if (message.attribute(u"type") == "error"_L1) {
        reading.what = readRejection(source);
        return reading;
    }
    if (source.invitation) {
        reading.invitation = source.invitation;
        reading.what = readInvitation(source);
        return reading;
    }
    const Payload payload = payloadOf(message);
    reading.transaction = transactionOf(source, payload);
    if (!payload.envelope.isEmpty()) {
        reading.envelope = payload.envelope;
        reading.conversation = source.conversation;
        reading.sender = source.isOwn || source.isRoomItself ? base::UserId() : source.sender;
    }
    if (message.has(u"request", ns::kReceipts) && !source.isOwn && !source.room && source.isLive)
        reading.receiptWanted = shortId(message);
    if (message.has(u"frame", ns::kFrames))
        reading.what = readFrame(source);
    else if (takingIn(message))
        reading.what = readRetraction(source, message);
    else if (const Element* reactions = message.find(u"reactions", ns::kReactions))
        reading.what = readReactions(source, *reactions);
    else
        reading.what = readMessage(source, payload, reading.transaction);
    if (std::holds_alternative<std::monostate>(reading.what) && !message.has(u"body", ns::kClient))
        reading.what = readReceipt(source);
    if (std::holds_alternative<std::monostate>(reading.what) && !message.has(u"body", ns::kClient))
        reading.what = readState(source);
    return reading;
}

// ---- who is meant ----

/// Our own word, and only in our own message: others know it, once they have seen it.
base::TransactionId MessageReader::transactionOf(const MessageSource& source, const Payload& payload) const
{
    if (!source.isOwn)
        return {};
    const Element* origin = source.message.find(u"origin-id", ns::kStanzaIds);
    QString id = origin ? shortId(*origin) : payload.transaction.text();
    if (id.isEmpty())
        id = stanzaIdIn(source);
    return base::TransactionId(id.size() <= kMaxTransactionChars ? id : QString());
}

/// The message that only its sender may change, by the sender's own name for it.
const KnownMessage* MessageReader::original(const MessageSource& source, const QString& stanzaId) const
{
    const KnownMessage* known = stanzaId.isEmpty() ? nullptr : m_known.sent(source.conversation.key(), source.sender, stanzaId);
    return known && isSurelyTheSame(source, *known) ? known : nullptr;
}

/// The message that reactions and replies name. A room's archive has named its messages once and for all, so that one which is not
/// remembered may still be stored.
base::MessageId MessageReader::referred(const MessageSource& source, const QString& reference) const
{
    if (reference.isEmpty())
        return {};
    if (const KnownMessage* known = m_known.referred(source.conversation.key(), reference))
        return known->id;
    return source.room && source.room->hasArchive ? base::MessageId(reference) : base::MessageId();
}

// ---- what happened ----

/// Only where we sent it to can it come back from: in a room everybody sees our ids, and could say so in private.
Happening MessageReader::readRejection(const MessageSource& source) const
{
    const QString id = shortId(source.message);
    if (id.isEmpty() || id.size() > kMaxTransactionChars || source.isOwn || source.isCarbon || !source.isLive)
        return {};
    return Rejection{source.conversation, base::TransactionId(id), stanzaError(source.message)};
}

Happening MessageReader::readRetraction(const MessageSource& source, const Element& message)
{
    const auto taking = takingIn(message);
    if (!taking || taking->reference.isEmpty())
        return {};
    const QString conversation = source.conversation.key();
    if (taking->isModeration) {
        const base::MessageId id = source.isRoomItself ? referred(source, taking->reference) : base::MessageId();
        m_known.setChanged(conversation, id);
        return id.isEmpty() ? Happening() : chat::MessageRemoved{source.conversation, id};
    }
    const KnownMessage* known = source.room ? m_known.referred(conversation, taking->reference) : original(source, taking->reference);
    if (!known || known->sender != source.sender || !isSurelyTheSame(source, *known))
        return {};
    m_known.setChanged(conversation, known->id);
    return chat::MessageRemoved{source.conversation, known->id};
}

Happening MessageReader::readReactions(const MessageSource& source, const Element& reactions)
{
    const QString reference = shortId(reactions);
    base::MessageId message = referred(source, reference);
    if (message.isEmpty() && !source.room && reference.size() == kTransactionChars) // of long ago, and such names are ours
        message = unarchivedId(base::UserId(m_context.self.bare().toString()), reference);
    if (message.isEmpty() || source.isRoomItself)
        return {};
    QStringList emojis;
    for (const Element* reaction : reactions.children(u"reaction", ns::kReactions)) {
        const QString emoji = reaction->text().trimmed();
        if (!emoji.isEmpty() && emoji.size() <= kMaxEmojiChars && emojis.size() < kMaxReactionsOfOne && !emojis.contains(emoji))
            emojis.append(emoji);
    }
    const auto changed = m_known.react(source.conversation, message, source.sender, emojis, source.timeMs);
    return changed ? Happening(*changed) : Happening();
}

QString MessageReader::addText(chat::Message& message, const MessageSource& source, const Payload& payload, const QString& reply) const
{
    const Element& stanza = source.message;
    QString body = bodyOf(stanza);
    message.attachments = attachmentsOf(stanza, body);
    if (message.attachments.size() == 1 && body.trimmed() == message.attachments.first().id.text())
        body.clear();
    QList<QStringView> understood;
    if (!message.attachments.isEmpty())
        understood.append(ns::kOutOfBand);
    if (!reply.isEmpty() && message.replyTo) // who quotes a message that is not known here is read with the quotation
        understood.append(ns::kReply);
    body = withoutFallback(stanza, body, understood);
    if (body.startsWith("/me "_L1)) { // XEP-0245
        message.action = true;
        body.remove(0, 4);
    }
    const bool isPlain = stanza.has(u"unstyled", ns::kStyling);
    const bool isOurs = !payload.markdown.isEmpty() && stylingFromMarkdown(payload.markdown) == body;
    message.text = cutText(isOurs ? payload.markdown : isPlain ? markdownFromPlain(body) : markdownFromStyling(body), kMaxTextChars);
    return isOurs || message.text == body ? QString() : cutText(body, kMaxTextChars);
}

Happening MessageReader::readMessage(const MessageSource& source, const Payload& payload, const base::TransactionId& transaction)
{
    const Element& stanza = source.message;
    const bool isGone = !source.isLive && stanza.has(u"retracted", ns::kRetraction); // what an archive keeps of it
    if (!isGone && !stanza.has(u"body", ns::kClient) && !stanza.has(u"x", ns::kOutOfBand))
        return {};
    chat::Message message;
    message.conversation = source.conversation;
    message.sender = source.sender;
    message.senderName = source.senderName;
    message.timeMs = source.timeMs;
    message.run = payload.run;
    message.deleted = isGone;
    message.notice = stanza.attribute(u"type") == "headline"_L1 || source.isRoomItself;
    const Element* replyElement = stanza.find(u"reply", ns::kReply);
    const QString reply = replyElement ? shortId(*replyElement) : QString();
    message.replyTo = referred(source, reply);
    message.thread = referred(source, payload.thread);
    const QString plain = isGone ? QString() : addText(message, source, payload, reply);
    if (!isGone && message.text.trimmed().isEmpty() && message.attachments.isEmpty())
        return {};

    const QString conversation = source.conversation.key(), stanzaId = stanzaIdIn(source);
    const Element* correction = stanza.find(u"replace", ns::kCorrection);
    message.edited = correction != nullptr;
    const KnownMessage* corrected = correction ? original(source, shortId(*correction)) : nullptr;
    if (corrected) {
        message.id = corrected->id;
        message.thread = corrected->thread;
        message.replyTo = corrected->replyTo;
        if (corrected->order > 0) {
            message.order = corrected->order;
            message.timeMs = corrected->timeMs;
        }
        message.reactions = m_known.reactions(conversation, message.id);
        m_known.setChanged(conversation, message.id);
        return chat::MessageChanged{message, plain};
    }
    message.transaction = transaction;
    message.id = idOf(source, stanzaId);
    if (const KnownMessage* known = m_known.byId(conversation, message.id)) {
        if (known->isChanged && !source.isLive && !isGone)
            return {};
        if (known->order > 0) { // the same again
            message.order = known->order;
            message.timeMs = known->timeMs;
        }
    }
    message.reactions = m_known.reactions(conversation, message.id);
    const bool isCalledByArchive = source.room && source.room->hasArchive;
    m_known.remember(conversation,
        {message.id, message.sender, stanzaId, message.thread, message.replyTo, source.stay, message.order, message.order > 0 ? message.timeMs : 0,
            stanza.has(u"markable", ns::kMarkers)},
        isCalledByArchive ? source.archiveId : stanzaId);
    return chat::MessageChanged{message, plain};
}

/// Told by nobody in the words of a message, and at home with whoever invites.
Happening MessageReader::readInvitation(const MessageSource& source)
{
    const Invitation& invitation = *source.invitation;
    chat::Message message;
    message.conversation = source.conversation;
    message.sender = source.sender;
    message.senderName = source.senderName;
    message.timeMs = source.timeMs;
    message.system = true;
    const bool isHearsay = !source.sender.text().contains(u'@') && !invitation.by.isEmpty();
    const QString detail = isHearsay ? u"%1 %2"_s.arg(invitation.by.toString(), invitation.reason).trimmed() : invitation.reason;
    message.text = chat::toText({chat::SystemEvent::Kind::Invited, invitation.room.toString(), detail});
    message.id = idOf(source, stanzaIdIn(source));
    const QString conversation = source.conversation.key();
    if (const KnownMessage* known = m_known.byId(conversation, message.id); known && known->order > 0) { // the same again
        message.order = known->order;
        message.timeMs = known->timeMs;
    }
    m_known.remember(conversation, {message.id, message.sender, {}, {}, {}, 0, message.order, message.order > 0 ? message.timeMs : 0}, {});
    return chat::MessageChanged{message};
}

Happening MessageReader::readReceipt(const MessageSource& source) const
{
    const Element& stanza = source.message;
    const Element* displayed = stanza.find(u"displayed", ns::kMarkers);
    const Element* received = stanza.find(u"received", ns::kMarkers);
    if (!received && !source.room)
        received = stanza.find(u"received", ns::kReceipts);
    const Element* told = displayed ? displayed : received;
    if (!told || source.isRoomItself)
        return {};
    const KnownMessage* known = m_known.referred(source.conversation.key(), shortId(*told));
    const bool isOfOurs = known && known->sender.text() == m_context.self.bare().toString();
    if (!known || (!source.isOwn && !isOfOurs))
        return {}; // nobody but ourselves can tell that we have read what others wrote
    return Receipt{source.conversation, known->id, source.sender, displayed ? Receipt::Kind::Displayed : Receipt::Kind::Received, source.isOwn};
}

Happening MessageReader::readState(const MessageSource& source) const
{
    if (source.isOwn || source.isRoomItself || !source.isLive)
        return {};
    for (const QStringView state : {u"composing", u"paused", u"active", u"inactive", u"gone"})
        if (source.message.has(state, ns::kChatStates))
            return chat::Typing{source.conversation, source.sender, source.senderName, state == u"composing"};
    return {};
}

Happening MessageReader::readFrame(const MessageSource& source) const
{
    const QByteArray text = source.message.textOf(u"frame", ns::kFrames).toLatin1();
    if (source.isOwn || source.room || source.isCarbon || !source.isLive || text.size() > (kMaxFrameBytes + 2) / 3 * 4)
        return {};
    const auto bytes = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes || bytes.decoded.isEmpty() || bytes.decoded.size() > kMaxFrameBytes)
        return {};
    const auto room = Jid::parse(source.message.find(u"frame", ns::kFrames)->attribute(u"room"));
    const bool isOfRoom = room && m_context.room(*room); // else it is between the two
    return Frame{isOfRoom ? base::ConversationId(m_context.account, room->toString()) : source.conversation, source.from, bytes.decoded};
}

} // namespace ridealong::xmpp
