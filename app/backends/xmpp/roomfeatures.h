// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/element.h"

#include <optional>

namespace ridealong::xmpp {

/// What a room says it is like (XEP-0045 §6.4).
struct RoomFeatures
{
    static constexpr qsizetype kMaxTextChars = 1000;

    QString name;
    QString description;
    bool archive = false; ///< XEP-0313
    bool extendedArchive = false; ///< it can be asked by the ids of messages
    bool stableIds = false; ///< a message comes back to its sender with the id it had
    bool occupantIds = false; ///< XEP-0421
    bool passwordProtected = false;
    bool membersOnly = false;
    bool moderated = false;
    bool showsAddresses = false; ///< to everybody; else to moderators
    bool hidden = false;
    bool persistent = false;
    bool onlyModeratorsSetSubject = false; ///< as far as the room says

    bool operator==(const RoomFeatures&) const = default;
};

Element roomFeaturesRequest(const QString& room);
/// Nothing for what is no room.
std::optional<RoomFeatures> readRoomFeatures(const Element& answer);

} // namespace ridealong::xmpp
