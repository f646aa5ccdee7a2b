// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/asker.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

void Asker::ask(const Element& iq, Requests::Handler handler) const
{
    m_outlet.request(iq, [life = std::weak_ptr(m_life), handler = std::move(handler)](const Answer& answer) {
        if (!life.expired())
            handler(answer);
    });
}

base::Async<base::Done> Asker::order(const Element& iq) const
{
    const base::Promise<base::Done> promise;
    ask(iq, [promise](const Answer& answer) { promise.answer(answer.error ? base::Status(*answer.error) : base::Status(base::Done())); });
    return promise.async();
}

Element makeRequest(QStringView type, Element payload, const Jid& to)
{
    Element iq = Element(u"iq", ns::kClient).with(u"type", type.toString()).with(std::move(payload));
    if (!to.isEmpty())
        iq.setAttribute(u"to", to.toString());
    return iq;
}

bool isOwnAccount(const QString& from, const Jid& self)
{
    if (from.isEmpty())
        return true;
    const auto jid = Jid::parse(from);
    return jid && *jid == self.bare();
}

} // namespace ridealong::xmpp
