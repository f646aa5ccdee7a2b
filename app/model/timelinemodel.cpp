// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "model/timelinemodel.h"

#include "chat/mention.h"

#include <QDateTime>
#include <QHash>
#include <QLocale>

namespace ridealong::model {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kGroupMs = 5 * 60 * 1000;

QDate dayOf(qint64 timeMs) { return QDateTime::fromMSecsSinceEpoch(timeMs).date(); }

QString firstLine(const QString& text) { return text.section(u'\n', 0, 0).left(200); }

} // namespace

struct TimelineModel::Data
{
    base::ConversationId conversation;
    base::MessageId thread;
    chat::Member self;
    Source source;

    QList<chat::Message> messages; ///< ascending by order
    QList<chat::OutboxItem> pending; ///< in sending order
    QList<chat::Gap> gaps;
    QHash<base::MessageId, chat::ThreadSummary> threads;
    QHash<base::RunId, chat::RunReport> runs;
    qint64 unreadAfter = 0;
    bool hasOlder = true;
    bool hasNewer = false;
    bool loaded = false; ///< the first page came
    int loading = 0;
    int generation = 0; ///< answers to questions of an earlier window are dropped

    qsizetype lowerBound(qint64 order) const
    {
        return std::lower_bound(messages.begin(), messages.end(), order, [](const chat::Message& m, qint64 o) { return m.order < o; })
            - messages.begin();
    }
    qsizetype indexOf(const base::MessageId& id) const
    {
        for (qsizetype i = messages.size() - 1; i >= 0; --i) // changes are mostly to recent messages
            if (messages[i].id == id)
                return i;
        return -1;
    }
    bool belongs(const chat::Message& message) const
    {
        if (message.conversation != conversation)
            return false;
        return thread.isEmpty() ? message.thread.isEmpty() : (message.thread == thread || message.id == thread);
    }
    chat::Message pendingMessage(const chat::OutboxItem& item) const
    {
        chat::Message message;
        message.transaction = item.transaction;
        message.conversation = item.conversation;
        message.sender = self.user;
        message.senderName = self.name;
        message.timeMs = item.createdAtMs;
        message.text = item.text;
        message.thread = item.thread;
        message.replyTo = item.replyTo;
        return message;
    }
};

TimelineModel::TimelineModel(base::ConversationId conversation, base::MessageId thread, chat::Member self, Source source, QObject* parent)
    : RowListModel(parent), m_data(std::make_unique<Data>())
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
bool TimelineModel::isEmptyAndComplete() const { return m_data->loaded && !m_data->hasOlder && rows().isEmpty(); }

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
        return u"%1, %2: %3"_s.arg(row.message.senderName, QLocale().toString(time.time(), QLocale::ShortFormat), row.message.text);
    case TimelineRow::Kind::Day: return QLocale().toString(time.date(), QLocale::LongFormat);
    case TimelineRow::Kind::Unread: return u"---"_s;
    case TimelineRow::Kind::Gap: return u"…"_s;
    }
    return {};
}

// ---- rows ----

void TimelineModel::rebuildFrom(qsizetype message, Grow grow)
{
    const Data& d = *m_data;
    // The row at which that message (with its day, unread and gap lines) begins.
    int firstRow = 0;
    if (message > 0) {
        const qint64 previous = d.messages[message - 1].order;
        for (firstRow = int(rows().size()); firstRow > 0; --firstRow) {
            const TimelineRow& row = rows()[firstRow - 1];
            if (row.kind == TimelineRow::Kind::Message && !row.pending && row.message.order <= previous)
                break;
        }
    }
    replaceFrom(firstRow, makeRows(d, message), grow);
}

QList<TimelineRow> TimelineModel::makeRows(const Data& d, qsizetype first)
{
    QList<TimelineRow> made;
    made.reserve(d.messages.size() - first + d.pending.size() + 8);
    const chat::Message* previous = first > 0 ? &d.messages[first - 1] : nullptr;
    bool unreadShown = false;
    if (d.unreadAfter > 0)
        for (qsizetype i = d.lowerBound(d.unreadAfter + 1); i < first && !unreadShown; ++i)
            unreadShown = d.messages[i].sender != d.self.user;

    const auto separator = [&](TimelineRow::Kind kind, qint64 timeMs) -> TimelineRow& {
        TimelineRow row;
        row.kind = kind;
        row.timeMs = timeMs;
        made.append(std::move(row));
        return made.last();
    };
    const auto add = [&](const chat::Message& message, const std::optional<chat::OutboxItem>& pending) {
        bool separated = !previous;
        const QDate day = dayOf(message.timeMs);
        if (!previous || dayOf(previous->timeMs) != day) {
            separator(TimelineRow::Kind::Day, QDateTime(day, QTime(12, 0)).toMSecsSinceEpoch());
            separated = true;
        }
        if (!pending) {
            for (const chat::Gap& gap : d.gaps)
                if (gap.beforeOrder <= message.order && gap.beforeOrder > (previous ? previous->order : 0)) {
                    separator(TimelineRow::Kind::Gap, message.timeMs).gap = gap;
                    separated = true;
                }
            if (!unreadShown && d.unreadAfter > 0 && message.order > d.unreadAfter && message.sender != d.self.user) {
                separator(TimelineRow::Kind::Unread, message.timeMs);
                unreadShown = separated = true;
            }
        }
        TimelineRow row;
        row.message = message;
        row.timeMs = message.timeMs;
        row.mine = message.sender == d.self.user;
        row.mentionsMe = !row.mine && !message.system && chat::mentions(message.text, d.self);
        row.pending = pending;
        row.continuesGroup = !separated && previous && previous->sender == message.sender && !previous->system && !message.system
            && message.replyTo.isEmpty() && message.timeMs - previous->timeMs < kGroupMs;
        if (const auto thread = d.threads.constFind(message.id); thread != d.threads.cend() && !message.id.isEmpty()) {
            row.replies = thread->replies;
            row.lastReplyAtMs = thread->lastAtMs;
        }
        if (message.replyTo)
            if (const qsizetype at = d.indexOf(message.replyTo); at >= 0) {
                row.replyToName = d.messages[at].senderName;
                row.replyToText = firstLine(d.messages[at].text);
            }
        if (message.run)
            if (const auto run = d.runs.constFind(message.run); run != d.runs.cend())
                row.run = *run;
        made.append(std::move(row));
        previous = &message;
    };

    for (qsizetype i = first; i < d.messages.size(); ++i)
        add(d.messages[i], std::nullopt);
    if (!d.hasNewer) {
        QList<chat::Message> own;
        for (const chat::OutboxItem& item : d.pending)
            own.append(d.pendingMessage(item));
        for (qsizetype i = 0; i < own.size(); ++i)
            add(own[i], d.pending[i]);
    }
    return made;
}

// ---- what comes in ----

void TimelineModel::apply(const chat::SyncBatch& batch)
{
    Data& d = *m_data;
    if (!d.loaded)
        return; // the first page is on its way and reads what is stored by then
    qsizetype from = d.messages.size() + 1;
    for (const chat::Event& event : batch.events) {
        const auto* change = std::get_if<chat::MessageChanged>(&event);
        if (!change || change->message.conversation != d.conversation)
            continue;
        const chat::Message& message = change->message;
        if (d.thread.isEmpty() && message.thread)
            refreshThread(message.thread);
        if (!d.belongs(message))
            continue;
        const auto matches = [&](const chat::OutboxItem& item) { return item.transaction == message.transaction; };
        if (message.transaction && d.pending.removeIf(matches) > 0)
            from = std::min(from, d.messages.size());
        if (const qsizetype at = d.indexOf(message.id); at >= 0) {
            d.messages[at] = message;
            from = std::min(from, at);
            continue;
        }
        const qsizetype at = d.lowerBound(message.order);
        if (at == d.messages.size() && d.hasNewer)
            continue; // beyond the window; read when the user gets there
        if (at == 0 && d.hasOlder && !d.messages.isEmpty())
            continue;
        d.messages.insert(at, message);
        from = std::min(from, at);
    }
    for (const chat::Gap& gap : batch.gaps)
        if (gap.conversation == d.conversation && !d.gaps.contains(gap)) {
            d.gaps.append(gap);
            from = std::min(from, d.lowerBound(gap.beforeOrder));
        }
    if (from > d.messages.size())
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
        rebuildFrom(d.messages.size());
}

void TimelineModel::discard(const base::TransactionId& transaction)
{
    if (m_data->pending.removeIf([&](const auto& item) { return item.transaction == transaction; }) > 0 && m_data->loaded)
        rebuildFrom(m_data->messages.size());
}

void TimelineModel::apply(const chat::RunReport& report)
{
    Data& d = *m_data;
    if (report.conversation != d.conversation)
        return;
    d.runs[report.run] = report;
    for (int i = int(rows().size()) - 1; i >= 0; --i)
        if (rows()[i].message.run == report.run && rows()[i].kind == TimelineRow::Kind::Message) {
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
        data.messages = std::move(page.messages);
        data.hasOlder = !page.reachedEnd;
        data.hasNewer = false;
        data.loaded = true;
        noteThreads(page);
        data.pending.removeIf([&](const chat::OutboxItem& item) {
            return std::any_of(data.messages.crbegin(), data.messages.crend(), [&](const auto& m) { return m.transaction == item.transaction; });
        });
        resetRows(makeRows(data, 0));
    });
}

void TimelineModel::loadOlder()
{
    Data& d = *m_data;
    if (!d.loaded || !d.hasOlder || d.loading > 0 || d.messages.isEmpty())
        return;
    ask({.beforeOrder = d.messages.first().order, .limit = kPageMessages}, [this](chat::MessagePage& page) {
        Data& data = *m_data;
        data.hasOlder = !page.reachedEnd;
        noteThreads(page);
        data.messages = std::move(page.messages) + data.messages;
        rebuildFrom(0, Grow::Above);
        trim(Edge::Newer);
    });
}

void TimelineModel::loadNewer()
{
    Data& d = *m_data;
    if (!d.loaded || !d.hasNewer || d.loading > 0 || d.messages.isEmpty())
        return;
    ask({.afterOrder = d.messages.last().order, .limit = kPageMessages}, [this](chat::MessagePage& page) {
        Data& data = *m_data;
        data.hasNewer = !page.reachedEnd;
        noteThreads(page);
        const qsizetype from = data.messages.size();
        data.messages += page.messages;
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
            data.messages = older.messages + newer.messages;
            data.hasOlder = !older.reachedEnd;
            data.hasNewer = !newer.reachedEnd;
            data.loaded = true;
            noteThreads(older);
            noteThreads(newer);
            resetRows(makeRows(data, 0));
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
    const qsizetype over = d.messages.size() - kMaxRows;
    if (over <= 0)
        return;
    if (edge == Edge::Older) {
        d.messages.remove(0, over);
        d.hasOlder = true;
    } else {
        d.messages.resize(kMaxRows);
        d.hasNewer = true;
    }
    rebuildFrom(0);
}

} // namespace ridealong::model
