// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/treebody.h"

#include "console/formatsample.h"
#include "consoleview/tablebody.h"
#include "consoleview/textbody.h"
#include "kit/codecolors.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using console::Format;
using console::ValueKind;
using console::ValueNode;
using console::ValueStyle;
using console::ValueTree;
using CodeStyle = KSyntaxHighlighting::Theme::TextStyle;

namespace {

constexpr int kIndent = 2; ///< columns a level
constexpr int kMaxIndent = 60;
constexpr int kMaxRowBytes = 1000; ///< of a value in its row
constexpr int kPreviewChars = 48;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TreeBody)
};

QString problemText(const ValueTree::Result& read, const console::OutputText& text, const QString& format)
{
    using Problem = ValueTree::Problem;
    switch (read.problem) {
    case Problem::None:
    case Problem::GivenUp: return {};
    case Problem::Empty: return Words::tr("There is no %1 in it.").arg(format);
    case Problem::TooLarge:
        return Words::tr("More than %1: too much to be shown as a tree.").arg(QLocale().formattedDataSize(console::kMaxTreeBytes));
    case Problem::TooManyNodes: return Words::tr("More than %L1 values: too many to be shown as a tree.").arg(console::kMaxTreeNodes);
    case Problem::TooDeep: return Words::tr("Nested deeper than %1 levels: it is shown as text.").arg(console::kMaxTreeDepth);
    case Problem::Broken: return Words::tr("Line %L1 is no valid %2: it is shown as text.").arg(text.placeOf(read.at).line + 1).arg(format);
    }
    return {};
}

/// Lines that stand around what it is, such as a bot's words or the marks of a fence, are blanked: places stay what they are.
struct Around
{
    qint64 begin = 0; ///< bytes of the text
    qint64 end = 0;
    qint64 lines = 0; ///< that are not shown
};
Around aroundOf(const BodySource& source, const console::OutputText& text)
{
    const auto span = console::detectSpan(*source.lines);
    const qint64 count = source.lines->lineCount();
    if (span.format != source.format || span.lastLine < span.firstLine)
        return {0, text.size(), 0};
    return {text.offsetOf(span.firstLine, 0), span.lastLine + 1 < count ? text.offsetOf(span.lastLine + 1, 0) : text.size(),
        count - (span.lastLine - span.firstLine + 1)};
}

ValueTree::Result readTree(const BodySource& source, const console::OutputText& text, const Around& around)
{
    if (text.size() > console::kMaxTreeBytes)
        return {{}, ValueTree::Problem::TooLarge, 0};
    QByteArray all = text.all();
    const auto blank = [&](qint64 from, qint64 to) {
        std::replace_if(
            all.begin() + from, all.begin() + to, [](char c) { return c != '\n'; }, ' ');
    };
    blank(0, around.begin);
    blank(around.end, all.size());
    return source.format == Format::Yaml ? ValueTree::readYaml(all, source.isGivenUp.get()) : ValueTree::readJson(all, source.isGivenUp.get());
}

char firstByte(const console::LineStore& lines)
{
    const auto sample = console::sampleOf(lines);
    const QByteArray first = sample.head.empty() ? QByteArray() : sample.head.front().text.trimmed();
    return first.isEmpty() ? '\0' : first.front();
}

/// Control characters would be seen as nothing, or as something else.
QByteArray inOneRow(QByteArray raw, bool isCut)
{
    if (const qsizetype end = raw.indexOf('\n'); end >= 0) {
        raw.truncate(end);
        isCut = true;
    }
    raw = raw.trimmed();
    while (isCut && !raw.isEmpty() && (raw.back() & 0xc0) == 0x80) // not in the middle of a character
        raw.chop(1);
    if (isCut && !raw.isEmpty() && (raw.back() & 0x80))
        raw.chop(1);
    raw.replace('\t', ' ');
    return isCut ? raw + "\xe2\x80\xa6" : raw;
}

} // namespace

bool TreeBody::maybeJson(const console::LineStore& lines)
{
    const char first = firstByte(lines);
    return first == '{' || first == '[';
}

bool TreeBody::maybeYaml(const console::LineStore& lines)
{
    const auto sample = console::sampleOf(lines);
    return std::any_of(sample.head.begin(), sample.head.end(), [](const console::SampleLine& one) {
        const QByteArray& line = one.text;
        return line.contains(": ") || line.trimmed().endsWith(':') || line.startsWith("- ") || line.startsWith("---");
    });
}

MadeBody TreeBody::make(const BodySource& source)
{
    const console::OutputText text(source.lines);
    const Around around = aroundOf(source, text);
    auto read = readTree(source, text, around);
    if (read.problem != ValueTree::Problem::None)
        return {{}, problemText(read, text, source.format == Format::Yaml ? u"YAML"_s : u"JSON"_s)};
    auto body = std::make_shared<TreeBody>(std::move(read.tree), source.lines);
    body->m_begin = around.begin;
    body->m_end = around.end;
    return {body, around.lines > 0 ? Words::tr("%Ln line(s) around it are in the raw output.", nullptr, int(around.lines)) : QString()};
}

TreeBody::TreeBody(ValueTree tree, const std::shared_ptr<const console::LineStore>& lines)
    : m_tree(std::make_shared<const ValueTree>(std::move(tree))),
      m_lines(lines),
      m_text(lines),
      m_open(m_tree->count(), false)
{
    openAtFirst();
}

/// Level by level, while there is room.
void TreeBody::openAtFirst()
{
    if ((*m_tree)[0].isDocuments)
        m_open[0] = true;
    std::vector<quint32> level{firstShown()};
    if ((*m_tree)[0].isDocuments) {
        level.clear();
        for (quint32 id = 1; id < m_tree->count() && level.size() <= kOpenRows; id = (*m_tree)[id].next)
            level.push_back(id);
    }
    size_t rows = level.size();
    for (bool isRoot = !(*m_tree)[0].isDocuments; !level.empty(); isRoot = false) {
        size_t more = 0;
        for (const quint32 id : level)
            more += (*m_tree)[id].children;
        if (more == 0 || (rows + more > kOpenRows && !isRoot))
            break;
        rows += more;
        std::vector<quint32> below;
        for (const quint32 id : level) {
            m_open[id] = (*m_tree)[id].isContainer();
            for (quint32 child = id + 1; child < (*m_tree)[id].next && below.size() <= kOpenRows; child = (*m_tree)[child].next)
                below.push_back(child);
        }
        level = std::move(below);
    }
    m_rows.clear();
    collect(*m_tree, m_open, firstShown(), m_tree->count(), m_rows);
}

void TreeBody::collect(const ValueTree& tree, const Open& open, quint32 from, quint32 to, std::vector<quint32>& rows)
{
    for (quint32 id = from; id < to && rows.size() < kMaxShownRows;) {
        rows.push_back(id);
        id = open[id] ? id + 1 : tree[id].next;
    }
}

qint64 TreeBody::rowOfNode(quint32 id) const
{
    const auto after = std::upper_bound(m_rows.begin(), m_rows.end(), id);
    return std::max<qint64>(0, after - m_rows.begin() - 1);
}

int TreeBody::indentOf(quint32 id) const
{
    const int depth = m_tree->depth(id) - ((*m_tree)[0].isDocuments ? 1 : 0);
    return kFoldColumns + std::min(depth * kIndent, kMaxIndent);
}

QByteArray TreeBody::keyOf(const ValueNode& node) const
{
    if (node.isKeyed())
        return inOneRow(
            console::keyText(raw(node.key, node.key + std::min<quint32>(node.keyLength, kMaxRowBytes))).toUtf8(), node.keyLength > kMaxRowBytes);
    return node.keyLength == ValueNode::kIsElement ? QByteArray::number(node.key) : QByteArray();
}

/// As it is written; of "|" and ">" the first line of what follows.
QByteArray TreeBody::firstLineOf(const ValueNode& node) const
{
    const QByteArray text = raw(node.begin, std::min(node.end, node.begin + kMaxRowBytes));
    const bool isBlock = node.style == ValueStyle::Literal || node.style == ValueStyle::Folded;
    const qsizetype head = isBlock ? text.indexOf('\n') : -1;
    return head < 0 ? text : text.first(1) + ' ' + text.mid(head + 1).trimmed();
}

QString TreeBody::countText(const ValueNode& node) const
{
    if (node.kind == ValueKind::Object)
        return u"{ "_s + Words::tr("%Ln key(s)", nullptr, int(node.children)) + u" }"_s;
    return u"[ "_s + Words::tr("%Ln item(s)", nullptr, int(node.children)) + u" ]"_s;
}

/// The first that can be said in a word: which of a hundred objects it is.
QString TreeBody::previewOf(quint32 id) const
{
    const ValueNode& node = (*m_tree)[id];
    if (node.kind != ValueKind::Object)
        return {};
    int looked = 0;
    for (quint32 child = id + 1; child < node.next && looked < 8; child = (*m_tree)[child].next, ++looked) {
        const ValueNode& value = (*m_tree)[child];
        if (value.isContainer() || value.kind == ValueKind::Null)
            continue;
        const QByteArray text = inOneRow(raw(value.begin, std::min(value.end, value.begin + kPreviewChars)), value.end - value.begin > kPreviewChars);
        return u"  "_s + QString::fromUtf8(keyOf(value) + ": " + text);
    }
    return {};
}

LinesBody::Row TreeBody::row(qint64 unit, const BodyPaint* paint) const
{
    Row shown;
    if (unit < 0 || unit > lastUnit())
        return shown;
    const quint32 id = nodeOf(unit);
    const ValueNode& node = (*m_tree)[id];
    const QByteArray key = keyOf(node);
    QByteArray text = key.isEmpty() ? QByteArray() : key + ": ";
    const qsizetype valueBegin = text.size();
    const bool isFoldable = node.isContainer() && node.children > 0;
    if (!node.isContainer())
        text += inOneRow(firstLineOf(node), node.end - node.begin > kMaxRowBytes);
    else if (!isFoldable)
        text += node.kind == ValueKind::Object ? "{}" : "[]";
    else if (key.isEmpty())
        text = node.kind == ValueKind::Object ? "{}" : "[]";
    shown.setText(text);
    shown.indent = indentOf(id);
    if (isFoldable) {
        shown.fold = m_open[id] ? Fold::Open : Fold::Folded;
        shown.note = m_open[id] ? QString() : countText(node) + previewOf(id);
    }
    if (!paint)
        return shown;
    // Cut where there is no more room: the whole is an Enter away.
    const int room = textColumns(paint->metrics) - shown.indent - (shown.note.isEmpty() ? 0 : 12);
    if (shown.grid.columns() > room && room > 4) {
        QByteArray cut = shown.text.first(shown.grid.byteOfColumn(room - 1)).toByteArray();
        shown.setText(cut + "\xe2\x80\xa6");
    }
    const auto color = [&](CodeStyle style) { return kit::codeColor(style, paint->theme); };
    const auto token = [&](kit::Token name) { return paint->theme.color(name); };
    shown.spans = plainSpans(node.isKeyed() ? color(CodeStyle::DataType) : token(kit::Token::Faint));
    QColor value = token(kit::Token::Text);
    switch (node.kind) {
    case ValueKind::String: value = color(CodeStyle::String); break;
    case ValueKind::Number: value = color(CodeStyle::DecVal); break;
    case ValueKind::Bool:
    case ValueKind::Null: value = color(CodeStyle::Constant); break;
    case ValueKind::Object:
    case ValueKind::Array: value = token(kit::Token::Muted); break;
    }
    if (valueBegin == 0)
        shown.spans.clear();
    else
        shown.spans.push_back(Span{int(key.size()), token(kit::Token::Muted), {}, {}, false, false, false, 0});
    shown.spans.push_back(Span{int(valueBegin), value, {}, {}, false, false, false, 0});
    if (paint->hitsWithin) {
        const bool isOpened = isFoldable && m_open[id];
        const auto from = m_text.placeOf(node.start());
        const auto to = m_text.placeOf(isOpened ? node.begin + 1 : node.end);
        shown.hit = paint->hitsWithin(from.line, from.byte, to.line, to.byte);
    }
    return shown;
}

void TreeBody::addAllTo(Stretch& stretch) const { addWhole(stretch, {m_lines}); }

std::optional<std::pair<qint64, int>> TreeBody::reveal(qint64 line, int byte)
{
    const qint64 offset = m_text.offsetOf(line, byte);
    if (offset < m_begin || offset >= m_end)
        return {}; // in the words around it
    const quint32 id = std::max(firstShown(), m_tree->nodeAt(quint32(offset)));
    bool isChanged = false;
    for (quint32 up = id; (*m_tree)[up].keyLength != ValueNode::kIsRoot;) {
        up = (*m_tree)[up].parent;
        isChanged = isChanged || !m_open[up];
        m_open[up] = true;
    }
    if (isChanged) {
        ++m_changing;
        m_rows.clear();
        collect(*m_tree, m_open, firstShown(), m_tree->count(), m_rows);
    }
    return std::pair(rowOfNode(id), 0);
}

double TreeBody::shareBefore(qint64 line) const
{
    const quint32 id = std::max(firstShown(), m_tree->nodeAt(quint32(m_text.offsetOf(line, 0))));
    return (double(rowOfNode(id)) + 0.5) / double(std::max<size_t>(1, m_rows.size()));
}

QString TreeBody::pathOf(quint32 id) const
{
    return console::pathOf(*m_tree, id, [this](quint32 begin, quint32 end) { return raw(begin, end); });
}

QString TreeBody::wholeOf(quint32 id, quint32 most) const
{
    const ValueNode& node = (*m_tree)[id];
    return console::valueText(node, raw(node.begin, node.end - node.begin > most ? node.begin + most : node.end));
}

QString TreeBody::accessibleText(qint64 unit) const
{
    const Row shown = row(unit, nullptr);
    const QString text = QString::fromUtf8(shown.text) + (shown.note.isEmpty() ? QString() : u' ' + shown.note);
    const int level = m_tree->depth(nodeOf(unit)) + 1;
    if (shown.fold == Fold::None)
        return Words::tr("%1, level %2").arg(text).arg(level);
    return (shown.fold == Fold::Open ? Words::tr("%1, level %2, open") : Words::tr("%1, level %2, folded")).arg(text).arg(level);
}

} // namespace ridealong::consoleview
