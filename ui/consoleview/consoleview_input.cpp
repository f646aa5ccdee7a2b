// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Mouse and keyboard.
#include "consoleview/consoleview.h"

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
    if (block.folded || !run->lines)
        return target;
    target.place = placeAt(target.item, pos);
    const int y = pos.y() - rect.top() - layout.rowsTop;
    if (y >= 0 && y < layout.rows * layout.rowHeight) {
        const Metrics& metrics = typeOf(target.item).metrics;
        const Body& body = bodyOf(target.item);
        target.spot = body.spotAt(body.placeOfRow(y / layout.rowHeight, metrics), bodyX(target.item, pos), metrics);
    }
    return target;
}

/// From the left edge of the text, which may be moved sideways.
int ConsoleView::bodyX(int item, const QPoint& pos) const
{
    const bool isMoved = !m_metrics.wrap && bodyOf(item).widestColumns() > 0;
    return pos.x() - Metrics::kSideMargin - Metrics::kTextIndent + (isMoved ? horizontalScrollBar()->value() : 0);
}

Place ConsoleView::placeAt(int item, const QPoint& pos) const
{
    const auto layout = layoutOf(item);
    const int y = pos.y() - itemRect(item).top() - layout.rowsTop;
    if (layout.rows == 0 || y < 0)
        return {item, 0, 0};
    const Metrics& metrics = typeOf(item).metrics;
    const Body& body = bodyOf(item);
    const RowPlace place = body.placeOfRow(std::min<qint64>(y / layout.rowHeight, layout.rows - 1), metrics);
    if (place.unit < 0)
        return {item, 0, 0};
    if (y >= layout.rows * layout.rowHeight)
        return {item, place.unit, body.selectsRows() ? 0 : int(body.text(place.unit).size())};
    return {item, place.unit, body.byteAt(place, bodyX(item, pos), metrics)};
}

/// What is flagged next to the mouse.
QString ConsoleView::hiddenAt(const Target& target) const
{
    if (!m_showsHidden || !runOf(target.item) || !target.place || bodyOf(target.item).selectsRows())
        return {};
    const QByteArray text = bodyOf(target.item).text(target.place->line);
    const LineGrid grid(text, false);
    const int column = grid.columnOfByte(target.place->byte);
    QStringList names;
    for (const Hidden& hidden : hiddenIn(text))
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
    if (target.place && target.header == HeaderPart::None && target.action == RunAction::None && target.spot.part == 0) {
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
    if (!target.isSame(m_hovered)) {
        m_hovered = target;
        viewport()->update();
    }
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
    if (bodyOf(item).selectsRows())
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
    if (target.isSame(m_pressed) && (pos - m_pressPos).manhattanLength() < QApplication::startDragDistance())
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

void ConsoleView::click(const Target& target, const QPoint& pos, Qt::KeyboardModifiers modifiers)
{
    if (target.item < 0)
        return;
    const auto run = m_blocks[size_t(target.item)].run;
    switch (target.header) {
    case HeaderPart::Fold: toggleFold(target.item); return;
    case HeaderPart::Formatted:
        if (bodyView(run) == BodyView::Formatted)
            showFormatMenu(target.item, viewport()->mapToGlobal(pos));
        else
            setBodyView(run, BodyView::Formatted);
        return;
    case HeaderPart::Raw: setBodyView(run, BodyView::Raw); return;
    case HeaderPart::Cancel: emit cancelRequested(run); return;
    case HeaderPart::Menu: showMenu(target.item, viewport()->mapToGlobal(pos)); return;
    case HeaderPart::None: break;
    }
    if (target.action != RunAction::None) {
        perform(target.action, run);
    } else if (target.spot.isButton()) {
        if (!bodyOf(target.item).click(target.spot, modifiers, hostOf(target.item)) && !target.spot.link.isEmpty())
            openLink(target.spot.link);
    } else if (target.spot.unit >= 0 && bodyOf(target.item).hasCursor()) {
        bodyOf(target.item).click(target.spot, modifiers, hostOf(target.item));
        setCursor(target.spot.unit);
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
        const auto target = targetAt(event->pos());
        m_hovered = target;
        item = target.item;
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
    const QString format = formatWord(shownFormat(run));
    if (!format.isEmpty()) {
        const bool raw = bodyView(run) == BodyView::Raw;
        add(raw ? tr("Show as %1").arg(format) : tr("Show ra&w"), Qt::Key_T,
            [this, run, raw] { setBodyView(run, raw ? BodyView::Formatted : BodyView::Raw); });
    }
    auto* showAs = menu->addMenu(tr("Show as (V)"));
    fillShowAs(*showAs, item);
    if (!isFolded(run)) {
        const Spot spot
            = m_hovered.item == item && m_hovered.header == HeaderPart::None ? m_hovered.spot : Spot{0, item == m_current ? m_cursor : -1};
        const auto actions = bodyOf(item).actions(spot);
        if (!actions.isEmpty())
            menu->addSeparator();
        for (const BodyAction& one : actions) {
            // The menu may be open while another body takes its place.
            auto* action = add(one.text, one.key, [this, run, act = one.act, body = bodyOf(item).shared_from_this()] {
                if (const int at = indexOf(run); at >= 0 && &bodyOf(at) == body.get())
                    act(hostOf(at));
            });
            action->setCheckable(one.isOn.has_value());
            action->setChecked(one.isOn.value_or(false));
        }
        if (!actions.isEmpty())
            menu->addSeparator();
    }
    fillComparing(*menu, item);
    if (held->report.confidence)
        fillGrouping(*menu, item);
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
    if (modifiers == Qt::ControlModifier && !m_metrics.wrap && (key == Qt::Key_Left || key == Qt::Key_Right)) {
        const int by = int(kSidewaysColumns * m_metrics.cellWidth);
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + (key == Qt::Key_Left ? -by : by));
        return;
    }
    if (bodyKey(key, modifiers))
        return;
    if (modifiers == Qt::ShiftModifier && (arrow || key == Qt::Key_Home || key == Qt::Key_End)) {
        moveCaret(key);
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
        case Qt::Key_X: emit compareRequested(run); return;
        case Qt::Key_H: handOver(); return;
        case Qt::Key_T:
            if (!formatWord(shownFormat(run)).isEmpty())
                setBodyView(run, bodyView(run) == BodyView::Raw ? BodyView::Formatted : BodyView::Raw);
            return;
        case Qt::Key_V: showFormatMenu(m_current, viewport()->mapToGlobal(headerRect(m_current).bottomLeft())); return;
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
    const Metrics& metrics = typeOf(place.item).metrics;
    const Body& body = bodyOf(place.item);
    const qint64 row = body.rowOf(place.line, place.byte, metrics);
    if (!m_metrics.wrap && body.widestColumns() > 0) {
        QScrollBar* bar = horizontalScrollBar();
        const int x = int(body.columnOf(place.line, place.byte) * metrics.cellWidth);
        if (x < bar->value() || x > bar->value() + bar->pageStep() - kSidewaysColumns * metrics.cellWidth)
            bar->setValue(x - bar->pageStep() / 3);
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
        if (key->modifiers() == Qt::NoModifier
            && ((key->key() >= Qt::Key_A && key->key() <= Qt::Key_Z) || (key->key() >= Qt::Key_0 && key->key() <= Qt::Key_9))) {
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
        if (!target.spot.link.isEmpty())
            QToolTip::showText(help->globalPos(), target.spot.link.left(500).toHtmlEscaped(), viewport());
        else if (!target.spot.tip.isEmpty())
            QToolTip::showText(help->globalPos(), u"<p>"_s + target.spot.tip.left(4000).toHtmlEscaped() + u"</p>"_s, viewport());
        else if (const QString names = hiddenAt(target); !names.isEmpty())
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
