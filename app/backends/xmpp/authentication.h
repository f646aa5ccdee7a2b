// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sasl/mechanism.h"
#include "xmpp/phase.h"

#include <QObject>

#include <memory>

namespace ridealong::xmpp {

/// Signs in (RFC 6120 §6), by the strongest mechanism that both sides have.
class Authentication
{
public:
    struct Settings
    {
        sasl::Credentials credentials;
        QByteArray serverEndPoint; ///< net::ConnectionInfo has it
        bool encrypted = false; ///< PLAIN tells the password
    };

    /// Errors: Auth needs a person; Offline, RateLimited may work later; Protocol.
    Authentication(Settings settings, base::Random& random, Send send, Done done);

    void begin(const Element& features);
    bool handle(const Element& element);

private:
    void tryNext();
    std::unique_ptr<sasl::Mechanism> choose();
    void takeChallenge(const Element& element);
    void respond(const QByteArray& challenge);
    void takeSuccess(const Element& element);
    void takeFailure(const Element& element);
    void abort(const base::Error& why);
    void end(const base::Status& result);

    Settings m_settings;
    base::Random& m_random;
    Send m_send;
    Done m_done;
    QByteArrayList m_offered; ///< and not refused yet
    sasl::ChannelBinding m_binding;
    bool m_mayBind = false; ///< by what we have: the server says so
    std::unique_ptr<sasl::Mechanism> m_mechanism; ///< none: nothing is going on
    bool m_computing = false; ///< the answer is being worked out elsewhere
    int m_exchange = 0; ///< its number: what belongs to an earlier one means nothing
    QObject m_context; ///< of what is worked out
};

} // namespace ridealong::xmpp
