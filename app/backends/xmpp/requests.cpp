// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/requests.h"

#include "xmpp/conditions.h"
#include "xmpp/namespaces.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

/// All these are written by our own server alone. It answers for itself and for our account, and servers differ in which name they sign.
static bool isOwnServer(const Jid& jid, const Jid& self)
{
    return jid.isEmpty() || jid == self.bare() || jid == self || jid.toString() == self.domain();
}

static bool mayAnswer(const Element& iq, const Jid& asked, const Jid& self)
{
    const QString from = iq.attribute(u"from");
    const auto jid = from.isEmpty() ? base::Expected<Jid>(Jid()) : Jid::parse(from);
    if (!jid)
        return false;
    // Our full address is another client's name for us, but nobody else can sign with it.
    return *jid == asked || (isOwnServer(asked, self) && isOwnServer(*jid, self));
}

Element Requests::add(Element iq, const Jid& to, std::chrono::nanoseconds deadline, Handler handler)
{
    const QString id = m_prefix + QString::number(++m_lastNumber);
    iq.setAttribute(u"id", id);
    m_pending.push_back({id, to, deadline, std::move(handler)});
    return iq;
}

bool Requests::handle(const Element& iq, const Jid& self)
{
    const QString type = iq.attribute(u"type");
    if (type != "result"_L1 && type != "error"_L1)
        return false;
    const QString id = iq.attribute(u"id");
    const auto at = std::find_if(m_pending.begin(), m_pending.end(), [&id](const Pending& pending) { return pending.id == id; });
    if (at == m_pending.end() || !mayAnswer(iq, at->to, self))
        return true;
    const Pending done = std::move(*at);
    m_pending.erase(at);
    done.handler({iq, type == "error"_L1 ? std::optional(stanzaError(iq)) : std::nullopt});
    return true;
}

void Requests::expire(std::chrono::nanoseconds now)
{
    std::vector<Pending> expired;
    for (auto at = m_pending.begin(); at != m_pending.end();) {
        if (at->deadline <= now) {
            expired.push_back(std::move(*at));
            at = m_pending.erase(at);
        } else {
            ++at;
        }
    }
    for (const Pending& pending : expired)
        pending.handler({{}, Error{ErrorKind::Timeout, u"no answer"_s, 0}});
}

void Requests::endAll(const Error& why)
{
    for (const Pending& pending : std::exchange(m_pending, {}))
        pending.handler({{}, why});
}

} // namespace ridealong::xmpp
