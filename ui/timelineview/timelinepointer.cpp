// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the pointer does in a TimelineView.
#include "kit/messagedocument.h"
#include "timelineview/hoverbar.h"
#include "timelineview/timelineview.h"

#include <QApplication>
#include <QDateTime>
#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QTextCursor>
#include <QToolTip>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ridealong::timelineview {
namespace {

constexpr int kDragScrollMs = 30;
constexpr int kDragScrollStep = 24; ///< px, while a selection is dragged over the edge
constexpr int kMaxNames = 10; ///< of a reaction, in its tool tip

bool isPressable(Part part)
{
    switch (part) {
    case Part::ShowAll:
    case Part::Quote:
    case Part::Run:
    case Part::Reaction:
    case Part::Thread:
    case Part::Retry:
    case Part::Review:
    case Part::Discard:
    case Part::LoadGap:
    case Part::File:
    case Part::Picture: return true;
    default: return false;
    }
}

} // namespace

void TimelineView::setHovered(int row, const QPoint& position)
{
    m_pointer = position;
    m_hovered = row;
    const auto* message = messageAt(row);
    const bool canAct = message && message->message.id && !message->message.deleted && !message->message.system && !m_dragging;
    if (canAct)
        m_hoverBar->showAt(itemRect(row), message->mine);
    else
        m_hoverBar->hide();
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (isStop(row)) {
        const Layout layout = layoutOf(row, viewport()->width());
        const QPoint at = position - itemRect(row).topLeft();
        const Piece* piece = layout->pieceAt(at);
        if ((piece && isPressable(piece->part)) || !layout->linkAt(at).isEmpty())
            shape = Qt::PointingHandCursor;
        else if (piece && piece->part == Part::Text)
            shape = Qt::IBeamCursor;
    }
    viewport()->setCursor(shape);
    viewport()->update();
}

TextSpot TimelineView::spotAt(const QPoint& position)
{
    if (!m_model || itemCount() == 0)
        return {};
    int row = itemAt(position);
    if (row < 0)
        row = position.y() < 0 ? firstVisibleRow() : lastVisibleRow();
    return {row, layoutOf(row, viewport()->width())->textPositionAt(position - itemRect(row).topLeft())};
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_model)
        return;
    const QPoint position = event->position().toPoint();
    if (event->modifiers() & Qt::ShiftModifier && !m_selection.isEmpty())
        m_selection.extendTo(spotAt(position));
    else
        m_selection.start(spotAt(position));
    m_dragging = true;
    viewport()->update();
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    if (m_dragging) {
        m_selection.extendTo(spotAt(position));
        const bool outside = position.y() < 0 || position.y() >= viewport()->height();
        if (outside && !m_dragScroll.isActive())
            m_dragScroll.start(kDragScrollMs, this);
        else if (!outside)
            m_dragScroll.stop();
    }
    setHovered(itemAt(position), position);
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_dragging)
        return;
    m_dragging = false;
    m_dragScroll.stop();
    viewport()->update();
    const QPoint position = event->position().toPoint();
    const int row = itemAt(position);
    if (!m_selection.isEmpty() || !isStop(row))
        return;
    m_current = row;
    const Layout layout = layoutOf(row, viewport()->width()); // held: what is emitted may change the model
    const QPoint at = position - itemRect(row).topLeft();
    const QUrl link(layout->linkAt(at));
    if (kit::isSafeLink(link))
        emit linkActivated(link);
    else if (const Piece* piece = layout->pieceAt(at))
        press(row, *piece);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const TextSpot spot = spotAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !messageAt(spot.row))
        return;
    const Layout layout = layoutOf(spot.row, viewport()->width());
    if (!layout->document)
        return;
    QTextCursor word(layout->document.get());
    word.setPosition(std::min(spot.position, layout->document->characterCount() - 1));
    word.select(QTextCursor::WordUnderCursor);
    m_selection.start({spot.row, word.selectionStart()});
    m_selection.extendTo({spot.row, word.selectionEnd()});
    viewport()->update();
}

void TimelineView::press(int row, const Piece& piece)
{
    const auto content = m_model->row(row);
    switch (piece.part) {
    case Part::Run: emit runRequested(content.run->run); break;
    case Part::Thread: emit threadRequested(content.message.id); break;
    case Part::Reaction: emit reactRequested(content.message.id, content.message.reactions.at(piece.index).emoji); break;
    case Part::Quote: scrollToMessage(content.message.replyTo); break;
    case Part::Retry: emit retryRequested(content.pending->transaction); break;
    case Part::Review: emit reviewRequested(content.pending->transaction); break;
    case Part::Discard: emit discardRequested(content.pending->transaction); break;
    case Part::LoadGap: emit fillRequested(content.gap); break;
    case Part::File:
    case Part::Picture: activateFile(content.message, piece.index); break;
    case Part::ShowAll: {
        const QString key = keyOf(content);
        m_expanded.insert(key);
        m_layouts.remove(key);
        if (isFollowing())
            scrollToItem(anchor().item, anchor().offset); // it unfolds downwards, what is read stays
        itemChanged(row);
        break;
    }
    default: break;
    }
}

QString TimelineView::toolTipAt(const QPoint& position)
{
    const int row = itemAt(position);
    if (isStop(row) && !messageAt(row)) // a gap, whose words may be cut short in a narrow view
        return lineWords(m_model->row(row), QDateTime::fromMSecsSinceEpoch(m_now()).date());
    if (!messageAt(row))
        return {};
    const Layout layout = layoutOf(row, viewport()->width());
    const QPoint at = position - itemRect(row).topLeft();
    if (const QUrl link(layout->linkAt(at)); kit::isSafeLink(link))
        return link.toDisplayString(QUrl::FullyEncoded).left(500); // where it really goes, whatever its words say
    const Piece* piece = layout->pieceAt(at);
    if (!piece)
        return {};
    switch (piece->part) {
    case Part::Time: return QLocale().toString(QDateTime::fromMSecsSinceEpoch(layout->row.timeMs), QLocale::LongFormat);
    case Part::File:
    case Part::Picture: return chat::safeFileName(layout->row.message.attachments.at(piece->index).name);
    case Part::Run: return layout->row.run->detail.left(500);
    case Part::Reaction: {
        QStringList names;
        const auto& by = layout->row.message.reactions.at(piece->index).by;
        for (qsizetype i = 0; i < std::min<qsizetype>(kMaxNames, by.size()); ++i)
            names += kit::safeName(by[i].text());
        return names.join(u", "_s) + (by.size() > kMaxNames ? u" …"_s : QString());
    }
    default: return layout->row.pending && layout->row.pending->why ? layout->row.pending->why->detail.left(500) : QString();
    }
}

bool TimelineView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = toolTipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), u"<p style='white-space:pre-wrap'>"_s + text.toHtmlEscaped() + u"</p>"_s, viewport());
        return true;
    }
    if (event->type() == QEvent::Leave)
        setHovered(-1, {-1, -1});
    return VirtualView::viewportEvent(event);
}

void TimelineView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_dragScroll.timerId()) {
        const int y = viewport()->mapFromGlobal(QCursor::pos()).y();
        scrollBy(y < 0 ? -kDragScrollStep : kDragScrollStep);
        m_selection.extendTo(spotAt({m_pointer.x(), y < 0 ? 0 : viewport()->height() - 1}));
    } else if (event->timerId() == m_ticker.timerId()) {
        // Only the words change: heights stay, so nothing is measured again.
        for (int row = firstVisibleRow(), last = lastVisibleRow(); row >= 0 && row <= last; ++row)
            if (m_model && layoutOf(row, viewport()->width())->ticking)
                m_layouts.remove(keyOf(m_model->row(row)));
        viewport()->update();
    } else {
        VirtualView::timerEvent(event);
    }
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    VirtualView::resizeEvent(event);
    m_hoverBar->hide();
    placeChildren();
}

void TimelineView::changeEvent(QEvent* event)
{
    VirtualView::changeEvent(event);
    if (event->type() == QEvent::ActivationChange)
        viewport()->update(); // what is in view counts as read from now on
}

} // namespace ridealong::timelineview
