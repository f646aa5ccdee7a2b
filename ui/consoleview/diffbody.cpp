// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/diffbody.h"

#include "console/formatsample.h"
#include "consoleview/linecolors.h"
#include "kit/theme.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using Kind = console::DiffLine::Kind;
using kit::Token;

namespace {

constexpr double kWordTint = 0.38; ///< of the colour behind a changed word
constexpr qsizetype kMaxComparedBytes = 2'000; ///< of a line, word by word

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DiffBody)
};

} // namespace

bool DiffBody::maybe(const console::LineStore& lines)
{
    const auto sample = console::sampleOf(lines);
    return std::any_of(sample.head.begin(), sample.head.end(),
        [](const console::SampleLine& one) { return one.text.startsWith("@@ -") || one.text.startsWith("diff --git "); });
}

MadeBody DiffBody::make(const BodySource& source)
{
    const qint64 count = source.lines->lineCount();
    if (count > console::kMaxDiffLines)
        return {{}, Words::tr("More than %L1 lines: too many to be shown by file.").arg(console::kMaxDiffLines)};
    console::DiffReader reader;
    for (qint64 line = 0; line < count && !source.givenUp(); ++line)
        reader.add(ReadLine(*source.lines, line)->text);
    auto diff = reader.finish();
    if (diff.files.empty())
        return {{}, Words::tr("There is no diff in it.")};
    return {std::make_shared<DiffBody>(source.lines, std::move(diff))};
}

DiffBody::DiffBody(const std::shared_ptr<const console::LineStore>& lines, console::Diff diff)
    : EntryBody(lines),
      m_diff(std::move(diff)),
      m_open(m_diff.files.size(), true),
      m_digits(int(QByteArray::number(m_diff.greatestNumber).size()))
{
    for (size_t file = 0; file < m_diff.files.size() && m_diff.files.size() > 1; ++file)
        m_open[file] = m_diff.files[file].lastLine - m_diff.files[file].firstLine <= kMaxOpenLines;
    show();
}

void DiffBody::show()
{
    std::vector<Entry> entries;
    entries.reserve(m_diff.lines.size());
    const qint64 count = qint64(m_diff.lines.size());
    const qint64 before = m_diff.files.empty() ? count : m_diff.files.front().firstLine;
    for (qint64 line = 0; line < before; ++line)
        addLine(entries, line);
    for (size_t file = 0; file < m_diff.files.size(); ++file) {
        entries.push_back({quint32(m_diff.files[file].firstLine), 1, quint32(file) + 1});
        for (qint64 line = m_diff.files[file].firstLine; line <= m_diff.files[file].lastLine && m_open[file]; ++line)
            if (m_diff.lines[size_t(line)].kind != Kind::Meta) // the heading says what they do
                addLine(entries, line);
    }
    setShown(std::move(entries));
}

size_t DiffBody::fileOf(qint64 line) const
{
    const auto after = std::upper_bound(
        m_diff.files.begin(), m_diff.files.end(), line, [](qint64 at, const console::DiffFile& file) { return at < file.firstLine; });
    return after == m_diff.files.begin() ? m_diff.files.size() : size_t(after - m_diff.files.begin()) - 1;
}

bool DiffBody::openFor(qint64 line)
{
    const size_t file = fileOf(line);
    if (file >= m_diff.files.size() || m_open[file])
        return false;
    m_open[file] = true;
    show();
    return true;
}

LinesBody::Row DiffBody::headRow(size_t index, const BodyPaint* paint) const
{
    const console::DiffFile& file = m_diff.files[index];
    Row shown;
    QString text = file.oldName.isEmpty() || file.isNew || file.isDeleted ? file.name : file.oldName + u" → "_s + file.name;
    const qsizetype name = text.toUtf8().size();
    if (file.isNew || file.isDeleted || file.isBinary)
        text += u"  "_s + (file.isNew ? Words::tr("new") : file.isDeleted ? Words::tr("deleted") : Words::tr("binary"));
    const qsizetype word = text.toUtf8().size();
    text += u"  +%1"_s.arg(file.added);
    const qsizetype added = text.toUtf8().size();
    text += u" −%1"_s.arg(file.removed);
    shown.setText(text.toUtf8());
    shown.fold = m_open[index] ? Fold::Open : Fold::Folded;
    shown.isButton = true;
    shown.indent = kFoldColumns - gutterColumns();
    if (!paint)
        return shown;
    const auto span = [&](qsizetype byte, Token token, bool bold) {
        return Span{int(byte), paint->theme.color(token), {}, {}, bold, false, false, 0};
    };
    shown.spans = {span(0, Token::Text, true), span(name, Token::Muted, false), span(word, Token::Success, false), span(added, Token::Danger, false)};
    shown.tint = paint->theme.color(Token::Raised);
    shown.hit = hitsIn(file.firstLine, m_open[index] ? file.firstLine : file.lastLine, *paint);
    return shown;
}

void DiffBody::markWords(Row& row, qint64 line, const BodyPaint& paint) const
{
    const auto& change = m_diff.lines[size_t(line)];
    if (change.partner == 0 || row.text.size() > kMaxComparedBytes)
        return;
    const ReadLine other(*lines(), line + change.partner);
    if (other->text.size() > kMaxComparedBytes)
        return;
    const bool isRemoved = change.kind == Kind::Removed;
    const auto mine = row.text.sliced(1), its = other->text.sliced(1);
    const auto changes = isRemoved ? console::wordChanges(mine, its) : console::wordChanges(its, mine);
    const Span plain = row.spans.front();
    const QColor ground = blend(paint.theme.color(Token::Inset), paint.theme.color(isRemoved ? Token::Danger : Token::Success), kWordTint);
    for (const auto& range : isRemoved ? changes.before : changes.after) {
        Span marked = plain;
        marked.byte = range.begin + 1;
        marked.background = ground;
        marked.foreground = paint.theme.color(Token::Text);
        Span rest = plain;
        rest.byte = range.end + 1;
        row.spans.push_back(marked);
        row.spans.push_back(rest);
    }
}

LinesBody::Row DiffBody::row(qint64 unit, const BodyPaint* paint) const
{
    if (unit < 0 || unit > lastUnit())
        return {};
    if (entry(unit).head > 0)
        return headRow(entry(unit).head - 1, paint);
    const qint64 line = entry(unit).line;
    Row shown = lineRow(line, paint);
    if (!paint)
        return shown;
    const auto& change = m_diff.lines[size_t(line)];
    const auto number = [&](quint32 value) { return (value > 0 ? QString::number(value) : QString()).rightJustified(m_digits) + u' '; };
    shown.gutter = QString(kFoldColumns, u' ') + number(change.oldNumber) + number(change.newNumber);
    const kit::Theme& theme = paint->theme;
    const QColor ground = theme.color(Token::Inset);
    switch (change.kind) {
    case Kind::Hunk:
        shown.spans = plainSpans(theme.color(Token::Accent));
        shown.tint = blend(ground, theme.color(Token::Accent), kRowTint / 2);
        break;
    case Kind::Added:
    case Kind::Removed: {
        const Token token = change.kind == Kind::Added ? Token::Success : Token::Danger;
        shown.spans = plainSpans(theme.color(token));
        shown.tint = blend(ground, theme.color(token), kRowTint);
        markWords(shown, line, *paint);
        break;
    }
    case Kind::Remark: shown.spans = plainSpans(theme.color(Token::Muted)); break;
    case Kind::Meta:
    case Kind::Other:
    case Kind::Context: break;
    }
    return shown;
}

void DiffBody::setOpen(size_t file, bool open, bool all, BodyHost& host)
{
    for (size_t one = 0; one < m_open.size(); ++one)
        if (all || one == file)
            m_open[one] = open;
    show();
    host.rowsChanged();
    if (file < m_diff.files.size())
        host.setCursor(unitOf(m_diff.files[file].firstLine));
}

bool DiffBody::click(const Spot& spot, Qt::KeyboardModifiers modifiers, BodyHost& host)
{
    if (spot.part != FoldPart || spot.unit < 0 || spot.unit > lastUnit() || entry(spot.unit).head == 0)
        return false;
    const size_t file = entry(spot.unit).head - 1;
    setOpen(file, !m_open[file], modifiers & Qt::ShiftModifier, host);
    return true;
}

bool DiffBody::key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host)
{
    const size_t file = entry(unit).head > 0 ? entry(unit).head - 1 : fileOf(entry(unit).line);
    const bool all = modifiers == Qt::ShiftModifier;
    if (file >= m_diff.files.size() || (modifiers != Qt::NoModifier && !(all && entry(unit).head > 0)))
        return false;
    switch (key) {
    case Qt::Key_Left:
        if (!m_open[file])
            return false;
        setOpen(file, false, all, host);
        return true;
    case Qt::Key_Right:
        if (!m_open[file])
            setOpen(file, true, all, host);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: setOpen(file, !m_open[file], all, host); return true;
    default: return false;
    }
}

QList<BodyAction> DiffBody::actions(const Spot&)
{
    const bool anyFolded = std::find(m_open.begin(), m_open.end(), false) != m_open.end();
    return {{anyFolded ? Words::tr("Open all files") : Words::tr("Fold all files"), Qt::Key_E,
        [this, anyFolded](BodyHost& host) { setOpen(m_diff.files.size(), anyFolded, true, host); }}};
}

QString DiffBody::accessibleText(qint64 unit) const
{
    if (const quint32 head = entry(unit).head; head > 0) {
        const auto& file = m_diff.files[head - 1];
        return Words::tr("%1, %2 lines added, %3 removed").arg(file.name).arg(file.added).arg(file.removed);
    }
    return LinesBody::accessibleText(unit);
}

QStringList DiffBody::notes() const
{
    qint64 added = 0, removed = 0;
    for (const auto& file : m_diff.files) {
        added += file.added;
        removed += file.removed;
    }
    return m_diff.files.size() < 2
        ? QStringList()
        : QStringList{Words::tr("%Ln file(s)", nullptr, int(m_diff.files.size())) + u", +%L1 −%L2"_s.arg(added).arg(removed)};
}

} // namespace ridealong::consoleview
