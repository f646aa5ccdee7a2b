// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QScrollArea>

namespace ridealong::kit {

class Theme;

/// The page in an area that scrolls what does not fit: at 200 % text, on a small screen, with "More" unfolded.
QScrollArea* scrolledPage(QWidget* page, Theme& theme);
/// Gives a dialog its first size, larger with larger text and never larger than the screen.
void fitToScreen(QDialog& dialog, const Theme& theme, QSize size);

} // namespace ridealong::kit
