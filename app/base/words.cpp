// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/words.h"

namespace ridealong::base {

using namespace Qt::StringLiterals;

Expected<QStringList> splitWords(QStringView text)
{
    QStringList words;
    QString word;
    bool inWord = false; // an empty word in quotes is a word
    QChar quote;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool hasNext = i + 1 < text.size();
        if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else if (quote == u'"' && c == u'\\' && hasNext && (text[i + 1] == u'"' || text[i + 1] == u'\\'))
                word += text[++i];
            else
                word += c;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
            inWord = true;
        } else if (c == u'\\' && hasNext) {
            word += text[++i];
            inWord = true;
        } else if (c.isSpace()) {
            if (inWord)
                words += std::exchange(word, QString());
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (!quote.isNull())
        return Error{ErrorKind::Invalid, u"a quote (%1) is not closed"_s.arg(quote), 0};
    if (inWord)
        words += word;
    return words;
}

QString quoteWord(const QString& word)
{
    const bool plain = !word.isEmpty()
        && std::none_of(word.begin(), word.end(), [](QChar c) { return c.isSpace() || c == u'"' || c == u'\'' || c == u'\\'; });
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
