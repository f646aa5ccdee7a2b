// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRectF>
#include <QTextDocument>

#include <memory>

namespace ridealong::kit {

class CodeHighlighter;
class Theme;

inline constexpr qsizetype kMaxShownChars = 64 * 1024;

/// A message's Markdown laid out at `width`. Hostile text: no HTML, nothing is ever loaded, images become links,
/// links other than http, https and mailto are plain text, at most kMaxShownChars are shown. A line break in the text is
/// one on the screen. Fenced code is coloured when there is a highlighter.
std::unique_ptr<QTextDocument> messageDocument(const QString& markdown, const Theme& theme, int width, CodeHighlighter* highlighter = nullptr);
/// A command exactly as it was sent, in the fixed font: nothing in it is a mark.
std::unique_ptr<QTextDocument> commandDocument(const QString& command, const Theme& theme, int width);
/// Where the fenced code blocks of a laid out document stand, with their padding, to be filled behind the text.
QList<QRectF> codeCards(const QTextDocument& document);

bool isSafeLink(const QUrl& url);
/// Names come from outside: bidirectional and zero-width controls are taken out, the rest is cut at 80 characters.
QString safeName(const QString& name);

} // namespace ridealong::kit
