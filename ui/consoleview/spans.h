// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

#include <QColor>

#include <vector>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

/// From `byte` on (until the next one) text looks like this: a style with the theme's colours in place.
struct Span
{
    int byte = 0;
    QColor foreground;
    QColor background; ///< invalid: none
    console::Underline underline = console::Underline::None;
    bool bold = false;
    bool italic = false;
    bool strike = false;
    quint16 link = 0;
};
using Spans = std::vector<Span>; ///< ascending, the first at byte 0

/// The 256 colours and RGB of output, as this theme shows them.
QColor resolve(const console::Color& color, const kit::Theme& theme, const QColor& fallback);
/// The styles of the output itself.
Spans styleSpans(const console::LineStore& store, const console::Line& line, const kit::Theme& theme);
/// A whole line in one colour, on top of what the output says where it says anything.
Spans tinted(Spans spans, const QColor& foreground, const kit::Theme& theme);
/// `top` over `bottom` with that share of `top`.
QColor blend(const QColor& bottom, const QColor& top, double share);

} // namespace ridealong::consoleview
