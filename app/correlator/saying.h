// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace ridealong::correlator {

/// What can be seen of a bot's message by itself.
struct Saying
{
    QString text; ///< without the name it calls
    QString called; ///< the name it begins with, as it was written: "ana: done"
    QString signature; ///< of its first line, see signatureOf
    QSet<QString> words; ///< of 3 letters or more, in small letters
    std::optional<int> percent; ///< the last one in it
    bool hasBar = false; ///< "[###...]", "█████░░"
    bool isContinuation = false; ///< begins as nothing begins that stands for itself: indented, a bullet, a closing bracket
    bool isInside = false; ///< and no list begins so: indented, a closing bracket
    QString tag; ///< that it begins with: "alert" of "[alert] disk full" and "cron" of "cron: logs rotated", in small letters; no level
    bool closesFence = false; ///< it is nothing but a fence
    bool isOpen = false; ///< wants to go on: an open bracket, fence or colon at its end
    int brackets = 0; ///< braces and square ones that it opens more than it closes
    QList<qint64> numbers; ///< in its first line; at most kMaxNumbers, of up to 15 digits
};

/// `names` are those who could be called; a name counts only at the beginning, followed by ':' or ',' or after '@'.
Saying readSaying(const QString& text, const QStringList& names);

/// The shape of a line: numbers are 0, long hexadecimal numbers are h, words that `command` has are $, and what repeats stands once.
/// "deploying staging 40% [####......]" to "deploy staging" is "deploying $ 0% [#.]". At most kMaxSignature characters.
QString signatureOf(QStringView line, const QSet<QString>& command);
inline constexpr qsizetype kMaxSignature = 64;

/// The words of a text, in small letters, of three characters or more; at most kMaxWords.
QSet<QString> wordsIn(QStringView text);
inline constexpr int kMaxWords = 200;
inline constexpr qsizetype kMaxNumbers = 16;

/// One message that an adapter cut somewhere, in pieces: is `next` the rest of a word that `before` ends with?
bool cutsWord(QStringView before, QStringView next);

/// The texts of several messages as one output. A code fence that was closed and opened again at each message's edge is one.
QString joined(const QStringList& texts, const QList<bool>& cutBefore);

} // namespace ridealong::correlator
