// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/gapfiller.h"

#include "base/log.h"

namespace ridealong::sync {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::Gap;
using chat::GapState;

namespace {

/// A server may send anything for a page: what is of another room or not before the edge is not what was asked for.
void keepOnly(chat::HistoryPage& page, const base::ConversationId& conversation, qint64 beforeOrder)
{
    page.messages.removeIf(
        [&](const chat::Message& message) { return message.conversation != conversation || (beforeOrder > 0 && message.order >= beforeOrder); });
}

qint64 oldestOf(const chat::HistoryPage& page)
{
    qint64 oldest = page.messages.first().order;
    for (const chat::Message& message : page.messages)
        oldest = std::min(oldest, message.order);
    return oldest;
}

chat::SyncBatch batchOf(const chat::HistoryPage& page)
{
    chat::SyncBatch batch;
    for (const chat::Message& message : page.messages)
        batch.events.append(chat::MessageChanged{message});
    return batch;
}

} // namespace

GapFiller::GapFiller(base::AccountId account, chat::Backend& backend, store::ProfileStore& store, base::Clock& clock, QObject* parent)
    : QObject(parent),
      m_account(std::move(account)),
      m_backend(backend),
      m_store(store),
      m_clock(clock)
{
    connect(&m_backend, &chat::Backend::statusChanged, this, &GapFiller::onStatus);
    m_connected = m_backend.status().state == chat::ConnectionState::Connected;
}

void GapFiller::start()
{
    m_store.openGaps(m_account).then(this, [this](const base::Expected<QList<Gap>>& gaps) {
        if (!gaps)
            return; // whoever opens the timeline is told by the same store
        for (const Gap& gap : *gaps)
            add(gap);
        schedule();
    });
}

bool GapFiller::canAsk() const { return m_connected && m_backend.facets().history; }

void GapFiller::onStatus()
{
    const bool connected = m_backend.status().state == chat::ConnectionState::Connected;
    if (std::exchange(m_connected, connected) == connected)
        return;
    m_pause.reset();
    m_complete.clear();
    for (Known& known : m_known)
        known.failures = 0; // another connection, another server perhaps
    const QList<Known> all = m_known;
    for (const Known& known : all)
        emit stateChanged(known.gap);
    fillNext();
}

// ---- what is known ----

GapFiller::Known* GapFiller::find(const Gap& gap)
{
    const auto at = std::find_if(m_known.begin(), m_known.end(), [&](const Known& known) { return known.gap == gap; });
    return at == m_known.end() ? nullptr : &*at;
}

void GapFiller::add(const Gap& gap)
{
    if (!gap.lost && !find(gap))
        m_known.append({gap});
}

void GapFiller::remove(const Gap& gap)
{
    m_known.removeIf([&](const Known& known) {
        return known.gap.conversation == gap.conversation && known.gap.afterOrder == gap.afterOrder && known.gap.beforeOrder == gap.beforeOrder;
    });
}

void GapFiller::take(const chat::SyncBatch& stored)
{
    for (const Gap& gap : stored.gaps)
        add(gap);
    for (const chat::GapChange& change : stored.gapChanges) {
        remove(change.before);
        if (change.after)
            add(*change.after);
    }
}

void GapFiller::noteCommitted(const chat::SyncBatch& batch)
{
    m_busy = true;
    take(batch);
    schedule();
}

GapState GapFiller::state(const Gap& gap) const
{
    if (m_asked == gap)
        return GapState::Loading;
    if (gap.lost || !canAsk())
        return GapState::Unavailable;
    const auto at = std::find_if(m_known.begin(), m_known.end(), [&](const Known& known) { return known.gap == gap; });
    return at != m_known.end() && at->failures > 0 ? GapState::Failed : GapState::Open;
}

// ---- which one, and when ----

void GapFiller::fill(const Gap& gap)
{
    Known* known = find(gap);
    if (!known || known->wanted)
        return;
    known->wanted = true;
    fillNext();
}

/// One that somebody looks at; the last one asked for is the one in view.
void GapFiller::fillNext()
{
    if (m_asked || !canAsk())
        return;
    for (auto known = m_known.rbegin(); known != m_known.rend(); ++known)
        if (known->wanted) {
            known->wanted = false;
            return ask(known->gap);
        }
    schedule();
}

void GapFiller::schedule()
{
    if (m_asked || m_pause || m_known.isEmpty() || !canAsk())
        return;
    std::chrono::nanoseconds wait = kLastRetry;
    for (const Known& known : std::as_const(m_known))
        wait = std::min(wait, known.failures == 0 ? std::chrono::nanoseconds::zero() : known.retryAt - m_clock.monotonic());
    m_pause = std::make_unique<QObject>();
    const auto pause = std::exchange(m_busy, false) ? kBusyPause : m_backend.facets().history->pause();
    m_clock.after(std::max(pause, std::chrono::ceil<std::chrono::milliseconds>(wait)), m_pause.get(), [this] { onPauseOver(); });
}

void GapFiller::onPauseOver()
{
    m_pause.release()->deleteLater(); // its own callback is running
    if (m_asked || !canAsk())
        return;
    if (m_busy && m_postponed < kMaxPostponements) {
        ++m_postponed;
        return schedule();
    }
    m_postponed = 0;
    const Known* next = nullptr;
    for (const Known& known : std::as_const(m_known))
        if ((known.failures == 0 || known.retryAt <= m_clock.monotonic()) && (!next || known.gap.beforeOrder > next->gap.beforeOrder))
            next = &known;
    if (next)
        ask(next->gap);
    else
        schedule();
}

// ---- a page ----

void GapFiller::ask(const Gap& asked)
{
    const Gap gap = asked; // what was handed in may be an element of m_known
    m_pause.reset();
    m_asked = gap;
    emit stateChanged(gap);
    // What stands at the edge itself is asked for again: where history is told in whole seconds, others stand there with it.
    m_backend.facets()
        .history->before(gap.conversation, gap.beforeOrder + 1, kHistoryPage)
        .then(this, [this, gap](const base::Expected<chat::HistoryPage>& page) { page ? onPage(gap, *page) : fail(gap, page.error()); });
}

void GapFiller::onPage(const Gap& gap, chat::HistoryPage page)
{
    keepOnly(page, gap.conversation, gap.beforeOrder + 1);
    if (page.messages.isEmpty()) {
        if (!page.reachedStart)
            return fail(gap, {ErrorKind::Protocol, u"a page without anything older"_s, 0});
        return store(gap, page, gap.afterOrder == 0);
    }
    // The other side is reached when the page has a message that we know from there. Its order alone says little: history may
    // tell times more coarsely than they came the first time. Only a whole page from beyond leaves no doubt.
    QList<base::MessageId> ids;
    bool beyond = true;
    for (const chat::Message& message : std::as_const(page.messages)) {
        ids.append(message.id);
        beyond = beyond && message.order <= gap.afterOrder;
    }
    m_store.orders(gap.conversation, ids).then(this, [this, gap, page, beyond](const base::Expected<QHash<base::MessageId, qint64>>& stored) {
        if (!stored)
            return fail(gap, stored.error());
        const bool overlaps = std::any_of(stored->cbegin(), stored->cend(), [&](qint64 order) { return order <= gap.afterOrder; });
        store(gap, page, overlaps || beyond || (page.reachedStart && gap.afterOrder == 0));
    });
}

void GapFiller::store(const Gap& gap, const chat::HistoryPage& page, bool reached)
{
    chat::SyncBatch batch = batchOf(page);
    chat::GapChange change{gap, {}};
    // A page of one moment alone would be the same page again: go on below it.
    const qint64 edge = page.messages.isEmpty() ? gap.beforeOrder : std::max(gap.afterOrder + 1, std::min(oldestOf(page), gap.beforeOrder - 1));
    const bool smaller = edge < gap.beforeOrder;
    if (!reached && (smaller || page.messages.isEmpty()))
        change.after = Gap{gap.conversation, gap.afterOrder, edge, page.reachedStart};
    batch.gapChanges.append(change);
    m_store.commit(m_account, batch, m_backend.self()).then(this, [this, gap](const base::Expected<chat::SyncBatch>& stored) {
        if (!stored)
            return fail(gap, stored.error());
        m_asked.reset();
        remove(gap); // also when the store had it no more
        take(*stored);
        emit committed(*stored);
        fillNext();
    });
}

void GapFiller::fail(const Gap& gap, const Error& error)
{
    qCInfo(lcSync) << m_account.text() << "history of" << gap.conversation.key() << "not loaded:" << base::toString(error.kind) << error.detail;
    m_asked.reset();
    if (Known* known = find(gap)) {
        const auto wait = std::min(kLastRetry, kFirstRetry * (1 << std::min(known->failures, 10)));
        known->retryAt = m_clock.monotonic() + std::max<std::chrono::nanoseconds>(wait, std::chrono::milliseconds(error.retryAfterMs));
        ++known->failures;
    }
    emit stateChanged(gap);
    fillNext();
}

// ---- before everything that is stored ----

bool GapFiller::mayHaveOlder(const base::ConversationId& conversation) const { return canAsk() && !m_complete.contains(conversation); }

base::Async<bool> GapFiller::loadOlder(const base::ConversationId& conversation)
{
    base::Promise<bool> promise;
    m_store.oldest(conversation).then(this, [this, promise, conversation](const base::Expected<qint64>& oldest) {
        if (!oldest)
            return promise.answer(oldest.error());
        if (!canAsk())
            return promise.answer(Error{m_connected ? ErrorKind::Unsupported : ErrorKind::Offline, u"no history to ask for"_s, 0});
        m_backend.facets()
            .history->before(conversation, *oldest > 0 ? *oldest + 1 : 0, kHistoryPage)
            .then(this, [this, promise, conversation, oldest = *oldest](const base::Expected<chat::HistoryPage>& page) {
                page ? storeOlder(conversation, oldest, *page, promise) : promise.answer(page.error());
            });
    });
    return promise.async();
}

void GapFiller::storeOlder(const base::ConversationId& conversation, qint64 oldest, chat::HistoryPage page, const base::Promise<bool>& promise)
{
    keepOnly(page, conversation, oldest > 0 ? oldest + 1 : 0);
    if (page.reachedStart)
        m_complete.insert(conversation);
    m_store.commit(m_account, batchOf(page), m_backend.self())
        .then(this, [this, promise, conversation, oldest](const base::Expected<chat::SyncBatch>& stored) {
            if (!stored)
                return promise.answer(stored.error());
            const bool isNews = std::any_of(stored->events.cbegin(), stored->events.cend(), [&](const chat::Event& event) {
                const chat::Message& message = std::get<chat::MessageChanged>(event).message;
                return message.thread.isEmpty() && (oldest == 0 || message.order < oldest);
            });
            if (!isNews)
                m_complete.insert(conversation); // the same again would be the same again
            emit committed(*stored);
            promise.answer(!m_complete.contains(conversation));
        });
}

// ---- at a moment ----

const Gap* GapFiller::gapAround(const base::ConversationId& conversation, const chat::PlaceInTime& place) const
{
    const auto at = std::find_if(m_known.begin(), m_known.end(), [&](const Known& known) {
        return known.gap.conversation == conversation && known.gap.beforeOrder > place.beforeOrder
            && (place.order == 0 || known.gap.afterOrder < place.order);
    });
    return at == m_known.end() ? nullptr : &at->gap;
}

base::Async<base::MessageId> GapFiller::reach(const base::ConversationId& conversation, qint64 timeMs)
{
    base::Promise<base::MessageId> promise;
    m_store.placeAt(conversation, timeMs).then(this, [this, promise, conversation, timeMs](const base::Expected<chat::PlaceInTime>& place) {
        if (!place)
            return promise.answer(place.error());
        const bool mayBeMore = gapAround(conversation, *place) || (place->beforeOrder == 0 && mayHaveOlder(conversation));
        if (!mayBeMore || !canAsk())
            return promise.answer(place->message);
        m_backend.facets()
            .history->from(conversation, timeMs, kHistoryPage)
            .then(this, [this, promise, conversation, timeMs, place = *place](const base::Expected<chat::HistoryPage>& page) {
                if (page)
                    storePage(conversation, place, timeMs, *page, promise);
                else if (page.error().kind == ErrorKind::Unsupported)
                    promise.answer(place.message);
                else
                    promise.answer(page.error());
            });
    });
    return promise.async();
}

void GapFiller::storePage(const base::ConversationId& conversation, const chat::PlaceInTime& place, qint64 timeMs, chat::HistoryPage page,
    const base::Promise<base::MessageId>& promise)
{
    keepOnly(page, conversation, 0);
    page.messages.removeIf([&](const chat::Message& message) { return message.timeMs < timeMs; });
    if (page.messages.isEmpty())
        return promise.answer(place.message);
    const base::MessageId first = page.messages.first().id;
    const qint64 begin = oldestOf(page);
    const qint64 end
        = std::max_element(page.messages.cbegin(), page.messages.cend(), [](const auto& a, const auto& b) { return a.order < b.order; })->order;
    chat::SyncBatch batch = batchOf(page);
    // The edge behind: the gap that it is in, or all that is stored.
    const Gap* around = gapAround(conversation, place);
    const qint64 behind = around ? around->beforeOrder : place.order;
    if (around)
        batch.gapChanges.append(
            {*around, begin > around->afterOrder ? std::optional(Gap{conversation, around->afterOrder, begin, false}) : std::nullopt});
    if (behind > end)
        batch.gaps.append({conversation, end, behind, false});
    m_store.commit(m_account, batch, m_backend.self()).then(this, [this, promise, first](const base::Expected<chat::SyncBatch>& stored) {
        if (!stored)
            return promise.answer(stored.error());
        take(*stored);
        emit committed(*stored);
        fillNext();
        promise.answer(first);
    });
}

} // namespace ridealong::sync
