// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/pep.h"

#include <QHash>
#include <QObject>

namespace ridealong::xmpp {

/// A room that the account knows, whether it is in it or not.
struct Bookmark
{
    Jid room; ///< bare
    QString name = {};
    QString nick = {}; ///< ours there; empty: as everywhere
    QString password = {};
    bool autojoin = false; ///< all our clients go in as they come
    Element extensions = {}; ///< of other clients, which is not ours to know or to lose

    bool operator==(const Bookmark&) const = default;
};

/// The rooms of the account, kept by its server for all its clients (XEP-0402).
class Bookmarks : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxBookmarks = 2000;
    static constexpr qsizetype kMaxNameChars = 200;
    static constexpr qsizetype kMaxSecretChars = 1000; ///< a nick, a password: one that is cut would be another

    Bookmarks(Outlet outlet, const Jid& self) : m_pep(std::move(outlet)), m_self(self.bare()) {}

    /// A new stream: asks for all. What was known stays until the answer is there.
    void begin();
    /// The server tells what another client (or this one) changed: true.
    bool handle(const Element& message);

    bool isFetched() const { return m_isFetched; }
    QList<Bookmark> all() const { return m_bookmarks.values(); }
    const Bookmark* find(const Jid& room) const; ///< until the next change

    /// Adds or changes. Its extensions stay those that are known. Errors: Invalid (no room, too long), Offline (not fetched).
    base::Async<base::Done> set(const Bookmark& bookmark);
    base::Async<base::Done> remove(const Jid& room);

signals:
    void fetched(const ridealong::base::Status& status); ///< any may have changed
    void changed(const ridealong::xmpp::Jid& room); ///< came, went or is another

private:
    void put(const Bookmark& bookmark);
    void drop(const Jid& room);

    Pep m_pep;
    Jid m_self;
    bool m_isFetched = false;
    QHash<Jid, Bookmark> m_bookmarks;
};

} // namespace ridealong::xmpp
