// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <KSyntaxHighlighting/Theme>

namespace ridealong::kit {

/// Which of our colours code has where KSyntaxHighlighting sees this style; its own themes are not used.
QColor codeColor(KSyntaxHighlighting::Theme::TextStyle style, const Theme& theme);

} // namespace ridealong::kit
