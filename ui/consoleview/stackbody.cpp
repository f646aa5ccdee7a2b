// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/stackbody.h"

#include "console/formatsample.h"
#include "kit/theme.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Token;

namespace {

constexpr int kMaxNamed = 3; ///< libraries in a heading

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StackBody)
};

/// "/usr/lib/python3.11/site-packages/flask/app.py" → "flask": the folder that says most.
QString libraryOf(const console::Frame& frame)
{
    if (frame.file.isEmpty())
        return {};
    QStringList parts = frame.file.left(1024).split(u'/', Qt::SkipEmptyParts);
    for (const auto& folder : {u"site-packages"_s, u"dist-packages"_s, u"node_modules"_s, u"gems"_s, u"vendor"_s})
        if (const qsizetype at = parts.lastIndexOf(folder); at >= 0 && at + 1 < parts.size())
            return parts[at + 1].left(40);
    if (parts.size() > 1)
        return parts[parts.size() - 2].left(40);
    return parts.isEmpty() ? QString() : parts.front().left(40);
}

} // namespace

bool StackBody::maybe(const console::LineStore& lines)
{
    const auto sample = console::sampleOf(lines);
    return std::any_of(sample.head.begin(), sample.head.end(), [](const console::SampleLine& one) { return console::frameOf(one.text).has_value(); });
}

MadeBody StackBody::make(const BodySource& source)
{
    auto trace = console::parseStackTrace(*source.lines);
    if (trace.frames.empty())
        return {{}, Words::tr("There is no stack trace in it.")};
    if (source.lines->lineCount() > kMaxLines)
        return {{}, Words::tr("More than %L1 lines: too many to fold.").arg(kMaxLines)};
    return {std::make_shared<StackBody>(source.lines, std::move(trace))};
}

StackBody::StackBody(const std::shared_ptr<const console::LineStore>& lines, console::StackTrace trace) : EntryBody(lines), m_trace(std::move(trace))
{
    group();
    show();
}

/// Frames of libraries, one right below the other.
void StackBody::group()
{
    Group group;
    QStringList where;
    const auto close = [&] {
        if (group.frames >= kLeastFolded) {
            group.where = where.mid(0, kMaxNamed).join(u", "_s) + (where.size() > kMaxNamed ? u", …"_s : QString());
            m_groups.push_back(group);
        }
        group = {};
        where.clear();
    };
    for (const auto& placed : m_trace.frames) {
        if (placed.frame.isOwnCode) {
            close();
            continue;
        }
        if (group.frames > 0 && placed.firstLine != group.lastLine + 1)
            close();
        if (group.frames == 0)
            group.firstLine = placed.firstLine;
        group.lastLine = placed.lastLine;
        ++group.frames;
        if (const QString name = libraryOf(placed.frame); !name.isEmpty() && !where.contains(name) && where.size() <= kMaxNamed)
            where << name;
    }
    close();
}

void StackBody::show()
{
    std::vector<Entry> entries;
    const qint64 count = lines()->lineCount();
    size_t next = 0;
    for (qint64 line = 0; line < count;) {
        if (next < m_groups.size() && m_groups[next].firstLine == line) {
            entries.push_back({quint32(line), 1, quint32(next) + 1});
            const Group& group = m_groups[next++];
            if (!group.isOpen) {
                line = group.lastLine + 1;
                continue;
            }
        }
        addLine(entries, line++);
    }
    setShown(std::move(entries));
}

const console::PlacedFrame* StackBody::frameAt(qint64 line) const
{
    const auto after = std::upper_bound(
        m_trace.frames.begin(), m_trace.frames.end(), line, [](qint64 at, const console::PlacedFrame& frame) { return at < frame.firstLine; });
    if (after == m_trace.frames.begin() || std::prev(after)->lastLine < line)
        return nullptr;
    return &*std::prev(after);
}

bool StackBody::openFor(qint64 line)
{
    for (Group& group : m_groups)
        if (!group.isOpen && line >= group.firstLine && line <= group.lastLine) {
            group.isOpen = true;
            show();
            return true;
        }
    return false;
}

LinesBody::Row StackBody::row(qint64 unit, const BodyPaint* paint) const
{
    if (unit < 0 || unit > lastUnit())
        return {};
    const qint64 line = entry(unit).line;
    if (const quint32 head = entry(unit).head; head > 0) {
        const Group& group = m_groups[head - 1];
        Row shown;
        const QString count = Words::tr("%Ln frame(s)", nullptr, group.frames);
        shown.setText((group.where.isEmpty() ? count : Words::tr("%1 in %2").arg(count, group.where)).toUtf8());
        shown.fold = group.isOpen ? Fold::Open : Fold::Folded;
        shown.isButton = true;
        if (paint) {
            shown.spans = plainSpans(paint->theme.color(Token::Muted));
            shown.hit = group.isOpen ? 0 : hitsIn(group.firstLine, group.lastLine, *paint);
        }
        return shown;
    }
    Row shown = lineRow(line, paint);
    if (!paint)
        return shown;
    const bool isStyled = !(*shown.line)->runs.empty();
    if (std::binary_search(m_trace.messages.begin(), m_trace.messages.end(), line)) {
        shown.spans = plainSpans(paint->theme.color(Token::Danger), true);
        return shown;
    }
    const auto* placed = frameAt(line);
    if (!placed || isStyled)
        return shown;
    const QColor plain = paint->theme.color(placed->frame.isOwnCode ? Token::Text : Token::Muted);
    shown.spans = plainSpans(plain);
    const auto frame = console::frameOf(shown.text);
    if (frame && frame->placeLength > 0) {
        Span place{frame->placeBegin, paint->theme.color(Token::Accent), {}, console::Underline::Single, false, false, false, 0};
        Span rest{frame->placeBegin + frame->placeLength, plain, {}, {}, false, false, false, 0};
        if (place.byte == 0)
            shown.spans.clear();
        shown.spans.push_back(place);
        shown.spans.push_back(rest);
    }
    return shown;
}

Spot StackBody::spotAt(const RowPlace& place, int x, const Metrics& metrics) const
{
    Spot spot = LinesBody::spotAt(place, x, metrics);
    if (spot.part != 0 || place.unit < 0 || entry(place.unit).head > 0 || !spot.link.isEmpty())
        return spot;
    const QByteArray line = text(place.unit);
    const auto frame = console::frameOf(line);
    const int byte = byteAt(place, x, metrics);
    if (frame && byte >= frame->placeBegin && byte < frame->placeBegin + frame->placeLength) {
        spot.part = PlacePart;
        spot.tip = Words::tr("Open %1, line %2").arg(frame->file.left(400)).arg(frame->line);
    }
    return spot;
}

bool StackBody::opensPlace(qint64 line, BodyHost& host) const
{
    const auto frame = console::frameOf(ReadLine(*lines(), line)->text);
    if (!frame || frame->file.isEmpty() || frame->placeLength == 0)
        return false;
    host.openPlace(frame->file, frame->line, frame->column);
    return true;
}

void StackBody::toggle(size_t group, BodyHost& host)
{
    m_groups[group].isOpen = !m_groups[group].isOpen;
    show();
    host.rowsChanged();
    host.setCursor(unitOf(m_groups[group].firstLine) - (m_groups[group].isOpen ? 1 : 0));
}

bool StackBody::click(const Spot& spot, Qt::KeyboardModifiers, BodyHost& host)
{
    if (spot.unit < 0 || spot.unit > lastUnit())
        return false;
    if (spot.part == PlacePart)
        return opensPlace(entry(spot.unit).line, host);
    if (spot.part != FoldPart || entry(spot.unit).head == 0)
        return false;
    toggle(entry(spot.unit).head - 1, host);
    return true;
}

bool StackBody::key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host)
{
    if (modifiers != Qt::NoModifier)
        return false;
    const quint32 head = entry(unit).head;
    const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (head == 0)
        return isEnter && opensPlace(entry(unit).line, host);
    const bool isOpen = m_groups[head - 1].isOpen;
    if (isEnter || (key == Qt::Key_Left && isOpen) || (key == Qt::Key_Right && !isOpen)) {
        toggle(head - 1, host);
        return true;
    }
    return false;
}

QList<BodyAction> StackBody::actions(const Spot& spot)
{
    QList<BodyAction> list;
    if (!m_groups.empty()) {
        const bool anyFolded = std::any_of(m_groups.begin(), m_groups.end(), [](const Group& group) { return !group.isOpen; });
        list << BodyAction{anyFolded ? Words::tr("Open the frames of libraries") : Words::tr("Fold the frames of libraries"), Qt::Key_E,
            [this, anyFolded](BodyHost& host) {
                for (Group& group : m_groups)
                    group.isOpen = anyFolded;
                show();
                host.rowsChanged();
            }};
    }
    if (spot.unit >= 0 && spot.unit <= lastUnit() && entry(spot.unit).head == 0)
        if (const auto frame = console::frameOf(text(spot.unit)); frame && frame->placeLength > 0 && !frame->file.isEmpty())
            list << BodyAction{Words::tr("Open the place"), 0, [this, unit = spot.unit](BodyHost& host) { opensPlace(entry(unit).line, host); }};
    return list;
}

} // namespace ridealong::consoleview
