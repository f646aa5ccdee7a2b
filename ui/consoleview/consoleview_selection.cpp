// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The selection: from a place to a place, over lines and blocks.
#include "consoleview/consoleview.h"

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
    Stretch stretch;
    stretch.report = runOf(item)->report;
    bodyOf(item).addTo(stretch, from.line, from.byte, to.line, to.byte);
    return stretch;
}

Stretch ConsoleView::wholeBlock(int item) const
{
    Stretch stretch;
    stretch.report = runOf(item)->report;
    bodyOf(item).addAllTo(stretch);
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
        if (item != from.item && item != to.item) {
            result.push_back(wholeBlock(item));
            continue;
        }
        const Place begin = item == from.item ? from : Place{item, std::max<qint64>(0, bodyOf(item).after(-1)), 0};
        const Place end = item == to.item ? to : Place{item, std::max<qint64>(0, bodyOf(item).lastUnit()), std::numeric_limits<int>::max()};
        result.push_back(stretchOf(item, begin, end));
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
    const qint64 last = bodyOf(m_current).lastUnit();
    m_selectionAnchor = {m_current, 0, 0};
    m_selectionCaret = {m_current, std::max<qint64>(0, last), std::numeric_limits<int>::max()};
    viewport()->update();
}

void ConsoleView::selectWord(const Place& place)
{
    if (!runOf(place.item) || bodyOf(place.item).selectsRows())
        return;
    const QByteArray text = bodyOf(place.item).text(place.line);
    const int size = int(text.size());
    int begin = std::min(place.byte, std::max(0, size - 1));
    int end = begin;
    while (begin > 0 && isWordByte(text[begin - 1]))
        --begin;
    while (end < size && isWordByte(text[end]))
        ++end;
    m_selectionAnchor = {place.item, place.line, begin};
    m_selectionCaret = {place.item, place.line, std::max(end, std::min(begin + 1, size))};
    viewport()->update();
}

void ConsoleView::selectLine(const Place& place)
{
    if (!runOf(place.item))
        return;
    const Body& body = bodyOf(place.item);
    m_selectionAnchor = {place.item, place.line, 0};
    m_selectionCaret = {place.item, place.line, body.selectsRows() ? 1 : int(body.text(place.line).size())};
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
    if (!runOf(caret.item))
        return;
    // The units that can be gone to, by block. −1: none.
    const auto next = [&](int item, qint64 unit) { return bodyOf(item).after(unit); };
    const auto previous = [&](int item, qint64 unit) { return bodyOf(item).before(unit); };
    const auto lineEnd = [&](int item, qint64 unit) {
        const Body& body = bodyOf(item);
        return body.selectsRows() ? 1 : unit <= body.lastUnit() ? int(body.text(unit).size()) : 0;
    };
    const QByteArray text
        = bodyOf(caret.item).selectsRows() || caret.line > bodyOf(caret.item).lastUnit() ? QByteArray("x") : bodyOf(caret.item).text(caret.line);
    const LineGrid grid(text, false);
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
