// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTextDocument>

#include <memory>

namespace ridealong::kit {

class Theme;

inline constexpr qsizetype kMaxShownChars = 64 * 1024;

/// A message's Markdown laid out at `width`. Hostile text: no HTML, nothing is ever loaded, images show as nothing,
/// links other than http, https and mailto are plain text, at most kMaxShownChars are shown.
std::unique_ptr<QTextDocument> messageDocument(const QString& markdown, const Theme& theme, int width);
bool isSafeLink(const QUrl& url);
/// Names come from outside: bidirectional and zero-width controls are taken out, the rest is cut at 80 characters.
QString safeName(const QString& name);

} // namespace ridealong::kit
