// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/text.h"

#include <QDateTime>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace ridealong::irc {
namespace {

/// Where in `line` the longest beginning ends that has at most `maxBytes` of UTF-8, never inside a character.
qsizetype fitting(QStringView line, qsizetype maxBytes)
{
    qsizetype bytes = 0, at = 0;
    while (at < line.size()) {
        const char16_t unit = line[at].unicode();
        const bool pair = QChar::isHighSurrogate(unit) && at + 1 < line.size() && line[at + 1].isLowSurrogate();
        bytes += pair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        if (bytes > maxBytes)
            break;
        at += pair ? 2 : 1;
    }
    return at;
}

/// The space to cut at: the last one in the last third of what fits, and not one of the indentation. -1: none.
qsizetype spaceBefore(QStringView line, qsizetype fits)
{
    const qsizetype space = line.first(std::min(fits + 1, line.size())).lastIndexOf(u' ');
    if (space < fits - fits / 3)
        return -1;
    return line.first(space).trimmed().isEmpty() ? -1 : space;
}

/// The last place at or before `fits` that is between two characters as people count them. A character that does not fit by
/// itself (a letter under hundreds of marks) is cut between code points.
qsizetype graphemeBefore(QStringView line, qsizetype fits)
{
    const QStringView window = line.first(std::min(fits + 2, line.size())); // what follows decides whether it belongs to what is before
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, window.data(), window.size());
    finder.setPosition(fits);
    if (finder.isAtBoundary())
        return fits;
    const qsizetype boundary = finder.toPreviousBoundary();
    return boundary > 0 ? boundary : fits;
}

void splitLine(QStringView line, qsizetype maxBytes, QStringList& pieces)
{
    if (line.isEmpty()) {
        pieces.append(QStringLiteral(" "));
        return;
    }
    while (!line.isEmpty()) {
        const qsizetype fits = fitting(line, maxBytes);
        if (fits == line.size()) {
            pieces.append(line.toString());
            return;
        }
        if (const qsizetype space = spaceBefore(line, fits); space >= 0) {
            pieces.append(line.first(space).toString());
            line = line.sliced(space + 1);
            continue;
        }
        const qsizetype end = graphemeBefore(line, fits);
        pieces.append(line.first(end).toString());
        line = line.sliced(end);
    }
}

} // namespace

QStringList splitText(const QString& text, qsizetype maxBytes)
{
    maxBytes = std::max(maxBytes, kMinPieceBytes);
    QStringList pieces;
    QStringView rest(text);
    while (!rest.isEmpty()) {
        const auto end = std::find_if(rest.begin(), rest.end(), [](QChar c) { return c == u'\n' || c == u'\r'; });
        const QStringView line = rest.first(end - rest.begin());
        splitLine(line, maxBytes, pieces);
        rest = rest.sliced(line.size());
        if (rest.startsWith(QStringLiteral("\r\n")))
            rest = rest.sliced(2);
        else if (!rest.isEmpty())
            rest = rest.sliced(1);
    }
    return pieces;
}

Ctcp parseCtcp(const QString& text)
{
    constexpr QChar kMark(1);
    if (!text.startsWith(kMark))
        return {};
    const qsizetype close = text.indexOf(kMark, 1);
    const QStringView inside = close < 0 ? QStringView(text).sliced(1) : QStringView(text).sliced(1, close - 1);
    const qsizetype space = inside.indexOf(u' ');
    if (space < 0)
        return {inside.toString().toUpper(), {}};
    return {inside.first(space).toString().toUpper(), inside.sliced(space + 1).toString()};
}

QString toCtcp(const QString& command, const QString& text) { return QChar(1) + command + (text.isEmpty() ? QString() : u' ' + text) + QChar(1); }

QString timestamp(qint64 timeMs) { return QStringLiteral("timestamp=") + QDateTime::fromMSecsSinceEpoch(timeMs).toUTC().toString(Qt::ISODateWithMs); }

} // namespace ridealong::irc
