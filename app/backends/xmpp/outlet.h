// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "xmpp/requests.h"

namespace ridealong::xmpp {

/// Where stanzas go out: the functions of whichever session stands now. What is in a room outlives a session that is resumed.
struct Outlet
{
    std::function<base::Status(const Element& stanza)> send; ///< a message or a presence
    std::function<void(const Element& iq, Requests::Handler)> request; ///< the handler is called once, later
    // For whoever is asked: each request is answered by one of them, as Session::answer() and Session::refuse().
    std::function<void(const Element& request, const Element& payload)> answer = {};
    std::function<void(const Element& request, QStringView type, QStringView condition)> refuse = {};
};

} // namespace ridealong::xmpp
