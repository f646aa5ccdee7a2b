// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Mouse and keyboard.
#include "consoleview/consoleview.h"

#include "consoleview/readline.h"
#include "kit/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

namespace {

constexpr int kAutoScrollMs = 30;
constexpr int kSidewaysColumns = 8; ///< of lines that do not wrap, by a key

} // namespace

ConsoleView::Target ConsoleView::targetAt(const QPoint& pos) const
{
    Target target;
    QRect header;
    if (int item = -1; !(header = stickyHeader(&item)).isNull() && header.contains(pos))
        target.item = item;
    else
        target.item = itemAt(pos);
    if (target.item < 0)
        return target;
    const auto* run = runOf(target.item);
    if (!run)
        return {};
    const QRect sticky = header;
    header = !sticky.isNull() && sticky.contains(pos) ? sticky : headerRect(target.item);
    const auto& block = m_blocks[size_t(target.item)];
    if (header.contains(pos)) {
        target.header = layoutHeader(header, block, *run, theme(), m_clock.nowMs()).partAt(pos);
        return target;
    }
    const QRect rect = itemRect(target.item);
    const auto layout = layoutOf(target.item);
    for (const auto& spot : const_cast<ConsoleView*>(this)->noteSpots(target.item, layout, rect, nullptr))
        if (spot.rect.contains(pos))
            target.action = spot.action;
    const int y = pos.y() - rect.top() - layout.rowsTop;
    if (layout.table && y >= 0 && y < layout.rowHeight)
        target.tableColumn = tableColumnAt(target.item, pos.x());
    if (!block.folded)
        target.place = placeAt(target.item, pos);
    const bool inRows = y >= 0 && y < layout.rows * layout.rowHeight;
    if (!layout.table && inRows && target.place) {
        const ReadLine line(*run->lines, target.place->line);
        if (line->flags & console::Line::HasLink)
            for (const auto& style : line->runs)
                if (style.byte <= target.place->byte)
                    target.link = run->lines->link(run->lines->style(style.style).link);
    }
    return target;
}

Place ConsoleView::placeAt(int item, const QPoint& pos) const
{
    const auto* run = runOf(item);
    const auto layout = layoutOf(item);
    const int y = pos.y() - itemRect(item).top() - layout.rowsTop;
    if (layout.rows == 0 || y < 0)
        return {item, 0, 0};
    const qint64 row = std::min<qint64>(y / layout.rowHeight, layout.rows - 1);
    if (layout.table)
        return {item, std::max<qint64>(0, row - 1), 0};
    const Metrics& metrics = typeOf(item).metrics;
    const auto place = bodyOf(item).placeOfRow(row, metrics.wrapColumns());
    const ReadLine line(*run->lines, place.line);
    if (y >= layout.rows * layout.rowHeight)
        return {item, place.line, int(line->text.size())};
    const LineGrid grid(*line);
    const int scrolled = m_metrics.wrap ? 0 : horizontalScrollBar()->value();
    const qreal x = pos.x() - Metrics::kSideMargin - Metrics::kTextIndent + scrolled;
    int column = std::max(0, int((x + metrics.cellWidth * 0.3) / metrics.cellWidth));
    if (m_metrics.wrap)
        column = std::min(column, metrics.columns) + place.subRow * metrics.columns;
    return {item, place.line, grid.byteOfColumn(column)};
}

/// What is flagged next to the mouse.
QString ConsoleView::hiddenAt(const Target& target, const QPoint& pos) const
{
    const auto* run = runOf(target.item);
    if (!m_showsHidden || !run || !target.place || layoutOf(target.item).table)
        return {};
    const ReadLine line(*run->lines, target.place->line);
    const LineGrid grid(*line);
    const int column = grid.columnOfByte(placeAt(target.item, pos).byte);
    QStringList names;
    for (const Hidden& hidden : hiddenIn(line->text))
        if (std::abs(grid.columnOfByte(hidden.byte) - column) <= 1)
            names += hiddenName(hidden.code);
    return names.join(u'\n');
}

void ConsoleView::mousePressEvent(QMouseEvent* event)
{
    const auto pos = event->position().toPoint();
    const auto target = targetAt(pos);
    if (target.item >= 0)
        setCurrent(target.item);
    if (event->button() != Qt::LeftButton)
        return;
    m_pressPos = pos;
    m_pressed = target;
    const bool third = m_clock.nowMs() - m_lastDoubleClickMs < QGuiApplication::styleHints()->mouseDoubleClickInterval();
    if (third && target.place) {
        selectLine(*target.place);
        return;
    }
    if (event->modifiers() & Qt::ShiftModifier && target.place && m_selectionAnchor.item >= 0) {
        m_selectionCaret = *target.place;
        m_selecting = true;
        viewport()->update();
        return;
    }
    clearSelection();
    if (target.place && target.header == HeaderPart::None && target.action == RunAction::None && target.tableColumn < 0) {
        m_selectionAnchor = m_selectionCaret = *target.place;
        m_selecting = true;
    }
}

void ConsoleView::mouseMoveEvent(QMouseEvent* event)
{
    const auto pos = event->position().toPoint();
    if (m_selecting && event->buttons() & Qt::LeftButton) {
        extendSelection(pos);
        if (!viewport()->rect().contains(pos))
            m_autoScroll.start(kAutoScrollMs, this);
        else
            m_autoScroll.stop();
        return;
    }
    auto target = targetAt(pos);
    const bool over = target.isButton();
    viewport()->setCursor(over ? Qt::PointingHandCursor : target.place ? Qt::IBeamCursor : Qt::ArrowCursor);
    if (target.item != m_hovered.item || target.header != m_hovered.header || target.action != m_hovered.action
        || target.tableColumn != m_hovered.tableColumn) {
        m_hovered = target;
        viewport()->update();
    }
    m_hovered.link = target.link;
}

void ConsoleView::extendSelection(const QPoint& pos)
{
    const QPoint inside(pos.x(), std::clamp(pos.y(), 0, viewport()->height() - 1));
    int item = itemAt(inside);
    if (item < 0)
        item = inside.y() < itemRect(0).top() ? 0 : blockCount() - 1;
    if (item < 0 || m_selectionAnchor.item < 0)
        return;
    m_selectionCaret = placeAt(item, inside);
    if (layoutOf(item).table)
        m_selectionCaret.byte = 1; // a row is selected as soon as it is touched
    viewport()->update();
}

void ConsoleView::mouseReleaseEvent(QMouseEvent* event)
{
    m_autoScroll.stop();
    if (event->button() != Qt::LeftButton)
        return;
    const bool dragged = hasSelection();
    m_selecting = false;
    if (dragged) {
        if (auto* clipboard = QGuiApplication::clipboard(); clipboard->supportsSelection())
            clipboard->setMimeData(new LazyText(stretches(), CopyFormat::Text, theme()), QClipboard::Selection);
        return;
    }
    const auto pos = event->position().toPoint();
    const auto target = targetAt(pos);
    if (target.item == m_pressed.item && target.header == m_pressed.header && target.action == m_pressed.action
        && target.tableColumn == m_pressed.tableColumn && (pos - m_pressPos).manhattanLength() < QApplication::startDragDistance())
        click(target, pos, event->modifiers());
}

void ConsoleView::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_lastDoubleClickMs = m_clock.nowMs();
    const auto target = targetAt(event->position().toPoint());
    m_pressed = target;
    if (event->button() != Qt::LeftButton)
        return;
    if (target.place && !target.isButton())
        selectWord(*target.place);
}

void ConsoleView::click(const Target& target, const QPoint& pos, Qt::KeyboardModifiers)
{
    if (target.item < 0)
        return;
    const auto run = m_blocks[size_t(target.item)].run;
    switch (target.header) {
    case HeaderPart::Fold: toggleFold(target.item); return;
    case HeaderPart::Formatted: setBodyView(run, BodyView::Formatted); return;
    case HeaderPart::Raw: setBodyView(run, BodyView::Raw); return;
    case HeaderPart::Cancel: emit cancelRequested(run); return;
    case HeaderPart::Menu: showMenu(target.item, viewport()->mapToGlobal(pos)); return;
    case HeaderPart::None: break;
    }
    if (target.action != RunAction::None) {
        perform(target.action, run);
    } else if (target.tableColumn >= 0) {
        m_blocks[size_t(target.item)].table->sortBy(target.tableColumn);
        clearSelection();
    } else if (!target.link.isEmpty()) {
        openLink(target.link);
    }
}

void ConsoleView::contextMenuEvent(QContextMenuEvent* event)
{
    int item = m_current;
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (item >= 0)
            at = viewport()->mapToGlobal(headerRect(item).bottomLeft());
    } else {
        item = itemAt(event->pos());
    }
    if (item >= 0)
        showMenu(item, at);
}

void ConsoleView::showMenu(int item, const QPoint& globalPos)
{
    const auto* held = runOf(item);
    if (!held)
        return;
    const auto run = held->report.run;
    const bool open = !chat::isFinal(held->report.state);
    auto* menu = new QMenu(this);
    menu->setObjectName(u"runMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const QKeySequence& keys, auto act) {
        auto* action = menu->addAction(text);
        action->setShortcut(keys); // shown; the keys themselves are handled by the view
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    if (open)
        add(tr("&Cancel the run"), Qt::Key_C, [this, run] { emit cancelRequested(run); });
    add(tr("&Run again as a draft"), Qt::Key_R, [this, run] { emit rerunRequested(run); });
    add(tr("Show the &message"), Qt::Key_M, [this, run] { emit contextRequested(run); });
    menu->addSeparator();
    add(tr("Cop&y as text"), Qt::Key_Y, [this] { copy(CopyFormat::Text); });
    add(tr("Copy as Mark&down"), {}, [this] { copy(CopyFormat::Markdown); });
    add(tr("Copy with &ANSI colours"), {}, [this] { copy(CopyFormat::Ansi); });
    add(tr("Copy as &HTML"), {}, [this] { copy(CopyFormat::Html); });
    add(tr("&Save output as…"), Qt::Key_S, [this, run] { emit saveRequested(run); });
    menu->addSeparator();
    const QString format = formatWord(held->format);
    if (!format.isEmpty()) {
        const bool raw = bodyView(run) == BodyView::Raw;
        add(raw ? tr("Show as %1").arg(format) : tr("Show ra&w"), Qt::Key_T,
            [this, run, raw] { setBodyView(run, raw ? BodyView::Formatted : BodyView::Raw); });
    }
    add(isFolded(run) ? tr("Un&fold") : tr("&Fold"), Qt::Key_Return, [this, run] { setFolded(run, !isFolded(run)); });
    if (m_filter.run.isEmpty())
        add(tr("&Open in a window"), Qt::Key_O, [this, run] { emit windowRequested(run); });
    auto* pin = add(tr("P&in to the top"), Qt::Key_P, [this, run] { emit pinRequested(run); });
    pin->setCheckable(true);
    pin->setChecked(m_pinned.contains(run));
    auto* wrap = add(tr("Wra&p long lines"), Qt::Key_W, [this] { setWrap(!wraps()); });
    wrap->setCheckable(true);
    wrap->setChecked(wraps());
    auto* hidden = add(tr("Show in&visible characters"), Qt::Key_I, [this] { setShowsHidden(!showsHidden()); });
    hidden->setCheckable(true);
    hidden->setChecked(showsHidden());
    menu->addSeparator();
    add(tr("&Larger text"), Qt::Key_Plus, [this, run] { setZoom(run, zoom(run) + 1); })->setEnabled(zoom(run) < Metrics::kLargest);
    add(tr("Smaller te&xt"), Qt::Key_Minus, [this, run] { setZoom(run, zoom(run) - 1); })->setEnabled(zoom(run) > Metrics::kSmallest);
    add(tr("&Usual size"), Qt::Key_0, [this, run] { setZoom(run, 0); })->setEnabled(zoom(run) != 0);
    menu->popup(globalPos);
}

void ConsoleView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy(CopyFormat::Text);
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    const int key = event->key();
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool arrow = key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left || key == Qt::Key_Right;
    if (modifiers == Qt::ShiftModifier && (arrow || key == Qt::Key_Home || key == Qt::Key_End)) {
        moveCaret(key);
        return;
    }
    if (modifiers == Qt::ControlModifier && !m_metrics.wrap && (key == Qt::Key_Left || key == Qt::Key_Right)) {
        const int by = int(kSidewaysColumns * m_metrics.cellWidth);
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + (key == Qt::Key_Left ? -by : by));
        return;
    }
    const bool isPlus = key == Qt::Key_Plus && modifiers == Qt::ShiftModifier; // as many keyboards have it
    if (modifiers != Qt::NoModifier && !isPlus) {
        VirtualView::keyPressEvent(event);
        return;
    }
    const auto run = currentRun();
    const auto* held = runOf(m_current);
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        if (blockCount() == 0)
            return;
        const int next = m_current < 0 ? blockCount() - 1 : std::clamp(m_current + (key == Qt::Key_Up ? -1 : 1), 0, blockCount() - 1);
        setCurrent(next);
        bringIntoView(next);
        return;
    }
    case Qt::Key_Escape:
        if (!hasSelection())
            break;
        clearSelection();
        return;
    // Output is leafed through as in a terminal: the page is there at once.
    case Qt::Key_PageUp: scrollBy(-page()); return;
    case Qt::Key_PageDown: scrollBy(page()); return;
    default: break;
    }
    if (held) {
        switch (key) {
        case Qt::Key_Left: setFolded(run, true); return;
        case Qt::Key_Right: setFolded(run, false); return;
        case Qt::Key_Return:
        case Qt::Key_Enter: toggleFold(m_current); return;
        case Qt::Key_C:
            if (!chat::isFinal(held->report.state))
                emit cancelRequested(run);
            return;
        case Qt::Key_R: emit rerunRequested(run); return;
        case Qt::Key_M: emit contextRequested(run); return;
        case Qt::Key_Y: copy(CopyFormat::Text); return;
        case Qt::Key_S: emit saveRequested(run); return;
        case Qt::Key_T:
            if (!formatWord(held->format).isEmpty())
                setBodyView(run, bodyView(run) == BodyView::Raw ? BodyView::Formatted : BodyView::Raw);
            return;
        case Qt::Key_O:
            if (m_filter.run.isEmpty())
                emit windowRequested(run);
            return;
        case Qt::Key_P: emit pinRequested(run); return;
        case Qt::Key_W: setWrap(!wraps()); return;
        case Qt::Key_I: setShowsHidden(!showsHidden()); return;
        case Qt::Key_Plus: setZoom(run, zoom(run) + 1); return;
        case Qt::Key_Minus: setZoom(run, zoom(run) - 1); return;
        case Qt::Key_0: setZoom(run, 0); return;
        default: break;
        }
    }
    VirtualView::keyPressEvent(event);
}

void ConsoleView::ensurePlaceVisible(const Place& place)
{
    const auto* run = runOf(place.item);
    if (!run)
        return;
    const auto layout = layoutOf(place.item);
    qint64 row = place.line + 1;
    if (!layout.table) {
        const Metrics& metrics = typeOf(place.item).metrics;
        const ReadLine line(*run->lines, place.line);
        const int column = LineGrid(*line).columnOfByte(place.byte);
        row = bodyOf(place.item).rowOfLine(place.line, metrics.wrapColumns());
        if (m_metrics.wrap) {
            row += column / metrics.columns;
        } else {
            QScrollBar* bar = horizontalScrollBar();
            const int x = int(column * metrics.cellWidth);
            if (x < bar->value() || x > bar->value() + bar->pageStep() - kSidewaysColumns * metrics.cellWidth)
                bar->setValue(x - bar->pageStep() / 3);
        }
    }
    const int offset = layout.rowsTop + int(std::min(row, layout.rows) * layout.rowHeight);
    const int y = itemRect(place.item).top() + offset;
    const int top = m_metrics.headerHeight + layout.rowHeight; // the sticky header covers the first rows
    if (y < top || y + 2 * layout.rowHeight > viewport()->height())
        scrollToItem(place.item, std::max(0, offset - viewport()->height() / 3));
}

bool ConsoleView::event(QEvent* event)
{
    // The console's own letters (C, R, Y …) belong to it while it has the focus, whatever shortcuts the window has.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier && ((key->key() >= Qt::Key_A && key->key() <= Qt::Key_Z) || key->key() == Qt::Key_0)) {
            event->accept();
            return true;
        }
    }
    return VirtualView::event(event);
}

bool ConsoleView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        m_hovered = {};
        viewport()->update();
    } else if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const auto target = targetAt(help->pos());
        const auto* run = runOf(target.item);
        // Where a link really goes, and the whole of a command that was cut. Plain text: both come from outside.
        if (!target.link.isEmpty())
            QToolTip::showText(help->globalPos(), target.link.left(500).toHtmlEscaped(), viewport());
        else if (const QString names = hiddenAt(target, help->pos()); !names.isEmpty())
            QToolTip::showText(help->globalPos(), names, viewport());
        else if (run && target.header == HeaderPart::Fold)
            QToolTip::showText(help->globalPos(), run->report.command.left(2000).toHtmlEscaped(), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    return VirtualView::viewportEvent(event);
}

void ConsoleView::focusInEvent(QFocusEvent* event)
{
    if (m_current < 0 && blockCount() > 0 && event->reason() != Qt::MouseFocusReason)
        setCurrent(blockCount() - 1);
    VirtualView::focusInEvent(event);
    viewport()->update();
}

void ConsoleView::focusOutEvent(QFocusEvent* event)
{
    VirtualView::focusOutEvent(event);
    viewport()->update();
}

void ConsoleView::showEvent(QShowEvent* event)
{
    VirtualView::showEvent(event);
    tick();
}

void ConsoleView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_autoScroll.timerId()) {
        VirtualView::timerEvent(event);
        return;
    }
    const auto pos = viewport()->mapFromGlobal(QCursor::pos());
    const int distance = pos.y() < 0 ? pos.y() : std::max(0, pos.y() - viewport()->height());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + distance);
    extendSelection(pos);
}

} // namespace ridealong::consoleview
