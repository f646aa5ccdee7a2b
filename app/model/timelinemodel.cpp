// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "model/timelinemodel.h"

#include "chat/gist.h"
#include "model/timelinedata.h"

#include <QDateTime>
#include <QLocale>

namespace ridealong::model {

using namespace Qt::StringLiterals;

TimelineModel::TimelineModel(base::ConversationId conversation, base::MessageId thread, chat::Member self, Source source, QObject* parent)
    : RowListModel(parent),
      m_data(std::make_unique<Data>())
{
    m_data->conversation = std::move(conversation);
    m_data->thread = std::move(thread);
    m_data->self = std::move(self);
    m_data->source = std::move(source);
}

TimelineModel::~TimelineModel() = default;

const base::ConversationId& TimelineModel::conversation() const { return m_data->conversation; }
const base::MessageId& TimelineModel::thread() const { return m_data->thread; }
const chat::Member& TimelineModel::self() const { return m_data->self; }
bool TimelineModel::hasOlder() const { return m_data->hasOlder; }
bool TimelineModel::hasNewer() const { return m_data->hasNewer; }
bool TimelineModel::isLoading() const { return m_data->loading > 0; }
bool TimelineModel::isEmptyAndComplete() const { return m_data->loaded && !m_data->hasOlder && rows().empty(); }

int TimelineModel::rowOf(const base::MessageId& id) const
{
    for (int i = int(rows().size()) - 1; i >= 0; --i)
        if (rows()[i].kind == TimelineRow::Kind::Message && rows()[i].message.id == id)
            return i;
    return -1;
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const TimelineRow& row = rows()[index.row()];
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(row.timeMs);
    switch (row.kind) {
    case TimelineRow::Kind::Message:
        if (row.message.action)
            return u"%1 %2, %3"_s.arg(row.message.senderName, chat::gist(row.message), QLocale().toString(time.time(), QLocale::ShortFormat));
        return u"%1, %2: %3"_s.arg(row.message.senderName, QLocale().toString(time.time(), QLocale::ShortFormat), chat::gist(row.message));
    case TimelineRow::Kind::Day: return QLocale().toString(time.date(), QLocale::LongFormat);
    case TimelineRow::Kind::Unread: return u"---"_s;
    case TimelineRow::Kind::Gap: return u"…"_s;
    }
    return {};
}

// ---- rows ----

int TimelineModel::rowBehind(qint64 order) const
{
    int row = int(rows().size());
    for (; row > 0; --row) {
        const TimelineRow& above = rows()[row - 1];
        if (above.kind == TimelineRow::Kind::Message && !above.pending && above.message.order <= order)
            break;
    }
    return row;
}

void TimelineModel::rebuildFrom(qsizetype message, Grow grow)
{
    const Data& d = *m_data;
    // The row at which that message (with its day, unread and gap lines) begins.
    const int firstRow = message > 0 ? rowBehind(d.messages[message - 1].order) : 0;
    replaceFrom(firstRow, makeRows(d, message, d.count()), grow);
}

// ---- what comes in ----

void TimelineModel::apply(const chat::SyncBatch& batch)
{
    Data& d = *m_data;
    if (d.loading > 0)
        d.meanwhile.append(batch);
    if (d.loaded)
        merge(batch);
}

void TimelineModel::merge(const chat::SyncBatch& batch)
{
    Data& d = *m_data;
    qsizetype from = d.count() + 1;
    QSet<base::MessageId> threads;
    for (const chat::Event& event : batch.events) {
        const auto* change = std::get_if<chat::MessageChanged>(&event);
        if (!change || change->message.conversation != d.conversation)
            continue;
        const chat::Message& message = change->message;
        if (d.thread.isEmpty() && message.thread)
            threads.insert(message.thread);
        if (!d.belongs(message))
            continue;
        const auto matches = [&](const chat::OutboxItem& item) { return item.transaction == message.transaction; };
        if (message.transaction && d.pending.removeIf(matches) > 0)
            from = std::min(from, d.count());
        if (message.transaction && message.sender == d.self.user)
            if (const qsizetype at = d.indexUnderOtherName(message); at >= 0) { // it has its real name and place only now
                d.remove(at, 1);
                from = std::min(from, at);
            }
        if (const qsizetype at = d.indexOf(message.id); at >= 0) {
            from = std::min(from, at);
            if (d.messages[at].order == message.order) {
                d.messages[at] = message;
                continue;
            }
            d.remove(at, 1); // the store keeps a message's place; whatever else may happen, it stands here once
        }
        const qsizetype at = d.lowerBound(message.order);
        if (at == d.count() && d.hasNewer)
            continue; // beyond the window; read when the user gets there
        if (at == 0 && d.hasOlder && !d.messages.empty())
            continue;
        d.insert(at, message);
        from = std::min(from, at);
    }
    for (const base::MessageId& root : std::as_const(threads))
        refreshThread(root);
    const auto addGap = [&](const chat::Gap& gap) {
        if (gap.conversation != d.conversation || d.gaps.contains(gap))
            return;
        d.gaps.append(gap);
        from = std::min(from, d.lowerBound(gap.beforeOrder));
    };
    for (const chat::Gap& gap : batch.gaps)
        addGap(gap);
    for (const chat::GapChange& change : batch.gapChanges) {
        if (d.removeGap(change.before))
            from = std::min(from, d.lowerBound(change.before.beforeOrder));
        if (change.after)
            addGap(*change.after);
    }
    if (from > d.count())
        return;
    rebuildFrom(from);
    trim(Edge::Older);
}

void TimelineModel::apply(const chat::OutboxItem& item)
{
    Data& d = *m_data;
    if (item.conversation != d.conversation || item.thread != d.thread)
        return;
    const auto known = std::find_if(d.pending.begin(), d.pending.end(), [&](const auto& p) { return p.transaction == item.transaction; });
    if (known != d.pending.end()) {
        *known = item;
    } else {
        const bool arrived = std::any_of(d.messages.crbegin(), d.messages.crend(), [&](const auto& m) { return m.transaction == item.transaction; });
        if (arrived || item.state == chat::OutboxState::Sent)
            return; // the echo was faster than the reply
        d.pending.append(item);
    }
    if (d.loaded)
        rebuildFrom(d.count());
}

void TimelineModel::setGapStates(GapStates states) { m_data->gapStates = std::move(states); }

void TimelineModel::expectOlder()
{
    if (!m_data->loaded || std::exchange(m_data->hasOlder, true))
        return;
    rebuildFrom(0);
    emit loadingChanged(); // whoever looks decides whether to ask
}

bool TimelineModel::hasGaps() const { return !m_data->gaps.isEmpty(); }

void TimelineModel::refreshGap(const chat::Gap& gap)
{
    if (gap.conversation != m_data->conversation)
        return;
    for (int i = 0; i < int(rows().size()); ++i)
        if (rows()[i].kind == TimelineRow::Kind::Gap && rows()[i].gap == gap)
            return changeRow(i, [&](TimelineRow& row) { row.gapState = m_data->gapStates(gap); });
}

void TimelineModel::discard(const base::TransactionId& transaction)
{
    if (m_data->pending.removeIf([&](const auto& item) { return item.transaction == transaction; }) > 0 && m_data->loaded)
        rebuildFrom(m_data->count());
}

void TimelineModel::apply(const chat::RunReport& report)
{
    Data& d = *m_data;
    if (report.conversation != d.conversation)
        return;
    d.runs[report.run] = report;
    if (report.cause)
        d.runOfMessage[report.cause] = report.run;
    for (int i = int(rows().size()) - 1; i >= 0; --i)
        if ((rows()[i].message.run == report.run || (report.cause && rows()[i].message.id == report.cause)) && rows()[i].kind == TimelineRow::Kind::Message) {
            changeRow(i, [&](TimelineRow& row) { row.run = report; });
            return;
        }
}

void TimelineModel::setUnreadAfter(qint64 order)
{
    if (std::exchange(m_data->unreadAfter, order) != order && m_data->loaded)
        rebuildFrom(0);
}

// ---- the window ----

void TimelineModel::ask(chat::MessageQuery query, std::function<void(chat::MessagePage&)> take)
{
    Data& d = *m_data;
    query.conversation = d.conversation;
    query.thread = d.thread;
    ++d.loading;
    emit loadingChanged();
    d.source(query).then(this, [this, take = std::move(take), generation = d.generation](base::Expected<chat::MessagePage> page) {
        --m_data->loading;
        if (generation == m_data->generation) {
            if (page)
                take(*page);
            else
                emit loadFailed(page.error());
        }
        if (m_data->loading == 0) {
            const auto meanwhile = std::exchange(m_data->meanwhile, {});
            for (const chat::SyncBatch& batch : meanwhile)
                if (m_data->loaded)
                    merge(batch);
        }
        emit loadingChanged();
    });
}

void TimelineModel::noteThreads(const chat::MessagePage& page)
{
    for (const chat::ThreadSummary& summary : page.threads)
        m_data->threads[summary.root] = summary;
    for (const chat::Gap& gap : page.gaps)
        if (!m_data->gaps.contains(gap))
            m_data->gaps.append(gap);
}

void TimelineModel::loadNewest()
{
    Data& d = *m_data;
    ++d.generation;
    ask({.limit = kPageMessages}, [this](chat::MessagePage& page) {
        Data& data = *m_data;
        data.set(page.messages);
        data.hasOlder = !page.reachedEnd;
        data.hasNewer = false;
        data.loaded = true;
        noteThreads(page);
        data.pending.removeIf([&](const chat::OutboxItem& item) {
            return std::any_of(data.messages.crbegin(), data.messages.crend(), [&](const auto& m) { return m.transaction == item.transaction; });
        });
        resetRows(makeRows(data, 0, data.count()));
    });
}

void TimelineModel::loadOlder()
{
    Data& d = *m_data;
    if (!d.loaded || !d.hasOlder || d.loading > 0 || d.messages.empty())
        return;
    ask({.beforeOrder = d.messages.front().order, .limit = kPageMessages}, [this](chat::MessagePage& page) {
        Data& data = *m_data;
        data.hasOlder = !page.reachedEnd;
        noteThreads(page);
        data.insert(0, data.news(page.messages));
        rebuildFrom(0, Grow::Above);
        trim(Edge::Newer);
    });
}

void TimelineModel::loadNewer()
{
    Data& d = *m_data;
    if (!d.loaded || !d.hasNewer || d.loading > 0 || d.messages.empty())
        return;
    ask({.afterOrder = d.messages.back().order, .limit = kPageMessages}, [this](chat::MessagePage& page) {
        Data& data = *m_data;
        data.hasNewer = !page.reachedEnd;
        noteThreads(page);
        const qsizetype from = data.count();
        data.insert(from, data.news(page.messages));
        rebuildFrom(from);
        trim(Edge::Older);
    });
}

void TimelineModel::loadAround(qint64 order)
{
    ++m_data->generation;
    ask({.beforeOrder = order + 1, .limit = kPageMessages / 2}, [this, order](chat::MessagePage& older) {
        ask({.afterOrder = order, .limit = kPageMessages / 2}, [this, older](chat::MessagePage& newer) {
            Data& data = *m_data;
            data.set(older.messages + newer.messages);
            data.hasOlder = !older.reachedEnd;
            data.hasNewer = !newer.reachedEnd;
            data.loaded = true;
            noteThreads(older);
            noteThreads(newer);
            resetRows(makeRows(data, 0, data.count()));
        });
    });
}

void TimelineModel::refreshThread(const base::MessageId& root)
{
    const qsizetype at = m_data->indexOf(root);
    if (at < 0)
        return;
    chat::MessageQuery query{.conversation = m_data->conversation, .beforeOrder = m_data->messages[at].order + 1, .limit = 1};
    m_data->source(query).then(this, [this, root](base::Expected<chat::MessagePage> page) {
        const int row = rowOf(root);
        if (!page || row < 0)
            return;
        noteThreads(*page);
        const chat::ThreadSummary summary = m_data->threads.value(root);
        changeRow(row, [&](TimelineRow& r) {
            r.replies = summary.replies;
            r.lastReplyAtMs = summary.lastAtMs;
        });
    });
}

void TimelineModel::trim(Edge edge)
{
    Data& d = *m_data;
    const qsizetype over = d.count() - kMaxRows;
    if (over <= 0)
        return;
    // What stays keeps its rows: only the lines at the new edge are made again.
    if (edge == Edge::Older) {
        d.remove(0, over);
        d.hasOlder = true;
        replaceRange(0, rowBehind(d.messages.front().order), makeRows(d, 0, 1));
    } else {
        d.remove(kMaxRows, over);
        d.hasNewer = true;
        const int end = rowBehind(d.messages.back().order);
        replaceRange(end, int(rows().size()) - end, {});
    }
}

} // namespace ridealong::model
