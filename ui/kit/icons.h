// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QPixmap>

namespace ridealong::kit {

class Theme;
struct ThemeColors;

/// A line icon of resources/icons by name ("palette", "send" …), drawn in `color` at `size` px and the screen's ratio. Cached.
QPixmap iconPixmap(const QString& name, const QColor& color, int size, double devicePixelRatio);
/// The same as QIcon in the theme's text, muted and disabled colours.
QIcon icon(const QString& name, const Theme& theme);
QIcon icon(const QString& name, const ThemeColors& colors);

} // namespace ridealong::kit
