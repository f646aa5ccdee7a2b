// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/messagewriter.h"

#include "xmpp/fallback.h"
#include "xmpp/namespaces.h"
#include "xmpp/styling.h"

#include <QStringList>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

constexpr qsizetype kMaxQuotedLines = 3;
constexpr qsizetype kMaxQuotedChars = 300;

/// As it will be read: nothing that XML cannot carry, and one kind of line end.
QString sayable(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    QString clean;
    clean.reserve(text.size());
    for (const char32_t c : text.toUcs4())
        if (isXmlCharacter(c) && c != QChar::ReplacementCharacter)
            clean += QString::fromUcs4(&c, 1);
    return clean;
}

Element stanza(const Destination& to, const base::TransactionId& transaction = {})
{
    Element message = Element(u"message", ns::kClient).with(u"to", to.to.toString()).with(u"type", to.isRoom ? u"groupchat"_s : u"chat"_s);
    if (transaction) {
        message.setAttribute(u"id", transaction.text());
        message.append(Element(u"origin-id", ns::kStanzaIds).with(u"id", transaction.text()));
    }
    return message;
}

Element hint(QStringView name) { return Element(name, ns::kHints); }
Element bodyWith(const QString& text) { return Element(u"body", ns::kClient).withText(text); }

Error unknownMessage() { return {ErrorKind::NotFound, u"it is not known what others call that message"_s, 0}; }

/// Lines of a quotation before the answer, for clients that do not know replies.
QString quotation(const Quoted& quoted)
{
    const QString text = stylingFromMarkdown(cutText(sayable(quoted.text), kMaxQuotedChars));
    QString lines;
    for (const QString& line : text.split(u'\n').first(std::min<qsizetype>(kMaxQuotedLines, text.count(u'\n') + 1)))
        lines += u"> "_s + line + u'\n';
    return lines;
}

/// Markdown beside a body that cannot say it all.
QString beside(const QString& styled, const QString& markdown) { return markdownFromStyling(styled) == markdown ? QString() : markdown; }

/// The addresses of files, told out of band; in the body they stand for clients that know none, after all else.
QString addFiles(Element& message, const QList<chat::Attachment>& files, const QString& before)
{
    QStringList addresses;
    for (const chat::Attachment& file : files) {
        addresses.append(file.id.text());
        message.append(Element(u"x", ns::kOutOfBand).with(Element(u"url", ns::kOutOfBand).withText(file.id.text())));
    }
    if (before.isEmpty() && addresses.size() < 2)
        return addresses.join(u'\n'); // XEP-0363: a file is shown when its address is all
    const QString all = (before.isEmpty() || before.endsWith(u'\n') || addresses.isEmpty() ? QString() : u"\n"_s) + addresses.join(u'\n');
    if (!all.isEmpty())
        message.append(fallbackMark(ns::kOutOfBand, codePoints(before), codePoints(before) + codePoints(all)));
    return before + all;
}

bool isTooLarge(const Element& message) { return message.toXml(ns::kClient).size() > kMaxBodyBytes; }
Error tooLarge() { return {ErrorKind::Invalid, u"a message of more than 200 KiB"_s, 0}; }

} // namespace

/// The name by which all others know it: in a room with an archive the archive's, else the sender's.
QString MessageWriter::referenceTo(const Destination& to, const QString& conversation, const base::MessageId& message) const
{
    if (to.isRoom && to.hasArchive)
        return stanzaIdOf(message).isEmpty() ? message.text() : QString();
    return originalName(conversation, message);
}

/// The name that its sender gave: corrections name that one everywhere.
QString MessageWriter::originalName(const QString& conversation, const base::MessageId& message) const
{
    if (const QString own = stanzaIdOf(message); !own.isEmpty())
        return own;
    const KnownMessage* known = m_known.byId(conversation, message);
    return known ? known->stanzaId : QString();
}

/// Ours has our transaction as its name, also where nothing else is known of it any more.
QString MessageWriter::originalName(const chat::Message& message) const
{
    const QString known = originalName(message.conversation.key(), message.id);
    return known.isEmpty() ? message.transaction.text() : known;
}

base::Expected<Element> MessageWriter::message(const Destination& to, const chat::Outgoing& outgoing, const std::optional<Quoted>& quoted) const
{
    const QString text = sayable(outgoing.text), conversation = outgoing.conversation.key();
    if (text.trimmed().isEmpty() && outgoing.attachments.isEmpty())
        return Error{ErrorKind::Invalid, u"an empty message"_s, 0};
    Element message = stanza(to, outgoing.transaction);
    Payload payload;
    payload.thread = referenceTo(to, conversation, outgoing.thread);
    if (!payload.thread.isEmpty())
        message.append(Element(u"thread", ns::kClient).withText(payload.thread));
    QString quote;
    if (const QString reference = referenceTo(to, conversation, outgoing.replyTo); !reference.isEmpty()) {
        Element reply = Element(u"reply", ns::kReply).with(u"id", reference);
        if (quoted) {
            reply.setAttribute(u"to", quoted->author);
            quote = quotation(*quoted);
            message.append(fallbackMark(ns::kReply, 0, codePoints(quote)));
        }
        message.append(std::move(reply));
    }
    const QString styled = stylingFromMarkdown(text);
    message.append(bodyWith(addFiles(message, outgoing.attachments, quote + styled)));
    payload.transaction = outgoing.transaction;
    payload.markdown = beside(styled, text);
    message.append(toElement(payload));
    if (!to.isRoom) {
        message.append(Element(u"request", ns::kReceipts));
        message.append(Element(u"markable", ns::kMarkers));
    }
    message.append(Element(u"active", ns::kChatStates));
    return isTooLarge(message) ? base::Expected<Element>(tooLarge()) : base::Expected<Element>(std::move(message));
}

base::Expected<Element> MessageWriter::edit(
    const Destination& to, const chat::Message& message, const base::TransactionId& transaction, const QString& text) const
{
    const QString original = originalName(message), said = sayable(text);
    if (original.isEmpty())
        return unknownMessage();
    if (said.trimmed().isEmpty())
        return Error{ErrorKind::Invalid, u"an empty message"_s, 0};
    const QString styled = stylingFromMarkdown(said);
    Payload payload;
    payload.markdown = beside(styled, said);
    const Element edited
        = stanza(to, transaction).with(Element(u"replace", ns::kCorrection).with(u"id", original)).with(bodyWith(styled)).with(toElement(payload));
    return isTooLarge(edited) ? base::Expected<Element>(tooLarge()) : base::Expected<Element>(edited);
}

base::Expected<Element> MessageWriter::remove(const Destination& to, const chat::Message& message, const base::TransactionId& transaction) const
{
    const QString archived = referenceTo(to, message.conversation.key(), message.id);
    const QString reference = archived.isEmpty() && !to.isRoom ? originalName(message) : archived;
    if (reference.isEmpty())
        return unknownMessage();
    return stanza(to, transaction)
        .with(Element(u"retract", ns::kRetraction).with(u"id", reference))
        .with(Element(u"fallback", ns::kFallback).with(u"for", ns::kRetraction.toString()))
        .with(bodyWith(u"/me retracted a previous message, but it's unsupported by your client."_s)) // as XEP-0424 §3 words it
        .with(hint(u"store"));
}

base::Expected<Element> MessageWriter::react(const Destination& to, const base::ConversationId& conversation, const base::MessageId& message,
    const base::TransactionId& transaction, const QStringList& emojis) const
{
    const QString reference = referenceTo(to, conversation.key(), message);
    if (reference.isEmpty())
        return unknownMessage();
    Element reactions = Element(u"reactions", ns::kReactions).with(u"id", reference);
    for (const QString& emoji : emojis.first(std::min(emojis.size(), kMaxReactionsOfOne)))
        reactions.append(Element(u"reaction", ns::kReactions).withText(emoji));
    return stanza(to, transaction).with(std::move(reactions)).with(hint(u"store")); // it has no body: else nobody keeps it
}

base::Expected<Element> MessageWriter::displayed(
    const Destination& to, const base::ConversationId& conversation, const base::MessageId& message) const
{
    const QString reference = referenceTo(to, conversation.key(), message);
    if (reference.isEmpty())
        return unknownMessage();
    return stanza(to).with(Element(u"displayed", ns::kMarkers).with(u"id", reference)).with(hint(u"store"));
}

Element MessageWriter::typing(const Destination& to, bool isActive)
{
    return stanza(to).with(Element(isActive ? u"composing" : u"paused", ns::kChatStates)).with(hint(u"no-store"));
}

Element MessageWriter::received(const Destination& to, const QString& receiptWanted)
{
    return stanza(to).with(Element(u"received", ns::kReceipts).with(u"id", receiptWanted)).with(hint(u"store"));
}

base::Expected<Element> MessageWriter::frame(const Jid& client, const QByteArray& bytes, const QString& room)
{
    if (bytes.isEmpty() || bytes.size() > kMaxFrameBytes)
        return Error{ErrorKind::Invalid, u"a frame of that size"_s, 0};
    Element frame = Element(u"frame", ns::kFrames).withText(QString::fromLatin1(bytes.toBase64()));
    if (!room.isEmpty())
        frame.setAttribute(u"room", room);
    Element message = stanza({client, false, false}).with(std::move(frame)).with(hint(u"no-store")).with(hint(u"no-copy"));
    message.setAttribute(u"type", u"headline"_s); // RFC 6121 §5.2.2: never kept for later; all clients get it that are there
    return message;
}

} // namespace ridealong::xmpp
