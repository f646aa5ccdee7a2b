// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/codecolors.h"

namespace ridealong::kit {

QColor codeColor(KSyntaxHighlighting::Theme::TextStyle style, const Theme& theme)
{
    using Style = KSyntaxHighlighting::Theme;
    switch (style) {
    case Style::Keyword:
    case Style::ControlFlow:
    case Style::Preprocessor:
    case Style::Import: return theme.ansi(5);
    case Style::DataType:
    case Style::Attribute:
    case Style::Function:
    case Style::BuiltIn:
    case Style::Variable: return theme.ansi(4);
    case Style::DecVal:
    case Style::BaseN:
    case Style::Float:
    case Style::Constant: return theme.ansi(3);
    case Style::String:
    case Style::VerbatimString:
    case Style::SpecialString:
    case Style::Char:
    case Style::SpecialChar: return theme.ansi(2);
    case Style::Comment:
    case Style::Documentation:
    case Style::Annotation: return theme.color(Token::Faint);
    case Style::Error:
    case Style::Alert: return theme.color(Token::Danger);
    default: return theme.color(Token::Text);
    }
}

} // namespace ridealong::kit
