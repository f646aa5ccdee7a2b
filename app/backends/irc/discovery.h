// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "irc/ircbackend.h"

namespace ridealong::irc {

/// Looks what is at an address: encrypted first, and on the plain port only when nobody answers on the other. Nothing is
/// told there but that we look. Errors: Invalid (no address), Offline (nobody there), Timeout, Protocol (no IRC server).
base::Async<chat::Discovery> discover(const chat::AccountConfig& account, OpenChannel open, base::Clock& clock);

} // namespace ridealong::irc
