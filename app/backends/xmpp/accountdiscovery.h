// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/xmppbackend.h"

namespace ridealong::xmpp {

/// What is at an account's address, before anybody signs in: where its server is, whether its certificate is good, which mechanisms it offers.
/// `account.user` is the address, or, while that is empty, `account.server`. Errors: Invalid, and those of a connection.
base::Async<chat::Discovery> discover(const chat::AccountConfig& account, const XmppOutside& outside);

} // namespace ridealong::xmpp
