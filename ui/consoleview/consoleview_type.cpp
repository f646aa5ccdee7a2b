// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How large text is, how much of it fits, and where one is in it when that changes.
#include "consoleview/consoleview.h"

#include "kit/theme.h"

#include <QFontMetrics>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>

namespace ridealong::consoleview {

void ConsoleView::updateMetrics()
{
    const QFontMetrics small(theme().font(kit::Theme::Type::Small));
    m_metrics.width = viewport()->width();
    m_metrics.theme = &theme();
    m_metrics.noteHeight = small.height() + 6;
    m_metrics.headerHeight = std::max(small.height(), QFontMetrics(theme().mono()).height()) + 2 * theme().rowPaddingV();
    m_metrics.cellWidth = QFontMetricsF(theme().mono()).horizontalAdvance(u'0');
    for (auto& [zoom, type] : m_types)
        measure(type, zoom);
    updateSidewaysRange();
}

/// The type of a size, from the theme and the room there is.
void ConsoleView::measure(Type& type, int zoom) const
{
    QFont font = theme().mono();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * (10 + zoom) / 10);
    else
        font.setPixelSize(std::max(1, font.pixelSize() * (10 + zoom) / 10));
    if (font != type.font || devicePixelRatioF() != type.ratio) {
        type.font = font;
        type.ratio = devicePixelRatioF();
        type.grid.setFont(font, type.ratio);
    }
    type.metrics = m_metrics;
    type.metrics.scale = (10 + zoom) / 10.0;
    type.metrics.rowHeight = type.grid.rowHeight();
    type.metrics.tableRowHeight = type.grid.rowHeight() + (theme().density() == kit::Density::Compact ? 4 : 8);
    type.metrics.cellWidth = type.grid.cellWidth();
    const int room = m_metrics.width - 2 * Metrics::kSideMargin - 2 * Metrics::kTextIndent;
    type.metrics.columns = std::max(10, int(room / type.grid.cellWidth()));
}

ConsoleView::Type& ConsoleView::typeOf(int item) const
{
    const int zoom = m_blocks[size_t(item)].zoom;
    const auto [type, isNew] = m_types.try_emplace(zoom);
    if (isNew)
        measure(type->second, zoom);
    return type->second;
}

/// Lines that do not wrap can be moved sideways as far as the longest one goes.
void ConsoleView::updateSidewaysRange()
{
    if (m_metrics.wrap)
        return;
    qreal widest = 0;
    for (int i = 0; i < blockCount(); ++i)
        if (const auto* run = runOf(i); run && run->lines && !m_blocks[size_t(i)].folded)
            widest = std::max(widest, (bodyOf(i).widestColumns() + 1) * typeOf(i).metrics.cellWidth);
    const int room = m_metrics.width - 2 * Metrics::kSideMargin - 2 * Metrics::kTextIndent;
    horizontalScrollBar()->setPageStep(room);
    horizontalScrollBar()->setRange(0, std::max(0, int(std::ceil(widest)) - room));
}

int ConsoleView::zoom(const base::RunId& run) const
{
    const int item = indexOf(run);
    return item < 0 ? 0 : m_blocks[size_t(item)].zoom;
}

void ConsoleView::setWrap(bool wrap)
{
    if (m_metrics.wrap == wrap)
        return;
    m_metrics.wrap = wrap;
    setHorizontalScrollBarPolicy(wrap ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    updateMetrics();
    itemsRestyled();
}

void ConsoleView::setShowsHidden(bool shows)
{
    m_showsHidden = shows;
    viewport()->update();
}

/// Wrapping at another width, or another size of text, moves every row: the line at the top edge stays there, not its pixel.
template <typename Change> void ConsoleView::keepingTopLine(Change change)
{
    std::optional<std::pair<base::RunId, qint64>> top;
    int columns = 0, rowHeight = 0;
    const auto before = anchor();
    if (!isFollowing() && runOf(before.item)) {
        const auto layout = layoutOf(before.item);
        const Metrics& metrics = typeOf(before.item).metrics;
        columns = metrics.wrapColumns();
        rowHeight = metrics.rowHeight;
        const int y = before.offset - layout.rowsTop;
        if (y > 0 && layout.rows > 0)
            top = {m_blocks[size_t(before.item)].run,
                std::max<qint64>(0, bodyOf(before.item).placeOfRow(std::min<qint64>(y / layout.rowHeight, layout.rows - 1), metrics).unit)};
    }
    change();
    const int item = top ? indexOf(top->first) : -1;
    if (item < 0)
        return;
    const Metrics& metrics = typeOf(item).metrics;
    if (metrics.wrapColumns() == columns && metrics.rowHeight == rowHeight)
        return;
    const auto layout = layoutOf(item);
    scrollToItem(item, layout.rowsTop + int(bodyOf(item).rowOf(top->second, 0, metrics) * layout.rowHeight));
}

void ConsoleView::setZoom(const base::RunId& run, int zoom)
{
    const int item = indexOf(run);
    zoom = std::clamp(zoom, Metrics::kSmallest, Metrics::kLargest);
    if (item < 0 || m_blocks[size_t(item)].zoom == zoom)
        return;
    keepingTopLine([&] {
        m_blocks[size_t(item)].zoom = zoom;
        itemGrew(item);
    });
    updateSidewaysRange();
    viewport()->update();
}

void ConsoleView::resizeEvent(QResizeEvent* event)
{
    keepingTopLine([&] {
        updateMetrics();
        VirtualView::resizeEvent(event);
    });
    updateJumpButton();
}

void ConsoleView::wheelEvent(QWheelEvent* event)
{
    const QPoint turned = event->angleDelta();
    const int notches = turned.y() / 120;
    if (event->modifiers() & Qt::ControlModifier) {
        if (const int item = itemAt(event->position().toPoint()); item >= 0 && notches != 0)
            setZoom(runAt(item), m_blocks[size_t(item)].zoom + notches);
        event->accept();
    } else if (!m_metrics.wrap && (turned.x() != 0 || event->modifiers() & Qt::ShiftModifier)) {
        const int by = event->pixelDelta().x() != 0 ? event->pixelDelta().x() : turned.x() != 0 ? turned.x() / 2 : turned.y() / 2;
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by);
        event->accept();
    } else {
        VirtualView::wheelEvent(event);
    }
}

} // namespace ridealong::consoleview
