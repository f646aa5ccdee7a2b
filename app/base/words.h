// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QStringList>

namespace ridealong::base {

struct Word
{
    QString text;
    qsizetype begin = 0; ///< in the text it came from
    bool quoted = false; ///< any of it: then it is no option, whatever it begins with
};

/// Splits like a shell without its powers: white space separates, '…' keeps everything, "…" keeps everything but \" and \\,
/// a backslash outside quotes takes the next character as it is (at the end of the text: itself). "" is an empty word.
/// Nothing is ever expanded. Errors: Invalid on an open quote.
Expected<QList<Word>> wordsOf(QStringView text);
/// Only the texts of wordsOf.
Expected<QStringList> splitWords(QStringView text);

/// The word as wordsOf reads it back: unchanged where it can be, else in double quotes.
QString quoteWord(const QString& word);

} // namespace ridealong::base
