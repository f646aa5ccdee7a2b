// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/pep.h"

#include <QCache>
#include <QHash>
#include <QObject>

namespace ridealong::xmpp {

/// Pictures of people: whose has which hash, and its bytes for who asks (XEP-0084; XEP-0153 for people in rooms, and where there is nothing
/// else). Bytes count when they have the hash and are of a kind that is decoded elsewhere; nothing is decoded here.
class Avatars : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxBytes = 190 << 10; ///< of a picture: in Base64 it has to fit into a stanza, and a longer one ends the stream
    static constexpr qsizetype kMaxHeldBytes = 8 << 20; ///< of all that were fetched; those used longest ago are fetched again
    static constexpr qsizetype kMaxPeople = 20'000;
    static constexpr qsizetype kMaxOpen = 50; ///< questions at a time
    static constexpr int kMaxTries = 3; ///< where the answer never came: it may be what broke the connection

    /// `isContact`: whose own word counts, by the bare address.
    Avatars(Outlet outlet, const Jid& self, std::function<bool(const Jid& bare)> isContact);

    /// A new stream: nobody is in a room. What contacts have stays until they have another.
    void reset();
    /// The server tells that a contact has another picture: true.
    bool handle(const Element& message);
    /// A presence that is believed: one that `Rooms` or `Presences` took for its own. It is of interest to others, too.
    void see(const Element& presence);

    /// Of a contact by the bare address, of somebody in a room with the nick. Empty: none, or none that is known.
    QString hash(const Jid& who) const;
    /// Errors: NotFound (none), Invalid (what came is no such picture), RateLimited, and those of the server.
    base::Async<QByteArray> fetch(const Jid& who);

signals:
    void changed(const ridealong::xmpp::Jid& who); ///< hash()

private:
    enum class Source { Published, Card };
    struct Known
    {
        Source source = Source::Published;
        QString hash; ///< empty: none, and that is certain
    };

    void learn(const Jid& who, const Known& known);
    void ask(const Jid& who, const Known& known, const QString& key);
    void take(const QString& key, const QString& hash, const base::Expected<QByteArray>& bytes);

    Pep m_pep;
    Asker m_asker;
    Jid m_self;
    std::function<bool(const Jid&)> m_isContact;
    QHash<Jid, Known> m_known;
    QCache<QString, QByteArray> m_bytes{kMaxHeldBytes}; ///< by hash
    QHash<QString, QList<base::Promise<QByteArray>>> m_open; ///< by whom and hash: nobody's false picture is another's
    QCache<QString, int> m_failed{1000}; ///< how often; by whom and hash
};

/// PNG, JPEG, GIF, WebP by their first bytes.
bool isPicture(const QByteArray& bytes);

} // namespace ridealong::xmpp
