// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"

#include "console/level.h"
#include "console/stacktrace.h"

namespace ridealong::console {
namespace {

/// A time stands this near the beginning of a line, if it is the line's own.
constexpr qsizetype kStampBytes = 56;
/// A program's banner, before its first line of log.
constexpr int kMaxBannerLines = 12;

bool digitsAt(QByteArrayView text, qsizetype at, int count)
{
    if (at + count > text.size())
        return false;
    for (int i = 0; i < count; ++i)
        if (!isDigit(text[at + i]))
            return false;
    return true;
}

/// "02:18:44" or " 2:18:44", not part of a longer number or of an address of six such pairs.
bool isClockAt(QByteArrayView text, qsizetype at)
{
    if (digitsAt(text, at, 1) && at + 1 < text.size() && text[at + 1] == ':' && at > 0 && text[at - 1] == ' ')
        return digitsAt(text, at + 2, 2) && digitsAt(text, at + 5, 2) && text[at + 4] == ':'; // " 2:18:44"
    if (!digitsAt(text, at, 2) || !digitsAt(text, at + 3, 2) || !digitsAt(text, at + 6, 2) || text[at + 2] != ':' || text[at + 5] != ':')
        return false;
    if (text[at] > '2' || text[at + 3] > '5' || text[at + 6] > '6')
        return false;
    const char before = at > 0 ? text[at - 1] : ' ';
    const char after = at + 8 < text.size() ? text[at + 8] : ' ';
    return !isDigit(before) && before != '-' && !isDigit(after) && (before != ':' || (at > 1 && isDigit(text[at - 2]))) && after != ':';
}

/// "2026-11-30", "2026/11/30" and, in a log of Android, "11-30 02:…".
bool isDateAt(QByteArrayView text, qsizetype at)
{
    return digitsAt(text, at, 4) && at + 10 <= text.size() && (text[at + 4] == '-' || text[at + 4] == '/') && text[at + 7] == text[at + 4]
        && digitsAt(text, at + 5, 2) && digitsAt(text, at + 8, 2);
}

/// "[    0.731001]" of the kernel.
bool isUptime(QByteArrayView text)
{
    if (!text.startsWith('['))
        return false;
    const qsizetype close = text.first(std::min<qsizetype>(text.size(), 20)).indexOf(']');
    qsizetype dot = -1;
    for (qsizetype i = 1; i < close; ++i) {
        if (text[i] == '.' && dot < 0)
            dot = i;
        else if (!isDigit(text[i]) && !(text[i] == ' ' && dot < 0))
            return false;
    }
    return dot > 1 && close - dot > 3;
}

/// "drwxr-xr-x 2 root root …": a time in there is a file's.
bool isFileMode(QByteArrayView text)
{
    if (text.size() < 11 || !QByteArrayView("-dlbcps").contains(text[0]))
        return false;
    for (int i = 1; i < 10; ++i)
        if (!QByteArrayView("rwxsStT-").contains(text[i]))
            return false;
    return true;
}

bool isRequest(QByteArrayView text)
{
    // Rails tells a request in lines without a time.
    return text.startsWith("Started ") && text.indexOf(" \"/") > 0 && text.indexOf("\" for ") > 0;
}
bool isRequestsEnd(QByteArrayView text) { return (text.startsWith("Completed ") && digitsAt(text, 10, 3)) || text.startsWith("Processing by "); }

struct Counts
{
    int seen = 0; ///< lines that begin an entry or ought to
    int stamps = 0;
    int marked = 0; ///< by a time or by a level
    int banner = 0; ///< lines before the first stamp
    int requests = 0;
    bool isStatus = false; ///< of a unit, with the end of its log
};

Counts count(const FormatSample& sample)
{
    Counts counts;
    for (const SampleLine& line : sample.head) {
        const QByteArrayView text = line.text;
        if (line.isBlank)
            continue;
        // What stands to the right of the first line's beginning is part of an entry, whatever times it tells.
        if (indentOf(text) > indentOf(sample.head.front().text) + 1) {
            counts.isStatus |= counts.stamps == 0 && text.trimmed().startsWith("Loaded: ");
            counts.requests += isRequest(text) || isRequestsEnd(text);
            continue;
        }
        const bool stamped = hasTimestamp(text);
        const bool level = detectLevel(text) != Level::None && !namesPlace(text);
        if (stamped && counts.stamps == 0)
            counts.banner = counts.seen;
        counts.requests += isRequest(text) || isRequestsEnd(text);
        counts.stamps += stamped;
        counts.marked += stamped || level;
        // What goes on with the entry before: indented, or a trace.
        const bool goesOn = counts.seen > 0 && !stamped && !level
            && (text.startsWith(' ') || text.startsWith('\t') || text.startsWith('#') || isTraceMessage(text) || isTraceNote(text) || frameOf(text));
        counts.seen += !goesOn;
    }
    return counts;
}

} // namespace

bool namesPlace(QByteArrayView text)
{
    const qsizetype colon = text.first(std::min<qsizetype>(text.size(), 200)).indexOf(':');
    return colon > 0 && colon + 1 < text.size() && isDigit(text[colon + 1]) && text.first(colon).contains('.') && !text.first(colon).contains(' ');
}

bool hasTimestamp(QByteArrayView line)
{
    if (isFileMode(line))
        return false;
    const QByteArrayView text = line.first(std::min(line.size(), kStampBytes + 8));
    qsizetype begin = 0;
    while (begin < text.size() && (text[begin] == '[' || text[begin] == ' ' || text[begin] == '('))
        ++begin;
    if (isDateAt(text, begin) || isUptime(text))
        return true;
    for (qsizetype i = 0; i < std::min(text.size(), kStampBytes); ++i)
        if (isDigit(text[i]) && isClockAt(text, i))
            return true;
    return false;
}

bool isLog(const FormatSample& sample)
{
    const Counts counts = count(sample);
    if (counts.requests >= 2)
        return true;
    if (counts.seen < 3 || counts.isStatus)
        return false;
    if (counts.marked * 10 >= counts.seen * 6)
        return true;
    // Behind a banner: spring, redis.
    const int rest = counts.seen - counts.banner;
    return counts.stamps >= 3 && counts.banner <= kMaxBannerLines && counts.stamps * 2 >= counts.banner && counts.stamps * 10 >= rest * 6;
}

} // namespace ridealong::console
