// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/logbody.h"

#include "console/formatsample.h"
#include "console/level.h"
#include "console/logtime.h"
#include "consoleview/linecolors.h"
#include "kit/theme.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using console::Level;
using kit::Token;

namespace {

constexpr qint64 kHalfDay = 43'200'000'000; ///< microseconds

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(LogBody)
};

} // namespace

QString sinceText(qint64 us)
{
    const QString sign = us < 0 ? u"−"_s : u"+"_s;
    const quint64 size = us < 0 ? quint64(0) - quint64(us) : quint64(us);
    if (size == 0)
        return sign + Words::tr("%1 s").arg(0);
    if (size < 1'000)
        return sign + Words::tr("%1 µs").arg(size);
    if (size < 1'000'000)
        return sign + Words::tr("%1 ms").arg(size / 1'000);
    if (size < 60'000'000)
        return sign + Words::tr("%1 s").arg(double(size) / 1e6, 0, 'f', 2);
    const auto two = [](quint64 value) { return QString::number(value).rightJustified(2, u'0'); };
    const QString seconds = two(size / 1'000'000 % 60);
    if (size < 3'600'000'000)
        return sign + QString::number(size / 60'000'000) + u':' + seconds;
    return sign + QString::number(size / 3'600'000'000) + u':' + two(size / 60'000'000 % 60) + u':' + seconds;
}

bool LogBody::maybe(const console::LineStore& lines)
{
    const auto sample = console::sampleOf(lines);
    return std::any_of(sample.head.begin(), sample.head.end(),
        [](const console::SampleLine& one) { return console::logTimeOf(one.text) || console::detectLevel(one.text) != Level::None; });
}

MadeBody LogBody::make(const BodySource& source)
{
    const qint64 count = source.lines->lineCount();
    if (count > kMaxLines)
        return {{}, Words::tr("More than %L1 lines: too many to read their times.").arg(kMaxLines)};
    return {std::make_shared<LogBody>(source, count)};
}

LogBody::LogBody(const BodySource& source, qint64 count) : EntryBody(source.lines)
{
    read(source, count);
    show();
}

void LogBody::read(const BodySource& source, qint64 count)
{
    m_us.resize(size_t(count), kNoTime);
    m_repeats.resize(size_t(count), 1);
    qint64 previous = kNoTime, days = 0;
    QByteArray same;
    qint64 head = -1;
    for (qint64 line = 0; line < count && !source.givenUp(); ++line) {
        const ReadLine read(*source.lines, line);
        const auto time = console::logTimeOf(read->text);
        const bool isCommitted = line < source.lines->committedCount();
        ++m_levels[size_t(isCommitted ? source.lines->level(line) : console::detectLevel(read->text))];
        if (time) {
            qint64 us = time->us + (time->hasDate ? 0 : days);
            if (!time->hasDate && previous != kNoTime && us < previous - kHalfDay) { // past midnight
                days += 2 * kHalfDay;
                us += 2 * kHalfDay;
            }
            m_us[size_t(line)] = previous = m_last = us;
            if (m_first == kNoTime)
                m_first = us;
        }
        // What stands behind the time; long pieces are seldom the same twice.
        const QByteArrayView text = time ? read->text.sliced(time->end) : read->text;
        const bool isSame = head >= 0 && !text.isEmpty() && text == QByteArrayView(same) && !(read->flags & console::Line::Continued);
        if (isSame) {
            ++m_repeats[size_t(head)];
            m_repeats[size_t(line)] = 0;
            m_hasRepeats = true;
        } else {
            head = line;
            same = text.toByteArray();
        }
    }
}

void LogBody::show()
{
    std::vector<Entry> entries;
    entries.reserve(m_us.size());
    for (qint64 line = 0; line < qint64(m_us.size());) {
        addLine(entries, line);
        const quint32 repeats = m_repeats[size_t(line)];
        if (repeats > 1 && !m_open.contains(quint32(line)))
            line += repeats;
        else
            ++line;
    }
    setShown(std::move(entries));
}

quint32 LogBody::repeatsOf(qint64 line) const { return m_repeats[size_t(line)]; }

bool LogBody::openFor(qint64 line)
{
    qint64 head = line;
    while (head > 0 && m_repeats[size_t(head)] == 0)
        --head;
    if (head == line || m_open.contains(quint32(head)))
        return false;
    m_open.insert(quint32(head));
    show();
    return true;
}

qint64 LogBody::previousTime(qint64 line) const
{
    for (qint64 before = line - 1; before >= 0 && before > line - 1000; --before)
        if (m_us[size_t(before)] != kNoTime)
            return m_us[size_t(before)];
    return kNoTime;
}

QString LogBody::timeText(qint64 line) const
{
    const qint64 us = m_us[size_t(line)];
    if (us == kNoTime || m_times == Times::Absolute)
        return {};
    const qint64 from = m_times == Times::SinceStart ? m_first : previousTime(line);
    return from == kNoTime ? sinceText(0) : sinceText(us - from);
}

LinesBody::Row LogBody::row(qint64 unit, const BodyPaint* paint) const
{
    if (unit < 0 || unit > lastUnit())
        return {};
    const qint64 line = entry(unit).line;
    Row shown = lineRow(line, paint);
    const quint32 repeats = repeatsOf(line);
    if (repeats > 1) {
        const bool isOpen = m_open.contains(quint32(line));
        shown.fold = isOpen ? Fold::Open : Fold::Folded;
        shown.note = isOpen ? QString() : u"×%L1"_s.arg(repeats);
    }
    shown.gutter = QString(foldColumns(), u' ') + timeText(line).rightJustified(kTimeColumns - 2);
    if (m_times == Times::Absolute)
        shown.gutter.clear();
    if (!paint)
        return shown;
    if (const QColor color = levelColor((*shown.line)->level, paint->theme); color.isValid())
        shown.spans = tinted(std::move(shown.spans), color, paint->theme);
    shown.noteColor = paint->theme.color(Token::Accent);
    if (repeats > 1 && shown.fold == Fold::Folded)
        shown.hit = hitsIn(line + 1, line + repeats - 1, *paint);
    // What the gutter says better steps back.
    const auto time = m_times == Times::Absolute ? std::nullopt : console::logTimeOf(shown.text);
    if (time && (*shown.line)->runs.empty()) {
        const Span plain = shown.spans.front();
        Span faint = plain, rest = plain;
        faint.byte = time->begin;
        faint.foreground = paint->theme.color(Token::Faint);
        rest.byte = time->end;
        shown.spans = time->begin > 0 ? Spans{plain, faint, rest} : Spans{faint, rest};
    }
    return shown;
}

void LogBody::toggle(qint64 line, BodyHost& host)
{
    if (!m_open.remove(quint32(line)))
        m_open.insert(quint32(line));
    show();
    host.rowsChanged();
    host.setCursor(unitOf(line));
}

void LogBody::setTimes(Times times, BodyHost& host)
{
    m_times = times;
    setShown(shown()); // wrapped elsewhere
    host.rowsChanged();
}

bool LogBody::click(const Spot& spot, Qt::KeyboardModifiers, BodyHost& host)
{
    if (spot.unit < 0 || spot.unit > lastUnit())
        return false;
    if (spot.part == GutterPart)
        setTimes(m_times == Times::SinceStart ? Times::SincePrevious : Times::SinceStart, host);
    else if ((spot.part == FoldPart || spot.part == NotePart) && repeatsOf(entry(spot.unit).line) > 1)
        toggle(entry(spot.unit).line, host);
    else
        return false;
    return true;
}

bool LogBody::key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host)
{
    const qint64 line = entry(unit).line;
    if (modifiers != Qt::NoModifier || repeatsOf(line) < 2)
        return false;
    const bool isOpen = m_open.contains(quint32(line));
    if (key == Qt::Key_Return || key == Qt::Key_Enter || (key == Qt::Key_Left && isOpen) || (key == Qt::Key_Right && !isOpen)) {
        toggle(line, host);
        return true;
    }
    return false;
}

QList<BodyAction> LogBody::actions(const Spot&)
{
    if (m_first == kNoTime)
        return {};
    const auto next = m_times == Times::Absolute ? Times::SinceStart : m_times == Times::SinceStart ? Times::SincePrevious : Times::Absolute;
    const auto one = [this, next](const QString& text, Times times) {
        return BodyAction{text, times == next ? int(Qt::Key_D) : 0, [this, times](BodyHost& host) { setTimes(times, host); }, m_times == times};
    };
    return {one(Words::tr("Times as they came"), Times::Absolute), one(Words::tr("Time since the first line"), Times::SinceStart),
        one(Words::tr("Time since the line before"), Times::SincePrevious)};
}

QString LogBody::accessibleText(qint64 unit) const
{
    const qint64 line = entry(unit).line;
    QString said = timeText(line);
    said += (said.isEmpty() ? QString() : u", "_s) + LinesBody::accessibleText(unit);
    return repeatsOf(line) > 1 ? said + u", "_s + Words::tr("%Ln times", nullptr, int(repeatsOf(line))) : said;
}

QStringList LogBody::notes() const
{
    QStringList parts;
    if (const qint64 errors = m_levels[size_t(Level::Error)])
        parts << Words::tr("%Ln error(s)", nullptr, int(errors));
    if (const qint64 warnings = m_levels[size_t(Level::Warning)])
        parts << Words::tr("%Ln warning(s)", nullptr, int(warnings));
    if (m_first != kNoTime && m_last > m_first)
        parts << Words::tr("%1 from first to last").arg(sinceText(m_last - m_first).mid(1));
    return parts.isEmpty() ? QStringList() : QStringList{parts.join(u" · "_s)};
}

} // namespace ridealong::consoleview
