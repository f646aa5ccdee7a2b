// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/clock.h"
#include "base/random.h"
#include "xmpp/occupant.h"
#include "xmpp/outlet.h"

#include <QObject>

#include <vector>

namespace ridealong::xmpp {

/// Somebody whom a room's list names.
struct Affiliated
{
    Jid jid;
    Affiliation affiliation = Affiliation::None;
    QString nick; ///< where they are in just now, or the list reserves one
    QString reason;

    bool operator==(const Affiliated&) const = default;
};

/// What keeps a room in order (XEP-0045 §8–10): each a question to the room, which decides. Errors: Denied, NotFound, Invalid, Unsupported,
/// Offline, Timeout.
class RoomAdministration : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds kPatience{30}; ///< for what is no iq: a nick, a subject
    static constexpr qsizetype kMaxListed = 2000; ///< people of one list; a stanza has room for hardly more
    static constexpr qsizetype kMaxWaiting = 100; ///< changes of nicks and subjects at a time

    RoomAdministration(Outlet outlet, base::Clock& clock, base::Random& random) : m_outlet(std::move(outlet)), m_clock(clock), m_random(random) {}

    /// Of somebody who is in. To put them out is Role::None.
    base::Async<base::Done> setRole(const Jid& room, const QString& nick, Role role, const QString& reason);
    base::Async<base::Done> kick(const Jid& room, const QString& nick, const QString& reason) { return setRole(room, nick, Role::None, reason); }
    /// Of an address, whoever is in. To let nobody of that address in is Affiliation::Outcast.
    base::Async<base::Done> setAffiliation(const Jid& room, const Jid& who, Affiliation affiliation, const QString& reason);
    /// The same by nick, where the room does not show addresses (§9.1 knows it for members; services take it for all).
    base::Async<base::Done> setAffiliationOfNick(const Jid& room, const QString& nick, Affiliation affiliation, const QString& reason);
    base::Async<QList<Affiliated>> affiliations(const Jid& room, Affiliation affiliation);

    /// By way of the room (§7.8.2), which makes members-only rooms let them in. Done means that it was sent: nobody answers.
    base::Async<base::Done> invite(const Jid& room, const Jid& whom, const QString& reason);
    /// From us (XEP-0249), for those who take nothing from strangers, as a room is one.
    base::Async<base::Done> inviteDirectly(const Jid& room, const Jid& whom, const QString& reason, const QString& password);
    base::Async<base::Done> setNick(const Jid& room, const QString& nick);
    base::Async<base::Done> setSubject(const Jid& room, const QString& subject);
    /// Takes back somebody's message (XEP-0425); `stanzaId` is the room's. `isOld`: it announces only the version before.
    base::Async<base::Done> moderate(const Jid& room, const QString& stanzaId, const QString& reason, bool isOld = false);

    base::Async<base::Done> destroy(const Jid& room, const QString& reason, const Jid& alternate);
    /// The owner's form (jabber:x:data), to be filled in. Errors besides: Protocol for an answer without one.
    base::Async<Element> configuration(const Jid& room);
    base::Async<base::Done> configure(const Jid& room, const Element& form); ///< the form filled in, of the type "submit"

    /// A refusal of what we sent: true. What says that a nick or a subject changed is others' as well: false.
    bool handle(const Element& stanza);
    /// The stream is gone; what waits for an answer ends with Offline.
    void reset();

private:
    struct Waiting ///< for what a room says to all
    {
        QString id;
        Jid room;
        QString nick; ///< of a change of nick; else it is a change of the subject
        QString subject;
        base::Promise<base::Done> promise;
    };
    base::Async<base::Done> ask(const Jid& room, const Element& payload);
    base::Async<base::Done> change(const Jid& room, Element item, const QString& reason);
    base::Async<base::Done> await(Waiting waiting, Element stanza);
    bool isDone(const Waiting& waiting, const Element& stanza) const;
    void end(const QString& id, const base::Status& how);

    Outlet m_outlet;
    base::Clock& m_clock;
    base::Random& m_random;
    std::vector<Waiting> m_waiting;
};

} // namespace ridealong::xmpp
