// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "xmpp/outlet.h"

#include <memory>

namespace ridealong::xmpp {

/// Asks over an outlet. Answers that come after forget(), or when this is no more, reach nobody.
class Asker
{
public:
    explicit Asker(Outlet outlet) : m_outlet(std::move(outlet)) {}
    Q_DISABLE_COPY_MOVE(Asker)

    void ask(const Element& iq, Requests::Handler handler) const;
    /// Where only counts whether it worked.
    base::Async<base::Done> order(const Element& iq) const;
    void forget() { m_life = std::make_shared<bool>(); }

    const Outlet& outlet() const { return m_outlet; }

private:
    Outlet m_outlet;
    std::shared_ptr<bool> m_life = std::make_shared<bool>();
};

/// An iq with that in it. Without an address it goes to our own account.
Element makeRequest(QStringView type, Element payload, const Jid& to = {});
/// May what came from that address speak for our account? Our server says nothing where it means us (RFC 6121 §2.1.6).
bool isOwnAccount(const QString& from, const Jid& self);

} // namespace ridealong::xmpp
