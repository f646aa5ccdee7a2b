// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The formatting bytes of mIRC, as written down at modern.ircdocs.horse/formatting. Read into runs of one style; these are
// written as Markdown, and marks that CommonMark would not take where they stand are taken out again.
#include "irc/text.h"

#include "irc/markdownmarks.h"

#include <algorithm>
#include <vector>

namespace ridealong::irc {
namespace {

bool isFormatting(QChar c)
{
    switch (c.unicode()) {
    case 0x02: // bold
    case 0x03: // colour
    case 0x04: // colour in hexadecimal
    case 0x0F: // reset
    case 0x11: // monospace
    case 0x16: // reverse
    case 0x1D: // italic
    case 0x1E: // strike
    case 0x1F: // underline
        return true;
    default: return false;
    }
}

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
bool isHexDigit(QChar c) { return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F'); }

/// Behind the number at `at` of one or two digits (one when there are no more); -1: no number.
qsizetype behindColour(QStringView text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size() && end < at + 2 && isDigit(text[end]))
        ++end;
    return end == at ? -1 : end;
}

qsizetype behindHexColour(QStringView text, qsizetype at)
{
    const bool fits = at + 6 <= text.size();
    return fits && std::all_of(text.begin() + at, text.begin() + at + 6, isHexDigit) ? at + 6 : -1;
}

/// Behind "\x03NN,NN", of which all but the first byte may be missing; the comma belongs to it only with a number.
template <typename Behind> qsizetype behindColours(QStringView text, qsizetype at, Behind behind)
{
    const qsizetype foreground = behind(text, at);
    if (foreground < 0)
        return at;
    const qsizetype background = foreground < text.size() && text[foreground] == u',' ? behind(text, foreground + 1) : -1;
    return background < 0 ? foreground : background;
}

Styles toggled(Styles style, QChar c)
{
    switch (c.unicode()) {
    case 0x02: return style ^ Styles(kBold);
    case 0x1D: return style ^ Styles(kItalic);
    case 0x1E: return style ^ Styles(kStrike);
    case 0x11: return style ^ Styles(kMonospace);
    case 0x0F: return 0;
    default: return style;
    }
}

std::vector<StyledRun> readRuns(QStringView text)
{
    std::vector<StyledRun> runs;
    Styles style = 0;
    const auto add = [&](QStringView piece) {
        if (piece.isEmpty())
            return;
        if (runs.empty() || runs.back().style != style)
            runs.push_back({{}, style});
        runs.back().text += piece;
    };
    qsizetype at = 0;
    while (at < text.size()) {
        const auto end = std::find_if(text.begin() + at, text.end(), [](QChar c) { return c == u'\n' || isFormatting(c); }) - text.begin();
        add(text.sliced(at, end - at));
        if (end == text.size())
            break;
        at = end + 1;
        if (text[end] == u'\n') { // a line is a message of its own: its formatting ends with it
            style = 0;
            add(text.sliced(end, 1));
        } else if (text[end] == QChar(0x03)) {
            at = behindColours(text, at, behindColour);
        } else if (text[end] == QChar(0x04)) {
            at = behindColours(text, at, behindHexColour);
        } else {
            style = toggled(style, text[end]);
        }
    }
    return runs;
}

} // namespace

QString plainFromFormatting(const QString& text)
{
    if (std::none_of(text.begin(), text.end(), isFormatting))
        return text;
    QString plain;
    plain.reserve(text.size());
    for (const StyledRun& run : readRuns(text))
        plain += run.text;
    return plain;
}

QString markdownFromFormatting(const QString& text)
{
    if (std::none_of(text.begin(), text.end(), isFormatting))
        return text;
    return markdownOf(readRuns(text));
}

} // namespace ridealong::irc
