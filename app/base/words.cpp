// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/words.h"

namespace ridealong::base {

using namespace Qt::StringLiterals;

Expected<QList<Word>> wordsOf(QStringView text)
{
    QList<Word> words;
    bool inWord = false; // an empty word in quotes is a word
    QChar quote;
    const auto word = [&](qsizetype at) -> Word& {
        if (!inWord)
            words.append({{}, at, false});
        inWord = true;
        return words.last();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool hasNext = i + 1 < text.size();
        if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else if (quote == u'"' && c == u'\\' && hasNext && (text[i + 1] == u'"' || text[i + 1] == u'\\'))
                words.last().text += text[++i];
            else
                words.last().text += c;
        } else if (c == u'"' || c == u'\'') {
            word(i).quoted = true;
            quote = c;
        } else if (c == u'\\' && hasNext) {
            Word& open = word(i);
            open.quoted = true;
            open.text += text[++i];
        } else if (c.isSpace()) {
            inWord = false;
        } else {
            word(i).text += c;
        }
    }
    if (!quote.isNull())
        return Error{ErrorKind::Invalid, u"a quote (%1) is not closed"_s.arg(quote), 0};
    return words;
}

Expected<QStringList> splitWords(QStringView text)
{
    const auto words = wordsOf(text);
    if (!words)
        return words.error();
    QStringList texts;
    for (const Word& word : *words)
        texts += word.text;
    return texts;
}

QString quoteWord(const QString& word)
{
    const bool plain
        = !word.isEmpty() && std::none_of(word.begin(), word.end(), [](QChar c) { return c.isSpace() || c == u'"' || c == u'\'' || c == u'\\'; });
    if (plain)
        return word;
    QString quoted = u"\""_s;
    for (const QChar c : word) {
        if (c == u'"' || c == u'\\')
            quoted += u'\\';
        quoted += c;
    }
    return quoted + u'"';
}

} // namespace ridealong::base
