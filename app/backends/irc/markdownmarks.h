// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace ridealong::irc {

using Styles = unsigned;
// In the order in which their marks stand from outside to inside.
inline constexpr Styles kStrike = 1, kBold = 2, kItalic = 4, kMonospace = 8;

struct StyledRun
{
    QString text;
    Styles style = 0;
};

/// As Markdown that CommonMark reads back as these styles; where it could not, the style goes and the text stays.
QString markdownOf(const std::vector<StyledRun>& runs);

} // namespace ridealong::irc
