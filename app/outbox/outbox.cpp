// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outbox/outboxdata.h"

#include "base/log.h"

#include <QSet>

namespace ridealong::outbox {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::OutboxItem;
using chat::OutboxState;
using chat::OutgoingKind;

namespace {

constexpr std::chrono::milliseconds kRetryDelay{1000}; ///< after "not sent" while the connection seems to stand
// What a server may ask for with "later"; zero would be a busy loop, a year would be forever.
constexpr std::chrono::milliseconds kShortestHold{100};
constexpr std::chrono::milliseconds kLongestHold{60 * 60 * 1000};

} // namespace

Outbox::Outbox(store::ProfileStore& store, base::Clock& clock, base::Random& random, QObject* parent)
    : QObject(parent),
      m_data(new Data{store, clock, random})
{
    connect(&m_data->uploads, &Uploads::progressed, this, &Outbox::uploadProgressed);
    connect(&m_data->uploads, &Uploads::ended, this, &Outbox::onUploaded);
}

Outbox::~Outbox() = default;

QList<OutboxItem> Outbox::items() const
{
    QList<OutboxItem> all;
    for (const Entry& entry : m_data->entries)
        all.append(entry.item);
    return all;
}

const OutboxItem* Outbox::find(const base::TransactionId& transaction) const
{
    const Entry* entry = m_data->find(transaction);
    return entry ? &entry->item : nullptr;
}

// ---- what an earlier run left ----

base::Async<base::Done> Outbox::load(const QString& copies)
{
    if (m_data->loading == Data::Loading::Done)
        return base::Async<base::Done>::ready(base::Done());
    base::Promise<base::Done> promise;
    m_data->store.outbox().then(this, [this, promise, copies](const base::Expected<QList<OutboxItem>>& items) {
        if (items && m_data->loading != Data::Loading::Done)
            restore(*items, copies);
        else if (!items)
            m_data->loading = Data::Loading::Failed;
        promise.answer(items ? base::Status(base::Done()) : base::Status(items.error()));
        for (const auto& [item, early] : std::exchange(m_data->early, {}))
            items ? keep(item, early) : early.answer(items.error());
        pump();
    });
    return promise.async();
}

void Outbox::restore(const QList<OutboxItem>& items, const QString& copies)
{
    m_data->loading = Data::Loading::Done;
    for (const OutboxItem& item : items) {
        m_data->lastPosition = std::max(m_data->lastPosition, item.position);
        Entry entry{item, m_data->connection(item)};
        if (!copies.isEmpty())
            chat::moveCopies(entry.item.attachments, copies);
        entry.look = item.state == OutboxState::InFlight || item.state == OutboxState::Unknown;
        if (entry.look || item.state == OutboxState::Queued) {
            entry.item.state = entry.isCommand() ? OutboxState::Review : entry.look ? OutboxState::Unknown : OutboxState::Queued;
            if (entry.isCommand())
                entry.item.why = entry.look ? Error{ErrorKind::Cancelled, u"interrupted before its answer came"_s, 0}
                                            : Error{ErrorKind::Cancelled, u"not sent before the last end"_s, 0};
        }
        m_data->entries.append(entry);
    }
    for (const OutboxItem& item : this->items())
        emit changed(item);
}

// ---- the author's side ----

void Outbox::setBackend(const base::AccountId& account, chat::Backend* backend)
{
    if (chat::Backend* before = m_data->backends.value(account))
        before->disconnect(this);
    m_data->backends[account] = backend;
    connectionLost(account, Error{ErrorKind::Offline, {}, 0});
    if (!backend)
        return;
    connect(backend, &chat::Backend::statusChanged, this, [this, account](const chat::ConnectionStatus& status) {
        if (status.state == chat::ConnectionState::Connected)
            pump();
        else
            connectionLost(account, status.error);
    });
    pump();
}

void Outbox::removeAccount(const base::AccountId& account)
{
    setBackend(account, nullptr);
    QList<OutboxItem> gone;
    m_data->entries.removeIf([&](const Entry& entry) {
        const bool its = entry.item.conversation.account() == account;
        if (its)
            gone.append(entry.item);
        return its;
    });
    for (const OutboxItem& item : std::as_const(gone)) {
        m_data->uploads.cancel(item.transaction);
        m_data->store.removeOutbox(item.transaction).ignore();
        emit discarded(item);
    }
}

base::Async<base::TransactionId> Outbox::submit(OutboxItem item)
{
    const bool hasFiles = !item.attachments.isEmpty();
    if (hasFiles ? item.kind == OutgoingKind::Command : item.text.trimmed().isEmpty())
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::Invalid, u"nothing to send"_s, 0});
    chat::Backend* backend = m_data->backends.value(item.conversation.account());
    if (!backend)
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::NotFound, u"no such account"_s, 0});
    if (const int limit = backend->limits().messageBytes; limit > 0 && item.text.toUtf8().size() > limit)
        return base::Async<base::TransactionId>::ready(
            Error{ErrorKind::Invalid, u"%1 bytes, the server takes %2"_s.arg(item.text.toUtf8().size()).arg(limit), 0});

    base::Promise<base::TransactionId> promise;
    switch (m_data->loading) {
    case Data::Loading::No: m_data->early.append({item, promise}); break; // its position follows on what load() finds
    case Data::Loading::Failed: promise.answer(Error{ErrorKind::Storage, u"what waits to be sent could not be read"_s, 0}); break;
    case Data::Loading::Done: keep(std::move(item), promise); break;
    }
    return promise.async();
}

/// Stores a new item and lets it go.
void Outbox::keep(OutboxItem item, const base::Promise<base::TransactionId>& promise)
{
    item.transaction = base::newTransactionId(m_data->random);
    item.createdAtMs = m_data->clock.nowMs();
    item.position = ++m_data->lastPosition;
    item.attempts = 0;
    item.state = OutboxState::Queued;
    item.why.reset();
    if (item.kind == OutgoingKind::Command && (!m_data->connected(item.conversation) || isWaiting(item.conversation))) {
        item.state = OutboxState::Review;
        item.why = Error{ErrorKind::Offline, u"written while it could not be sent at once"_s, 0};
    }
    const Entry entry{item, m_data->connection(item)};
    store(entry).then(this, [this, entry, promise](const base::Status& stored) {
        if (!stored)
            return promise.answer(stored.error());
        m_data->entries.append(entry);
        promise.answer(base::Expected<base::TransactionId>(entry.item.transaction));
        Entry& kept = m_data->entries.last();
        if (kept.item.state == OutboxState::Queued && !m_data->mayGo(kept))
            set(kept, OutboxState::Review, Error{ErrorKind::Offline, u"the connection broke while it was being stored"_s, 0});
        else
            emit changed(entry.item);
        pump();
    });
}

bool Outbox::isWaiting(const base::ConversationId& conversation) const
{
    return std::any_of(m_data->entries.cbegin(), m_data->entries.cend(),
        [&](const Entry& entry) { return entry.item.conversation == conversation && !entry.busy && !entry.waitsForAuthor(); });
}

base::Status Outbox::retry(const base::TransactionId& transaction)
{
    Entry* entry = m_data->find(transaction);
    if (!entry)
        return Error{ErrorKind::NotFound, u"nothing like that waits"_s, 0};
    if (entry->busy && !entry->waitsForAuthor())
        return base::Done(); // on its way already
    if (entry->isCommand() && !m_data->connected(entry->item.conversation))
        return Error{ErrorKind::Offline, u"not connected"_s, 0};
    entry->hold = 0;
    entry->connection = m_data->connection(entry->item);
    if (!entry->look) // what may have arrived has its files: whoever finds it there has to know them
        for (chat::Attachment& file : entry->item.attachments) // the server may have forgotten them
            file.id = {};
    // Of a command that is being looked up this says: send it when it is not there. Of a text that goes without saying.
    set(*entry, entry->look && !entry->isCommand() ? OutboxState::Unknown : OutboxState::Queued, std::nullopt);
    pump();
    return base::Done();
}

base::Status Outbox::discard(const base::TransactionId& transaction)
{
    const Entry* entry = m_data->find(transaction);
    if (!entry)
        return Error{ErrorKind::NotFound, u"nothing like that waits"_s, 0};
    if (entry->busy && !m_data->uploads.isRunning(transaction))
        return Error{ErrorKind::Denied, u"it is on its way"_s, 0};
    m_data->uploads.cancel(transaction);
    const OutboxItem item = entry->item;
    m_data->entries.removeIf([&](const Entry& e) { return e.item.transaction == transaction; });
    m_data->store.removeOutbox(transaction).ignore();
    emit discarded(item);
    pump();
    return base::Done();
}

// ---- sending ----

/// Starts what can be started: in each conversation the first that is queued, when nothing before it is on its way.
void Outbox::pump()
{
    QSet<base::ConversationId> blocked;
    QList<base::TransactionId> ready;
    for (const Entry& entry : std::as_const(m_data->entries)) {
        if (entry.waitsForAuthor()) {
            if (!entry.look)
                continue;
        } else {
            if (blocked.contains(entry.item.conversation))
                continue;
            blocked.insert(entry.item.conversation);
        }
        if (!entry.busy && entry.hold == 0 && m_data->connected(entry.item.conversation))
            ready.append(entry.item.transaction);
    }
    for (const base::TransactionId& transaction : std::as_const(ready))
        if (Entry* entry = m_data->find(transaction); entry && !entry->busy && m_data->connected(entry->item.conversation))
            entry->look ? look(*entry) : Uploads::isNeeded(entry->item) ? upload(*entry) : begin(*entry);
}

void Outbox::upload(Entry& entry)
{
    entry.busy = true;
    entry.item.why.reset();
    m_data->uploads.start(*m_data->connected(entry.item.conversation), entry.item);
    const OutboxItem item = entry.item;
    emit changed(item);
}

void Outbox::onUploaded(const base::TransactionId& transaction, const base::Expected<QList<chat::Attachment>>& files)
{
    Entry* entry = m_data->find(transaction);
    if (!entry)
        return;
    entry->busy = false;
    if (files) {
        entry->item.attachments = *files;
        const bool isConnected = m_data->connected(entry->item.conversation);
        set(*entry, OutboxState::Queued,
            isConnected ? std::nullopt : std::optional(Error{ErrorKind::Offline, u"the connection broke before it was sent"_s, 0}));
    } else if (files.error().kind == ErrorKind::Offline || files.error().kind == ErrorKind::Cancelled) {
        holdFor(*entry, kRetryDelay);
        set(*entry, OutboxState::Queued, files.error());
    } else {
        set(*entry, OutboxState::Failed, files.error());
    }
    pump();
}

/// Writes down that it is on its way, then sends: after a crash in between it is looked up, never sent twice.
void Outbox::begin(Entry& entry)
{
    if (!m_data->mayGo(entry)) {
        set(entry, OutboxState::Review, Error{ErrorKind::Offline, u"the connection broke before it was sent"_s, 0});
        return pump();
    }
    entry.busy = true;
    ++entry.item.attempts;
    entry.item.state = OutboxState::InFlight;
    entry.item.why.reset();
    store(entry).then(this, [this, transaction = entry.item.transaction, connection = m_data->connection(entry.item)](const base::Status& stored) {
        Entry* marked = m_data->find(transaction);
        if (!marked)
            return;
        if (stored && m_data->connection(marked->item) == connection && m_data->connected(marked->item.conversation))
            return send(*marked);
        marked->busy = false;
        const Error why = stored ? Error{ErrorKind::Offline, u"the connection broke before it was sent"_s, 0} : stored.error();
        if (!stored)
            holdFor(*marked, kRetryDelay);
        set(*marked, marked->isCommand() ? OutboxState::Review : OutboxState::Queued, why);
        pump();
    });
    const OutboxItem item = entry.item;
    emit changed(item);
}

void Outbox::send(Entry& entry)
{
    const OutboxItem& item = entry.item;
    m_data->connected(item.conversation)
        ->send({item.transaction, item.conversation, item.text, item.thread, item.replyTo, item.attachments})
        .then(this, [this, transaction = item.transaction](const base::Expected<chat::SendResult>& result) {
            // A backend that went away without an answer leaves the outcome open.
            onSent(transaction, result ? *result : chat::SendResult{});
        });
}

void Outbox::onSent(const base::TransactionId& transaction, const chat::SendResult& result)
{
    Entry* entry = m_data->find(transaction);
    if (!entry)
        return;
    entry->busy = false;
    switch (result.outcome) {
    case chat::SendOutcome::Accepted: return finish(transaction, result);
    case chat::SendOutcome::Rejected: set(*entry, OutboxState::Failed, Error{ErrorKind::Denied, result.detail, 0}); break;
    case chat::SendOutcome::Throttled: {
        const auto delay = std::clamp(std::chrono::milliseconds(result.retryAfterMs), kShortestHold, kLongestHold);
        holdFor(*entry, delay);
        set(*entry, OutboxState::Queued, Error{ErrorKind::RateLimited, result.detail, delay.count()});
        break;
    }
    case chat::SendOutcome::NotSent:
        if (!entry->isCommand())
            holdFor(*entry, kRetryDelay);
        set(*entry, entry->isCommand() ? OutboxState::Review : OutboxState::Queued, Error{ErrorKind::Offline, result.detail, 0});
        break;
    case chat::SendOutcome::Unknown:
        entry->look = true;
        set(*entry, OutboxState::Unknown, Error{ErrorKind::Offline, u"the connection broke before the answer came"_s, 0});
        break;
    }
    pump();
}

/// Asks whether it arrived, before anything is sent again.
void Outbox::look(Entry& entry)
{
    entry.busy = true;
    m_data->connected(entry.item.conversation)
        ->verify(entry.item.conversation, entry.item.transaction)
        .then(
            this, [this, transaction = entry.item.transaction](const base::Expected<chat::VerifyResult>& result) { onLooked(transaction, result); });
}

void Outbox::onLooked(const base::TransactionId& transaction, const base::Expected<chat::VerifyResult>& result)
{
    const Entry* entry = m_data->find(transaction);
    if (!entry)
        return;
    if (!result || result->outcome == chat::VerifyOutcome::Found)
        return concludeLook(transaction, result);
    // The server looks at what came since the last message that is stored here. What came before a crash is stored already.
    m_data->store.message(entry->item.conversation, transaction)
        .then(this, [this, transaction, result](const base::Expected<QList<chat::Message>>& stored) {
            if (!stored)
                return concludeLook(transaction, stored.error());
            if (stored->isEmpty())
                return concludeLook(transaction, result);
            concludeLook(transaction, chat::VerifyResult{chat::VerifyOutcome::Found, stored->first().id, stored->first().order});
        });
}

void Outbox::concludeLook(const base::TransactionId& transaction, const base::Expected<chat::VerifyResult>& result)
{
    Entry* entry = m_data->find(transaction);
    if (!entry)
        return;
    entry->busy = false;
    if (!result) { // No answer is no answer: it stays open, at the latest until the next connection.
        holdFor(*entry, kRetryDelay);
        return;
    }
    // A command goes only when its author said "again", and over the connection on which that was said.
    const bool wanted = !entry->isCommand() || (entry->item.state == OutboxState::Queued && m_data->mayGo(*entry));
    switch (result->outcome) {
    case chat::VerifyOutcome::Found: return finish(transaction, {chat::SendOutcome::Accepted, result->id, result->order, {}, {}, 0});
    case chat::VerifyOutcome::Absent:
        entry->look = false;
        if (wanted)
            set(*entry, OutboxState::Queued, std::nullopt);
        else
            set(*entry, OutboxState::Review, Error{ErrorKind::Cancelled, u"it did not arrive"_s, 0});
        break;
    case chat::VerifyOutcome::CannotTell:
        entry->look = false;
        set(*entry, entry->isCommand() ? OutboxState::Review : OutboxState::Failed,
            Error{ErrorKind::Timeout, u"it may have been sent; the server cannot tell"_s, 0});
        break;
    }
    pump();
}

void Outbox::finish(const base::TransactionId& transaction, const chat::SendResult& result)
{
    OutboxItem item = m_data->find(transaction)->item;
    m_data->entries.removeIf([&](const Entry& e) { return e.item.transaction == transaction; });
    m_data->store.removeOutbox(transaction).ignore(); // should that fail, the next start looks and finds it sent
    item.state = OutboxState::Sent;
    item.why.reset();
    emit accepted(item, result);
    emit changed(item);
    pump();
}

void Outbox::set(Entry& entry, OutboxState state, std::optional<Error> why)
{
    entry.item.state = state;
    entry.item.why = std::move(why);
    storeLater(entry);
    const OutboxItem item = entry.item;
    emit changed(item);
}

base::Async<base::Done> Outbox::store(const Entry& entry)
{
    OutboxItem item = entry.item;
    if (entry.look)
        item.state = OutboxState::Unknown; // so that the next start, too, looks before it sends
    return m_data->store.putOutbox(item);
}

void Outbox::storeLater(const Entry& entry)
{
    store(entry).then(this, [](const base::Status& stored) {
        if (!stored)
            qCWarning(lcOutbox) << "cannot store a change of state:" << stored.error().detail; // its text is stored since submit
    });
}

void Outbox::holdFor(Entry& entry, std::chrono::milliseconds delay)
{
    entry.hold = ++m_data->lastHold;
    m_data->clock.after(delay, this, [this, transaction = entry.item.transaction, hold = entry.hold] {
        Entry* held = m_data->find(transaction);
        if (!held || held->hold != hold)
            return; // gone, or a later word of the server counts
        held->hold = 0;
        pump();
    });
}

/// Commands that waited for their turn wait for their author instead. Those that are busy are caught when that ends.
void Outbox::connectionLost(const base::AccountId& account, const Error& error)
{
    ++m_data->connections[account];
    QList<base::TransactionId> waiting;
    for (const Entry& entry : std::as_const(m_data->entries))
        if (entry.item.conversation.account() == account && entry.isCommand() && entry.item.state == OutboxState::Queued && !entry.busy)
            waiting.append(entry.item.transaction);
    for (const base::TransactionId& transaction : std::as_const(waiting)) // one by one: whoever hears of it may change the list
        if (Entry* entry = m_data->find(transaction); entry && entry->item.state == OutboxState::Queued && !entry->busy)
            set(*entry, OutboxState::Review, Error{ErrorKind::Offline, error.detail, 0});
}

} // namespace ridealong::outbox
