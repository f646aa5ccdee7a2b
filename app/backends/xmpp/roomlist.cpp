// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/roomlist.h"

#include "xmpp/rooms.h"

#include <QPointer>
#include <QRegularExpression>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

constexpr QStringView kRoomForm = u"http://jabber.org/protocol/muc#roominfo";

int countOf(const QString& text)
{
    bool isNumber = false;
    const int count = text.trimmed().toInt(&isNumber);
    return isNumber ? std::max(count, 0) : 0;
}

/// ejabberd puts the number of those who are in behind the title, "Operations (3)", or says what a room is, "Operations (private, 3)".
void splitTitle(chat::RoomInfo& room)
{
    static const QRegularExpression behind(u"^(.*) \\((?:[a-z]+, )?([0-9]{1,6})\\)$"_s);
    if (const auto match = behind.match(room.title); match.hasMatch()) {
        room.title = match.captured(1);
        room.members = countOf(match.captured(2));
    }
}

void sortFullestFirst(QList<chat::RoomInfo>& rooms)
{
    std::stable_sort(rooms.begin(), rooms.end(), [](const auto& a, const auto& b) { return a.members > b.members; });
}

} // namespace

struct RoomList::Listing
{
    Jid service;
    QString filter;
    qsizetype limit = 0;
    QList<chat::RoomInfo> rooms; ///< that fit
    QSet<QString> names; ///< of all that came: a page may repeat what was on another
    int pages = 0;
    int open = 0; ///< questions about single rooms
    base::Promise<QList<chat::RoomInfo>> promise;

    void take(const EntityItems::Item& item)
    {
        const QString name = item.jid.toString();
        if (item.jid.node().isEmpty() || !item.jid.isBare() || item.jid.domain() != service.domain() || names.contains(name)
            || names.size() >= kMaxRooms)
            return; // a service speaks for its own rooms only
        names.insert(name);
        chat::RoomInfo room{.name = name, .title = item.name};
        splitTitle(room);
        if (filter.isEmpty() || name.contains(filter, Qt::CaseInsensitive) || room.title.contains(filter, Qt::CaseInsensitive))
            rooms.append(room);
    }
    void end()
    {
        for (chat::RoomInfo& room : rooms)
            if (room.title == room.name || room.title == room.name.section(u'@', 0, 0))
                room.title.clear(); // it says nothing that the name does not
        sortFullestFirst(rooms);
        promise.answer(rooms);
    }
};

base::Async<QList<chat::RoomInfo>> RoomList::list(const Jid& service, const QString& filter, int limit)
{
    if (service.isEmpty())
        return base::Async<QList<chat::RoomInfo>>::ready(Error{ErrorKind::Unsupported, u"the server has no rooms"_s, 0});
    const auto listing = std::make_shared<Listing>();
    listing->service = service;
    listing->filter = filter.trimmed();
    listing->limit = std::clamp<qsizetype>(limit, 0, kMaxRooms);
    askPage(listing, {});
    return listing->promise.async();
}

void RoomList::askPage(const std::shared_ptr<Listing>& listing, const QString& after)
{
    ++listing->pages;
    m_outlet.request(entityItemsRequest(listing->service, kPageRooms, after), [self = QPointer(this), listing](const Answer& answer) {
        if (self)
            self->takePage(listing, answer);
    });
}

void RoomList::takePage(const std::shared_ptr<Listing>& listing, const Answer& answer)
{
    const auto page = answer.isResult() ? readEntityItems(answer.stanza, kMaxRooms) : std::nullopt;
    if (!page && listing->pages == 1)
        return listing->promise.answer(answer.error ? *answer.error : Error{ErrorKind::Protocol, u"an answer without a list of rooms"_s, 0});
    const qsizetype before = listing->names.size();
    if (page)
        for (const EntityItems::Item& item : page->items)
            listing->take(item);
    // A service without pages gives all at once, and no mark to go on from; one that gives nothing new is at its end or goes in a circle.
    const bool mayHaveMore = page && !page->last.isEmpty() && listing->names.size() > before && listing->names.size() < kMaxRooms
        && (!page->count || listing->names.size() < *page->count) && listing->pages < kMaxPages;
    mayHaveMore ? askPage(listing, page->last) : describe(listing);
}

void RoomList::describe(const std::shared_ptr<Listing>& listing)
{
    sortFullestFirst(listing->rooms);
    listing->rooms.resize(std::min(listing->rooms.size(), listing->limit));
    listing->names.clear();
    const qsizetype described = std::min(listing->rooms.size(), kMaxDescribed);
    if (described == 0)
        return listing->end();
    listing->open = int(described);
    m_clock.after(kDescriptionPatience, this, [listing] {
        if (listing->open > 0)
            listing->end();
        listing->open = 0;
    });
    for (qsizetype at = 0; at < described; ++at)
        m_outlet.request(entityInfoRequest(*Jid::parse(listing->rooms[at].name)), [self = QPointer(this), listing, at](const Answer& answer) {
            if (self && listing->open > 0)
                self->takeDescription(listing, at, answer);
        });
}

void RoomList::takeDescription(const std::shared_ptr<Listing>& listing, qsizetype at, const Answer& answer)
{
    if (const auto info = answer.isResult() ? readEntityInfo(answer.stanza) : std::nullopt) {
        chat::RoomInfo& room = listing->rooms[at];
        if (const QString members = info->field(kRoomForm, u"muc#roominfo_occupants"); !members.isEmpty())
            room.members = countOf(members);
        room.topic = info->field(kRoomForm, u"muc#roominfo_subject");
        if (room.topic.isEmpty())
            room.topic = info->field(kRoomForm, u"muc#roominfo_description");
        for (const EntityInfo::Identity& identity : info->identities)
            if (identity.category == "conference"_L1 && !identity.name.isEmpty())
                room.title = identity.name;
    }
    if (--listing->open == 0)
        listing->end();
}

} // namespace ridealong::xmpp
