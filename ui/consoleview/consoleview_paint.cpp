// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How blocks look. Only rows between the edges of the viewport are read, coloured and painted.
#include "consoleview/consoleview.h"

#include "kit/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kRadius = Theme::kCardRadius;

/// Rows [first, last) of equal height that touch [0, viewportHeight).
struct RowRange
{
    qint64 first = 0;
    qint64 last = 0;
};
RowRange visibleRows(int top, int rowHeight, qint64 rows, int viewportHeight)
{
    const qint64 first = top >= 0 ? 0 : -qint64(top) / rowHeight;
    const qint64 last = top >= viewportHeight ? 0 : (qint64(viewportHeight) - top + rowHeight - 1) / rowHeight;
    return {std::min(first, rows), std::min(std::max(last, first), rows)};
}

void fillRounded(QPainter& painter, const QRect& clip, const QRectF& card, const QColor& color)
{
    painter.save();
    painter.setClipRect(clip, Qt::IntersectClip);
    painter.setBrush(color);
    painter.setPen(Qt::NoPen);
    painter.drawRoundedRect(card, kRadius, kRadius);
    painter.restore();
}

} // namespace

QRect ConsoleView::headerRect(int item) const
{
    const auto rect = itemRect(item);
    return {Metrics::kSideMargin, rect.top() + Metrics::kGap, m_metrics.width - 2 * Metrics::kSideMargin, m_metrics.headerHeight};
}

QRect ConsoleView::stickyHeader(int* item) const
{
    const int top = itemAt(QPoint(m_metrics.width / 2, 0));
    if (top < 0)
        return {};
    const QRect header = headerRect(top);
    const auto layout = layoutOf(top);
    const int bottom = itemRect(top).top() + layout.cardBottom;
    if (header.top() >= 0 || m_blocks[size_t(top)].folded || bottom <= m_metrics.headerHeight / 2)
        return {};
    if (item)
        *item = top;
    return {header.left(), std::min(0, bottom - m_metrics.headerHeight), header.width(), m_metrics.headerHeight};
}

void ConsoleView::paintEvent(QPaintEvent* event)
{
    m_paintedRows = 0;
    VirtualView::paintEvent(event);
    placeField();
    int item = -1;
    const QRect sticky = stickyHeader(&item);
    if (item < 0)
        return;
    QPainter painter(viewport());
    painter.fillRect(QRect(0, 0, m_metrics.width, std::max(0, sticky.bottom() + 1)), theme().color(Token::Panel));
    painter.fillRect(sticky, theme().color(Token::Raised));
    painter.setPen(theme().color(item == m_current && hasFocus() ? Token::Accent : Token::Border));
    painter.drawRect(sticky.adjusted(0, 0, -1, -1));
    paintHeaderOf(painter, item, sticky);
    if (const auto* run = runOf(item); run && hasProgress(run->report))
        paintProgress(painter, QRect(sticky.left(), sticky.bottom(), sticky.width(), Metrics::kProgressHeight), run->report);
}

void ConsoleView::paintItem(QPainter& painter, int item, const QRect& rect)
{
    const auto* run = runOf(item);
    if (!run)
        return;
    const auto layout = layoutOf(item);
    const QRect header(Metrics::kSideMargin, rect.top() + layout.headerTop, m_metrics.width - 2 * Metrics::kSideMargin, m_metrics.headerHeight);
    const QRect card(header.left(), header.top(), header.width(), layout.cardBottom - layout.headerTop);
    painter.save();
    paintCard(painter, card, header, item);
    paintHeaderOf(painter, item, header);
    if (hasProgress(run->report))
        paintProgress(painter, QRect(header.left() + 1, rect.top() + layout.progressTop, header.width() - 2, Metrics::kProgressHeight), run->report);
    if (!m_blocks[size_t(item)].folded) {
        painter.save();
        painter.setClipRect(card.adjusted(1, header.height(), -1, -1) & viewport()->rect(), Qt::IntersectClip);
        paintBody(painter, item, rect, layout);
        paintNotes(painter, item, rect, layout);
        painter.restore();
    }
    painter.restore();
}

void ConsoleView::paintCard(QPainter& painter, const QRect& card, const QRect& header, int item) const
{
    // A block may be millions of pixels high; the raster engine wants coordinates near the screen.
    const QRect near = viewport()->rect().adjusted(0, -4 * kRadius, 0, 4 * kRadius);
    const QRect shown = card & QRect(card.left(), near.top(), card.width(), near.height());
    if (shown.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF outline = QRectF(shown).adjusted(0.5, 0.5, -0.5, -0.5);
    fillRounded(
        painter, QRect(shown.left(), header.bottom() + 1, shown.width(), shown.bottom() - header.bottom()), outline, theme().color(Token::Inset));
    fillRounded(painter, header, outline, theme().color(Token::Raised));
    const bool current = item == m_current && hasFocus();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().color(current ? Token::Accent : Token::Border), current ? 2 : 1));
    painter.drawRoundedRect(outline, kRadius, kRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (card.height() > header.height()) {
        painter.fillRect(QRect(card.left() + 1, header.bottom(), card.width() - 2, 1), theme().color(Token::Border));
    }
}

void ConsoleView::paintHeaderOf(QPainter& painter, int item, const QRect& rect)
{
    if (rect.bottom() < 0 || rect.top() > viewport()->height())
        return;
    const auto* run = runOf(item);
    const auto layout = layoutHeader(rect, m_blocks[size_t(item)], *run, theme(), m_clock.nowMs());
    paintHeader(painter, layout, *run, theme(), m_hovered.item == item ? m_hovered.header : HeaderPart::None);
}

void ConsoleView::paintProgress(QPainter& painter, const QRect& rect, const chat::RunReport& report) const
{
    using State = chat::Progress::State;
    const auto& progress = *report.progress;
    const Token token = progress.state == State::Error ? Token::Danger : progress.state == State::Paused ? Token::Warning : Token::Accent;
    painter.fillRect(rect, theme().color(Token::Border));
    if (progress.state == State::Indeterminate) {
        // A third that wanders once a second: no percentage is claimed.
        const int third = rect.width() / 3;
        const int at = int(m_clock.nowMs() / 1000 % 3) * third;
        painter.fillRect(QRect(rect.left() + at, rect.top(), third, rect.height()), theme().color(token));
        return;
    }
    const int width = rect.width() * std::clamp(progress.percent, 0, 100) / 100;
    painter.fillRect(QRect(rect.left(), rect.top(), width, rect.height()), theme().color(token));
}

void ConsoleView::paintBody(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout)
{
    if (!runOf(item)->lines)
        return;
    const int top = rect.top() + layout.rowsTop;
    const auto range = visibleRows(top, layout.rowHeight, layout.rows, viewport()->height());
    if (range.first >= range.last)
        return;
    Type& type = typeOf(item);
    BodyPaint paint{painter, type.grid, type.metrics, theme(), m_highlighter, type.font, top, range.first, range.last,
        m_metrics.wrap ? 0 : horizontalScrollBar()->value(), m_showsHidden};
    if (item == m_current && hasFocus())
        paint.cursor = m_cursor;
    if (m_hovered.item == item)
        paint.hovered = m_hovered.spot;
    paint.paintMarks = [&](qint64 unit, qint64 line, const LineGrid& grid, int from, int to, QPointF origin) {
        paintMarks(painter, item, unit, line, grid, from, to, origin);
    };
    paint.isSelected = [&](qint64 unit) { return isSelected(item, unit); };
    paint.hitsWithin = [&](qint64 fromLine, int fromByte, qint64 toLine, int toByte) { return hitsWithin(item, fromLine, fromByte, toLine, toByte); };
    bodyOf(item).paint(paint);
    m_paintedRows += paint.painted;
}

bool ConsoleView::isSelected(int item, qint64 unit) const
{
    if (!hasSelection())
        return false;
    const auto [from, to] = selection();
    return item >= from.item && item <= to.item && !(item == from.item && unit < from.line) && !(item == to.item && unit > to.line);
}

int ConsoleView::hitsWithin(int item, qint64 fromLine, int fromByte, qint64 toLine, int toByte) const
{
    const auto hits = m_hitsOfRun.constFind(m_blocks[size_t(item)].run);
    if (hits == m_hitsOfRun.cend())
        return 0;
    int found = 0;
    auto at = std::lower_bound(hits->begin(), hits->end(), fromLine, [this](int index, qint64 l) { return m_hits[size_t(index)].line < l; });
    for (; at != hits->end() && m_hits[size_t(*at)].line <= toLine && found < 2; ++at) {
        const auto& hit = m_hits[size_t(*at)];
        if ((hit.line == fromLine && hit.byte + hit.byteLength <= fromByte) || (hit.line == toLine && hit.byte >= toByte))
            continue;
        found = *at == m_currentHit ? 2 : 1;
    }
    return found;
}

void ConsoleView::paintMarks(
    QPainter& painter, int item, qint64 unit, qint64 line, const LineGrid& grid, int fromColumn, int toColumn, QPointF origin) const
{
    const Metrics& metrics = typeOf(item).metrics;
    const auto mark = [&](int beginColumn, int endColumn, const QColor& color) {
        const int begin = std::max(beginColumn, fromColumn);
        const int end = std::min(endColumn, toColumn);
        if (begin < end)
            painter.fillRect(
                QRectF(origin.x() + (begin - fromColumn) * metrics.cellWidth, origin.y(), (end - begin) * metrics.cellWidth, metrics.rowHeight),
                color);
    };
    if (const auto hits = m_hitsOfRun.constFind(m_blocks[size_t(item)].run); line >= 0 && hits != m_hitsOfRun.cend()) {
        auto at = std::lower_bound(hits->begin(), hits->end(), line, [this](int index, qint64 l) { return m_hits[size_t(index)].line < l; });
        for (; at != hits->end() && m_hits[size_t(*at)].line == line; ++at) {
            const auto& hit = m_hits[size_t(*at)];
            const double share = *at == m_currentHit ? 0.55 : 0.25;
            mark(grid.columnOfByte(hit.byte), grid.columnOfByte(hit.byte + hit.byteLength),
                blend(theme().color(Token::Inset), theme().color(Token::Warning), share));
        }
    }
    if (!isSelected(item, unit))
        return;
    const auto [from, to] = selection();
    const bool begins = item == from.item && unit == from.line;
    const bool ends = item == to.item && unit == to.line;
    // The line end counts as one cell, so that empty lines are seen to be selected.
    mark(begins ? grid.columnOfByte(from.byte) : 0, ends ? grid.columnOfByte(to.byte) : grid.columns() + 1, theme().color(Token::Selection));
}

std::vector<ConsoleView::NoteSpot> ConsoleView::noteSpots(int item, const BlockLayout& layout, const QRect& rect, QPainter* painter)
{
    std::vector<NoteSpot> spots;
    const auto* run = runOf(item);
    if (!run || m_blocks[size_t(item)].folded)
        return spots;
    const auto list = notesOf(item);
    const QFont font = theme().font(Theme::Type::Small);
    const QFontMetrics metrics(font);
    int y = rect.top() + layout.notesTop + (layout.rows > 0 && layout.padded ? 0 : Metrics::kBodyPadding);
    const int left = Metrics::kSideMargin + Metrics::kTextIndent;
    const int right = m_metrics.width - Metrics::kSideMargin - Metrics::kTextIndent;
    for (const auto& note : list) {
        int linksWidth = 0;
        for (const auto& link : note.links)
            linksWidth += metrics.horizontalAdvance(link.text) + metrics.horizontalAdvance(u" · "_s);
        const QString text = metrics.elidedText(note.text, Qt::ElideRight, std::max(40, right - left - linksWidth));
        if (painter) {
            painter->setFont(font);
            painter->setPen(theme().color(note.token));
            painter->drawText(QRect(left, y, right - left, m_metrics.noteHeight), Qt::AlignVCenter | Qt::TextSingleLine, text);
        }
        int x = left + metrics.horizontalAdvance(text) + metrics.horizontalAdvance(u"  "_s);
        bool first = true;
        for (const auto& link : note.links) {
            if (!first) {
                if (painter) {
                    painter->setPen(theme().color(Token::Faint));
                    painter->drawText(QRect(x, y, right, m_metrics.noteHeight), Qt::AlignVCenter | Qt::TextSingleLine, u"·"_s);
                }
                x += metrics.horizontalAdvance(u"· "_s);
            }
            first = false;
            const QRect spot(x, y, metrics.horizontalAdvance(link.text), m_metrics.noteHeight);
            if (painter) {
                QFont linkFont = font;
                linkFont.setUnderline(m_hovered.item == item && m_hovered.action == link.action);
                painter->setFont(linkFont);
                painter->setPen(theme().color(link.action == RunAction::Deny ? Token::Danger : Token::Accent));
                painter->drawText(spot.adjusted(0, 0, 2, 0), Qt::AlignVCenter | Qt::TextSingleLine, link.text);
                painter->setFont(font);
            }
            spots.push_back({spot, link.action});
            x = spot.right() + metrics.horizontalAdvance(u" "_s) + 1;
        }
        y += m_metrics.noteHeight;
    }
    return spots;
}

void ConsoleView::paintNotes(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout)
{
    if (rect.top() + layout.notesTop <= viewport()->height())
        noteSpots(item, layout, rect, &painter);
}

} // namespace ridealong::consoleview
