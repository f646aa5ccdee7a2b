// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/bookmarks.h"

#include "xmpp/namespaces.h"
#include "xmpp/payload.h"

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

QString shortOrNone(const QString& text) { return text.size() <= Bookmarks::kMaxSecretChars ? text : QString(); }

bool isRoom(const Jid& jid) { return jid.isBare() && !jid.node().isEmpty(); }

std::optional<Bookmark> readBookmark(const PepItem& item)
{
    const auto room = Jid::parse(item.id);
    if (!room || !isRoom(*room) || !item.payload.is(u"conference", ns::kBookmarks))
        return std::nullopt;
    Bookmark bookmark{*room};
    bookmark.name = cutText(item.payload.attribute(u"name"), Bookmarks::kMaxNameChars);
    bookmark.nick = shortOrNone(item.payload.textOf(u"nick", ns::kBookmarks));
    bookmark.password = shortOrNone(item.payload.textOf(u"password", ns::kBookmarks));
    const QString autojoin = item.payload.attribute(u"autojoin");
    bookmark.autojoin = autojoin == "true"_L1 || autojoin == "1"_L1;
    if (const Element* extensions = item.payload.find(u"extensions", ns::kBookmarks))
        bookmark.extensions = *extensions;
    return bookmark;
}

Element toElement(const Bookmark& bookmark)
{
    Element conference(u"conference", ns::kBookmarks);
    if (!bookmark.name.isEmpty())
        conference.setAttribute(u"name", bookmark.name);
    conference.setAttribute(u"autojoin", bookmark.autojoin ? u"true"_s : u"false"_s);
    if (!bookmark.nick.isEmpty())
        conference.append(Element(u"nick", ns::kBookmarks).withText(bookmark.nick));
    if (!bookmark.password.isEmpty())
        conference.append(Element(u"password", ns::kBookmarks).withText(bookmark.password));
    conference.append(bookmark.extensions);
    return conference;
}

base::Async<base::Done> refused(const QString& why) { return base::Async<base::Done>::ready(Error{ErrorKind::Invalid, why, 0}); }

} // namespace

const Bookmark* Bookmarks::find(const Jid& room) const
{
    const auto at = m_bookmarks.constFind(room);
    return at == m_bookmarks.cend() ? nullptr : &*at;
}

void Bookmarks::begin()
{
    m_pep.reset();
    m_isFetched = false;
    m_pep.fetch(ns::kBookmarks, [this](const base::Expected<QList<PepItem>>& items) {
        if (!items) {
            emit fetched(items.error());
            return;
        }
        m_bookmarks.clear();
        for (const PepItem& item : *items)
            if (const auto bookmark = readBookmark(item); bookmark && m_bookmarks.size() < kMaxBookmarks)
                m_bookmarks.insert(bookmark->room, *bookmark);
        m_isFetched = true;
        emit fetched(base::Done());
    });
}

bool Bookmarks::handle(const Element& message)
{
    const auto event = readOwnPepEvent(message, m_self, ns::kBookmarks);
    if (!event)
        return false;
    for (const PepItem& item : event->items)
        if (const auto bookmark = readBookmark(item))
            put(*bookmark);
    for (const QString& id : event->retracted)
        if (const auto room = Jid::parse(id))
            drop(*room);
    if (event->isEmptied)
        for (const Jid& room : m_bookmarks.keys())
            drop(room);
    return true;
}

void Bookmarks::put(const Bookmark& bookmark)
{
    const Bookmark* known = find(bookmark.room);
    if ((known && *known == bookmark) || (!known && m_bookmarks.size() >= kMaxBookmarks))
        return;
    m_bookmarks.insert(bookmark.room, bookmark);
    emit changed(bookmark.room);
}

void Bookmarks::drop(const Jid& room)
{
    if (m_bookmarks.remove(room))
        emit changed(room);
}

base::Async<base::Done> Bookmarks::set(const Bookmark& bookmark)
{
    if (!isRoom(bookmark.room))
        return refused(u"not a room"_s);
    if (!m_isFetched)
        return base::Async<base::Done>::ready(Error{ErrorKind::Offline, u"what others noted of it is not known yet"_s, 0});
    if (bookmark.name.size() > kMaxNameChars || bookmark.nick.size() > kMaxSecretChars || bookmark.password.size() > kMaxSecretChars)
        return refused(u"a bookmark that is too long"_s);
    Bookmark wanted = bookmark;
    if (const Bookmark* known = find(bookmark.room))
        wanted.extensions = known->extensions;
    const base::Promise<base::Done> promise;
    m_pep.publish(ns::kBookmarks, {wanted.room.toString(), toElement(wanted)}, [this, wanted, promise](const base::Status& status) {
        promise.answer(status);
        if (status)
            put(wanted);
    });
    return promise.async();
}

base::Async<base::Done> Bookmarks::remove(const Jid& room)
{
    if (!isRoom(room))
        return refused(u"not a room"_s);
    const base::Promise<base::Done> promise;
    m_pep.retract(ns::kBookmarks, room.toString(), [this, room, promise](const base::Status& status) {
        promise.answer(status);
        if (status)
            drop(room);
    });
    return promise.async();
}

} // namespace ridealong::xmpp
