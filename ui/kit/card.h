// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

class QPainter;
class QRect;

namespace ridealong::kit {

/// The ground of something that stands on a window: filled, with a border and round corners. It leaves the painter antialiasing.
void drawCard(QPainter& painter, const QRect& rect, const Theme& theme, Token ground = Token::Raised, int radius = Theme::kCardRadius);

} // namespace ridealong::kit
