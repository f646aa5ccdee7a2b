// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/linecolors.h"

#include "consoleview/highlighter.h"
#include "consoleview/linesbody.h"
#include "kit/theme.h"

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using console::Format;
using console::Level;
using kit::Token;

QColor levelColor(Level level, const kit::Theme& theme)
{
    switch (level) {
    case Level::Error: return theme.color(Token::Danger);
    case Level::Warning: return theme.color(Token::Warning);
    case Level::Debug: return theme.color(Token::Muted);
    case Level::Trace: return theme.color(Token::Faint);
    case Level::Info:
    case Level::None: break;
    }
    return {};
}

Spans lineSpans(Format format, const std::shared_ptr<const console::LineStore>& store, qint64 index, const console::Line& line,
    const kit::Theme& theme, Highlighter& highlighter)
{
    const auto first = line.text.isEmpty() ? '\0' : line.text.front();
    switch (format) {
    case Format::Json:
    case Format::Yaml:
        if (const auto* spans = highlighter.spans(store, format == Format::Json ? u"JSON"_s : u"YAML"_s, index))
            return *spans;
        break;
    case Format::Diff:
        if (line.text.startsWith("+++") || line.text.startsWith("---") || line.text.startsWith("diff "))
            return plainSpans(theme.color(Token::Text), true);
        if (first == '+' || first == '-' || first == '@')
            return plainSpans(theme.color(first == '+' ? Token::Success : first == '-' ? Token::Danger : Token::Accent));
        break;
    case Format::Log: {
        const QColor color = levelColor(line.level, theme);
        auto spans = styleSpans(*store, line, theme);
        return color.isValid() ? tinted(std::move(spans), color, theme) : spans;
    }
    case Format::Text:
    case Format::Table:
    case Format::StackTrace:
    case Format::Markdown:
    case Format::Code:
    case Format::Image: break;
    }
    return styleSpans(*store, line, theme);
}

QColor lineTint(Format format, const console::Line& line, const kit::Theme& theme)
{
    if (format != Format::Diff || line.text.isEmpty() || line.text.startsWith("+++") || line.text.startsWith("---"))
        return {};
    const QColor ground = theme.color(Token::Inset);
    switch (line.text.front()) {
    case '+': return blend(ground, theme.color(Token::Success), kRowTint);
    case '-': return blend(ground, theme.color(Token::Danger), kRowTint);
    case '@': return blend(ground, theme.color(Token::Accent), kRowTint / 2);
    default: return {};
    }
}

} // namespace ridealong::consoleview
