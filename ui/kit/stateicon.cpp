// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/stateicon.h"

#include "kit/runwords.h"

#include <QPainter>
#include <QPainterPath>

namespace ridealong::kit {

using chat::RunState;

namespace {

void paintTick(QPainter& painter, const QRectF& r)
{
    painter.drawPolyline(QPolygonF{{r.left() + r.width() * 0.18, r.top() + r.height() * 0.55},
        {r.left() + r.width() * 0.42, r.top() + r.height() * 0.78}, {r.left() + r.width() * 0.84, r.top() + r.height() * 0.24}});
}

void paintCross(QPainter& painter, const QRectF& rect)
{
    const auto r = rect.adjusted(rect.width() * 0.2, rect.height() * 0.2, -rect.width() * 0.2, -rect.height() * 0.2);
    painter.drawLine(r.topLeft(), r.bottomRight());
    painter.drawLine(r.topRight(), r.bottomLeft());
}

void paintBars(QPainter& painter, const QRectF& r)
{
    painter.drawLine(
        QPointF(r.left() + r.width() * 0.35, r.top() + r.height() * 0.22), QPointF(r.left() + r.width() * 0.35, r.bottom() - r.height() * 0.22));
    painter.drawLine(
        QPointF(r.left() + r.width() * 0.65, r.top() + r.height() * 0.22), QPointF(r.left() + r.width() * 0.65, r.bottom() - r.height() * 0.22));
}

} // namespace

void paintStateIcon(QPainter& painter, const QRectF& rect, const chat::RunReport& report, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(color, std::max(1.5, rect.width() / 9), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const auto inner = rect.adjusted(rect.width() * 0.16, rect.height() * 0.16, -rect.width() * 0.16, -rect.height() * 0.16);
    if (isPaused(report)) {
        paintBars(painter, rect);
    } else {
        switch (report.state) {
        case RunState::Running:
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(inner);
            break;
        case RunState::Sent:
        case RunState::Acknowledged: painter.drawEllipse(inner); break;
        case RunState::Succeeded: paintTick(painter, rect); break;
        case RunState::Failed: paintCross(painter, rect); break;
        case RunState::Error:
            painter.drawLine(
                QPointF(rect.center().x(), rect.top() + rect.height() * 0.16), QPointF(rect.center().x(), rect.top() + rect.height() * 0.58));
            painter.drawPoint(QPointF(rect.center().x(), rect.bottom() - rect.height() * 0.18));
            break;
        case RunState::Denied:
        case RunState::Cancelled:
            painter.drawEllipse(inner);
            painter.drawLine(QPointF(inner.left() + inner.width() * 0.15, inner.bottom() - inner.height() * 0.15),
                QPointF(inner.right() - inner.width() * 0.15, inner.top() + inner.height() * 0.15));
            break;
        case RunState::AwaitingConfirmation:
        case RunState::AwaitingApproval: {
            // An hourglass: somebody is waited for.
            QPainterPath glass;
            glass.moveTo(inner.topLeft());
            glass.lineTo(inner.topRight());
            glass.lineTo(inner.bottomLeft());
            glass.lineTo(inner.bottomRight());
            glass.closeSubpath();
            painter.drawPath(glass);
            break;
        }
        case RunState::NoReply:
        case RunState::Unknown:
            pen.setDashPattern({1.2, 2.0});
            pen.setCapStyle(Qt::FlatCap);
            painter.setPen(pen);
            painter.drawEllipse(inner);
            break;
        }
    }
    painter.restore();
}

} // namespace ridealong::kit
