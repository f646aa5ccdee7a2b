// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/route.h"

namespace ridealong::xmpp {

using base::Error;
using base::ErrorKind;
using net::Endpoint;

Route::Route(QString domain, std::optional<Endpoint> fixed, Discovery& discovery)
    : m_domain(std::move(domain)),
      m_fixed(std::move(fixed)),
      m_discovery(discovery)
{}

base::Async<Endpoint> Route::next()
{
    base::Promise<Endpoint> promise;
    if (m_fixed)
        promise.answer(*m_fixed);
    else if (m_left.isEmpty())
        ask(promise);
    else
        promise.answer(*(m_last = m_left.takeFirst()));
    return promise.async();
}

void Route::worked()
{
    if (m_last && (m_left.isEmpty() || m_left.first() != *m_last))
        m_left.prepend(*m_last);
}

void Route::ask(const base::Promise<Endpoint>& promise)
{
    // Whoever names no services over TCP, or none that answers, may still be behind its web server.
    const Stage stage = m_stage == Stage::Services ? Stage::WebSockets : Stage::Services;
    const auto answer = stage == Stage::Services ? m_discovery.endpoints(m_domain) : m_discovery.webSockets(m_domain);
    answer.then(this, [this, stage, promise](const base::Expected<QList<Endpoint>>& found) { take(found, stage, promise); });
}

void Route::take(const base::Expected<QList<Endpoint>>& found, Stage stage, const base::Promise<Endpoint>& promise)
{
    m_stage = stage;
    if (found && !found->isEmpty()) {
        m_left = *found;
        return promise.answer(*(m_last = m_left.takeFirst()));
    }
    // Without a host-meta it is the services' turn again, and their errors tell more.
    if (stage == Stage::WebSockets)
        return ask(promise);
    promise.answer(found ? Error{ErrorKind::NotFound, m_domain, 0} : found.error());
}

} // namespace ridealong::xmpp
