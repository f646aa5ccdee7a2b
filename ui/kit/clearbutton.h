// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

class QLineEdit;

namespace ridealong::kit {

class Theme;

/// A cross in the line that empties it, while there is something to empty. QLineEdit's own asks the style for its picture, which
/// searches the system's icon themes before the first window is shown.
void addClearButton(QLineEdit* line, Theme& theme);

} // namespace ridealong::kit
