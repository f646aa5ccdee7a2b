// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace ridealong::chat {

/// What a message with `system` set tells. It is kept as text, so that it can be stored, searched and read in a log; the
/// interface words it for people. Comings and goings are no messages: the list of members shows them, and a busy room would
/// drown in them.
struct SystemEvent
{
    enum class Kind { Joined, Left, Kicked, TopicChanged, Renamed, ModeChanged, Invited, NetSplit, NetJoin, ContactAsked };
    Kind kind = Kind::Joined;
    QString subject; ///< whom or what: the one kicked, the new name, the modes, the room of an invitation; without spaces
    QString detail; ///< a reason, the topic, names

    bool operator==(const SystemEvent&) const = default;
};

/// "kicked bob: too loud", "topic: Deploys here", "joined".
QString toText(const SystemEvent& event);
std::optional<SystemEvent> systemEventFromText(const QString& text); ///< nothing for any other text

} // namespace ridealong::chat
