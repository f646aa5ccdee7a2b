// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/systemwords.h"

#include "chat/systemevent.h"
#include "kit/messagedocument.h"

#include <QCoreApplication>

namespace ridealong::timelineview {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TimelineView)
};

QString oneLine(const QString& text) { return kit::safeName(text.section(u'\n', 0, 0).left(300)); }

} // namespace

QString systemWords(const chat::Message& message)
{
    using Kind = chat::SystemEvent::Kind;
    const QString who = kit::safeName(message.senderName);
    const auto event = chat::systemEventFromText(message.text);
    if (!event)
        return (who + u' ' + oneLine(message.text)).trimmed();
    const QString subject = kit::safeName(event->subject), detail = oneLine(event->detail);
    const auto with = [&](const QString& words) { return detail.isEmpty() ? words : words + QStringLiteral(": ") + detail; };
    switch (event->kind) {
    case Kind::Joined: return Words::tr("%1 joined").arg(who);
    case Kind::Left: return with(Words::tr("%1 left").arg(who));
    case Kind::Kicked: return with(Words::tr("%1 removed %2 from the room").arg(who, subject));
    case Kind::TopicChanged:
        return detail.isEmpty() ? Words::tr("%1 took the topic away").arg(who) : Words::tr("%1 changed the topic: %2").arg(who, detail);
    case Kind::Renamed: return Words::tr("%1 is now called %2").arg(who, subject);
    case Kind::ModeChanged: return Words::tr("%1 changed the room: %2").arg(who, (subject + u' ' + detail).trimmed());
    case Kind::Invited: return Words::tr("%1 invites you to %2").arg(who, subject);
    case Kind::NetSplit: return Words::tr("Lost contact with %n people: a server of the network is away", nullptr, subject.toInt());
    case Kind::ContactAsked: return with(Words::tr("%1 asks to be told when you are here").arg(who));
    case Kind::NetJoin: return Words::tr("%n people are back: the network is whole again", nullptr, subject.toInt());
    }
    return {};
}

} // namespace ridealong::timelineview
