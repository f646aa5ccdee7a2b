// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outbox/outbox.h"

#include "store/profilestore.h"

#include "base/log.h"

#include <QPointer>
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

} // namespace

struct Outbox::Data
{
    store::ProfileStore& store;
    base::Clock& clock;
    base::Random& random;
    QList<Entry> entries; ///< by position
    QHash<base::AccountId, QPointer<chat::Backend>> backends;
    qint64 lastPosition = 0;

    Entry* find(const base::TransactionId& transaction)
    {
        for (Entry& entry : entries)
            if (entry.item.transaction == transaction)
                return &entry;
        return nullptr;
    }
    chat::Backend* connected(const base::ConversationId& conversation) const
    {
        chat::Backend* backend = backends.value(conversation.account());
        return backend && backend->status().state == chat::ConnectionState::Connected ? backend : nullptr;
    }
};

Outbox::Outbox(store::ProfileStore& store, base::Clock& clock, base::Random& random, QObject* parent)
    : QObject(parent), m_data(new Data{store, clock, random, {}, {}, 0})
{
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

base::Async<base::Done> Outbox::load()
{
    base::Promise<base::Done> promise;
    m_data->store.outbox().then(this, [this, promise](base::Expected<QList<OutboxItem>> items) {
        if (!items)
            return promise.answer(items.error());
        for (OutboxItem item : std::as_const(*items)) {
            m_data->lastPosition = std::max(m_data->lastPosition, item.position);
            Entry entry{item, false, false, false};
            if (item.state == OutboxState::Queued || item.state == OutboxState::InFlight || item.state == OutboxState::Unknown) {
                entry.look = true;
                entry.item.state = item.kind == OutgoingKind::Text ? OutboxState::Queued : OutboxState::Review;
                if (item.kind == OutgoingKind::Command)
                    entry.item.why = Error{ErrorKind::Cancelled, u"interrupted before its answer came"_s, 0};
            }
            m_data->entries.append(entry);
            emit changed(entry.item);
        }
        for (const auto& backend : std::as_const(m_data->backends))
            if (backend)
                pump();
        promise.answer(base::Done());
    });
    return promise.async();
}

void Outbox::setBackend(const base::AccountId& account, chat::Backend* backend)
{
    if (chat::Backend* before = m_data->backends.value(account))
        before->disconnect(this);
    m_data->backends[account] = backend;
    if (!backend)
        return;
    connect(backend, &chat::Backend::statusChanged, this, [this, account](const chat::ConnectionStatus& status) {
        if (status.state == chat::ConnectionState::Connected)
            pump();
        else
            holdCommands(account, status.error);
    });
    pump();
}

base::Async<base::TransactionId> Outbox::submit(OutboxItem item)
{
    using Answer = base::Expected<base::TransactionId>;
    if (item.text.trimmed().isEmpty())
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::Invalid, u"nothing to send"_s, 0});
    chat::Backend* backend = m_data->backends.value(item.conversation.account());
    if (!backend)
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::NotFound, u"no such account"_s, 0});
    if (const int limit = backend->limits().messageBytes; limit > 0 && item.text.toUtf8().size() > limit)
        return base::Async<base::TransactionId>::ready(Error{ErrorKind::Invalid, u"%1 bytes, the server takes %2"_s.arg(item.text.toUtf8().size()).arg(limit), 0});

    item.transaction = base::newTransactionId(m_data->random);
    item.createdAtMs = m_data->clock.nowMs();
    item.position = ++m_data->lastPosition;
    item.state = OutboxState::Queued;
    if (item.kind == OutgoingKind::Command && (!m_data->connected(item.conversation) || isWaiting(item.conversation))) {
        item.state = OutboxState::Review;
        item.why = Error{ErrorKind::Offline, u"written while it could not be sent at once"_s, 0};
    }
    base::Promise<base::TransactionId> promise;
    m_data->store.putOutbox(item).then(this, [this, item, promise](base::Status stored) mutable {
        if (!stored)
            return promise.answer(stored.error());
        if (item.kind == OutgoingKind::Command && item.state == OutboxState::Queued && !m_data->connected(item.conversation))
            item.state = OutboxState::Review; // the connection broke while it was being stored
        m_data->entries.append({item, false, false, false});
        promise.answer(Answer(item.transaction));
        emit changed(item);
        pump();
    });
    return promise.async();
}

bool Outbox::isWaiting(const base::ConversationId& conversation) const
{
    return std::any_of(m_data->entries.cbegin(), m_data->entries.cend(), [&](const Entry& entry) {
        return entry.item.conversation == conversation && entry.item.state == OutboxState::Queued && !entry.busy;
    });
}

base::Status Outbox::retry(const base::TransactionId& transaction)
{
    Entry* entry = m_data->find(transaction);
    if (!entry)
        return Error{ErrorKind::NotFound, u"nothing like that waits"_s, 0};
    if (entry->busy)
        return base::Done(); // on its way already
    entry->held = false;
    entry->item.state = OutboxState::Queued;
    entry->item.why.reset();
    store(*entry);
    emit changed(entry->item);
    pump();
    return base::Done();
}

base::Status Outbox::discard(const base::TransactionId& transaction)
{
    const Entry* entry = m_data->find(transaction);
    if (!entry)
        return Error{ErrorKind::NotFound, u"nothing like that waits"_s, 0};
    if (entry->busy)
        return Error{ErrorKind::Denied, u"it is on its way"_s, 0};
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
        const OutboxItem& item = entry.item;
        const bool looksFirst = entry.look && item.state != OutboxState::Failed;
        if (!looksFirst && (item.state == OutboxState::Review || item.state == OutboxState::Failed))
            continue; // waits for the user and holds up nobody
        if (blocked.contains(item.conversation))
            continue;
        blocked.insert(item.conversation);
        if (!entry.busy && !entry.held && m_data->connected(item.conversation))
            ready.append(item.transaction);
    }
    for (const base::TransactionId& transaction : std::as_const(ready))
        if (Entry* entry = m_data->find(transaction); entry && !entry->busy)
            entry->look ? look(*entry) : send(*entry);
}

void Outbox::send(Entry& entry)
{
    chat::Backend* backend = m_data->connected(entry.item.conversation);
    entry.busy = true;
    ++entry.item.attempts;
    entry.item.state = OutboxState::InFlight;
    entry.item.why.reset();
    const OutboxItem item = entry.item;
    emit changed(item);
    backend->send({item.transaction, item.conversation, item.text, item.thread, item.replyTo})
        .then(this, [this, transaction = item.transaction](base::Expected<chat::SendResult> result) {
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
    const bool command = entry->item.kind == OutgoingKind::Command;
    switch (result.outcome) {
    case chat::SendOutcome::Accepted: return finish(transaction, result);
    case chat::SendOutcome::Rejected: set(*entry, OutboxState::Failed, Error{ErrorKind::Denied, result.detail, 0}); break;
    case chat::SendOutcome::Throttled:
        set(*entry, OutboxState::Queued, Error{ErrorKind::RateLimited, result.detail, result.retryAfterMs});
        holdFor(transaction, std::chrono::milliseconds(result.retryAfterMs));
        break;
    case chat::SendOutcome::NotSent:
        set(*entry, command ? OutboxState::Review : OutboxState::Queued, Error{ErrorKind::Offline, result.detail, 0});
        if (!command && m_data->connected(entry->item.conversation))
            holdFor(transaction, kRetryDelay);
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
    chat::Backend* backend = m_data->connected(entry.item.conversation);
    entry.busy = true;
    backend->verify(entry.item.conversation, entry.item.transaction)
        .then(this, [this, transaction = entry.item.transaction](base::Expected<chat::VerifyResult> result) {
            Entry* asked = m_data->find(transaction);
            if (!asked)
                return;
            asked->busy = false;
            if (!result) {
                // No answer is no answer: it stays open until the next connection.
                if (m_data->connected(asked->item.conversation))
                    holdFor(transaction, kRetryDelay);
                return;
            }
            const bool command = asked->item.kind == OutgoingKind::Command;
            const bool wanted = asked->item.state == OutboxState::Queued; // a command only when its author said "again"
            switch (result->outcome) {
            case chat::VerifyOutcome::Found: return finish(transaction, {chat::SendOutcome::Accepted, result->id, result->order, {}, {}, 0});
            case chat::VerifyOutcome::Absent:
                asked->look = false;
                if (!command || wanted)
                    set(*asked, OutboxState::Queued, std::nullopt);
                else
                    set(*asked, OutboxState::Review, Error{ErrorKind::Cancelled, u"it did not arrive"_s, 0});
                break;
            case chat::VerifyOutcome::CannotTell:
                asked->look = false;
                set(*asked, command ? OutboxState::Review : OutboxState::Failed, Error{ErrorKind::Timeout, u"it may have been sent; the server cannot tell"_s, 0});
                break;
            }
            pump();
        });
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
    store(entry);
    const OutboxItem item = entry.item;
    emit changed(item);
}

void Outbox::store(const Entry& entry)
{
    m_data->store.putOutbox(entry.item).then(this, [](base::Status stored) {
        if (!stored)
            qCWarning(lcOutbox) << "cannot store a change of state:" << stored.error().detail; // its text is stored since submit
    });
}

void Outbox::holdFor(const base::TransactionId& transaction, std::chrono::milliseconds delay)
{
    if (Entry* entry = m_data->find(transaction))
        entry->held = true;
    m_data->clock.after(delay, this, [this, transaction] {
        if (Entry* entry = m_data->find(transaction))
            entry->held = false;
        pump();
    });
}

/// The connection is gone: commands that waited for their turn wait for their author instead.
void Outbox::holdCommands(const base::AccountId& account, const Error& error)
{
    for (Entry& entry : m_data->entries)
        if (entry.item.conversation.account() == account && entry.item.kind == OutgoingKind::Command && entry.item.state == OutboxState::Queued && !entry.busy)
            set(entry, OutboxState::Review, Error{ErrorKind::Offline, error.detail, 0});
}

} // namespace ridealong::outbox
