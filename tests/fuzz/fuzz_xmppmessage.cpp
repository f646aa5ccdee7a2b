// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The laws: any element can be read; a text is no longer than its cap; nobody but us says something as us, echoes our transaction or tells
// what we have read; nobody but a message's sender or the room takes it back.
#include "support/fakeclock.h"
#include "xmpp/messagereader.h"
#include "xmpp/namespaces.h"
#include "xmpp/styling.h"
#include "xmpp/xmlreader.h"

#include <cstdlib>
#include <iterator>

using namespace ridealong;
using namespace ridealong::xmpp;
using namespace Qt::StringLiterals;

namespace {

/// Pieces of what messages are made of; each byte chooses one.
Element insideOf(const uint8_t* data, size_t size)
{
    static const char* const kWords[] = {"<body>*a* _b_ ~c~ `d`</body>", "<body>", "</body>", "x", "&gt; y\n", "```\n", "https://a.test/b.png",
        "/me ", "<x xmlns='jabber:x:oob'><url>https://a.test/b.png</url></x>", "<reply xmlns='urn:xmpp:reply:0' id='m1'/>",
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='3'/></fallback>",
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='-1' end='99999999999'/></fallback>",
        "<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>", "<retract xmlns='urn:xmpp:message-retract:1' id='a1'/>",
        "<retract xmlns='urn:xmpp:message-retract:1' id='a1'><moderated xmlns='urn:xmpp:message-moderate:1'/></retract>",
        "<apply-to xmlns='urn:xmpp:fasten:0' id='a1'><moderated xmlns='urn:xmpp:message-moderate:0'/></apply-to>",
        "<reactions xmlns='urn:xmpp:reactions:0' id='a1'><reaction>x</reaction></reactions>", "<displayed xmlns='urn:xmpp:chat-markers:0' id='m1'/>",
        "<received xmlns='urn:xmpp:receipts' id='m1'/>", "<composing xmlns='http://jabber.org/protocol/chatstates'/>",
        "<delay xmlns='urn:xmpp:delay' from='chat.test' stamp='2020-01-01T00:00:00Z'/>", "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='eve'/>",
        "<origin-id xmlns='urn:xmpp:sid:0' id='m1'/>", "<stanza-id xmlns='urn:xmpp:sid:0' by='ops@muc.test' id='a1'/>",
        "<ride xmlns='urn:ridealong:0' txn='m1' thread='a1'><markdown>**a**</markdown><envelope>AAEC</envelope></ride>",
        "<frame xmlns='urn:ridealong:pair:0'>AAEC</frame>", "<x xmlns='http://jabber.org/protocol/muc#user'/>", "<error/>",
        "<received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='ana@chat.test' "
        "to='ana@chat.test'><body>x</body></message></forwarded></received>",
        "<sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='ana@chat.test' "
        "to='ops@muc.test'><body>x</body></message></forwarded></sent>",
        "<result xmlns='urn:xmpp:mam:2' id='1'/>"};
    QByteArray inside;
    for (size_t i = 0; i < size; ++i)
        inside += kWords[data[i] % std::size(kWords)];
    const auto message = parseElement("<message xmlns='jabber:client'>" + inside + "</message>");
    return message ? *message : Element();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static const char* const kFrom[]
        = {"ops@muc.test/eve", "ops@muc.test", "ops@muc.test/ana", "eve@evil.test/ana", "ana@chat.test.evil.test", "@", ""};
    static const char* const kTypes[] = {"groupchat", "chat", "normal", "headline", "error", ""};
    if (size < 3)
        return 0;
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data), qsizetype(size));
    if (markdownFromStyling(text).size() > 3 * text.size() + 100 * (text.count(u'\n') + 1))
        std::abort();

    Element message = insideOf(data + 2, std::min<size_t>(size - 2, 12));
    if (message.isNull()) // the words made none: the bytes are its text
        message = Element(u"message", ns::kClient).with(Element(u"body", ns::kClient).withText(text));
    const QString from = QString::fromLatin1(kFrom[data[0] % std::size(kFrom)]), type = QString::fromLatin1(kTypes[data[1] % std::size(kTypes)]);
    message.setAttribute(u"from", from);
    message.setAttribute(u"type", type);
    message.setAttribute(u"id", u"m1"_s);

    RoomContext room;
    room.nick = u"ana"_s;
    room.occupantId = u"own"_s;
    room.hasOccupantIds = room.hasArchive = room.hasStableIds = true;
    ReadingContext context;
    context.account = base::AccountId(u"work"_s);
    context.self = *Jid::parse(u"ana@chat.test/desk");
    context.hasArchive = true;
    context.room = [&room](const Jid& jid) { return jid.toString() == "ops@muc.test"_L1 ? &room : nullptr; };
    const tests::FakeClock clock;
    MessageReader reader(context, clock);
    // Bob has said something, which all of this may be aimed at.
    const auto bobs = parseElement(
        "<message xmlns='jabber:client' from='ops@muc.test/bob' type='groupchat' id='m1'><occupant-id "
        "xmlns='urn:xmpp:occupant-id:0' id='bob'/><stanza-id xmlns='urn:xmpp:sid:0' by='ops@muc.test' id='a0'/><body>x</body></message>");
    reader.read(*bobs);

    const auto isOurs = [](const base::UserId& user) { return user.text() == "ana@chat.test"_L1; };
    const auto obey = [&](const Reading& reading) {
        if (!reading.transaction.isEmpty())
            std::abort();
        if (const auto* changed = reading.get<chat::MessageChanged>()) {
            const chat::Message& m = changed->message;
            if (m.text.size() > kMaxTextChars || m.senderName.size() > kMaxNameChars || m.id.isEmpty() || m.conversation.isEmpty() || isOurs(m.sender)
                || m.transaction || m.attachments.size() > chat::kMaxAttachments || m.id.text() == "a0"_L1)
                std::abort();
        }
        if (const auto* reacted = reading.get<chat::ReactionsChanged>(); reacted && isOurs(reacted->user))
            std::abort();
        if (const auto* receipt = reading.get<Receipt>(); receipt && (receipt->isOwn || isOurs(receipt->by)))
            std::abort();
        if (reading.get<chat::MessageRemoved>() && (from != "ops@muc.test"_L1 || type != "groupchat"_L1))
            std::abort();
    };
    if (!from.isEmpty() && from != "@"_L1)
        obey(reader.read(message));
    else
        reader.read(message);
    reader.read(Archived{*Jid::parse(u"ops@muc.test"), u"a9"_s, 1, message});
    return 0;
}
