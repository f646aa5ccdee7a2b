// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/phase.h"

namespace ridealong::xmpp {

/// Agrees on TLS (RFC 6120 §5). A server without it is not talked to in plain text instead: whoever sits between could make any server one.
class StartTls
{
public:
    StartTls(Send send, Done done) : m_send(std::move(send)), m_done(std::move(done)) {}

    void begin(const Element& features);
    bool handle(const Element& element);

private:
    Send m_send;
    Done m_done;
};

} // namespace ridealong::xmpp
