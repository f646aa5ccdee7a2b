// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"

namespace ridealong::console {
namespace {

/// "## Heading": 1 to 6 hashes and a blank.
bool isHeading(QByteArrayView text)
{
    qsizetype hashes = 0;
    while (hashes < text.size() && text[hashes] == '#')
        ++hashes;
    return hashes >= 1 && hashes <= 6 && text.size() > hashes + 1 && text[hashes] == ' ';
}

bool isUnderline(QByteArrayView text)
{
    return text.size() >= 3 && (text[0] == '=' || text[0] == '-') && std::all_of(text.begin(), text.end(), [&](char c) { return c == text[0]; });
}

bool isListItem(QByteArrayView text)
{
    text = text.sliced(indentOf(text));
    if (text.startsWith("- ") || text.startsWith("* ") || text.startsWith("+ "))
        return true;
    qsizetype digits = 0;
    while (digits < text.size() && isDigit(text[digits]))
        ++digits;
    return digits >= 1 && digits <= 3 && text.size() > digits + 1 && text[digits] == '.' && text[digits + 1] == ' ';
}

bool hasSpan(QByteArrayView text, QByteArrayView mark)
{
    const qsizetype open = text.indexOf(mark);
    return open >= 0 && text.indexOf(mark, open + mark.size() + 1) > open && open + mark.size() < text.size() && text[open + mark.size()] != ' ';
}

} // namespace

bool isMarkdown(const FormatSample& sample)
{
    int headings = 0;
    int fences = 0;
    int links = 0;
    int spans = 0;
    int quotes = 0;
    int items = 0;
    const auto& lines = sample.head;
    const auto blankAt = [&lines](size_t i) { return i >= lines.size() || lines[i].isBlank; };
    for (size_t i = 0; i < lines.size(); ++i) {
        const QByteArrayView text = lines[i].text;
        const bool free = i == 0 || blankAt(i - 1);
        // A comment of a script has code right below; a heading stands for itself.
        headings += free && isHeading(text) && blankAt(i + 1) && i + 1 < lines.size();
        headings += i > 0 && isUnderline(text) && !blankAt(i - 1) && !lines[i - 1].text.startsWith(' ') && (i < 2 || blankAt(i - 2)) && blankAt(i + 1)
            && i + 1 < lines.size() && std::abs(text.size() - lines[i - 1].text.size()) < 3;
        fences += text.startsWith("```") || text.startsWith("~~~");
        links += text.contains("](");
        spans += hasSpan(text, "**") || hasSpan(text, "`");
        quotes += text.startsWith("> ");
        items += isListItem(text);
    }
    const int kinds = (fences >= 2) + (links > 0) + (spans > 0) + (quotes > 0) + (items >= 2);
    return lines.size() >= 3 && ((headings >= 1 && kinds >= 1) || headings >= 3);
}

} // namespace ridealong::console
