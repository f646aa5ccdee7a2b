// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/discovery.h"

namespace ridealong::xmpp {

/// Where to connect next: the places that the domain names one after the other, then its WebSockets, for networks that let nothing else
/// through, then from the beginning. What worked once is tried first.
class Route : public QObject
{
    Q_OBJECT
public:
    /// `fixed`: the user says where the server is, and nobody else is asked.
    Route(QString domain, std::optional<net::Endpoint> fixed, Discovery& discovery);

    /// Errors: those of Discovery. Calls of before mean nothing any more.
    base::Async<net::Endpoint> next();
    void worked(); ///< the last one

private:
    enum class Stage { Unknown, Services, WebSockets };
    void ask(const base::Promise<net::Endpoint>& promise);
    void take(const base::Expected<QList<net::Endpoint>>& found, Stage stage, const base::Promise<net::Endpoint>& promise);

    QString m_domain;
    std::optional<net::Endpoint> m_fixed;
    Discovery& m_discovery;
    QList<net::Endpoint> m_left; ///< the first is the next
    std::optional<net::Endpoint> m_last;
    Stage m_stage = Stage::Unknown; ///< where those left come from
};

} // namespace ridealong::xmpp
