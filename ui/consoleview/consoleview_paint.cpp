// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How blocks look. Only rows between the edges of the viewport are read, coloured and painted.
#include "consoleview/consoleview.h"

#include "consoleview/readline.h"
#include "kit/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using console::Format;
using kit::Theme;
using kit::Token;

namespace {

constexpr int kRadius = Theme::kCardRadius;
constexpr double kTint = 0.14; ///< how much of a colour a row's background takes

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
        if (layout.table)
            paintTableRows(painter, item, rect, layout);
        else
            paintTextRows(painter, item, rect, layout);
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

Spans ConsoleView::spansOf(const Block& block, const console::Run& run, qint64 index, const console::Line& line)
{
    if (block.view == BodyView::Formatted) {
        const auto first = line.text.isEmpty() ? '\0' : line.text.front();
        switch (run.format) {
        case Format::Json:
        case Format::Yaml:
            if (const auto* spans = m_highlighter.spans(run.lines, run.format, index))
                return *spans;
            break;
        case Format::Diff:
            if (line.text.startsWith("+++") || line.text.startsWith("---") || line.text.startsWith("diff "))
                return {Span{0, theme().color(Token::Text), {}, {}, true, false, false, 0}};
            if (first == '+' || first == '-' || first == '@')
                return {Span{0,
                    theme().color(first == '+' ? Token::Success
                            : first == '-'     ? Token::Danger
                                               : Token::Accent),
                    {}, {}, false, false, false, 0}};
            break;
        case Format::Log: {
            using console::Level;
            const auto spans = styleSpans(*run.lines, line, theme());
            switch (line.level) {
            case Level::Error: return tinted(spans, theme().color(Token::Danger), theme());
            case Level::Warning: return tinted(spans, theme().color(Token::Warning), theme());
            case Level::Debug: return tinted(spans, theme().color(Token::Muted), theme());
            case Level::Trace: return tinted(spans, theme().color(Token::Faint), theme());
            case Level::Info:
            case Level::None: return spans;
            }
            break;
        }
        case Format::Text:
        case Format::Table:
        case Format::StackTrace:
        case Format::Markdown:
        case Format::Code:
        case Format::Image: break;
        }
    }
    return styleSpans(*run.lines, line, theme());
}

QColor ConsoleView::rowTint(const Block& block, const console::Run& run, const console::Line& line) const
{
    if (run.format != Format::Diff || block.view != BodyView::Formatted || line.text.isEmpty())
        return {};
    if (line.text.startsWith("+++") || line.text.startsWith("---"))
        return {};
    const QColor ground = theme().color(Token::Inset);
    switch (line.text.front()) {
    case '+': return blend(ground, theme().color(Token::Success), kTint);
    case '-': return blend(ground, theme().color(Token::Danger), kTint);
    case '@': return blend(ground, theme().color(Token::Accent), kTint / 2);
    default: return {};
    }
}

void ConsoleView::paintTextRows(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout)
{
    const auto& block = m_blocks[size_t(item)];
    const auto& run = *runOf(item);
    const int top = rect.top() + layout.rowsTop;
    const auto range = visibleRows(top, layout.rowHeight, layout.rows, viewport()->height());
    if (range.first >= range.last)
        return;
    const auto& store = *run.lines;
    Type& type = typeOf(item);
    const Metrics& metrics = type.metrics;
    const int columns = metrics.wrapColumns();
    const int left = Metrics::kSideMargin + Metrics::kTextIndent;
    const int scrolled = m_metrics.wrap ? 0 : horizontalScrollBar()->value();
    const BodyLines body = bodyOf(item);
    auto place = body.placeOfRow(range.first, columns);
    qint64 row = range.first;
    while (row < range.last && place.line >= 0) {
        const ReadLine line(store, place.line);
        const LineGrid grid(*line);
        const int lineColumns = std::max<int>(line->columns, 0);
        const int subRows = columns > 0 ? std::max(1, (lineColumns + columns - 1) / columns) : 1;
        const Spans spans = spansOf(block, run, place.line, *line);
        const QColor tint = rowTint(block, run, *line);
        const bool isAfterGap = body.isAfterGap(place.line);
        for (int sub = place.subRow; sub < subRows && row < range.last; ++sub, ++row) {
            const int y = top + int(row * layout.rowHeight);
            const int from = columns > 0 ? sub * columns : int(scrolled / metrics.cellWidth);
            const int to = from + metrics.columns + (columns > 0 ? 0 : 2);
            const QPointF origin(left + (columns > 0 ? 0.0 : from * metrics.cellWidth - scrolled), y);
            if (tint.isValid())
                painter.fillRect(QRect(Metrics::kSideMargin + 1, y, m_metrics.width - 2 * Metrics::kSideMargin - 2, layout.rowHeight), tint);
            if (isAfterGap && sub == 0)
                painter.fillRect(QRect(left, y, m_metrics.width - 2 * left, 1), theme().color(Token::Border));
            paintMarks(painter, item, place.line, grid, from, to, origin);
            type.grid.paint(painter, origin, line->text, grid, spans, from, columns > 0 ? std::min(to, from + columns) : to,
                m_showsHidden                              ? TextGrid::Shaping::Cells
                    : line->flags & console::Line::Complex ? TextGrid::Shaping::Whole
                                                           : TextGrid::Shaping::Runs);
            if (m_showsHidden)
                paintHidden(painter, *line, grid, metrics, from, to, origin);
            ++m_paintedRows;
        }
        place = {body.after(place.line), 0};
    }
    type.grid.flush(painter);
}

/// A flag where a character is that nobody can see.
void ConsoleView::paintHidden(
    QPainter& painter, const console::Line& line, const LineGrid& grid, const Metrics& metrics, int fromColumn, int toColumn, QPointF origin) const
{
    const QColor color = theme().color(Token::Warning);
    for (const Hidden& hidden : hiddenIn(line.text)) {
        const int column = grid.columnOfByte(hidden.byte);
        if (column < fromColumn || column > toColumn)
            continue;
        const qreal x = origin.x() + (column - fromColumn) * metrics.cellWidth;
        painter.fillRect(QRectF(x - 1, origin.y() + 1, 2, metrics.rowHeight - 2), color);
        painter.fillRect(QRectF(x - 1, origin.y() + 1, 5, 3), color);
    }
}

void ConsoleView::paintMarks(QPainter& painter, int item, qint64 line, const LineGrid& grid, int fromColumn, int toColumn, QPointF origin) const
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
    if (const auto hits = m_hitsOfRun.constFind(m_blocks[size_t(item)].run); hits != m_hitsOfRun.cend()) {
        auto at = std::lower_bound(hits->begin(), hits->end(), line, [this](int index, qint64 l) { return m_hits[size_t(index)].line < l; });
        for (; at != hits->end() && m_hits[size_t(*at)].line == line; ++at) {
            const auto& hit = m_hits[size_t(*at)];
            const double share = *at == m_currentHit ? 0.55 : 0.25;
            mark(grid.columnOfByte(hit.byte), grid.columnOfByte(hit.byte + hit.byteLength),
                blend(theme().color(Token::Inset), theme().color(Token::Warning), share));
        }
    }
    if (!hasSelection())
        return;
    const auto [from, to] = selection();
    if (item < from.item || item > to.item)
        return;
    const bool begins = item == from.item && line <= from.line;
    const bool ends = item == to.item && line >= to.line;
    if ((begins && line < from.line) || (ends && line > to.line))
        return;
    // The line end counts as one cell, so that empty lines are seen to be selected.
    mark(begins ? grid.columnOfByte(from.byte) : 0, ends ? grid.columnOfByte(to.byte) : grid.columns() + 1, theme().color(Token::Selection));
}

void ConsoleView::paintTableRows(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout)
{
    const auto& table = *m_blocks[size_t(item)].table;
    const int top = rect.top() + layout.rowsTop;
    const auto range = visibleRows(top, layout.rowHeight, layout.rows, viewport()->height());
    const int left = Metrics::kSideMargin + Metrics::kTextIndent;
    const int right = m_metrics.width - Metrics::kSideMargin;
    const Type& type = typeOf(item);
    const qreal cellWidth = type.metrics.cellWidth;
    const int gap = int(cellWidth * 3);
    const QFont& cellFont = type.font;
    const QFont headFont = theme().font(Theme::Type::Small, true);
    const auto [from, to] = selection();
    for (qint64 row = range.first; row < range.last; ++row) {
        const int y = top + int(row * layout.rowHeight);
        const qint64 dataRow = row - 1;
        if (hasSelection() && dataRow >= 0 && item >= from.item && item <= to.item && !(item == from.item && dataRow < from.line)
            && !(item == to.item && dataRow > to.line))
            painter.fillRect(QRect(Metrics::kSideMargin + 1, y, right - Metrics::kSideMargin - 2, layout.rowHeight), theme().color(Token::Selection));
        if (row > 0)
            painter.fillRect(QRect(Metrics::kSideMargin + 1, y, right - Metrics::kSideMargin - 2, 1), theme().color(Token::Border));
        int x = left;
        for (int column = 0; column < table.columnCount() && x < right; ++column) {
            const int width = int(table.width(column) * cellWidth);
            const QRect cell(x, y, std::min(width, right - x - 4), layout.rowHeight);
            x += width + gap;
            if (cell.width() <= 0)
                break;
            const auto align = (table.isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine;
            if (row == 0) {
                QString head = table.table().columns[column];
                if (table.sortColumn() == column)
                    head += table.isDescending() ? u" ▾"_s : u" ▴"_s;
                painter.setFont(headFont);
                const bool hovered = m_hovered.item == item && m_hovered.tableColumn == column;
                painter.setPen(theme().color(hovered || table.sortColumn() == column ? Token::Text : Token::Muted));
                painter.drawText(cell, int(align), painter.fontMetrics().elidedText(head, Qt::ElideRight, cell.width()));
            } else {
                const QString& text = table.cell(int(dataRow), column);
                painter.setFont(cellFont);
                painter.setPen(theme().color(Token::Text));
                painter.drawText(cell, int(align),
                    text.size() * cellWidth > cell.width() ? painter.fontMetrics().elidedText(text, Qt::ElideRight, cell.width()) : text);
            }
        }
        ++m_paintedRows;
    }
}

int ConsoleView::tableColumnAt(int item, int x) const
{
    const auto& table = *m_blocks[size_t(item)].table;
    const qreal cellWidth = typeOf(item).metrics.cellWidth;
    const int gap = int(cellWidth * 3);
    int left = Metrics::kSideMargin + Metrics::kTextIndent - gap / 2;
    for (int column = 0; column < table.columnCount(); ++column) {
        const int next = left + int(table.width(column) * cellWidth) + gap;
        if (x >= left && x < next)
            return column;
        left = next;
    }
    return -1;
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
    int y = rect.top() + layout.notesTop + (layout.rows > 0 && !layout.table ? 0 : Metrics::kBodyPadding);
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
