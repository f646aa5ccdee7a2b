// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::xmpp {

inline constexpr int kMaxQuoteDepth = 8; ///< what is quoted more often than that is text

/// A text in the styling of XEP-0393 as Markdown that shows what its sender styled, and all else as it was written: what only Markdown
/// would take for a mark is escaped. At most three times as long and a little: a block that is full of backticks stands between longer ones.
QString markdownFromStyling(const QString& body);
/// The same of a text that its sender declared unstyled.
QString markdownFromPlain(const QString& body);
/// Markdown as those clients read it that know XEP-0393: bold, italic, strike, code and quotes; all else stays as it was typed.
QString stylingFromMarkdown(const QString& markdown);

} // namespace ridealong::xmpp
