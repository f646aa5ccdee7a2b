// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/asker.h"

#include <QHash>
#include <QObject>

namespace ridealong::xmpp {

/// Somebody whom our account knows.
struct Contact
{
    enum class Subscription { None, To, From, Both }; ///< To: we see their presence. From: they see ours.

    Jid jid; ///< bare
    QString name; ///< as we call them; often empty
    QStringList groups;
    Subscription subscription = Subscription::None;
    bool isAsked = false; ///< we want to see their presence, and they have not said

    bool seesUs() const { return subscription == Subscription::From || subscription == Subscription::Both; }
    bool isSeen() const { return subscription == Subscription::To || subscription == Subscription::Both; }

    bool operator==(const Contact&) const = default;
};

/// Somebody asks to see our presence.
struct ContactRequest
{
    Jid from; ///< bare
    QString text; ///< what they say with it

    bool operator==(const ContactRequest&) const = default;
};

/// The list of contacts that our server keeps (RFC 6121 §2, §3). It alone says who is on it: what we want is sent, and shows when the server
/// tells it to all our clients.
class Roster : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxContacts = 20'000;
    static constexpr qsizetype kMaxGroups = 50; ///< of one contact
    static constexpr qsizetype kMaxNameChars = 200; ///< of a contact or a group
    static constexpr qsizetype kMaxRequests = 100; ///< that wait for us; anybody can ask
    static constexpr qsizetype kMaxTextChars = 500;

    Roster(Outlet outlet, const Jid& self) : m_asker(std::move(outlet)), m_self(self.bare()) {}

    /// A new stream: asks for the list. To be called before our first presence (RFC 6121 §4.2), so that all who come are known. What was known
    /// stays until the answer is there.
    void begin();
    /// A presence that asks for a subscription, or tells of one: true.
    bool handle(const Element& stanza);
    /// A request in ns::kRoster.
    void answer(const Element& request);

    bool isFetched() const { return m_isFetched; }
    QList<Contact> contacts() const { return m_contacts.values(); }
    const Contact* find(const Jid& jid) const; ///< until the next change
    const QList<ContactRequest>& requests() const { return m_requests; } ///< oldest first

    // What we want. Errors: Invalid (no bare address, too long), and those of the server.
    base::Async<base::Done> set(const Jid& jid, const QString& name, const QStringList& groups = {}); ///< adds or changes
    base::Async<base::Done> remove(const Jid& jid); ///< and ends subscriptions both ways
    base::Status subscribe(const Jid& jid, const QString& text = {}); ///< asks to see their presence
    base::Status unsubscribe(const Jid& jid);
    base::Status accept(const Jid& jid); ///< they see our presence
    base::Status decline(const Jid& jid); ///< also takes back

signals:
    void fetched(const ridealong::base::Status& status); ///< any contact may have changed
    void changed(const ridealong::xmpp::Jid& jid); ///< came, went or is another
    void requestsChanged();

private:
    void take(const Answer& answer);
    void put(const Contact& contact);
    void addRequest(const Jid& from, const Element& presence);
    void dropRequest(const Jid& from);
    base::Status send(QStringView type, const Jid& to, const QString& text = {});

    Asker m_asker;
    Jid m_self;
    bool m_isFetched = false;
    QHash<Jid, Contact> m_contacts;
    QList<ContactRequest> m_requests;
};

} // namespace ridealong::xmpp
