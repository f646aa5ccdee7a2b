// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What archives tell.
#include "xmpp/client.h"

#include <limits>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::ConversationKind;

namespace {

constexpr int kEmptyPages = 10;
constexpr qint64 kEdgeMs = 1000; ///< archives tell times in whole seconds, some of them

/// A stanza's effect on messages that are not told yet.
void applyTo(QList<chat::Message>& messages, const Happening& what)
{
    const auto find = [&messages](const base::MessageId& id) {
        return std::find_if(messages.begin(), messages.end(), [&id](const chat::Message& message) { return message.id == id; });
    };
    if (const auto* changed = std::get_if<chat::MessageChanged>(&what)) {
        if (const auto at = find(changed->message.id); at != messages.end()) {
            const qint64 timeMs = at->timeMs;
            const base::TransactionId transaction = at->transaction;
            *at = changed->message;
            at->timeMs = timeMs;
            at->transaction = transaction;
        } else {
            messages.append(changed->message);
        }
    } else if (const auto* removed = std::get_if<chat::MessageRemoved>(&what)) {
        if (const auto at = find(removed->message); at != messages.end()) {
            at->deleted = true;
            at->text.clear();
            at->attachments.clear();
        }
    }
}

} // namespace

// ---- catching up ----

void Client::takePage(const QString& key, const ArchivePage& page, bool isAfterGap)
{
    if (isAfterGap) {
        const qint64 firstMs = page.stanzas.empty() ? m_clock.nowMs() : page.stanzas.front().timeMs;
        if (!key.isEmpty()) {
            tellGap(key, chat::orderAt(firstMs));
        } else {
            for (auto state = m_conversations.all().cbegin(); state != m_conversations.all().cend(); ++state)
                if (state->kind == ConversationKind::Direct)
                    tellGap(state.key(), chat::orderAt(firstMs));
        }
    }
    for (const Archived& archived : page.stanzas)
        take(key, m_reader.read(archived));
    if (!page.last.isEmpty()) {
        ConversationState* state = m_conversations.find(key);
        (state ? state->archiveId : m_conversations.archiveId) = page.last;
    }
}

void Client::tellGap(const QString& key, qint64 beforeOrder)
{
    const ConversationState* state = m_conversations.find(key);
    const Place* place = findPlace(Jid::parse(key).valueOr(Jid()));
    if (state && state->lastOrder > 0)
        m_gaps({m_conversations.idOf(key), state->lastOrder, std::max(state->lastOrder + 1, beforeOrder), place && !place->context.hasArchive});
}

void Client::caughtUp(const QString& key, bool isWhole)
{
    Place* place = key.isEmpty() ? nullptr : findPlace(Jid::parse(key).valueOr(Jid()));
    // After a gap in the archive the line is there already; after nothing at all there is none.
    if (place && !isWhole && place->isWhole && place->orderBefore > 0 && m_conversations.find(key)->lastOrder == place->orderBefore)
        tellGap(key, chat::orderAt(m_clock.nowMs()));
    bool& whole = place ? place->isWhole : m_isOwnWhole;
    whole = whole && isWhole;
    const auto readers = m_readers.values(key);
    m_readers.remove(key);
    for (const auto& then : readers)
        then(whole);
}

/// All that the archive has by now.
void Client::readAgain(Feed& feed, const QString& key, std::function<void(const base::Expected<bool>& isWhole)> then)
{
    const Place* place = key.isEmpty() ? nullptr : findPlace(Jid::parse(key).valueOr(Jid()));
    if (place ? !place->context.hasArchive : m_knowsOwn && !hasArchive())
        return after(std::chrono::milliseconds(0), [then = std::move(then)] { then(false); });
    m_readers.insert(key, std::move(then));
    if (feed.isCurrent())
        beginFeed(place ? place->entry->room() : Jid());
}

// ---- what is older ----

base::Expected<ArchiveQuery> Client::queryOf(const base::ConversationId& conversation, int limit) const
{
    const auto to = destinationOf(conversation);
    if (!to || !m_archive)
        return Error{to ? ErrorKind::Offline : ErrorKind::NotFound, u"no archive of that conversation"_s, 0};
    if (to->isRoom ? !to->hasArchive : !hasArchive())
        return Error{ErrorKind::Unsupported, u"there is no archive"_s, 0};
    ArchiveQuery query;
    query.archive = to->isRoom ? to->to : m_account;
    if (!to->isRoom)
        query.with = to->to;
    query.limit = limit;
    return query;
}

base::Async<chat::HistoryPage> Client::from(const base::ConversationId& conversation, qint64 timeMs, int limit)
{
    auto query = queryOf(conversation, limit);
    if (!query)
        return base::Async<chat::HistoryPage>::ready(query.error());
    query->startMs = timeMs;
    query->place = ArchiveQuery::Place::After; // its beginning
    base::Promise<chat::HistoryPage> promise;
    m_archive->page(*query).then(this, [this, promise, timeMs, key = conversation.key()](const base::Expected<ArchivePage>& page) {
        if (!page)
            return promise.answer(page.error());
        QList<chat::Message> messages = readBackwards({key, 0, 0, 0, {}}, *page);
        // Prosody 13 gives all that it has when nothing is as new as that. Some archives keep whole seconds.
        messages.removeIf([timeMs](const chat::Message& message) { return message.timeMs < timeMs - 1000; });
        promise.answer(chat::HistoryPage{messages, false});
    });
    return promise.async();
}

base::Async<chat::HistoryPage> Client::before(const base::ConversationId& conversation, qint64 beforeOrder, int limit)
{
    const QString key = conversation.key();
    auto asked = queryOf(conversation, limit);
    if (!asked)
        return base::Async<chat::HistoryPage>::ready(asked.error());
    ArchiveQuery& query = *asked;
    // The message that stands at the edge may be asked for again, that is, one order further.
    for (const qint64 order : {beforeOrder, beforeOrder - 1})
        if (const QString* id = m_archiveIds.object(key + u' ' + QString::number(order)); id && query.id.isEmpty())
            query.id = *id;
    if (!query.id.isEmpty())
        query.place = ArchiveQuery::Place::Before;
    else if (beforeOrder > 0)
        query.endMs = chat::timeOf(beforeOrder) + kEdgeMs;
    const Backwards wanted{key, beforeOrder, limit, kEmptyPages, {}};
    askBackwards(wanted, query);
    return wanted.promise.async();
}

void Client::askBackwards(const Backwards& wanted, const ArchiveQuery& query)
{
    if (!m_archive)
        return wanted.promise.answer(Error{ErrorKind::Offline, u"not connected"_s, 0});
    m_archive->page(query).then(this, [this, wanted, query](const base::Expected<ArchivePage>& page) {
        const bool isExpired = !page && page.error().kind == ErrorKind::NotFound && query.place == ArchiveQuery::Place::Before;
        if (isExpired && wanted.beforeOrder > 0) { // the archive has forgotten that one; what is left is told by time
            ArchiveQuery byTime = query;
            byTime.place = ArchiveQuery::Place::Newest;
            byTime.id.clear();
            byTime.endMs = chat::timeOf(wanted.beforeOrder) + kEdgeMs;
            return askBackwards(wanted, byTime);
        }
        if (!page)
            return wanted.promise.answer(page.error());
        chat::HistoryPage answer{readBackwards(wanted, *page), page->isComplete};
        if (!answer.messages.isEmpty() || answer.reachedStart || wanted.left == 0 || page->first.isEmpty())
            return wanted.promise.answer(answer);
        Backwards further = wanted;
        --further.left;
        ArchiveQuery next = query;
        next.place = ArchiveQuery::Place::Before;
        next.id = page->first;
        next.endMs.reset();
        askBackwards(further, next);
    });
}

/// What has no place yet gets one below all that comes after it, whatever the archive's clock says.
QList<chat::Message> Client::readBackwards(const Backwards& wanted, const ArchivePage& page)
{
    QList<chat::Message> messages;
    QHash<base::MessageId, QString> archiveIds;
    for (const Archived& archived : page.stanzas) {
        const Reading reading = m_reader.read(archived);
        if (const auto* changed = reading.get<chat::MessageChanged>(); changed && !archiveIds.contains(changed->message.id))
            archiveIds.insert(changed->message.id, reading.archiveId);
        applyTo(messages, reading.what);
    }
    ConversationState* state = m_conversations.find(wanted.key);
    messages.removeIf([&](const chat::Message& message) {
        return message.conversation.key() != wanted.key || (wanted.beforeOrder > 0 && message.order >= wanted.beforeOrder);
    });
    qint64 next = wanted.beforeOrder > 0 ? wanted.beforeOrder : std::numeric_limits<qint64>::max();
    for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
        if (message->order == 0)
            message->order = std::min(chat::orderAt(message->timeMs), next - 1);
        next = message->order;
        message->reactions = m_reader.known().reactions(wanted.key, message->id);
        if (state && state->kind == ConversationKind::Direct)
            message->senderName = message->sender == self().user ? m_nick : state->name;
        m_reader.setPlace(*message);
        noteArchiveId(*message, archiveIds.value(message->id));
        noteOurs(*message);
        if (state)
            state->lastOrder = std::max(state->lastOrder, message->order);
    }
    return messages;
}

} // namespace ridealong::xmpp
