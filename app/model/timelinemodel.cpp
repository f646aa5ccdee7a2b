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

/// Which day a time belongs to. Time zones make that a costly question, and most messages are of the day of the one before.
class Days
{
public:
    QDate of(qint64 timeMs)
    {
        if (timeMs < m_begin || timeMs >= m_end) {
            m_day = QDateTime::fromMSecsSinceEpoch(timeMs).date();
            m_begin = m_day.startOfDay().toMSecsSinceEpoch();
            m_end = m_day.addDays(1).startOfDay().toMSecsSinceEpoch();
        }
        return m_day;
    }

private:
    QDate m_day;
    qint64 m_begin = 0;
    qint64 m_end = 0;
};

QString firstLine(const QString& text) { return text.section(u'\n', 0, 0).left(200); }

} // namespace

struct TimelineModel::Data
{
    base::ConversationId conversation;
    base::MessageId thread;
    chat::Member self;
    Source source;
    GapStates gapStates = [](const chat::Gap&) { return chat::GapState::Unavailable; };

    QList<chat::Message> messages; ///< ascending by order
    QHash<base::MessageId, qint64> orders; ///< of them: where to look for one
    QList<chat::OutboxItem> pending; ///< in sending order
    QList<chat::Gap> gaps;
    QHash<base::MessageId, chat::ThreadSummary> threads;
    QHash<base::RunId, chat::RunReport> runs;
    qint64 unreadAfter = 0;
    bool hasOlder = true;
    bool hasNewer = false;
    QList<chat::SyncBatch> meanwhile; ///< came while a page was on its way: the page may have been read before or after
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
        const auto order = orders.constFind(id);
        if (order == orders.cend())
            return -1;
        for (qsizetype i = lowerBound(*order); i < messages.size() && messages[i].order == *order; ++i)
            if (messages[i].id == id)
                return i;
        return -1;
    }
    void set(QList<chat::Message> all)
    {
        messages = std::move(all);
        orders.clear();
        for (const chat::Message& message : std::as_const(messages))
            orders.insert(message.id, message.order);
    }
    void insert(qsizetype at, const chat::Message& message)
    {
        messages.insert(at, message);
        orders.insert(message.id, message.order);
    }
    void remove(qsizetype first, qsizetype count)
    {
        for (qsizetype i = first; i < first + count; ++i)
            orders.remove(messages[i].id);
        messages.remove(first, count);
    }
    /// Those of a page that are not here yet (they may have come another way meanwhile).
    QList<chat::Message> news(const QList<chat::Message>& page) const
    {
        QList<chat::Message> made;
        for (const chat::Message& message : page)
            if (!orders.contains(message.id))
                made.append(message);
        return made;
    }
    qsizetype indexUnderOtherName(const chat::Message& message) const
    {
        for (qsizetype i = messages.size() - 1; i >= 0; --i)
            if (messages[i].transaction == message.transaction && messages[i].id != message.id && messages[i].sender == message.sender)
                return i;
        return -1;
    }
    bool removeGap(const chat::Gap& gap)
    {
        return gaps.removeIf([&](const chat::Gap& known) {
            return known.conversation == gap.conversation && known.afterOrder == gap.afterOrder && known.beforeOrder == gap.beforeOrder;
        }) > 0;
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
        if (row.message.action)
            return u"%1 %2, %3"_s.arg(row.message.senderName, row.message.text, QLocale().toString(time.time(), QLocale::ShortFormat));
        return u"%1, %2: %3"_s.arg(row.message.senderName, QLocale().toString(time.time(), QLocale::ShortFormat), row.message.text);
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
    replaceFrom(firstRow, makeRows(d, message, d.messages.size()), grow);
}

QList<TimelineRow> TimelineModel::makeRows(const Data& d, qsizetype first, qsizetype last)
{
    QList<TimelineRow> made;
    made.reserve(last - first + d.pending.size() + 8);
    Days days;
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
    /// Those that end between the previous message and `order`.
    const auto addGaps = [&](qint64 order, qint64 timeMs) {
        bool added = false;
        if (!previous && d.hasOlder)
            return added; // what ends above the window is drawn when the message before it is there
        for (const chat::Gap& gap : d.gaps)
            if (gap.beforeOrder <= order && gap.beforeOrder > (previous ? previous->order : 0)) {
                TimelineRow& row = separator(TimelineRow::Kind::Gap, timeMs);
                row.gap = gap;
                row.gapState = d.gapStates(gap);
                row.gapFromMs = previous ? previous->timeMs : 0;
                added = true;
            }
        return added;
    };
    const auto add = [&](const chat::Message& message, const std::optional<chat::OutboxItem>& pending) {
        bool separated = !previous;
        const QDate before = previous ? days.of(previous->timeMs) : QDate();
        const QDate day = days.of(message.timeMs);
        if (before != day) {
            separator(TimelineRow::Kind::Day, QDateTime(day, QTime(12, 0)).toMSecsSinceEpoch());
            separated = true;
        }
        if (!pending) {
            separated = addGaps(message.order, message.timeMs) || separated;
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
        row.continuesGroup = !separated && previous && previous->sender == message.sender && !previous->system && !message.system && !previous->action
            && !message.action && previous->notice == message.notice && message.replyTo.isEmpty() && message.timeMs - previous->timeMs < kGroupMs;
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

    for (qsizetype i = first; i < last; ++i)
        add(d.messages[i], std::nullopt);
    if (!d.hasNewer && last == d.messages.size()) {
        addGaps(std::numeric_limits<qint64>::max(), 0); // nothing came since
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
    if (d.loading > 0)
        d.meanwhile.append(batch);
    if (d.loaded)
        merge(batch);
}

void TimelineModel::merge(const chat::SyncBatch& batch)
{
    Data& d = *m_data;
    qsizetype from = d.messages.size() + 1;
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
            from = std::min(from, d.messages.size());
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
        if (at == d.messages.size() && d.hasNewer)
            continue; // beyond the window; read when the user gets there
        if (at == 0 && d.hasOlder && !d.messages.isEmpty())
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
        data.set(std::move(page.messages));
        data.hasOlder = !page.reachedEnd;
        data.hasNewer = false;
        data.loaded = true;
        noteThreads(page);
        data.pending.removeIf([&](const chat::OutboxItem& item) {
            return std::any_of(data.messages.crbegin(), data.messages.crend(), [&](const auto& m) { return m.transaction == item.transaction; });
        });
        resetRows(makeRows(data, 0, data.messages.size()));
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
        data.set(data.news(page.messages) + data.messages);
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
        data.set(data.messages + data.news(page.messages));
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
            resetRows(makeRows(data, 0, data.messages.size()));
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
    // What stays keeps its rows: only the lines at the new edge are made again.
    if (edge == Edge::Older) {
        d.remove(0, over);
        d.hasOlder = true;
        replaceRange(0, rowBehind(d.messages.first().order), makeRows(d, 0, 1));
    } else {
        d.remove(kMaxRows, over);
        d.hasNewer = true;
        const int end = rowBehind(d.messages.last().order);
        replaceRange(end, int(rows().size()) - end, {});
    }
}

} // namespace ridealong::model
