// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/virtualview.h"

#include "kit/scrollmarks.h"
#include "kit/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <limits>

namespace ridealong::kit {
namespace {

constexpr int kLineStep = 48; ///< px a line of the wheel or an arrow key moves
constexpr int kFrameMs = 16;

} // namespace

VirtualView::VirtualView(Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    verticalScrollBar()->setSingleStep(kLineStep);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const int step = value.toInt() - m_glided;
        m_glided = value.toInt();
        scrollBy(step);
    });
    connect(&theme, &Theme::changed, this, &VirtualView::itemsRestyled);
}

void VirtualView::setFollowing(bool following)
{
    if (m_following == following)
        return;
    m_following = following;
    emit followingChanged(following);
}

void VirtualView::measure(int item)
{
    if (m_exact[size_t(item)])
        return;
    m_exact[size_t(item)] = true;
    m_heights.set(item, std::max(0, measureItem(item, viewport()->width())));
}

/// The last item's bottom at the viewport's bottom; what is shorter than the viewport stands at its bottom too.
void VirtualView::placeAtEnd()
{
    const int page = viewport()->height();
    int filled = 0;
    int item = itemCount();
    while (item > 0 && filled < page) {
        --item;
        measure(item);
        filled += m_heights.height(item);
    }
    m_anchor = {item, filled - page};
}

void VirtualView::settle()
{
    if (m_settling)
        return;
    m_settling = true;
    m_unsettled = false;
    const int width = viewport()->width();
    const int page = viewport()->height();
    if (m_layoutWidth != width) {
        m_layoutWidth = width;
        const int before = m_anchor.item < itemCount() ? m_heights.height(m_anchor.item) : 0;
        for (int item = 0; item < itemCount(); ++item)
            m_heights.set(item, estimateItem(item, width));
        m_exact.assign(size_t(itemCount()), false);
        if (before > 0 && m_anchor.offset > 0) { // as far into it as it was, however high it is now
            measure(m_anchor.item);
            m_anchor.offset = int(qint64(m_anchor.offset) * m_heights.height(m_anchor.item) / before);
        }
    }
    if (itemCount() == 0) {
        m_anchor = {};
    } else if (m_following) {
        placeAtEnd();
    } else {
        m_anchor.item = std::clamp(m_anchor.item, 0, itemCount() - 1);
        measure(m_anchor.item);
        while (m_anchor.offset < 0 && m_anchor.item > 0) {
            measure(--m_anchor.item);
            m_anchor.offset += m_heights.height(m_anchor.item);
        }
        while (m_anchor.offset >= m_heights.height(m_anchor.item) && m_anchor.item + 1 < itemCount()) {
            m_anchor.offset -= m_heights.height(m_anchor.item);
            measure(++m_anchor.item);
        }
        m_anchor.offset = std::max(0, m_anchor.offset);
        int bottom = -m_anchor.offset;
        for (int item = m_anchor.item; item < itemCount() && bottom < page; ++item) {
            measure(item);
            bottom += m_heights.height(item);
        }
        if (bottom < page)
            placeAtEnd();
    }
    const qint64 limit = std::numeric_limits<int>::max();
    auto* bar = verticalScrollBar();
    bar->setPageStep(page);
    bar->setRange(0, int(std::clamp(m_heights.total() - page, qint64(0), limit)));
    const qint64 value = itemCount() ? m_heights.top(m_anchor.item) + m_anchor.offset : 0;
    bar->setValue(int(std::clamp(value, qint64(0), limit)));
    m_barValue = bar->value();
    m_settling = false;
    if (m_scrollMarks)
        placeMarks();
}

void VirtualView::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    if (!m_scrollMarks && !m_marks.empty())
        m_scrollMarks = new ScrollMarks(*verticalScrollBar(), m_theme);
    if (m_scrollMarks)
        placeMarks();
}

void VirtualView::placeMarks()
{
    const auto total = double(m_heights.total());
    std::vector<double> shares;
    for (const Mark& mark : m_marks)
        if (mark.item >= 0 && mark.item < itemCount() && total > 0)
            shares.push_back((double(m_heights.top(mark.item)) + mark.share * m_heights.height(mark.item)) / total);
    m_scrollMarks->setShares(shares);
}

void VirtualView::tellEdges()
{
    settleIfNeeded();
    const auto* bar = verticalScrollBar();
    if (bar->value() < viewport()->height())
        emit nearTop();
    if (bar->maximum() - bar->value() < viewport()->height())
        emit nearEnd();
}

void VirtualView::scrollBy(int pixels)
{
    if (itemCount() == 0 || pixels == 0)
        return;
    settleIfNeeded(); // what came while it follows moves the end, and the way is counted from there
    if (pixels < 0)
        setFollowing(false);
    m_anchor.offset += pixels;
    settle();
    if (pixels > 0 && verticalScrollBar()->value() >= verticalScrollBar()->maximum())
        setFollowing(true);
    if (verticalScrollBar()->maximum() == 0)
        setFollowing(true);
    viewport()->update();
    tellEdges();
}

void VirtualView::scrollContentsBy(int, int)
{
    if (m_settling || itemCount() == 0)
        return;
    if (m_unsettled) { // the bar stands for what was there before: how far it was moved is what counts
        const int moved = verticalScrollBar()->value() - m_barValue;
        return scrollBy(moved);
    }
    const qint64 y = verticalScrollBar()->value();
    m_anchor.item = std::max(0, m_heights.itemAt(y));
    m_anchor.offset = int(y - m_heights.top(m_anchor.item));
    setFollowing(verticalScrollBar()->value() >= verticalScrollBar()->maximum());
    settle();
    viewport()->update();
    tellEdges();
}

void VirtualView::scrollToItem(int item, int offset)
{
    if (item < 0 || item >= itemCount())
        return;
    setFollowing(false);
    m_anchor = {item, offset};
    settle();
    viewport()->update();
    tellEdges();
}

void VirtualView::scrollToEnd()
{
    m_glide.stop();
    setFollowing(true);
    settle();
    viewport()->update();
    tellEdges();
}

void VirtualView::ensureVisible(int item)
{
    if (item < 0 || item >= itemCount())
        return;
    measure(item);
    const QRect rect = itemRect(item);
    if (rect.top() < 0)
        scrollToItem(item);
    else if (rect.bottom() >= viewport()->height())
        scrollBy(std::min(rect.top(), rect.bottom() + 1 - viewport()->height()));
}

void VirtualView::unsettle()
{
    m_unsettled = true;
    requestFrame();
}

void VirtualView::requestFrame()
{
    if (m_frame.isActive())
        return;
    const qint64 since = m_sinceFrame.isValid() ? m_sinceFrame.elapsed() : kFrameMs;
    if (since >= kFrameMs)
        viewport()->update();
    else
        m_frame.start(int(kFrameMs - since), this);
}

void VirtualView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_frame.timerId())
        return QAbstractScrollArea::timerEvent(event);
    m_frame.stop();
    viewport()->update();
}

void VirtualView::itemsReset(int count)
{
    m_heights.reset(count, 0);
    m_exact.assign(size_t(count), false);
    m_layoutWidth = -1;
    m_anchor = {};
    settle();
    viewport()->update();
}

void VirtualView::itemsRestyled()
{
    m_layoutWidth = -1;
    settle();
    viewport()->update();
}

void VirtualView::itemsInserted(int at, int count)
{
    if (count <= 0)
        return;
    const int before = itemCount();
    m_heights.insert(at, count, 0);
    m_exact.insert(m_exact.begin() + at, size_t(count), false);
    for (int item = at; item < at + count; ++item)
        m_heights.set(item, estimateItem(item, viewport()->width()));
    if (before > 0 && at <= m_anchor.item)
        m_anchor.item += count;
    unsettle();
}

void VirtualView::itemsRemoved(int at, int count)
{
    if (count <= 0)
        return;
    m_heights.remove(at, count);
    m_exact.erase(m_exact.begin() + at, m_exact.begin() + at + count);
    if (m_anchor.item >= at + count)
        m_anchor.item -= count;
    else if (m_anchor.item >= at)
        m_anchor = {at, 0};
    unsettle();
}

void VirtualView::itemChanged(int item)
{
    if (item < 0 || item >= itemCount())
        return;
    m_exact[size_t(item)] = false;
    unsettle();
}

void VirtualView::itemGrew(int item)
{
    if (item < 0 || item >= itemCount())
        return;
    m_heights.set(item, estimateItem(item, viewport()->width()));
    itemChanged(item);
}

int VirtualView::itemAt(const QPoint& position) const
{
    if (itemCount() == 0)
        return -1;
    settleIfNeeded();
    const qint64 y = m_heights.top(m_anchor.item) + m_anchor.offset + position.y();
    return y < 0 || y >= m_heights.total() ? -1 : m_heights.itemAt(y);
}

QRect VirtualView::itemRect(int item) const
{
    if (item < 0 || item >= itemCount())
        return {};
    settleIfNeeded();
    const qint64 top = m_heights.top(item) - m_heights.top(m_anchor.item) - m_anchor.offset;
    constexpr qint64 kFar = 1 << 28; // a rectangle far away must still fit an int
    return {0, int(std::clamp(top, -kFar, kFar)), viewport()->width(), m_heights.height(item)};
}

void VirtualView::paintEvent(QPaintEvent* event)
{
    settle();
    m_sinceFrame.start();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color(Token::Panel));
    int y = -m_anchor.offset;
    for (int item = m_anchor.item; item < itemCount() && y < viewport()->height(); ++item) {
        const int height = m_heights.height(item);
        const QRect rect(0, y, viewport()->width(), height);
        if (rect.intersects(event->rect())) {
            painter.save();
            paintItem(painter, item, rect);
            painter.restore();
        }
        y += height;
    }
}

void VirtualView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    settle();
}

void VirtualView::glide(int pixels)
{
    const int left = m_glide.state() == QAbstractAnimation::Running ? m_glide.endValue().toInt() - m_glided : 0;
    const int duration = m_theme.motionMs();
    m_glide.stop();
    if (duration == 0) {
        scrollBy(pixels);
        return;
    }
    m_glided = 0;
    m_glide.setStartValue(0);
    m_glide.setEndValue(left + pixels);
    m_glide.setDuration(duration);
    m_glide.start();
}

int VirtualView::page() const { return std::max(kLineStep, viewport()->height() - kLineStep); }

void VirtualView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_PageUp: glide(-page()); break;
    case Qt::Key_PageDown: glide(page()); break;
    case Qt::Key_Up: scrollBy(-kLineStep); break;
    case Qt::Key_Down: scrollBy(kLineStep); break;
    case Qt::Key_Home: scrollToItem(0); break;
    case Qt::Key_End: scrollToEnd(); break;
    default: event->ignore(); return;
    }
    event->accept();
}

void VirtualView::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() == 0 && event->pixelDelta().y() == 0) {
        event->ignore();
        return;
    }
    // A touch pad says pixels and has its own inertia; a wheel's notches are 120 each and are smoothed by us.
    if (!event->pixelDelta().isNull())
        scrollBy(-event->pixelDelta().y());
    else
        glide(-event->angleDelta().y() * kLineStep * 3 / 2 / 120);
    event->accept();
}

} // namespace ridealong::kit
