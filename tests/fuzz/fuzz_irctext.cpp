// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The laws: pieces fit, are not empty and join back; Markdown and plain text differ in marks alone. The first byte is the limit.
#include "irc/text.h"

#include <cstdint>
#include <cstdlib>

using namespace ridealong::irc;

namespace {

/// Do the pieces tell all of `text` but line ends and one space for each cut?
bool joinsBack(const QString& text, const QStringList& pieces)
{
    const auto isEnd = [](QChar c) { return c == u'\n' || c == u'\r'; };
    qsizetype at = 0;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const bool isBlankLine = at < text.size() && isEnd(text[at]);
        if (isBlankLine ? pieces[i] != QStringLiteral(" ") : !QStringView(text).sliced(at).startsWith(pieces[i]))
            return false;
        at += isBlankLine ? 0 : pieces[i].size();
        // A cut inside a line: its space is gone, unless that space carries marks and so was no place to cut. It may be the line's last.
        const bool isKept
            = i + 1 < pieces.size() && pieces[i + 1].startsWith(u' ') && at + 1 < text.size() && text[at + 1] != u' ' && !isEnd(text[at + 1]);
        if (!isBlankLine && at < text.size() && text[at] == u' ' && !pieces[i].trimmed().isEmpty() && !isKept)
            ++at;
        if (at < text.size() && isEnd(text[at]))
            at += QStringView(text).sliced(at).startsWith(QStringLiteral("\r\n")) ? 2 : 1;
    }
    return at == text.size();
}

/// Letters and digits: neither a mark, an escape nor a blank.
QString words(const QString& text)
{
    QString result;
    for (const QChar c : text)
        if (c.isLetterOrNumber())
            result += c;
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size == 0)
        return 0;
    const qsizetype limit = 16 + data[0];
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data + 1), qsizetype(size) - 1);
    const QStringList pieces = splitText(text, limit);
    if (!joinsBack(text, pieces))
        std::abort();
    for (const QString& piece : pieces)
        if (piece.isEmpty() || piece.toUtf8().size() > limit || piece.contains(u'\n') || piece.contains(u'\r'))
            std::abort();

    const QString plain = plainFromFormatting(text), markdown = markdownFromFormatting(text);
    if (words(plain) != words(markdown) || plainFromFormatting(plain) != plain)
        std::abort();
    (void)parseCtcp(text);
    return 0;
}
