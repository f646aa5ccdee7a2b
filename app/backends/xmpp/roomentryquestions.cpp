// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is asked of a room while we are in it.
#include "xmpp/conditions.h"
#include "xmpp/namespaces.h"
#include "xmpp/roomentry.h"

#include <QPointer>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

void RoomEntry::request(const Element& iq, Requests::Handler handler)
{
    m_outlet.request(iq, [self = QPointer(this), stay = m_stay, handler = std::move(handler)](const Answer& answer) {
        if (self && self->m_stay == stay)
            handler(answer);
    });
}

void RoomEntry::askFeatures()
{
    request(roomFeaturesRequest(m_wish.room.toString()), [this](const Answer& answer) {
        const auto features = answer.isResult() ? readRoomFeatures(answer.stanza) : std::nullopt;
        if (!features)
            return; // a room that is not there yet, or one that does not tell
        m_rooms.setAnnouncesOccupantIds(m_wish.room, features->occupantIds);
        m_features = *features;
        emit featuresChanged(); // also when it is as it was: Rooms may have learned only now who is who here
    });
}

void RoomEntry::look()
{
    if (m_isPaused)
        return;
    if (m_state == State::In)
        return askWhetherIn();
    if (m_state == State::Waiting)
        enter();
}

void RoomEntry::askLater()
{
    after(kAskEvery, [this] { askWhetherIn(); });
}

/// XEP-0410: a ping to ourselves through the room.
void RoomEntry::askWhetherIn()
{
    const Room* room = m_rooms.find(m_wish.room);
    if (!room)
        return wait({ErrorKind::Offline, u"not in the room any more"_s, 0});
    askLater();
    const QString to = room->jid.toString() + u'/' + room->nick;
    request(Element(u"iq", ns::kClient).with(u"type", u"get"_s).with(u"to", to).with(Element(u"ping", ns::kPing)),
        [this](const Answer& answer) { takeWhetherIn(answer); });
}

void RoomEntry::takeWhetherIn(const Answer& answer)
{
    if (m_state != State::In)
        return;
    const QString condition = stanzaCondition(answer.stanza);
    // The ping reached a client of ours that does not know pings, or this one.
    if (answer.isResult() || condition == "service-unavailable"_L1 || condition == "feature-not-implemented"_L1)
        return m_backoff.reset();
    // Nobody answered who would know. "item-not-found" is a nick that changed meanwhile.
    if (answer.stanza.isNull() || condition == "item-not-found"_L1 || condition == "remote-server-not-found"_L1
        || condition == "remote-server-timeout"_L1)
        return after(kAskAgain, [this] { askWhetherIn(); });
    wait({ErrorKind::Offline, answer.error->detail, 0}); // "not-acceptable", above all
}

} // namespace ridealong::xmpp
