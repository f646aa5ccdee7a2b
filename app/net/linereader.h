// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QByteArray>

#include <optional>

namespace ridealong::net {

/// Cuts a byte stream into lines. A line ends with LF; one CR before it belongs to the end. Other bytes, NUL included, come
/// through as they are; empty lines do not.
class LineReader
{
public:
    explicit LineReader(qsizetype maxLineBytes) : m_maxLineBytes(maxLineBytes) {}

    void append(const QByteArray& bytes);
    /// The next whole line, or nothing until more bytes come. Error Protocol when a line has more than the most bytes, seen
    /// as soon as they are there; the stream cannot be read any further then.
    base::Expected<std::optional<QByteArray>> next();
    /// No byte came behind the last line taken.
    bool isDrained() const { return m_at == m_bytes.size(); }

private:
    base::Error tooLong() const;

    qsizetype m_maxLineBytes;
    QByteArray m_bytes;
    qsizetype m_at = 0; ///< where the next line begins
    qsizetype m_searched = 0; ///< no LF between m_at and here
};

} // namespace ridealong::net
