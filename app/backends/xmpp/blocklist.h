// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/asker.h"

#include <QObject>
#include <QSet>

namespace ridealong::xmpp {

/// From whom our server takes nothing for us (XEP-0191). It blocks; this is its list.
class Blocklist : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxBlocked = 10'000;

    Blocklist(Outlet outlet, const Jid& self) : m_asker(std::move(outlet)), m_self(self.bare()) {}

    /// A new stream: asks for the list. What was known stays until the answer is there. Unsupported: the server has no such thing.
    void begin();
    /// A request in ns::kBlocking.
    void answer(const Element& request);

    bool isFetched() const { return m_isFetched; }
    QSet<Jid> all() const { return m_blocked; } ///< people, single clients, whole servers
    bool isBlocked(const Jid& jid) const; ///< by any of them

    // At least one. Errors: Invalid, and those of the server.
    base::Async<base::Done> block(const QList<Jid>& jids);
    base::Async<base::Done> unblock(const QList<Jid>& jids);

signals:
    void fetched(const ridealong::base::Status& status);
    void changed(); ///< by this or another client

private:
    void add(const QList<Jid>& jids);
    base::Async<base::Done> order(QStringView what, const QList<Jid>& jids);

    Asker m_asker;
    Jid m_self;
    bool m_isFetched = false;
    QSet<Jid> m_blocked;
};

} // namespace ridealong::xmpp
