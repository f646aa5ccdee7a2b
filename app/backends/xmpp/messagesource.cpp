// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/messagesource.h"

#include "xmpp/knownmessages.h"
#include "xmpp/namespaces.h"

#include <QDateTime>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

Jid jidIn(const Element& element, QStringView attribute) { return Jid::parse(element.attribute(attribute)).valueOr(Jid()); }

bool isOwnServer(const Jid& jid, const Jid& self)
{
    return jid == self.bare() || (jid.node().isEmpty() && jid.isBare() && jid.domain() == self.domain());
}

/// The message inside a carbon (XEP-0280), which only our own server writes, under our own bare address; else the stanza itself.
/// Nothing for one that is forged, or none at all.
std::optional<MessageSource> unwrapped(const Element& stanza, const Jid& self)
{
    if (!stanza.is(u"message", ns::kClient) || stanza.has(u"result", ns::kArchive))
        return std::nullopt; // a result is for who asked the archive
    MessageSource source;
    const Element* received = stanza.find(u"received", ns::kCarbons);
    const Element* carbon = received ? received : stanza.find(u"sent", ns::kCarbons);
    if (!carbon) {
        source.message = stanza;
        return source;
    }
    const Element* forwarded = carbon->find(u"forwarded", ns::kForward);
    const Element* inner = forwarded ? forwarded->find(u"message", ns::kClient) : nullptr;
    if (!inner || jidIn(stanza, u"from") != self.bare() || inner->has(u"result", ns::kArchive) || inner->attribute(u"type") == "groupchat"_L1
        || inner->attribute(u"type") == "error"_L1)
        return std::nullopt;
    if ((jidIn(*inner, received ? u"to" : u"from").bare()) != self.bare())
        return std::nullopt;
    source.message = *inner;
    source.isCarbon = true;
    return source;
}

/// The id that this archive gave; nobody else may speak for it (XEP-0359 §6).
QString stanzaIdBy(const Element& message, const Jid& archive)
{
    for (const Element* id : message.children(u"stanza-id", ns::kStanzaIds))
        if (jidIn(*id, u"by") == archive && id->attribute(u"id").size() <= kMaxIdChars)
            return id->attribute(u"id");
    return {};
}

/// When it was said, where the room or our own server says so.
std::optional<qint64> delayOf(const MessageSource& source, const Jid& self)
{
    for (const Element* delay : source.message.children(u"delay", ns::kDelay)) {
        const Jid from = jidIn(*delay, u"from");
        if (isOwnServer(from, self) || (source.room && from == source.from.bare()))
            if (const auto time = timeFromStamp(delay->attribute(u"stamp")))
                return time;
    }
    return std::nullopt;
}

void nameOccupant(MessageSource& source, const Jid& self)
{
    const Jid room = source.from.bare();
    const RoomContext& context = *source.room;
    const QString nick = source.from.resource();
    source.isRoomItself = nick.isEmpty();
    source.senderName = nick.isEmpty() ? room.toString() : nick;
    const Element* announced = context.hasOccupantIds ? source.message.find(u"occupant-id", ns::kOccupantId) : nullptr;
    const QString occupantId = announced ? announced->attribute(u"id") : QString();
    if (source.isRoomItself) {
        source.sender = base::UserId(room.toString());
        return;
    }
    if (context.hasOccupantIds)
        source.isOwn = !occupantId.isEmpty() && occupantId == context.occupantId;
    else
        source.isOwn = nick == context.nick && source.timeMs >= context.nickSinceMs;
    source.sender = source.isOwn ? base::UserId(self.bare().toString()) : occupantIdentity(room, occupantId, nick);
    if (source.isLive)
        source.stay = context.stayOf(nick);
}

/// A room of another server can say that anybody invites us: then it is the room's service that we hear it from.
bool addressInvitation(MessageSource& source, const ReadingContext& context, const Invitation& invitation)
{
    const QString own = context.self.domain(), rooms = invitation.room.domain();
    const bool isBelieved = invitation.direct || rooms == own || rooms.endsWith(u'.' + own);
    const Jid by = isBelieved ? invitation.by : Jid::of({}, rooms).valueOr(Jid());
    if (by.isEmpty() || by.bare() == context.self.bare() || context.room(invitation.room))
        return false;
    const bool isOfRoom = by.bare() == invitation.room; // where nobody shows addresses
    source.conversation = {context.account, isOfRoom ? by.toString() : by.bare().toString()};
    source.sender = base::UserId(source.conversation.key());
    source.senderName = isOfRoom ? by.resource() : by.bare().toString();
    source.invitation = invitation;
    return true;
}

/// Where it belongs. False: nowhere.
bool address(MessageSource& source, const ReadingContext& context)
{
    const Element& message = source.message;
    source.from = message.hasAttribute(u"from") ? jidIn(message, u"from") : context.self.bare(); // RFC 6120 §8.1.2.1
    const Jid to = jidIn(message, u"to");
    if (source.from.isEmpty())
        return false;
    if (message.attribute(u"type") == "groupchat"_L1) {
        source.room = context.room(source.from.bare());
        source.conversation = {context.account, source.from.bare().toString()};
        return source.room != nullptr;
    }
    if (const auto invitation = readInvitation(message))
        return addressInvitation(source, context, *invitation);
    source.isOwn = source.from.bare() == context.self.bare();
    const Jid peer = source.isOwn && !to.isEmpty() ? to : source.from;
    const bool isError = message.attribute(u"type") == "error"_L1;
    // A private message of somebody in a room is a conversation of its own. One that says so must be from a room that we are in.
    const bool isOfRoom = context.room(peer.bare()) != nullptr;
    if (!isError && (isOfRoom ? peer.isBare() : message.has(u"x", ns::kMucUser)))
        return false;
    source.conversation = {context.account, isOfRoom ? peer.toString() : peer.bare().toString()};
    source.sender = base::UserId(source.isOwn ? context.self.bare().toString() : source.conversation.key());
    source.senderName = isOfRoom && !source.isOwn ? peer.resource() : source.from.bare().toString();
    return true;
}

void finish(MessageSource& source, const ReadingContext& context)
{
    if (source.room)
        nameOccupant(source, context.self);
    source.senderName = source.senderName.left(kMaxNameChars);
    if (!source.senderName.isEmpty() && source.senderName.back().isHighSurrogate())
        source.senderName.chop(1);
}

} // namespace

std::optional<qint64> timeFromStamp(const QString& stamp)
{
    if (stamp.size() > 40)
        return std::nullopt;
    const QDateTime time = QDateTime::fromString(stamp, Qt::ISODateWithMs);
    const qint64 ms = time.isValid() ? time.toMSecsSinceEpoch() : 0;
    return ms > 0 ? std::optional(ms) : std::nullopt;
}

std::optional<MessageSource> sourceOf(const Element& stanza, const ReadingContext& context, qint64 nowMs)
{
    auto source = unwrapped(stanza, context.self);
    if (!source || !address(*source, context))
        return std::nullopt;
    const auto delay = delayOf(*source, context.self);
    source->isLive = !delay;
    source->timeMs = std::min(delay.value_or(nowMs), nowMs + kMaxClockLeadMs);
    finish(*source, context);
    const bool hasArchive = source->room ? source->room->hasArchive : context.hasArchive;
    if (hasArchive)
        source->archiveId = stanzaIdBy(source->message, source->room ? source->from.bare() : context.self.bare());
    return source;
}

std::optional<MessageSource> sourceOf(const Archived& archived, const ReadingContext& context, qint64 nowMs)
{
    MessageSource source;
    source.message = archived.stanza;
    if (!archived.stanza.is(u"message", ns::kClient) || !address(source, context))
        return std::nullopt;
    // A room's archive knows what was said there, ours what was said to us and by us: neither may tell of anything else.
    const bool isOurs = archived.archive == context.self.bare();
    const bool toUs = jidIn(source.message, u"to").bare() == context.self.bare();
    if (isOurs ? (source.room || !(source.isOwn || toUs)) : (!source.room || source.from.bare() != archived.archive))
        return std::nullopt;
    source.isLive = false;
    source.timeMs = std::min(archived.timeMs, nowMs + kMaxClockLeadMs);
    finish(source, context);
    if (isOurs ? context.hasArchive : source.room->hasArchive)
        source.archiveId = archived.id.size() <= kMaxIdChars ? archived.id : QString();
    return source;
}

} // namespace ridealong::xmpp
