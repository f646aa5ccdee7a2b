// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "palette/words.h"

namespace ridealong::palette {

using namespace Qt::StringLiterals;

std::optional<std::vector<Word>> wordsOf(const QString& text)
{
    std::vector<Word> words;
    bool inWord = false;
    QChar quote;
    const auto begin = [&](qsizetype at) {
        if (!inWord)
            words.push_back({{}, at, false});
        inWord = true;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quote.isNull() && (c == u' ' || c == u'\t' || c == u'\n' || c == u'\r')) {
            inWord = false;
            continue;
        }
        if (quote.isNull() && (c == u'"' || c == u'\'')) {
            begin(i);
            words.back().quoted = true;
            quote = c;
            continue;
        }
        if (c == quote) {
            quote = QChar();
            continue;
        }
        begin(i);
        // A backslash takes what follows as it is; inside "…" only where it would mean something, inside '…' never.
        if (c == u'\\' && quote != u'\'' && i + 1 < text.size()) {
            const QChar next = text[i + 1];
            if (quote.isNull() || next == u'"' || next == u'\\') {
                words.back().text += next;
                words.back().quoted = true;
                ++i;
                continue;
            }
        }
        words.back().text += c;
    }
    if (!quote.isNull())
        return std::nullopt;
    return words;
}

base::Expected<QStringList> splitWords(const QString& text)
{
    const auto words = wordsOf(text);
    if (!words)
        return base::Error{base::ErrorKind::Invalid, u"a quote is not closed"_s, 0};
    QStringList list;
    for (const Word& word : *words)
        list += word.text;
    return list;
}

QString quoteWord(const QString& word)
{
    const bool plain = !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
        return c != u' ' && c != u'\t' && c != u'\n' && c != u'\r' && c != u'"' && c != u'\'' && c != u'\\';
    });
    if (plain)
        return word;
    QString quoted = word;
    quoted.replace(u"\\"_s, u"\\\\"_s).replace(u"\""_s, u"\\\""_s);
    return u'"' + quoted + u'"';
}

} // namespace ridealong::palette
