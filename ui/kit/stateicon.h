// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/run.h"

class QColor;
class QPainter;
class QRectF;

namespace ridealong::kit {

/// The sign of a run's state, drawn so that it is told apart without its colour: dot, tick, cross, dotted ring, bars …
void paintStateIcon(QPainter& painter, const QRectF& rect, const chat::RunReport& report, const QColor& color);

} // namespace ridealong::kit
