// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "xmpp/element.h"

namespace ridealong::xmpp {

/// Of a <stream:error/>, which ends the stream. Those that need a person are Auth, Denied, Invalid and Unsupported.
base::Error streamError(const Element& error);

/// Of a stanza of the type "error". The detail begins with the condition ("item-not-found").
base::Error stanzaError(const Element& stanza);
/// The condition alone; empty when there is none.
QString stanzaCondition(const Element& stanza);

/// The error child for an answer: `type` is "cancel", "modify" and so on.
Element makeStanzaError(QStringView type, QStringView condition);

} // namespace ridealong::xmpp
