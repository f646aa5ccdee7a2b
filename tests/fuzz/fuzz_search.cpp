// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A first line that is searched for in the rest. The laws: what is typed again means the same, marks are in their order within the
// snippet and cut no character in two, folding twice is folding.
#include "chat/searchtext.h"

#include <cstdint>
#include <cstdlib>

using namespace ridealong::chat;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QString input = QString::fromUtf8(reinterpret_cast<const char*>(data), qsizetype(size));
    const qsizetype cut = input.indexOf(u'\n');
    const QDate today(2026, 11, 28);
    const SearchQuery query = parseSearch(input.left(cut), today);
    if (!(parseSearch(input.left(cut), today) == query))
        std::abort();
    for (const FoldedWord& word : foldedWords(input)) {
        if (word.begin >= word.end || word.end > input.size() || word.text.isEmpty())
            std::abort();
        if (foldedWord(word.text) != word.text)
            std::abort();
    }
    SearchHit hit;
    hit.message.text = input.mid(cut + 1);
    const SearchMatcher matcher(query);
    (void)matcher.matches(hit.message.text);
    matcher.present(hit);
    if (hit.snippet.size() > SearchMatcher::kSnippetChars + 4 || hit.marks.size() > SearchMatcher::kMaxMarks)
        std::abort();
    int end = 0;
    for (const SearchMark& mark : hit.marks) {
        if (mark.begin < end || mark.length <= 0 || mark.begin + mark.length > hit.snippet.size())
            std::abort();
        end = mark.begin + mark.length;
        const bool startsInside = hit.snippet[mark.begin].isLowSurrogate() && mark.begin > 0 && hit.snippet[mark.begin - 1].isHighSurrogate();
        const bool endsInside = end < hit.snippet.size() && hit.snippet[end].isLowSurrogate() && hit.snippet[end - 1].isHighSurrogate();
        if (startsInside || endsInside)
            std::abort();
    }
    return 0;
}
