// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/element.h"
#include "xmpp/jid.h"

#include <optional>

namespace ridealong::xmpp {

/// Somebody wants us to come into a room. A stranger can send one: nothing is to be done but to tell.
struct Invitation
{
    static constexpr qsizetype kMaxPasswordChars = 1000;

    Jid room; ///< bare
    Jid by; ///< as far as it is known; through a room it is the room's word
    QString reason;
    QString password;
    bool direct = false; ///< XEP-0249: from them, and not through the room

    bool operator==(const Invitation&) const = default;
};

/// Nothing for a message that is none, or that names no room.
std::optional<Invitation> readInvitation(const Element& message);

} // namespace ridealong::xmpp
