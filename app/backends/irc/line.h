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

/// Text of a server: UTF-8, and where it is not valid UTF-8 all of it is read as windows-1252, the old networks' usual one.
QString decodeText(QByteArrayView bytes);

/// `bytes` without its line end. Errors: Invalid (empty, too long, NUL, no command, too many parts).
base::Expected<Line> parseLine(QByteArrayView bytes);

/// Without the line end. CR, LF and NUL in values cannot be sent: they become spaces. The last parameter gets its colon
/// whenever it needs one; a parameter before it that is empty or holds a space is a mistake of the caller: Invalid.
/// Errors: Invalid also when the tags or the rest are over their limit.
base::Expected<QByteArray> serialize(const Line& line);

} // namespace ridealong::irc
