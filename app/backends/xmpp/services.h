// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "xmpp/entityinfo.h"
#include "xmpp/outlet.h"

#include <QObject>

#include <vector>

namespace ridealong::xmpp {

struct UploadService
{
    Jid address;
    qint64 maxBytes = 0; ///< of one file; 0: it does not say

    bool operator==(const UploadService&) const = default;
};

/// What the server of our domain has.
struct ServerServices
{
    Jid rooms; ///< nobody's: there are none
    std::optional<UploadService> upload; ///< XEP-0363
    bool carbons = false; ///< XEP-0280
    bool blocking = false; ///< XEP-0191
    bool archive = false; ///< XEP-0313, of our own account
    bool extendedArchive = false; ///< it can be asked by the ids of messages
    QSet<QString> serverFeatures; ///< all of the domain's
    QSet<QString> accountFeatures; ///< all of our own bare address

    bool operator==(const ServerServices&) const = default;
};

/// Asks the server of our domain what it has: the domain, our own account, and each address that belongs to the domain (XEP-0030).
class Services : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxItems = 50; ///< that are asked
    /// Then what is known by then is told: an item may be a gateway that somebody forgot years ago.
    static constexpr std::chrono::seconds kPatience{15};

    Services(Outlet outlet, const Jid& account, base::Clock& clock);

    /// A new stream: asks everything anew. On one that was resumed nothing has changed.
    void begin();
    /// The stream is gone; what it did not answer is not waited for. What was known stays.
    void reset();
    const ServerServices& services() const { return m_services; }

signals:
    /// Once after each begin(), unless the stream breaks before.
    void found(const ridealong::xmpp::ServerServices& services);

private:
    struct Candidate ///< that may be a service
    {
        Jid jid;
        std::optional<EntityInfo> info;
    };
    void ask(const Element& iq, std::function<void(const Answer&)> handler);
    void askCandidate(const Jid& jid);
    void takeItems(const Answer& answer);
    void conclude();

    Outlet m_outlet;
    Jid m_account;
    Jid m_domain;
    base::Clock& m_clock;
    ServerServices m_services;
    std::vector<Candidate> m_candidates; ///< in the server's order
    std::optional<EntityInfo> m_accountInfo;
    int m_open = 0; ///< questions
    quint64 m_round = 0; ///< answers to an earlier one are dropped
};

} // namespace ridealong::xmpp
