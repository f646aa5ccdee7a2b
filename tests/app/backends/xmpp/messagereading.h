// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeclock.h"
#include "support/scriptedstream.h"
#include "xmpp/messagereader.h"

namespace ridealong::tests {

/// Ana at her desk, in the room ops; what comes to her as servers send it.
struct MessageReading
{
    explicit MessageReading(xmpp::RoomContext roomContext = prosodyRoom()) : ops(std::move(roomContext))
    {
        reader.context().room = [this](const xmpp::Jid& jid) { return jid.toString() == u"ops@conference.chat.test" ? &ops : nullptr; };
    }

    static xmpp::RoomContext prosodyRoom()
    {
        xmpp::RoomContext room;
        room.nick = QStringLiteral("ana");
        room.occupantId = QStringLiteral("own-occupant");
        room.hasOccupantIds = room.hasStableIds = room.hasArchive = true;
        return room;
    }
    /// Of ejabberd 23.01, without occupant ids.
    static xmpp::RoomContext ejabberdRoom()
    {
        xmpp::RoomContext room = prosodyRoom();
        room.hasOccupantIds = false;
        room.occupantId.clear();
        return room;
    }

    xmpp::Reading read(const QByteArray& xml) { return reader.read(ScriptedStream::read(xml)); }
    /// Nothing is told.
    bool isSilent(const QByteArray& xml) { return read(xml).what.index() == 0; }
    chat::Message message(const QByteArray& xml)
    {
        const xmpp::Reading reading = read(xml);
        const auto* changed = reading.get<chat::MessageChanged>();
        return changed ? changed->message : chat::Message();
    }
    xmpp::Reading archived(const char* archive, const char* id, const QByteArray& xml, qint64 timeMs = 1'000)
    {
        return reader.read(
            xmpp::Archived{*xmpp::Jid::parse(QString::fromLatin1(archive)), QString::fromLatin1(id), timeMs, ScriptedStream::read(xml)});
    }

    /// As Prosody sends it to all in the room.
    static QByteArray inRoom(const QByteArray& nick, const QByteArray& id, const QByteArray& inside, const QByteArray& occupant = {})
    {
        return "<message from='ops@conference.chat.test/" + nick + "' to='ana@chat.test/desk' type='groupchat' id='" + id
            + "'><occupant-id xmlns='urn:xmpp:occupant-id:0' id='" + (occupant.isEmpty() ? nick + "-occupant" : occupant)
            + "'/><stanza-id xmlns='urn:xmpp:sid:0' by='ops@conference.chat.test' id='archive-" + id + "'/>" + inside + "</message>";
    }
    static QByteArray fromBob(const QByteArray& id, const QByteArray& inside)
    {
        return "<message from='bob@chat.test/phone' to='ana@chat.test' type='chat' id='" + id
            + "'><stanza-id xmlns='urn:xmpp:sid:0' by='ana@chat.test' id='archive-" + id + "'/>" + inside + "</message>";
    }
    static QByteArray carbon(const QByteArray& direction, const QByteArray& message, const QByteArray& from = "ana@chat.test")
    {
        return "<message from='" + from + "' to='ana@chat.test/desk' type='chat'><" + direction
            + " xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>" + message + "</forwarded></" + direction + "></message>";
    }
    static QByteArray body(const QByteArray& text) { return "<body>" + text + "</body>"; }

    static xmpp::ReadingContext ourselves()
    {
        xmpp::ReadingContext context;
        context.account = base::AccountId(QStringLiteral("work"));
        context.self = *xmpp::Jid::parse(u"ana@chat.test/desk");
        context.hasArchive = true;
        return context;
    }

    xmpp::RoomContext ops;
    FakeClock clock;
    xmpp::MessageReader reader{ourselves(), clock};
};

} // namespace ridealong::tests
