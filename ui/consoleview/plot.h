// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/tablerows.h"

#include <QColor>
#include <QRect>

class QPainter;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

/// A column of numbers in shown order as a small line without words.
void paintSpark(QPainter& painter, const QRect& rect, const TableRows& rows, int column, const QColor& color);
/// The same with its name, its least and greatest value and its last one.
void paintPlotStrip(QPainter& painter, const QRect& rect, const TableRows& rows, int column, const kit::Theme& theme);

} // namespace ridealong::consoleview
