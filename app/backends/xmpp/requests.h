// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "xmpp/element.h"
#include "xmpp/jid.h"

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace ridealong::xmpp {

/// What became of a request.
struct Answer
{
    Element stanza; ///< what came, of the type "result" or "error"; none when nothing did
    std::optional<base::Error> error; ///< Offline: the connection broke, and the request may have arrived

    bool isResult() const { return !error; }
};

/// The requests (iq) of a connection that are not answered yet. Each is answered exactly once.
class Requests
{
public:
    using Handler = std::function<void(const Answer&)>;

    /// The ids begin with `prefix`, which nobody else can guess.
    explicit Requests(const QString& prefix) : m_prefix(prefix) {}

    /// The request as it is to be sent. `to`: empty for our own account.
    Element add(Element iq, const Jid& to, std::chrono::nanoseconds deadline, Handler handler);
    /// An answer to one of them: true, whoever it is from. Only who was asked is believed (RFC 6120 §8.1.2.1); `self` is our full address.
    bool handle(const Element& iq, const Jid& self);
    void expire(std::chrono::nanoseconds now);
    void endAll(const base::Error& why);

private:
    struct Pending
    {
        QString id;
        Jid to;
        std::chrono::nanoseconds deadline{};
        Handler handler;
    };

    QString m_prefix;
    quint64 m_lastNumber = 0;
    std::vector<Pending> m_pending;
};

} // namespace ridealong::xmpp
