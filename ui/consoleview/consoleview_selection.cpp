// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The selection: from a place to a place, over lines and blocks.
#include "consoleview/consoleview.h"

#include "consoleview/readline.h"

#include <QClipboard>
#include <QGuiApplication>

#include <cctype>
#include <cstring>

namespace ridealong::consoleview {
namespace {

/// Letters, digits and what stands inside paths, addresses and options: a double click takes them as one.
bool isWordByte(char c)
{
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x80 || std::isalnum(u) || (c != '\0' && std::strchr("_-./:@%+~#=", c));
}

} // namespace

std::pair<Place, Place> ConsoleView::selection() const { return std::minmax(m_selectionAnchor, m_selectionCaret); }

void ConsoleView::clearSelection()
{
    m_selectionAnchor = m_selectionCaret = {};
    m_selecting = false;
    m_autoScroll.stop();
    viewport()->update();
}

Stretch ConsoleView::stretchOf(int item, const Place& from, const Place& to) const
{
    const auto* run = runOf(item);
    Stretch stretch;
    stretch.report = run->report;
    if (layoutOf(item).table) {
        const auto& table = *m_blocks[size_t(item)].table;
        stretch.rows << table.table().columns;
        for (qint64 row = from.line; row <= std::min<qint64>(to.line, table.rowCount() - 1); ++row) {
            QStringList cells;
            for (int column = 0; column < table.columnCount(); ++column)
                cells << table.cell(int(row), column);
            stretch.rows << cells;
        }
        return stretch;
    }
    stretch.lines = run->lines;
    stretch.filtered = m_blocks[size_t(item)].filtered;
    stretch.kept = m_blocks[size_t(item)].kept;
    stretch.fromLine = from.line;
    stretch.fromByte = from.byte;
    stretch.toLine = to.line;
    stretch.toByte = to.byte;
    return stretch;
}

Stretch ConsoleView::wholeBlock(int item) const
{
    const qint64 last = std::numeric_limits<int>::max();
    auto stretch = stretchOf(item, {item, 0, 0}, {item, last, std::numeric_limits<int>::max()});
    if (stretch.lines)
        stretch.toLine = std::max<qint64>(0, bodyOf(item).last());
    stretch.whole = true;
    return stretch;
}

std::vector<Stretch> ConsoleView::stretches() const
{
    std::vector<Stretch> result;
    if (!hasSelection()) {
        if (runOf(m_current))
            result.push_back(wholeBlock(m_current));
        return result;
    }
    const auto [from, to] = selection();
    for (int item = from.item; item <= to.item && item < blockCount(); ++item) {
        if (from.item != to.item && m_blocks[size_t(item)].folded && item != from.item)
            continue; // what is folded was not seen to be selected
        auto whole = wholeBlock(item);
        const Place begin = item == from.item ? from : Place{item, 0, 0};
        const Place end
            = item == to.item ? to : Place{item, whole.lines ? whole.toLine : std::numeric_limits<int>::max(), std::numeric_limits<int>::max()};
        auto stretch = stretchOf(item, begin, end);
        stretch.whole = item != from.item && item != to.item;
        result.push_back(std::move(stretch));
    }
    return result;
}

QString ConsoleView::copyableText(CopyFormat format) const { return copyText(stretches(), format, &theme()); }

void ConsoleView::copy(CopyFormat format)
{
    if (auto what = stretches(); !what.empty())
        QGuiApplication::clipboard()->setMimeData(new LazyText(std::move(what), format, theme()));
}

void ConsoleView::selectAll()
{
    if (m_current < 0 && blockCount() > 0)
        setCurrent(blockCount() - 1);
    if (!runOf(m_current))
        return;
    const auto layout = layoutOf(m_current);
    const qint64 last = layout.table ? layout.rows - 2 : bodyOf(m_current).last();
    m_selectionAnchor = {m_current, 0, 0};
    m_selectionCaret = {m_current, std::max<qint64>(0, last), std::numeric_limits<int>::max()};
    viewport()->update();
}

void ConsoleView::selectWord(const Place& place)
{
    const auto* run = runOf(place.item);
    if (!run || layoutOf(place.item).table)
        return;
    const ReadLine line(*run->lines, place.line);
    const int size = int(line->text.size());
    int begin = std::min(place.byte, std::max(0, size - 1));
    int end = begin;
    while (begin > 0 && isWordByte(line->text[begin - 1]))
        --begin;
    while (end < size && isWordByte(line->text[end]))
        ++end;
    m_selectionAnchor = {place.item, place.line, begin};
    m_selectionCaret = {place.item, place.line, std::max(end, std::min(begin + 1, size))};
    viewport()->update();
}

void ConsoleView::selectLine(const Place& place)
{
    const auto* run = runOf(place.item);
    if (!run)
        return;
    m_selectionAnchor = {place.item, place.line, 0};
    m_selectionCaret = {place.item, place.line, layoutOf(place.item).table ? 1 : int(ReadLine(*run->lines, place.line)->text.size())};
    viewport()->update();
}

void ConsoleView::moveCaret(int key)
{
    if (m_current < 0 && blockCount() > 0)
        setCurrent(blockCount() - 1);
    if (m_selectionAnchor.item < 0) {
        if (m_current < 0)
            return;
        m_selectionAnchor = m_selectionCaret = {m_current, 0, 0};
    }
    auto& caret = m_selectionCaret;
    const auto* run = runOf(caret.item);
    if (!run)
        return;
    const bool table = layoutOf(caret.item).table;
    // The lines that can be gone to, by block; of a table its rows. −1: none.
    const auto next = [&](int item, qint64 line) {
        const auto layout = layoutOf(item);
        return !layout.table ? bodyOf(item).after(line) : line + 2 < layout.rows ? line + 1 : -1;
    };
    const auto previous = [&](int item, qint64 line) {
        const auto layout = layoutOf(item);
        return !layout.table ? bodyOf(item).before(line) : std::min(line, layout.rows - 1) - 1;
    };
    const auto lineEnd = [&](int item, qint64 line) {
        if (layoutOf(item).table)
            return 1;
        const auto* held = runOf(item);
        return line < held->lines->lineCount() ? int(ReadLine(*held->lines, line)->text.size()) : 0;
    };
    const LineGrid grid = [&] {
        if (table || caret.line >= run->lines->lineCount())
            return LineGrid("x", true);
        const ReadLine line(*run->lines, caret.line);
        return LineGrid(*line);
    }();
    const int end = lineEnd(caret.item, caret.line);
    const qint64 above = previous(caret.item, caret.line), below = next(caret.item, caret.line);
    caret.byte = std::min(caret.byte, end);
    switch (key) {
    case Qt::Key_Home: caret.byte = 0; break;
    case Qt::Key_End: caret.byte = end; break;
    case Qt::Key_Left:
        if (caret.byte > 0)
            caret.byte = grid.previousByte(caret.byte);
        else if (above >= 0)
            caret = {caret.item, above, lineEnd(caret.item, above)};
        break;
    case Qt::Key_Right:
        if (caret.byte < end)
            caret.byte = grid.nextByte(caret.byte);
        else if (below >= 0)
            caret = {caret.item, below, 0};
        break;
    case Qt::Key_Down:
        if (below >= 0)
            caret.line = below;
        else if (caret.item + 1 < blockCount())
            caret = {caret.item + 1, std::max<qint64>(0, next(caret.item + 1, -1)), 0};
        else
            caret.byte = end;
        break;
    case Qt::Key_Up:
        if (above >= 0)
            caret.line = above;
        else if (caret.item > 0)
            caret = {caret.item - 1, std::max<qint64>(0, previous(caret.item - 1, std::numeric_limits<qint64>::max())), 0};
        else
            caret.byte = 0;
        break;
    default: break;
    }
    setCurrent(caret.item);
    ensurePlaceVisible(caret);
    viewport()->update();
}

} // namespace ridealong::consoleview
