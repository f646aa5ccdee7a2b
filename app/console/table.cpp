// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/table.h"

#include "console/fence.h"
#include "console/linestore.h"
#include "console/tablebuilder.h"

namespace ridealong::console {
namespace {

std::optional<TableShape> shapeAt(SampleLines lines, size_t at, bool isWhole)
{
    if (auto shape = markdownAt(lines, at))
        return shape;
    if (auto shape = boxedAt(lines, at))
        return shape;
    if (auto shape = barredAt(lines, at))
        return shape;
    if (auto shape = ruledAt(lines, at))
        return shape;
    if (auto shape = separatedAt(lines, at, isWhole))
        return shape;
    if (auto shape = recordsAt(lines, at))
        return shape;
    return alignedAt(lines, at);
}

/// What is behind the table in the sample is short, and no table.
bool isOnlyTable(const TableShape& shape, const FormatSample& sample)
{
    TableBuilder builder(shape, sample.head);
    const size_t end = shape.last ? *shape.last + 1 : sample.head.size();
    int footers = 0;
    for (size_t i = shape.body; i < sample.head.size(); ++i) {
        if (i < end && builder.take(sample.head[i].text, sample.head[i].lastPiece)) {
            footers = 0;
            continue;
        }
        if (sample.head[i].isBlank)
            continue;
        if (++footers > kMaxFooterLines)
            return false;
        // Its heading again, below a line of title, is the same table's.
        if (i + 1 < sample.head.size() && sample.head[i].text != sample.head[shape.first].text
            && shapeAt(SampleLines(sample.head), i, sample.isWhole())
            && !(shape.kind == TableShape::Kind::Ruled && sample.head[i].text == sample.head[shape.body - 2].text))
            return false;
    }
    if (footers > 0 && !sample.isWhole())
        return false;
    return !builder.finish().rows.isEmpty();
}

QString titleAbove(const TableShape& shape, const FormatSample& sample)
{
    for (size_t i = shape.first; i-- > 0;)
        if (!sample.head[i].isBlank)
            return QString::fromUtf8(sample.head[i].text.trimmed().left(200));
    return {};
}

/// A line and the pieces that go on with it, up to what one record may hold; moves `index` behind them.
QByteArray wholeLine(const LineStore& lines, qint64& index, qint64 count)
{
    QByteArray text = textOfLine(lines, index++);
    while (index < count && index < lines.committedCount() && lines.line(index).flags & Line::Continued) {
        if (text.size() < kMaxRecordBytes)
            text += textOfLine(lines, index);
        ++index;
    }
    while (!text.isEmpty() && (text.endsWith(' ') || text.endsWith('\r') || text.endsWith('\t')))
        text.chop(1);
    return text;
}

} // namespace

bool isNumberCell(QByteArrayView cell)
{
    qsizetype i = !cell.isEmpty() && (cell[0] == '-' || cell[0] == '+') ? 1 : 0;
    int groups = 0;
    int points = 0;
    qsizetype digits = 0;
    bool thousands = true;
    const qsizetype begin = i;
    for (; i < cell.size() && (isDigit(cell[i]) || ((cell[i] == '.' || cell[i] == ',') && i + 1 < cell.size() && isDigit(cell[i + 1]))); ++i) {
        if (isDigit(cell[i])) {
            ++digits;
            continue;
        }
        thousands = thousands && (groups == 0 || digits == 3);
        points += cell[i] == '.';
        ++groups;
        digits = 0;
    }
    // "10.96.0.1" and "1.2.3" are no numbers; "1.999,00" and "1,234,567.8" are.
    if (i == begin && !(cell.size() > begin + 1 && cell[begin] == '.' && isDigit(cell[begin + 1])))
        return false;
    if (groups > 1 && (!thousands || points > 2))
        return false;
    QByteArrayView unit = cell.sliced(i);
    if (unit.startsWith(' '))
        unit = unit.sliced(1);
    static constexpr const char* kUnits[] = {"", "%", "K", "M", "G", "T", "P", "E", "k", "B", "KB", "kB", "MB", "GB", "TB", "PB", "Ki", "Mi", "Gi",
        "Ti", "KiB", "MiB", "GiB", "TiB", "bytes", "s", "ms", "us", "\xc2\xb5s", "ns", "m", "h", "d", "w", "y", "min", "C",
        "\xc2\xb0"
        "C"};
    return std::any_of(std::begin(kUnits), std::end(kUnits), [unit](const char* known) { return unit == known; });
}

std::optional<TableShape> findTable(const FormatSample& sample)
{
    int prose = 0;
    for (size_t i = 0; i + 1 < sample.head.size() && prose <= kMaxProseLines; ++i) {
        if (sample.head[i].isBlank)
            continue;
        auto shape = shapeAt(SampleLines(sample.head), i, sample.isWhole());
        if (shape && isOnlyTable(*shape, sample))
            return shape;
        ++prose;
    }
    return {};
}

Table parseTable(const LineStore& lines)
{
    const FormatSample sample = withoutFence(sampleOf(lines)).sample;
    const auto shape = sample.isEmpty() ? std::nullopt : findTable(sample);
    if (!shape)
        return {};
    TableBuilder builder(*shape, sample.head);
    const qint64 end = sample.last().lastPiece + 1; // a fence is left out
    const qint64 lastRow = shape->last ? sample.head[*shape->last].line : end;
    QStringList footer;
    for (qint64 index = sample.head[shape->body].line; index < end && !builder.isFull();) {
        const qint64 line = index;
        const QByteArray text = wholeLine(lines, index, end);
        if (line <= lastRow && builder.take(text, index - 1))
            footer.clear();
        else if (!text.isEmpty() && footer.size() < kMaxFooterLines)
            footer += QString::fromUtf8(text.left(500));
    }
    Table table = builder.finish();
    if (table.title.isEmpty())
        table.title = titleAbove(*shape, sample);
    if (!table.cut)
        table.footer = footer;
    return table;
}

} // namespace ridealong::console
