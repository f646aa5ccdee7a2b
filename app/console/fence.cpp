// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/fence.h"

namespace ridealong::console {
namespace {

bool isFence(QByteArrayView text)
{
    text = text.trimmed();
    return (text.startsWith("```") || text.startsWith("~~~")) && text.lastIndexOf(text[0]) < 8
        && std::all_of(text.begin(), text.end(), [&text](char c) { return c == text[0] || isWordChar(c) || c == ' ' || c == '+' || c == '#'; });
}

std::vector<size_t> fencesOf(const std::vector<SampleLine>& lines)
{
    std::vector<size_t> fences;
    for (size_t i = 0; i < lines.size() && fences.size() < 3; ++i)
        if (isFence(lines[i].text))
            fences.push_back(i);
    return fences;
}

int filledBetween(const std::vector<SampleLine>& lines, size_t first, size_t end)
{
    int filled = 0;
    for (size_t i = first; i < end; ++i)
        filled += !lines[i].isBlank;
    return filled;
}

void trim(std::vector<SampleLine>& lines)
{
    while (!lines.empty() && lines.back().isBlank)
        lines.pop_back();
    size_t blank = 0;
    while (blank < lines.size() && lines[blank].isBlank)
        ++blank;
    lines.erase(lines.begin(), lines.begin() + qsizetype(blank));
}

} // namespace

Unfenced withoutFence(FormatSample sample)
{
    const auto head = fencesOf(sample.head);
    const auto tail = fencesOf(sample.tail);
    if (head.empty() || head.size() + tail.size() > 2 || filledBetween(sample.head, 0, head.front()) > kMaxProseLines)
        return {std::move(sample), {}, false};
    const size_t open = head.front();
    auto& closing = tail.empty() ? sample.head : sample.tail;
    const size_t close = !tail.empty() ? tail.front() : head.size() > 1 ? head[1] : closing.size();
    const bool isClosed = head.size() + tail.size() == 2;
    if (isClosed && (filledBetween(closing, close + 1, closing.size()) > kMaxProseLines || (tail.empty() && !sample.tail.empty())))
        return {std::move(sample), {}, false};
    // A fence with a language on its closing line is a second opening one.
    if (isClosed && closing[close].text.trimmed().size() > 4)
        return {std::move(sample), {}, false};
    Unfenced result;
    result.language = sample.head[open].text.trimmed();
    while (result.language.startsWith('`') || result.language.startsWith('~'))
        result.language.remove(0, 1);
    result.wasFenced = true;
    if (isClosed)
        closing.resize(close);
    sample.head.erase(sample.head.begin(), sample.head.begin() + qsizetype(open) + 1);
    trim(sample.tail);
    if (sample.tail.empty())
        trim(sample.head);
    result.sample = std::move(sample);
    return result;
}

} // namespace ridealong::console
