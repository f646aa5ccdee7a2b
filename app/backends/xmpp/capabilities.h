// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/asker.h"
#include "xmpp/discoinfo.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QQueue>
#include <QSet>

namespace ridealong::xmpp {

/// What clients can: we tell ours, and learn that of others by a hash in their presence (XEP-0115), so that each version of a client is
/// asked once, whoever has it. What does not give its hash is believed of nobody.
class Capabilities : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxVersions = 500; ///< of clients; those asked for longest ago are forgotten
    static constexpr qsizetype kMaxClients = 20'000; ///< there at a time
    static constexpr qsizetype kMaxOpen = 10; ///< questions
    static constexpr qsizetype kMaxWaiting = 1000; ///< clients to ask
    static constexpr qsizetype kMaxVersionChars = 200;

    explicit Capabilities(Outlet outlet) : m_asker(std::move(outlet)) {}

    static const DiscoInfo& own();
    static Element ownElement(); ///< <c/>, for each presence of ours

    /// A new stream: nobody is there.
    void reset();
    /// Somebody's presence, if it is to be believed: whom we ask learns that we are there, so only what `Presences` or `Rooms` took for its
    /// own. It may be of interest to others, too.
    void handle(const Element& presence);
    /// A request in ns::kDiscoInfo or ns::kDiscoItems.
    void answer(const Element& request);

    /// Does that client (a full address) speak `feature`? Nothing: not known, or not yet.
    std::optional<bool> speaks(const Jid& client, QStringView feature) const;

signals:
    void learned(const ridealong::xmpp::Jid& client); ///< speaks(); also of all others of the same version

private:
    struct Version
    {
        QString node, hash, ver;
        QString key() const { return hash + u' ' + ver; }
    };

    void want(const Jid& client);
    void askNext();
    void take(const Version& version, const Jid& client, const Answer& answer);

    Asker m_asker;
    QHash<Jid, Version> m_clients;
    QCache<QString, QSet<QString>> m_features{kMaxVersions}; ///< by version
    QQueue<Jid> m_waiting;
    QSet<QString> m_open; ///< versions that somebody was asked for
};

} // namespace ridealong::xmpp
