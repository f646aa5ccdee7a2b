// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace ridealong::irc {

// Limits of the wire (message-tags specification, RFC 2812 §2.3), without CR LF.
inline constexpr qsizetype kMaxLineBytes = 510; ///< without tags; the server puts our prefix in as well when it passes it on
inline constexpr qsizetype kMaxClientTagBytes = 4094; ///< of tag data, without '@' and the space
inline constexpr qsizetype kMaxReceivedBytes = 16 * 1024; ///< what we read of a line: 8191 + 512, doubled for servers that do not count
inline constexpr qsizetype kMaxTags = 256;
inline constexpr qsizetype kMaxParameters = 64; ///< RFC 2812 says 15; some servers send more in 005

struct Tag
{
    QByteArray key; ///< with '+' and vendor
    QString value; ///< unescaped; empty for none

    bool operator==(const Tag&) const = default;
};

/// One message of the protocol, either direction.
struct Line
{
    std::vector<Tag> tags;
    QString source; ///< "nick!user@host", a server's name, or empty
    QByteArray command; ///< upper case, or three digits
    QStringList parameters;

    /// Empty when it is not there; of a key that comes twice the last one counts.
    QString tag(QByteArrayView key) const;
    bool hasTag(QByteArrayView key) const;
    QString parameter(qsizetype index) const { return index < parameters.size() ? parameters[index] : QString(); }
    QString nick() const; ///< of source, without user and host

    bool operator==(const Line&) const = default;
};

/// About what it takes in memory.
qsizetype bytesOf(const Line& line);

struct Source
{
    QString nick; ///< or the server's name
    QString user; ///< empty when not given
    QString host;
};
Source splitSource(const QString& source);

/// Text of a server: UTF-8, and where it is not valid UTF-8 all of it is read as windows-1252, the old networks' usual one.
/// UTF-8 that a server cut inside its last character stays UTF-8, with U+FFFD for the rest of that character.
QString decodeText(QByteArrayView bytes);

/// `bytes` without its line end. Errors: Invalid (empty, too long, NUL, CR or LF inside, no command, too many parts).
/// Each part is decoded by itself: a channel may be UTF-8 and the message in it not.
base::Expected<Line> parseLine(QByteArrayView bytes);

/// Without the line end. CR, LF and NUL in values cannot be sent: they become spaces. The last parameter gets its colon
/// whenever it needs one; a parameter before it that is empty, holds a space or starts with a colon is a mistake of the caller:
/// Invalid. Errors: Invalid also when the tags or the rest are over their limit; `maxBytes` is that of the rest, for servers
/// with a larger LINELEN.
base::Expected<QByteArray> serialize(const Line& line, qsizetype maxBytes = kMaxLineBytes);

} // namespace ridealong::irc
