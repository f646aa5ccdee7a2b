// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace ridealong::irc {

/// Cuts a text into lines that fit: at line ends; a longer line at its last space, else between characters (never inside
/// a UTF-8 sequence, and not between a character and the marks that combine with it). Empty lines become one space, because
/// a message cannot be empty. `maxBytes` ≥ 16.
QStringList splitText(const QString& text, qsizetype maxBytes);

/// mIRC formatting (bold, italic, underline, strike, monospace, colours, reverse, reset) as Markdown: bold, italic, strike and
/// monospace stay, the rest is dropped. Text without such bytes comes back as it is. Terminal escapes are left alone.
QString markdownFromFormatting(const QString& text);
/// The same without any marks.
QString plainFromFormatting(const QString& text);

/// "\x01ACTION waves\x01" → {"ACTION", "waves"}; anything else → empty command. The closing byte may be missing.
struct Ctcp
{
    QString command;
    QString text;
};
Ctcp parseCtcp(const QString& text);

} // namespace ridealong::irc
