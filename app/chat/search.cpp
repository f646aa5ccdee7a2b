// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/search.h"

#include "chat/searchtext.h"

#include <QTimeZone>

namespace ridealong::chat {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxTerms = 64; ///< words and filters; more makes no sense and costs time

/// One thing that was typed: key:value, "a phrase" or a word.
struct Piece
{
    QString key; ///< without the colon, in lower case; empty: none
    QString value; ///< without quotes
    QString typed;
    bool quoted = false;
    bool open = false; ///< nothing stands behind it yet
};

QList<Piece> piecesOf(const QString& typed)
{
    QList<Piece> pieces;
    const qsizetype size = typed.size();
    for (qsizetype at = 0; at < size && pieces.size() < kMaxTerms;) {
        if (typed[at].isSpace()) {
            ++at;
            continue;
        }
        Piece piece;
        const qsizetype begin = at;
        qsizetype colon = at;
        while (colon < size && typed[colon].isLetter())
            ++colon;
        if (colon > at && colon + 1 < size && typed[colon] == u':' && !typed[colon + 1].isSpace()) {
            piece.key = typed.mid(at, colon - at).toLower();
            at = colon + 1;
        }
        if (typed[at] == u'"') {
            const qsizetype close = typed.indexOf(u'"', at + 1);
            const qsizetype end = close < 0 ? size : close; // a quote that is still open goes to the end
            piece.value = typed.mid(at + 1, end - at - 1);
            piece.quoted = true;
            piece.open = close < 0;
            at = close < 0 ? size : close + 1;
        } else {
            const qsizetype from = at;
            while (at < size && !typed[at].isSpace() && typed[at] != u'"')
                ++at;
            piece.value = typed.mid(from, at - from);
            piece.open = at == size;
        }
        piece.typed = typed.mid(begin, at - begin);
        pieces.append(piece);
    }
    return pieces;
}

std::optional<QDate> dateOf(const QString& value, const QDate& today)
{
    if (value.compare("today"_L1, Qt::CaseInsensitive) == 0)
        return today;
    if (value.compare("yesterday"_L1, Qt::CaseInsensitive) == 0)
        return today.addDays(-1);
    // "3d", "2w": so long ago
    if (value.size() >= 2 && value.size() <= 5) {
        bool isNumber = false;
        const int number = value.left(value.size() - 1).toInt(&isNumber);
        const QChar unit = value.back().toLower();
        if (isNumber && number >= 0 && (unit == u'd' || unit == u'w'))
            return today.addDays(unit == u'd' ? -number : -7 * number);
    }
    const QDate date = QDate::fromString(value, Qt::ISODate);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

qint64 startOf(const QDate& day) { return day.startOfDay(QTimeZone::systemTimeZone()).toMSecsSinceEpoch(); }

QStringList wordsOf(const QString& text)
{
    QStringList words;
    for (const FoldedWord& word : foldedWords(text))
        words.append(text.mid(word.begin, word.end - word.begin));
    return words;
}

/// True: it was a filter, with or without a sense.
bool takeFilter(SearchQuery& query, const Piece& piece, const QDate& today)
{
    const auto misunderstood = [&] {
        query.misunderstood.append(piece.typed);
        return true;
    };
    if (piece.key == "from"_L1 || piece.key == "in"_L1) {
        QString name = piece.value.trimmed();
        if (wordsOf(name).isEmpty())
            return misunderstood();
        (piece.key == "from"_L1 ? query.from : query.in).append(name);
        return true;
    }
    if (piece.key == "has"_L1) {
        if (piece.value == "link"_L1 || piece.value == "links"_L1)
            return query.hasLink = true;
        if (piece.value == "file"_L1 || piece.value == "files"_L1)
            return query.hasFile = true;
        return misunderstood();
    }
    if (piece.key != "before"_L1 && piece.key != "after"_L1 && piece.key != "on"_L1)
        return false;
    const auto date = dateOf(piece.value, today);
    if (!date)
        return misunderstood();
    // Of several the narrowest counts.
    if (piece.key != "before"_L1)
        query.sinceMs = std::max(query.sinceMs.value_or(std::numeric_limits<qint64>::min()), startOf(*date));
    if (piece.key != "after"_L1)
        query.beforeMs
            = std::min(query.beforeMs.value_or(std::numeric_limits<qint64>::max()), startOf(piece.key == "on"_L1 ? date->addDays(1) : *date));
    return true;
}

} // namespace

bool SearchQuery::isEmpty() const
{
    return phrases.isEmpty() && unfinished.isEmpty() && from.isEmpty() && in.isEmpty() && !sinceMs && !beforeMs && !hasLink && !hasFile;
}

SearchQuery parseSearch(const QString& typed, const QDate& today)
{
    SearchQuery query;
    for (const Piece& piece : piecesOf(typed.left(kMaxSearchChars).normalized(QString::NormalizationForm_C))) {
        if (!piece.key.isEmpty() && takeFilter(query, piece, today))
            continue;
        const QStringList words = wordsOf(piece.key.isEmpty() ? piece.value : piece.key + u':' + piece.value);
        if (words.isEmpty())
            continue;
        if (piece.open)
            query.unfinished = words;
        else
            query.phrases.append(words);
    }
    return query;
}

} // namespace ridealong::chat
