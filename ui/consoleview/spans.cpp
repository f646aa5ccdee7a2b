// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/spans.h"

#include "kit/theme.h"

namespace ridealong::consoleview {

using kit::Token;

QColor blend(const QColor& bottom, const QColor& top, double share)
{
    const auto mix = [share](int from, int to) { return int(from + (to - from) * share); };
    return QColor(mix(bottom.red(), top.red()), mix(bottom.green(), top.green()), mix(bottom.blue(), top.blue()));
}

QColor resolve(const console::Color& color, const kit::Theme& theme, const QColor& fallback)
{
    switch (color.kind) {
    case console::Color::Kind::Default: return fallback;
    case console::Color::Kind::Rgb: return QColor(color.red, color.green, color.blue);
    case console::Color::Kind::Palette: break;
    }
    if (color.index < 16)
        return theme.ansi(color.index);
    // xterm's table: a cube of 6 × 6 × 6, then 24 greys.
    if (color.index >= 232) {
        const int grey = 8 + (color.index - 232) * 10;
        return QColor(grey, grey, grey);
    }
    const int cube = color.index - 16;
    const auto level = [](int step) { return step == 0 ? 0 : 55 + step * 40; };
    return QColor(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

namespace {

Span resolveStyle(const console::Style& style, int byte, const kit::Theme& theme)
{
    Span span;
    span.byte = byte;
    span.foreground = resolve(style.foreground, theme, style.link ? theme.color(Token::Accent) : theme.color(Token::Text));
    span.background = resolve(style.background, theme, QColor());
    if (style.inverse) {
        const QColor background = span.background.isValid() ? span.background : theme.color(Token::Inset);
        span.background = span.foreground;
        span.foreground = background;
    }
    const QColor ground = span.background.isValid() ? span.background : theme.color(Token::Inset);
    if (style.faint)
        span.foreground = blend(ground, span.foreground, 0.6);
    if (style.hidden)
        span.foreground = ground;
    span.bold = style.bold;
    span.italic = style.italic;
    span.strike = style.strike;
    span.underline = style.underline;
    span.link = style.link;
    return span;
}

} // namespace

Spans styleSpans(const console::LineStore& store, const console::Line& line, const kit::Theme& theme)
{
    Spans spans;
    spans.reserve(line.runs.size() + 1);
    if (line.runs.empty() || line.runs.front().byte != 0)
        spans.push_back(resolveStyle({}, 0, theme));
    for (const auto& run : line.runs)
        spans.push_back(resolveStyle(store.style(run.style), run.byte, theme));
    return spans;
}

Spans tinted(Spans spans, const QColor& foreground, const kit::Theme& theme)
{
    const QColor plain = theme.color(Token::Text);
    for (auto& span : spans)
        if (span.foreground == plain)
            span.foreground = foreground;
    return spans;
}

} // namespace ridealong::consoleview
