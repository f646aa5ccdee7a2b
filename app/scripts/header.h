// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QStringList>

#include <optional>

namespace ridealong::scripts {

inline constexpr int kMaxHeaderLines = 400;
inline constexpr int kMaxHeaderLineCharacters = 500; ///< what is longer is cut
inline constexpr int kMaxProblems = 50;

/// What is wrong in a header, for its author; never more than kMaxProblems.
class Problems
{
public:
    void add(int lineNumber, const QString& text);
    const QStringList& texts() const { return m_texts; }

private:
    QStringList m_texts;
};

/// One line of a section, without its comment mark.
struct HeaderLine
{
    int number = 0; ///< in the file, from 1
    int indent = 0;
    QString text; ///< trimmed, never empty
};

/// The whole number ("17", "-5") of at most `most` digits that `text` begins with, if there is one; `text` keeps what is behind it. By hand,
/// as all of a header is read at start: the first regular expression of a program costs more than all shipped scripts together.
std::optional<qint64> takeNumber(QStringView& text, int most);

/// The leading comment lines of a script, by section ("commands", "time limit" …; lower case, singular or plural as in
/// kSections).
struct Header
{
    QStringList interpreter; ///< as the kernel reads "#!": the program and, if there is one, a single argument
    QMap<QString, QList<HeaderLine>> sections;
};

/// Only the first kMaxHeaderBytes are looked at; any bytes will do. Comment marks: # // -- ;
Header readHeader(const QByteArray& content, Problems& problems);

} // namespace ridealong::scripts
