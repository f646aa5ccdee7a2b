// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "xmpp/element.h"
#include "xmpp/jid.h"

namespace ridealong::xmpp {

/// Asks for an address of our own (RFC 6120 §7). No resource: the server makes one.
Element bindRequest(const QString& resource);
/// The address that the server gave. Errors: Protocol when it is none, or another account's.
base::Expected<Jid> boundJid(const Element& result, const Jid& account);

} // namespace ridealong::xmpp
