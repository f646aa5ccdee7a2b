// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <QWidget>

class QLabel;

namespace ridealong::kit {

/// Gives a widget the font and the text colour of a token, now and whenever the theme changes.
void setTone(QWidget* widget, Theme& theme, Token token, Theme::Type type = Theme::Type::Body, bool strong = false);
/// The same in the fixed font.
void setMonoTone(QWidget* widget, Theme& theme, Token token, Theme::Type type = Theme::Type::Body);
/// Fills a widget with a token, now and whenever the theme changes.
void setBackdrop(QWidget* widget, Theme& theme, Token token);

} // namespace ridealong::kit
