// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "xmpp/outlet.h"

#include <QHash>
#include <QObject>

namespace ridealong::xmpp {

/// One client of somebody's that is there.
struct ClientPresence
{
    enum class Show { Chat, Online, Away, ExtendedAway, DoNotDisturb }; // from there to least there

    QString resource;
    Show show = Show::Online;
    QString status; ///< in their words
    int priority = 0;

    bool isAway() const { return show >= Show::Away; }
    bool operator==(const ClientPresence&) const = default;
};

/// Who is there with which clients, and how we are there ourselves (RFC 6121 §4). Contacts and our own other clients alone: everybody can
/// send us a presence, and rooms have theirs, so `Rooms` is to see each stanza first.
class Presences : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxPeople = 20'000;
    static constexpr qsizetype kMaxClientsOfOne = 20;
    static constexpr qsizetype kMaxStatusChars = 500;

    /// `isContact`: whose presence counts, by the bare address.
    Presences(Outlet outlet, const Jid& account, std::function<bool(const Jid& bare)> isContact);

    /// A new stream, on which we are `self`: nobody is there. Tells our own presence, whereupon the server tells that of the others.
    void begin(const Jid& self);
    void reset(); ///< nobody is there
    /// Whoever it is of is known here: true.
    bool handle(const Element& stanza);

    chat::Presence presence(const Jid& bare) const; ///< of the client that is most there
    QString status(const Jid& bare) const; ///< of the same
    QList<ClientPresence> clients(const Jid& bare) const; ///< those who are most there first

    /// How we are there, from now on and over all streams. Empty: we are back. Sent to the server at once, where it is connected; rooms are to
    /// be told by the caller.
    void setAway(const QString& reason);
    const QString& awayReason() const { return m_awayReason; }
    /// Our presence for our contacts, or for a room: with the nick, and nothing that asks to be let in.
    Element own(const Jid& to = {}) const;

signals:
    void changed(const ridealong::xmpp::Jid& bare);
    void cleared(); ///< nobody is there any more
    void ownChanged(); ///< own(): rooms are to be told

private:
    const ClientPresence* best(const Jid& bare) const;
    void remove(const Jid& client);

    Outlet m_outlet;
    Jid m_account;
    Jid m_self; ///< full
    std::function<bool(const Jid&)> m_isContact;
    QHash<Jid, QList<ClientPresence>> m_people; ///< in order
    QString m_awayReason;
};

} // namespace ridealong::xmpp
