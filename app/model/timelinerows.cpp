// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is known, as rows: days, gaps, groups.
#include "chat/gist.h"
#include "chat/mention.h"
#include "model/timelinedata.h"

#include <QDateTime>

namespace ridealong::model {

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
                row.replyToText = firstLine(chat::gist(d.messages[at]));
            }
        // A bot that reports its runs says which message began one; else it is known by the message.
        if (const base::RunId id = message.run ? message.run : d.runOfMessage.value(message.id))
            if (const auto run = d.runs.constFind(id); run != d.runs.cend())
                row.run = *run;
        made.append(std::move(row));
        previous = &message;
    };

    for (qsizetype i = first; i < last; ++i)
        add(d.messages[i], std::nullopt);
    if (!d.hasNewer && last == d.count()) {
        addGaps(std::numeric_limits<qint64>::max(), 0); // nothing came since
        QList<chat::Message> own;
        for (const chat::OutboxItem& item : d.pending)
            own.append(d.pendingMessage(item));
        for (qsizetype i = 0; i < own.size(); ++i)
            add(own[i], d.pending[i]);
    }
    return made;
}

} // namespace ridealong::model
