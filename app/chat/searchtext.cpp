// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/searchtext.h"

#include "chat/gist.h"

namespace ridealong::chat {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kBeforeFirstMark = 60; ///< of a snippet, so that what was found is not at its very edge

/// Would turn around what stands behind it.
bool isBidiControl(QChar c) { return (c.unicode() >= 0x202A && c.unicode() <= 0x202E) || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069); }

bool isWordPart(char32_t c) { return QChar::isLetterOrNumber(c) || QChar::isMark(c); }

/// As the index's tokenizer: case folded one by one, a letter without what is written above or below it.
void appendFolded(QString& word, char32_t c)
{
    if (c < 0x80) {
        word += QChar(u'A' <= c && c <= u'Z' ? char16_t(c + 32) : char16_t(c));
        return;
    }
    if (QChar::isMark(c))
        return;
    char32_t base = c;
    while (QChar::decompositionTag(base) == QChar::Canonical) { // a step at a time: ấ is â and a mark, â is a and a mark
        const QString apart = QChar::decomposition(base);
        const bool pair = apart.size() > 1 && apart[0].isHighSurrogate();
        // Hangul and the like come apart into letters of their own, which the index does not do.
        if (apart.isEmpty() || !std::all_of(apart.cbegin() + (pair ? 2 : 1), apart.cend(), [](QChar part) { return part.isMark(); }))
            break;
        base = pair ? QChar::surrogateToUcs4(apart[0], apart[1]) : apart[0].unicode();
    }
    const char32_t folded = QChar::toCaseFolded(base);
    word += QString::fromUcs4(&folded, 1);
}

} // namespace

QList<FoldedWord> foldedWords(const QString& text)
{
    QList<FoldedWord> words;
    FoldedWord word;
    bool inside = false;
    const qsizetype size = std::min(text.size(), kMaxFoldedChars);
    const auto end = [&](qsizetype at) {
        word.end = at;
        if (inside && !word.text.isEmpty()) // a mark without a letter is no word
            words.append(word);
        word = {};
        inside = false;
    };
    for (qsizetype at = 0; at < size && words.size() < kMaxFoldedWords;) {
        const bool pair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        const char32_t c = pair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : text[at].unicode();
        if (QChar::isSurrogate(c) || !isWordPart(c)) {
            end(at);
        } else {
            if (!inside)
                word.begin = at;
            inside = true;
            appendFolded(word.text, c);
        }
        at += pair ? 2 : 1;
    }
    end(size);
    return words;
}

QString foldedWord(const QString& word)
{
    const QList<FoldedWord> words = foldedWords(word);
    return words.isEmpty() ? QString() : words.first().text;
}

SearchMatcher::SearchMatcher(const SearchQuery& query)
{
    const auto add = [this](const QStringList& words, bool goesOn) {
        Phrase phrase{{}, goesOn};
        for (const QString& word : words)
            phrase.words.append(foldedWord(word));
        m_phrases.append(phrase);
    };
    for (const QStringList& words : query.phrases)
        add(words, false);
    if (!query.unfinished.isEmpty())
        add(query.unfinished, true);
}

bool SearchMatcher::standsAt(const Phrase& phrase, const QList<FoldedWord>& words, qsizetype at) const
{
    if (at + phrase.words.size() > words.size())
        return false;
    for (qsizetype i = 0; i < phrase.words.size(); ++i) {
        const bool last = i + 1 == phrase.words.size();
        if (last && phrase.goesOn ? !words[at + i].text.startsWith(phrase.words[i]) : words[at + i].text != phrase.words[i])
            return false;
    }
    return true;
}

bool SearchMatcher::matches(const QString& text) const
{
    const QList<FoldedWord> words = foldedWords(text);
    return std::all_of(m_phrases.cbegin(), m_phrases.cend(), [&](const Phrase& phrase) {
        for (qsizetype at = 0; at < words.size(); ++at)
            if (standsAt(phrase, words, at))
                return true;
        return false;
    });
}

void SearchMatcher::present(SearchHit& hit) const
{
    const QString text = hit.message.text.isEmpty() ? gist(hit.message) : hit.message.text;
    const QList<FoldedWord> words = foldedWords(text);
    QList<std::pair<qsizetype, qsizetype>> found; // ascending: the words are, and a phrase ends where none begins before
    for (qsizetype at = 0; at < words.size() && found.size() < kMaxMarks; ++at)
        for (const Phrase& phrase : m_phrases)
            if (standsAt(phrase, words, at)) {
                const qsizetype end = words[at + phrase.words.size() - 1].end;
                if (!found.isEmpty() && words[at].begin <= found.back().second)
                    found.back().second = std::max(found.back().second, end);
                else
                    found.append({words[at].begin, end});
            }

    qsizetype from = found.isEmpty() ? 0 : std::max<qsizetype>(0, found.first().first - kBeforeFirstMark);
    if (from > 0) { // at a word's begin
        const auto word = std::find_if(words.cbegin(), words.cend(), [&](const FoldedWord& w) { return w.begin >= from; });
        from = word == words.cend() ? from : std::min(word->begin, found.first().first);
    }
    hit.snippet.clear();
    hit.marks.clear();
    if (from > 0)
        hit.snippet = u"…"_s;
    qsizetype mark = 0;
    for (qsizetype at = from; at < text.size(); ++at) {
        while (mark < found.size() && found[mark].second <= at)
            ++mark;
        if (hit.snippet.size() >= kSnippetChars && !text[at].isLowSurrogate()) {
            hit.snippet += u'…';
            break;
        }
        const QChar c = text[at].isSpace() || text[at].category() == QChar::Other_Control ? QChar(u' ') : text[at];
        if (c == u' ' && (hit.snippet.isEmpty() || hit.snippet.endsWith(u' ')))
            continue; // one line, however it was laid out
        if (isBidiControl(c))
            continue;
        if (mark < found.size() && at >= found[mark].first) {
            const int place = int(hit.snippet.size());
            if (!hit.marks.isEmpty() && hit.marks.back().begin + hit.marks.back().length == place && at > found[mark].first)
                ++hit.marks.back().length;
            else
                hit.marks.append({place, 1});
        }
        hit.snippet += c;
    }
    while (hit.snippet.endsWith(u' '))
        hit.snippet.chop(1);
}

bool hasLink(const QString& text)
{
    for (const auto& scheme : {"https://"_L1, "http://"_L1}) {
        const qsizetype at = text.indexOf(scheme, 0, Qt::CaseInsensitive);
        if (at >= 0 && at + scheme.size() < text.size() && !text[at + scheme.size()].isSpace())
            return true;
    }
    return false;
}

} // namespace ridealong::chat
