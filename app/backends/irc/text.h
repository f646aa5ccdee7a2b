// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace ridealong::irc {

inline constexpr qsizetype kMinPieceBytes = 16;

/// Cuts a text into lines that fit: at line ends; a longer line at a space in the last third of what fits, else between characters
/// (never inside a UTF-8 sequence, and not between a character and the marks that combine with it, unless these alone are too
/// long). Only the line ends and that one space are lost. Empty lines become one space, because a message cannot be empty; a line
/// end at the very end starts no further line, and an empty text is no line. `maxBytes` below kMinPieceBytes counts as that.
QStringList splitText(const QString& text, qsizetype maxBytes);

/// mIRC formatting (bold, italic, underline, strike, monospace, colours, reverse, reset) as Markdown: bold, italic, strike and
/// monospace stay, the rest is dropped; so is a style that Markdown cannot say where it stands (the inside of a word that ends
/// in punctuation). Formatting ends with its line. Text without such bytes comes back as it is; in text that got marks, its own
/// * _ ~ ` are escaped, except inside addresses. Terminal escapes are left alone.
QString markdownFromFormatting(const QString& text);
/// The same without any marks.
QString plainFromFormatting(const QString& text);

/// "\x01ACTION waves\x01" → {"ACTION", "waves"}; anything else → empty command. The closing byte may be missing. In upper case.
struct Ctcp
{
    QString command;
    QString text;
};
Ctcp parseCtcp(const QString& text);
/// The way back: {"ACTION", "waves"} → "\x01ACTION waves\x01"; without text: "\x01VERSION\x01".
QString toCtcp(const QString& command, const QString& text);

/// A moment as CHATHISTORY and MARKREAD name it: "timestamp=2023-11-14T22:13:20.000Z".
QString timestamp(qint64 timeMs);

} // namespace ridealong::irc
