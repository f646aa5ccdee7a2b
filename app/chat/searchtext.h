// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/search.h"

namespace ridealong::chat {

// Words as the full-text index sees them: runs of letters, digits and marks, without case and diacritics.

struct FoldedWord
{
    QString text;
    qsizetype begin = 0; ///< in the text it came from
    qsizetype end = 0;
};

/// At most kMaxFoldedWords of the first kMaxFoldedChars.
inline constexpr qsizetype kMaxFoldedChars = 64 * 1024;
inline constexpr qsizetype kMaxFoldedWords = 10'000;
QList<FoldedWord> foldedWords(const QString& text);
QString foldedWord(const QString& word); ///< the first one

/// Looks at texts for one query.
class SearchMatcher
{
public:
    explicit SearchMatcher(const SearchQuery& query);

    /// Are all words and phrases in it? Nothing about the query's filters.
    bool matches(const QString& text) const;
    /// Fills in snippet and marks for what SearchHit::message says.
    void present(SearchHit& hit) const;

    static constexpr int kMaxMarks = 50;
    static constexpr int kSnippetChars = 320;

private:
    struct Phrase
    {
        QStringList words;
        bool goesOn = false; ///< the last word may be longer
    };
    bool standsAt(const Phrase& phrase, const QList<FoldedWord>& words, qsizetype at) const;

    QList<Phrase> m_phrases;
};

/// "https://…", "http://…": what has:link means.
bool hasLink(const QString& text);

} // namespace ridealong::chat
