// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/words.h"

#include <algorithm>
#include <array>

namespace ridealong::console {
namespace {

/// Hexadecimal digits with a number among them are an address or a hash from here on: "beef2" may be a word.
constexpr int kShortestHash = 7;
constexpr int kLongestHash = 128; ///< of SHA-512; what is longer is data
constexpr char kNumberSign = '\x01'; // no line holds it
constexpr char kMomentSign = '\x02';

bool isSpace(char c) { return c == ' ' || c == '\t'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWordCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || quint8(c) >= 0x80; }
bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// "7f3a91c0" and "0x1f": a number to people, if not one to count with.
bool isHash(QByteArrayView word)
{
    if (word.size() > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X'))
        return std::all_of(word.begin() + 2, word.end(), isHex);
    return word.size() >= kShortestHash && std::all_of(word.begin(), word.end(), isHex) && std::any_of(word.begin(), word.end(), isDigit);
}

/// "12", "1,024.5", "09:41:12.345": digits, and what parts them.
qsizetype numberEnd(QByteArrayView text, qsizetype at)
{
    while (at < text.size()
        && (isDigit(text[at]) || ((text[at] == '.' || text[at] == ',' || text[at] == ':') && at + 1 < text.size() && isDigit(text[at + 1]))))
        ++at;
    return at;
}

Word wordAt(QByteArrayView text, qsizetype at)
{
    const auto made = [at](qsizetype end, Word::Kind kind) { return Word{int(at), int(end - at), kind}; };
    qsizetype end = at + 1;
    if (isSpace(text[at])) {
        while (end < text.size() && isSpace(text[end]))
            ++end;
        return made(end, Word::Kind::Space);
    }
    if (!isWordCharacter(text[at]))
        return made(end, Word::Kind::Sign);
    qsizetype hashEnd = at; // looked for no further than that: this is asked again and again within a long word
    while (hashEnd < text.size() && hashEnd - at <= kLongestHash && isWordCharacter(text[hashEnd]))
        ++hashEnd;
    if (hashEnd - at <= kLongestHash && isHash(text.sliced(at, hashEnd - at)))
        return made(hashEnd, Word::Kind::Number);
    if (isDigit(text[at]))
        return made(numberEnd(text, at), Word::Kind::Number);
    // "node12" is a word and a number.
    while (end < text.size() && isWordCharacter(text[end]) && !isDigit(text[end]))
        ++end;
    return made(end, Word::Kind::Text);
}

constexpr std::array<const char*, 19> kMoments{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
bool isMoment(QByteArrayView word)
{
    return word.size() == 3 && std::any_of(kMoments.begin(), kMoments.end(), [&](const char* name) { return word == name; });
}

} // namespace

std::vector<Word> wordsOf(QByteArrayView utf8, size_t limit)
{
    std::vector<Word> words;
    for (qsizetype at = 0; at < utf8.size() && words.size() < limit;) {
        words.push_back(wordAt(utf8, at));
        at += words.back().length;
    }
    return words;
}

QByteArray normalised(QByteArrayView utf8, const Disregard& disregard)
{
    QByteArray out;
    out.reserve(utf8.size());
    bool isNumberBefore = false;
    qsizetype pendingSpace = 0; // where it begins, if there is any
    bool hasSpace = false;
    for (qsizetype at = 0; at < utf8.size();) {
        const Word word = wordAt(utf8, at);
        at += word.length;
        if (word.kind == Word::Kind::Space) {
            pendingSpace = word.byte;
            hasSpace = true;
            continue;
        }
        const bool isNumber = disregard.numbers && word.kind == Word::Kind::Number;
        if (hasSpace) {
            const bool isFirst = out.isEmpty();
            const bool isLoose = disregard.whitespace || isNumber || isNumberBefore;
            if (!isLoose)
                out += utf8.sliced(pendingSpace, word.byte - pendingSpace);
            else if (!isFirst)
                out += ' ';
            hasSpace = false;
        }
        const auto text = utf8.sliced(word.byte, word.length);
        if (isNumber) {
            out += kNumberSign;
        } else if (disregard.numbers && word.kind == Word::Kind::Text && isMoment(text) && at < utf8.size()
            && (isSpace(utf8[at]) || utf8[at] == ',')) {
            out += kMomentSign;
        } else {
            out += text;
        }
        isNumberBefore = isNumber;
    }
    if (hasSpace && !disregard.whitespace && !isNumberBefore)
        out += utf8.sliced(pendingSpace);
    return out;
}

} // namespace ridealong::console
