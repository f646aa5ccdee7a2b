// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/card.h"

#include <QPainter>

namespace ridealong::kit {

void drawCard(QPainter& painter, const QRect& rect, const Theme& theme, Token ground, int radius)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Token::Border));
    painter.setBrush(theme.color(ground));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius); // a line of one pixel, in its middle
}

} // namespace ridealong::kit
