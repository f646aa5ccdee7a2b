// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "chat/commandspec.h"
#include "xmpp/jid.h"
#include "xmpp/outlet.h"

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxCommands = 500; ///< of one address
inline constexpr qsizetype kMaxCommandNameChars = 200;
inline constexpr qsizetype kMaxNodeChars = 1024;

/// Asks an address for its ad-hoc commands (XEP-0050 §2.2). A bot has them at its full address, a component or a server at its own.
Element commandsRequest(const Jid& address);
/// The commands of an answer, as those of `bot`. What stands at another address than the one that was asked is left out: nobody could tell
/// whose it is.
QList<chat::CommandSpec> readCommands(const Element& answer, const Jid& address, const base::AccountId& account, const base::UserId& bot);

/// Both. Errors: Unsupported and NotFound (it has none), Denied, Offline, Timeout, Protocol.
base::Async<QList<chat::CommandSpec>> askCommands(const Outlet& outlet, const Jid& address, const base::AccountId& account, const base::UserId& bot);

} // namespace ridealong::xmpp
